# SPDX-License-Identifier: Apache-2.0
"""Wrong certificates, wrong protocols, wrong framing: below what a gRPC library lets through."""

import gzip
import socket
import ssl

import grpc
import pytest

from support.errors import assert_fails
from support.raw_http2 import Connection, framed
from support.tables import request
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc

SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"
STREAM = "/vigie.v1.ScoringService/StreamScoreRows"


@pytest.fixture
def message(models) -> bytes:
    """A request that can be scored, as bytes."""
    model = models["first-small"]
    return request(model, model.rows(2)).SerializeToString()


def test_a_client_that_trusts_another_ca_does_not_connect(server, models):
    model = models["first-small"]
    with server.channel(ca=server.certificates.other_ca) as channel:
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        assert_fails(
            grpc.StatusCode.UNAVAILABLE, "(?i)certificate|handshake",
            lambda: stub.ScoreRows(request(model, model.rows(1)), timeout=20))
    assert server.is_serving()


@pytest.mark.parametrize("sent", [
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", b"GET / HTTP/1.1\r\n\r\n", b"\0" * 400,
])
def test_plain_text_is_turned_away(server, sent):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as plain:
        plain.sendall(sent)
        received = b""
        try:
            while data := plain.recv(4096):
                received += data
        except ConnectionResetError:
            pass
    # Told in the words of the protocol that it may have meant, and turned away.
    assert received.startswith(b"HTTP/1.1 400 ") and b"TLS" in received
    assert server.is_serving()


def test_a_plain_text_channel_is_told_unavailable(server, models):
    model = models["first-small"]
    with grpc.insecure_channel(server.address) as channel:
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        assert_fails(
            grpc.StatusCode.UNAVAILABLE, "",
            lambda: stub.ScoreRows(request(model, model.rows(1)), timeout=20))


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_1_2_and_1_3(server, version):
    context = ssl.create_default_context(cafile=str(server.certificates.ca))
    context.minimum_version = context.maximum_version = version
    context.set_alpn_protocols(["h2"])
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as secure:
            assert secure.selected_alpn_protocol() == "h2"


def test_tls_1_1_is_refused(server):
    context = ssl.create_default_context(cafile=str(server.certificates.ca))
    # Security level 0, or this side would refuse by itself.
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as plain:
        with pytest.raises(ssl.SSLError):
            context.wrap_socket(plain, server_hostname="localhost")


@pytest.mark.parametrize("protocols", [["http/1.1"], ["h3"]])
def test_no_common_protocol_is_refused(server, protocols):
    context = ssl.create_default_context(cafile=str(server.certificates.ca))
    context.set_alpn_protocols(protocols)
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as plain:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            secure = context.wrap_socket(plain, server_hostname="localhost")
            # In TLS 1.3 the refusal can come after this side's handshake is done.
            if not secure.recv(1):
                raise ConnectionError


def test_a_raw_call_works(server, message):
    with Connection(server) as connection:
        answer = connection.call(SCORE_ROWS, framed(message))
    assert answer.headers[":status"] == "200"
    assert answer.headers["content-type"].startswith("application/grpc")
    assert answer.status == 0 and "grpc-status" in answer.trailers
    assert pb.ScoreRowsResponse.FromString(answer.data[5:]).block.row_count == 2


@pytest.mark.parametrize("content_type", ["application/grpc+proto", "application/grpc;x=y"])
def test_other_names_of_the_same_content_type(server, message, content_type):
    with Connection(server) as connection:
        assert connection.call(SCORE_ROWS, framed(message), content_type=content_type).status == 0


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "application/grpcx",
                                          "application/grpc-web+proto", None])
def test_wrong_content_type(server, message, content_type):
    with Connection(server) as connection:
        answer = connection.call(SCORE_ROWS, framed(message), content_type=content_type)
        assert answer.headers[":status"] == "415"
        assert connection.call(SCORE_ROWS, framed(message)).status == 0


def test_wrong_http_method(server, message):
    with Connection(server) as connection:
        answer = connection.call(SCORE_ROWS, framed(message), **{":method": "PUT"})
        assert answer.headers[":status"] == "405" or answer.status not in (None, 0)
        assert connection.call(SCORE_ROWS, framed(message)).status == 0


@pytest.mark.parametrize("path", [SCORE_ROWS, STREAM])
@pytest.mark.parametrize("timeout", ["0n", "0S", "1n"])
def test_a_deadline_that_has_passed(server, message, path, timeout):
    with Connection(server) as connection:
        answer = connection.call(path, framed(message), grpc_timeout=timeout)
    assert answer.status == grpc.StatusCode.DEADLINE_EXCEEDED.value[0]
    assert "deadline" in answer.message.lower()


