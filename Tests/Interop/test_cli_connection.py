# SPDX-License-Identifier: Apache-2.0
"""vigie against servers that something is wrong with: exit code, words and advice of each cause."""

import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.server import Server, free_port, program

# Words of libraries that no person is to read.
FOREIGN = ["NIO", "ChannelError", "errno", "SocketAddress", "ssl3_", "routines", "Optional("]


@dataclass(frozen=True)
class Result:
    """What vigie did."""

    status: int
    text: str


def vigie(address: str, ca: Path | None, *arguments: str) -> Result:
    """Asks for health; its errors are one line and hold no foreign word."""
    environment = {"HOME": "/nonexistent", "PATH": os.environ["PATH"]}
    trust = ["--ca-cert", str(ca)] if ca else []
    ended = subprocess.run(
        [program("vigie"), "health", "--server", address, *trust, "--timeout", "10s", *arguments],
        capture_output=True, text=True, timeout=60, env=environment)
    assert len(ended.stderr.splitlines()) <= 1, ended.stderr
    for word in FOREIGN:
        assert word not in ended.stderr, ended.stderr
    return Result(ended.returncode, ended.stderr)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Path, Path, Path]]:
    """Makes certificates, each of an authority of its own: (CA, certificate, key)."""
    directory = tmp_path_factory.mktemp("faulty")

    def make(name: str, *options: str, names: str = "DNS:localhost,IP:127.0.0.1"):
        ca, certificate = directory / f"{name}-ca.pem", directory / f"{name}.pem"
        key, ca_key = directory / f"{name}.key", directory / f"{name}-ca.key"
        request = directory / f"{name}.csr"
        extensions = directory / f"{name}.ext"
        extensions.write_text(f"subjectAltName={names}\nbasicConstraints=critical,CA:FALSE\n")
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        subprocess.run(
            ["openssl", "req", "-x509", *curve, "-days", "2", "-subj", f"/CN=CA of {name}",
             "-keyout", ca_key, "-out", ca], check=True, capture_output=True)
        subprocess.run(
            ["openssl", "req", *curve, "-subj", f"/CN={name}", "-keyout", key, "-out", request],
            check=True, capture_output=True)
        subprocess.run(
            ["openssl", "x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key,
             "-CAcreateserial", "-extfile", extensions, "-out", certificate,
             *(options or ("-days", "2"))], check=True, capture_output=True)
        return ca, certificate, key

    return make


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server whose connections are each given to `serve`; its address."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=run, args=(connection,), daemon=True).start()

    def run(connection: socket.socket) -> None:
        with connection:
            try:
                serve(connection)
            except OSError:
                pass

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def tls(certificate: Path, key: Path, **settings) -> Callable[[socket.socket], None]:
    """Greets over TLS with these settings of an SSLContext, then reads to the end."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    client_ca = settings.pop("client_ca", None)
    if client_ca:
        context.load_verify_locations(client_ca)
        context.verify_mode = ssl.CERT_REQUIRED
    alpn = settings.pop("alpn", ["h2"])
    if alpn:
        context.set_alpn_protocols(alpn)
    for name, value in settings.items():
        setattr(context, name, value)

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            while secure.recv(4096):
                pass

    return serve


def test_a_certificate_that_has_ended(made):
    ca, certificate, key = made("past", "-days", "-1")
    with listening(tls(certificate, key)) as address:
        result = vigie(address, ca)
    assert result.status == 3
    assert "the server's certificate expired on 20" in result.text and "renewed" in result.text
    assert "--ca-cert" not in result.text


def test_a_certificate_of_another_name(made):
    ca, certificate, key = made("elsewhere", names="DNS:scoring.example.org")
    with listening(tls(certificate, key)) as address:
        result = vigie(address, ca)
    assert result.status == 3
    assert "scoring.example.org" in result.text and "--server-name" in result.text


def test_an_authority_that_is_not_trusted(server):
    result = vigie(server.address, server.certificates.other_ca)
    assert result.status == 3
    assert "not trusted here" in result.text and "--ca-cert" in result.text


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_client_certificate_that_is_wanted_or_refused(made, version):
    ca, certificate, key = made("server")
    client_ca, client, client_key = made("client")
    _, other, other_key = made("other")
    serve = tls(
        certificate, key, client_ca=client_ca, minimum_version=version, maximum_version=version)
    with listening(serve) as address:
        result = vigie(address, ca)
        assert result.status == 4, result.text
        assert "asks for a client certificate" in result.text or "asked for" in result.text
        assert "--client-cert" in result.text
        result = vigie(
            address, ca, "--client-cert", str(other), "--client-key", str(other_key))
        assert result.status == 4, result.text
        assert "does not accept the client's certificate" in result.text


def test_vigied_itself_wants_a_client_certificate(made, models_directory, certificates):
    client_ca, client, client_key = made("client")
    with Server(certificates, "--models", str(models_directory), "--tls-client-ca",
                str(client_ca), client=(client, client_key)) as server:
        assert vigie(server.address, certificates.ca).status == 4
        assert vigie(
            server.address, certificates.ca, "--client-cert", str(client), "--client-key",
            str(client_key)).status == 0


def test_tls_without_http2(made):
    ca, certificate, key = made("http1")
    for alpn in (None, ["http/1.1"]):
        with listening(tls(certificate, key, alpn=alpn)) as address:
            result = vigie(address, ca)
        assert result.status == 3
        assert "HTTP/2" in result.text and "--server" in result.text


@pytest.mark.parametrize("answer, words", [
    (b"HTTP/1.1 400 Bad Request\r\n\r\n", "plain HTTP"),
    (b"SSH-2.0-OpenSSH_9.2p1\r\n", "SSH-2.0"),
    (b"\x00\x00\x12\x04\x00\x00\x00\x00\x00", "HTTP/2 without TLS"),
])
def test_a_port_without_tls(certificates, answer, words):
    def serve(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(answer)

    with listening(serve) as address:
        result = vigie(address, certificates.ca)
    assert result.status == 3
    assert words in result.text and "does not speak TLS" in result.text


def test_a_port_that_hangs_up(certificates):
    with listening(lambda connection: None) as address:
        result = vigie(address, certificates.ca)
    assert result.status == 3
    assert "closed" in result.text or "reset" in result.text


def test_nobody_there(certificates):
    result = vigie(f"127.0.0.1:{free_port()}", certificates.ca)
    assert result.status == 3
    assert "nothing listens there" in result.text and "--server" in result.text
    result = vigie("no-such-host.invalid", certificates.ca)
    assert result.status == 3
    assert "no-such-host.invalid" in result.text and "not known" in result.text


def test_several_servers(server, certificates):
    """The first that can be connected to; where there is none, each is named with its reason."""
    dead, silent = f"127.0.0.1:{free_port()}", socket.create_server(("127.0.0.1", 0))
    with silent:
        others = f"{dead},unix:/nowhere/vigied.sock,127.0.0.1:{silent.getsockname()[1]}"
        assert vigie(f"{others},{server.address}", certificates.ca).status == 0
    result = vigie(f"{dead},unix:/nowhere/vigied.sock,no-such-host.invalid", certificates.ca)
    assert result.status == 3
    assert f"cannot connect to any address: {dead}: nothing listens there" in result.text
    assert "unix:/nowhere/vigied.sock: there is no such socket" in result.text
    assert "no-such-host.invalid: the name" in result.text
    assert result.text.count("cannot connect to") == 1 and "--server" in result.text
    assert vigie("a,,b", None).status == 64 == vigie("ipv4:localhost", None).status
    result = vigie("https://user:s3cret@host", None)
    assert result.status == 64 and "not shown here" in result.text and "s3cret" not in result.text
    result = vigie(f"unix:/{'a' * 120}", None)
    assert result.status == 64 and "121 bytes" in result.text


def test_a_socket_in_the_file_system(server, tmp_path):
    path, (host, port) = tmp_path / "vigied.sock", server.address.split(":")

    def relay(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def serve() -> None:
        inner, _ = listener.accept()
        outer = socket.create_connection((host, int(port)))
        threading.Thread(target=relay, args=(outer, inner), daemon=True).start()
        relay(inner, outer)

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        threading.Thread(target=serve, daemon=True).start()
        assert vigie(f"unix:{path}", server.certificates.ca).status == 0


def test_a_server_that_is_silent(certificates):
    with listening(lambda connection: connection.recv(1 << 20) and threading.Event().wait(5)) \
            as address:
        result = vigie(address, certificates.ca, "--timeout", "500ms")
    assert result.status == 3, result.text
    assert "in time" in result.text or "deadline" in result.text


@pytest.mark.parametrize("name, words", [
    ("nowhere.pem", "there is no such file"), (".", "it is a directory"),
    ("text.pem", "it is not PEM"), ("empty.pem", "it is empty"),
    ("server.key", "holds a private key"),
])
def test_files_that_hold_no_certificate(server, tmp_path, name, words):
    (tmp_path / "text.pem").write_text("hello\n")
    (tmp_path / "empty.pem").write_text("")
    (tmp_path / "server.key").write_bytes(server.certificates.server_key.read_bytes())
    result = vigie(server.address, tmp_path / name)
    assert result.status == 78
    assert words in result.text
