# SPDX-License-Identifier: Apache-2.0
"""Many small calls at once, which the server scores together: each gets the scores of its own
rows, whoever else is there."""

import grpc
import numpy as np

from support.tables import header, request
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc


def test_each_of_many_calls_at_once_gets_its_own_scores(server, models):
    chosen = [models["first-small"], models["second-large"]]
    rows = [model.rows(400) for model in chosen]
    expected = [model.raw_scores(part) for model, part in zip(chosen, rows)]
    random = np.random.default_rng(5)
    # A channel with a setting of its own has a connection of its own.
    channels = [server.channel() for _ in range(3)]
    stubs = [scoring_service_pb2_grpc.ScoringServiceStub(channel) for channel in channels]
    calls = []
    for index in range(600):
        which = index % 2
        first = int(random.integers(0, 390))
        count = 1 if index % 5 else int(random.integers(2, 10))
        message = request(chosen[which], rows[which][first : first + count])
        if index % 11 == 10:  # A block that lacks a value.
            del message.block.float_values[-1]
        calls.append((which, first, count, stubs[index % 3].ScoreRows.future(message, timeout=60)))
    for index, (which, first, count, call) in enumerate(calls):
        if index % 7 == 6:
            call.cancel()
    for index, (which, first, count, call) in enumerate(calls):
        if index % 7 == 6 and call.cancelled():
            continue
        if index % 11 == 10:
            assert call.code() == grpc.StatusCode.INVALID_ARGUMENT
            continue
        scores = np.array(call.result().block.raw_scores)
        assert np.array_equal(scores, expected[which][first : first + count])
    for channel in channels:
        channel.close()