@pytest.mark.parametrize("timeout", ["", "1", "S", "1x", "-1S", "123456789S", "1.5S"])
def test_a_deadline_that_is_none(server, message, timeout):
    with Connection(server) as connection:
        answer = connection.call(SCORE_ROWS, framed(message), grpc_timeout=timeout)
    assert answer.status in (grpc.StatusCode.INVALID_ARGUMENT.value[0],
                             grpc.StatusCode.INTERNAL.value[0])
    assert "grpc-timeout" in answer.message


def test_trailers_only_error(server):
    with Connection(server) as connection:
        answer = connection.call("/vigie.v1.ScoringService/Guess", framed(b""))
    assert answer.status == grpc.StatusCode.UNIMPLEMENTED.value[0]
    assert answer.headers[":status"] == "200" and not answer.trailers and not answer.data


def test_messages_outside_of_ascii_are_percent_encoded(server, models):
    model = models["first-small"]
    bad = request(model, model.rows(1), model="50 % Société").SerializeToString()
    with Connection(server) as connection:
        answer = connection.call(SCORE_ROWS, framed(bad))
    assert answer.status == grpc.StatusCode.NOT_FOUND.value[0]
    assert "50 %25 Soci%C3%A9t%C3%A9" in answer.message


@pytest.mark.parametrize("body", [b"", b"\0", framed(b"abc", length=10), framed(b"") + b"\0\0"])
def test_a_message_that_stops_in_the_middle(server, body):
    with Connection(server) as connection:
        answer = connection.call(SCORE_ROWS, body)
    assert answer.status not in (None, 0) and answer.message


def test_a_length_over_the_limit_is_refused_before_the_message_comes(server):
    with Connection(server) as connection:
        stream = connection.send(SCORE_ROWS, framed(b"", length=2**32 - 1), end=False)
        answer = connection.receive(stream)
    assert answer.status == grpc.StatusCode.RESOURCE_EXHAUSTED.value[0]
    assert "4294967295" in answer.message and "67108864" in answer.message


def test_unknown_flags_of_a_message(server, message):
    with Connection(server) as connection:
        answer = connection.call(SCORE_ROWS, framed(message, flags=2))
    assert answer.status == grpc.StatusCode.INTERNAL.value[0]


@pytest.mark.parametrize("encoding", [None, "identity", "br"])
def test_other_compression_is_refused_with_what_would_be_accepted(server, message, encoding):
    named = {"grpc_encoding": encoding} if encoding else {}
    with Connection(server) as connection:
        answer = connection.call(SCORE_ROWS, framed(gzip.compress(message), flags=1), **named)
    assert answer.status == grpc.StatusCode.UNIMPLEMENTED.value[0]
    assert "compressed" in answer.message
    assert {**answer.headers, **answer.trailers}["grpc-accept-encoding"] == "identity,deflate,gzip"


def test_gzip_that_is_damaged_or_too_long_unpacked(server, message):
    packed = gzip.compress(message)
    bomb = gzip.compress(bytes(65 << 20))
    cases = [
        (packed[:-9], grpc.StatusCode.INVALID_ARGUMENT, "gzip"),
        (packed + b"x", grpc.StatusCode.INVALID_ARGUMENT, "gzip"),
        (b"no gzip", grpc.StatusCode.INVALID_ARGUMENT, "gzip"),
        (b"", grpc.StatusCode.INVALID_ARGUMENT, "gzip"),
        (bomb, grpc.StatusCode.RESOURCE_EXHAUSTED, "messageBytesMax"),
    ]
    with Connection(server) as connection:
        for body, code, words in cases:
            answer = connection.call(SCORE_ROWS, framed(body, flags=1), grpc_encoding="gzip")
            assert answer.status == code.value[0]
            assert words in answer.message
        answer = connection.call(SCORE_ROWS, framed(packed, flags=1), grpc_encoding="gzip")
        assert answer.status == 0


def test_large_metadata_within_the_limit(server, models):
    model = models["first-small"]
    with server.channel() as channel:
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        metadata = [("x-note", "n" * 6000), ("x-bin-bin", bytes(range(256)) * 10)]
        answer = stub.ScoreRows(request(model, model.rows(1)), timeout=60, metadata=metadata)
    assert answer.block.row_count == 1


@pytest.mark.parametrize("metadata", [
    [("x-note", "n" * 40_000)], [(f"x-{index}", "v") for index in range(500)],
])
def test_metadata_over_the_limit(server, models, metadata):
    model = models["first-small"]
    with server.channel() as channel:
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        assert_fails(
            grpc.StatusCode.RESOURCE_EXHAUSTED, "(?i)header|metadata",
            lambda: stub.ScoreRows(request(model, model.rows(1)), timeout=60, metadata=metadata))
        assert stub.ScoreRows(request(model, model.rows(1)), timeout=60).block.row_count == 1


def test_garbage_after_the_handshake(server):
    secure = server.tls_socket()
    secure.sendall(b"\xff" * 10_000)
    try:
        while secure.recv(4096):
            pass
    except (ConnectionError, ssl.SSLError):
        pass
    secure.close()
    assert server.is_serving()
