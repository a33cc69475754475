# SPDX-License-Identifier: Apache-2.0
"""What a server shows and speaks: versions, ciphers, names, and certificates that change."""

import shutil
import signal
import socket
import ssl
import subprocess
import time

import grpc
import pytest

from support.access import models
from support.certificates import Certificates, server_certificate
from support.server import Server
from test_process import expired

# https://wiki.mozilla.org/Security/Server_Side_TLS, version 5.7.
INTERMEDIATE = {
    f"ECDHE-{kind}-{cipher}" for kind in ("ECDSA", "RSA")
    for cipher in ("AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305")}
GROUPS = {"X25519", "P-256", "P-384"}


def serial(server: Server, name: str = "localhost") -> int:
    """The serial number of the certificate that a client gets who asks for a name."""
    return int(shown(server, name)["serialNumber"], 16)


def shown(server: Server, name: str) -> dict:
    context = ssl.create_default_context(cafile=str(server.certificates.ca))
    context.set_alpn_protocols(["h2"])
    context.check_hostname = False
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname=name) as wrapped:
            return wrapped.getpeercert()


def wait_for(condition) -> None:
    ends = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < ends, "it does not come"
        time.sleep(0.05)


@pytest.fixture
def changing(tmp_path, certificates) -> Certificates:
    """Certificates whose files a test may change."""
    server, key = tmp_path / "server.pem", tmp_path / "server.key"
    shutil.copy(certificates.server, server)
    shutil.copy(certificates.server_key, key)
    return Certificates(certificates.ca, server, key, certificates.other_ca)


@pytest.mark.parametrize("how", ["SIGHUP", "time"])
def test_a_new_certificate_is_shown_and_calls_go_on(changing, tmp_path, how):
    interval = "0" if how == "SIGHUP" else "1"
    with Server(changing, "--reload-interval", interval) as server, server.channel() as channel:
        assert models(channel)
        old = serial(server)
        certificate, key = server_certificate(
            tmp_path, "new", changing, "DNS:localhost,IP:127.0.0.1")
        key.replace(changing.server_key)
        certificate.replace(changing.server)
        if how == "SIGHUP":
            server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: serial(server) != old)
        # The connection of before goes on, and new ones come.
        assert models(channel)
        with server.channel() as other:
            assert models(other)
    server.await_log("were read again")


def test_what_cannot_be_used_leaves_the_good_pair(changing, tmp_path):
    good, good_key = changing.server.read_bytes(), changing.server_key.read_bytes()
    other, other_key = server_certificate(tmp_path, "other", changing, "DNS:localhost")
    old_one, old_key = expired(tmp_path)
    with Server(changing, "--reload-interval", "0") as server:
        old = serial(server)
        for certificate, key in [
            (b"", good_key), (good, b"nonsense"), (good[:-200], good_key), (None, good_key),
            (other.read_bytes(), good_key), (old_one.read_bytes(), old_key.read_bytes()),
        ]:
            changing.server.unlink(missing_ok=True)
            if certificate is not None:
                changing.server.write_bytes(certificate)
            changing.server_key.write_bytes(key)
            before = server.log().count("Not reloaded")
            server.process.send_signal(signal.SIGHUP)
            wait_for(lambda: server.log().count("Not reloaded") > before)
            assert serial(server) == old
        changing.server.write_bytes(other.read_bytes())
        changing.server_key.write_bytes(other_key.read_bytes())
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: serial(server) != old)


def test_a_certificate_for_each_name(certificates, tmp_path):
    directory = tmp_path / "names"
    directory.mkdir()
    for name in ("a.example", "b.example"):
        server_certificate(directory, name, certificates, f"DNS:{name},DNS:*.{name}")
    with Server(certificates, "--tls-cert-dir", str(directory)) as server:
        numbers = {name: serial(server, name) for name in (
            "localhost", "a.example", "x.a.example", "b.example", "unknown.example", "A.EXAMPLE")}
        assert numbers["a.example"] == numbers["x.a.example"] == numbers["A.EXAMPLE"]
        assert numbers["localhost"] == numbers["unknown.example"]
        assert len(set(numbers.values())) == 3
    (directory / "b.example.key").unlink()
    done = subprocess.run(
        [server.process.args[0], "serve", "--check-config", "--tls-cert", certificates.server,
         "--tls-key", certificates.server_key, "--tls-cert-dir", directory],
        capture_output=True, text=True)
    assert done.returncode == 78 and "b.example.key is not there" in done.stderr


def handshake(server: Server, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["openssl", "s_client", "-connect", server.address, "-alpn", "h2", "-brief",
         "-CAfile", str(server.certificates.ca), *options],
        input=b"", capture_output=True, timeout=60)


def test_nothing_outside_of_the_intermediate_profile(certificates, tmp_path):
    rsa, rsa_key = server_certificate(
        tmp_path, "rsa", certificates, "DNS:localhost,IP:127.0.0.1", algorithm="rsa:2048")
    both = Certificates(certificates.ca, rsa, rsa_key, certificates.other_ca)
    every = subprocess.run(
        ["openssl", "ciphers", "-tls1_2", "-s", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"],
        capture_output=True, text=True, check=True).stdout.strip().split(":")
    every = [cipher for cipher in every if not cipher.startswith("TLS_")]
    taken = set()
    for used in (certificates, both):
        with Server(used) as server:
            for cipher in every:
                done = handshake(server, "-tls1_2", "-cipher", f"{cipher}:@SECLEVEL=0")
                if done.returncode == 0:
                    taken.add(cipher)
            for version in ("-tls1", "-tls1_1"):
                assert handshake(
                    server, version, "-cipher", "ALL:@SECLEVEL=0").returncode != 0
            for group in ("X25519", "P-256", "P-384", "P-521", "X448", "brainpoolP256r1tls13",
                          "secp256k1"):
                done = handshake(server, "-groups", group)
                assert (done.returncode == 0) == (group in GROUPS), group
    assert taken == INTERMEDIATE


def test_nothing_outside_of_the_modern_profile_when_asked(certificates):
    with Server(certificates, "--tls-min-version", "1.3") as server:
        assert handshake(server, "-tls1_3").returncode == 0
        assert handshake(server, "-tls1_2").returncode != 0
        with server.channel() as channel:
            assert models(channel)
    server.await_log("Handshake refused.", "unsupported protocol")


def test_who_wants_another_handshake_is_told_no(certificates):
    """TLS 1.2: without an alert its client waits for the server, and the server for it."""
    with Server(certificates) as server, subprocess.Popen(
            ["openssl", "s_client", "-connect", server.address, "-alpn", "h2", "-tls1_2",
             "-CAfile", str(certificates.ca)],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True) as client:
        try:
            assert client.stdin is not None and client.stderr is not None
            client.stdin.write("R\n")
            client.stdin.flush()
            assert client.wait(timeout=20) == 1
            assert "no renegotiation" in client.stderr.read()
        finally:
            client.kill()


def test_refused_handshakes_are_told_but_do_not_fill_the_log(certificates):
    with Server(certificates, "--threads", "1") as server:
        for _ in range(200):
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as plain:
                plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
                plain.recv(1_000)
        time.sleep(1.1)
        with server.channel(ca=server.certificates.other_ca) as channel:
            with pytest.raises(grpc.RpcError):
                models(channel)
        server.stop()
        log = server.log()
        lines = [line for line in log.splitlines() if "Handshake refused." in line]
        assert 5 <= len(lines) < 150 and "plain text" in lines[0] and "peer=" in lines[0]
        assert "untold=" in log
        assert "vigie_handshakes_refused=201" in log.splitlines()[-1]
