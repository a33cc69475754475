#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the calls that are lost while a server is handed over, restarted, stopped or gets another
certificate, under full load: directly and behind HAProxy, nginx and Envoy.

Usage: restarts.py [--rounds N] [--channels N] [--calls N] [--rows N] [PLACE/EVENT ...]

Callers are gRPC's own library with its defaults, but for retries, which are off; each channel has a
connection of its own and so many calls under way: of Health/Check, and with --rows every second one
of ScoreRows with so many rows. VIGIE_BUILD_DIRECTORY names the build. A place is direct, haproxy,
nginx or envoy; an event hand-over, reload, restart (the service is stopped and started, systemd
holds its socket) or stop (one of the two servers behind a proxy).
"""

import argparse
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Callable, Iterator

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "Interop")]

import support.stubs  # noqa: E402, F401
from support.bundles import TestModel, write_bundles  # noqa: E402
from support.certificates import Certificates, server_certificate  # noqa: E402
from support.proxies import KINDS, behind, find  # noqa: E402
from support.restarts import (  # noqa: E402
    Load, Running, await_end, listen_on, passed, successors)
from support.server import Server, free_port  # noqa: E402
from support.tables import request  # noqa: E402

EVENTS = ["direct/hand-over", "direct/reload", "direct/restart"]
EVENTS += [f"{kind}/{event}" for kind in KINDS for event in ("stop", "hand-over", "reload")]


class Case:
    """What calls go to, and what happens meanwhile."""

    def __init__(self, target: str, event: Callable[[], object]) -> None:
        self.target, self.event = target, event


def reload(server: Running | Server, certificates: Certificates) -> None:
    """Gives a server another certificate and key."""
    names = "DNS:localhost,IP:127.0.0.1"
    directory = certificates.ca.parent
    certificate, key = server_certificate(directory, "renewed", certificates, names)
    key.replace(certificates.server_key)
    certificate.replace(certificates.server)
    server.process.send_signal(signal.SIGHUP)
    await_log(server, "were read again")


def hand_over(server: Server) -> None:
    """Has a process take over."""
    server.process.send_signal(signal.SIGUSR2)
    await_log(server, "Handed over")


def await_log(server: Running | Server, text: str) -> None:
    """Waits until a server has said something."""
    while text not in server.log():
        assert server.process.poll() is None, server.log()
        time.sleep(0.02)


@contextlib.contextmanager
def direct(event: str, certificates: Certificates, *arguments: str) -> Iterator[Case]:
    """A server, called directly."""
    if event == "restart":
        with listen_on(("127.0.0.1", 0)) as held:
            def start() -> Running:
                return passed(certificates, {"vigied.socket": held}, *arguments).__enter__()

            running = [start()]

            def restart() -> None:
                running.pop().__exit__()
                running.append(start())

            yield Case(f"127.0.0.1:{held.getsockname()[1]}", restart)
            running[0].__exit__()
        return
    port = free_port()
    with Running(certificates, "--listen", f"127.0.0.1:{port}", *arguments) as server:
        yield Case(
            f"127.0.0.1:{port}",
            server.hand_over if event == "hand-over" else lambda: reload(server, certificates))


@contextlib.contextmanager
def proxied(
    kind: str, event: str, certificates: Certificates, *arguments: str
) -> Iterator[Case]:
    """Two servers behind a proxy."""
    program = find(KINDS[kind].program)
    if program is None:
        raise FileNotFoundError(f"no {kind} on this machine")
    with tempfile.TemporaryDirectory() as directory, \
            behind(kind, program, certificates, Path(directory), *arguments) as proxy:
        def stop() -> None:
            proxy.other.terminate()
            assert proxy.other.wait() == 0

        yield Case(f"127.0.0.1:{proxy.port}", {
            "stop": stop, "hand-over": lambda: hand_over(proxy.other),
            "reload": lambda: reload(proxy.other, certificates)}[event])
        for process in successors(proxy.other.log()):
            os.kill(process, signal.SIGTERM)
            await_end(process)


def measure(
    name: str, options: argparse.Namespace, model: TestModel
) -> tuple[Counter[str], float]:
    """The outcomes of the calls of all rounds, and the seconds of the longest."""
    place, event = name.split("/")
    arguments = ("--models", str(model.directory.parent))
    message = None
    if options.rows:
        message = request(model, model.rows(options.rows)).SerializeToString()
    codes: Counter[str] = Counter()
    longest = 0.0
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory() as directory:
            certificates = Certificates.make(Path(directory))
            made = direct(event, certificates, *arguments) if place == "direct" \
                else proxied(place, event, certificates, *arguments)
            with made as case:
                load = Load(certificates, case.target, options.channels, options.calls, message)
                with load:
                    time.sleep(0.7)
                    case.event()
                    time.sleep(1.0)
                codes += load.codes
                longest = max(longest, load.longest)
    return codes, longest


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--channels", type=int, default=8)
    parser.add_argument("--calls", type=int, default=4)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("events", nargs="*", default=EVENTS)
    options = parser.parse_args()
    print(f"{'':22}{'rounds':>8}{'calls':>10}{'lost':>6}{'longest':>10}", flush=True)
    lost = 0
    with tempfile.TemporaryDirectory() as directory:
        model = write_bundles(Path(directory))["first-small"]
        for name in options.events:
            codes, longest = measure(name, options, model)
            failed = codes.total() - codes["OK"]
            lost += failed
            print(f"{name:22}{options.rounds:>8}{codes.total():>10}{failed:>6}{longest:>8.2f} s",
                  flush=True)
            for code, count in codes.items():
                if code != "OK":
                    print(f"    {count} × {code}", flush=True)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
