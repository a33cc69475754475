# SPDX-License-Identifier: Apache-2.0
"""AssessmentService: papers to facts, facts to assessments, as the command line tool has them."""

import re
import subprocess
from typing import Iterator

import grpc
import pytest

from support.assessments import (  # noqa: F401
    AS_OF, PROCEEDINGS, SAMPLES, Stub, api, check, facts, header, parts, reading_server, samples,
    stub, told,
)
from support.errors import assert_fails
from support.papers import ROOT
from support.server import Server, program


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


def test_the_example_of_the_docs_is_scored(stub: Stub) -> None:
    page = (ROOT / "Sources/vigied/Vigied.docc/AssessingCompanies.md").read_text()
    example = re.search(r"```python\n(from vigie.v1 import assessment_service_pb2.*?)```", page,
                        re.DOTALL)
    names: dict = {"stub": stub}
    exec(example[1], names)
    answer = names["answer"].assessment
    assert answer.outcome == api.ASSESSMENT_OUTCOME_SCORED and len(answer.reasons.features) == 5


def sound_company() -> api.CompanyFacts:
    """A company with a statement and an invoice that was paid in part."""
    company = api.CompanyFacts(siren="999200017")
    company.statements.closing_days.append(20_088)
    company.statements.months.append(12)
    company.statements.line_counts.append(1)
    company.statements.lines.append(0)
    company.statements.cents.append(1)
    company.owed.cents.append(1_000)
    company.owed.open_cents.append(400)
    company.owed.payment_counts.append(1)
    company.owed.payment_days.append(20_100)
    company.owed.payment_cents.append(600)
    company.owed.dispute_counts.append(1)
    company.owed.dispute_opened_days.append(20_090)
    company.owed.dispute_closed_days.append(20_095)
    company.owed.promise_counts.append(1)
    company.owed.promise_made_days.append(20_090)
    company.owed.promise_days.append(20_099)
    company.owed.promise_cents.append(-1)
    company.owed.promise_verifiable.append(True)
    return company


@pytest.mark.parametrize("column, value", [
    ("statements.months", 0), ("statements.months", 37), ("statements.forms", 2),
    ("owed.open_cents", 1_001), ("owed.open_cents", -1), ("owed.payment_cents", 0),
    ("owed.payment_cents", -600), ("owed.dispute_closed_days", 20_089), ("owed.promise_cents", 0),
    ("owed.promise_cents", -2),
])
def test_facts_that_make_no_sense_are_refused(stub: Stub, column: str, value: int) -> None:
    asked = api.AssessHeader(as_of_date="2025-12-31", line_names=["FL"])
    stub.Assess(api.AssessRequest(header=asked, company=sound_company()))
    company = sound_company()
    group, name = column.split(".")
    getattr(getattr(company, group), name)[:] = [value]
    assert_fails(
        grpc.StatusCode.INVALID_ARGUMENT, f"{name}.0. is ",
        lambda: stub.Assess(api.AssessRequest(header=asked, company=company)),
        field=f"company.{column}[0]", reason="BAD_VALUE")


def test_amounts_of_several_currencies_are_not_added_up(stub: Stub) -> None:
    asked = api.AssessHeader(as_of_date="2025-12-31", line_names=["FL"])
    company = api.CompanyFacts(siren="999200017")
    company.owed.cents.extend([1_000, 2_000, 50])
    company.owed.open_cents.extend([1_000, 2_000, 50])
    company.owed.currency_names.extend(["EUR", "JPY"])
    company.owed.currencies.extend([1, 1, 2])
    answer = stub.Assess(api.AssessRequest(header=asked, company=company)).assessment
    assert answer.payments.open_cents == 3_000
    assert any("JPY" in finding.text.en for finding in answer.findings)


def test_credits_of_customers_are_told(stub: Stub) -> None:
    asked = api.AssessHeader(as_of_date="2025-12-31", line_names=["FL"])
    company = api.CompanyFacts(siren="999200017")
    company.receivable_credits.cents.append(2_640)
    company.receivable_credits.days.append(20_100)
    answer = stub.Assess(api.AssessRequest(header=asked, company=company)).assessment
    assert answer.receivables.credit_cents == 2_640 and answer.payments.credit_cents == 0


@pytest.mark.parametrize("name, form", [("218", 1), ("FL", 2), ("FLX", 1)])
def test_lines_of_another_form_are_refused(stub: Stub, name: str, form: int) -> None:
    company = sound_company()
    company.statements.forms.append(form)
    asked = api.AssessHeader(as_of_date="2025-12-31", line_names=[name])
    field = "header.line_names[0]" if name == "FLX" else "company.statements.forms[0]"
    assert_fails(
        grpc.StatusCode.INVALID_ARGUMENT, name,
        lambda: stub.Assess(api.AssessRequest(header=asked, company=company)), field=field)
