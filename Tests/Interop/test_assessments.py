# SPDX-License-Identifier: Apache-2.0
"""AssessmentService: papers to facts, facts to assessments, as the command line tool has them."""

import json
import math
import subprocess
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Iterator

import grpc
import pytest

from support.certificates import Certificates
from support.errors import assert_fails
from support.server import Server, program
from vigie.v1 import (
    assessment_service_pb2, assessment_service_pb2_grpc, company_assessment_pb2, company_facts_pb2,
)

# All messages under one name.
api = SimpleNamespace(
    **vars(company_facts_pb2) | vars(company_assessment_pb2) | vars(assessment_service_pb2))

SAMPLES = Path(__file__).resolve().parents[2] / "Clients/CLI/Samples/Companies"
AS_OF = "2025-12-31"
PART_BYTES = 1 << 20
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


def parts(papers: dict[str, bytes], part_bytes: int = PART_BYTES) -> Iterator:
    """The messages that carry papers."""
    yield api.ReadPapersRequest(header=api.ReadPapersHeader(as_of_date=AS_OF))
    for name, content in papers.items():
        for start in range(0, max(len(content), 1), part_bytes):
            yield api.ReadPapersRequest(part=api.PaperPart(
                file_name="" if start else name, content=content[start:start + part_bytes]))


def samples() -> dict[str, bytes]:
    """The papers of the sample companies, in the order in which the tool reads a folder."""
    return {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.is_file()}


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
    assert list(got.legal.notices) == [each["notice"] for each in legal["notices"]]
    assert [word(api.LegalEventKind, kind) for kind in got.legal.notice_kinds] == [
        each["event"] for each in legal["notices"]]
    labels = context.card_features if got.basis == api.ASSESSMENT_BASIS_FEW_RATIOS \
        else context.model_features
    names = {label.feature: label.name for label in labels}
    assert [(names[feature], contribution) for feature, contribution
            in zip(got.reasons.features, got.reasons.contributions)] == [
        (each["feature"], each["contribution"]) for each in told["reasons"]]
    for place, each in enumerate(told["reasons"]):
        assert (got.reasons.papers[place], got.reasons.paper_lines[place]) == (
            each["source"]["paper"], each["source"]["line"])
    formulas = {label.formula: label for label in context.formulas}

    def results(columns: api.ResultColumns) -> list:
        return [(formulas[formula].name, None if math.isnan(value) else value)
                for formula, value in zip(columns.formulas, columns.values)]

    assert results(got.ratios) == [(each["name"], each["value"]) for each in told["ratios"]]
    models = got.published_models
    assert results(models.results) == [(each["name"], each["value"]) for each in told["models"]]
    assert [word(api.ModelZone, zone) if zone else None for zone in models.zones] == [
        each["zone"] for each in told["models"]]
    assert models.diverge == told["models_diverge"]
    check_payments(got.payments, told["payments"])
    check_payments(got.receivables, told["receivables"])
    assert [(day(closing), months) for closing, months
            in zip(got.statements.closing_days, got.statements.months)] == [
        (each["closing"], each["months"]) for each in told["statements"]]
    assert [(each.code, each.field) for each in got.findings] == [
        (each["code"], each["field"]) for each in told["findings"]]


def test_papers_become_facts(facts: api.ReadPapersResponse) -> None:
    assert {paper.file_name for paper in facts.papers} == set(samples())
    assert all(not paper.error and paper.kept > 0 for paper in facts.papers)
    assert len(facts.companies) == 7 and "FL" in facts.line_names


def test_assess_says_what_the_tool_says(
    stub: Stub, facts: api.ReadPapersResponse, told: dict[str, dict]
) -> None:
    assert {company.siren for company in facts.companies} == set(told)
    for company in facts.companies:
        answer = stub.Assess(api.AssessRequest(header=header(facts), company=company))
        assert f"{answer.context.model.name}@{answer.context.model.version}" in (
            told[company.siren]["model"] or "us-listed-failure@" + answer.context.model.version)
        check(answer.assessment, answer.context, told[company.siren])
        told_findings = told[company.siren]["findings"]
        assert [each.text.en for each in answer.assessment.findings] == [
            each["text"] for each in told_findings]


