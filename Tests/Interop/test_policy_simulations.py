# SPDX-License-Identifier: Apache-2.0
"""Portfolios decided on by two policies of a server: the report is that of `vigie policy simulate`
on disk, byte for byte; what is hostile is refused, and who leaves ends the work."""

import csv
import itertools
import json
import os
import pty
import subprocess
import threading
from pathlib import Path

import pytest

from support.access import refused
from support.policies import NAME, SAMPLE, content_hash, draft, put, stub, vigie, wait_for
from support.server import program
from support.stubs import ROOT
from vigie.v1 import (
    decision_rows_pb2, policy_service_pb2, policy_simulation_pb2, scoring_service_pb2,
)

Request = policy_service_pb2.SimulatePoliciesRequest
MODELS = ["us-listed-failure", "us-listed-scorecard"]
OLD, NEW = f"{NAME}@1.0.0", f"{NAME}@2.0.0"
INPUTS = {
    each["name"]: each["type"]
    for each in json.loads((SAMPLE / "policy.json").read_text())["inputs"]}
with (SAMPLE / "tests/companies.csv").open(newline="") as _file:
    SCENARIOS = [
        {name: cell for name, cell in each.items() if name in INPUTS or name in ("stage", "role")}
        for each in csv.DictReader(_file)]
NUMBERS = [name for name in SCENARIOS[0] if INPUTS.get(name) == "number"]
TEXTS = [name for name in SCENARIOS[0] if name not in NUMBERS]


def header(**other: object) -> Request:
    """The first message."""
    told = dict(
        before=OLD, after=NEW, as_of_date="2025-06-30", fact_columns=NUMBERS,
        fact_text_columns=TEXTS) | other
    return Request(header=policy_simulation_pb2.SimulatePoliciesHeader(**told))


def companies(rows: list[dict], **other: object) -> Request:
    """A message of companies."""
    columns = []
    for name in TEXTS:
        texts = sorted({row[name] for row in rows if row.get(name)})
        codes = [texts.index(row[name]) + 1 if row.get(name) else 0 for row in rows]
        columns.append(scoring_service_pb2.TextColumn(
            dictionary=[text.encode() for text in texts], codes=codes))
    values = [float(row.get(name) or "nan") for name in NUMBERS for row in rows]
    told = dict(
        row_count=len(rows), names=[row["company"] for row in rows],
        facts=decision_rows_pb2.FactBlock(values=values, text_columns=columns)) | other
    return Request(companies=policy_simulation_pb2.SimulatedCompanies(**told))


def row(place: int, **other: str) -> dict:
    """A company."""
    told = dict(SCENARIOS[place % len(SCENARIOS)])
    if told["equity"]:
        told["equity"] = str(float(told["equity"]) + place)
    return told | {"company": f"Company {place}"} | other


def write(path: Path, rows: list[dict]) -> Path:
    """The companies as a table."""
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, ["company", *TEXTS, *NUMBERS], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return path


def test_the_command_says_the_same_here_and_at_a_server(serve, two, people, tmp_path):
    rows = [row(place) for place in range(5_000)] + [row(7), row(9, sector="nowhere")]
    facts = write(tmp_path / "facts.csv", rows)
    token = tmp_path / "token"
    token.write_text(people["bob"][0][1].removeprefix("Bearer "))
    with serve() as server:
        for output in ["json", "table", "csv"]:
            common = ["--facts", facts, "-o", output, "--as-of", "2025-06-30"]
            here = vigie("policy", "simulate", two / "old", two / "new", *common)
            there, again = (vigie(
                "policy", "simulate", OLD, NEW, *common, "--server", server.address, "--ca-cert",
                server.certificates.ca, "--token-file", token) for _ in range(2))
            assert here.returncode == there.returncode == 0, there.stderr
            assert there.stdout == here.stdout and there.stderr == here.stderr
            assert again.stdout == there.stdout
        page = vigie(
            "policy", "simulate", two / "old", two / "new", "--facts", facts, "--html", "-",
            "--as-of", "2025-06-30").stdout
        assert page.startswith("<!doctype html>") and "<script" not in page
        assert "<td>limits</td>" in page and "5002" in page and page.count("<tr>") > 30
        told = json.loads(vigie(
            "policy", "simulate", two / "old", two / "new", "--facts", facts, "-o", "json",
            "--as-of", "2025-06-30").stdout)
        assert told["companies"] == 5_002 and told["changed"] > 100
        assert len(told["notes"]) == 2
        few = tmp_path / "few.csv"
        few.write_text("company,amount\nMoulin,5000\n")
        common = ["--facts", few, "-o", "json", "--as-of", "2025-06-30"]
        here = vigie("policy", "simulate", two / "old", two / "new", *common)
        there = vigie(
            "policy", "simulate", OLD, NEW, *common, "--server", server.address, "--ca-cert",
            server.certificates.ca, "--token-file", token)
        assert there.stdout == here.stdout and there.stderr == here.stderr
        assert f"no column for 'outcome', which {OLD} requires" in here.stderr
        assert f"no column for 'outcome', which {NEW} requires" in here.stderr
        wrong = write(tmp_path / "wrong.csv", [row(1), row(2, amount="-1")])
        done = vigie(
            "policy", "simulate", OLD, NEW, "--facts", wrong, "--server", server.address,
            "--ca-cert", server.certificates.ca, "--token-file", token)
        assert done.returncode == 65 and done.stdout == ""
        assert "line 3, amount: is -1, and must not be below 0" in done.stderr


