# SPDX-License-Identifier: Apache-2.0
"""A good client that calls now and then, in a process of its own, and how long it waits."""

import json
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

import grpc

from support.server import Server

HEALTH = "/grpc.health.v1.Health/Check"
SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"
PAUSE_SECONDS = 0.01
TIMEOUT_SECONDS = 30
NEWCOMER_SECONDS = 1
STOP_SECONDS = 60


class Probes:
    """Calls Health/Check and ScoreRows in turn while it is entered. A context manager.

    With `newcomers` another connection is made each second, for one call. `take` gives what there
    was since it was last called.
    """

    def __init__(self, server: Server, request: bytes, newcomers: bool = False) -> None:
        self._arguments = [
            server.address, str(server.certificates.ca), request.hex(), str(int(newcomers))]
        self.milliseconds: list[float] = []
        self.newcomer_milliseconds: list[float] = []
        self.lost: list[str] = []
        self.lost_newcomers: list[str] = []

    def __enter__(self) -> "Probes":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.probes", *self._arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1])
        # It says when it is connected.
        assert self._process.stdout is not None and self._process.stdout.readline()
        return self

    def __exit__(self, *_: object) -> None:
        self.take()
        self._process.communicate(timeout=STOP_SECONDS)

    def take(self) -> None:
        """Asks for how long the calls took, and which were lost."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        figures = json.loads(self._process.stdout.readline())
        (self.milliseconds, self.newcomer_milliseconds, self.lost, self.lost_newcomers) = figures

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Has the client call nobody for a while."""
        self._process.send_signal(signal.SIGSTOP)
        yield
        self._process.send_signal(signal.SIGCONT)

    @property
    def p99(self) -> float:
        """How long 99 of 100 calls took at most, in milliseconds."""
        ordered = sorted(self.milliseconds)
        return ordered[len(ordered) * 99 // 100]


class Prober:
    """The good client itself."""

    def __init__(self, address: str, ca: str, request: str) -> None:
        self._address = address
        self._credentials = grpc.ssl_channel_credentials(Path(ca).read_bytes())
        self._channel = self._connect()
        self._calls = [(self._channel.unary_unary(HEALTH), b""),
                       (self._channel.unary_unary(SCORE_ROWS), bytes.fromhex(request))]
        self.taken: list[float] = []
        self.newcomers: list[float] = []
        self.lost: list[str] = []
        self.lost_newcomers: list[str] = []
        for call, content in self._calls:
            call(content, timeout=TIMEOUT_SECONDS)

    def _connect(self) -> grpc.Channel:
        # Of its own: channels to one address otherwise share a connection.
        options = [("grpc.use_local_subchannel_pool", 1)]
        return grpc.secure_channel(self._address, self._credentials, options=options)

    def _time(self, taken: list[float], lost: list[str], call, content: bytes) -> None:
        begun = time.monotonic()
        try:
            call(content, timeout=TIMEOUT_SECONDS)
        except grpc.RpcError as error:
            lost.append(f"{error.code().name}: {error.details()}")
        taken.append(1_000 * (time.monotonic() - begun))

    def probe(self) -> None:
        """Makes each call once."""
        for call, content in self._calls:
            self._time(self.taken, self.lost, call, content)

    def come_anew(self) -> None:
        """Makes a call over a connection of its own."""
        with self._connect() as channel:
            self._time(self.newcomers, self.lost_newcomers, channel.unary_unary(HEALTH), b"")


    def tell(self) -> None:
        """Prints what there was, and forgets it."""
        figures = [self.taken, self.newcomers, self.lost, self.lost_newcomers]
        print(json.dumps(figures), flush=True)
        for each in figures:
            each.clear()


def main(address: str, ca: str, request: str, newcomers: str) -> None:
    """Calls until standard input ends, and for each line of it tells how long each call took."""
    prober = Prober(address, ca, request)
    print("ready", flush=True)
    next_newcomer = time.monotonic() if newcomers == "1" else float("inf")
    while True:
        if select.select([sys.stdin], [], [], PAUSE_SECONDS)[0]:
            if not sys.stdin.readline():
                return
            prober.tell()
        prober.probe()
        if time.monotonic() > next_newcomer:
            prober.come_anew()
            next_newcomer = time.monotonic() + NEWCOMER_SECONDS


if __name__ == "__main__":
    main(*sys.argv[1:])
