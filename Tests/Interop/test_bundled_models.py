# SPDX-License-Identifier: Apache-2.0
"""The models that vigied brings along: through the server they answer what the trainer computes.

The trainer's Python evaluates the expressions of the manifest and LightGBM itself reads the model
file, so nothing of the server's own code is on that side.
"""

import sys

import grpc
import numpy as np
import pytest

from support.errors import assert_fails
from support.stubs import ROOT
from support.tables import ALL_OUTPUTS
from vigie.v1 import model_service_pb2, model_service_pb2_grpc
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc

sys.path.insert(0, str(ROOT / "Clients/Python"))

from vigie_training import synthetic  # noqa: E402
from vigie_training.bundle import Bundle  # noqa: E402

NAMES = ["us-listed-failure", "us-listed-scorecard"]
COMPANIES = 3000
# Another seed than that of the vectors that the Swift tests read.
SEED = 77


@pytest.fixture(scope="module", params=NAMES)
def bundle(request: pytest.FixtureRequest) -> Bundle:
    """One of the models, as the trainer reads it."""
    return Bundle(ROOT / "Sources/Engine/CDefaultModels/bundles" / request.param)


@pytest.fixture
def bundled_channel(bundled_server):
    """A channel to the server with the bundled models."""
    with bundled_server.channel() as channel:
        yield channel


def table(bundle: Bundle, statements) -> tuple[list[str], np.ndarray]:
    """The columns and values that a caller would send: every item of every year."""
    names = [entry["name"] for entry in bundle.manifest["inputs"]]
    years = range(bundle.manifest["years_max"])
    columns = [f"{name}@{year}" if year else name for name in names for year in years]
    values = [statements.items[name][year] for name in names for year in years]
    return columns, np.column_stack(values)


def score(channel: grpc.Channel, bundle: Bundle, columns, rows, **fields) -> pb.ScoreRowsResponse:
    """Scores rows of 64-bit values with one of the models."""
    stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
    header = pb.ScoreHeader(
        model=bundle.manifest["name"], columns=columns, outputs=ALL_OUTPUTS, **fields)
    block = pb.RowBlock(row_count=len(rows), double_values=rows.ravel())
    return stub.ScoreRows(pb.ScoreRowsRequest(header=header, block=block), timeout=120)


@pytest.mark.parametrize("years", [1, 2, 3])
def test_scores_are_those_of_the_trainer(bundled_channel, bundle, years):
    statements = synthetic.statements(COMPANIES, SEED).latest_years(years)
    for values in statements.items.values():
        values += [np.full(COMPANIES, np.nan)] * (3 - years)
    answer = score(bundled_channel, bundle, *table(bundle, statements)).block
    scored = bundle.scorable(statements)
    outcomes = np.where(scored, pb.ROW_OUTCOME_SCORED, pb.ROW_OUTCOME_NOT_SCORABLE)
    assert list(answer.outcomes) == list(outcomes)
    assert set(np.flatnonzero(~scored)) <= set(answer.issue_rows)

    raw = bundle.raw_scores(bundle.features(bundle.valid(statements)))
    assert np.array_equal(np.array(answer.raw_scores)[scored], raw[scored])
    assert np.isnan(np.array(answer.raw_scores)[~scored]).all()
    calibrated = bundle.log_odds(raw)
    log_odds = calibrated + bundle.prior_shift()
    probabilities = np.array(answer.probabilities)
    np.testing.assert_allclose(
        probabilities[scored], 1 / (1 + np.exp(-log_odds[scored])), rtol=1e-12)
    for row in np.flatnonzero(scored)[:500]:
        assert answer.scores[row] == bundle.score(log_odds[row])
        assert answer.risk_classes[row] == bundle.risk_class(probabilities[row])
        assert answer.percentiles[row] == pytest.approx(
            bundle.percentile(calibrated[row]), abs=1e-3)


def test_reasons_sum_to_the_score(bundled_channel, bundle):
    statements = synthetic.statements(200, SEED)
    features = bundle.features(bundle.valid(statements))
    count = features.shape[1]
    answer = score(bundled_channel, bundle, *table(bundle, statements), reason_count=count)
    scored = bundle.scorable(statements)
    contributions = np.array(answer.block.reason_contributions).reshape(-1, count)[scored]
    log_odds = bundle.log_odds(bundle.raw_scores(features)) + bundle.prior_shift()
    sums = answer.model.base_log_odds + contributions.sum(axis=1)
    np.testing.assert_allclose(sums, log_odds[scored], atol=1e-8)

    order = np.array(answer.block.reason_features).reshape(-1, count)[scored].astype(int)
    expected = bundle.manifest["calibration"]["slope"] * bundle.contributions(features)[scored]
    np.testing.assert_allclose(
        contributions, np.take_along_axis(expected[:, :-1], order, axis=1), atol=1e-8)


