# SPDX-License-Identifier: Apache-2.0
"""Requests made of numpy tables, and answers read as numpy arrays."""

from typing import Iterable

import numpy as np

from support.bundles import CALIBRATION, CLASS_MAXIMA, SCALE, TestModel
from vigie.v1 import scoring_service_pb2 as pb

ALL_OUTPUTS = [
    pb.SCORE_OUTPUT_PROBABILITY, pb.SCORE_OUTPUT_SCORE, pb.SCORE_OUTPUT_RISK_CLASS,
    pb.SCORE_OUTPUT_PERCENTILE, pb.SCORE_OUTPUT_RAW_SCORE,
]


def header(model: TestModel, /, **fields: object) -> pb.ScoreHeader:
    """A header that names the model and asks for everything."""
    return pb.ScoreHeader(**{"model": model.name, "outputs": ALL_OUTPUTS, **fields})


def block(rows: np.ndarray, *, column_major: bool = False) -> pb.RowBlock:
    """A block of rows, with 32 or 64 bits a value as the table has."""
    values = rows.flatten("F" if column_major else "C")
    layout = pb.BLOCK_LAYOUT_COLUMN_MAJOR if column_major else pb.BLOCK_LAYOUT_ROW_MAJOR
    name = "float_values" if rows.dtype == np.float32 else "double_values"
    return pb.RowBlock(row_count=len(rows), layout=layout, **{name: values})


def request(model: TestModel, rows: np.ndarray, /, **fields: object) -> pb.ScoreRowsRequest:
    """A unary request for all outputs."""
    return pb.ScoreRowsRequest(header=header(model, **fields), block=block(rows))


def stream(
    first: pb.ScoreHeader, blocks: Iterable[pb.RowBlock]
) -> Iterable[pb.StreamScoreRowsRequest]:
    """The messages of a stream."""
    yield pb.StreamScoreRowsRequest(header=first)
    for each in blocks:
        yield pb.StreamScoreRowsRequest(block=each)


def assert_scores(answer: pb.ScoreBlock, model: TestModel, rows: np.ndarray) -> None:
    """Asserts that every column of an answer is what LightGBM and the manifest make of rows."""
    assert answer.row_count == len(rows)
    assert not answer.outcomes and not answer.issue_count
    # Bit for bit: LightGBM's own numbers, through the server.
    assert np.array_equal(np.array(answer.raw_scores), model.raw_scores(rows))
    log_odds = model.log_odds(rows)
    probabilities = np.array(answer.probabilities)
    np.testing.assert_allclose(probabilities, 1 / (1 + np.exp(-log_odds)), rtol=1e-12)
    assert list(answer.scores) == [expected_score(value) for value in log_odds]
    assert list(answer.risk_classes) == [
        1 + int(np.searchsorted(CLASS_MAXIMA, value, side="left")) for value in probabilities
    ]
    reference = np.linspace(-6, 4, 101)
    share = 100 - np.interp(log_odds, reference, np.arange(101))
    np.testing.assert_allclose(np.array(answer.percentiles), share, atol=1e-4)


def expected_score(log_odds: float) -> int:
    """The score of the manifest's scale."""
    anchor = np.log(SCALE["anchor_probability"] / (1 - SCALE["anchor_probability"]))
    points = SCALE["points_to_double_odds"] / np.log(2) * (log_odds - anchor)
    rounded = np.floor(SCALE["anchor_score"] - points + 0.5)
    return int(np.clip(rounded, SCALE["minimum"], SCALE["maximum"]))


def calibrated(contributions: np.ndarray) -> np.ndarray:
    """LightGBM's contributions on the scale of the calibrated log-odds."""
    return CALIBRATION["slope"] * contributions
