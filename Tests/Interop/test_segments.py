# SPDX-License-Identifier: Apache-2.0
"""Segments of portfolios over the wire, in each kind of database: who may what, two servers on one
store, the command line tool, the Python client."""

import csv
import io
import json
import os
import subprocess

import pytest

import vigie
from support.access import refused
from support.server import Server, program
from support.stores import stub
from vigie.v1 import portfolio_pb2 as portfolio
from vigie.v1 import portfolio_risk_pb2 as risk
from vigie.v1 import portfolio_runs_pb2 as runs
from vigie.v1 import portfolio_segments_pb2 as segments
from vigie.v1 import portfolio_service_pb2 as messages

NAME = "customers"


def member(number: int, exposure: int | None = None, **traits) -> portfolio.FollowedCompany:
    made = portfolio.FollowedCompany(
        company=portfolio.CompanyIdentifier(own=f"c{number}"), name=f"Company {number}", **traits)
    if exposure is not None:
        made.exposure.minor_units, made.exposure.currency = exposure, "EUR"
    return made


def put(service, who, name: str, condition: str):
    return service.PutSegment(segments.PutSegmentRequest(
        portfolio=NAME, segment=segments.Segment(name=name, condition=condition)), metadata=who)


def fill(service, who) -> None:
    service.CreatePortfolio(messages.CreatePortfolioRequest(name=NAME), metadata=who)
    companies = [member(n, n * 100, sector="43.32A" if n % 2 else "6201Z",
                        tags=portfolio.CompanyTags(tags=["prospect"] if n % 3 == 0 else []))
                 for n in range(10)]
    companies += [member(10), member(11)]
    service.PutCompanies(
        messages.PutCompaniesRequest(portfolio=NAME, companies=companies), metadata=who)


def test_segments_are_kept_tried_filtered_and_added_up(serving, team):
    anna, ben = team["anna"], team["ben"]
    with serving() as server, serving() as other, \
            server.channel() as channel, other.channel() as second:
        service, beside = stub(channel), stub(second)
        fill(service, anna)
        kept = put(service, anna, "largest", "exposure_quantile >= 0.8").segment
        assert kept.changed_by == "anna" and kept.changed_at_microseconds > 0
        put(beside, anna, "prospects 43", 'starts with(sector, "43") and "prospect" in tags')
        listed = segments.ListSegmentsRequest(portfolio=NAME)
        for each in (service, beside):
            assert [one.name for one in each.ListSegments(listed, metadata=anna).segments] \
                == ["largest", "prospects 43"]
            found = each.DescribeRisk(risk.DescribeRiskRequest(portfolio=NAME), metadata=anna)
            by_name = {one.name: one for one in found.segments}
            largest = by_name["largest"]
            # Of ten two lie in the upper fifth; of two more nobody knows what they owe.
            assert largest.members.company_count == 2 and largest.unknown.company_count == 2
            assert largest.members.currencies[0].owing.exposure_minor_units == 1_700
            assert by_name["prospects 43"].members.company_count == 2
            # Of two nobody knows the sector, and it takes none to say that they are no prospects.
            assert by_name["prospects 43"].unknown.company_count == 0
            assert not found.segments_left_out

        def names(part, segment="largest"):
            members, token = [], ""
            while True:
                page = service.ListScores(runs.ListScoresRequest(
                    portfolio=NAME, segment=segment, segment_part=part, page_size=3,
                    page_token=token), metadata=anna)
                members += [each.company.company.own for each in page.members]
                token = page.next_page_token
                if not token:
                    return members
        assert names(portfolio.SEGMENT_PART_UNSPECIFIED) == ["c8", "c9"]
        assert names(portfolio.SEGMENT_PART_UNKNOWN) == ["c10", "c11"]
        assert names(portfolio.SEGMENT_PART_OTHERS) == [f"c{n}" for n in range(8)]
        assert refused(service.ListScores, runs.ListScoresRequest(
            portfolio=NAME, segment="none"), metadata=anna)[1] == "UNKNOWN_SEGMENT"
        assert refused(service.ListScores, runs.ListScoresRequest(
            portfolio=NAME, segment_part=portfolio.SEGMENT_PART_UNKNOWN),
            metadata=anna)[1] == "SEGMENT_NEEDED"

        trial = segments.TrySegmentRequest(
            portfolio=NAME, company_count=1, segment=segments.Segment(
                name="largest", condition='exposure >= 7 and sector = "4332A"'))
        tried = service.TrySegment(trial, metadata=anna)
        assert tried.has_kept and tried.company_count == 12
        assert (tried.entering_count, tried.leaving_count) == (1, 1)
        assert [each.company.own for each in tried.entering] == ["c7"]
        assert [each.company.own for each in tried.leaving] == ["c8"]
        assert list(tried.unknown[0].missing) == ["exposure", "sector"]
        assert service.ListSegments(listed, metadata=anna).segments[0].condition \
            == "exposure_quantile >= 0.8"

        # For others there is nothing of it, until it is shared; then they see and do not change.
        trying = segments.DeleteSegmentRequest(portfolio=NAME, segment="largest")
        assert refused(service.ListSegments, listed, metadata=ben)[1] == "UNKNOWN_PORTFOLIO"
        assert refused(service.TrySegment, trial, metadata=ben)[1] == "UNKNOWN_PORTFOLIO"
        service.SharePortfolio(messages.SharePortfolioRequest(
            portfolio=NAME, share=portfolio.PortfolioShare(
                role="score", access=portfolio.PORTFOLIO_ACCESS_READ)), metadata=anna)
        assert len(service.ListSegments(listed, metadata=ben).segments) == 2
        assert refused(service.DeleteSegment, trying, metadata=ben)[1] == "READ_ONLY_PORTFOLIO"
        assert refused(service.ListSegments, listed, metadata=team["carl"])[1] == "ROLE_NEEDED"
        beside.DeleteSegment(trying, metadata=anna)
        assert refused(service.DeleteSegment, trying, metadata=anna)[:2] \
            == ("NOT_FOUND", "UNKNOWN_SEGMENT")