def test_a_report(serve, two, people):
    rows = [row(place) for place in range(600)]
    with serve() as server, server.channel() as channel:
        def simulated(*blocks: Request, **told: object):
            sent = iter([header(**told), *blocks])
            return stub(channel).SimulatePolicies(sent, metadata=people["ada"], timeout=60)

        answer = simulated(companies(rows[:400]), companies(rows[400:]))
        assert answer.before.version == "1.0.0" and answer.after.content_hash == content_hash(
            draft())
        report = answer.simulation
        assert report.company_count == 600 and report.as_of_date == "2025-06-30"
        assert 0 < report.changed_count < 600 and len(report.changes) == 20
        for policy in [report.before, report.after]:
            assert sum(each.count for each in policy.outcomes) == 600
            assert policy.currency == "EUR"
        assert sum(each.company_count for each in report.outcomes) == 600
        assert sum(each.company_count for each in report.classes) == 600
        lower = float(report.before.limits.sum) - float(report.after.limits.sum)
        assert lower == float(report.limits_lowered.sum) - float(report.limits_raised.sum) > 0
        first = report.changes[0]
        assert first.company == f"Company {first.row - 1}" and not first.difference == "0"
        # However they are cut, and each time: the same.
        whole = simulated(companies(rows))
        assert whole.simulation.SerializeToString() == report.SerializeToString()
        assert len(simulated(companies(rows), change_count=3).simulation.changes) == 3
        assert not simulated(companies(rows), change_count=0).simulation.changes
        same = simulated(companies(rows), after=OLD).simulation
        assert same.changed_count == 0 and same.company_count == 600
        nameless = simulated(companies(rows, names=[], lines=range(2, 602))).simulation
        assert nameless.changes[0].company == f"line {first.row + 1}"
        empty = simulated().simulation
        assert empty.company_count == 0 and not empty.notes


@pytest.mark.parametrize("sent, code, reason, words", [
    ([], "INVALID_ARGUMENT", "NO_HEADER", ""),
    ([companies([])], "INVALID_ARGUMENT", "NO_HEADER", ""),
    ([Request()], "INVALID_ARGUMENT", "EMPTY_MESSAGE", ""),
    ([header(), header()], "INVALID_ARGUMENT", "SECOND_HEADER", ""),
    ([header(before="nobody")], "NOT_FOUND", "UNKNOWN_POLICY", "nobody"),
    ([header(as_of_date="2020-01-01")], "INVALID_ARGUMENT", "BAD_PORTFOLIO", "neither"),
    ([header(as_of_date="today")], "INVALID_ARGUMENT", "INVALID_DATE", ""),
    ([header(fact_columns=["equty"])], "INVALID_ARGUMENT", "BAD_PORTFOLIO", "\"equity\"?"),
    ([header(fact_columns=["sector"])], "INVALID_ARGUMENT", "BAD_PORTFOLIO", "as numbers"),
    ([header(fact_text_columns=["equity"])], "INVALID_ARGUMENT", "BAD_PORTFOLIO", "as texts"),
    ([header(fact_columns=["equity", "equity"])], "INVALID_ARGUMENT", "BAD_PORTFOLIO", "twice"),
    ([header(fact_columns=["equity"] * 600)], "INVALID_ARGUMENT", "LIMIT_EXCEEDED", ""),
    ([header(change_count=1001)], "INVALID_ARGUMENT", "LIMIT_EXCEEDED", ""),
    ([header(), companies([row(1)], row_count=2)], "INVALID_ARGUMENT", "WRONG_VALUE_COUNT", ""),
    ([header(), companies([row(1)], lines=[1, 2])], "INVALID_ARGUMENT", "WRONG_VALUE_COUNT", ""),
    ([header(), companies([row(1)] * 4097)], "INVALID_ARGUMENT", "LIMIT_EXCEEDED", "blockRows"),
    ([header(), companies([row(1)], names=[], row_count=2**32 - 1)],
     "INVALID_ARGUMENT", "LIMIT_EXCEEDED", "blockRows"),
    ([header(), companies([row(1), row(2, stage="never")])],
     "INVALID_ARGUMENT", "BAD_PORTFOLIO", "row 2, stage"),
    ([header(), companies([row(1)]), companies([row(1), row(2, amount="-5")])],
     "INVALID_ARGUMENT", "BAD_PORTFOLIO", "row 3, amount: is -5"),
    ([header(), companies([row(1), row(2, sector="x" * 5_000)], lines=[8, 9])],
     "INVALID_ARGUMENT", "LIMIT_EXCEEDED", "A text of line 9 has 5000 bytes."),
    ([header(), companies([row(1, risk_class="50")], lines=[9])],
     "INVALID_ARGUMENT", "BAD_PORTFOLIO", "line 9, risk_class: is 50"),
])
def test_what_is_no_portfolio_is_refused(serve, two, people, sent, code, reason, words):
    with serve() as server, server.channel() as channel:
        told = refused(
            stub(channel).SimulatePolicies, iter(sent), metadata=people["ada"], timeout=60)
        assert told[:2] == (code, reason) and words in told[2], told


