# SPDX-License-Identifier: Apache-2.0
"""What is asked of companies beside their assessments, as the command line tool answers it."""

import json
import subprocess
from typing import Iterator

import grpc
import pytest

from support.assessments import (  # noqa: F401
    AS_OF, SAMPLES, Stub, api, check, check_figures, check_trends,
    effect, facts, header, reading_server, stub,
    word,
)
from support.errors import assert_fails
from support.server import program

QUARTILES = b"""ratio,segment,q1,median,q3,year
autonomie_financiere,,10,25,45,2023
autonomie_financiere,C,12,27,47,2023
autonomie_financiere,25,14,29,49,2023
ratio_de_liquidite,,90,130,200,
"""


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """The same with all questions that the command line tool answers."""
    table = tmp_path_factory.mktemp("quartiles") / "q.csv"
    table.write_bytes(QUARTILES)
    done = subprocess.run(
        [program("vigie"), "assess", str(SAMPLES), "--as-of", AS_OF, "-o", "json",
         "--what-if", "equity=+200k", "--what-if", "late=0", "--reach", "class=3",
         "--quartiles", str(table)],
        capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return {each["siren"]: each for each in json.loads(done.stdout)["assessments"]}


def check_answers(
    got: api.CompanyAssessment, context: api.AssessmentContext, told: dict, *, reach: bool
) -> None:
    """Holds what is told beside an assessment against what the tool says."""
    names = {label.formula: label.name for label in context.formulas}
    columns = got.quartiles
    assert [
        {"ratio": names[formula], "value": value, "quarter": quarter, "q1": first,
         "median": median, "q3": third, "segment": segment, "year": year or None}
        for formula, value, quarter, first, median, third, segment, year in zip(
            columns.formulas, columns.values, columns.quarters, columns.firsts, columns.medians,
            columns.thirds, columns.segments, columns.years, strict=True)
    ] == told["quartiles"]
    what_if, expected = got.what_if, told["what_if"]
    assert (what_if.error.en if what_if.HasField("error") else None) == expected["error"]
    if expected["error"] is None:
        assert [effect(each) for each in what_if.effects] == expected["changes"]
        assert word(api.AssessmentOutcome, what_if.outcome) == expected["outcome"]
        check_figures(what_if.adjusted, expected["after"], what_if.HasField("adjusted"))
    if not reach:
        assert not got.reach
        return
    assert told["reach"]["risk_class"] == 3
    for found, each in zip(got.reach, told["reach"]["drivers"], strict=True):
        assert (found.driver, found.label.en) == (each["driver"], each["label"])
        changes = [effect(found.effect)] if found.HasField("effect") else []
        assert changes == each["changes"]
        check_figures(found.adjusted, each["after"], found.HasField("adjusted"))
        assert (found.reason == 0) == (each["reason"] is None)
        if found.reason == api.NO_REACH_REASON_IMPOSSIBLE:
            assert found.error.en == each["reason"]
        if found.reason == api.NO_REACH_REASON_CAPPED:
            assert f"class better than {found.best_class}" in each["reason"]


def questions(**more: object) -> api.AssessmentQuestions:
    """The questions of `answered`."""
    return api.AssessmentQuestions(
        quartiles=QUARTILES, changes=["equity=+200k", "late=0"], **more)


def test_questions_are_answered_as_the_tool_answers_them(
    stub: Stub, facts: api.ReadPapersResponse, answered: dict[str, dict]
) -> None:
    asked = header(facts, questions=questions(reach_class=3, trends=True))
    seen = {"quartiles": 0, "changed": 0, "reached": 0, "not": 0, "trends": 0}
    for company in facts.companies:
        answer = stub.Assess(api.AssessRequest(header=asked, company=company), timeout=300)
        got = answer.assessment
        check(got, answer.context, answered[company.siren])
        check_answers(got, answer.context, answered[company.siren], reach=True)
        check_trends(got, answer.context, answered[company.siren])
        seen["trends"] += len(got.trends)
        seen["quartiles"] += len(got.quartiles.formulas)
        seen["changed"] += got.what_if.HasField("adjusted")
        seen["reached"] += sum(each.HasField("effect") for each in got.reach)
        seen["not"] += sum(each.reason > 0 for each in got.reach)
    assert all(seen.values()), seen


def test_questions_of_a_batch_are_answered(
    stub: Stub, facts: api.ReadPapersResponse, answered: dict[str, dict]
) -> None:
    def requests(asked: api.AssessmentQuestions) -> Iterator:
        yield api.BatchAssessRequest(header=header(facts, questions=asked))
        yield api.BatchAssessRequest(batch=api.CompanyBatch(companies=facts.companies))

    first, second = stub.BatchAssess(requests(questions(trends=True)))
    for answer in second.batch.answers:
        got = answer.assessment
        check_trends(got, first.context, answered[got.siren])
        check_answers(got, first.context, answered[got.siren], reach=False)
    assert_fails(
        grpc.StatusCode.INVALID_ARGUMENT, "ask Assess",
        lambda: list(stub.BatchAssess(requests(questions(reach_class=3)))),
        reason="REACH_IN_BATCH")


@pytest.mark.parametrize("asked, code, word_, reason", [
    ({"changes": ["equity"]}, grpc.StatusCode.INVALID_ARGUMENT, "such as equity", "BAD_CHANGE"),
    ({"changes": ["foo=+1"]}, grpc.StatusCode.INVALID_ARGUMENT, "neither a driver", "BAD_CHANGE"),
    ({"changes": ["a=1"] * 65}, grpc.StatusCode.RESOURCE_EXHAUSTED, "changesMax",
     "LIMIT_EXCEEDED"),
    ({"horizon_models": [""] * 9}, grpc.StatusCode.RESOURCE_EXHAUSTED, "horizonModelsMax",
     "LIMIT_EXCEEDED"),
    ({"horizon_models": ["nobody"]}, grpc.StatusCode.NOT_FOUND, "nobody", "UNKNOWN_MODEL"),
    ({"quartiles": b"ratio,median\n"}, grpc.StatusCode.INVALID_ARGUMENT, "quartiles",
     "BAD_QUARTILES"),
])
def test_questions_that_make_no_sense(
    stub: Stub, asked: dict, code: grpc.StatusCode, word_: str, reason: str
) -> None:
    request = api.AssessRequest(header=api.AssessHeader(
        questions=api.AssessmentQuestions(**asked)))
    assert_fails(code, word_, lambda: stub.Assess(request), reason=reason)


def test_horizons_and_what_goes_into_models(stub: Stub, facts: api.ReadPapersResponse) -> None:
    asked = header(facts, questions=api.AssessmentQuestions(horizon_models=[""],
                                                            model_inputs=True))
    scored = matched = 0
    for company in facts.companies:
        answer = stub.Assess(api.AssessRequest(header=asked, company=company))
        got = answer.assessment
        if not got.HasField("adjusted"):
            assert not got.horizons.months
            continue
        scored += 1
        assert list(got.horizons.months) == [answer.context.model.horizon_months]
        assert list(got.horizons.probabilities) == [got.adjusted.probability]
        labels = {label.formula: label for label in answer.context.formulas}
        models = got.published_models
        if not models.results.formulas:
            continue
        is_simplified = models.input_form == api.STATEMENT_FORM_SIMPLIFIED
        names = [name for formula in models.results.formulas for name in (
            labels[formula].simplified_inputs if is_simplified else labels[formula].inputs)]
        assert len(names) == len(models.input_values) > 20
        inputs = dict(zip(names, models.input_values))
        if not is_simplified:
            lines = dict(zip((facts.line_names[line] for line in company.statements.lines),
                             company.statements.cents))
            matched += sum(
                inputs.get(name) == cents / 100 for name, cents in lines.items() if cents)
    assert scored > 2 and matched > 2


def test_sales_by_month_make_the_days(stub: Stub, facts: api.ReadPapersResponse) -> None:
    company = api.CompanyFacts()
    company.receivable.cents.append(12_000_00)
    company.receivable.open_cents.append(12_000_00)
    company.receivable.issued_days.append(20_400)
    company.receivable.due_days.append(20_500)
    request = api.AssessRequest(header=header(facts), company=company)
    assert not stub.Assess(request).assessment.HasField("receivable_days")
    for month in range(12):
        request.company.sales.months.append(2025 * 12 + month)
        request.company.sales.cents.append(10_000_00)
    days = stub.Assess(request).assessment.receivable_days
    assert days.basis == api.SALES_BASIS_LEDGER
    assert days.days_sales_outstanding == pytest.approx(12 / 120 * 365)
    # All of December, and 2 of the 10 thousand of November.
    assert days.count_back_days == pytest.approx(31 + 30 * 0.2)
    request.company.sales.months[11] = 2025 * 12
    assert_fails(
        grpc.StatusCode.INVALID_ARGUMENT, "it is there before", lambda: stub.Assess(request),
        reason="BAD_VALUE")
    request.company.sales.months.extend(range(1_200))
    request.company.sales.cents.extend([1] * 1_200)
    assert_fails(
        grpc.StatusCode.RESOURCE_EXHAUSTED, "salesMonthsMax", lambda: stub.Assess(request),
        reason="LIMIT_EXCEEDED")
