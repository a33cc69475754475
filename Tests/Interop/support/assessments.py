# SPDX-License-Identifier: Apache-2.0
"""What tests of AssessmentService share: a server that reads papers, the facts of the sample
companies, and what the command line tool says of them."""

import json
import math
import subprocess
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Iterator

import pytest

from support.certificates import Certificates
from support.paper_parts import AS_OF, SAMPLES, parts, samples
from support.server import Server, program
from vigie.v1 import (
    assessment_service_pb2, assessment_service_pb2_grpc, company_assessment_pb2, company_facts_pb2,
)

# All messages under one name.
api = SimpleNamespace(
    **vars(company_facts_pb2) | vars(company_assessment_pb2) | vars(assessment_service_pb2))

PROCEEDINGS = "999200041"

Stub = assessment_service_pb2_grpc.AssessmentServiceStub


@pytest.fixture(scope="module")
def reading_server(certificates: Certificates) -> Iterator[Server]:
    """A server with the models of the product, which reads papers."""
    with Server(certificates, "--read-papers") as running:
        yield running


@pytest.fixture(scope="module")
def stub(reading_server: Server) -> Iterator[Stub]:
    """The AssessmentService of `reading_server`."""
    with reading_server.channel() as channel:
        yield Stub(channel)


@pytest.fixture(scope="module")
def facts(stub: Stub) -> api.ReadPapersResponse:
    """What the papers of the sample companies say."""
    return stub.ReadPapers(parts(samples()))


def header(facts: api.ReadPapersResponse, **more: object) -> api.AssessHeader:
    """How the companies of papers are assessed."""
    return api.AssessHeader(
        as_of_date=AS_OF, reason_count=5, line_names=facts.line_names, **more)


