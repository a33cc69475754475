# SPDX-License-Identifier: Apache-2.0
"""Answers that nobody reads: what the server keeps for them has a bound, and is given back."""

import gzip
import hashlib
import json
import shutil
import time
from pathlib import Path

import lightgbm
import numpy as np
import pytest

from support.raw_http2 import Connection, framed
from support.server import Server
from support.tables import ALL_OUTPUTS
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc

pytestmark = pytest.mark.alone

SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"
ROWS = 262_144
CALLS = 103
# answerBytesMax, and what a server takes for itself at its first large blocks.
GROWTH_BYTES_MAXIMUM = (512 << 20) + (96 << 20)
KEPT_BYTES_MAXIMUM = 32 << 20
GOOD_CALL_SECONDS = 30


@pytest.fixture
def strict_directory(models, tmp_path: Path) -> Path:
    """A model of one tree over one column, which must be there."""
    directory = tmp_path / "models" / "strict"
    directory.parent.mkdir()
    shutil.copytree(models["first-small"].directory, directory)
    random = np.random.default_rng(3)
    rows = random.normal(size=(500, 1))
    data = lightgbm.Dataset(rows, (rows[:, 0] > 0).astype(int), feature_name=["x0"])
    booster = lightgbm.train(
        {"objective": "binary", "num_leaves": 2, "verbose": -1, "num_threads": 1}, data, 1)
    text = booster.model_to_string().encode()
    (directory / "model.txt").write_bytes(text)
    manifest = json.loads((directory / "manifest.json").read_text())
    manifest["name"] = "strict"
    manifest["model"]["sha256"] = hashlib.sha256(text).hexdigest()
    manifest["features"] = [{**manifest["features"][0], "missing": "not_scorable"}]
    manifest["reference"]["features"] = {}
    (directory / "manifest.json").write_text(json.dumps(manifest))
    return directory.parent


def message(value: float, count: int) -> bytes:
    """A table of one value."""
    values = np.full(count, value, dtype=np.float32)
    return pb.ScoreRowsRequest(
        header=pb.ScoreHeader(model="strict", outputs=ALL_OUTPUTS),
        block=pb.RowBlock(row_count=count, float_values=values),
    ).SerializeToString()


def test_answers_that_nobody_reads_have_a_bound(certificates, strict_directory):
    packed = framed(gzip.compress(message(np.nan, ROWS), 9), flags=1)
    assert len(packed) < 4096
    with Server(certificates, "--models", str(strict_directory)) as server:
        with server.channel() as channel:
            stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
            good = pb.ScoreRowsRequest.FromString(message(1.0, 50))
            assert stub.ScoreRows(good, timeout=GOOD_CALL_SECONDS).block.scores
            before = server.settled_bytes()
            with Connection(server) as connection:
                # The server's SETTINGS open its window.
                connection.session.receive_data(connection.socket.recv(65_536))
                for _ in range(CALLS):
                    connection.send(SCORE_ROWS, packed, replace={"grpc-encoding": "gzip"})
                peak, quiet_since, last = 0, time.monotonic(), 0
                while time.monotonic() - quiet_since < 5:
                    # Others are answered all the while.
                    assert stub.ScoreRows(good, timeout=GOOD_CALL_SECONDS).block.scores
                    now = server.resident_bytes()
                    if abs(now - last) > 1 << 20:
                        quiet_since = time.monotonic()
                    peak, last = max(peak, now), now
                    time.sleep(0.05)
            ends = time.monotonic() + 30
            while time.monotonic() < ends:
                kept = server.resident_bytes() - before
                if kept <= KEPT_BYTES_MAXIMUM:
                    break
                time.sleep(0.2)
    print(f"grew {peak - before >> 20} MiB, kept {kept >> 20} MiB")
    assert peak - before < GROWTH_BYTES_MAXIMUM
    assert kept <= KEPT_BYTES_MAXIMUM


def test_who_reads_gets_all_answers_or_is_told_to_come_back(certificates, strict_directory):
    packed = framed(gzip.compress(message(np.nan, ROWS), 9), flags=1)
    with Server(certificates, "--models", str(strict_directory)) as server:
        with Connection(server) as connection:
            connection.session.receive_data(connection.socket.recv(65_536))
            for _ in range(3):
                answer = connection.call(SCORE_ROWS, packed, grpc_encoding="gzip")
                assert answer.status == 0
                block = pb.ScoreRowsResponse.FromString(answer.data[5:]).block
                assert block.issue_count == ROWS
                assert 0 < len(block.issue_rows) < ROWS
                assert len(answer.data) < 10 << 20
                assert set(block.issue_kinds) == {pb.ROW_ISSUE_KIND_REQUIRED_VALUE_MISSING}
