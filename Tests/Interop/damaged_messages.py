# SPDX-License-Identifier: Apache-2.0
"""Damaged messages by the million: requests of all calls with damage to their protobuf, gzip or
headers, and connections with damaged frames. Each must get a status, or be cut with a reason, and
the server goes on: the same process, good calls answered rightly, memory bounded.

    VIGIE_BUILD_DIRECTORY=.build/release .venv/bin/python Tests/Interop/damaged_messages.py \\
        [--seed 1] [--count 100000] [--rounds 4] [--processes 3] [--replay NUMBER,fNUMBER]

Each message is sent `--rounds` times, each time among others. What is sent follows from seed and
number alone, but for the tokens that are shown; `--replay` sends one message, or the frames of one
connection, by itself and shows it. Control-C ends it with the tables of what was sent. A status of
OK counts only where protobuf's own library, zlib and the rules of HTTP/2 take the request, too.
"""

import argparse
import json
import multiprocessing
import os
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

import support.stubs  # noqa: F401  Makes vigie.v1 importable.
from support.damaged_calls import BATCH, Setup
from support.damaged_sending import (
    FAULTS_MAX, Report, Sender, begin, run_frames, run_rounds)

import grpc

# Different messages.
MESSAGES_OF_TASK = 20 * BATCH
CONNECTIONS_OF_TASK = 100
# One connection of damaged frames for so many messages.
MESSAGES_OF_CONNECTION = 200
CHECK_SECONDS = 2
TELL_SECONDS = 30


@dataclass
class Watch:
    """A good client, and an eye on the server."""

    server: object
    model: object
    token: str
    peak_bytes: int = 0
    seconds: list[float] = field(default_factory=list)

    def check(self, channel: grpc.Channel) -> None:
        """Calls ScoreRows, and looks at the process."""
        from support.access import bearer
        from support.tables import assert_scores, request
        from vigie.v1 import scoring_service_pb2_grpc

        rows = self.model.rows(5, seed=len(self.seconds))
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        began = time.monotonic()
        answer = stub.ScoreRows(
            request(self.model, rows), metadata=bearer(self.token), timeout=120)
        self.seconds.append(time.monotonic() - began)
        assert_scores(answer.block, self.model, rows)
        assert self.server.process.poll() is None, "the server has ended"
        self.peak_bytes = max(self.peak_bytes, self.server.resident_bytes())

    @property
    def told(self) -> str:
        """How the good calls went."""
        times = sorted(1_000 * each for each in self.seconds)
        return (f"{len(times)} good calls answered rightly, half of them within "
                f"{times[len(times) // 2]:.1f} ms, 99 of 100 within "
                f"{times[len(times) * 99 // 100]:.1f} ms")

    @property
    def processor_seconds(self) -> float:
        """What the server has taken of processors."""
        text = Path(f"/proc/{self.server.process.pid}/stat").read_text()
        fields = text.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def signed_claims() -> tuple[dict, str]:
    """A set of keys, and a JWT that is signed with one of them."""
    import jwt
    from cryptography.hazmat.primitives.asymmetric import ed25519
    from jwt.algorithms import OKPAlgorithm

    key = ed25519.Ed25519PrivateKey.generate()
    claims = {"iss": "tests", "aud": "vigie", "sub": "signer", "roles": ["operate"],
              "exp": int(time.time()) + 86_400}
    public = json.loads(OKPAlgorithm.to_jwk(key.public_key())) | {"kid": "a"}
    return {"keys": [public]}, jwt.encode(claims, key, "EdDSA", headers={"kid": "a"})


def start(directory: Path) -> tuple[object, object, str, Setup]:
    """A server that tells callers apart, and what the workers need to know."""
    import shutil

    from support.access import issue
    from support.bundles import write_bundles
    from support.certificates import Certificates
    from support.good_calls import good_calls
    from support.server import Server, free_port
    from support.stubs import ROOT

    models = directory / "models"
    models.mkdir()
    model = write_bundles(models)["first-small"]
    for bundle in (ROOT / "Sources/Engine/CDefaultModels/bundles").iterdir():
        shutil.copytree(bundle, models / bundle.name)
    token = issue(directory / "tokens.json", "tester", "--role", "operate")
    keys, claims = signed_claims()
    (directory / "keys.json").write_text(json.dumps(keys))
    page = free_port()
    server = Server(
        Certificates.make(directory), "--models", str(models), "--read-papers",
        "--tokens", str(directory / "tokens.json"), "--metrics-listen", f"127.0.0.1:{page}",
        "--jwt-keys", str(directory / "keys.json"), "--jwt-issuer", "tests", "--jwt-audience",
        "vigie")
    setup = Setup(server.port, str(server.certificates.ca), page, token, claims, good_calls(model))
    return server, model, token, setup


