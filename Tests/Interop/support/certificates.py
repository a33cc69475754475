# SPDX-License-Identifier: Apache-2.0
"""Throwaway certificates, made with the openssl command."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Certificates:
    """Paths of PEM files: a CA, a server's certificate and key, a CA that signed nothing."""

    ca: Path
    server: Path
    server_key: Path
    other_ca: Path

    @staticmethod
    def make(directory: Path) -> "Certificates":
        """Makes all of them in `directory`."""
        ca, ca_key = directory / "ca.pem", directory / "ca.key"
        other = directory / "other-ca.pem"
        server, server_key = directory / "server.pem", directory / "server.key"
        _request("/CN=Vigie test CA", ca, ca_key)
        _request("/CN=Vigie other test CA", other, directory / "other-ca.key")
        _request(
            "/CN=localhost", server, server_key,
            "-CA", str(ca), "-CAkey", str(ca_key),
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1",
            "-addext", "basicConstraints=critical,CA:FALSE",
        )
        return Certificates(ca, server, server_key, other)


def _request(subject: str, certificate: Path, key: Path, *more: str) -> None:
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
        "-nodes", "-days", "2", "-subj", subject, "-keyout", str(key), "-out", str(certificate),
    ]
    subprocess.run([*command, *more], check=True, capture_output=True)