def test_a_bad_company_of_a_batch_has_its_own_error(
    stub: Stub, facts: api.ReadPapersResponse, told: dict[str, dict]
) -> None:
    bad = api.CompanyFacts(siren="999200017")
    bad.statements.closing_days.append(20_000)
    companies = [*facts.companies[:3], bad, *facts.companies[3:]]

    def requests() -> Iterator:
        yield api.BatchAssessRequest(header=header(facts))
        yield api.BatchAssessRequest(batch=api.CompanyBatch(companies=companies))
        yield api.BatchAssessRequest(batch=api.CompanyBatch(companies=companies[:1]))

    first, second, third = stub.BatchAssess(requests())
    assert len(first.context.model_features) > 10
    answers = list(second.batch.answers)
    assert len(answers) == len(companies)
    error = answers.pop(3).error
    assert error.code == grpc.StatusCode.INVALID_ARGUMENT.value[0]
    assert (error.reason, error.field) == ("WRONG_COLUMN_LENGTH", "company.statements.months")
    assert "months" in error.message
    for answer in answers:
        check(answer.assessment, first.context, told[answer.assessment.siren])
    assert third.batch.answers[0].assessment == answers[0].assessment


def test_nothing_later_is_used(stub: Stub, facts: api.ReadPapersResponse) -> None:
    company = next(each for each in facts.companies if each.siren == PROCEEDINGS)
    outcomes = []
    for as_of in ("2025-11-03", "2025-11-04"):
        asked = api.AssessHeader(as_of_date=as_of, line_names=facts.line_names)
        answer = stub.Assess(api.AssessRequest(header=asked, company=company))
        outcomes.append(answer.assessment.outcome)
        assert answer.context.model.as_of_date == as_of
    assert outcomes == [api.ASSESSMENT_OUTCOME_SCORED, api.ASSESSMENT_OUTCOME_IN_PROCEEDINGS]


def test_parts_of_any_size_make_the_same_paper(
    stub: Stub, facts: api.ReadPapersResponse
) -> None:
    assert stub.ReadPapers(parts(samples(), part_bytes=1_000)) == facts


def test_a_paper_that_cannot_be_read_is_told(stub: Stub) -> None:
    answer = stub.ReadPapers(parts({"a.pdf": b"%PDF-1.7\n", "empty.csv": b""}))
    assert [bool(paper.error) for paper in answer.papers] == [True, True]
    assert not answer.companies


def test_papers_are_limited(stub: Stub) -> None:
    def too_many() -> Iterator:
        yield from parts({f"{number}.csv": b"x" for number in range(1_025)})

    assert_fails(
        grpc.StatusCode.RESOURCE_EXHAUSTED, "papersMax", lambda: stub.ReadPapers(too_many()),
        reason="LIMIT_EXCEEDED")
    assert_fails(
        grpc.StatusCode.INVALID_ARGUMENT, "file_name",
        lambda: stub.ReadPapers(parts({"": b"x"})), reason="NO_FILE_NAME")


def test_a_server_reads_no_papers_unless_told(bundled_server: Server) -> None:
    with bundled_server.channel() as channel:
        assert_fails(
            grpc.StatusCode.FAILED_PRECONDITION, "--read-papers",
            lambda: Stub(channel).ReadPapers(parts({"a.csv": b"x"})), reason="READING_IS_OFF")


def test_a_model_without_statements_assesses_nobody(server: Server) -> None:
    with server.channel() as channel:
        assert_fails(
            grpc.StatusCode.FAILED_PRECONDITION, "stands in a statement",
            lambda: Stub(channel).Assess(api.AssessRequest()),
            reason="MODEL_WITHOUT_STATEMENTS")


def test_terms_are_those_of_the_tool(stub: Stub) -> None:
    for number, language in enumerate(("en", "fr"), start=1):
        terms = stub.ListTerms(api.ListTermsRequest(language=number)).terms
        assert len(terms) >= 16
        for term in terms:
            done = subprocess.run(
                [program("vigie"), "explain", term.name, "--lang", language],
                capture_output=True, timeout=60)
            assert term.title in done.stdout.decode()
    sales = stub.ListTerms(api.ListTermsRequest(reader=api.TERM_READER_SALES)).terms
    credit = stub.ListTerms(api.ListTermsRequest()).terms
    assert sales[0].advice != credit[0].advice
