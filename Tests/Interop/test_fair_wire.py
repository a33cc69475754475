# SPDX-License-Identifier: Apache-2.0
"""What one client does wrong is told to it, and costs no other call."""

import gzip
import threading
import time

import grpc
import numpy as np
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from hyperframe.frame import DataFrame, Frame, GoAwayFrame, PingFrame

from support.assessments import (  # noqa: F401
    Stub, api, facts, header as assess_header, reading_server, stub,
)
from support.http2_frames import (
    END_HEADERS, END_STREAM, FRAME_BYTES, HEADERS, Peer, block as fields_of, data, frame,
)
from support.raw_http2 import Connection, framed
from support.server import Server
from support.tables import block, header, request, stream as rows_of
from vigie.v1 import scoring_service_pb2_grpc

pytestmark = pytest.mark.alone

SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"
STREAM = "/vigie.v1.ScoringService/StreamScoreRows"
ENHANCE_YOUR_CALM = 11


def frames(connection: Connection, is_last) -> list:
    """Frames as they come, up to one for which `is_last` holds or the end of the connection."""
    found, data = [], b""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        while len(data) >= 9:
            frame, length = Frame.parse_frame_header(memoryview(data[:9]))
            if len(data) < 9 + length:
                break
            frame.parse_body(memoryview(data[9:9 + length]))
            data = data[9 + length:]
            found.append(frame)
            if is_last(frame):
                return found
        try:
            more = connection.socket.recv(65_536)
        except ConnectionError:
            more = b""
        if not more:
            return found
        data += more
    raise TimeoutError


def large_headers(count: int, byte_count: int) -> dict[str, str]:
    return {f"x-{number}": "a" * byte_count for number in range(count)}


def goaway(found: list) -> tuple[int, bytes]:
    return next((each.error_code, bytes(each.additional_data)) for each in found
                if isinstance(each, GoAwayFrame))


def test_too_many_headers_refuse_their_call_alone(server, models):
    model = models["first-small"]
    with Connection(server) as connection:
        # Open while the other comes, and answered after it.
        first = connection.send(STREAM, b"", end=False)
        second = connection.send(SCORE_ROWS, b"", replace=large_headers(5, 14_000))
        refused = connection.receive(second)
        assert refused.status == 8 and "headerListBytesMax" in refused.message
        body = b"".join(framed(each.SerializeToString()) for each in rows_of(
            header(model), [block(model.rows(3))]))
        connection.session.send_data(first, body, end_stream=True)
        connection.flush()
        assert connection.receive(first).status == 0


def test_a_flood_of_headers_is_told_why_and_calls_under_way_finish(server, models):
    model = models["first-small"]
    with Connection(server) as connection:
        # In some seventy frames of 16 KiB.
        connection.session.receive_data(connection.socket.recv(65_536))
        first = connection.send(STREAM, b"", end=False)
        connection.send(SCORE_ROWS, b"", replace=large_headers(40, 30_000))
        assert goaway(frames(connection, lambda each: isinstance(each, GoAwayFrame))) == (
            ENHANCE_YOUR_CALM, b"headers are over headerFloodBytesMax")
        body = b"".join(framed(each.SerializeToString()) for each in rows_of(
            header(model), [block(model.rows(3))]))
        frame = DataFrame(first, data=body, flags=["END_STREAM"])
        connection.socket.sendall(frame.serialize())
        rest = frames(connection, lambda _: False)
        assert any(each.stream_id == first and "END_STREAM" in each.flags for each in rest)


def test_a_flood_of_continuations_is_told_why(server):
    with Connection(server) as connection:
        # In frames of 16 KiB, before the server has said that they may be longer.
        connection.send(SCORE_ROWS, b"", replace=large_headers(40, 30_000))
        code, reason = goaway(frames(connection, lambda _: False))
        assert code == ENHANCE_YOUR_CALM and reason
    assert server.is_serving()


def ping(connection: Connection, count: int) -> None:
    for _ in range(count):
        connection.session.ping(b"12345678")
    connection.flush()


def test_pings_now_and_then_are_no_flood(server):
    with Connection(server) as connection:
        for _ in range(5):
            ping(connection, 1)
            time.sleep(1.1)
        ping(connection, 90)
        acknowledged = 0

        def is_last(frame) -> bool:
            nonlocal acknowledged
            acknowledged += isinstance(frame, PingFrame)
            return acknowledged == 95

        found = frames(connection, is_last)
        assert acknowledged == 95
        assert not any(isinstance(each, GoAwayFrame) for each in found)


def test_a_flood_of_pings_is_told_why(server):
    with Connection(server) as connection:
        ping(connection, 150)
        found = frames(connection, lambda _: False)
        assert goaway(found) == (ENHANCE_YOUR_CALM, b"too_many_pings")
    assert server.is_serving()


def test_empty_frames_are_told_why(server):
    with Connection(server) as connection:
        first = connection.send(STREAM, b"", end=False)
        for _ in range(150):
            connection.session.send_data(first, b"")
        connection.flush()
        found = frames(connection, lambda _: False)
        assert goaway(found) == (
            ENHANCE_YOUR_CALM, b"too many frames that carry nothing (emptyFramesMax)")


