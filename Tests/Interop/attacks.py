# SPDX-License-Identifier: Apache-2.0
"""Attacks a server of its own in every way that support/attacks knows, one after the other, while
a good client calls it: each of its calls must be answered, 99 of 100 within 50 ms more than on an
idle server; memory must stay within what the limits allow, and come back with the descriptors.

    VIGIE_BUILD_DIRECTORY=.build/release \\
        .venv/bin/python Tests/Interop/attacks.py [--seconds 3] [NAME...]

Names of attacks or of groups pick some; part of a name will do. `--list` tells them.
"""

import argparse
import itertools
import os
import sys
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Iterator

import support.stubs  # noqa: F401  Makes vigie.v1 importable.
from support.access import issue
from support.attacking import ATTACKS, Attacker, Result, State, measure
from support.attacks import PROXY_SOURCE, Attack, Target
from support.attacks.content import small_request
from support.certificates import Certificates
from support.paper_parts import parts, samples
from support.probes import Probes
from support.server import Server, free_port
from vigie.v1 import assessment_service_pb2_grpc, model_service_pb2, model_service_pb2_grpc

IDLE_SECONDS = 4
FORM = "{:43.43} {:>9} {:>5} {:>4} {:>13} {:>6} {:>16} {:>6} {:>8} {:>6} {}"
HEADING = ("attack", "done", "calls", "lost", "p99 ms", "new ms", "MiB", "budget", "files",
           "calm s", "")
LEGEND = """\
done: frames, calls or connections of the attacker; calls: of the good client; p99: idle and under
attack; new: the longest time of a client that came meanwhile; MiB of memory: before, at most and
after; budget: MiB that it may grow by; files: descriptors before and after; calm: time until both
were back.
"""


def options(path: Path, page_port: int) -> list[str]:
    """A server with all that can be on at once."""
    issue(path / "tokens.json", "attacked")
    return ["--read-papers", "--compress-answers", "--metrics-listen", f"127.0.0.1:{page_port}",
            "--access-log", str(path / "access.log"), "--tokens", str(path / "tokens.json"),
            "--allow-anonymous", "--proxies", PROXY_SOURCE, "--proxy-protocol", "v2"]


def target_of(server: Server, path: Path, page_port: int) -> Target:
    """What attackers are told."""
    with server.channel() as channel:
        stub = model_service_pb2_grpc.ModelServiceStub(channel)
        model = stub.DescribeModel(model_service_pb2.DescribeModelRequest(), timeout=60).model
        reader = assessment_service_pb2_grpc.AssessmentServiceStub(channel)
        facts = reader.ReadPapers(parts(samples()), timeout=60)
    (path / "companies").write_bytes(facts.SerializeToString())
    return Target(server.port, server.certificates, server.process.pid, page_port,
                  model.summary.name, [column.name for column in model.inputs], path / "companies")


def attacked(attacks: list[Attack], seconds: float) -> Iterator[Result]:
    """The results of attacks on one server, or on another one when it has ended."""
    waiting = list(attacks)
    while waiting:
        with tempfile.TemporaryDirectory() as directory:
            path, page_port = Path(directory), free_port()
            server = Server(Certificates.make(path), *options(path, page_port))
            try:
                target = target_of(server, path, page_port)
                with Probes(server, small_request(target), newcomers=True) as probes:
                    before = State.idle(server, probes, IDLE_SECONDS)
                    while waiting and server.process.poll() is None:
                        yield measure(waiting.pop(0), server, target, probes, before, seconds)
            finally:
                if server.process.poll() is None:
                    code = server.stop()
                    assert code == 0, f"vigied ended with {code}:\n{server.log()}"


def results(attacks: list[Attack], seconds: float, last: Future) -> Iterator[Result]:
    """Those of attacks, with a server for each group, and at the end those that come later."""
    for _, group in itertools.groupby(attacks, lambda each: each.group):
        yield from attacked(list(group), seconds)
    yield from last.result()


def row(result: Result) -> str:
    """A line of the table."""
    before, after = result.before, result.after
    memory = (before.resident_bytes, result.peak_bytes, after.resident_bytes)
    return FORM.format(
        result.attack.name, result.done, result.calls, len(result.lost),
        f"{before.milliseconds:.1f} / {after.milliseconds:.1f}",
        f"{result.newcomer_milliseconds:.0f}", " / ".join(str(each >> 20) for each in memory),
        result.attack.budget_bytes >> 20, f"{before.descriptors} / {after.descriptors}",
        f"{result.calm_seconds:.1f}", "; ".join(result.faults) or "ok")


def chosen(words: list[str]) -> list[Attack]:
    """The attacks that are meant."""
    return [each for each in ATTACKS.values()
            if not words or any(word == each.group or word in each.name for word in words)]


def carry_out_all(attacks: list[Attack], seconds: float) -> int:
    """Prints the table; gives how many attacks did what they must not."""
    print(LEGEND)
    print(FORM.format(*HEADING))
    harmful = 0
    # What takes minutes and does nothing meanwhile goes on beside the others.
    slow = [each for each in attacks if each.stays]
    with ThreadPoolExecutor() as threads:
        last = threads.submit(lambda: list(attacked(slow, seconds)))
        for result in results([each for each in attacks if not each.stays], seconds, last):
            print(row(result), flush=True)
            harmful += bool(result.faults)
    print(f"{len(attacks) - harmful} of {len(attacks)} attacks did no harm.")
    return harmful


def main() -> int:
    """Gives 1 when an attack does what it must not."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--seconds", type=float, default=6, help="how long each attack is")
    parser.add_argument("--list", action="store_true", help="names the attacks")
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    attacks = chosen(given.names)
    if given.list:
        print("\n".join(f"{each.group}: {each.name}" for each in attacks))
        return 0
    # Where the process that others are made of finds its modules.
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)
    Attacker.context.set_forkserver_preload(["support.attacking"])
    return 1 if carry_out_all(attacks, given.seconds) else 0


if __name__ == "__main__":
    sys.exit(main())
