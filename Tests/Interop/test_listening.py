# SPDX-License-Identifier: Apache-2.0
"""Where vigied listens: several addresses, all addresses of a name, IPv6, sockets that are files,
and sockets that systemd passes."""

import json
import os
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from support.restarts import Running, listen_on, passed
from support.server import STOP_SECONDS, free_port, program

SERVING = health_pb2.HealthCheckResponse.SERVING


def check(certificates, target: str) -> int:
    """What a server says of itself."""
    credentials = grpc.ssl_channel_credentials(certificates.ca.read_bytes())
    options = [("grpc.ssl_target_name_override", "localhost"),
               ("grpc.use_local_subchannel_pool", 1)]
    with grpc.secure_channel(target, credentials, options=options) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        return stub.Check(health_pb2.HealthCheckRequest(), timeout=20).status


def refused(certificates, *arguments: str) -> str:
    """What a server says that does not start."""
    done = subprocess.run(
        [program("vigied"), "serve", "--tls-cert", certificates.server, "--tls-key",
         certificates.server_key, *arguments],
        capture_output=True, text=True, timeout=STOP_SECONDS, check=False)
    assert done.returncode in (69, 78) and len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def test_all_addresses_are_served(certificates, tmp_path):
    first, second = free_port(), free_port()
    path = tmp_path / "vigie.sock"
    with Running(certificates, "--listen", f"127.0.0.1:{first},localhost:{second}",
                 "--listen", f"unix:{path}", "--socket-mode", "0660") as server:
        for target in (f"ipv4:127.0.0.1:{first}", f"ipv4:127.0.0.1:{second}",
                       f"ipv6:[::1]:{second}", f"unix:{path}"):
            assert check(certificates, target) == SERVING, target
            server.await_log(target.split(":", 1)[1 if target.startswith("ip") else 0])
        server.await_log(f"unix:{path}")
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
        with pytest.raises(grpc.RpcError):
            check(certificates, f"ipv6:[::1]:{first}")
    assert not path.exists()


@pytest.mark.parametrize("listen", ["[::]:{}", "[::]:{},0.0.0.0:{}"])
def test_all_ipv6_addresses_stand_for_all(certificates, listen):
    port = free_port()
    with Running(certificates, "--allow-anonymous", "--listen", listen.format(port, port)):
        assert check(certificates, f"ipv4:127.0.0.1:{port}") == SERVING
        assert check(certificates, f"ipv6:[::1]:{port}") == SERVING


def test_the_file_may_list_addresses(certificates, tmp_path):
    ports = [free_port(), free_port()]
    file = tmp_path / "vigied.json"
    file.write_text('{"listen": ["127.0.0.1:%d", "127.0.0.1:%d"]}' % tuple(ports))
    with Running(certificates, "--config", str(file)):
        assert [check(certificates, f"127.0.0.1:{port}") for port in ports] == [SERVING] * 2
    for wrong in ('["127.0.0.1:1", 2]', "[]", '[["127.0.0.1:1"]]', '["[::1]:1", "[::1]:1"]'):
        file.write_text('{"listen": %s}' % wrong)
        assert "listen" in refused(certificates, "--config", str(file))


@pytest.mark.parametrize("address", [
    "127.0.0.1:{},0.0.0.0:{}", "localhost:{},[::]:{}", "unix:/tmp/never.sock,0.0.0.0:{}"])
def test_an_address_that_others_reach_needs_callers_that_show_something(certificates, address):
    said = refused(certificates, "--listen", address.format(free_port(), free_port()))
    assert "can be reached by others" in said and not Path("/tmp/never.sock").exists()


