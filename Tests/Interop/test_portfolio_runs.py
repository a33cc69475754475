# SPDX-License-Identifier: Apache-2.0
"""Portfolios that servers score again: what is found, who sees it, and what a kill leaves."""

import datetime
import json
import signal
import subprocess
import time

import pytest

from support.access import refused
from support.assessments import api, facts, reading_server, stub  # noqa: F401
from support.rescoring import StoreTables, content, ended
from support.server import Server, program
from support.stores import company
from support.stores import stub as portfolios
from vigie.v1 import assessment_service_pb2_grpc
from vigie.v1 import portfolio_pb2 as portfolio
from vigie.v1 import portfolio_runs_pb2 as runs
from vigie.v1 import portfolio_service_pb2 as messages

KINDS = ("statement", "event", "ledger")
TODAY = (datetime.datetime.now(datetime.UTC).date() - datetime.date(1970, 1, 1)).days


@pytest.fixture
def tables(store, postgresql) -> StoreTables:
    """The tables of the store."""
    return StoreTables(store, postgresql)


def slots(tables: StoreTables) -> dict[str, int]:
    """The slots of companies."""
    return {identity: int(slot) for slot, identity in tables.rows(
        "select slot, identity from company")}


def scores(service, name: str, **call) -> dict[str, runs.ScoredMember]:
    """The scores of a portfolio, by SIREN."""
    listed = service.ListScores(messages_of(name), **call)
    assert not listed.next_page_token
    return {member.company.company.siren: member for member in listed.members}


def messages_of(name: str) -> runs.ListScoresRequest:
    """Asks for the scores of a portfolio."""
    return runs.ListScoresRequest(portfolio=name, page_size=1000)


def test_what_is_known_is_scored_as_assess_would(serving, tables, team, facts):
    with serving() as server, server.channel() as channel:
        service = portfolios(channel)
        anna, ben, olga = ({"metadata": team[name]} for name in ("anna", "ben", "olga"))
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"), **anna)
        known = list(facts.companies)
        service.PutCompanies(messages.PutCompaniesRequest(
            portfolio="p", companies=[company(each.siren) for each in known]), **anna)
        assert all(not each.HasField("score") for each in scores(service, "p", **anna).values())
        first = service.StartRun(runs.StartRunRequest(portfolio="p"), **anna).run
        assert first.of_one_portfolio and first.kind == runs.RUN_KIND_REQUESTED
        run = ended(service, first.number, portfolio="p", **anna)
        assert (run.state, run.company_count, run.scored_count) \
            == (runs.RUN_STATE_DONE, len(known), 0)
        assert {each.score.outcome for each in scores(service, "p", **anna).values()} \
            == {api.ASSESSMENT_OUTCOME_NOT_SCORABLE}

        # What arrives is scored without anybody asking, as Assess would.
        places = slots(tables)
        for each in known:
            tables.know(places[each.siren], content(facts.line_names, each), KINDS, TODAY - 1)
        until = time.monotonic() + 60
        while True:
            # In this order: what has been seen has its run, and a run that is done its scores.
            waiting = int(tables.rows(
                "select f.value - s.value from counter f, counter s "
                "where f.name = 'fact' and s.name = 'seen_fact'")[0][0])
            last = service.ListRuns(runs.ListRunsRequest(portfolio="p"), **anna).runs
            done = {each.number for each in last if each.state == runs.RUN_STATE_DONE}
            found = scores(service, "p", **anna)
            if waiting == 0 and done == {each.number for each in last}:
                break
            assert time.monotonic() < until
            time.sleep(0.2)
        assert runs.RUN_KIND_ARRIVAL in {each.kind for each in last}
        assess = assessment_service_pb2_grpc.AssessmentServiceStub(channel)
        for each in known:
            answer = assess.Assess(api.AssessRequest(
                header=api.AssessHeader(line_names=facts.line_names), company=each),
                metadata=team["olga"]).assessment
            kept = found[each.siren].score
            assert kept.outcome == answer.outcome, each.siren
            figures = answer.adjusted if answer.HasField("adjusted") else answer.base
            if answer.outcome == api.ASSESSMENT_OUTCOME_SCORED:
                assert (kept.score, kept.risk_class, kept.probability) \
                    == (figures.score, figures.risk_class, figures.probability)
                assert found[each.siren].cause == runs.SCORE_CAUSE_DATA_ARRIVED
            else:
                assert not kept.HasField("score")
        assert sum(each.score.HasField("score") for each in found.values()) >= 3

        # How it came to be so.
        scored = next(siren for siren, each in found.items() if each.score.HasField("score"))
        history = service.CompanyHistory(runs.CompanyHistoryRequest(
            portfolio="p", company=portfolio.CompanyIdentifier(siren=scored)), **anna).scores
        assert history[0].score.outcome == api.ASSESSMENT_OUTCOME_NOT_SCORABLE
        assert history[-1].score == found[scored].score
        assert history[-1].model == "us-listed-failure" and history[-1].run == max(
            each.run for each in history)
        paged, token = [], ""
        while True:
            page = service.CompanyHistory(runs.CompanyHistoryRequest(
                portfolio="p", company=portfolio.CompanyIdentifier(siren=scored), page_size=1,
                page_token=token), **anna)
            paged += page.scores
            token = page.next_page_token
            if not token:
                break
        assert paged == list(history)

        # Who does not see the portfolio sees nothing of it; runs of all are for who operates.
        for method, ask in (
            (service.ListScores, messages_of("p")),
            (service.StartRun, runs.StartRunRequest(portfolio="p")),
            (service.ListRuns, runs.ListRunsRequest(portfolio="p")),
            (service.DescribeRun, runs.DescribeRunRequest(portfolio="p", number=run.number)),
        ):
            assert refused(method, ask, **ben)[1] == "UNKNOWN_PORTFOLIO"
        for method, ask in ((service.StartRun, runs.StartRunRequest()),
                            (service.ListRuns, runs.ListRunsRequest()),
                            (service.DescribeRun, runs.DescribeRunRequest(number=1))):
            assert refused(method, ask, **anna)[:2] == ("PERMISSION_DENIED", "OPERATOR_NEEDED")
        share = portfolio.PortfolioShare(role="score", access=portfolio.PORTFOLIO_ACCESS_READ)
        service.SharePortfolio(
            messages.SharePortfolioRequest(portfolio="p", share=share), **anna)
        assert scores(service, "p", **ben) == found
        assert refused(service.StartRun, runs.StartRunRequest(portfolio="p"), **ben)[1] \
            == "READ_ONLY_PORTFOLIO"
        whole = service.StartRun(runs.StartRunRequest(), **olga).run
        whole = ended(service, whole.number, **olga)
        assert not whole.of_one_portfolio and whole.company_count == len(known)
        assert whole.changed_count == 0
        seen = service.DescribeRun(runs.DescribeRunRequest(
            portfolio="p", number=whole.number), **ben).run
        assert seen.state == runs.RUN_STATE_DONE and seen.company_count == 0
        # A run of another portfolio is none of this one's.
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="other"), **ben)
        assert refused(service.DescribeRun, runs.DescribeRunRequest(
            portfolio="other", number=run.number), **ben)[1] == "UNKNOWN_RUN"
        stranger = runs.CompanyHistoryRequest(
            portfolio="other", company=portfolio.CompanyIdentifier(siren=scored))
        assert refused(service.CompanyHistory, stranger, **ben)[1] == "UNKNOWN_COMPANY"
        for day, reason in (("2026-02-30", "INVALID_DATE"), ("1999-01-01", "DATE_TOO_OLD")):
            ask = runs.CompanyHistoryRequest(
                portfolio="p", since_date=day, company=portfolio.CompanyIdentifier(siren=scored))
            assert refused(service.CompanyHistory, ask, **anna)[1] == reason
        page = service.ListRuns(runs.ListRunsRequest(portfolio="p", page_size=1), **anna)
        rest = service.ListRuns(runs.ListRunsRequest(
            portfolio="p", page_token=page.next_page_token), **anna)
        numbers = [each.number for each in [*page.runs, *rest.runs]]
        assert numbers == sorted(numbers, reverse=True) and run.number in numbers


