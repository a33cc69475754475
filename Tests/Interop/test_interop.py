# SPDX-License-Identifier: Apache-2.0
"""gRPC's interoperability tests, gRPC's own library for Python as the client: the cases of its
document by their names there. official_interop.py runs gRPC's own program for them."""

import queue
from typing import Iterator

import grpc
import pytest

import support.interop
import interop_pb2 as pb
import interop_pb2_grpc

SECONDS = 60
REQUEST_SIZES = (27_182, 8, 1_828, 45_904)
RESPONSE_SIZES = (31_415, 9, 2_653, 58_979)
INITIAL, TRAILING = "x-grpc-test-echo-initial", "x-grpc-test-echo-trailing-bin"
LARGE = pb.SimpleRequest(response_size=314_159, payload=pb.Payload(body=bytes(271_828)))


class Requests:
    """Requests of a stream, one after the other as they are put."""

    def __init__(self) -> None:
        self._queue: queue.Queue = queue.Queue()

    def put(self, request) -> None:
        self._queue.put(request)

    def end(self) -> None:
        self._queue.put(None)

    def __iter__(self) -> Iterator:
        return self

    def __next__(self):
        if (request := self._queue.get()) is None:
            raise StopIteration
        return request


@pytest.fixture(scope="module")
def channel(certificates):
    with support.interop.InteropServer(certificates) as server, server.channel() as opened:
        yield opened


@pytest.fixture
def stub(channel):
    return interop_pb2_grpc.TestServiceStub(channel)


def output(size: int, payload: int = 0, **more) -> pb.StreamingOutputCallRequest:
    return pb.StreamingOutputCallRequest(
        response_parameters=[pb.ResponseParameters(size=size)],
        payload=pb.Payload(body=bytes(payload)), **more)


def test_empty_unary(stub):
    assert stub.EmptyCall(pb.Empty(), timeout=SECONDS) == pb.Empty()


def test_large_unary(stub):
    assert stub.UnaryCall(LARGE, timeout=SECONDS).payload.body == bytes(314_159)


def test_client_streaming(stub):
    requests = (pb.StreamingInputCallRequest(payload=pb.Payload(body=bytes(size)))
                for size in REQUEST_SIZES)
    assert stub.StreamingInputCall(requests, timeout=SECONDS).aggregated_payload_size == 74_922


def test_server_streaming(stub):
    request = pb.StreamingOutputCallRequest(
        response_parameters=[pb.ResponseParameters(size=size) for size in RESPONSE_SIZES])
    answers = stub.StreamingOutputCall(request, timeout=SECONDS)
    assert [len(each.payload.body) for each in answers] == list(RESPONSE_SIZES)


def test_ping_pong(stub):
    requests = Requests()
    answers = stub.FullDuplexCall(requests, timeout=SECONDS)
    for size, payload in zip(RESPONSE_SIZES, REQUEST_SIZES):
        requests.put(output(size, payload))
        assert next(answers).payload.body == bytes(size)
    requests.end()
    assert list(answers) == []


def test_half_duplex(stub):
    requests = (output(size, payload) for size, payload in zip(RESPONSE_SIZES, REQUEST_SIZES))
    answers = stub.HalfDuplexCall(requests, timeout=SECONDS)
    assert [len(each.payload.body) for each in answers] == list(RESPONSE_SIZES)


def test_empty_stream(stub):
    assert list(stub.FullDuplexCall(iter(()), timeout=SECONDS)) == []


@pytest.mark.parametrize("is_unary", [True, False])
def test_custom_metadata(stub, is_unary):
    metadata = ((INITIAL, "test_initial_metadata_value"), (TRAILING, b"\xab\xab\xab"))
    if is_unary:
        answer, call = stub.UnaryCall.with_call(LARGE, metadata=metadata, timeout=SECONDS)
        assert len(answer.payload.body) == 314_159
    else:
        call = stub.FullDuplexCall(iter([output(314_159)]), metadata=metadata, timeout=SECONDS)
        assert len(list(call)) == 1
    assert (INITIAL, "test_initial_metadata_value") in call.initial_metadata()
    assert (TRAILING, b"\xab\xab\xab") in call.trailing_metadata()


