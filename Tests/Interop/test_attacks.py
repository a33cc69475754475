# SPDX-License-Identifier: Apache-2.0
"""One client with little traffic against a server, while a good client is answered."""

import gzip
import time

import numpy as np
import pytest

from attacks import attacked
from support.attacking import ATTACKS
from support.attacks.content import in_pieces
from support.probes import Probes
from support.raw_http2 import Connection, framed
from support.server import Server
from support.tables import request
from vigie.v1 import model_service_pb2, model_service_pb2_grpc
from vigie.v1 import scoring_service_pb2 as pb

pytestmark = pytest.mark.alone

HEALTH = "/grpc.health.v1.Health/Check"
LIST_MODELS = "/vigie.v1.ModelService/ListModels"
SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"
STREAM = "/vigie.v1.ScoringService/StreamScoreRows"
IDLE_SECONDS = 2
ATTACK_SECONDS = 5
SLOWER_MILLISECONDS = 50
# What the limits answerBytesMax and assemblyBytesMax allow, and an allocator's noise.
ANSWER_BYTES = (512 + 64) << 20
RETURNED_BYTES = 32 << 20
GZIP = {"grpc-encoding": "gzip"}
CALLS = 103
# requestWindowSeconds, and a tick or two.
WINDOW_SECONDS = 40


@pytest.fixture
def small(models) -> bytes:
    """A request of a few rows."""
    model = models["first-small"]
    return request(model, model.rows(2)).SerializeToString()


@pytest.fixture
def victim(certificates, models_directory):
    """A server of its own, so that its memory is that of the test."""
    with Server(certificates, "--models", str(models_directory)) as running:
        yield running


def connect(server: Server) -> Connection:
    """A connection that knows the server's windows."""
    connection = Connection(server)
    connection.session.receive_data(connection.socket.recv(65_536))
    connection.flush()
    return connection


def idle_p99(server: Server, small: bytes) -> float:
    """The good client's figure while nothing else happens."""
    with Probes(server, small) as probes:
        time.sleep(IDLE_SECONDS)
    return probes.p99


def assert_undisturbed(name: str, idle: float, probes: Probes) -> None:
    """Asserts that the good client waited no longer than it may."""
    print(f"{name}: p99 {idle:.1f} ms idle, {probes.p99:.1f} ms under attack, "
          f"{len(probes.milliseconds)} calls")
    assert not probes.lost
    assert probes.p99 <= idle + SLOWER_MILLISECONDS


def drain(connection: Connection, seconds: float) -> dict[int, bool]:
    """Reads frames for a while and gives the streams that ended. Grants no window."""
    ended: dict[int, bool] = {}
    connection.socket.settimeout(0.1)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        try:
            data = connection.socket.recv(65_536)
        except TimeoutError:
            continue
        if not data:
            break
        for event in connection.session.receive_data(data):
            if type(event).__name__ in ("StreamEnded", "StreamReset"):
                ended[event.stream_id] = True
        connection.flush()
    return ended


def unscorable(server: Server) -> bytes:
    """A block of as many rows as there may be, in none of which a required value is there."""
    with server.channel() as channel:
        stub = model_service_pb2_grpc.ModelServiceStub(channel)
        described = stub.DescribeModel(model_service_pb2.DescribeModelRequest(), timeout=60)
    names = [column.name for column in described.model.inputs if column.required]
    names = names or [described.model.inputs[0].name]
    rows = 262_144
    message = pb.ScoreRowsRequest(
        header=pb.ScoreHeader(columns=names),
        block=pb.RowBlock(row_count=rows, float_values=[float("nan")] * (rows * len(names))))
    return gzip.compress(message.SerializeToString(), 9)


def test_answers_that_nobody_reads(certificates, models, small):
    # The models that vigied brings along: they have required values.
    with Server(certificates) as server:
        with server.channel() as channel:
            stub = model_service_pb2_grpc.ModelServiceStub(channel)
            inputs = stub.DescribeModel(
                model_service_pb2.DescribeModelRequest(), timeout=60).model.inputs
        good = pb.ScoreRowsRequest(
            header=pb.ScoreHeader(columns=[column.name for column in inputs]),
            block=pb.RowBlock(row_count=1, float_values=[1.0] * len(inputs)))
        message = framed(unscorable(server), flags=1)
        probe = good.SerializeToString()
        idle = idle_p99(server, probe)
        before = server.settled_bytes()
        peak = before
        with Probes(server, probe) as probes, connect(server) as attacker:
            for _ in range(CALLS):
                attacker.send(SCORE_ROWS, message, replace=GZIP)
            ends = time.monotonic() + ATTACK_SECONDS
            while time.monotonic() < ends:
                peak = max(peak, server.resident_bytes())
                time.sleep(0.05)
        after = before
        ends = time.monotonic() + 20
        while time.monotonic() < ends:
            after = server.resident_bytes()
            if after < before + RETURNED_BYTES:
                break
            time.sleep(0.5)
    print(f"{len(message)} bytes a call: {before >> 20} MiB before, {peak >> 20} at most, "
          f"{after >> 20} after")
    assert_undisturbed("unread answers", idle, probes)
    assert peak - before <= ANSWER_BYTES
    assert after - before <= RETURNED_BYTES