def test_whoever_leaves_ends_it(serve, two, people):
    block = companies([row(place) for place in range(200)])
    with serve() as server:
        def leaves() -> bool:
            sent = threading.Event()

            def without_end():
                yield header()
                for count in itertools.count():
                    yield block
                    if count == 3:
                        sent.set()

            with server.channel() as channel:
                call = stub(channel).SimulatePolicies.future(
                    without_end(), metadata=people["ada"], timeout=60)
                while not sent.wait(0.05):
                    # Those who left before may not have gone yet.
                    if call.done():
                        return False
                return call.cancel()

        for _ in range(5):
            wait_for(leaves)
        # The places of those who have gone are free again, and the threads, too.
        with server.channel() as channel:
            def is_taken() -> bool:
                answer = refused_or_none(channel, people)
                return answer is None

            wait_for(is_taken)


def refused_or_none(channel, people):
    """Why a simulation is not taken; None if it is."""
    try:
        stub(channel).SimulatePolicies(iter([header()]), metadata=people["ada"], timeout=20)
    except Exception as error:  # noqa: BLE001
        assert "imulationsMax)" in str(error), error
        return error
    return None


def test_places_and_roles(serve, two, people):
    with serve() as server, server.channel() as channel:
        service = stub(channel)
        assert refused(
            service.SimulatePolicies, iter([header()]), metadata=people["rex"],
            timeout=20)[1] == "ROLE_NEEDED"
        # Two at a time of one caller: the third is told to come later.
        ends = threading.Event()

        def held():
            yield header()
            ends.wait(30)

        calls = [service.SimulatePolicies.future(
            held(), metadata=people["ada"], timeout=60) for _ in range(2)]

        def is_full() -> bool:
            try:
                service.SimulatePolicies(iter([header()]), metadata=people["ada"], timeout=20)
            except Exception as error:  # noqa: BLE001
                assert "UNAVAILABLE" in str(error), error
                assert "(connectionSimulationsMax)" in str(error), error
                return True
            return False

        wait_for(is_full)
        service.SimulatePolicies(iter([header()]), metadata=people["bob"], timeout=20)
        ends.set()
        for call in calls:
            assert call.result(30).simulation.company_count == 0


def table_of(path: Path, rows: list[dict]) -> Path:
    """Rows as a table."""
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return path