@pytest.fixture(scope="module")
def told() -> dict[str, dict]:
    """The assessments of the sample companies by the command line tool."""
    done = subprocess.run(
        [program("vigie"), "assess", str(SAMPLES), "--as-of", AS_OF, "-o", "json"],
        capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return {each["siren"]: each for each in json.loads(done.stdout)["assessments"]}


def day(number: int) -> str:
    """A day as YYYY-MM-DD."""
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()


def word(enum: object, number: int) -> str:
    """The value of an enum without the enum's name, as the documented JSON has it."""
    name = enum.Name(number)
    prefix = enum.Name(0).removesuffix("UNSPECIFIED")
    return name.removeprefix(prefix).lower()


def check_figures(got: api.RiskFigures, told: dict | None, is_there: bool) -> None:
    """Holds figures against those of the tool, to the bit."""
    assert is_there == (told is not None)
    if told is not None:
        assert (got.probability, got.score, got.risk_class) == (
            told["probability"], told["score"], told["risk_class"])


def check_payments(got: api.PaymentFigures, told: dict) -> None:
    """Holds payment figures against those of the tool."""
    for name in ("index", "days_beyond_terms", "days_trend", "share_late_over_30",
                 "share_late_over_90"):
        assert (getattr(got, name) if got.HasField(name) else None) == told[name], name
    assert (got.payments, got.broken_promises, got.returned_payments, got.legal_terms_only) == (
        told["payments"], told["broken_promises"], told["returned_payments"],
        told["legal_terms_only"])
    assert f"{got.open_cents / 100:.2f}" == told["open"]
    assert [f"{cents / 100:.2f}" for cents in got.open_cents_by_age] == list(
        told["open_by_age"].values())


def check_days(got: api.CompanyAssessment, told: dict | None) -> None:
    """Holds how long receivables stand against what the tool says."""
    assert got.HasField("receivable_days") == (told is not None)
    if told is None:
        return
    days = got.receivable_days
    assert word(api.SalesBasis, days.basis) == told["basis"]
    for name, member in (
            ("days_sales_outstanding", "days_sales_outstanding"),
            ("best_possible_days", "best_possible"),
            ("average_days_delinquent", "average_days_delinquent"),
            ("count_back_days", "count_back"),
            ("collection_effectiveness", "collection_effectiveness")):
        assert (getattr(days, name) if days.HasField(name) else None) == told[member], name


def paper_place(message: object, field: str) -> dict | None:
    """A place in a paper, as the documented JSON has it."""
    if not message.HasField(field):
        return None
    found = getattr(message, field)
    return {"paper": found.paper, "line": found.paper_line}


def effect(message: api.ChangeEffect) -> dict:
    """What a change does, as the documented JSON has it."""
    cents = {"from": message.from_cents, "to": message.to_cents, "cash": message.cash_cents}
    return {"name": message.name, "line": message.line or None} | {
        name: f"{value / 100:.2f}" if message.line else None for name, value in cents.items()
    } | {"delay_part": message.delay_part if message.HasField("delay_part") else None}


def check_trends(
    got: api.CompanyAssessment, context: api.AssessmentContext, told: dict
) -> None:
    """Holds how figures went over the years against what the tool says."""
    formulas = {label.formula: label for label in context.formulas}
    assert [{
        "name": formulas[trend.formula].name, "label": formulas[trend.formula].label.en,
        "unit": formulas[trend.formula].unit,
        "points": [{"closing": day(closing), "value": value}
                   for closing, value in zip(trend.closing_days, trend.values, strict=True)],
        "change": trend.change if trend.HasField("change") else None,
        "slope_per_year": trend.slope_per_year if trend.HasField("slope_per_year") else None,
    } for trend in got.trends] == told["trends"]


def check(got: api.CompanyAssessment, context: api.AssessmentContext, told: dict) -> None:
    """Holds an assessment against that of the tool."""
    assert word(api.AssessmentOutcome, got.outcome) == told["outcome"]
    assert (day(got.since_day) if got.HasField("since_day") else None) == told["since"]
    check_figures(got.base, told["base"], got.HasField("base"))
    check_figures(got.adjusted, told["adjusted"], got.HasField("adjusted"))
    assert got.payment_log_odds == told["payment_log_odds"]
    assert got.depth_log_odds == told["depth_log_odds"]
    assert word(api.Confidence, got.confidence).upper() == told["confidence"]
    assert got.class_capped == told["class_capped"]
    assert (word(api.AssessmentBasis, got.basis) if got.basis else None) == told["basis"]
    legal = told["legal"]
    assert word(api.ProceedingState, got.legal.state) == legal["proceeding_state"]
    assert word(api.RegisterStanding, got.legal.register) == legal["register"]
    assert [word(api.LegalConflictKind, each.kind) for each in got.legal.conflicts] == [
        each["kind"] for each in legal["conflicts"]]
    for conflict, each in zip(got.legal.conflicts, legal["conflicts"], strict=True):
        for field, member in (("struck_off_place", "struck_off_source"),
                              ("active_place", "active_source")):
            assert paper_place(conflict, field) == each[member]
    assert list(got.legal.notices) == [each["notice"] for each in legal["notices"]]
    assert [word(api.LegalEventKind, kind) for kind in got.legal.notice_kinds] == [
        each["event"] for each in legal["notices"]]
    labels = context.card_features if got.basis == api.ASSESSMENT_BASIS_FEW_RATIOS \
        else context.model_features
    names = {label.feature: label.name for label in labels}
    sentences = {label.feature: (label.raises_risk.en, label.lowers_risk.en) for label in labels}
    assert [sentences[feature][0 if contribution > 0 else 1] for feature, contribution
            in zip(got.reasons.features, got.reasons.contributions)] == [
        each["sentence"] for each in told["reasons"]]
    assert (word(api.NotScorableReason, got.not_scorable_reason)
            if got.not_scorable_reason else None) == told["not_scorable_reason"]
    assert [(names[feature], contribution) for feature, contribution
            in zip(got.reasons.features, got.reasons.contributions)] == [
        (each["feature"], each["contribution"]) for each in told["reasons"]]
    for column, member in ((got.reasons.values, "value"), (got.reasons.medians, "median"),
                           (got.reasons.percents_below, "percent_below")):
        assert [None if math.isnan(value) else value for value in column] == [
            each[member] for each in told["reasons"]], member
    for place, each in enumerate(told["reasons"]):
        assert (got.reasons.papers[place], got.reasons.paper_lines[place]) == (
            each["source"]["paper"], each["source"]["line"])
    formulas = {label.formula: label for label in context.formulas}

    def results(columns: api.ResultColumns) -> list:
        return [(formulas[formula].name, None if math.isnan(value) else value)
                for formula, value in zip(columns.formulas, columns.values)]

    assert results(got.ratios) == [(each["name"], each["value"]) for each in told["ratios"]]
    months = list(got.ratios.twelve_months) or [math.nan] * len(told["ratios"])
    assert [None if math.isnan(value) else value for value in months] == [
        each["twelve_months"] for each in told["ratios"]]
    models = got.published_models
    assert results(models.results) == [(each["name"], each["value"]) for each in told["models"]]
    assert [word(api.ModelZone, zone) if zone else None for zone in models.zones] == [
        each["zone"] for each in told["models"]]
    assert models.diverge == told["models_diverge"]
    check_payments(got.payments, told["payments"])
    check_payments(got.receivables, told["receivables"])
    check_days(got, told["receivables_days"])
    assert [(day(closing), months) for closing, months
            in zip(got.statements.closing_days, got.statements.months)] == [
        (each["closing"], each["months"]) for each in told["statements"]]
    assert [(each.code, each.field) for each in got.findings] == [
        (each["code"], each["field"]) for each in told["findings"]]