def test_messages_that_unpack_to_much(victim, small):
    unknown = gzip.compress(b"\x78\x00" * (32 << 20), 9)
    assert len(unknown) < 128 << 10
    bombs = [
        (HEALTH, framed(unknown, flags=1)), (LIST_MODELS, framed(unknown, flags=1)),
        # Within the limit of what is received, far over it unpacked.
        (HEALTH, framed(gzip.compress(bytes(1 << 20), 9), flags=1)),
        (LIST_MODELS, framed(gzip.compress(bytes(8 << 20), 9), flags=1)),
        # Legal, and no request.
        (SCORE_ROWS, framed(unknown, flags=1)),
    ]
    idle = idle_p99(victim, small)
    before = victim.settled_bytes()
    peak, statuses = before, set()
    with Probes(victim, small) as probes:
        ends = time.monotonic() + ATTACK_SECONDS
        while time.monotonic() < ends:
            for path, bomb in bombs:
                with connect(victim) as attacker:
                    status = attacker.call(path, bomb, grpc_encoding="gzip").status
                    # A stream may be reset as soon as it is refused.
                    statuses.add((path, status))
                peak = max(peak, victim.resident_bytes())
    print(f"memory grew {(peak - before) >> 20} MiB; {sorted(statuses, key=str)}")
    assert_undisturbed("bombs", idle, probes)
    assert {status for path, status in statuses if path != SCORE_ROWS} <= {8, None}
    assert (HEALTH, 8) in statuses and (LIST_MODELS, 8) in statuses
    assert peak - before <= 256 << 20


def test_messages_that_are_slow_to_decode(victim, models, small):
    """Tables in pieces, and headers of as many fields as there may be."""
    model = models["first-small"]
    table = np.tile(model.rows(8), (25_000, 1))
    block = framed(gzip.compress(in_pieces(request(model, table)), 1), flags=1)
    unknown = pb.ScoreRowsRequest(header=pb.ScoreHeader.FromString(b"\x78\x00" * 32_000),
                                  block=request(model, model.rows(2)).block).SerializeToString()
    idle = idle_p99(victim, small)
    statuses = set()
    with Probes(victim, small) as probes:
        ends = time.monotonic() + ATTACK_SECONDS
        while time.monotonic() < ends:
            with connect(victim) as attacker:
                statuses.add(("block", attacker.call(
                    SCORE_ROWS, block, grpc_encoding="gzip").status))
            with connect(victim) as attacker:
                for _ in range(20):
                    attacker.send(SCORE_ROWS, framed(unknown))
                drain(attacker, 0.2)
    print(f"{len(block)} bytes a block; {sorted(statuses, key=str)}")
    assert_undisturbed("slow to decode", idle, probes)
    assert ("block", 0) in statuses


@pytest.mark.parametrize("name", ["reflection-in-bulk", "readers-of-metrics-that-are-slow"])
def test_some_of_the_suite(name):
    """Those for whose sake alone there is a clock, a turn or a way of sending."""
    [result] = attacked([ATTACKS[name]], 3)
    assert not result.faults, result


def test_requests_that_do_not_end(victim, small):
    """Unary calls without END_STREAM, headers alone, and a byte now and then."""
    packed = framed(gzip.compress(bytes(60 << 20), 9), flags=1)
    idle = idle_p99(victim, small)
    before = victim.settled_bytes()
    with Probes(victim, small) as probes, connect(victim) as attacker:
        endless = [attacker.send(SCORE_ROWS, packed, replace=GZIP, end=False) for _ in range(10)]
        headers = [attacker.send(path, b"", end=False)
                   for path in (SCORE_ROWS, HEALTH) for _ in range(30)]
        drips = [attacker.send(path, framed(b"x", length=1_000_000), end=False)
                 for path in (SCORE_ROWS, STREAM)]
        ended = drain(attacker, 3)
        assert not ended
        growth = victim.resident_bytes() - before
        ends = time.monotonic() + WINDOW_SECONDS
        while len(ended) < len(endless + headers + drips) and time.monotonic() < ends:
            for stream in drips:
                if stream not in ended:
                    attacker.session.send_data(stream, b"x")
            attacker.flush()
            ended |= drain(attacker, 4)
    print(f"memory grew {growth >> 20} MiB")
    assert set(ended) == set(endless + headers + drips)
    assert_undisturbed("endless requests", idle, probes)
    assert growth <= 64 << 20
