# SPDX-License-Identifier: Apache-2.0
"""ScoreRows: every form of values, every output, reasons."""

import datetime

import grpc
import numpy as np
import pytest

from support.tables import ALL_OUTPUTS, assert_scores, block, calibrated, header, request
from vigie.v1 import scoring_service_pb2 as pb


@pytest.mark.parametrize("row_count", [1, 2, 127, 1000, 5000])
def test_scores_are_those_of_lightgbm(scoring, models, row_count):
    model = models["first-small"]
    rows = model.rows(row_count)
    answer = scoring.ScoreRows(request(model, rows), timeout=60)
    assert_scores(answer.block, model, rows)


def test_scores_of_a_large_model(scoring, models):
    model = models["second-large"]
    rows = model.rows(300)
    answer = scoring.ScoreRows(request(model, rows), timeout=60)
    assert_scores(answer.block, model, rows)


def test_a_compressed_request_is_the_same_table(scoring, models):
    model = models["first-small"]
    rows = model.rows(3000)
    answer = scoring.ScoreRows(
        request(model, rows), timeout=60, compression=grpc.Compression.Gzip
    )
    assert_scores(answer.block, model, rows)


def test_column_major_is_the_same_table(scoring, models):
    model = models["first-small"]
    rows = model.rows(77)
    message = pb.ScoreRowsRequest(header=header(model), block=block(rows, column_major=True))
    assert_scores(scoring.ScoreRows(message, timeout=60).block, model, rows)


@pytest.mark.parametrize("column_major", [False, True])
def test_values_of_64_bits_keep_their_precision(scoring, models, column_major):
    model = models["first-small"]
    # Right beside the thresholds, where a rounding to 32 bits changes sides.
    rows = model.rows(500).astype(np.float64)
    rows *= 1 + 1e-9 * np.sign(np.random.default_rng(3).normal(size=rows.shape))
    message = pb.ScoreRowsRequest(
        header=header(model), block=block(rows, column_major=column_major)
    )
    assert_scores(scoring.ScoreRows(message, timeout=60).block, model, rows)


def test_columns_go_by_name(scoring, models):
    model = models["first-small"]
    rows = model.rows(50)
    order = np.random.default_rng(2).permutation(len(model.features))
    columns = [model.features[place] for place in order]
    message = request(model, rows[:, order], columns=columns)
    assert_scores(scoring.ScoreRows(message, timeout=60).block, model, rows)


def test_special_values_score_as_in_lightgbm(scoring, models):
    model = models["first-small"]
    special = [0.0, -0.0, 1e-36, -1e-36, 1e38, -1e38, np.inf, -np.inf, np.nan, 1e-45]
    rows = model.rows(len(special))
    rows[:, 0] = special
    rows[:, 1] = special[::-1]
    answer = scoring.ScoreRows(request(model, rows), timeout=60)
    assert np.array_equal(np.array(answer.block.raw_scores), model.raw_scores(rows))


@pytest.mark.parametrize("output", ALL_OUTPUTS)
def test_only_what_was_asked_for_is_answered(scoring, models, output):
    model = models["first-small"]
    answer = scoring.ScoreRows(request(model, model.rows(3), outputs=[output]), timeout=60).block
    columns = {
        pb.SCORE_OUTPUT_PROBABILITY: answer.probabilities, pb.SCORE_OUTPUT_SCORE: answer.scores,
        pb.SCORE_OUTPUT_RISK_CLASS: answer.risk_classes,
        pb.SCORE_OUTPUT_PERCENTILE: answer.percentiles,
        pb.SCORE_OUTPUT_RAW_SCORE: answer.raw_scores,
    }
    assert {key: len(column) for key, column in columns.items()} == {
        key: 3 if key == output else 0 for key in columns
    }


def test_no_outputs_named_means_the_usual_ones(scoring, models):
    model = models["first-small"]
    answer = scoring.ScoreRows(request(model, model.rows(2), outputs=[]), timeout=60).block
    counts = [len(answer.probabilities), len(answer.scores), len(answer.risk_classes),
              len(answer.percentiles), len(answer.raw_scores), len(answer.reason_features)]
    assert counts == [2, 2, 2, 2, 0, 0]


def test_all_reasons_sum_to_the_score(scoring, models):
    model = models["first-small"]
    rows = model.rows(40)
    count = len(model.features)
    answer = scoring.ScoreRows(request(model, rows, reason_count=count), timeout=60)
    contributions = np.array(answer.block.reason_contributions).reshape(40, count)
    sums = answer.model.base_log_odds + contributions.sum(axis=1)
    np.testing.assert_allclose(sums, model.log_odds(rows), atol=1e-9)


def test_reasons_are_the_largest_contributions_of_lightgbm(scoring, models):
    model = models["first-small"]
    rows = model.rows(40)
    answer = scoring.ScoreRows(request(model, rows, reason_count=3), timeout=60).block
    assert answer.reason_count == 3
    features = np.array(answer.reason_features).reshape(40, 3)
    contributions = np.array(answer.reason_contributions).reshape(40, 3)
    expected = calibrated(model.booster.predict(rows, pred_contrib=True)[:, :-1])
    np.testing.assert_allclose(
        contributions, np.take_along_axis(expected, features.astype(int), axis=1), atol=1e-9
    )
    largest = -np.sort(-np.abs(expected), axis=1)[:, :3]
    np.testing.assert_allclose(np.abs(contributions), largest, atol=1e-9)


def test_the_answer_says_what_scored_it(scoring, models):
    model = models["first-small"]
    message = request(model, model.rows(1), as_of_date="2026-02-28")
    identity = scoring.ScoreRows(message, timeout=60).model
    assert (identity.name, identity.version) == (model.name, model.version)
    assert len(identity.content_hash) == 64
    assert (identity.event, identity.horizon_months) == ("test_event", 12)
    assert (identity.score_scale, identity.high_score_is_safe) == ("vigie-1000", True)
    assert identity.as_of_date == "2026-02-28"


def test_no_date_means_today(scoring, models):
    model = models["first-small"]
    before = datetime.datetime.now(datetime.timezone.utc).date()
    identity = scoring.ScoreRows(request(model, model.rows(1)), timeout=60).model
    after = datetime.datetime.now(datetime.timezone.utc).date()
    assert identity.as_of_date in (before.isoformat(), after.isoformat())


def test_a_model_can_be_named_with_its_version(scoring, models):
    model = models["second-large"]
    rows = model.rows(4)
    message = request(model, rows, model=f"{model.name}@{model.version}")
    answer = scoring.ScoreRows(message, timeout=60)
    assert answer.model.name == model.name
    assert_scores(answer.block, model, rows)
