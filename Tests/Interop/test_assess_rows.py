# SPDX-License-Identifier: Apache-2.0
"""StreamAssessRows: rows say what BatchAssess says of the same companies, and bad ones are told."""

import math
from types import SimpleNamespace
from typing import Iterator

import grpc
import numpy as np
import pytest

from support.certificates import Certificates
from support.errors import assert_fails
from support.server import Server
from vigie.v1 import (
    assessment_rows_pb2, assessment_service_pb2, assessment_service_pb2_grpc,
    company_assessment_pb2, company_facts_pb2, scoring_service_pb2,
)

# All messages under one name.
api = SimpleNamespace(
    **vars(company_facts_pb2) | vars(company_assessment_pb2) | vars(scoring_service_pb2)
    | vars(assessment_service_pb2) | vars(assessment_rows_pb2))

AS_OF = "2025-12-31"
CLOSINGS = [20088, 19722, 19357]  # 2024-12-31 and the ends of the two years before
FACTS = ["legal_state", "directory_activity", "closing_day", "closing_day@1", "closing_day@2",
         "doubtful"]
# Lines of which an item is made alone, where nothing else stands in its formula.
LINES = ["CO", "CJ", "BL", "BX", "EC", "DX", "DU", "DG", "DL", "FL", "FS", "FW", "FY", "GG", "GA",
         "HN"]

Stub = assessment_service_pb2_grpc.AssessmentServiceStub


@pytest.fixture(scope="module")
def stub(certificates: Certificates) -> Iterator[Stub]:
    """The AssessmentService of a server with the models of the product."""
    with Server(certificates) as running, running.channel() as channel:
        yield Stub(channel)


def items(lines: dict[str, float]) -> dict[str, float]:
    """The inputs of the model that lines come to."""
    costs = lines["FS"] + lines["FW"] + lines["FY"]
    return {
        "total_assets": lines["CO"], "current_assets": lines["CJ"], "inventory": lines["BL"],
        "receivables": lines["BX"], "total_liabilities": lines["EC"],
        "current_liabilities": lines["DX"], "long_term_debt": lines["DU"],
        "retained_earnings": lines["DG"], "net_sales": lines["FL"],
        "gross_profit": lines["FL"] - lines["FS"], "ebitda": lines["FL"] - costs,
        "ebit": lines["GG"], "depreciation_amortization": lines["GA"],
        "net_income": lines["HN"],
    }


NAMES = list(items(dict.fromkeys(LINES, 0.0)))
COLUMNS = [name + suffix for suffix in ("", "@1", "@2") for name in NAMES]


def companies(count: int) -> list[tuple[api.CompanyFacts, list[float]]]:
    """Made-up companies as facts, and their items as a row."""
    random = np.random.default_rng(7)
    made = []
    for place in range(count):
        facts = api.CompanyFacts(siren="999200017")
        row = [math.nan] * len(COLUMNS)
        for year in range(place % 4):
            euros = {line: float(random.integers(1_000, 10_000_000)) for line in LINES}
            facts.statements.closing_days.append(CLOSINGS[year])
            facts.statements.months.append(12)
            facts.statements.line_counts.append(len(LINES))
            facts.statements.lines.extend(range(len(LINES)))
            facts.statements.cents.extend(int(euros[line]) * 100 for line in LINES)
            row[year * len(NAMES):(year + 1) * len(NAMES)] = items(euros).values()
        if place % 7 == 3:
            facts.events.kinds.append(api.LEGAL_EVENT_KIND_RJ_OPENED)
            facts.events.published_days.append(20200)
        if place % 5 == 2:
            facts.register_entries.registers.append(api.COMPANY_REGISTER_SIRENE)
            facts.register_entries.activities.append(
                api.REGISTER_ACTIVITY_CEASED if place % 2 else api.REGISTER_ACTIVITY_ACTIVE)
        made.append((facts, row))
    return made


def requests(header: api.AssessRowsHeader, *blocks: api.RowBlock) -> Iterator:
    """The messages of a stream."""
    yield api.StreamAssessRowsRequest(header=header)
    for block in blocks:
        yield api.StreamAssessRowsRequest(block=block)


