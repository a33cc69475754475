# SPDX-License-Identifier: Apache-2.0
"""Who gets a connection: shares of addresses, handshakes that never end, descriptors that run out,
and whom proxies come for."""

import os
import resource
import socket
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import Iterator

import pytest
from grpc_health.v1 import health_pb2

from support.handshakes import SIGNATURE, client_hello, proxy_header
from support.proxies import SHIPPED, find
from support.raw_http2 import Connection, framed
from support.server import START_SECONDS, Server, free_port

pytestmark = pytest.mark.alone

CHECK = "/grpc.health.v1.Health/Check"
HALF_OPEN = 1_000


def is_served(server: Server, source: str = "", **how: object) -> bool:
    """Whether a new client at an address of loopback gets an answer."""
    try:
        with Connection(server, source=source, **how) as connection:
            return is_answered(connection)
    except (OSError, ssl.SSLError):
        return False


def is_answered(connection: Connection) -> bool:
    body = framed(health_pb2.HealthCheckRequest().SerializeToString())
    return connection.receive(connection.send(CHECK, body)).status == 0


@contextmanager
def many_descriptors() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    if before[1] != resource.RLIM_INFINITY and before[1] < 12_000:
        pytest.skip("too few descriptors")
    resource.setrlimit(resource.RLIMIT_NOFILE, (12_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def connect(server: Server, source: str = "127.0.0.1") -> socket.socket | None:
    try:
        return socket.create_connection(
            ("127.0.0.1", server.port), timeout=START_SECONDS, source_address=(source, 0))
    except ConnectionError:
        return None


def is_open(connection: socket.socket | None) -> bool:
    """Whether the other side has neither closed nor reset it."""
    if connection is None:
        return False
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def test_silent_connections_of_one_address_leave_room_for_others(certificates):
    with many_descriptors(), Server(certificates) as server, Connection(server) as early:
        silent = [connect(server) for _ in range(10_050)]
        began = time.monotonic()
        assert is_served(server, "127.0.0.2")
        assert time.monotonic() - began < 5
        assert is_answered(early)
        assert not is_served(server)
        assert 500 < sum(map(is_open, silent)) <= 1_000
        for each in silent:
            if each is not None:
                each.close()
        ends = time.monotonic() + 30
        while not is_served(server):
            assert time.monotonic() < ends
            time.sleep(0.2)
        # So many refusals are told in few lines.
        server.await_log("Connection refused.", "addressConnectionsMax")
        assert server.log().count("Connection refused.") < 200


def test_connections_of_one_address_have_a_limit(certificates):
    with Server(certificates, "--connections-per-address", "3") as server:
        held = [Connection(server) for _ in range(3)]
        assert all(map(is_answered, held))
        assert not is_served(server)
        assert is_served(server, "127.0.0.2")
        held.pop().socket.close()
        ends = time.monotonic() + 10
        while not is_served(server):
            assert time.monotonic() < ends
        for each in held:
            each.socket.close()
    server.await_log("vigie_connections_refused_address")


def test_half_open_handshakes_are_small_and_cut(certificates):
    with Server(certificates) as server:
        hello = client_hello(server.tls_context)
        for _ in range(20):
            assert is_served(server)
        before = server.resident_bytes()
        began = time.monotonic()
        half = [connect(server) for _ in range(HALF_OPEN - 100)]
        for each in half:
            each.sendall(hello)
        time.sleep(1.5)
        held = server.resident_bytes() - before
        print(f"{held / len(half) / 1024:.1f} KiB each")
        assert held / len(half) < 24 << 10
        assert is_served(server, "127.0.0.2")
        for each in half:
            each.settimeout(max(began + 14 - time.monotonic(), 0.01))
            try:
                while each.recv(65_536):
                    pass
            except ConnectionError:
                pass
            each.close()
        assert time.monotonic() - began < 14


def test_no_descriptors_left_is_told_and_passes(certificates):
    with Server(certificates) as server, Connection(server) as early:
        pid = server.process.pid
        # The connections of before are gone.
        time.sleep(1)
        used = len(os.listdir(f"/proc/{pid}/fd"))
        soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (used + 10, hard))
        more = [connect(server, "127.0.0.2") for _ in range(60)]
        ends = time.monotonic() + 10
        # None of those that are not served hangs.
        while sum(map(is_open, more)) > 12:
            assert time.monotonic() < ends
            time.sleep(0.1)
        assert sum(map(is_open, more)) >= 5
        assert not is_served(server)
        assert is_answered(early)
        for each in more:
            if each is not None:
                each.close()
        ends = time.monotonic() + 10
        while not is_served(server):
            assert time.monotonic() < ends
            time.sleep(0.1)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
        server.await_log("no file descriptor is left")
        assert server.log().count("no file descriptor is left") < 50
    server.await_log("vigie_connections_refused_descriptors")


def test_proxies_say_for_whom_they_come(certificates):
    with Server(
        certificates, "--proxies", "127.0.0.1,fd00::/8", "--proxy-protocol", "v2",
        "--connections-per-address", "2", starts=False
    ) as server:
        server.wait_until(lambda: is_served(server, first=proxy_header("192.0.2.1", command=0x20)))
        assert is_served(server, first=proxy_header("192.0.2.1", more=b"\x04\0\x03abc"))
        held = [Connection(server, first=proxy_header("192.0.2.1")) for _ in range(2)]
        assert not is_served(server, first=proxy_header("192.0.2.1"))
        assert is_served(server, first=proxy_header("192.0.2.2"))
        # The proxy itself is not counted.
        assert all(map(is_answered, held))
        # From others a header is what it looks like: no TLS.
        assert not is_served(server, "127.0.0.2", first=proxy_header("192.0.2.3"))
        assert is_served(server, "127.0.0.2")
        for bad in [
            b"", b"PROXY TCP4 192.0.2.9 127.0.0.1 1 2\r\n", proxy_header("192.0.2.9")[:-1],
            proxy_header("192.0.2.9", command=0x11), proxy_header("192.0.2.9", family=0x12),
            SIGNATURE + b"\x21\x11\xff\xff" + bytes(70_000),
            SIGNATURE + b"\x21\x21\0\x0c" + bytes(12),
            proxy_header("192.0.2.9", more=b"\x04\0\x09abc"),
            proxy_header("192.0.2.9", more=b"\x03\0\x04abcd"),
        ]:
            assert not is_served(server, first=bad), bad[:40]
            # So many lines a second.
            time.sleep(0.3)
        for each in held:
            each.socket.close()
        server.await_log("version 1", "proxyHeaderBytesMax")
        # Plain text through the proxy: told by the address of who sent it.
        with socket.create_connection(("127.0.0.1", server.port)) as plain:
            plain.sendall(proxy_header("192.0.2.77") + b"GET / HTTP/1.1\r\n\r\n")
            assert b"gRPC over TLS" in plain.recv(1_000)
        server.await_log("192.0.2.77")
        # A header that does not end has the time of a handshake.
        with socket.create_connection(("127.0.0.1", server.port)) as slow:
            slow.sendall(proxy_header("192.0.2.5")[:20])
            slow.settimeout(14)
            assert slow.recv(1) == b""


def test_the_protocol_needs_names(certificates):
    with pytest.raises(RuntimeError, match="--proxies"):
        Server(certificates, "--proxy-protocol", "v2")


def test_haproxy_passes_tls_on_and_says_whose(certificates, tmp_path):
    program = find("haproxy")
    if program is None:
        pytest.skip("no haproxy on this machine")
    port = free_port()
    with Server(
        certificates, "--proxies", "127.0.0.1", "--proxy-protocol", "v2",
        "--connections-per-address", "2", starts=False
    ) as server:
        text = (SHIPPED / "haproxy-tls.cfg").read_text()
        text = text.replace("bind :8443", f"bind 127.0.0.1:{port}").replace(
            "7443", str(server.port))
        configuration = tmp_path / "haproxy.cfg"
        configuration.write_text(text)
        process = subprocess.Popen(
            [program, "-db", "-f", str(configuration)], stdout=sys.stderr, stderr=sys.stderr)
        try:
            server.wait_until(lambda: is_served(server, port=port))
            held = [Connection(server, source="127.0.0.3", port=port) for _ in range(2)]
            assert all(map(is_answered, held))
            assert not is_served(server, "127.0.0.3", port=port)
            assert is_served(server, "127.0.0.4", port=port)
            for each in held:
                each.socket.close()
        finally:
            process.terminate()
            process.wait(30)
    server.await_log("127.0.0.3")
