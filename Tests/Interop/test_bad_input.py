# SPDX-License-Identifier: Apache-2.0
"""Tables and messages that are wrong: each gets its code, a clear message and the field."""

import grpc
import numpy as np
import pytest

from support.errors import assert_fails
from support.tables import block, header, request, stream
from vigie.v1 import model_service_pb2 as model_pb
from vigie.v1 import scoring_service_pb2 as pb

INVALID = grpc.StatusCode.INVALID_ARGUMENT
SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"


def features_with(model, place, name):
    """The columns of a model, one of them replaced; None leaves it out."""
    columns = list(model.features)
    columns[place:place + 1] = [] if name is None else [name]
    return columns


@pytest.mark.parametrize("place, name, message, field", [
    (2, "X2", '"X2".*"x2"', "header.columns[2]"),
    (2, "turnover", '"turnover"', "header.columns[2]"),
    (2, "x1", '"x1".*twice', "header.columns[2]"),
    (2, None, 'requires.*"x2"', "header.columns"),
    (2, "", '""', "header.columns[2]"),
    (2, "x2@1", '"x2@1"', "header.columns[2]"),
    (2, "y" * 9000, "9000 bytes.*nameBytesMax is 256", "header.columns[2]"),
])
def test_columns(scoring, models, place, name, message, field):
    model = models["first-small"]
    columns = features_with(model, place, name)
    rows = np.zeros((1, len(columns)), np.float32)
    assert_fails(
        INVALID, message,
        lambda: scoring.ScoreRows(request(model, rows, columns=columns), timeout=60), field=field,
    )
    # The same in a stream, told before any block is sent.
    assert_fails(
        INVALID, message,
        lambda: list(scoring.StreamScoreRows(stream(header(model, columns=columns), []),
                                             timeout=60)),
    )


@pytest.mark.parametrize("fields, message, field", [
    ({"row_count": 2, "float_values": [0.0] * 15}, "15 values.*16|16.*15", "block"),
    ({"row_count": 2, "float_values": [0.0] * 17}, "17 values.*16|16.*17", "block"),
    ({"row_count": 2, "double_values": [0.0] * 15}, "15 values.*16|16.*15", "block"),
    ({"row_count": 2}, "no values", "block.float_values"),
    ({"row_count": 0}, "(?i)row", "block.row_count"),
    ({"row_count": 0, "float_values": [0.0] * 8}, "(?i)row", "block.row_count"),
    ({"row_count": 1, "float_values": [0.0] * 8, "double_values": [0.0] * 8},
     "float_values.*double_values", "block.double_values"),
    ({"row_count": 1, "float_values": [0.0] * 8, "layout": 7}, "layout.*7",
     "block.layout"),
    ({"row_count": 2**32 - 1, "float_values": [0.0] * 8}, "blockRowsMax", "block.row_count"),
])
def test_values_that_do_not_fit_the_rows(scoring, models, fields, message, field):
    message_sent = pb.ScoreRowsRequest(
        header=header(models["first-small"]), block=pb.RowBlock(**fields))
    assert_fails(
        INVALID, message, lambda: scoring.ScoreRows(message_sent, timeout=60), field=field)


@pytest.mark.parametrize("fields, message, field", [
    ({"outputs": [99]}, "99", "header.outputs[0]"),
    ({"outputs": [1, 0]}, "(?i)output", "header.outputs[1]"),
    ({"reason_count": 9}, "9.*8|8.*9", "header.reason_count"),
    ({"as_of_date": "yesterday"}, "YYYY-MM-DD", "header.as_of_date"),
    ({"as_of_date": "2026-02-29"}, "2026-02-29", "header.as_of_date"),
])
def test_headers(scoring, models, fields, message, field):
    model = models["first-small"]
    assert_fails(
        INVALID, message,
        lambda: scoring.ScoreRows(request(model, model.rows(1), **fields), timeout=60),
        field=field,
    )


@pytest.mark.parametrize("sent, field", [
    (pb.ScoreRowsRequest(), "header"),
    (pb.ScoreRowsRequest(block=pb.RowBlock(row_count=1, float_values=[0.0] * 8)), "header"),
    (pb.ScoreRowsRequest(header=pb.ScoreHeader()), "block"),
])
def test_parts_that_are_not_there(scoring, sent, field):
    assert_fails(INVALID, f"no {field}", lambda: scoring.ScoreRows(sent, timeout=60), field=field)


@pytest.mark.parametrize("name", ["nobody", "first-small@9", "\u00e9" * 100])
def test_unknown_model(scoring, models, name):
    model = models["first-small"]
    error = assert_fails(
        grpc.StatusCode.NOT_FOUND, "model",
        lambda: scoring.ScoreRows(request(model, model.rows(1), model=name), timeout=60),
        reason="UNKNOWN_MODEL",
    )
    assert len(error.details()) < 1000


