# SPDX-License-Identifier: Apache-2.0
"""Stores of servers: saved, restored, damaged, gone; in each kind of database."""

import sqlite3
import subprocess
import time

import grpc
import pytest

from support.access import refused, score, vigied
from support.server import Server
from support.stores import SIRENS, company, stub
from vigie.v1 import portfolio_pb2 as portfolio
from vigie.v1 import portfolio_service_pb2 as messages


def test_a_backup_goes_into_the_other_kind(serving, store, team, tmp_path, postgresql):
    with serving() as server, server.channel() as channel:
        service = stub(channel)
        service.CreatePortfolio(
            messages.CreatePortfolioRequest(name="p"), metadata=team["anna"])
        put = messages.PutCompaniesRequest(portfolio="p", companies=[
            company(siren, name=f"N {siren}", limit=index) for index, siren in enumerate(SIRENS)])
        service.PutCompanies(put, metadata=team["anna"])
        # While the server runs.
        for file in tmp_path.glob("store.sqlite*"):
            assert file.stat().st_mode & 0o077 == 0
        backup = tmp_path / "vigie.backup"
        done = vigied("store", "backup", "--store", store, "--output", str(backup))
        assert done.returncode == 0, done.stderr
        assert backup.stat().st_mode & 0o077 == 0
        assert vigied("store", "restore", str(backup), "--store", store).returncode == 73
        service.RemoveCompanies(messages.RemoveCompaniesRequest(
            portfolio="p", companies=[each.company for each in put.companies]),
            metadata=team["anna"])
    other = str(tmp_path / "other.sqlite")
    if not store.startswith("postgresql") and postgresql is not None:
        postgresql.run("create database restored")
        other = postgresql.uri.replace("/postgres?", "/restored?")
    done = vigied("store", "restore", str(backup), "--store", other)
    # Without a list nobody is erased again, which whoever restores has to know.
    assert done.returncode == 0 and "warning: there is no list of erasures" in done.stderr
    checked = vigied("store", "check", "--store", other)
    assert checked.returncode == 0 and "portfolio_company 4" in checked.stdout, checked.stdout
    # What comes last on a command line counts.
    with serving("--store", other) as server, server.channel() as channel:
        left = stub(channel).ListCompanies(
            messages.ListCompaniesRequest(portfolio="p"), metadata=team["anna"])
        assert list(left.companies) == list(put.companies)


def test_who_is_erased_stays_so(serving, store, team, tmp_path, postgresql):
    """Erased while the server runs, held back by a matter, and not brought back by a backup."""
    backup, erasures = tmp_path / "vigie.backup", tmp_path / "erasures"

    def run(*arguments) -> subprocess.CompletedProcess:
        return vigied("store", *arguments, "--store", store)

    with serving() as server, server.channel() as channel:
        service = stub(channel)
        service.CreatePortfolio(
            messages.CreatePortfolioRequest(name="p"), metadata=team["anna"])
        person = portfolio.FollowedCompany(
            company=portfolio.CompanyIdentifier(own="4711"), name="Jeanne Martin, boulangère")
        put = messages.PutCompaniesRequest(
            portfolio="p", companies=[person, company(SIRENS[0], name="Orange")])
        service.PutCompanies(put, metadata=team["anna"])
        assert run("backup", "--output", backup).returncode == 0
        named = ("own:4711", "--as", "olga")
        assert run("hold", *named, "--reason", "case 17").stdout == "held\n"
        erase = ("erase", *named, "--reason", "request", "--erasures", erasures)
        refused_erasure = run(*erase)
        assert refused_erasure.returncode != 0 and "case 17" in refused_erasure.stderr
        assert not erasures.exists()
        assert run("release", *named, "--reason", "case 18").returncode == 66
        assert run("release", *named, "--reason", "case 17").returncode == 0
        done = run(*erase)
        assert done.returncode == 0, done.stderr
        assert "Martin" not in erasures.read_text() and "4711" not in erasures.read_text()
        assert erasures.stat().st_mode & 0o077 == 0
        assert run(*erase).returncode == 66
        list_all = messages.ListCompaniesRequest(portfolio="p")
        left = service.ListCompanies(list_all, metadata=team["anna"]).companies
        assert list(left) == [put.companies[1]]
        # The same number is another's for good: who comes again is somebody new.
        counts = service.PutCompanies(put, metadata=team["anna"]).counts
        assert counts.new_companies == 1
    assert run("sweep", "--dry-run").stdout == "nothing is past its time\n"
    if not store.startswith("postgresql"):
        files = b"".join(each.read_bytes() for each in tmp_path.glob("store.sqlite*"))
        assert files.count("Jeanne Martin".encode()) <= 2
    if store.startswith("postgresql"):
        postgresql.run("drop database if exists again")
        postgresql.run("create database again")
        other = postgresql.uri.replace("/postgres?", "/again?")
    else:
        other = str(tmp_path / "again.sqlite")
    missing = vigied(
        "store", "restore", backup, "--store", other, "--erasures", tmp_path / "none")
    assert missing.returncode == 66
    done = vigied("store", "restore", backup, "--store", other, "--erasures", erasures)
    assert done.returncode == 0 and "1 persons were erased again" in done.stdout, done.stderr
    assert "no list of erasures" not in done.stderr
    with serving("--store", other) as server, server.channel() as channel:
        left = stub(channel).ListCompanies(list_all, metadata=team["anna"]).companies
        assert list(left) == [put.companies[1]]


