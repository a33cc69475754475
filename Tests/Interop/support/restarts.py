# SPDX-License-Identifier: Apache-2.0
"""vigied processes that listen somewhere of a test's choice, are passed sockets or replace each
other, and calls at full load meanwhile."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from typing import Callable, Iterator

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from support.certificates import Certificates
from support.logs import Logging
from support.server import STOP_SECONDS, free_port, program


class Running(Logging):
    """A vigied process with arguments of the test's own, and those that take its place."""

    def __init__(self, certificates: Certificates, *arguments: str, **options: object) -> None:
        self.fails = False
        self._log = tempfile.TemporaryFile()
        before = options.pop("before", [])
        self.process = subprocess.Popen(
            [*before, program("vigied"), "serve", "--tls-cert", str(certificates.server),
             "--tls-key", str(certificates.server_key), *arguments],
            stdout=self._log, stderr=subprocess.STDOUT, **options)

    def __enter__(self) -> "Running":
        if not self.fails:
            self.await_log("Listening.")
        return self

    def __exit__(self, *_: object) -> None:
        successors = self.successors()
        for process in [self.process.pid, *successors]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
        code = self.process.wait(STOP_SECONDS)
        for process in successors:
            await_end(process)
        assert code in (0, -signal.SIGKILL) or self.fails, self.log()

    def successors(self) -> list[int]:
        """Processes that were to take over."""
        return successors(self.log())

    def hand_over(self) -> None:
        """Has a process take over, and waits until it has."""
        before = self.log().count("Handed over")
        main = [self.process.pid, *self.successors()][before]
        os.kill(main, signal.SIGUSR2)
        self.await_log("Handed over", count=before + 1)


def successors(log: str) -> list[int]:
    """Processes that were to take over, as a log tells of them."""
    return [int(each) for each in re.findall(r"successor=(\d+)", log)]


def await_end(process: int) -> None:
    """Waits for the end of a process that is no child of this one."""
    ends = time.monotonic() + STOP_SECONDS
    while time.monotonic() < ends:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        try:
            with open(f"/proc/{process}/stat", encoding="ascii") as status:
                is_over = status.read().rsplit(")", 1)[1].split()[0] == "Z"
            # What it had open is open until its last thread is gone.
            if is_over and len(os.listdir(f"/proc/{process}/task")) <= 1:
                return
        except (FileNotFoundError, ProcessLookupError):
            return
        time.sleep(0.02)
    os.kill(process, signal.SIGKILL)
    raise RuntimeError(f"process {process} did not end")


@contextlib.contextmanager
def listen_on(address: tuple[str, int] | str) -> Iterator[socket.socket]:
    """A socket that listens, as systemd makes it."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family) as made:
        made.bind(address)
        made.listen(1_024)
        yield made


def passed(
    certificates: Certificates, sockets: dict[str, socket.socket], *arguments: str,
    fails: bool = False, process_id: str = "", environment: dict[str, str] | None = None
) -> Running:
    """A vigied to which sockets are passed as systemd does it: as descriptors from 3 on."""
    # A process of its own in between, which knows its number before it becomes vigied.
    become = (
        "import os, sys\n"
        "fds = [int(each) for each in sys.argv[1].split(',')]\n"
        "copies = [os.dup(each) for each in fds]\n"
        "while min(copies) < 3 + len(fds): copies = [os.dup(each) for each in copies]\n"
        "for index, copy in enumerate(copies): os.dup2(copy, 3 + index, inheritable=True)\n"
        f"os.environ['LISTEN_PID'] = '{process_id}' or str(os.getpid())\n"
        "os.execv(sys.argv[2], sys.argv[2:])\n")
    descriptors = [each.fileno() for each in sockets.values()]
    listen = () if "--listen" in arguments else ("--listen", f"127.0.0.1:{free_port()}")
    running = Running(
        certificates, *listen, *arguments,
        before=[sys.executable, "-c", become, ",".join(map(str, descriptors))],
        pass_fds=descriptors,
        env=os.environ | {"LISTEN_FDS": str(len(sockets)), "LISTEN_FDNAMES": ":".join(sockets)}
        | (environment or {}))
    running.fails = fails
    return running


class Load:
    """Calls as fast as they are answered: over channels as they are by default, but for retries,
    which are off; `per_channel` at a time over each. With a message for ScoreRows every second call
    at a time is of it, the others Health/Check. A context manager: leaving it waits for the calls
    that are under way."""

    def __init__(
        self, certificates: Certificates, target: str, channels: int = 8, per_channel: int = 4,
        score_rows: bytes | None = None
    ) -> None:
        self.codes: Counter[str] = Counter()
        # The longest that a call took, in seconds.
        self.longest = 0.0
        self._stops = threading.Event()
        self._lock = threading.Lock()
        credentials = grpc.ssl_channel_credentials(certificates.ca.read_bytes())
        # Each its own connection, as of so many programs.
        options = [("grpc.enable_retries", 0), ("grpc.use_local_subchannel_pool", 1),
                   ("grpc.ssl_target_name_override", "localhost")]
        self._channels = [grpc.secure_channel(target, credentials, options=options)
                          for _ in range(channels)]
        self._threads = [
            threading.Thread(target=self._call, args=(
                self._method(channel, score_rows if number % 2 else None),))
            for channel in self._channels for number in range(per_channel)]

    def _method(self, channel: grpc.Channel, score_rows: bytes | None) -> Callable[[], object]:
        if score_rows is not None:
            score = channel.unary_unary("/vigie.v1.ScoringService/ScoreRows")
            return lambda: score(score_rows, timeout=60)
        check = health_pb2_grpc.HealthStub(channel).Check
        return lambda: check(health_pb2.HealthCheckRequest(), timeout=60)

    def _call(self, method: Callable[[], object]) -> None:
        codes: Counter[str] = Counter()
        longest = 0.0
        while not self._stops.is_set():
            began = time.monotonic()
            try:
                method()
                codes["OK"] += 1
            except grpc.RpcError as error:
                codes[f"{error.code().name} {error.details()}"] += 1
            longest = max(longest, time.monotonic() - began)
        with self._lock:
            self.codes += codes
            self.longest = max(self.longest, longest)

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stops.set()
        for thread in self._threads:
            thread.join()
        for channel in self._channels:
            channel.close()
