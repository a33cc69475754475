# SPDX-License-Identifier: Apache-2.0
"""Universes: inputs loaded by the command line or over the wire, scored as ScoreRows would, on any
day, whoever is killed meanwhile."""

import csv
import json
import random
import subprocess
import time

import pytest

from support.access import refused, vigied
from support.rescoring import StoreTables
from support.server import Server, program
from support.stores import company, stub as portfolio_stub
from vigie.v1 import model_service_pb2, model_service_pb2_grpc
from vigie.v1 import portfolio_runs_pb2 as runs, portfolio_service_pb2 as portfolio_messages
from vigie.v1 import scoring_service_pb2 as rows, scoring_service_pb2_grpc
from vigie.v1 import universe_service_pb2 as messages, universe_service_pb2_grpc

INPUTS = ["total_assets", "current_assets", "total_liabilities", "current_liabilities",
          "net_sales", "ebit", "net_income", "retained_earnings"]


def siren(number: int) -> str:
    """Eight digits, and the one that checks them."""
    digits = f"{number:08}"
    total = sum(
        sum(divmod(2 * int(digit), 10)) if place % 2 else int(digit)
        for place, digit in enumerate(reversed(digits), 1))
    return f"{digits}{-total % 10}"


def companies(count: int, seed: int = 1) -> dict[str, list[float]]:
    """Inputs of companies, some of which are missing."""
    chance = random.Random(seed)
    return {
        siren(chance.randrange(10_000_000, 99_999_999)): [
            float("nan") if chance.random() < 0.05 else float(chance.randrange(-500, 20_000))
            for _ in INPUTS]
        for _ in range(count)}


def stub(channel):
    """The service."""
    return universe_service_pb2_grpc.UniverseServiceStub(channel)


def load(service, known: dict, part: int = 500, **more):
    """Loads companies over the wire."""
    call = more.pop("using", {})
    header = messages.LoadUniverseHeader(universe="all", columns=INPUTS, **more)

    def parts():
        yield messages.LoadUniverseRequest(header=header)
        names = list(known)
        for first in range(0, len(names), part):
            some = names[first:first + part]
            block = messages.UniverseRows(
                sirens=[int(name) for name in some],
                float_values=[known[name][column] for column in range(len(INPUTS))
                              for name in some])
            if header.mark_columns:
                block.text_columns.append(
                    messages.UniverseTexts(dictionary=[b"a"], codes=[1] * len(some)))
            if header.has_exposures:
                block.exposures_cents.extend([100_000] * len(some))
            yield messages.LoadUniverseRequest(rows=block)

    return service.LoadUniverse(parts(), **call)


def done(service, **call) -> messages.UniverseRun:
    """Has the universe scored, and waits for it."""
    run = service.StartUniverseRun(
        messages.StartUniverseRunRequest(universe="all"), **call).run
    return awaited(service, run.number, **call)


