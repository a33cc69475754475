# SPDX-License-Identifier: Apache-2.0
"""`vigie decide-rows` says of each row of a file what `vigie decide` says of the company."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Iterator

import pytest

from support.certificates import Certificates
from support.decisions import NAMES, POLICIES, inputs, shelve
from support.policies import vigie
from support.server import Server

DAY = "2025-06-30"
OF_SCORES = ["outcome", "risk_class", "score", "probability"]
FEATURES = ["total_assets", "total_liabilities", "net_income", "current_assets"]


@pytest.fixture(scope="module")
def server(
    certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server with both example policies."""
    shelf = shelve(tmp_path_factory.mktemp("shelf"), *NAMES)
    with Server(certificates, "--policies", str(shelf)) as running:
        yield running


def at(server: Server, *arguments: object) -> str:
    """What a command writes."""
    done = run(server, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def run(server: Server, *arguments: object):
    return vigie(*arguments, "--server", server.address, "--ca-cert", server.certificates.ca)


def companies(policy: str) -> list[dict]:
    """Those of the policy's tests, in the words of its inputs."""
    # Rows have no lists.
    known = [
        *(name for name, kind in inputs(policy).items() if kind != "list"), "stage", "subject"]
    with (POLICIES / policy / "tests/companies.csv").open(newline="") as file:
        rows = [each for each in csv.DictReader(file) if each["as_of"] == DAY]
    return [
        {"company": f"Company {place}"} | {
            name: cell for name, cell in each.items() if name in known}
        for place, each in enumerate(rows)]


def write(path: Path, rows: list[dict]) -> Path:
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def number(text: object) -> float | None:
    return None if text in (None, "") else float(text)


def said(decision: dict, tables: list[str]) -> dict:
    """The columns of a decision of `vigie decide`."""
    limit = decision["limit"]
    answers = {
        each["decision"]: str(each["rules"][0]["number"]) if each["rules"] else each["answer"]
        for each in decision["tables"]}
    return {
        "company": decision["company"], "outcome": decision["outcome"],
        "class": decision["class"] or "", "limit": number(limit["amount"]),
        "own_limit": number(limit["own_risk"]), "need": number(decision["need"]["amount"]),
        "headroom": number(limit["headroom"]), "expected_loss": number(limit["expected_loss"]),
        "opportunity": number(limit["opportunity"]), "binding": limit["binding"] or "",
        "term_days": str(decision["terms"]["days"]), "action": decision["action"] or "",
        "role": decision["granting_role"] or "",
        "second_person": str(decision["needs_second_person"]).lower(),
        "valid_until": limit["valid_until"] or "",
        "missing": " ".join(sorted(each["name"] for each in decision["missing"])),
        **{f"rule.{table}": answers.get(table, "") for table in tables}}


def got(row: dict) -> dict:
    """The columns of a row, amounts as numbers."""
    amounts = ["limit", "own_limit", "need", "headroom", "expected_loss", "opportunity"]
    missing = " ".join(sorted(row["missing"].split()))
    return row | {name: number(row[name]) for name in amounts} | {"missing": missing}


def compare(server: Server, policy: str, rows: list[dict], facts: Path, file: Path) -> list[dict]:
    """Decides on the rows of a file, and on the same companies as facts."""
    asked = ["--as-of", DAY]
    out = at(server, "decide-rows", policy, file, "--role", "manager", *asked)
    lines = list(csv.DictReader(io.StringIO(out, newline="")))
    wanted = json.loads(
        at(server, "decide", policy, "--facts", facts, "-o", "json", "--explain", "none", *asked),
        parse_float=Decimal)["decisions"]
    tables = [name.removeprefix("rule.") for name in lines[0] if name.startswith("rule.")]
    assert len(lines) == len(wanted) == len(rows) and len(tables) > 5
    for line, decision in zip(lines, wanted):
        assert got(line) == said(decision, tables)
    return lines


@pytest.mark.parametrize("policy", NAMES)
def test_every_column_is_that_of_a_company(server, tmp_path, policy):
    rows = companies(policy)
    facts = write(tmp_path / "facts.csv", [each | {"role": "manager"} for each in rows])
    lines = compare(server, policy, rows, facts, write(tmp_path / "rows.csv", rows))
    assert len({each["outcome"] for each in lines}) > 3
    assert any(each["missing"] for each in lines) and any(each["rule.Limit"] for each in lines)


def test_the_model_says_what_the_file_does_not(server, tmp_path):
    rows = [
        {name: cell for name, cell in each.items() if name not in OF_SCORES}
        | {name: str(1000 * (place + 2) + 7 * column) for column, name in enumerate(FEATURES)}
        for place, each in enumerate(companies(NAMES[0]))]
    items = write(tmp_path / "items.csv", [
        {"id": each["company"]} | {name: each[name] for name in FEATURES} for each in rows])
    scored = csv.DictReader(io.StringIO(at(server, "score", items, "-o", "csv", "--as-of", DAY)))
    scores = [{name: each[name] for name in OF_SCORES} for each in scored]
    known = inputs(NAMES[0])
    facts = write(tmp_path / "facts.csv", [
        {name: cell for name, cell in each.items() if name not in FEATURES} | {"role": "manager"}
        | {name: cell for name, cell in score.items() if name in known}
        for each, score in zip(rows, scores)])
    lines = compare(server, NAMES[0], rows, facts, write(tmp_path / "rows.csv", rows))
    assert {each["outcome"] for each in lines} - {"investigation"}


def test_many_rows_come_in_their_order(server, tmp_path):
    rows = companies(NAMES[0])
    many = [rows[place % len(rows)] | {"company": f"{place}"} for place in range(10_000)]
    out = tmp_path / "out.csv"
    run(server, "decide-rows", NAMES[0], write(tmp_path / "rows.csv", many), "-O", out,
        "--as-of", DAY, "--role", "manager")
    with out.open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [each["company"] for each in lines] == [each["company"] for each in many]
    assert [each["limit"] for each in lines[:len(rows)]] == [
        each["limit"] for each in lines[len(rows):2 * len(rows)]]


@pytest.mark.parametrize("header, cells, code, words", [
    ("company,amount,role", "A,1,manager", 65, "has a column role, and a call has one role"),
    ("company,amont,equity", "A,1,2", 65, 'did you mean "amount"?'),
    ("company,amount,equity", "A,20.000,0.5", 65, "line 2, amount: '20.000' may be 20000"),
    ("company,amount", "A,x", 65, "'x' is not a finite number"),
    ("company,amount,stage", "A,1,ordre", 65, "ordre"),
])
def test_what_cannot_be_is_told(server, tmp_path, header, cells, code, words):
    file = tmp_path / "rows.csv"
    file.write_text(f"{header}\n{cells}\n")
    done = run(server, "decide-rows", NAMES[0], file, "--as-of", DAY)
    assert done.returncode == code and words in done.stderr, done.stderr
    file.write_text("company,amount,cover_expires,group_in_proceedings\nA,1,30.6.2025,true\n")
    done = run(server, "decide-rows", NAMES[1], file, "--as-of", DAY)
    assert done.returncode == 65 and "line 2, cover_expires: '30.6.2025' is no date" in done.stderr
    nobody = run(server, "decide-rows", "nobody", file)
    assert nobody.returncode == 66 and not nobody.stdout
