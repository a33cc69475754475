# SPDX-License-Identifier: Apache-2.0
"""HAProxy, nginx and Envoy with the configurations that are shipped, and vigied behind them.

Each is run when this machine has it; a test says so when it has not.
"""

import threading
import time
from collections import Counter
from pathlib import Path
from typing import Callable, Iterator

import grpc
import numpy as np
import pytest

import vigie
from support.bundles import TestModel
from support.certificates import Certificates
from support.proxies import KINDS, Proxy, behind, find
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc

MODEL = "first-small"
CALLS = 10_000


@pytest.fixture(params=KINDS)
def proxy(
    request: pytest.FixtureRequest, certificates: Certificates, models_directory: Path,
    tmp_path: Path
) -> Iterator[Proxy]:
    program = find(KINDS[request.param].program)
    if program is None:
        pytest.skip(f"no {request.param} on this machine")
    models = ("--models", str(models_directory))
    with behind(request.param, program, certificates, tmp_path, *models) as running:
        yield running


def make_calls(
    proxy: Proxy, models: dict[str, TestModel], count: int,
    meanwhile: Callable[[int], object] = lambda _: None
) -> Counter[str]:
    """Makes calls, 64 at a time, over one connection, each of which must get its score; `meanwhile`
    is told how many were made."""
    rows = models[MODEL].rows(100)
    expected = models[MODEL].raw_scores(rows)
    header = pb.ScoreHeader(model=MODEL, outputs=[pb.SCORE_OUTPUT_RAW_SCORE])
    requests = [
        pb.ScoreRowsRequest(header=header, block=pb.RowBlock(row_count=1, float_values=row))
        for row in rows
    ]
    room = threading.Semaphore(64)
    codes: Counter[str] = Counter()
    with proxy.channel() as channel:
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        calls = []
        for number in range(count):
            meanwhile(number)
            room.acquire()
            call = stub.ScoreRows.future(requests[number % 100], timeout=60)
            call.add_done_callback(lambda _: room.release())
            calls.append(call)
        for number, call in enumerate(calls):
            codes[f"{call.code().name} {call.details() or ''}"] += 1
            if call.code() == grpc.StatusCode.OK:
                assert call.result().block.raw_scores[0] == expected[number % 100]
    return codes


def test_no_call_is_lost(proxy, models):
    assert make_calls(proxy, models, CALLS) == {"OK ": CALLS}


def test_no_call_is_lost_when_a_server_stops(proxy, models):
    def stop(number: int) -> None:
        if number == CALLS // 3:
            proxy.other.terminate()

    assert make_calls(proxy, models, CALLS, stop) == {"OK ": CALLS}
    assert proxy.other.wait() == 0


def test_tables_pass_whole(proxy, models):
    rows = models[MODEL].rows(200_000)
    with vigie.Client(f"localhost:{proxy.port}", ca=proxy.server.certificates.ca) as client:
        scores = client.score(rows, model=MODEL, outputs=["raw_score"])
        assert np.array_equal(scores["raw_score"], models[MODEL].raw_scores(rows))


def test_errors_pass_whole(proxy, models):
    with vigie.Client(f"localhost:{proxy.port}", ca=proxy.server.certificates.ca) as client:
        with pytest.raises(vigie.VigieError) as caught:
            client.score(models[MODEL].rows(5), model=MODEL, reasons=99)
        assert (caught.value.code, caught.value.reason) == ("INVALID_ARGUMENT", "TOO_MANY_REASONS")
        assert caught.value.field == "header.reason_count"


def test_a_server_that_is_gone_is_unavailable(proxy, models):
    with vigie.Client(
        f"localhost:{proxy.port}", ca=proxy.server.certificates.ca,
        retry=vigie.RetryPolicy(attempts=1)
    ) as client:
        client.score(models[MODEL].rows(5), model=MODEL)
        assert proxy.server.stop() == 0 and proxy.other.stop() == 0
        for wait in (0, 0, 3):
            time.sleep(wait)
            with pytest.raises(vigie.ConnectionFailedError) as caught:
                client.models()
            assert caught.value.code == "UNAVAILABLE"