def test_two_models_by_one_policy(bundled_server, tmp_path):
    """Companies are decided on as if the file had the scores of each model."""
    companies = ROOT / "Clients/CLI/Samples/companies.csv"
    with companies.open(newline="") as file:
        rows = list(csv.DictReader(file))
    known = {name: cell for name, cell in SCENARIOS[0].items()
             if name not in ("outcome", "risk_class", "score", "probability")}
    own = [known | {"company": each["id"]} for each in rows]
    facts = table_of(tmp_path / "facts.csv", [
        told | {name: cell for name, cell in each.items() if name != "id"}
        for told, each in zip(own, rows)])
    asked = ["--facts", facts, "--as-of", "2025-06-30", "-o", "json"]
    first, second = MODELS
    told = {}
    for pair in [(first, first), (first, second), (second, first)]:
        done = vigie(
            "policy", "simulate", "--policy", SAMPLE, "--models", ",".join(pair), *asked)
        assert done.returncode == 0, done.stderr
        told[pair] = json.loads(done.stdout)
    same, there, back = told.values()
    assert same["companies"] == len(rows) and same["changed"] == 0
    assert same["before"]["model"].startswith(f"{first}@")
    assert any("no score by the model before; the first, line" in note for note in same["notes"])
    assert there["after"]["model"].startswith(f"{second}@")
    assert there["changed"] == back["changed"]
    for side in ["limits", "outcomes", "tables"]:
        assert there["before"][side] == same["before"][side] == back["after"][side]
        assert there["after"][side] == back["before"][side]
    assert there["changed"] > 0
    for model in MODELS:
        done = vigie(
            "score", companies, "--model", model, "--server", bundled_server.address, "--ca-cert",
            bundled_server.certificates.ca, "-o", "csv", "-q", "--ignore-unknown-columns")
        assert done.returncode == 2, "some cannot be scored"
        scores = {each["id"]: each for each in csv.DictReader(done.stdout.splitlines())}
        named = [name for name in ("outcome", "risk_class", "score", "probability")
                 if name in INPUTS]
        scored = table_of(tmp_path / f"{model}.csv", [
            told | {name: scores[told["company"]][name] for name in named} for told in own])
        done = vigie(
            "policy", "simulate", SAMPLE, SAMPLE, "--facts", scored, "--as-of", "2025-06-30",
            "-o", "json")
        assert done.returncode == 0, done.stderr
        plain = json.loads(done.stdout)["before"]
        assert sum(plain["outcomes"][name] for name in ("granted", "routed", "refused")) > 0
        assert plain | {"model": there["before" if model == first else "after"]["model"]} == there[
            "before" if model == first else "after"]
    for arguments, status, words in [
        (["--policy", SAMPLE, "--models", first], 64, "two names"),
        (["--policy", SAMPLE], 64, "two policies"),
        (["--policy", SAMPLE, "--models", f"{first},nobody"], 66, "no model of that name"),
    ]:
        done = vigie("policy", "simulate", *arguments, *asked)
        assert done.returncode == status and words in done.stderr, done.stderr
    table_of(facts, [{"risk_class": "3", "amount": "1", "total_assets": "1"}])
    done = vigie("policy", "simulate", "--policy", SAMPLE, "--models", f"{first},{second}", *asked)
    assert done.returncode == 65 and "risk_class is a column, and what" in done.stderr, done.stderr


def test_values_that_a_model_does_not_take(tmp_path):
    """As `vigie score` has it: a value that leaves its row without a score is refused, and one that
    counts as missing is told."""
    with (ROOT / "Clients/CLI/Samples/companies.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))[:4]
    rows = [{"company": each.pop("id"), "stage": "order"} | each for each in rows]

    def simulated(row: int, models: str = " , ".join(MODELS), **told: str):
        changed = [each | (told if place == row else {}) for place, each in enumerate(rows)]
        facts = table_of(tmp_path / "facts.csv", changed)
        return vigie(
            "policy", "simulate", "--policy", SAMPLE, "--models", models, "--facts", facts,
            "--as-of", "2025-06-30", "-o", "json")

    plain = simulated(0)
    assert plain.returncode == 0 and "as missing" not in plain.stderr, plain.stderr
    wrong = simulated(2, total_assets="-29830")
    assert wrong.returncode == 65 and wrong.stdout == ""
    assert wrong.stderr.endswith(
        f"line 4, total_assets: is -29830, and {MODELS[0]}@1.0.0 takes values above 0\n")
    blank = simulated(1, inventory="-5")
    assert blank.returncode == 0
    model = f"{MODELS[0]}@1.0.0"
    assert (
        f"1 value counts as missing for {model}; the first, line 3, inventory: is -5, and {model} "
        "takes values from 0") in json.loads(blank.stdout)["notes"]
    for models in [",", MODELS[0], f"{MODELS[0]},", ",".join(MODELS + MODELS[:1])]:
        assert simulated(0, models=models).returncode == 64, models
    # A file that has none of the model's columns, not only one that lacks some.
    rows = [{"company": "A", "stage": "order", "sector": "industry"}]
    empty = simulated(0)
    assert empty.returncode == 65 and empty.stdout == ""
    assert f"{model}: the file has none of the model's columns, such as " in empty.stderr


def test_no_text_commands_a_terminal(tmp_path):
    """Names of companies are foreign texts; in a file they are what they are."""
    policy = put(tmp_path / "new", draft())
    told = next(each for each in SCENARIOS if each["stage"] == "order")
    name = "=1+1 \u202ered"
    facts = table_of(tmp_path / "facts.csv", [{"company": name} | told])
    command = [
        program("vigie"), "policy", "simulate", SAMPLE, policy, "--facts", facts, "--as-of",
        "2025-06-30", "-o", "csv"]
    assert f"\n{name}," in subprocess.run(command, capture_output=True, text=True).stdout
    ours, theirs = pty.openpty()
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.DEVNULL)
    assert done.returncode == 0
    shown = os.read(ours, 1 << 16)
    os.close(ours)
    os.close(theirs)
    assert b"=1+1 \\u{202e}red" in shown and "\u202e".encode() not in shown
    # What commands terminals is no text at all.
    table_of(facts, [{"company": "\x1b[31mred"} | told])
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 65 and "(U+001B)" in done.stderr
