# SPDX-License-Identifier: Apache-2.0
"""Policies that hold at a server, companies to decide on, and decisions as `vigie decide` writes
them."""

import csv
import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from support.server import program
from support.stubs import ROOT
from vigie.v1 import (
    assessment_service_pb2, company_facts_pb2, credit_decision_pb2, decision_explanation_pb2,
    decision_facts_pb2, decision_service_pb2,
)

POLICIES = ROOT / "Clients/CLI/Samples/Policies"
NAMES = ["cautious-supplier", "export-wholesaler"]

# All messages under one name.
api = SimpleNamespace(
    **vars(company_facts_pb2) | vars(assessment_service_pb2) | vars(credit_decision_pb2)
    | vars(decision_explanation_pb2) | vars(decision_facts_pb2) | vars(decision_service_pb2))


def vigie(*arguments: object) -> str:
    command = [program("vigie"), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def decided(*arguments: object) -> dict:
    """What `vigie decide` says, with all digits."""
    return json.loads(
        vigie("decide", *arguments, "-o", "json"), parse_float=Decimal, parse_int=Decimal)


def shelve(directory: Path, *names: str) -> Path:
    """A directory of policies, each of which two persons have made hold."""
    for name in names:
        shutil.copytree(POLICIES / name, directory / name)
        vigie("policy", "activate", directory / name, "--from", "2025-01-01", "--as", "eva")
        vigie("policy", "approve", directory / name, "--as", "otto")
    return directory


def value(told: object, kind: str = "") -> api.DecisionValue:
    """A value of JSON, or a cell of a table, as one of an input's type."""
    if kind == "number":
        return api.DecisionValue(decimal=str(told))
    if kind == "date":
        return api.DecisionValue(day=told)
    if kind == "boolean":
        return api.DecisionValue(flag=told in (True, "true"))
    if kind == "list" and isinstance(told, str):
        told = json.loads(told, parse_float=Decimal, parse_int=Decimal)
    if isinstance(told, list):
        return api.DecisionValue(list=api.DecisionList(values=[value(each) for each in told]))
    if isinstance(told, dict):
        fields = [api.DecisionField(name=name, value=value(each)) for name, each in told.items()]
        return api.DecisionValue(fields=api.DecisionFields(fields=fields))
    if isinstance(told, Decimal):
        return api.DecisionValue(decimal=str(told))
    return api.DecisionValue(text=told)


def inputs(policy: str) -> dict[str, str]:
    """The types of a policy's inputs, by name."""
    manifest = json.loads((POLICIES / policy / "policy.json").read_text())
    return {each["name"]: each["type"] for each in manifest["inputs"]}


def rows(policy: str, file: Path) -> list[tuple[api.DecideHeader, api.DecisionCase]]:
    """The companies of a table, each with what is asked in whose name."""
    kinds = inputs(policy)
    made = []
    with file.open() as lines:
        for row in csv.DictReader(lines):
            header = api.DecideHeader(
                policy=policy, as_of_date=row.get("as_of") or "2025-06-30",
                role=row.get("role") or "")
            case = api.DecisionCase(
                company=row.get("company") or row.get("scenario") or "",
                group=row.get("group") or "",
                stage=f"BUSINESS_STAGE_{(row.get('stage') or 'quote').upper()}",
                subject=f"DECISION_SUBJECT_{(row.get('subject') or 'legal_person').upper()}",
                facts=[
                    api.DecisionFact(name=name, value=value(cell, kinds[name]))
                    for name, cell in row.items() if name in kinds and cell])
            made.append((header, case))
    return made


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def whole(message: object, field: str) -> int | None:
    return getattr(message, field) if message.HasField(field) else None


def check(got: api.CreditDecision, context: api.DecisionContext, told: dict) -> None:
    """Holds a message against a decision of `vigie decide`."""
    assert api.DecisionOutcome.Name(got.outcome) == f"DECISION_OUTCOME_{told['outcome'].upper()}"
    for field, name in [
        ("risk_class", "class"), ("action", "action"), ("granting_role", "granting_role"),
    ]:
        assert getattr(got, field) == (told[name] or ""), name
    assert got.needs_second_person == told["needs_second_person"]
    assert [(each.name, each.reason) for each in got.missing] == [
        (each["name"], each["reason"]) for each in told["missing"]]
    assert got.need.method == told["need"]["method"]
    assert got.need.formula == told["need"]["formula"]
    assert number(got.need.amount) == told["need"]["amount"]
    limit = told["limit"]
    assert got.HasField("limit") == (limit["amount"] is not None)
    for field in ["amount", "own_risk", "covered", "capacity", "total"]:
        assert number(getattr(got.limit, field)) == limit[field], field
    for field in ["binding", "valid_until", "valid_by"]:
        assert getattr(got.limit, field) == (limit[field] or "") or not got.HasField("limit")
    for field in ["headroom", "expected_loss", "opportunity"]:
        assert number(getattr(got, field)) == limit[field], field
    assert [
        (part.name, api.LimitPartKind.Name(part.kind).removeprefix("LIMIT_PART_KIND_").lower(),
         number(part.amount), part.formula) for part in got.limit.parts
    ] == [tuple(part[name] for name in ["name", "kind", "amount", "formula"])
          for part in limit["parts"]]
    terms = told["terms"]
    assert got.terms.days == terms["days"]
    for field in ["legal_maximum_days", "discount_days", "fitting_days"]:
        assert whole(got.terms, field) == terms[field], field
    assert (got.terms.bound_by_law, got.terms.prepayment) == (
        terms["bound_by_law"], terms["prepayment"])
    assert number(got.terms.deposit) == terms["deposit"]
    assert number(got.terms.discount) == terms["discount"]
    assert [
        (each.id, each.kind, Decimal(each.amount), Decimal(each.limit), each.months,
         whole(each, "call_days"), number(each.yearly_cost)) for each in got.guarantees
    ] == [tuple(each[name] for name in [
        "id", "kind", "amount", "limit", "months", "call_days", "yearly_cost"])
        for each in told["guarantees"]]
    assert [(each.id, each.en, each.fr, list(each.missing)) for each in got.clauses] == [
        (each["id"], each["en"], each["fr"], each["missing"]) for each in told["clauses"]]
    assert list(got.messages) == told["messages"]
    texts = {rule.id: rule for rule in context.rules}
    assert [table.decision for table in got.tables] == [
        table["decision"] for table in told["tables"]]
    for table, expected in zip(got.tables, told["tables"]):
        kind = api.TableAnswerKind.Name(table.kind).removeprefix("TABLE_ANSWER_KIND_").lower()
        assert kind == expected["answer"]
        assert [(rule.number, rule.id) for rule in table.rules] == [
            (rule["number"], rule["id"]) for rule in expected["rules"]]
        for rule in expected["rules"]:
            for language, said in rule["texts"].items():
                for reader, text in said.items():
                    assert getattr(getattr(texts[rule["id"]], reader), language) == text
        if "matched" in expected:
            check_rules(table.rules, expected["matched"])
            check_rules(table.near_misses, expected["near_misses"])


def check_rules(got: list[api.ExplainedRule], told: list[dict]) -> None:
    assert [
        (rule.number, rule.id,
         [(cell.input, cell.cell, cell.value, cell.unknown, cell.distance) for cell in rule.cells],
         {output.name: output.text for output in rule.outputs}) for rule in got
    ] == [
        (rule["number"], rule["id"],
         [(cell["input"], cell["cell"], cell["value"], cell["unknown"], cell["distance"] or "")
          for cell in rule["cells"]], rule["outputs"]) for rule in told]