def test_by_the_command_line(certificates, tmp_path, facts):
    store = str(tmp_path / "store.sqlite")
    tables = StoreTables(store, None)

    def vigie(*arguments) -> subprocess.CompletedProcess:
        return subprocess.run(
            [program("vigie"), "portfolio", *map(str, arguments), "--server", server.address,
             "--ca-cert", str(server.certificates.ca)],
            capture_output=True, text=True, timeout=60)

    with Server(certificates, "--store", store) as server, server.channel() as channel:
        service = portfolios(channel)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        service.PutCompanies(messages.PutCompaniesRequest(
            portfolio="p", companies=[company("552100554"), company("999200017", name="Sound")]))
        told = vigie("scores", "p", "-o", "csv")
        assert told.returncode == 0 and told.stdout.splitlines()[2] == \
            "999200017,,,Sound,,,,,,,,", told
        done = vigie("rescore", "p", "--wait")
        assert done.returncode == 0, done
        assert "done, 2 companies, 0 scored, 2 changed" in done.stdout
        sound = next(each for each in facts.companies if each.siren == "999200017")
        tables.know(2, content(facts.line_names, sound), KINDS, TODAY - 1)
        until = time.monotonic() + 60
        while not (listed := json.loads(vigie("scores", "p", "-o", "json").stdout.splitlines()[1])
                   ).get("score"):
            assert time.monotonic() < until
        assert (listed["outcome"], listed["cause"], listed["name"]) \
            == ("scored", "data_arrived", "Sound")
        shown = vigie("scores", "p").stdout
        percent = listed["probability"] * 100
        assert f" {percent:.{3 if percent < 0.1 else 2}f} % " in shown and "not_scorable" in shown
        history = json.loads(vigie("history", "p", "999200017", "-o", "json").stdout)
        assert [each["outcome"] for each in history] == ["not_scorable", "scored"]
        assert history[1]["score"] == listed["score"]
        assert "us-listed-failure@" in vigie("history", "p", "999200017").stdout
        assert vigie("history", "p", "732829320").returncode == 66
        assert vigie("history", "p", "999200017", "--since", "yesterday").returncode == 65
        kinds = [each["kind"] for each in json.loads(vigie("runs", "p", "-o", "json").stdout)]
        assert kinds[-1] == "requested" and set(kinds[:-1]) == {"arrival"}
        assert "one portfolio" in vigie("runs", "--all").stdout
        assert vigie("rescore").returncode == vigie("runs", "p", "--all").returncode == 64
        assert "run " in vigie("rescore", "--all").stdout