def block(rows: np.ndarray) -> api.RowBlock:
    """Rows, column after column."""
    return api.RowBlock(
        row_count=len(rows), layout=api.BLOCK_LAYOUT_COLUMN_MAJOR,
        double_values=np.asarray(rows, dtype=np.float64).T.ravel())


def test_rows_say_what_companies_are_told(stub):
    made = companies(60)
    batch = api.CompanyBatch(companies=[facts for facts, _ in made])
    header = api.AssessHeader(as_of_date=AS_OF, reason_count=2, line_names=LINES)
    asked = iter([api.BatchAssessRequest(header=header), api.BatchAssessRequest(batch=batch)])
    told = [answer.assessment for answer in list(stub.BatchAssess(asked))[1].batch.answers]
    rows = []
    for (facts, values), known in zip(made, told):
        closings = [*facts.statements.closing_days, *[math.nan] * 3][:3]
        activity = next(iter(facts.register_entries.activities), math.nan)
        doubtful = any(
            finding.severity >= api.FINDING_SEVERITY_WARNING and finding.code != "accounts_stale"
            for finding in known.findings)
        rows.append([known.legal.state, activity, *closings, doubtful, *values])
    header = api.AssessRowsHeader(
        as_of_date=AS_OF, reason_count=2, fact_columns=FACTS, columns=COLUMNS)
    answers = list(stub.StreamAssessRows(requests(header, block(rows), block(rows[:1]))))
    assert answers[0].context.model.name == "us-listed-failure"
    got = answers[1].block
    assert [got.row_count, answers[2].block.row_count] == [len(rows), 1]
    assert got.issue_count == 0
    outcomes = set()
    for row, known in enumerate(told):
        outcomes.add(known.outcome)
        assert got.outcomes[row] == known.outcome, row
        assert got.confidences[row] == known.confidence, row
        assert got.bases[row] == known.basis, row
        reasons = slice(2 * row, 2 * row + 2)
        if known.outcome == api.ASSESSMENT_OUTCOME_SCORED:
            assert got.base_probabilities[row] == known.base.probability
            assert got.probabilities[row] == known.adjusted.probability
            assert got.scores[row] == known.adjusted.score
            assert got.risk_classes[row] == known.adjusted.risk_class
            assert got.classes_capped[row] == known.class_capped
            assert list(got.reason_features[reasons]) == list(known.reasons.features)
            assert list(got.reason_contributions[reasons]) == list(known.reasons.contributions)
        else:
            assert math.isnan(got.probabilities[row]) and got.scores[row] == 0
    assert len(outcomes) == 4


def test_a_bad_cell_is_an_issue_of_its_row(stub):
    header = api.AssessRowsHeader(
        as_of_date=AS_OF, fact_columns=["legal_state", "payment_index"])
    rows = np.array([[1, 80], [99, 80], [1, 1e9], [4, math.inf], [1, math.nan]])
    answer = list(stub.StreamAssessRows(requests(header, block(rows))))[1].block
    assert list(answer.outcomes) == [
        api.ASSESSMENT_OUTCOME_SCORED, api.ASSESSMENT_OUTCOME_NOT_SCORABLE,
        api.ASSESSMENT_OUTCOME_NOT_SCORABLE, api.ASSESSMENT_OUTCOME_IN_PROCEEDINGS,
        api.ASSESSMENT_OUTCOME_NOT_SCORABLE]
    assert list(zip(answer.issue_rows, answer.issue_columns)) == [(1, 1), (2, 2), (3, 2)]
    assert list(answer.issue_kinds) == [
        api.ROW_ISSUE_KIND_VALUE_OUT_OF_RANGE, api.ROW_ISSUE_KIND_VALUE_OUT_OF_RANGE,
        api.ROW_ISSUE_KIND_VALUE_INFINITE]


def test_a_column_that_nobody_knows_is_named(stub):
    header = api.AssessRowsHeader(fact_columns=["legal_state", "age"])
    assert_fails(
        grpc.StatusCode.INVALID_ARGUMENT, 'Column "age"',
        lambda: list(stub.StreamAssessRows(requests(header))),
        field="header.fact_columns[1]", reason="UNKNOWN_COLUMN")
