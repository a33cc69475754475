# SPDX-License-Identifier: Apache-2.0
"""HAProxy, nginx and Envoy with the configurations that are shipped, before two servers."""

import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

import grpc

import vigie
from support.certificates import Certificates
from support.logs import written
from support.server import START_SECONDS, Server, free_port
from support.stubs import ROOT

SHIPPED = ROOT / "Sources" / "Packaging" / "proxies"


@dataclass
class Kind:
    """How a proxy is told its configuration."""

    program: str
    file: str
    # Gives the arguments, for the configuration with the paths and ports of a test.
    arguments: Callable[[Path, Path], list[str]]
    # The part of the configuration that is about one server.
    server: str


def nginx_arguments(configuration: Path, directory: Path) -> list[str]:
    main = directory / "main.conf"
    places = "".join(f"{name}_temp_path {directory}/{name};\n" for name in
                     ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    main.write_text(
        f"daemon off; master_process off; pid {directory}/pid; error_log stderr warn;\n"
        f"events {{ worker_connections 1024; }}\n"
        f"http {{ access_log off; {places} include {configuration}; }}\n"
    )
    return ["-p", str(directory), "-e", "stderr", "-c", str(main)]


KINDS = {
    "haproxy": Kind("haproxy", "haproxy.cfg", lambda file, _: ["-db", "-f", str(file)],
                    "    server one "),
    "nginx": Kind("nginx", "nginx.conf", nginx_arguments, "    server 127"),
    "envoy": Kind("envoy", "envoy.yaml", lambda file, _: [
        "-c", str(file), "--use-dynamic-base-id", "--concurrency", "2", "-l", "warn",
        "--disable-hot-restart"], "              - endpoint:"),
}


def find(program: str) -> str | None:
    """Where a program is; None when it is nowhere."""
    path = f"{Path(sys.executable).parent}:/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin"
    return shutil.which(program, path=path)


@dataclass
class Proxy:
    """A running proxy, with two servers of its own behind it."""

    port: int
    server: Server
    other: Server
    process: subprocess.Popen

    def channel(self) -> grpc.Channel:
        roots = self.server.certificates.ca.read_bytes()
        return grpc.secure_channel(
            f"localhost:{self.port}", grpc.ssl_channel_credentials(roots),
            options=[("grpc.use_local_subchannel_pool", 1), ("grpc.enable_retries", 0)])


@contextlib.contextmanager
def behind(
    name: str, program: str, certificates: Certificates, tmp_path: Path, *arguments: str
) -> Iterator[Proxy]:
    """A proxy of a kind, before two servers with some arguments."""
    kind = KINDS[name]
    both = tmp_path / "both.pem"
    both.write_text(certificates.server.read_text() + certificates.server_key.read_text())
    port = free_port()
    with Server(certificates, *arguments) as server, Server(certificates, *arguments) as other:
        text = with_two_servers((SHIPPED / kind.file).read_text(), kind.server, other.port)
        for shown, here in [
            ("/etc/haproxy/vigie.pem", both),
            (f"/etc/{kind.program}/vigie.pem", certificates.server),
            (f"/etc/{kind.program}/vigie.key", certificates.server_key),
            ("/etc/vigie/server.pem", certificates.ca),
            ("0.0.0.0", "127.0.0.1"), ("listen 8443", f"listen 127.0.0.1:{port}"),
            ("bind :8443", f"bind 127.0.0.1:{port}"),
            ("port_value: 8443", f"port_value: {port}"), ("7443", server.port),
        ]:
            text = text.replace(shown, str(here))
        configuration = tmp_path / kind.file
        configuration.write_text(text)
        with tempfile.TemporaryFile() as log:
            process = subprocess.Popen(
                [program, *kind.arguments(configuration, tmp_path)], stdout=log, stderr=log)
            try:
                made = Proxy(port, server, other, process)
                wait_until_serving(made, log)
                yield made
            finally:
                process.terminate()
                process.wait(30)


def with_two_servers(text: str, start: str, port: int) -> str:
    """A configuration with what it says of its one server twice, the second time at `port`."""
    place = text.index(start)
    indent = len(start) - len(start.lstrip())
    lines = text[place:].splitlines(keepends=True)
    count = next((i for i, line in enumerate(lines[1:], 1)
                  if len(line) - len(line.lstrip()) <= indent), len(lines))
    part = "".join(lines[:count])
    second = part.replace("7443", str(port)).replace("server one", "server two")
    return text[:place] + part + second + "".join(lines[count:])


def wait_until_serving(proxy: Proxy, log: object) -> None:
    with vigie.Client(f"localhost:{proxy.port}", ca=proxy.server.certificates.ca) as client:
        ends = time.monotonic() + START_SECONDS
        while True:
            try:
                client.wait_until_serving(5)
                return
            except vigie.VigieError as error:
                if proxy.process.poll() is not None or time.monotonic() > ends:
                    raise RuntimeError(f"{error}\n{written(log)}") from None
