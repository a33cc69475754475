# SPDX-License-Identifier: Apache-2.0
"""AssessmentService: papers to facts, facts to assessments, as the command line tool has them."""

import subprocess
from typing import Iterator

import grpc
import pytest

from support.assessments import (  # noqa: F401
    AS_OF, PROCEEDINGS, SAMPLES, Stub, api, check, facts, header, parts, reading_server, samples,
    stub, told,
)
from support.errors import assert_fails
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
