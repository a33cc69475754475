# SPDX-License-Identifier: Apache-2.0
"""HAProxy, nginx and Envoy with the configurations that are shipped, and vigied behind them.

Each is run when this machine has it; a test says so when it has not.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

import grpc
import numpy as np
import pytest

import vigie
from support.bundles import TestModel
from support.certificates import Certificates
from support.server import START_SECONDS, Server, free_port
from support.stubs import ROOT
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc

SHIPPED = ROOT / "Sources" / "Packaging" / "proxies"
MODEL = "first-small"
CALLS = 10_000


@dataclass
class Kind:
    """How a proxy is told its configuration."""

    program: str
    file: str
    # Gives the arguments, for the configuration with the paths and ports of a test.
    arguments: Callable[[Path, Path], list[str]]
    # The part of the configuration that is about one server.
    server: str


def nginx_arguments(configuration: Path, directory: Path) -> list[str]:
    main = directory / "main.conf"
    places = "".join(f"{name}_temp_path {directory}/{name};\n" for name in
                     ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    main.write_text(
        f"daemon off; master_process off; pid {directory}/pid; error_log stderr warn;\n"
        f"events {{ worker_connections 1024; }}\n"
        f"http {{ access_log off; {places} include {configuration}; }}\n"
    )
    return ["-p", str(directory), "-e", "stderr", "-c", str(main)]


KINDS = {
    "haproxy": Kind("haproxy", "haproxy.cfg", lambda file, _: ["-db", "-f", str(file)],
                    "    server one "),
    "nginx": Kind("nginx", "nginx.conf", nginx_arguments, "    server 127"),
    "envoy": Kind("envoy", "envoy.yaml", lambda file, _: [
        "-c", str(file), "--use-dynamic-base-id", "--concurrency", "2", "-l", "warn",
        "--disable-hot-restart"], "              - endpoint:"),
}


def find(program: str) -> str:
    """Where a program is; skips when it is nowhere."""
    path = f"{Path(sys.executable).parent}:/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin"
    found = shutil.which(program, path=path)
    if found is None:
        pytest.skip(f"no {program} on this machine")
    return found


@dataclass
class Proxy:
    """A running proxy, with two servers of its own behind it."""

    port: int
    server: Server
    other: Server
    process: subprocess.Popen

    def channel(self) -> grpc.Channel:
        roots = self.server.certificates.ca.read_bytes()
        return grpc.secure_channel(
            f"localhost:{self.port}", grpc.ssl_channel_credentials(roots),
            options=[("grpc.use_local_subchannel_pool", 1), ("grpc.enable_retries", 0)])


@pytest.fixture(params=KINDS)
def proxy(
    request: pytest.FixtureRequest, certificates: Certificates, models_directory: Path,
    tmp_path: Path
) -> Iterator[Proxy]:
    kind = KINDS[request.param]
    program = find(kind.program)
    both = tmp_path / "both.pem"
    both.write_text(certificates.server.read_text() + certificates.server_key.read_text())
    port = free_port()
    models = ("--models", str(models_directory))
    with Server(certificates, *models) as server, Server(certificates, *models) as other:
        text = with_two_servers((SHIPPED / kind.file).read_text(), kind.server, other.port)
        for shown, here in [
            ("/etc/haproxy/vigie.pem", both),
            (f"/etc/{kind.program}/vigie.pem", certificates.server),
            (f"/etc/{kind.program}/vigie.key", certificates.server_key),
            ("/etc/vigie/server.pem", certificates.ca),
            ("0.0.0.0", "127.0.0.1"), ("listen 8443", f"listen 127.0.0.1:{port}"),
            ("bind :8443", f"bind 127.0.0.1:{port}"),
            ("port_value: 8443", f"port_value: {port}"), ("7443", server.port),
        ]:
            text = text.replace(shown, str(here))
        configuration = tmp_path / kind.file
        configuration.write_text(text)
        with tempfile.TemporaryFile() as log:
            process = subprocess.Popen(
                [program, *kind.arguments(configuration, tmp_path)], stdout=log, stderr=log)
            try:
                made = Proxy(port, server, other, process)
                wait_until_serving(made, log)
                yield made
            finally:
                process.terminate()
                process.wait(30)


def with_two_servers(text: str, start: str, port: int) -> str:
    """A configuration with what it says of its one server twice, the second time at `port`."""
    place = text.index(start)
    indent = len(start) - len(start.lstrip())
    lines = text[place:].splitlines(keepends=True)
    count = next((i for i, line in enumerate(lines[1:], 1)
                  if len(line) - len(line.lstrip()) <= indent), len(lines))
    part = "".join(lines[:count])
    second = part.replace("7443", str(port)).replace("server one", "server two")
    return text[:place] + part + second + "".join(lines[count:])


def wait_until_serving(proxy: Proxy, log: object) -> None:
    with vigie.Client(f"localhost:{proxy.port}", ca=proxy.server.certificates.ca) as client:
        ends = time.monotonic() + START_SECONDS
        while True:
            try:
                client.wait_until_serving(5)
                return
            except vigie.VigieError as error:
                if proxy.process.poll() is not None or time.monotonic() > ends:
                    log.seek(0)
                    raise RuntimeError(f"{error}\n{log.read().decode()}") from None


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