def fill(tables: StoreTables, blocks: int, fact: bytes) -> None:
    """Companies in many blocks, five in each, of all of which the same is known."""
    series = """with recursive place(n) as (
        select 0 union all select n + 1 from place where n < %d)""" % (blocks * 5 - 1)
    slot = "n / 5 * 65536 + n % 5 + 1"
    tables.run(
        f"""insert into company (slot, kind, identity, name, added_at)
            {series} select {slot}, 'own', 'c' || n, '', 0 from place""",
        "update counter set value = 65536000 where name = 'slot'",
        f"""insert into portfolio_company (portfolio, slot, reference, added_at)
            {series} select 1, {slot}, '', 0 from place""",
        f"""insert into company_fact
            (number, slot, kind, day, known_at, source, digest, content)
            {series} select n + 1, {slot}, 'statement', {TODAY - 9}, 1, 'test',
                {tables.bytes(b'x')}, {tables.bytes(fact)} from place""",
        f"update counter set value = {blocks * 5} where name in ('fact', 'seen_fact')")


def test_a_server_that_is_killed_loses_nothing(serving, tables, team, facts):
    blocks = 400
    olga = {"metadata": team["olga"]}
    first = serving()
    with serving() as second, first.channel() as one, second.channel() as two:
        portfolios(one).CreatePortfolio(messages.CreatePortfolioRequest(name="p"), **olga)
        sound = next(each for each in facts.companies if each.siren == "999200017")
        fill(tables, blocks, content(facts.line_names, sound))
        run = portfolios(one).StartRun(runs.StartRunRequest(), **olga).run
        assert run.block_count == blocks
        while portfolios(two).DescribeRun(
                runs.DescribeRunRequest(number=run.number), **olga).run.done_count < 10:
            time.sleep(0.01)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        left = portfolios(two).DescribeRun(runs.DescribeRunRequest(number=run.number), **olga).run
        assert left.state == runs.RUN_STATE_OPEN and left.done_count < blocks
        # What it had is another's after a minute.
        run = ended(portfolios(two), run.number, 120, **olga)
        assert run.state == runs.RUN_STATE_DONE and run.done_count == blocks
        assert run.company_count == run.changed_count == blocks * 5
        assert run.scored_count == blocks * 5
    assert tables.rows(
        "select count(*), count(distinct slot), count(distinct score) from score_change") \
        == [(str(blocks * 5), str(blocks * 5), "1")]
    assert tables.rows("select count(*), count(distinct block) from history_frame") \
        == [(str(blocks), str(blocks))]
    assert int(tables.rows("select max(attempt) from run_block")[0][0]) <= 2


def test_a_server_that_stops_leaves_its_blocks(serving, tables, team, facts):
    olga = {"metadata": team["olga"]}
    with serving() as server, server.channel() as channel:
        portfolios(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"), **olga)
        fill(tables, 400, content(facts.line_names, facts.companies[0]))
        run = portfolios(channel).StartRun(runs.StartRunRequest(), **olga).run
        while portfolios(channel).DescribeRun(
                runs.DescribeRunRequest(number=run.number), **olga).run.done_count < 5:
            time.sleep(0.01)
        assert server.stop() == 0
    assert tables.rows("select count(*) from run_block where lease_until > 0 and is_done = 0") \
        == [("0",)]
    began = time.monotonic()
    with serving() as server, server.channel() as channel:
        run = ended(portfolios(channel), run.number, 50, **olga)
        assert run.done_count == 400 and time.monotonic() - began < 50


def test_the_run_of_the_day_is_planned_once(serving, tables, team, facts):
    olga = {"metadata": team["olga"]}
    with serving("--rescore-at", "00:00") as first, serving("--rescore-at", "00:00"), \
            first.channel() as channel:
        service = portfolios(channel)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"), **olga)
        service.PutCompanies(messages.PutCompaniesRequest(
            portfolio="p", companies=[company("999200017")]), **olga)
        until = time.monotonic() + 30
        while not (found := service.ListRuns(runs.ListRunsRequest(), **olga).runs) \
                or found[0].state == runs.RUN_STATE_OPEN:
            assert time.monotonic() < until
            time.sleep(0.1)
        time.sleep(3)
        found = service.ListRuns(runs.ListRunsRequest(), **olga).runs
        # One a day, if a day begins meanwhile.
        assert {each.kind for each in found} == {runs.RUN_KIND_DAILY}
        assert len(found) == len({each.as_of_date for each in found})