def test_a_port_in_use_is_told(certificates):
    with socket.socket(socket.AF_INET6) as other:
        other.bind(("::1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused(certificates, "--listen", f"localhost:{port}")
        assert f"localhost:{port}" in said and "in use" in said
        said = refused(certificates, "--metrics-listen", f"[::1]:{port}", "--listen",
                       f"127.0.0.1:{free_port()}")
        assert f"[::1]:{port}" in said and "in use" in said and "--metrics-listen" in said


@pytest.mark.parametrize("address, reason", [
    ("192.0.2.1:7443", "no such address"), ("nowhere.invalid:7443", "leads nowhere"),
    ("unix:/nowhere/vigie.sock", "directory"), ("unix:/etc/hostname", "no socket")])
def test_an_address_that_cannot_be_had_is_told(certificates, address, reason):
    said = refused(certificates, "--allow-anonymous", "--listen", address)
    assert address in said and reason in said


def test_a_socket_that_is_left_is_put_away_and_one_in_use_is_not(certificates, tmp_path):
    path = tmp_path / "vigie.sock"
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(path))
    assert path.exists()
    left.close()
    with Running(certificates, "--listen", f"unix:{path}") as server:
        assert check(certificates, f"unix:{path}") == SERVING
        assert "in use" in refused(certificates, "--listen", f"unix:{path}")
        assert check(certificates, f"unix:{path}") == SERVING
        server.process.kill()
        server.process.wait()
    with Running(certificates, "--listen", f"unix:{path}"):
        assert check(certificates, f"unix:{path}") == SERVING


def test_a_socket_of_somebody_else_stays(certificates, tmp_path):
    path = tmp_path / "vigie.sock"
    with Running(certificates, "--listen", f"unix:{path}") as first:
        path.unlink()
        with Running(certificates, "--listen", f"unix:{path}"):
            first.process.send_signal(signal.SIGTERM)
            assert first.process.wait(STOP_SECONDS) == 0
            assert check(certificates, f"unix:{path}") == SERVING
        assert not path.exists()


def test_a_hand_over_changes_modes_and_gives_up_files(certificates, tmp_path):
    settings, old, kept = (tmp_path / name for name in ("s.json", "old.sock", "kept.sock"))

    def write(mode: str, *paths: Path) -> None:
        listen = [f"unix:{path}" for path in paths]
        settings.write_text(json.dumps({"listen": listen, "socket_mode": mode}))

    write("0666", old, kept)
    with Running(certificates, "--config", str(settings)) as server:
        assert stat.S_IMODE(kept.stat().st_mode) == 0o666
        write("0600", kept)
        server.hand_over()
        ends = time.monotonic() + STOP_SECONDS
        while old.exists():
            assert time.monotonic() < ends
            time.sleep(0.05)
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert check(certificates, f"unix:{kept}") == SERVING


def test_a_socket_is_for_this_users_programs_unless_told(certificates, tmp_path):
    path = tmp_path / "vigie.sock"
    mask = os.umask(0o077)
    try:
        with Running(certificates, "--listen", f"unix:{path}"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
    finally:
        os.umask(mask)


def test_plain_text_is_refused_on_a_file_too(certificates, tmp_path):
    path = tmp_path / "vigie.sock"
    with Running(certificates, "--listen", f"unix:{path}"), socket.socket(socket.AF_UNIX) as plain:
        plain.settimeout(20)
        plain.connect(str(path))
        plain.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        assert b"gRPC over TLS" in plain.recv(4_096)


def test_sockets_of_systemd_are_served(certificates, tmp_path):
    path = str(tmp_path / "passed.sock")
    with listen_on(("127.0.0.1", 0)) as first, listen_on(path) as second, \
            listen_on(("127.0.0.1", 0)) as metrics:
        port, page = first.getsockname()[1], metrics.getsockname()[1]
        # Who comes before the server waits for it.
        with socket.create_connection(("127.0.0.1", port)):
            with passed(certificates, {"vigied.socket": first, "file": second,
                                       "metrics": metrics}) as server:
                server.await_log("Listening.")
                assert check(certificates, f"127.0.0.1:{port}") == SERVING
                assert check(certificates, f"unix:{path}") == SERVING
                server.await_log("passes sockets", f"127.0.0.1:{port}")
                with socket.create_connection(("127.0.0.1", page), timeout=20) as asking:
                    asking.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                    assert b"200 OK" in asking.recv(4_096)
        # The file is systemd's.
        assert os.path.exists(path)


def test_a_restart_refuses_nobody(certificates):
    with listen_on(("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        with passed(certificates, {"vigied.socket": first}) as server:
            server.await_log("Listening.")
            assert check(certificates, f"127.0.0.1:{port}") == SERVING
        waiting = socket.create_connection(("127.0.0.1", port), timeout=20)
        with waiting, passed(certificates, {"vigied.socket": first}):
            began = time.monotonic()
            assert check(certificates, f"127.0.0.1:{port}") == SERVING
            assert time.monotonic() - began < 20


def test_what_is_passed_must_listen_and_is_held_to_the_same_rules(certificates):
    with socket.socket() as idle, passed(certificates, {"x.socket": idle}, fails=True) as server:
        assert server.process.wait(STOP_SECONDS) == 78
        server.await_log("x.socket", "Accept=no")
    with listen_on(("0.0.0.0", 0)) as first, \
            passed(certificates, {"vigied.socket": first}, fails=True) as server:
        assert server.process.wait(STOP_SECONDS) == 78
        server.await_log("can be reached by others")


def test_what_is_meant_for_another_process_is_not_taken(certificates):
    with listen_on(("127.0.0.1", 0)) as first:
        with passed(certificates, {"vigied.socket": first}, process_id="1") as server:
            server.await_log("Listening.")
            assert f"127.0.0.1:{first.getsockname()[1]}" not in server.log()