@pytest.mark.parametrize(("condition", "word"), [
    ("turnover > 3", "turnover"), ("exposure", "compare it"), ("count(tags) > 1", "count"),
    ("for t in tags return t", "segments do not have"), ("", "empty"),
])
def test_what_is_wrong_with_a_condition_is_told(serving, team, condition, word):
    with serving() as server, server.channel() as channel:
        service = stub(channel)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name=NAME), metadata=team["anna"])
        code, reason, told = refused(service.PutSegment, segments.PutSegmentRequest(
            portfolio=NAME, segment=segments.Segment(name="s", condition=condition)),
            metadata=team["anna"])[:3]
        assert (code, reason) == ("INVALID_ARGUMENT", "SEGMENT_INVALID")
        assert word in str(told)


LINES = """siren;name;exposure;code NAF;forme juridique;date de création;tags
552100554;Atelier;100;43.32A;SAS;2011-03-31;prospect, north
732829320;Couchant;200;4321B;5710;2025-01-02;
356000000;Facteur;;;;;prospect
"""


@pytest.fixture
def alone(certificates, tmp_path):
    with Server(certificates, "--store", str(tmp_path / "store.sqlite")) as server:
        yield server


def test_by_the_command_line(alone, tmp_path):
    def run(*arguments) -> subprocess.CompletedProcess:
        return subprocess.run(
            [program("vigie"), "portfolio", *map(str, arguments), "--server", alone.address,
             "--ca-cert", str(alone.certificates.ca)],
            capture_output=True, text=True, timeout=60, env={**os.environ, "LANG": "C.UTF-8"})

    file = tmp_path / "customers.csv"
    file.write_text(LINES)
    made = run("import", "customers", file, "--create")
    assert (made.returncode, made.stderr) == (0, ""), made.stderr
    out = run("companies", "customers", "-o", "csv").stdout
    rows = sorted(csv.DictReader(io.StringIO(out)), key=lambda one: one["siren"])
    assert [(one["sector"], one["legal_form"], one["founded_on"], one["tags"]) for one in rows] == [
        ("", "", "", "prospect"), ("4332A", "SAS", "2011-03-31", "north prospect"),
        ("4321B", "5710", "2025-01-02", "")]
    (tmp_path / "out.csv").write_text(out)
    assert "3 unchanged" in run("import", "customers", tmp_path / "out.csv").stdout
    # A column that is not there leaves what is known; a cell that is empty takes it away.
    (tmp_path / "less.csv").write_text("siren;name\n552100554;Atelier\n")
    assert "1 unchanged" in run("import", "customers", tmp_path / "less.csv").stdout
    (tmp_path / "bad.csv").write_text("siren;created;founded\n552100554;x;31/03/2011\n")
    bad = run("import", "customers", tmp_path / "bad.csv")
    assert bad.returncode == 0 and "no days such as 2011-03-31: 1" in bad.stderr

    document = tmp_path / "trade.json"
    document.write_text(json.dumps({
        "format": "vigie-segment/1", "name": "trade 43", "note": "walls and roofs",
        "condition": 'starts with(sector, "43")'}))
    tried = run("segments", "try", "customers", document)
    assert tried.returncode == 0 and "trade 43: 2 of 3 companies" in tried.stdout, tried.stderr
    assert "without sector" in tried.stdout and "300.00 EUR" in tried.stdout
    kept = run("segments", "put", "customers", document)
    assert (kept.returncode, kept.stdout) == (0, 'trade 43: starts with(sector, "43")\n')
    more = run("segments", "put", "customers", "--name", "young", "--condition", "age_years < 5")
    assert more.returncode == 0
    lines = [json.loads(one) for one in
             run("segments", "list", "customers", "-o", "json").stdout.splitlines()]
    assert [one["name"] for one in lines] == ["trade 43", "young"]
    assert lines[0]["members"]["currencies"][0]["exposure_minor_units"] == 30_000
    assert "trade 43" in run("segments", "list", "customers").stdout
    scores = run("scores", "customers", "--segment", "trade 43", "-o", "csv").stdout.splitlines()
    assert [one[:9] for one in scores[1:]] == ["552100554", "732829320"]
    rest = run("scores", "customers", "--segment", "trade 43", "--part", "unknown", "-o", "csv")
    assert [one[:9] for one in rest.stdout.splitlines()[1:]] == ["356000000"]
    again = run("segments", "try", "customers", "--name", "young", "--condition", "age_years < 20",
                "-o", "json")
    assert json.loads(again.stdout)["entering"] == ["siren:552100554"]
    wrong = run("segments", "put", "customers", "--name", "x", "--condition", "turnover > 1")
    assert wrong.returncode == 65 and "turnover" in wrong.stderr
    document.write_text('{"format": "vigie-segment/1", "name": "x", "when": "true"}')
    wrong = run("segments", "put", "customers", document)
    assert wrong.returncode == 65 and "condition" in wrong.stderr and "when" in wrong.stderr
    assert run("segments", "delete", "customers", "young").returncode == 0
    gone = run("segments", "delete", "customers", "young")
    assert gone.returncode != 0 and "no segment" in gone.stderr


def test_by_the_python_client(alone):
    with vigie.Client(f"localhost:{alone.port}", ca=alone.certificates.ca) as client:
        client.create_portfolio("customers")
        client.put_companies("customers", [
            {"company": f"own:c{n}", "exposure": {"minor_units": n * 100, "currency": "EUR"},
             "sector": "43.32A"} for n in range(1, 11)])
        tried = client.try_segment("customers", "large", "exposure_quantile >= 0.9")
        assert [each["company"]["own"] for each in tried["members"]] == ["c10"]
        assert client.put_segment("customers", "large", "exposure_quantile >= 0.9")["name"] \
            == "large"
        assert [each["name"] for each in client.segments("customers")] == ["large"]
        members = list(client.portfolio_scores("customers", segment="large"))
        assert [each["company"]["company"]["own"] for each in members] == ["c10"]
        assert members[0]["company"]["sector"] == "4332A"
        assert len(list(client.portfolio_scores(
            "customers", segment="large", part="SEGMENT_PART_OTHERS"))) == 9
        assert client.risk("customers")["segments"][0]["members"]["company_count"] == 1
        client.delete_segment("customers", "large")
        assert client.segments("customers") == []