@pytest.mark.parametrize("message", [
    "test status message", "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"])
def test_status_code_and_message(stub, message):
    status = pb.EchoStatus(code=2, message=message)
    with pytest.raises(grpc.RpcError) as unary:
        stub.UnaryCall(pb.SimpleRequest(response_status=status), timeout=SECONDS)
    with pytest.raises(grpc.RpcError) as duplex:
        list(stub.FullDuplexCall(iter([output(1, response_status=status)]), timeout=SECONDS))
    for error in (unary.value, duplex.value):
        assert (error.code(), error.details()) == (grpc.StatusCode.UNKNOWN, message)


@pytest.mark.parametrize("make", [
    interop_pb2_grpc.TestServiceStub, interop_pb2_grpc.UnimplementedServiceStub])
def test_unimplemented(channel, make):
    with pytest.raises(grpc.RpcError) as error:
        make(channel).UnimplementedCall(pb.Empty(), timeout=SECONDS)
    assert error.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_cancel_after_begin(stub):
    requests = Requests()
    call = stub.StreamingInputCall.future(requests, timeout=SECONDS)
    assert call.cancel() and call.cancelled() and call.code() == grpc.StatusCode.CANCELLED
    requests.end()


def test_cancel_after_first_response(stub):
    requests = Requests()
    call = stub.FullDuplexCall(requests, timeout=SECONDS)
    requests.put(output(31_415, 27_182))
    assert len(next(call).payload.body) == 31_415
    call.cancel()
    with pytest.raises(grpc.RpcError):
        next(call)
    assert call.code() == grpc.StatusCode.CANCELLED
    requests.end()


def test_timeout_on_sleeping_server(stub):
    requests = Requests()
    call = stub.FullDuplexCall(requests, timeout=0.001)
    requests.put(pb.StreamingOutputCallRequest(payload=pb.Payload(body=bytes(27_182))))
    with pytest.raises(grpc.RpcError):
        next(call)
    assert call.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    requests.end()


def test_client_compressed_unary(stub):
    request = pb.SimpleRequest(
        response_size=314_159, expect_compressed=pb.BoolValue(value=True),
        payload=pb.Payload(body=bytes(271_828)))
    with pytest.raises(grpc.RpcError) as error:
        stub.UnaryCall(request, timeout=SECONDS)
    assert error.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    for compression in (grpc.Compression.Gzip, grpc.Compression.Deflate):
        answer = stub.UnaryCall(request, compression=compression, timeout=SECONDS)
        assert answer.payload.body == bytes(314_159)
    request.expect_compressed.value = False
    assert stub.UnaryCall(request, timeout=SECONDS).payload.body == bytes(314_159)


@pytest.mark.parametrize("is_compressed", [True, False])
def test_server_compressed(stub, is_compressed):
    wanted = pb.BoolValue(value=is_compressed)
    request = pb.SimpleRequest(response_size=314_159, response_compressed=wanted)
    assert stub.UnaryCall(request, timeout=SECONDS).payload.body == bytes(314_159)
    request = pb.StreamingOutputCallRequest(response_parameters=[
        pb.ResponseParameters(size=31_415, compressed=wanted),
        pb.ResponseParameters(size=92_653, compressed=pb.BoolValue(value=not is_compressed))])
    answers = stub.StreamingOutputCall(request, timeout=SECONDS)
    assert [len(each.payload.body) for each in answers] == [31_415, 92_653]


def test_many_at_once(stub):
    calls = [stub.UnaryCall.future(LARGE, timeout=SECONDS) for _ in range(300)]
    assert {len(call.result().payload.body) for call in calls} == {314_159}
