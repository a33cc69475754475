# SPDX-License-Identifier: Apache-2.0
"""A good client that calls now and then, in a process of its own, and how long it waits."""

import json
import select
import subprocess
import sys
import time
from pathlib import Path

import grpc

from support.server import Server

HEALTH = "/grpc.health.v1.Health/Check"
SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"
PAUSE_SECONDS = 0.01
TIMEOUT_SECONDS = 30


class Probes:
    """Calls Health/Check and ScoreRows in turn while it is entered. A context manager."""

    def __init__(self, server: Server, request: bytes) -> None:
        self._arguments = [server.address, str(server.certificates.ca), request.hex()]
        self.milliseconds: list[float] = []

    def __enter__(self) -> "Probes":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.probes", *self._arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1])
        # It says when it is connected.
        assert self._process.stdout is not None and self._process.stdout.readline()
        return self

    def __exit__(self, *_: object) -> None:
        output, _ = self._process.communicate(timeout=2 * TIMEOUT_SECONDS)
        self.milliseconds = json.loads(output)

    @property
    def p99(self) -> float:
        """How long 99 of 100 calls took at most, in milliseconds."""
        ordered = sorted(self.milliseconds)
        return ordered[len(ordered) * 99 // 100]


def main(address: str, ca: str, request: str) -> None:
    """Calls until standard input ends, then prints how long each call took."""
    message = bytes.fromhex(request)
    credentials = grpc.ssl_channel_credentials(Path(ca).read_bytes())
    with grpc.secure_channel(address, credentials) as channel:
        calls = [(channel.unary_unary(HEALTH), b""), (channel.unary_unary(SCORE_ROWS), message)]
        for call, content in calls:
            call(content, timeout=TIMEOUT_SECONDS)
        print("ready", flush=True)
        taken: list[float] = []
        while not select.select([sys.stdin], [], [], PAUSE_SECONDS)[0]:
            for call, content in calls:
                begun = time.monotonic()
                call(content, timeout=TIMEOUT_SECONDS)
                taken.append(1_000 * (time.monotonic() - begun))
    print(json.dumps(taken))


if __name__ == "__main__":
    main(*sys.argv[1:])
