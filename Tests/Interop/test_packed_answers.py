# SPDX-License-Identifier: Apache-2.0
"""Answers that are compressed: for calls that come compressed, or, where the server is told so, for
all clients that take it; seen on the wire, since a library unpacks them unseen."""

import gzip
import struct
from typing import Iterator

import grpc
import pytest

from support.certificates import Certificates
from support.raw_http2 import Answer, Connection, framed
from support.server import Server
from support.tables import assert_scores, block, header, request, stream
from vigie.v1 import model_service_pb2 as models_pb
from vigie.v1 import model_service_pb2_grpc, scoring_service_pb2_grpc
from vigie.v1 import scoring_service_pb2 as pb

PATH = "/vigie.v1.ScoringService/ScoreRows"
TAKES = "identity, deflate, gzip"


@pytest.fixture(scope="module")
def packing_server(certificates: Certificates, models_directory) -> Iterator[Server]:
    """A server that compresses for all."""
    arguments = ["--compress-answers", "--models", str(models_directory)]
    with Server(certificates, *arguments) as running:
        yield running


def messages(answer: Answer) -> list[tuple[int, bytes]]:
    """The messages of an answer, unpacked, with their flags."""
    found, rest = [], answer.data
    while rest:
        flags, length = struct.unpack(">BI", rest[:5])
        body, rest = rest[5:5 + length], rest[5 + length:]
        found.append((flags, gzip.decompress(body) if flags else body))
    return found


def packed(message: bytes) -> bytes:
    """A message compressed, with its prefix."""
    return framed(gzip.compress(message), flags=1)


def small(models, rows: int = 200) -> bytes:
    """A request of some rows."""
    model = models["first-small"]
    return request(model, model.rows(rows)).SerializeToString()


def test_a_call_that_comes_packed_is_answered_packed(server, models):
    message = small(models)
    with Connection(server) as connection:
        plain = connection.call(PATH, framed(message), grpc_accept_encoding=TAKES)
        answer = connection.call(
            PATH, packed(message), grpc_encoding="gzip", grpc_accept_encoding=TAKES)
    assert "grpc-encoding" not in plain.headers and plain.status == 0
    assert answer.headers["grpc-encoding"] == "gzip" and answer.status == 0
    [(flags, body)] = messages(answer)
    assert (flags, body) == (1, messages(plain)[0][1])
    assert len(answer.data) < len(plain.data)


@pytest.mark.parametrize("takes", ["identity", "deflate", "xgzip", "gzipx", None])
def test_who_does_not_take_gzip_gets_none(server, models, takes):
    with Connection(server) as connection:
        answer = connection.call(
            PATH, packed(small(models)), grpc_encoding="gzip", grpc_accept_encoding=takes)
    assert "grpc-encoding" not in answer.headers and answer.status == 0
    assert messages(answer)[0][0] == 0


@pytest.mark.parametrize("takes", ["gzip", "gzip,identity", "identity,gzip,deflate"])
def test_a_small_answer_goes_as_it_is(server, models, takes):
    # Below packedAnswerBytesMin.
    with Connection(server) as connection:
        answer = connection.call(
            PATH, packed(small(models, 2)), grpc_encoding="gzip", grpc_accept_encoding=takes)
    assert answer.headers["grpc-encoding"] == "gzip" and answer.status == 0
    assert messages(answer)[0][0] == 0


def test_a_server_that_is_told_so_compresses_for_all(packing_server, models):
    with Connection(packing_server) as connection:
        answer = connection.call(PATH, framed(small(models)), grpc_accept_encoding=TAKES)
        none = connection.call(PATH, framed(small(models)))
    assert messages(answer)[0][0] == 1 and messages(none)[0][0] == 0
    assert messages(answer)[0][1] == messages(none)[0][1]


@pytest.mark.parametrize("which", ["server", "packing_server"])
def test_streams_and_large_answers(which, models, server, packing_server):
    server = {"server": server, "packing_server": packing_server}[which]
    model = models["first-small"]
    tables = [model.rows(count, seed=count) for count in [100_000, 1, 5_000, 300, 2] * 3]
    with server.channel() as channel:
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        answers = stub.StreamScoreRows(
            stream(header(model), map(block, tables)), compression=grpc.Compression.Gzip,
            timeout=120)
        next(answers)
        for rows in tables:
            assert_scores(next(answers).block, model, rows)
        assert list(answers) == []


def test_a_failure_behind_packed_answers_is_told(packing_server, models):
    model = models["first-small"]
    tables = [block(model.rows(50_000)), block(model.rows(50_000)), pb.RowBlock(row_count=3)]
    with packing_server.channel() as channel:
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        answers = stub.StreamScoreRows(stream(header(model), tables), timeout=120)
        received = []
        with pytest.raises(grpc.RpcError) as caught:
            for each in answers:
                received.append(each)
    assert caught.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert len(received) == 3 and received[2].block.row_count == 50_000


def test_calls_that_are_cancelled_while_they_are_packed_leave_nothing(packing_server, models):
    model = models["first-small"]
    rows = block(model.rows(200_000))
    with packing_server.channel() as channel:
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        for wait in [0.02, 0.1, 0.2, 0.3, 0.5]:
            call = stub.StreamScoreRows(stream(header(model), [rows] * 4), timeout=wait)
            with pytest.raises(grpc.RpcError):
                list(call)
        service = model_service_pb2_grpc.ModelServiceStub(channel)
        answer = service.DescribeModel(
            models_pb.DescribeModelRequest(name=model.name), timeout=60)
        assert answer.HasField("model")
