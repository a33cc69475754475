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


def _request(
    subject: str, certificate: Path, key: Path, *more: str, algorithm: str = "ec", days: int = 2
) -> None:
    curve = ["-pkeyopt", "ec_paramgen_curve:P-256"] if algorithm == "ec" else []
    command = [
        "openssl", "req", "-x509", "-newkey", algorithm, *curve, "-nodes", "-days", str(days),
        "-subj", subject, "-keyout", str(key), "-out", str(certificate),
    ]
    subprocess.run([*command, *more], check=True, capture_output=True)


def server_certificate(
    directory: Path, name: str, certificates: Certificates, names: str, *,
    algorithm: str = "ec", days: int = 2
) -> tuple[Path, Path]:
    """Another certificate and key of a server."""
    certificate, key = directory / f"{name}.pem", directory / f"{name}.key"
    _request(
        f"/CN={name}", certificate, key, "-CA", str(certificates.ca),
        "-CAkey", str(certificates.ca.with_suffix(".key")),
        "-addext", f"subjectAltName={names}", "-addext", "basicConstraints=critical,CA:FALSE",
        algorithm=algorithm, days=days)
    return certificate, key


def client_certificate(
    directory: Path, name: str, certificates: Certificates, names: str
) -> tuple[Path, Path]:
    """A certificate and key of a client, with alternative names in OpenSSL's notation."""
    certificate, key = directory / f"{name}.pem", directory / f"{name}.key"
    _request(
        f"/CN={name}", certificate, key, "-CA", str(certificates.ca),
        "-CAkey", str(certificates.ca.with_suffix(".key")),
        "-addext", f"subjectAltName={names}", "-addext", "extendedKeyUsage=clientAuth",
        "-addext", "basicConstraints=critical,CA:FALSE")
    return certificate, key
