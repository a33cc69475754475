# SPDX-License-Identifier: Apache-2.0
"""What the server keeps in memory: for idle connections, over many calls, for slow readers."""

import contextlib
import time

import pytest

from support.raw_http2 import Connection, framed
from support.server import Server
from support.tables import block, header, request
from vigie.v1 import scoring_service_pb2 as pb

pytestmark = pytest.mark.alone

SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"
STREAM = "/vigie.v1.ScoringService/StreamScoreRows"
IDLE_CONNECTIONS = 400
IDLE_BYTES_MAXIMUM = 64 << 10
CALLS = 8000
CALLS_AT_ONCE = 50
LARGE_ROWS = 100_000
LARGE_CALLS = 4
CLIENTS = 8
CALM_SECONDS = 20
# An allocator's noise; a leak of 1 KiB a call would be 8 MiB.
GROWTH_BYTES_MAXIMUM = 4 << 20
UNREAD_BYTES_MAXIMUM = 64 << 20
KEPT_BYTES_MAXIMUM = 32 << 20


def test_an_idle_connection_is_small(certificates):
    with Server(certificates) as server:
        # The first ones pay for what all share.
        warm = [Connection(server) for _ in range(20)]
        before = server.settled_bytes()
        idle = [Connection(server) for _ in range(IDLE_CONNECTIONS)]
        for connection in idle:
            # The server's SETTINGS: the connection is really up.
            connection.session.receive_data(connection.socket.recv(65_536))
            connection.flush()
        each = (server.settled_bytes() - before) / IDLE_CONNECTIONS
        for connection in warm + idle:
            connection.socket.close()
    print(f"idle connection: {each / 1024:.1f} KiB")
    assert 0 < each < IDLE_BYTES_MAXIMUM


def test_memory_stays_flat_over_many_calls(certificates, models_directory, models):
    model = models["first-small"]
    message = request(model, model.rows(2), reason_count=1).SerializeToString()
    with Server(certificates, "--models", str(models_directory)) as server:
        with server.channel() as channel:
            call = channel.unary_unary(SCORE_ROWS)

            def calls(count: int) -> None:
                for _ in range(count // CALLS_AT_ONCE):
                    answers = [call.future(message, timeout=60) for _ in range(CALLS_AT_ONCE)]
                    assert all(answer.result() for answer in answers)

            calls(CALLS // 4)
            before = server.settled_bytes()
            calls(CALLS)
            growth = server.settled_bytes() - before
    print(f"growth over {CALLS} calls: {growth / 1024:.0f} KiB")
    assert growth < GROWTH_BYTES_MAXIMUM


def test_connections_that_come_and_go_leave_nothing(certificates, models_directory, models):
    model = models["first-small"]
    message = framed(request(model, model.rows(8)).SerializeToString())
    with Server(certificates, "--models", str(models_directory)) as server:
        def visits(count: int) -> None:
            for _ in range(count):
                with Connection(server) as connection:
                    # Left in the middle of a call, every time.
                    connection.send(SCORE_ROWS, message[:-1], end=False)
                    assert connection.call(SCORE_ROWS, message).status == 0

        visits(100)
        before = server.settled_bytes()
        visits(200)
        growth = server.settled_bytes() - before
    print(f"growth over 200 connections: {growth / 1024:.0f} KiB")
    assert growth < GROWTH_BYTES_MAXIMUM


def test_memory_of_large_tables_comes_back(certificates, models_directory, models):
    """All threads have had their part in them, each with memory of its own."""
    model = models["first-small"]
    message = request(model, model.rows(LARGE_ROWS)).SerializeToString()
    with Server(certificates, "--models", str(models_directory)) as server, \
            contextlib.ExitStack() as stack:
        channels = [stack.enter_context(server.channel()) for _ in range(CLIENTS)]
        before = server.settled_bytes()
        answers = [channel.unary_unary(SCORE_ROWS).future(message, timeout=300)
                   for _ in range(LARGE_CALLS) for channel in channels]
        assert all(answer.result() for answer in answers)
        peak, ends = server.resident_bytes() - before, time.monotonic() + CALM_SECONDS
        while (kept := server.resident_bytes() - before) > KEPT_BYTES_MAXIMUM:
            assert time.monotonic() < ends, f"{kept >> 20} MiB are kept"
            time.sleep(0.2)
    print(f"{peak >> 20} MiB at the end of the last call, {kept >> 20} MiB later")


def test_a_client_that_does_not_read_slows_itself(certificates, models_directory, models):
    """A stream whose answers nobody takes: soon its requests must not be taken either."""
    model = models["first-small"]
    first = pb.StreamScoreRowsRequest(header=header(model, reason_count=8))
    one = pb.StreamScoreRowsRequest(block=block(model.rows(5_000)))
    message = framed(one.SerializeToString())
    with Server(certificates, "--models", str(models_directory)) as server:
        before = server.settled_bytes()
        with Connection(server) as connection:
            # The server's SETTINGS come first: they open its window.
            connection.session.receive_data(connection.socket.recv(65_536))
            sent_bytes = send_until_stopped(connection, framed(first.SerializeToString()), message)
            growth = server.settled_bytes() - before
    print(f"taken {sent_bytes >> 20} MiB without being read, memory grew {growth >> 20} MiB")
    assert sent_bytes < UNREAD_BYTES_MAXIMUM
    assert growth < 2 * UNREAD_BYTES_MAXIMUM


def send_until_stopped(connection: Connection, first: bytes, message: bytes) -> int:
    """Sends messages on a stream, reading window updates only, until no window is left."""
    session = connection.session
    stream = connection.send(STREAM, first, end=False)
    sent_bytes, pending, quiet_since = 0, b"", time.monotonic()
    connection.socket.settimeout(0.05)
    while sent_bytes < UNREAD_BYTES_MAXIMUM and time.monotonic() - quiet_since < 3:
        pending = pending or message
        room = min(session.local_flow_control_window(stream), session.max_outbound_frame_size)
        if room > 0:
            session.send_data(stream, pending[:room])
            sent_bytes += len(pending[:room])
            pending = pending[room:]
            connection.flush()
            quiet_since = time.monotonic()
        else:
            try:
                # Answers are received but never acknowledged, so their window runs out.
                session.receive_data(connection.socket.recv(65_536))
            except TimeoutError:
                pass
    return sent_bytes