def tasks_of(count: int, rounds: int) -> list[tuple]:
    """What the workers do, one after the other."""
    messages = count // rounds
    tasks = [(run_rounds, at, min(MESSAGES_OF_TASK, messages - at))
             for at in range(0, messages, MESSAGES_OF_TASK)]
    connections = count // MESSAGES_OF_CONNECTION
    frames = [(run_frames, at, min(CONNECTIONS_OF_TASK, connections - at))
              for at in range(0, connections, CONNECTIONS_OF_TASK)]
    # Frames evenly among the others.
    for place, task in enumerate(frames):
        tasks.insert(place * (len(tasks) + 1) // len(frames), task)
    return tasks


def send_all(
    setup: Setup, watch: Watch, seed: int, count: int, rounds: int, processes: int
) -> Report:
    """Sends everything, with a good call now and then."""
    report = Report()
    before, began = 0, time.monotonic()
    told, checked, is_stopped = began, began, False
    context = multiprocessing.get_context("spawn")
    stop = context.Event()

    def interrupt(*_: object) -> None:
        nonlocal is_stopped
        is_stopped = True

    # The workers begin while SIGINT is ignored, and go on ignoring it: they are told.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(
            processes, mp_context=context, initializer=begin, initargs=(stop,)) as pool, \
            watch.server.channel() as channel:
        watch.check(channel)
        pending = {pool.submit(run, setup, seed, at, many, rounds)
                   for run, at, many in tasks_of(count, rounds)}
        signal.signal(signal.SIGINT, interrupt)
        while pending:
            done, pending = wait(pending, CHECK_SECONDS, FIRST_COMPLETED)
            now = time.monotonic()
            try:
                for each in done:
                    report.add(each.result())
                if now - checked >= CHECK_SECONDS:
                    checked = now
                    watch.check(channel)
            except (grpc.RpcError, AssertionError, BrokenExecutor) as error:
                report.faults.append(f"a good call went wrong, or a worker ended: {error}")
                is_stopped = True
            if is_stopped and not stop.is_set():
                print("stopped; what is under way is finished", flush=True)
                stop.set()
                pending = {each for each in pending if not each.cancel()}
            if now - told > TELL_SECONDS or not pending:
                sent = report.count
                print(f"{now - began:6.0f} s  {sent:9} sent, "
                      f"{(sent - before) / (now - told):6.0f} a second, "
                      f"{watch.server.resident_bytes() >> 20} MiB", flush=True)
                told, before = now, sent
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    report.seconds = time.monotonic() - began
    return report


def status_name(outcome: str) -> str:
    """`status 3` in words."""
    found = re.match(r"status (\d+)", outcome)
    if not found:
        return outcome
    names = {each.value[0]: each.name for each in grpc.StatusCode}
    return names[int(found[1])] + outcome[found.end():]


def show(report: Report, has_texts: bool) -> None:
    """Prints the tables."""
    kinds = sorted({kind for kind, _ in report.outcomes})
    for kind in kinds:
        found = {outcome: count for (each, outcome), count in report.outcomes.items()
                 if each == kind}
        print(f"{kind}: {sum(found.values())}")
        for outcome, count in sorted(found.items(), key=lambda each: -each[1]):
            print(f"  {count:9} {status_name(outcome)}")
    suspicious = ("status 2", "status 13", "status 14", "status 15")
    print("texts of INTERNAL, UNKNOWN, UNAVAILABLE and DATA_LOSS, and of cuts:")
    for (outcome, text), (count, number) in sorted(report.texts.items()):
        if has_texts or outcome.startswith(suspicious) or not outcome.startswith("status"):
            print(f"  {count:7} {status_name(outcome)}: {text}   (such as {number})")


def codes(setup: Setup) -> dict[str, int]:
    """How many calls ended with which code, as the page of metrics says."""
    import urllib.request

    with urllib.request.urlopen(f"http://127.0.0.1:{setup.page_port}/metrics") as answer:
        text = answer.read().decode()
    found: Counter[str] = Counter()
    for line in text.splitlines():
        if line.startswith("grpc_server_handled_total{"):
            code = re.search(r'grpc_code="(\w+)"', line)
            found[code[1] if code else "?"] += int(float(line.split()[-1]))
    return dict(found)


def main() -> int:
    """Gives how many faults there were."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=4, help="how often each is sent")
    parser.add_argument("--processes", type=int, default=os.cpu_count() + 1)
    parser.add_argument("--replay", default="")
    parser.add_argument("--texts", action="store_true", help="all texts, not only strange ones")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        server, model, token, setup = start(Path(directory))
        with server:
            if told.replay:
                for number in told.replay.split(","):
                    print(f"{number}: {Sender(setup, told.seed).replay(number)}")
                return 0
            watch, before = Watch(server, model, token), server.resident_bytes()
            process = server.process.pid
            report = send_all(
                setup, watch, told.seed, told.count, told.rounds, told.processes)
            time.sleep(2)
            after = server.resident_bytes()
            show(report, told.texts)
            print(f"page of metrics: {codes(setup)}")
            assert server.process.pid == process and server.process.poll() is None
            makers = resource.getrusage(resource.RUSAGE_CHILDREN)
            print(f"process {process} throughout; {watch.told}; "
                  f"memory {before >> 20} MiB before, {watch.peak_bytes >> 20} at most, "
                  f"{after >> 20} after; {report.seconds:.0f} s, of processors "
                  f"{watch.processor_seconds:.0f} s for the server and "
                  f"{makers.ru_utime + makers.ru_stime:.0f} s for who sends")
    for fault in report.faults[:FAULTS_MAX]:
        print("FAULT", fault)
    return min(len(report.faults), FAULTS_MAX)


if __name__ == "__main__":
    sys.exit(main())