def test_a_model_without_size_knows_no_currency(bundled_channel, bundle):
    """Scale-free: all amounts times a power of two are the same company, bit for bit."""
    columns, rows = table(bundle, synthetic.statements(300, SEED))
    rows = rows[np.nanmax(np.abs(rows), axis=1) < 1e9]
    plain = score(bundled_channel, bundle, columns, rows).block
    scaled = score(bundled_channel, bundle, columns, rows * 1024).block
    np.testing.assert_array_equal(np.array(plain.raw_scores), np.array(scaled.raw_scores))


@pytest.mark.parametrize("value, kind", [
    (np.nan, pb.ROW_ISSUE_KIND_REQUIRED_VALUE_MISSING),
    (0.0, pb.ROW_ISSUE_KIND_VALUE_OUT_OF_RANGE),
    (-1.0, pb.ROW_ISSUE_KIND_VALUE_OUT_OF_RANGE),
    (np.inf, pb.ROW_ISSUE_KIND_VALUE_INFINITE),
    (-np.inf, pb.ROW_ISSUE_KIND_VALUE_INFINITE),
])
def test_a_bad_row_is_marked_and_the_others_are_scored(bundled_channel, bundle, value, kind):
    columns = ["total_assets", "total_liabilities", "net_income"]
    rows = np.array([[100.0, 60.0, 5.0]] * 3)
    rows[1, 0] = value
    answer = score(bundled_channel, bundle, columns, rows).block
    assert list(answer.outcomes) == [
        pb.ROW_OUTCOME_SCORED, pb.ROW_OUTCOME_NOT_SCORABLE, pb.ROW_OUTCOME_SCORED]
    assert answer.scores[1] == 0 and np.isnan(answer.probabilities[1])
    assert answer.scores[0] == answer.scores[2] > 0
    assert answer.issue_count == 1
    assert (list(answer.issue_rows), list(answer.issue_kinds)) == ([1], [kind])
    assert list(answer.issue_columns) == [1 + columns.index("total_assets")]
    np.testing.assert_array_equal(answer.issue_values, [value])


@pytest.mark.parametrize("column", ["total_liabilities", "total_liabilities@2", "total_assets@1"])
@pytest.mark.parametrize("value", [-0.02, np.inf, -np.inf])
def test_a_value_that_is_not_needed_counts_as_missing_when_it_is_wrong(
    bundled_channel, bundle, column, value
):
    columns = ["net_income", column, "total_assets"]
    rows = np.array([[5.0, 60.0, 100.0]] * 3)
    rows[1, 1] = value
    rows[2, 1] = np.nan
    answer = score(bundled_channel, bundle, columns, rows).block
    assert not answer.outcomes
    assert answer.raw_scores[1] == answer.raw_scores[2]
    kind = (pb.ROW_ISSUE_KIND_VALUE_INFINITE if np.isinf(value)
            else pb.ROW_ISSUE_KIND_VALUE_OUT_OF_RANGE)
    assert (answer.issue_count, list(answer.issue_rows), list(answer.issue_kinds),
            list(answer.issue_columns), list(answer.issue_values)) == (1, [1], [kind], [2], [value])


def test_the_required_column_must_be_there(bundled_channel, bundle):
    assert_fails(
        grpc.StatusCode.INVALID_ARGUMENT, "requires.*total_assets",
        lambda: score(bundled_channel, bundle, ["net_income"], np.array([[1.0]])),
        field="header.columns", reason="MISSING_COLUMN")


def test_descriptions_are_those_of_the_manifest(bundled_channel, bundle):
    stub = model_service_pb2_grpc.ModelServiceStub(bundled_channel)
    name = bundle.manifest["name"]
    answer = stub.DescribeModel(model_service_pb2.DescribeModelRequest(name=name), timeout=60).model
    assert [feature.name for feature in answer.features] == [
        feature["name"] for feature in bundle.manifest["features"]]
    assert [feature.expression for feature in answer.features] == [
        feature["expression"] for feature in bundle.manifest["features"]]
    assert answer.model_card == (bundle.directory / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert dict(answer.metrics) == bundle.manifest["metrics"]
    assert answer.summary.is_default == (name == NAMES[0])
    assert {column.name for column in answer.inputs} == set(
        table(bundle, synthetic.statements(10, SEED))[0])
