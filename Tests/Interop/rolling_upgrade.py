# SPDX-License-Identifier: Apache-2.0
"""Upgrades a store of PostgreSQL from the release before to this one, with a server of each beside
the other, as when servers are replaced one after the other.

Usage: rolling_upgrade.py [--old PROGRAM] [--programs DIRECTORY] [--scratch DIRECTORY]

The release before is the last commit with a migration less. It is built, which takes minutes,
unless its `vigied` is given. Both servers have to work while facts come and runs run, the new one
has to save the store first, one of a release before that has to refuse it, and going back by the
backup has to give what there was.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    import support.stubs  # noqa: F401  Makes vigie.v1 importable.

import support.server
from support.certificates import Certificates
from support.kills import Stage, record
from support.paper_parts import parts, samples
from support.rescoring import StoreTables
from support.server import Server, program
from support.stores import PostgreSQL, postgresql_programs, stub
from support.stubs import ROOT
from vigie.v1 import (
    assessment_service_pb2_grpc, portfolio_pb2 as portfolio, portfolio_runs_pb2 as runs,
    portfolio_service_pb2 as messages,
)

SCHEMA = "Sources/Stores/PortfolioStore/StoreSchema.swift"


def git(*arguments: str) -> str:
    """What git answers."""
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def migration_count(text: str) -> int:
    """How many migrations a schema lists."""
    listed = re.search(r"static let migrations = \[(.*?)\]", text, re.S)
    return len(re.findall(r"\w+", listed[1])) if listed else 0


def commit_before() -> str:
    """The last commit with a migration less than there are."""
    now = migration_count((ROOT / SCHEMA).read_text())
    for commit in git("log", "--format=%H", "--", SCHEMA).splitlines():
        if 0 < migration_count(git("show", f"{commit}:{SCHEMA}")) < now:
            return commit
    raise SystemExit("git knows of no release with a migration less")


def built(scratch: Path) -> str:
    """The server of the release before."""
    tree = scratch / "tree"
    commit = commit_before()
    print(f"building {commit[:12]} in {tree}", flush=True)
    git("worktree", "add", "--detach", "--force", str(tree), commit)
    try:
        packages = Path(program("vigied")).resolve().parents[2]
        for name in ("checkouts", "repositories", "artifacts", "workspace-state.json"):
            there = packages / name
            if there.is_dir():
                shutil.copytree(there, tree / ".build" / name, symlinks=True)
            elif there.exists():
                shutil.copy(there, tree / ".build" / name)
        subprocess.run(["swift", "build", "--product", "vigied", "--skip-update"], cwd=tree,
                       check=True, stdout=subprocess.DEVNULL)
        kept = scratch / "old"
        kept.mkdir()
        shutil.copy(tree / ".build" / "debug" / "vigied", kept)
        return str(kept / "vigied")
    finally:
        git("worktree", "remove", "--force", str(tree))


def started(vigied: str, *arguments) -> Server:
    """A server of another program."""
    before, support.server.program = support.server.program, lambda _: vigied
    try:
        return Server(*arguments)
    finally:
        support.server.program = before


class Both(Stage):
    """Servers of two releases, of which the calls go to either."""

    def __init__(self, servers: list[Server]) -> None:
        super().__init__(lambda: servers.pop(0), len(servers), None, 1)


def wanted(tables: StoreTables) -> list[tuple]:
    """What is known and what was found, of all companies."""
    return tables.rows(
        "select identity, s.outcome, coalesce(s.score, -1), (select count(*) from company_fact f "
        "where f.slot = c.slot) from company c left join company_score s on s.slot = c.slot "
        "order by identity")


def upgrade(old: str, database: PostgreSQL, directory: Path) -> list[str]:
    """Does it; what was wrong."""
    certificates, wrong = Certificates.make(directory), []
    tables, saved = StoreTables(database.uri, database), directory / "saved"
    names = [f"c{number:03}" for number in range(400)]
    saved.mkdir()
    known_by, uri = None, database.uri
    with Server(certificates, "--read-papers") as server, server.channel() as channel:
        known_by = assessment_service_pb2_grpc.AssessmentServiceStub(channel).ReadPapers(
            parts(samples()))
    sound = next(each for each in known_by.companies if each.siren == "999200017")
    first = started(old, certificates, "--store", uri)
    with first.channel() as channel:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        stub(channel).PutCompanies(messages.PutCompaniesRequest(portfolio="p", companies=[
            portfolio.FollowedCompany(company=portfolio.CompanyIdentifier(own=name))
            for name in names]))
    schema = int(tables.rows("select count(*) from schema_migration")[0][0])
    with Both([first]) as stage:
        record(stage, known_by, sound, names[:100])
        stage.settle(tables)
        before = wanted(tables)
        second = Server(certificates, "--store", uri, "--store-backups", str(saved))
        stage.servers.append(second)
        if int(tables.rows("select count(*) from schema_migration")[0][0]) <= schema:
            wrong.append("the new server changed no tables: the old one is no release before")
        copies = list(saved.iterdir())
        if len(copies) != 1:
            wrong.append(f"{len(copies)} backups were made before the upgrade")
        # Both at work, on the same.
        for start in range(100, 400, 20):
            record(stage, known_by, sound, names[start:start + 20])
        with first.channel() as channel:
            stub(channel).StartRun(runs.StartRunRequest(portfolio="p"))
        stage.settle(tables)
        found = wanted(tables)
        if len(found) != len(names) or len({row[1:] for row in found}) != 1:
            wrong.append(f"companies are not all alike: {sorted({row[1:] for row in found})}")
        for server in (first, second):
            for word in ("STORE_DEFECT", "STORE_DAMAGED", "Traceback", "Fatal error"):
                if word in server.log():
                    wrong.append(f"{word} in a log: {server.log()[-2_000:]}")
    # One that is killed on the old tables, and a start on those of two releases later.
    tables.run("insert into schema_migration (number, name, checksum, oldest_program, applied_at) "
               "select max(number) + 1, 'later', 'x', 1, 1 from schema_migration")
    refused = subprocess.run(
        [old, "serve", "--listen", "127.0.0.1:0", "--tls-cert", certificates.server, "--tls-key",
         certificates.server_key, "--store", uri], capture_output=True, text=True, timeout=60)
    if refused.returncode != 78 or "this program knows" not in refused.stderr:
        wrong.append(f"two releases later: {refused.returncode} {refused.stderr}")
    for copy in copies[:1]:
        database.run("create database back")
        again = uri.replace("/postgres?", "/back?")
        done = subprocess.run([old, "store", "restore", copy, "--store", again],
                              capture_output=True, text=True)
        back = wanted(StoreTables(again, database)) if done.returncode == 0 else done.stderr
        if back != before:
            wrong.append(f"the backup is not what there was: {str(back)[:500]}")
    return wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--old")
    options.add_argument("--programs", type=Path)
    options.add_argument("--scratch", type=Path)
    chosen = options.parse_args()
    programs = chosen.programs or postgresql_programs()
    if programs is None:
        print("there is no PostgreSQL on this machine")
        return 2
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=chosen.scratch) as name:
        directory = Path(name)
        old = os.path.abspath(chosen.old) if chosen.old else built(directory)
        database = PostgreSQL(programs, directory / "server")
        try:
            wrong = upgrade(old, database, directory)
        finally:
            database.stop()
    print("\n".join(wrong) or "both releases worked on one store, and nothing is lost",
          f"\n{time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