def test_damaged_and_foreign_stores(tmp_path, certificates):
    missing = vigied("store", "check", "--store", str(tmp_path / "none.sqlite"))
    assert missing.returncode == 66 and not (tmp_path / "none.sqlite").exists()
    foreign = tmp_path / "foreign.sqlite"
    subprocess.run(["python3", "-c", f"import sqlite3; c = sqlite3.connect({str(foreign)!r});"
                    "c.execute('create table x (y)'); c.commit()"], check=True)
    before = foreign.read_bytes()
    assert vigied("store", "check", "--store", str(foreign)).returncode == 65
    text = tmp_path / "text.sqlite"
    text.write_text("no database " * 1_000)
    assert vigied("store", "check", "--store", str(text)).returncode == 65
    for path in (foreign, text):
        done = vigied("serve", "--listen", "127.0.0.1:0", "--tls-cert", certificates.server,
                      "--tls-key", certificates.server_key, "--store", str(path))
        assert done.returncode == 78 and "store" in done.stderr, done.stderr
    assert foreign.read_bytes() == before
    for uri in ("mysql://x", "postgresql://u:geheim@h/d", "postgresql://h/d?password=geheim",
                "postgresql://h/d?nonsense=1"):
        done = vigied("store", "check", "--store", uri)
        assert done.returncode == 64 and "geheim" not in done.stderr, done.stderr


def test_the_server_scores_on_while_postgresql_is_gone(
        certificates, postgresql, team, tmp_path):
    if postgresql is None:
        pytest.skip("there is no PostgreSQL on this machine")
    postgresql.run("create database gone")
    store = postgresql.uri.replace("/postgres?", "/gone?")
    postgresql.stop(9)
    try:
        # It starts although there is no store, and has it as soon as it comes.
        with Server(certificates, "--store", store) as server, server.channel() as channel:
            service = stub(channel)
            make = messages.CreatePortfolioRequest(name="p")
            score(channel)
            assert refused(service.CreatePortfolio, make)[:2] \
                == ("UNAVAILABLE", "STORE_UNAVAILABLE")
            postgresql.start()
            service.CreatePortfolio(make)
            postgresql.stop(9)
            list_all = messages.ListPortfoliosRequest()
            for _ in range(3):
                assert refused(service.ListPortfolios, list_all)[1] == "STORE_UNAVAILABLE"
            postgresql.start()
            deadline = time.monotonic() + 10
            while time.monotonic() < deadline:
                try:
                    names = [each.name for each in service.ListPortfolios(list_all).portfolios]
                    break
                except grpc.RpcError:
                    time.sleep(0.1)
            assert names == ["p"]
    finally:
        if postgresql.process is None:
            postgresql.start()


def test_long_changes_keep_nobody_from_looking(certificates, tmp_path):
    """Threads that change (storeWriteThreads) wait for another process; those that read go on
    (storeReadThreads)."""
    path = tmp_path / "store.sqlite"
    with Server(certificates, "--store", str(path)) as server, server.channel() as channel:
        service = stub(channel)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")
        puts = [service.PutCompanies.future(messages.PutCompaniesRequest(
            portfolio="p", companies=[company(siren)])) for siren in SIRENS]
        began = time.monotonic()
        for _ in range(20):
            listed = service.ListCompanies(messages.ListCompaniesRequest(portfolio="p"))
            assert not listed.companies
        assert time.monotonic() - began < 2
        other.execute("rollback")
        for put in puts:
            assert put.result().counts.added == 1
        # Whoever waits in vain is told to come back, and nothing was changed.
        other.execute("begin immediate")
        again = messages.RemoveCompaniesRequest(
            portfolio="p", companies=[portfolio.CompanyIdentifier(siren=SIRENS[0])])
        assert refused(service.RemoveCompanies, again)[:2] == ("UNAVAILABLE", "STORE_BUSY")
        other.execute("rollback")
        assert len(service.ListCompanies(
            messages.ListCompaniesRequest(portfolio="p")).companies) == 4


def test_a_file_that_goes_is_told(certificates, tmp_path):
    """SQLite goes on with a file that was taken away, and all would be lost in the end."""
    path, away = tmp_path / "store.sqlite", tmp_path / "away.sqlite"
    with Server(certificates, "--store", str(path)) as server, server.channel() as channel:
        service = stub(channel)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        path.rename(away)
        put = messages.PutCompaniesRequest(portfolio="p", companies=[company(SIRENS[0])])
        code, reason, message = refused(service.PutCompanies, put)
        assert (code, reason) == ("UNAVAILABLE", "STORE_UNAVAILABLE"), message
        # Whoever reads has it open already, or cannot open it.
        assert refused(service.ListPortfolios, messages.ListPortfoliosRequest())[1] \
            in ("STORE_UNAVAILABLE", "STORE_DENIED")
        assert not path.exists()
        away.rename(path)
        assert service.PutCompanies(put).counts.added == 1
        server.await_log("does what is asked of it again")
        assert server.log().count("The store fails") == 1
    # Under a second name it would be another store.
    (tmp_path / "hard.sqlite").hardlink_to(path)
    done = vigied("serve", "--listen", "127.0.0.1:0", "--tls-cert", certificates.server,
                  "--tls-key", certificates.server_key, "--store", tmp_path / "hard.sqlite")
    assert done.returncode == 78 and "second name" in done.stderr, done.stderr
