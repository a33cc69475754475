# SPDX-License-Identifier: Apache-2.0
"""A vigied process, and channels to it."""

import contextlib
import functools
import os
import random
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Callable

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from support.certificates import Certificates
from support.logs import Logging
from support.stubs import ROOT

# Generous, since test machines are slow and busy; reached only by what is broken.
START_SECONDS = 60
STOP_SECONDS = 60

MESSAGE_BYTES = 256 << 20
# Ports that no connection is given: systems give those from 32,768 on.
PORTS = range(15_000, 32_000)


def program(name: str) -> str:
    """Path of a program that was built, from the environment or the package manager."""
    directory = os.environ.get("VIGIE_BUILD_DIRECTORY")
    if not directory:
        command = ["swift", "build", "--show-bin-path"]
        found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        directory = found.stdout.strip()
    return str(Path(directory) / name)


def free_port() -> int:
    """A port of loopback that nobody listens on just now, whoever else looks for one."""
    while True:
        port = random.SystemRandom().choice(PORTS)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


class Endpoint:
    """Where a vigied listens, and connections to it, from whatever process.

    `client` is the certificate and key that channels show.
    """

    def __init__(
        self, port: int, certificates: Certificates, client: tuple[Path, Path] | None = None
    ) -> None:
        self.port = port
        self.address = f"127.0.0.1:{port}"
        self.certificates = certificates
        self._client = client

    def channel(self, *, ca: Path | None = None, **options: object) -> grpc.Channel:
        """A channel of its own connections; `options` are gRPC channel arguments."""
        roots = (ca or self.certificates.ca).read_bytes()
        arguments = {
            "grpc.use_local_subchannel_pool": 1,
            "grpc.max_receive_message_length": MESSAGE_BYTES,
            "grpc.max_send_message_length": MESSAGE_BYTES,
            **{f"grpc.{name}": value for name, value in options.items()},
        }
        certificate, key = [path.read_bytes() for path in self._client or ()] or (None, None)
        credentials = grpc.ssl_channel_credentials(roots, key, certificate)
        return grpc.secure_channel(self.address, credentials, options=list(arguments.items()))

    @functools.cached_property
    def tls_context(self) -> ssl.SSLContext:
        """How a client trusts the server, and that it speaks HTTP/2."""
        context = ssl.create_default_context(cafile=str(self.certificates.ca))
        context.set_alpn_protocols(["h2"])
        return context

    def tls_socket(
        self, source: str = "", port: int | None = None, first: bytes = b"",
        seconds: float = START_SECONDS
    ) -> ssl.SSLSocket:
        """A TLS connection that speaks HTTP/2 by ALPN, without any HTTP/2 sent yet: from another
        address of loopback, to another port, and with `first` before it, if they are given."""
        plain = socket.create_connection(
            ("127.0.0.1", port or self.port), timeout=seconds, source_address=(source, 0))
        plain.sendall(first)
        return self.tls_context.wrap_socket(plain, server_hostname="localhost")


class Server(Endpoint, Logging):
    """A running vigied. A context manager: leaving it stops the process.

    With `starts` false whoever makes it waits until it serves.
    """

    def __init__(
        self, certificates: Certificates, *arguments: str,
        client: tuple[Path, Path] | None = None, starts: bool = True
    ) -> None:
        super().__init__(free_port(), certificates, client)
        self._log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [
                program("vigied"), "serve", "--listen", self.address,
                "--tls-cert", str(certificates.server),
                "--tls-key", str(certificates.server_key), *arguments,
            ],
            # Control-C is for the tests, which stop it then.
            stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True,
        )
        try:
            if starts:
                self.wait_until(self._serves)
        except BaseException:
            self.process.kill()
            raise

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            code = self.stop()
            assert code == 0, f"vigied ended with {code}:\n{self.log()}"
        else:
            code = self.process.returncode
            assert code == 0, f"vigied had ended with {code}:\n{self.log()}"

    def terminate(self) -> None:
        """Asks the process to end gracefully."""
        self.process.send_signal(signal.SIGTERM)

    def stop(self) -> int:
        """Stops the process gracefully and gives its exit code."""
        self.terminate()
        return self.wait()

    def wait(self) -> int:
        """Waits for the end of the process and gives its exit code."""
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def resident_bytes(self) -> int:
        """Memory of the process that is in RAM."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def settled_bytes(self) -> int:
        """Resident memory once it has stopped changing."""
        before = -1
        for _ in range(50):
            now = self.resident_bytes()
            if now == before:
                return now
            before = now
            time.sleep(0.1)
        return before

    def descriptors(self) -> int:
        """How many files and sockets the process has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def is_serving(self) -> bool:
        """Whether the server says that it serves."""
        with self.channel() as channel:
            stub = health_pb2_grpc.HealthStub(channel)
            answer = stub.Check(health_pb2.HealthCheckRequest(), timeout=START_SECONDS)
            return answer.status == health_pb2.HealthCheckResponse.SERVING

    def _serves(self) -> bool:
        try:
            return self.is_serving()
        except grpc.RpcError:
            return False

    def wait_until(self, serves: Callable[[], bool]) -> None:
        """Waits until the server serves, in a sense that `serves` knows."""
        ends = time.monotonic() + START_SECONDS
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                raise RuntimeError(f"vigied ended with {self.process.returncode}:\n{self.log()}")
            if serves():
                return
            time.sleep(0.05)
        raise RuntimeError(f"vigied is not serving after {START_SECONDS} s:\n{self.log()}")
