# SPDX-License-Identifier: Apache-2.0
"""Rows quantised by a stock client: grpcio fetches the quantiser, numpy makes the bytes, and the
scores are those of the float32 rows, bit for bit."""

import grpc
import numpy as np
import pytest

from support.bundles import TestModel
from support.errors import assert_fails, unpack
from support.server import Server
from support.tables import assert_scores, block, header, stream
from vigie.v1 import model_service_pb2 as models_pb
from vigie.v1 import model_service_pb2_grpc, scoring_service_pb2_grpc
from vigie.v1 import scoring_service_pb2 as pb

NAMES = ["first-small", "second-large", "third-categories"]


def fetch(
    model_service: model_service_pb2_grpc.ModelServiceStub, model: TestModel
) -> models_pb.Quantiser:
    """The quantiser of a model."""
    answer = model_service.GetQuantiser(models_pb.GetQuantiserRequest(name=model.name))
    assert (answer.name, answer.version) == (model.name, model.version)
    return answer.quantiser


def quantise(quantiser: models_pb.Quantiser, rows: np.ndarray) -> pb.RowBlock:
    """A block of rows as the proto says: how many thresholds each value exceeds."""
    columns = []
    for column in quantiser.columns:
        values = rows[:, column.input]
        thresholds = np.array(column.thresholds, np.float32)
        bins = np.searchsorted(thresholds, values, side="left")
        columns.append(np.where(np.isnan(values), 255, bins).astype(np.uint8))
    return pb.RowBlock(
        row_count=len(rows),
        quantised_values=np.stack(columns, axis=1).tobytes(),
        quantiser_digest=quantiser.digest,
    )


def nasty_rows(quantiser: models_pb.Quantiser, model: TestModel, count: int) -> np.ndarray:
    """Rows of which every other value is a threshold, its neighbour or infinite."""
    random = np.random.default_rng(3)
    rows = model.rows(count, seed=5)
    for column in quantiser.columns:
        thresholds = np.array(column.thresholds, np.float32)
        picked = thresholds[random.integers(len(thresholds), size=count)]
        near = np.nextafter(picked, random.choice([-np.inf, np.inf], count), dtype=np.float32)
        kinds = random.integers(8, size=count)
        values = rows[:, column.input]
        values[kinds == 0] = picked[kinds == 0]
        values[kinds == 1] = near[kinds == 1]
        values[kinds == 2] = random.choice([-np.inf, np.inf, 0.0, -0.0, 1e-40], count)[kinds == 2]
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_those_of_the_rows(
    name: str,
    models: dict[str, TestModel],
    scoring: scoring_service_pb2_grpc.ScoringServiceStub,
    model_service: model_service_pb2_grpc.ModelServiceStub,
) -> None:
    """LightGBM's own raw scores come back for the bytes, and every byte of the answer is that of
    the answer to the rows."""
    model = models[name]
    quantiser = fetch(model_service, model)
    assert quantiser.input_count == len(model.features)
    assert all(model.features[c.input] == c.input_name for c in quantiser.columns)
    rows = nasty_rows(quantiser, model, 1000)
    sent = header(model)
    quantised = scoring.ScoreRows(
        pb.ScoreRowsRequest(header=sent, block=quantise(quantiser, rows))
    )
    plain = scoring.ScoreRows(pb.ScoreRowsRequest(header=sent, block=block(rows)))
    assert quantised.SerializeToString(deterministic=True) == plain.SerializeToString(
        deterministic=True
    )
    assert_scores(quantised.block, model, rows)
    answers = list(
        scoring.StreamScoreRows(stream(sent, [block(rows), quantise(quantiser, rows)]))
    )
    assert len(answers) == 3
    assert answers[1].block == answers[2].block == plain.block


@pytest.mark.parametrize("name", ["first-small", "third-categories"])
def test_reasons_are_those_of_the_rows(
    name: str,
    models: dict[str, TestModel],
    scoring: scoring_service_pb2_grpc.ScoringServiceStub,
    model_service: model_service_pb2_grpc.ModelServiceStub,
) -> None:
    """Reasons can be had for bytes too."""
    model = models[name]
    quantiser = fetch(model_service, model)
    rows = nasty_rows(quantiser, model, 20)
    sent = header(model, reason_count=4)
    answers = [
        scoring.ScoreRows(pb.ScoreRowsRequest(header=sent, block=each)).block
        for each in (quantise(quantiser, rows), block(rows))
    ]
    assert answers[0] == answers[1]
    assert len(answers[0].reason_features) == 80


def test_another_quantiser_is_stale(
    models: dict[str, TestModel],
    scoring: scoring_service_pb2_grpc.ScoringServiceStub,
    model_service: model_service_pb2_grpc.ModelServiceStub,
) -> None:
    """Bytes for one model are not scored by another; the error has the digest to fetch."""
    small, large = (models[name] for name in NAMES[:2])
    other = quantise(fetch(model_service, large), large.rows(1))
    error = assert_fails(
        grpc.StatusCode.FAILED_PRECONDITION,
        "GetQuantiser",
        lambda: scoring.ScoreRows(pb.ScoreRowsRequest(header=header(small), block=other)),
        reason="QUANTISER_STALE",
    )
    current = fetch(model_service, small).digest.hex()
    assert unpack(error)["ErrorInfo"].metadata["digest"] == current


def test_the_bundled_models_say_why_they_have_none(bundled_server: Server) -> None:
    """They compute their features from amounts."""
    with bundled_server.channel() as channel:
        service = model_service_pb2_grpc.ModelServiceStub(channel)
        assert_fails(
            grpc.StatusCode.FAILED_PRECONDITION,
            "computed from the values",
            lambda: service.GetQuantiser(models_pb.GetQuantiserRequest()),
            reason="QUANTISER_UNAVAILABLE",
        )
