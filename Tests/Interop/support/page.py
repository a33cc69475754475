# SPDX-License-Identifier: Apache-2.0
"""A server with a portfolio that was scored twice, and a browser that looks at its page."""

import random
import shutil
import sqlite3
from pathlib import Path

from vigie.v1 import (
    alert_service_pb2 as alerts,
    alert_service_pb2_grpc as alert_stubs,
    company_facts_pb2,
    portfolio_facts_pb2 as known,
    portfolio_pb2 as portfolio,
    portfolio_runs_pb2 as runs,
    portfolio_service_pb2 as messages,
)

from support.rescoring import ended
from support.server import Server
from support.stores import stub

NAME = "Clients & <Fils>"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")


def siren(number: int) -> str:
    """The SIREN of eight digits, with its check."""
    for check in range(10):
        text = f"{number:08d}{check}"
        digits = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(text[::-1])]
        if sum(digit - 9 if digit > 9 else digit for digit in digits) % 10 == 0:
            return text
    raise AssertionError(number)


def statements_of(facts, rng: random.Random, spread: float) -> company_facts_pb2.CompanyFacts:
    """Statements like those of a company that there is, of last year."""
    like = rng.choice([each for each in facts.companies if each.statements.closing_days])
    made = company_facts_pb2.CompanyFacts(statements=like.statements)
    columns = made.statements
    later = 20_400 - max(columns.closing_days)
    columns.closing_days[:] = [day + later for day in columns.closing_days]
    if columns.published_days:
        columns.published_days[:] = [day + 150 for day in columns.closing_days]
    scale = rng.lognormvariate(0, 0.7)
    columns.cents[:] = [int(cents * scale * rng.lognormvariate(0, spread))
                        for cents in columns.cents]
    columns.ClearField("papers")
    columns.ClearField("paper_lines")
    return made


def fill(server: Server, store: Path, facts, count: int) -> None:
    """A portfolio of so many companies, scored 45 days ago and today."""
    rng = random.Random(3)
    sirens = [siren(90_000_000 + 37 * place) for place in range(count)]
    with server.channel() as channel:
        service, watch = stub(channel), alert_stubs.AlertServiceStub(channel)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name=NAME))
        service.PutCompanies(messages.PutCompaniesRequest(portfolio=NAME, companies=[
            portfolio.FollowedCompany(
                company=portfolio.CompanyIdentifier(siren=each),
                name=f"Société <b>{place}</b> & Fils", reference=f"C-{place}",
                limit=portfolio.MoneyAmount(minor_units=5_000_000, currency="EUR"),
                exposure=portfolio.MoneyAmount(
                    minor_units=rng.randrange(100_000, 9_000_000), currency="EUR"))
            for place, each in enumerate(sirens)]))

        def record(some: list[str], spread: float) -> None:
            service.RecordFacts(known.RecordFactsRequest(
                portfolio=NAME, line_names=facts.line_names, source="test",
                mode=known.FACT_MODE_REPLACE, companies=[
                    known.RecordedCompany(company=portfolio.CompanyIdentifier(siren=each),
                                          facts=statements_of(facts, rng, spread))
                    for each in some]))
            run = service.StartRun(runs.StartRunRequest(portfolio=NAME)).run
            assert ended(service, run.number, 120, NAME).state == runs.RUN_STATE_DONE

        watch.PutStandardRules(alerts.PutStandardRulesRequest(portfolio=NAME))
        record(sirens[:-5], 0.35)
        with sqlite3.connect(store, timeout=30) as tables:
            day = 86_400_000_000
            tables.execute(f"""update run set as_of_day = as_of_day - 45,
                requested_at = requested_at - 45 * {day}""")
            tables.execute(f"update company_fact set known_at = known_at - 46 * {day}")
        record(rng.sample(sirens[:-5], count // 3), 0.5)