def awaited(service, number: int, **call) -> messages.UniverseRun:
    """A run at its end."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        listed = service.ListUniverseRuns(
            messages.ListUniverseRunsRequest(universe="all"), **call).runs
        run = next(run for run in listed if run.number == number)
        if run.state != runs.RUN_STATE_OPEN:
            return run
        time.sleep(0.1)
    raise TimeoutError(f"run {number} does not end")


def scored(service, date: str = "", run: int = 0, **call) -> dict[str, tuple[int, int]]:
    """Score and class of all companies; (0, 0) of those without."""
    found, block = {}, 0
    while block is not None:
        answer = service.ReadUniverseScores(messages.ReadUniverseScoresRequest(
            universe="all", date=date, run=run, block=block), **call)
        for name, score, risk_class in zip(
                answer.sirens, answer.scores, answer.risk_classes, strict=True):
            found[f"{name:09}"] = (0 if score == 65_535 else score, risk_class)
        run = answer.run.number
        block = answer.next_block if answer.HasField("next_block") else None
    return found


def expected(channel, known: dict, **call) -> dict[str, tuple[int, int]]:
    """What ScoreRows says of the same rows."""
    scoring = scoring_service_pb2_grpc.ScoringServiceStub(channel)
    answer = scoring.ScoreRows(rows.ScoreRowsRequest(
        header=rows.ScoreHeader(columns=INPUTS, outputs=[
            rows.SCORE_OUTPUT_SCORE, rows.SCORE_OUTPUT_RISK_CLASS]),
        block=rows.RowBlock(
            row_count=len(known), layout=rows.BLOCK_LAYOUT_ROW_MAJOR,
            float_values=[value for each in known.values() for value in each])), **call)
    return dict(zip(
        known, zip(answer.block.scores, answer.block.risk_classes, strict=True), strict=True))


def test_a_universe_is_scored_as_rows_are(serving, team):
    with serving() as server, server.channel() as channel:
        service = stub(channel)
        olga, ben = {"metadata": team["olga"]}, {"metadata": team["ben"]}
        known = companies(3000)
        report = load(service, known, using=olga, has_exposures=True)
        assert (report.row_count, report.added_count) == (len(known), len(known))
        first = done(service, **olga)
        assert (first.state, first.company_count) == (runs.RUN_STATE_DONE, len(known)), first.note
        before = expected(channel, known, **ben)
        assert scored(service, **ben) == before

        # Some leave, some come, some change; what was found before stays.
        now = dict(list(known.items())[100:]) | companies(50, seed=2)
        for name in list(now)[:200]:
            now[name] = list(companies(1, seed=int(name)).values())[0]
        report = load(service, now, using=olga, has_exposures=True)
        assert (report.left_count, report.added_count) == (100, 50)
        second = done(service, **olga)
        after = expected(channel, now, **ben)
        assert scored(service, **ben) == after
        assert scored(service, run=first.number, **ben) == before

        risk = service.DescribeUniverse(
            messages.DescribeUniverseRequest(universe="all"), **ben)
        assert (risk.before.number, risk.after.number) == (first.number, second.number)
        moves = {}
        for name in before.keys() | after.keys():
            place = (before.get(name, (0, None))[1], after.get(name, (0, None))[1])
            moves[place] = moves.get(place, 0) + 1
        assert moves == {
            (each.from_class if each.HasField("from_class") else None,
             each.to_class if each.HasField("to_class") else None): each.count
            for each in risk.migrations}
        assert risk.exposure_cents + risk.unrated_exposure_cents == 100_000 * len(now)
        for mover in risk.risen:
            assert mover.after - mover.before > 0 and mover.cause == runs.SCORE_CAUSE_COMPANY
            history = service.UniverseHistory(messages.UniverseHistoryRequest(
                universe="all", siren=mover.siren), **ben).results
            assert [result.score for result in history] == [mover.before, mover.after]


def test_who_may_look_may_not_load(serving, team):
    with serving() as server, server.channel() as channel:
        service = stub(channel)
        anna, olga = {"metadata": team["anna"]}, {"metadata": team["olga"]}
        known = companies(20)
        assert refused(load, service, known, using=anna)[0] == "PERMISSION_DENIED"
        assert refused(load, service, known, using={"metadata": team["carl"]})[0] \
            == "PERMISSION_DENIED"
        load(service, known, using=olga)
        assert [each.company_count for each in service.ListUniverses(
            messages.ListUniversesRequest(), **anna).universes] == [20]
        start = messages.StartUniverseRunRequest(universe="all")
        assert refused(service.StartUniverseRun, start, **anna)[0] == "PERMISSION_DENIED"
        forget = messages.ForgetUniverseCompanyRequest(universe="all", siren=next(iter(known)))
        assert refused(service.ForgetUniverseCompany, forget, **anna)[0] == "PERMISSION_DENIED"


def test_what_cannot_be_is_told(serving, team):
    with serving() as server, server.channel() as channel:
        service, olga = stub(channel), {"metadata": team["olga"]}
        known = companies(20)
        first = next(iter(known))

        def reason(*parts, header=None):
            header = header or messages.LoadUniverseHeader(universe="all", columns=["ebit"])
            wire = [messages.LoadUniverseRequest(header=header), *parts]
            return refused(service.LoadUniverse, iter(wire), **olga)[1]

        def part(**more):
            return messages.LoadUniverseRequest(rows=messages.UniverseRows(**more))

        assert reason(part(sirens=[int(first)] * 2, float_values=[1, 2])) == "COMPANY_TWICE"
        assert reason(part(sirens=[int(first) + 1], float_values=[1])) == "BAD_SIREN"
        assert reason(part(sirens=[int(first)], float_values=[1, 2])) == "WRONG_VALUE_COUNT"
        assert reason(messages.LoadUniverseRequest()) == "EMPTY_MESSAGE"
        assert reason(header=messages.LoadUniverseHeader(universe="all")) == "NO_COLUMNS"
        start = messages.StartUniverseRunRequest(universe="all")
        assert refused(service.StartUniverseRun, start, **olga)[1] == "EMPTY_UNIVERSE"
        # None of them is in the way of the next.
        load(service, known, using=olga)
        other = messages.LoadUniverseHeader(universe="other", columns=["what"])
        stream = [messages.LoadUniverseRequest(header=other),
                  part(sirens=[int(first)], float_values=[1])]
        service.LoadUniverse(iter(stream), **olga)
        assert refused(service.StartUniverseRun, messages.StartUniverseRunRequest(
            universe="other"), **olga)[1] == "MODEL_DOES_NOT_FIT"
        assert refused(service.DescribeUniverse, messages.DescribeUniverseRequest(
            universe="all"), **olga)[1] == "NO_RUN"
        assert refused(service.ListUniverseRuns, messages.ListUniverseRunsRequest(
            universe="none"), **olga)[1] == "UNKNOWN_UNIVERSE"
        assert refused(service.UniverseHistory, messages.UniverseHistoryRequest(
            universe="all", siren=siren(1)), **olga)[1] == "UNKNOWN_COMPANY"


def test_nobody_leaves_by_a_file_without_companies_and_no_day_is_to_come(serving, team):
    with serving() as server, server.channel() as channel:
        service, olga = stub(channel), {"metadata": team["olga"]}
        known = companies(20)
        load(service, known, using=olga)
        assert refused(load, service, {}, using=olga)[1] == "EMPTY_LOAD"
        assert load(service, {}, is_change=True, using=olga).row_count == 0
        far = "9999-12-31"
        assert refused(load, service, known, as_of_date=far, using=olga)[1] == "FUTURE_DATE"
        start = messages.StartUniverseRunRequest(universe="all", as_of_date=far)
        assert refused(service.StartUniverseRun, start, **olga)[1] == "FUTURE_DATE"
        done(service, **olga)
        assert len(scored(service, **olga)) == len(known)
        read = messages.ReadUniverseScoresRequest(universe="all", run=-1)
        assert refused(service.ReadUniverseScores, read, **olga)[1] == "BAD_RUN"


def test_a_server_that_is_killed_loses_nothing(serving, team):
    known, olga = companies(5000), {"metadata": team["olga"]}
    first = serving()
    with first.channel() as channel:
        load(stub(channel), known, using=olga)
        number = stub(channel).StartUniverseRun(
            messages.StartUniverseRunRequest(universe="all"), **olga).run.number
        first.process.kill()
        first.process.wait()
    with serving() as server, server.channel() as channel:
        # Its block is free when its time is over: at most a minute.
        run = awaited(stub(channel), number, **olga)
        assert (run.state, run.company_count) == (runs.RUN_STATE_DONE, 5000)
        assert scored(stub(channel), **olga) == expected(channel, known, **olga)


def test_a_load_whose_client_leaves_is_not_there(serving, team):
    with serving() as server, server.channel() as channel:
        service, olga = stub(channel), {"metadata": team["olga"]}
        known = companies(50)
        load(service, known, using=olga)

        def endless():
            yield messages.LoadUniverseRequest(header=messages.LoadUniverseHeader(
                universe="all", columns=INPUTS))
            time.sleep(30)

        call = service.LoadUniverse.future(endless(), **olga)
        time.sleep(1)
        assert refused(load, service, known, using=olga)[1] == "UNIVERSE_BUSY"
        call.cancel()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                load(service, known, using=olga)
                return
            except Exception:  # noqa: BLE001, any refusal
                time.sleep(0.2)
        pytest.fail("the load that was left still has the universe")


def test_the_command_line(certificates, store, tmp_path):
    known = companies(400)
    path = tmp_path / "inputs.csv"

    def write(table: dict, filed: str = "2026-01-01") -> None:
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["siren", *INPUTS, "filed_on", "owed"])
            for name, values in table.items():
                cells = ["" if value != value else f"{value:.0f}" for value in values]
                writer.writerow([name, *cells, filed, "1250.50"])

    with Server(certificates, "--store", store) as server, server.channel() as channel:
        def vigie(*arguments: object, status: int = 0) -> str:
            ran = subprocess.run(
                [program("vigie"), "universe", *map(str, arguments), "--server", server.address,
                 "--ca-cert", str(certificates.ca)], capture_output=True, text=True, timeout=120)
            assert ran.returncode == status, ran.stdout + ran.stderr
            return ran.stdout + ran.stderr

        columns = ("--mark", "filed_on", "--exposure", "owed")
        write(known)
        assert "400 came" in vigie("load", "all", path, *columns)
        assert "400 companies" in vigie("run", "all", "--wait")
        moved = dict(known)
        name = next(iter(known))
        moved[name] = [1.0, 20_000, 20_000, 20_000, 1, -20_000, -20_000, -20_000]
        write(moved, "2026-02-02")
        vigie("load", "all", path, *columns)
        vigie("run", "all", "--wait")
        lines = vigie("scores", "all").splitlines()
        assert lines[0] == "siren,score,class,cause" and len(lines) == 401
        table = {row["siren"]: row for row in csv.DictReader(lines)}
        for each, (score, risk_class) in expected(channel, moved).items():
            assert (table[each]["score"], table[each]["class"]) \
                == (str(score) if score else "", str(risk_class) if risk_class else "")
        history = json.loads(vigie("history", "all", name, "-o", "json"))
        assert history[-1]["cause"] == "data_arrived"
        risk = json.loads(vigie("risk", "all", "-o", "json"))
        assert risk["exposure_cents"] + risk["unrated_exposure_cents"] == 400 * 125_050
        assert len(json.loads(vigie("runs", "all", "-o", "json"))) == 2
        assert json.loads(vigie("list", "-o", "json"))[0]["company_count"] == 400
        vigie("forget", "all", name)
        assert "has no company" in vigie("history", "all", name, status=66)
        # A line that is wrong changes nothing.
        path.write_text(path.read_text() + "123456789,1,2,3,4,5,6,7,8,x,1\n")
        assert "no SIREN" in vigie("load", "all", path, *columns, status=65)


def test_who_is_erased_is_in_no_universe(serving, team, store, tmp_path, postgresql):
    """Erased from the command line while the server runs; a backup does not bring it back."""
    backup, erasures = tmp_path / "vigie.backup", tmp_path / "erasures"
    olga, ben = {"metadata": team["olga"]}, {"metadata": team["ben"]}
    known = companies(60)
    name, held = list(known)[:2]

    def run(*arguments) -> subprocess.CompletedProcess:
        return vigied("store", *map(str, arguments))

    def history(service, siren: str) -> list:
        return service.UniverseHistory(
            messages.UniverseHistoryRequest(universe="all", siren=siren), **ben).results

    with serving() as server, server.channel() as channel:
        service = stub(channel)
        load(service, known, using=olga)
        first = done(service, **olga)
        now = known | {name: [1.0, 20_000, 20_000, 20_000, 1, -20_000, -20_000, -20_000]}
        load(service, now, using=olga)
        done(service, **olga)
        described = messages.DescribeUniverseRequest(universe="all")
        movers = service.DescribeUniverse(described, **ben)
        assert name in {mover.siren for mover in [*movers.risen, *movers.fallen]}
        assert run("backup", "--store", store, "--output", backup).returncode == 0
        erase = ("erase", f"siren:{name}", "--as", "olga", "--reason", "request",
                 "--erasures", erasures, "--store", store)
        told = run(*erase)
        assert told.returncode == 0 and "place 0 of universe 1" in told.stdout, told.stderr
        assert name not in erasures.read_text()
        assert run(*erase).returncode == 66
        assert refused(history, service, name)[1] == "UNKNOWN_COMPANY"
        assert name not in scored(service, run=first.number, **ben)
        # Nor does what was found before the erasure tell who it was.
        movers = service.DescribeUniverse(described, **ben)
        assert {mover.siren for mover in [*movers.risen, *movers.fallen]} == {""}
        # A company of a portfolio that a matter holds stays in universes, too.
        portfolios = portfolio_stub(channel)
        portfolios.CreatePortfolio(
            portfolio_messages.CreatePortfolioRequest(name="p"), metadata=team["anna"])
        portfolios.PutCompanies(
            portfolio_messages.PutCompaniesRequest(portfolio="p", companies=[company(held)]),
            metadata=team["anna"])
        holding = (f"siren:{held}", "--as", "olga", "--store", store)
        assert run("hold", *holding, "--reason", "case 17").returncode == 0
        refusal = run("erase", *holding, "--reason", "request", "--erasures", erasures)
        assert refusal.returncode != 0 and "case 17" in refusal.stderr
        assert history(service, held)
    if store.startswith("postgresql"):
        postgresql.run("drop database if exists universes")
        postgresql.run("create database universes")
        other = postgresql.uri.replace("/postgres?", "/universes?")
    else:
        other = str(tmp_path / "again.sqlite")
    restored = run("restore", backup, "--store", other, "--erasures", erasures)
    assert "1 places of universes were emptied again" in restored.stdout, restored.stderr
    with serving("--store", other) as server, server.channel() as channel:
        service = stub(channel)
        assert refused(history, service, name)[1] == "UNKNOWN_COMPANY"
        assert history(service, held)


def test_a_damaged_block_is_told_and_stops_nothing(serving, team, store, postgresql):
    tables = StoreTables(store, postgresql)
    with serving() as server, server.channel() as channel:
        service, olga = stub(channel), {"metadata": team["olga"]}
        known = companies(50)
        load(service, known, using=olga)
        done(service, **olga)
        tables.run(f"update universe_input set content = {tables.bytes(b'VGSH' + bytes(90))}")
        run = done(service, **olga)
        assert run.state == runs.RUN_STATE_FAILED and "inputs of block" in run.note
        models = model_service_pb2_grpc.ModelServiceStub(channel)
        assert models.ListModels(model_service_pb2.ListModelsRequest(), **olga).models