def test_a_message_over_the_limit(server, models):
    model = models["first-small"]
    # 17 million floats: 68 MB, over the server's 64 MiB.
    large = request(model, np.zeros((17 << 17, 8), np.float32))
    with server.channel() as channel:
        call = channel.unary_unary(
            SCORE_ROWS, pb.ScoreRowsRequest.SerializeToString, pb.ScoreRowsResponse.FromString)
        assert_fails(
            grpc.StatusCode.RESOURCE_EXHAUSTED, "71303.*67108864", lambda: call(large, timeout=60))
        # The connection is none the worse for it.
        assert call(request(model, model.rows(1)), timeout=60).block.row_count == 1


def send_bytes(channel: grpc.Channel, data: bytes) -> object:
    """Calls ScoreRows with any bytes as the message."""
    return channel.unary_unary(SCORE_ROWS)(data, timeout=60)


def test_truncated_protobuf(channel, models):
    model = models["first-small"]
    whole = request(model, model.rows(2), columns=model.features).SerializeToString()
    for length in range(1, len(whole)):
        try:
            send_bytes(channel, whole[:length])
        except grpc.RpcError as error:
            assert error.code() == INVALID, (length, error.details())
            assert error.details()
        else:
            # Cut between two fields, what is left is a smaller message, but never a full table.
            pytest.fail(f"{length} of {len(whole)} bytes were taken for a whole request")


def test_random_bytes(channel):
    random = np.random.default_rng(11)
    for _ in range(300):
        data = random.bytes(int(random.integers(1, 400)))
        assert_fails(INVALID, "", lambda: send_bytes(channel, data))


def test_damaged_requests_never_break_the_server(channel, models, server):
    model = models["first-small"]
    random = np.random.default_rng(12)
    whole = request(model, model.rows(4), columns=model.features).SerializeToString()
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(int(random.integers(1, 4))):
            data[random.integers(len(data))] = random.integers(256)
        try:
            send_bytes(channel, bytes(data))
        except grpc.RpcError as error:
            assert error.code() in (INVALID, grpc.StatusCode.NOT_FOUND), error
    assert server.process.poll() is None


@pytest.mark.parametrize("tag", [b"\x0b", b"\x1a"])
def test_deeply_nested_protobuf(channel, tag):
    # As groups (tag 1, never closed) and as unknown messages within messages.
    if tag == b"\x0b":
        data = tag * 100_000
    else:
        data = b""
        for _ in range(2000):
            length, size = len(data), b""
            while True:
                length, low = length >> 7, length & 0x7F
                size += bytes([low | (0x80 if length else 0)])
                if not length:
                    break
            data = tag + size + data
    assert_fails(INVALID, "", lambda: send_bytes(channel, data))


def test_deeply_nested_protobuf_of_the_other_codec(channel):
    call = channel.unary_unary("/vigie.v1.ModelService/ListModels")
    # As long as a request of the control plane may be.
    assert_fails(INVALID, "(?i)proto|message", lambda: call(b"\x0b" * 16_384, timeout=60))
    assert_fails(grpc.StatusCode.RESOURCE_EXHAUSTED, "controlMessageBytesMax",
                 lambda: call(b"\x0b" * 16_385, timeout=60))


def test_truncated_protobuf_of_the_other_codec(channel):
    call = channel.unary_unary("/vigie.v1.ModelService/DescribeModel")
    whole = model_pb.DescribeModelRequest(name="first-small").SerializeToString()
    assert_fails(INVALID, "(?i)proto|message", lambda: call(whole[:-1], timeout=60))


@pytest.mark.parametrize("path", [
    "/vigie.v1.ScoringService/Guess", "/vigie.v2.ScoringService/ScoreRows", "/nothing", "/",
])
def test_unknown_method(channel, path):
    assert_fails(
        grpc.StatusCode.UNIMPLEMENTED, "method",
        lambda: channel.unary_unary(path)(b"", timeout=60))


def test_a_request_in_parts_is_no_unary_request(channel, models):
    model = models["first-small"]
    call = channel.stream_unary(
        SCORE_ROWS, pb.ScoreRowsRequest.SerializeToString, pb.ScoreRowsResponse.FromString)
    twice = [request(model, model.rows(1))] * 2
    with pytest.raises(grpc.RpcError) as caught:
        call(iter(twice), timeout=60)
    assert caught.value.code() in (grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.INTERNAL, INVALID)
    assert caught.value.details()


def test_a_stream_gone_in_the_middle(server, models):
    model = models["second-large"]
    for _ in range(5):
        channel = server.channel()
        call = channel.stream_stream(
            "/vigie.v1.ScoringService/StreamScoreRows",
            pb.StreamScoreRowsRequest.SerializeToString, pb.StreamScoreRowsResponse.FromString)
        slow = [block(model.rows(500))] * 20
        answers = call(stream(header(model, reason_count=3), slow), timeout=60)
        next(answers)
        channel.close()
    assert server.is_serving()
