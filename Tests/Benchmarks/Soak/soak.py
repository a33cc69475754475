#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Loads a server for an hour at 70 % of what it can, and says whether calls failed, became slow,
or left memory behind.

    VIGIE_BUILD_DIRECTORY=.build/release \\
        .venv/bin/python Tests/Benchmarks/Soak/soak.py [--seconds N] [--share PERCENT] \\
            [--renewal-seconds N]

Two h2loads call ScoreRows with one row and with a thousand, each at half of the share of its own
peak, measured before. Beside them a client makes new connections and calls of other kinds, whose
answers must not change; certificates are renewed by SIGHUP, metrics are scraped, each call is told
in the access log, and callers show a token. Needs h2load (Debian: nghttp2-client), openssl.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "Interop")]

import support.stubs  # noqa: E402, F401
from h2load_stream import Load, command, peak_per_second  # noqa: E402
from support.access import bearer, issue  # noqa: E402
from support.bundles import TestModel, write_bundles  # noqa: E402
from support.certificates import Certificates, server_certificate  # noqa: E402
from support.raw_http2 import framed  # noqa: E402
from support.server import Server, free_port  # noqa: E402
from support.tables import block, header, request, stream  # noqa: E402
from vigie.v1 import model_service_pb2, model_service_pb2_grpc  # noqa: E402
from vigie.v1 import scoring_service_pb2_grpc  # noqa: E402

SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"
SAMPLE_SECONDS = 5


class Checker:
    """A client that comes again and again, and wants the same answers."""

    def __init__(self, server: Server, model: TestModel, token: str) -> None:
        self.server, self.model = server, model
        self.shown = bearer(token)
        self.first: list[bytes] | None = None
        self.calls = 0

    def check(self) -> None:
        """Calls on a new connection; raises if something is not as it was."""
        rows = self.model.rows(5_000)
        with self.server.channel() as channel:
            scoring = scoring_service_pb2_grpc.ScoringServiceStub(channel)
            models = model_service_pb2_grpc.ModelServiceStub(channel)
            asked = request(self.model, rows[:64], reason_count=3)
            blocks = [block(rows[at:at + 1_000]) for at in range(0, 5_000, 1_000)]
            answers = [
                scoring.ScoreRows(asked, timeout=30, metadata=self.shown),
                models.DescribeModel(model_service_pb2.DescribeModelRequest(), timeout=30,
                                     metadata=self.shown),
                *scoring.StreamScoreRows(stream(header(self.model), iter(blocks)), timeout=30,
                                         metadata=self.shown)]
        told = [each.SerializeToString(deterministic=True) for each in answers]
        self.first = self.first or told
        assert told == self.first, "answers changed"
        self.calls += 3


def scrape(port: int) -> dict[str, float]:
    """The metrics of a server."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as page:
        lines = page.read().decode().splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {name: float(value) for name, value in pairs}


def codes(metrics: dict[str, float]) -> Counter:
    """Calls by code."""
    found: Counter[str] = Counter()
    for name, value in metrics.items():
        if name.startswith("grpc_server_handled_total{"):
            found[name.split('grpc_code="')[1].split('"')[0]] += int(value)
    return found


def renew(server: Server) -> None:
    """Gives the server another certificate."""
    held = server.certificates
    made, key = server_certificate(held.ca.parent, "renewed", held, "DNS:localhost,IP:127.0.0.1")
    key.replace(held.server_key)
    made.replace(held.server)
    server.process.send_signal(signal.SIGHUP)


def watch(
    server: Server, port: int, checker: Checker, seconds: int, renewal_seconds: int
) -> tuple[list, dict]:
    """Looks after the server; gives its memory by time, and the last metrics."""
    memory, began, renewed = [], time.monotonic(), 0
    while (now := time.monotonic() - began) < seconds:
        checker.check()
        metrics = scrape(port)
        memory.append((now, server.resident_bytes() / 2**20,
                       len(os.listdir(f"/proc/{server.process.pid}/fd"))))
        if now > (renewed + 1) * renewal_seconds:
            renewed += 1
            renew(server)
            print(f"after {now:.0f} s: {memory[-1][1]:.1f} MiB", flush=True)
        time.sleep(SAMPLE_SECONDS)
    return memory, metrics


def slope(memory: list) -> float:
    """MiB an hour, by least squares, without the first tenth."""
    kept = np.array(memory[len(memory) // 10:])
    return float(np.polyfit(kept[:, 0] / 3_600, kept[:, 1], 1)[0])


def report(loads: dict[str, Load], memory: list, counted: Counter, checker: Checker) -> bool:
    """Prints what was seen, and whether it is well."""
    well = not set(counted) - {"OK"}
    for name, load in loads.items():
        print(f"{name}: {load.finish()}")
        print("  minute   median      p99    p99.9  longest   (ms)")
        for number, values in enumerate(load.minutes):
            print(f"  {number:6}" + "".join(f"{value:9.2f}" for value in values))
        tails = np.array([values[2] for values in load.minutes])
        third = max(1, len(tails) // 3)
        print(f"  {load.calls} calls, {load.failed} failed; p99.9 of the first third "
              f"{np.median(tails[:third]):.2f} ms, of the last {np.median(tails[-third:]):.2f} ms")
        well &= load.failed == 0 and load.calls > 0
    sizes = [each[1] for each in memory]
    growth = slope(memory) if len(memory) > 2 else float("nan")
    print(f"memory: {sizes[0]:.1f} MiB at first, {max(sizes):.1f} at most, {sizes[-1]:.1f} at "
          f"last, {growth:+.2f} MiB an hour; descriptors {memory[0][2]} to {memory[-1][2]}, "
          f"{max(each[2] for each in memory)} at most")
    print(f"calls by code: {dict(counted)}; {checker.calls} answers of others, all as the first")
    return well and growth < 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seconds", type=int, default=3_600)
    parser.add_argument("--share", type=int, default=70)
    parser.add_argument("--renewal-seconds", type=int, default=300,
                        help="time from a certificate to the next")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "models").mkdir()
        model = write_bundles(directory / "models")["second-large"]
        port, tokens = free_port(), directory / "tokens.json"
        token = issue(tokens, "soak", "--role", "score", "--role", "read")
        with Server(Certificates.make(directory), "--models", str(directory / "models"),
                    "--tokens", str(tokens), "--metrics-listen", f"127.0.0.1:{port}",
                    "--access-log", os.devnull) as server:
            url = f"https://{server.address}{SCORE_ROWS}"
            told = {}
            for label, rows, shape in (("one row", 1, (4, 100)), ("1,000 rows", 1_000, (2, 8))):
                body = directory / f"body{rows}"
                body.write_bytes(framed(request(model, model.rows(rows)).SerializeToString()))
                told[label] = command(url, body, token, *shape)
            peaks = {label: peak_per_second(each, 10) for label, each in told.items()}
            print("peaks: " + ", ".join(f"{label} {peak:,.0f} calls/s"
                                        for label, peak in peaks.items()), flush=True)
            # Those that h2load leaves when its time is over.
            before = codes(scrape(port))
            checker = Checker(server, model, token)
            loads = {label: Load(each, peaks[label] * options.share / 200, options.seconds,
                                 directory / f"pipe{number}")
                     for number, (label, each) in enumerate(told.items())}
            memory, metrics = watch(
                server, port, checker, options.seconds, options.renewal_seconds)
            return not report(loads, memory, codes(metrics) - before, checker)


if __name__ == "__main__":
    sys.exit(main())