def test_a_quiet_watch_with_keepalive_is_not_cut(certificates):
    with Server(certificates) as server, server.channel(
            keepalive_time_ms=1_100, keepalive_permit_without_calls=1,
            **{"http2.max_pings_without_data": 0,
               "http2.min_ping_interval_without_data_ms": 1_000}) as channel:
        watch = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest())
        next(watch)
        time.sleep(6)
        assert watch.is_active()
        watch.cancel()


def test_small_calls_of_others_do_not_wait_for_what_one_has_queued(certificates, models_directory,
                                                                   models):
    """One client queues as many large blocks as it may; another's calls come in between."""
    model = models["first-small"]
    large = block(model.rows(50_000))
    small = request(model, model.rows(4_096))
    with Server(certificates, "--models", str(models_directory), "--threads", "1") as server:

        def score(channel) -> float:
            stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
            began = time.monotonic()
            stub.ScoreRows(small, timeout=60)
            return time.monotonic() - began

        with server.channel() as greedy, server.channel() as modest:
            idle = np.median([score(modest) for _ in range(5)])
            ending = threading.Event()

            def blocks():
                while not ending.is_set():
                    yield large

            def run() -> None:
                stub = scoring_service_pb2_grpc.ScoringServiceStub(greedy)
                for _ in stub.StreamScoreRows(rows_of(header(model, reason_count=5), blocks())):
                    pass

            threads = [threading.Thread(target=run) for _ in range(12)]
            for thread in threads:
                thread.start()
            time.sleep(2)
            busy = np.median([score(modest) for _ in range(7)])
            ending.set()
            for thread in threads:
                thread.join()
    # Without turns it waits for a dozen blocks, each some hundred times as long as its own. The
    # clients and the server share the machine's processors, which is what the factor is for.
    print(f"idle {idle * 1e3:.1f} ms, busy {busy * 1e3:.1f} ms")
    assert busy < 15 * idle + 0.5


def test_single_companies_do_not_wait_for_batches_of_others(reading_server, facts):
    """One client queues as many batches as it may; another asks for one company."""
    one = api.AssessRequest(header=assess_header(facts), company=facts.companies[0])
    batch = api.BatchAssessRequest(batch=api.CompanyBatch(companies=list(facts.companies) * 60))

    def assess(channel) -> float:
        began = time.monotonic()
        Stub(channel).Assess(one, timeout=60)
        return time.monotonic() - began

    with reading_server.channel() as greedy, reading_server.channel() as modest:
        idle = np.median([assess(modest) for _ in range(5)])
        ending = threading.Event()

        def requests():
            yield api.BatchAssessRequest(header=assess_header(facts))
            while not ending.is_set():
                yield batch

        def run() -> None:
            call = Stub(greedy).BatchAssess(requests())
            for _ in call:
                if ending.is_set():
                    call.cancel()
                    break

        threads = [threading.Thread(target=run) for _ in range(24)]
        for thread in threads:
            thread.start()
        time.sleep(2)
        busy = np.median([assess(modest) for _ in range(7)])
        ending.set()
        for thread in threads:
            thread.join()
    # It waits for a chunk on one of the threads; without turns, for two dozen batches.
    print(f"idle {idle * 1e3:.1f} ms, busy {busy * 1e3:.1f} ms")
    assert busy < 10 * idle + 0.2


@pytest.mark.parametrize("count", [300])
def test_health_watches_are_always_granted(server, count):
    channels = [server.channel() for _ in range(2)]
    watches = [health_pb2_grpc.HealthStub(channels[number % 2]).Watch(
        health_pb2.HealthCheckRequest()) for number in range(count)]
    for watch in watches:
        assert next(watch).status == health_pb2.HealthCheckResponse.SERVING
    for watch in watches:
        watch.cancel()
    for channel in channels:
        channel.close()
    with pytest.raises(grpc.RpcError):
        next(watches[0])


def test_what_cannot_be_unpacked_in_time_is_refused_at_once(server):
    # Each takes some ten milliseconds of one of few threads.
    packed = framed(gzip.compress(bytes(8 << 20)), flags=1)

    def call(stream: int, timeout: str) -> bytes:
        fields = (("content-type", "application/grpc"), ("te", "trailers"),
                  ("grpc-encoding", "gzip"), ("grpc-timeout", timeout))
        return frame(HEADERS, END_HEADERS, stream, fields_of(
            *fields, path=SCORE_ROWS, method="POST")) + data(stream, packed)

    assert len(packed) <= FRAME_BYTES
    told: dict[int, dict[str, str]] = {}
    with Peer(server) as peer:

        def read(count: int) -> None:
            while len(told) < count:
                answer = peer.read(lambda each: each.kind == HEADERS)
                told.setdefault(answer.stream, {}).update(peer.fields(answer))

        peer.send(b"".join(call(stream, "60S") for stream in range(1, 61, 2)))
        read(2)
        peer.send(b"".join(call(stream, "30m") for stream in range(61, 101, 2)))
        read(50)
    late = [each for stream, each in told.items()
            if stream > 60 and "wait to be unpacked" in each.get("grpc-message", "")]
    assert late and all(each["grpc-status"] == "4" for each in late), told
    # Who has time waits.
    assert all(told[stream]["grpc-status"] == "3" for stream in range(1, 61, 2)), told
