# SPDX-License-Identifier: Apache-2.0
"""Companies by chance get the same decision from `vigie decide`, from `vigie policy simulate` and
from a server, field by field."""

import csv
import json
import random
from decimal import Decimal
from pathlib import Path

import pytest

from support.certificates import Certificates
from support.decisions import NAMES, POLICIES, api, check, decided, inputs, rows, shelve, vigie
from support.server import Server
from vigie.v1 import decision_service_pb2_grpc

COUNT = 200
DAY = "2025-06-30"

CHOICES = {
    "outcome": ["scored"] * 6 + ["not_scorable", "review", "in_proceedings", "closed"],
    "risk_class": [*map(str, range(1, 11)), ""],
    "days_beyond_terms": ["-3", "0", "12.5", "30", "31", "60", "61", "NaN", ""],
    "years_known": ["0", "1", "2", "3", "n/a", ""],
    "probability": ["0", "0.001", "0.0125", "0.3", "1", ""],
    "margin_rate": ["0.05", "-0.1", "0.3", ""],
    "forecast_months": ["1", "3", "12", ""],
    "equity": ["-5000", "0", "40000", "123456.78", "1000000", "5e6", "NaN", ""],
    "net_worth": ["-5000", "0", "40000.01", "350000", "5000000", ""],
    "country": ["FR", "DE", "MA", "BR", "zz", ""],
    "sector": ["construction", "transport", "trade", "Construction", "zz", ""],
    "insurer_name": ["Alpha", "Beta", "Gamma", ""],
    "cover_code": ["full", "reduced", "1", "2", "01", ""],
    "cover_expires": ["2025-06-29", "2025-06-30", "2025-12-31", ""],
    "group_in_proceedings": ["false", "false", "true", ""],
    "guarantees_held": [
        "", "", '[{"id": "surety", "amount": 10000.50}]',
        '[{"id": "surety", "amount": 5000, "valid_to": "2025-06-29"}]'],
    "own_turnover": ["10000000", "250000", ""],
}
AMOUNTS = ["0", "500", "1234.56", "25000", "250000.5", "1000000", "", ""]


def companies(policy: str, path: Path) -> Path:
    """A table of companies by chance."""
    chance = random.Random(policy)
    names = list(inputs(policy))
    known = {each["id"] for each in guarantees(policy)}
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["company", "stage", "subject", "role", "as_of", *names])
        for number in range(COUNT):
            cells = [chance.choice(CHOICES.get(name, AMOUNTS)) for name in names]
            cells = [cell.replace("surety", sorted(known)[0]) for cell in cells]
            table.writerow([
                f"C{number}",
                chance.choice(["prospect", "quote", "order", "invoice", "collection"]),
                chance.choice(["legal_person"] * 4 + ["natural_person"]),
                "manager", DAY, *cells])
    return path


def guarantees(policy: str) -> list[dict]:
    return json.loads((POLICIES / policy / "guarantees.json").read_text())


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shelve(tmp_path_factory.mktemp("shelf"), *NAMES)


def without_missing(path: Path) -> Path:
    """The same with empty cells in the place of words for what is not known."""
    text = path.read_text().replace(",NaN", ",").replace(",n/a", ",")
    other = path.with_name("plain.csv")
    other.write_text(text)
    return other


@pytest.mark.parametrize("name", NAMES)
def test_a_server_says_the_same(
    name: str, shelf: Path, certificates: Certificates, tmp_path: Path
):
    file = companies(name, tmp_path / "companies.csv")
    told = decided(POLICIES / name, "--facts", file, "--explain", "near-miss")["decisions"]
    assert len(told) == COUNT and len({each["outcome"] for each in told}) >= 4
    with Server(certificates, "--policies", str(shelf)) as server, server.channel() as channel:
        stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
        for (header, company), expected in zip(rows(name, without_missing(file)), told):
            header.explanation = api.DECISION_EXPLANATION_NEAR_MISS
            answer = stub.Decide(api.DecideRequest(header=header, company=company))
            check(answer.decision, answer.context, expected)


def shown(decision: dict) -> dict[str, str]:
    """What a simulation tells of a decision, as `vigie decide` does."""
    def plain(number: Decimal | None) -> str:
        return "" if number is None else str(number)

    limit, terms = decision["limit"], decision["terms"]
    return {
        "outcome": decision["outcome"], "class": decision["class"] or "",
        "need": plain(decision["need"]["amount"]), "limit": plain(limit["amount"]),
        "binding": limit["binding"] or "", "term_days": str(terms["days"]),
        "deposit": plain(terms["deposit"]), "prepayment": str(terms["prepayment"]).lower(),
        "action": decision["action"] or "", "role": decision["granting_role"] or "",
        "clauses": " ".join(each["id"] for each in decision["clauses"]),
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_simulation_says_the_same(name: str, tmp_path: Path):
    file = companies(name, tmp_path / "companies.csv")
    told = {
        each["company"]: shown(each)
        for each in decided(POLICIES / name, "--facts", file)["decisions"]}
    # The other policy decides otherwise on nearly all, and what is otherwise is written.
    other = next(each for each in NAMES if each != name)
    table = vigie(
        "policy", "simulate", POLICIES / name, POLICIES / other, "--facts", file,
        "--top", COUNT, "-o", "csv")
    compared = 0
    for row in csv.DictReader(table.splitlines()):
        expected = told[row["company"]]
        for part, value in expected.items():
            if row[f"{part}.before"] == row[f"{part}.after"] == "":
                continue
            if part in ("need", "limit", "deposit") and value:
                assert Decimal(row[f"{part}.before"]) == Decimal(value), (row["company"], part)
            else:
                assert row[f"{part}.before"] == value, (row["company"], part)
            compared += 1
    assert compared > 3 * COUNT
