#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Brings a portfolio of made-up companies into a running server, with the history of six weeks,
and tells its figures. Needs nothing but Python: it speaks JSON with the server's page.

Usage: demo_portfolio.py URL CA_FILE STORE_FILE [TOKEN_FILE]

Days of history are made by moving what the store has to earlier days, which nothing but a demo
should do: a store tells what was known when.
"""

import json
import random
import sqlite3
import ssl
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from demo_companies import Company, companies

NAME = "Clients"
COUNT = 240
#: Days before today of which there are runs.
ROUNDS = (42, 35, 28, 21, 14, 7, 3, 1, 0)
DAY = 86_400_000_000
#: Columns of the store that hold days, or moments.
DAYS = (("run", "as_of_day"), ("portfolio_figures", "day"), ("company_figures", "day"),
        ("alert", "raised_day"), ("alert", "told_day"), ("alert", "cleared_day"),
        ("event", "event_day"))
MOMENTS = (("run", "requested_at"), ("run", "ended_at"), ("company_fact", "known_at"),
           ("company_fact", "superseded_at"), ("alert", "raised_at"), ("alert", "cleared_at"))


class Door:
    """Calls methods of a server as JSON."""

    def __init__(self, url: str, ca: str, token: str = "") -> None:
        self.url = url.rstrip("/")
        self.context = ssl.create_default_context(cafile=ca)
        self.headers = {"content-type": "application/json"}
        if token:
            self.headers["authorization"] = f"Bearer {token}"

    def __call__(self, method: str, **request: object) -> dict:
        body = json.dumps(request).encode()
        asked = urllib.request.Request(f"{self.url}/v1/{method}", body, self.headers)
        try:
            with urllib.request.urlopen(asked, context=self.context, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method}: {error.read().decode(errors='replace')}") from error


def parts(items: list, length: int) -> list[list]:
    """Parts of a list."""
    return [items[start:start + length] for start in range(0, len(items), length)]


def ledger(company: Company, day: int) -> dict:
    """What its account with us says on a day."""
    owed: dict[str, list] = {name: [] for name in (
        "cents", "openCents", "issuedDays", "dueDays", "references", "paymentCounts",
        "paymentDays", "paymentCents", "disputeCounts", "disputeOpenedDays", "promiseCounts",
        "promiseMadeDays", "promiseDays", "promiseCents", "promiseVerifiable")}
    for invoice in company.invoices:
        if invoice.issued > day:
            continue
        paid = [each for each in invoice.payments if each[0] <= day]
        owed["cents"].append(invoice.cents)
        owed["openCents"].append(invoice.cents - sum(cents for _, cents in paid))
        owed["issuedDays"].append(invoice.issued)
        owed["dueDays"].append(invoice.due)
        owed["references"].append(invoice.reference)
        owed["paymentCounts"].append(len(paid))
        owed["paymentDays"] += [each[0] for each in paid]
        owed["paymentCents"] += [each[1] for each in paid]
        is_disputed = invoice.disputed is not None and invoice.disputed <= day
        owed["disputeCounts"].append(int(is_disputed))
        if is_disputed:
            owed["disputeOpenedDays"].append(invoice.disputed)
        is_promised = invoice.promise is not None and invoice.promise[0] <= day
        owed["promiseCounts"].append(int(is_promised))
        if is_promised:
            owed["promiseMadeDays"].append(invoice.promise[0])
            owed["promiseDays"].append(invoice.promise[1])
            owed["promiseCents"].append(-1)
            owed["promiseVerifiable"].append(True)
    return owed


def facts(company: Company, day: int, health: float, closings: list[int],
          lines: list[str]) -> dict:
    """What is known of it on a day."""
    rng = random.Random(company.siren)
    columns: dict[str, list] = {name: [] for name in (
        "closingDays", "months", "publishedDays", "lineCounts", "lines", "cents")}
    for closing in closings:
        statement = company.statement(closing, rng, health)
        columns["closingDays"].append(closing)
        columns["months"].append(12)
        columns["publishedDays"].append(closing + 150)
        columns["lineCounts"].append(len(statement))
        columns["lines"] += [lines.index(line) for line in statement]
        columns["cents"] += [100 * euros for euros in statement.values()]
    known = {"siren": company.siren, "statements": columns, "owed": ledger(company, day),
             "ledgerUntilDay": day, "ledgerOwner": "LEDGER_OWNER_CREDITOR"}
    told = [event for event in company.events if event[2] <= day]
    if told:
        known["events"] = {
            "kinds": [kind for kind, _, _ in told], "decidedDays": [when for _, when, _ in told],
            "publishedDays": [when for _, _, when in told],
            "notices": [f"A{company.siren}{place}" for place in range(len(told))]}
    return known


def euros(cents: int) -> dict:
    return {"minorUnits": str(cents), "currency": "EUR"}


def put(door: Door, name: str, found: list[Company], day: int) -> None:
    """The companies, with what they owe on a day."""
    for some in parts(found, 200):
        door("PortfolioService/PutCompanies", portfolio=name, companies=[
            {"company": {"siren": each.siren}, "name": each.name, "reference": each.reference,
             "exposure": euros(each.open_cents(day)),
             **({"limit": euros(each.limit_cents)} if each.limit_cents else {})}
            for each in some])


def record(door: Door, name: str, found: list[Company], day: int, drift: float) -> None:
    """What is known of companies on a day, in place of what was."""
    year = 1970 + day // 365.2425
    closings = [int((year - back - 1970) * 365.2425) - 1 for back in (2, 1, 0)]
    closings = [each for each in closings if each + 150 <= day]
    lines = sorted(found[0].statement(0, random.Random(1), 0.5)) if found else []
    for some in parts(found, 12):
        rng = random.Random(f"{day}{some[0].siren}")
        door("PortfolioService/RecordFacts", portfolio=name, lineNames=lines,
             source=f"ledger-{day}", mode="FACT_MODE_REPLACE", companies=[
                 {"company": {"siren": each.siren},
                  "facts": facts(each, day, min(1, max(0, each.health + rng.gauss(0, drift))),
                                 closings, lines)}
                 for each in some])


def run(door: Door, name: str) -> None:
    """Scores the portfolio."""
    number = door("PortfolioService/StartRun", portfolio=name)["run"]["number"]
    ends = time.monotonic() + 300
    while time.monotonic() < ends:
        told = door("PortfolioService/DescribeRun", portfolio=name, number=number)["run"]
        if told["state"] == "RUN_STATE_DONE":
            return
        if told["state"] == "RUN_STATE_FAILED":
            break
        time.sleep(0.1)
    raise SystemExit(f"The run {number} did not end well.")


def move(store: Path, days: int) -> None:
    """Moves all that the store has to earlier days."""
    with sqlite3.connect(store, timeout=30) as tables:
        for table, column in DAYS:
            # By way of numbers that no day has, since days are keys.
            tables.execute(f"update {table} set {column} = -{column} - 1000000")
            tables.execute(f"update {table} set {column} = -{column} - 1000000 - {days}")
        for table, column in MOMENTS:
            tables.execute(f"update {table} set {column} = {column} - {days * DAY}")
    tables.close()


def work(door: Door, name: str) -> None:
    """What a team did this week: promises, a dispute, calls."""
    entries = door("CollectionService/GetWorklist", portfolio=name, limit=12)["entries"]
    today = int(time.time() // 86_400)
    for place, entry in enumerate(entries[2:9]):
        action: dict[str, object] = {"note": "Called the accountant."}
        if place % 3 == 0:
            when = time.strftime("%Y-%m-%d", time.gmtime((today + 3 + 2 * place) * 86_400))
            action = {"promise": {"date": when}, "note": "Promised by phone."}
        door("CollectionService/RecordCollection", portfolio=name, company=entry["company"],
             **action)


def fill(door: Door, store: Path, name: str = NAME, count: int = COUNT,
         rounds: tuple[int, ...] = ROUNDS, first_name: str = "") -> list[Company]:
    """The whole portfolio, with its history."""
    today = int(time.time() // 86_400)
    found = companies(count, today)
    found[0].name = first_name or found[0].name
    door("PortfolioService/CreatePortfolio", name=name, note="Made-up companies.")
    put(door, name, found, today - rounds[0])
    door("AlertService/PutStandardRules", portfolio=name)
    rng = random.Random(5)
    # Of some nothing is known, as in life.
    known = found[:-max(1, count // 40)]
    for place, back in enumerate(rounds):
        if place:
            move(store, rounds[place - 1] - back)
            put(door, name, found, today - back)
        some = known if place == 0 or back == 0 else rng.sample(known, len(known) // 6)
        # The last day brings ledgers of all, with the accounts that were known.
        record(door, name, some, today - back, 0 if place == 0 else 0.035)
        run(door, name)
    work(door, name)
    return found


def main() -> int:
    url, ca, store = sys.argv[1:4]
    token = Path(sys.argv[4]).read_text().strip() if len(sys.argv) > 4 else ""
    door = Door(url, ca, token)
    began = time.monotonic()
    fill(door, Path(store))
    risk = door("PortfolioService/DescribeRisk", portfolio=NAME)
    owed = door("CollectionService/DescribeReceivables", portfolio=NAME)
    alerts = door("AlertService/ListAlerts", portfolio=NAME, state="ALERT_LIST_STATE_ACTIVE",
                  pageSize=1000)["alerts"]
    main_risk = risk["currencies"][0]
    ages = [int(cents) for cents in owed["openCentsByAge"]]
    last = owed["days"][-1]
    print(f"  companies            {risk['companyCount']}, of them "
          f"{sum(int(band['companyCount']) for band in risk['bands'] if band['riskClass'])} scored")
    print(f"  exposure             {int(main_risk['owing']['exposureMinorUnits']) / 100:,.0f} EUR")
    print(f"  expected loss        {int(main_risk['expectedLossMinorUnits']) / 100:,.0f} EUR, "
          f"probability by exposure {main_risk['weightedProbability']:.2%}")
    print(f"  above their limits   {main_risk['aboveLimit']['companyCount']} companies")
    print(f"  open alerts          {len(alerts)}")
    print(f"  receivables          {sum(ages) / 100:,.0f} EUR, "
          f"{int(last['overdueCents']) / max(1, int(last['openCents'])):.0%} late, "
          f"{last['daysSalesOutstanding']:.0f} days of sales")
    print(f"  made in              {time.monotonic() - began:.1f} s: {len(ROUNDS)} runs over six "
          "weeks of made-up history")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
