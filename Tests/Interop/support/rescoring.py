# SPDX-License-Identifier: Apache-2.0
"""Companies and facts put into a store behind the server's back, and runs that are waited for."""

import hashlib
import sqlite3
import subprocess
import time

from support.stores import PostgreSQL
from vigie.v1 import known_facts_pb2, portfolio_runs_pb2 as runs


class StoreTables:
    """The tables of a store, whichever kind it is."""

    def __init__(self, store: str, postgresql: PostgreSQL | None) -> None:
        self.store, self.postgresql = store, postgresql
        self.is_sqlite = not store.startswith("postgresql")

    def run(self, *statements: str) -> None:
        """Carries out statements, all of them or none."""
        script = ";\n".join(["begin", *statements, "commit"]) + ";\n"
        if self.is_sqlite:
            with sqlite3.connect(self.store, timeout=60) as connection:
                connection.executescript(script)
            return
        subprocess.run(
            [self.postgresql.programs / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.store],
            input=script, text=True, check=True, capture_output=True, cwd="/")

    def rows(self, question: str) -> list[tuple[str, ...]]:
        """What a question answers, as texts."""
        if self.is_sqlite:
            with sqlite3.connect(self.store, timeout=60) as connection:
                return [tuple(map(str, row)) for row in connection.execute(question)]
        done = subprocess.run(
            [self.postgresql.programs / "psql", "-XAtqc", question, self.store],
            text=True, check=True, capture_output=True, cwd="/")
        return [tuple(line.split("|")) for line in done.stdout.splitlines()]

    def bytes(self, content: bytes) -> str:
        """Bytes in a statement."""
        return f"x'{content.hex()}'" if self.is_sqlite else f"'\\x{content.hex()}'::bytea"

    def know(self, slot: int, content: bytes, kinds: tuple[str, ...], day: int) -> None:
        """Adds facts of a company as they come in now, one of each kind."""
        digest = hashlib.sha256(content).digest()
        for kind in kinds:
            self.run(
                "update counter set value = value + 1 where name = 'fact'",
                f"""insert into company_fact
                    (number, slot, kind, day, known_at, source, digest, content)
                    select value, {slot}, '{kind}', {day}, {time.time_ns() // 1000}, 'test',
                        {self.bytes(digest)}, {self.bytes(content)}
                    from counter where name = 'fact'""")


def content(line_names: list[str], company) -> bytes:
    """A company as the store keeps facts."""
    kept = known_facts_pb2.KnownFacts(line_names=line_names, company=company)
    return kept.SerializeToString(deterministic=True)


def ended(
    service, number: int, seconds: float = 60, portfolio: str = "", **call
) -> runs.PortfolioRun:
    """A run when it has ended."""
    until = time.monotonic() + seconds
    ask = runs.DescribeRunRequest(number=number, portfolio=portfolio)
    while True:
        run = service.DescribeRun(ask, **call).run
        if run.state != runs.RUN_STATE_OPEN:
            return run
        assert time.monotonic() < until, run
        time.sleep(0.1)
