# SPDX-License-Identifier: Apache-2.0
"""StreamScoreRows: order, many blocks, cancellation, deadlines, rules of the stream."""

import itertools
import threading
import time

import grpc
import numpy as np
import pytest

from support.errors import assert_fails
from support.tables import assert_scores, block, header, request, stream
from vigie.v1 import scoring_service_pb2 as pb


def test_blocks_are_answered_in_order(scoring, models):
    model = models["first-small"]
    # Of very different sizes, so that any overtaking would show.
    counts = [1 + (index * 37) % 400 for index in range(200)]
    tables = [model.rows(count, seed) for seed, count in enumerate(counts)]
    answers = list(scoring.StreamScoreRows(stream(header(model), map(block, tables)), timeout=120))
    assert answers[0].WhichOneof("message") == "model"
    assert answers[0].model.name == model.name
    assert len(answers) == 1 + len(tables)
    for answer, rows in zip(answers[1:], tables):
        assert_scores(answer.block, model, rows)


def test_each_block_is_answered_before_the_next_is_sent(scoring, models):
    model = models["first-small"]
    go_on = threading.Semaphore(0)

    def blocks():
        for seed in range(5):
            yield block(model.rows(3, seed))
            assert go_on.acquire(timeout=60)

    answers = scoring.StreamScoreRows(stream(header(model), blocks()), timeout=60)
    assert next(answers).WhichOneof("message") == "model"
    for seed in range(5):
        assert_scores(next(answers).block, model, model.rows(3, seed))
        go_on.release()
    assert list(answers) == []


def test_a_header_alone_is_a_stream(scoring, models):
    answers = list(scoring.StreamScoreRows(stream(header(models["first-small"]), []), timeout=60))
    assert [answer.WhichOneof("message") for answer in answers] == ["model"]


def test_many_streams_at_once(scoring, models):
    model = models["first-small"]
    tables = [model.rows(64, seed) for seed in range(20)]
    calls = [
        scoring.StreamScoreRows(stream(header(model), map(block, tables)), timeout=120)
        for _ in range(20)
    ]
    for call in calls:
        answers = list(call)[1:]
        assert len(answers) == len(tables)
        assert_scores(answers[-1].block, model, tables[-1])


def test_cancelling_frees_the_server(scoring, models):
    model = models["second-large"]
    slow = block(model.rows(2000))
    endless = stream(header(model, reason_count=5), itertools.repeat(slow))
    call = scoring.StreamScoreRows(endless, timeout=120)
    assert next(call).WhichOneof("message") == "model"
    time.sleep(0.2)
    call.cancel()
    with pytest.raises(grpc.RpcError) as caught:
        list(call)
    assert caught.value.code() == grpc.StatusCode.CANCELLED
    # What is left of the cancelled work must not stand in the way of others.
    quick = models["first-small"]
    began = time.monotonic()
    scoring.ScoreRows(request(quick, quick.rows(1)), timeout=60)
    assert time.monotonic() - began < 10


def test_a_deadline_ends_a_stream(scoring, models):
    model = models["second-large"]
    slow = block(model.rows(2000))
    endless = stream(header(model, reason_count=5), itertools.repeat(slow))
    began = time.monotonic()
    assert_fails(
        grpc.StatusCode.DEADLINE_EXCEEDED, "(?i)deadline",
        lambda: list(scoring.StreamScoreRows(endless, timeout=1)),
    )
    assert time.monotonic() - began < 15


def test_a_bad_block_ends_the_stream_after_the_good_ones(scoring, models):
    model = models["first-small"]
    bad = pb.RowBlock(row_count=3, float_values=[1.0, 2.0])
    answers = scoring.StreamScoreRows(
        stream(header(model), [block(model.rows(2)), bad]), timeout=60
    )
    assert next(answers).WhichOneof("message") == "model"
    assert_scores(next(answers).block, model, model.rows(2))
    assert_fails(
        grpc.StatusCode.INVALID_ARGUMENT, "2 values.*24|24.*2 values", lambda: next(answers),
        field="block",
    )


@pytest.mark.parametrize("name, messages, expected", [
    ("nothing", lambda first, rows: [], "header"),
    ("no header", lambda first, rows: [pb.StreamScoreRowsRequest(block=rows)], "header"),
    ("two headers", lambda first, rows: [
        pb.StreamScoreRowsRequest(header=first), pb.StreamScoreRowsRequest(header=first),
    ], "header"),
    ("an empty message", lambda first, rows: [
        pb.StreamScoreRowsRequest(header=first), pb.StreamScoreRowsRequest(),
    ], "empty"),
])
def test_rules_of_the_stream(scoring, models, name, messages, expected):
    model = models["first-small"]
    sent = messages(header(model), block(model.rows(1)))
    assert_fails(
        grpc.StatusCode.INVALID_ARGUMENT, expected,
        lambda: list(scoring.StreamScoreRows(iter(sent), timeout=60)),
    )


def test_how_rows_are_cut_into_blocks_changes_nothing(scoring, models):
    model = models["first-small"]
    rows = model.rows(20_000)
    parts = np.array_split(rows, 13)
    answers = list(scoring.StreamScoreRows(stream(header(model), map(block, parts)), timeout=120))
    raw = np.concatenate([np.array(answer.block.raw_scores) for answer in answers[1:]])
    assert np.array_equal(raw, model.raw_scores(rows))
