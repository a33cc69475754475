# SPDX-License-Identifier: Apache-2.0
"""Portfolios at a server, in each kind of database."""

import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Iterator

import grpc
import pytest

from support.access import bearer, issue, refused, score, vigied
from support.server import Server
from support.stores import PostgreSQL, postgresql_programs
from vigie.v1 import portfolio_pb2 as portfolio
from vigie.v1 import portfolio_service_pb2 as messages
from vigie.v1 import portfolio_service_pb2_grpc

# In their order: companies that come together are known to the store in that.
SIRENS = ["380129866", "542065479", "552100554", "732829320"]


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory) -> Iterator[PostgreSQL | None]:
    """A PostgreSQL server, if this machine has one."""
    programs = postgresql_programs()
    if programs is None:
        yield None
        return
    server = PostgreSQL(programs, tmp_path_factory.mktemp("pg") / "server")
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path: Path, postgresql) -> str:
    """The setting of an empty store."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite")
    if postgresql is None:
        pytest.skip("there is no PostgreSQL on this machine")
    name = f"t{time.monotonic_ns()}"
    postgresql.run(f"create database {name}")
    return postgresql.uri.replace("/postgres?", f"/{name}?")


@pytest.fixture
def team(tmp_path: Path) -> dict[str, tuple]:
    """What some people show: two who follow companies, one who only scores, one who may all."""
    path = tmp_path / "team.json"
    roles = {"anna": ["follow"], "ben": ["follow", "score"], "carl": ["score"], "olga": ["operate"]}
    return {
        name: bearer(issue(path, name, *(word for role in some for word in ("--role", role))))
        for name, some in roles.items()
    }


@pytest.fixture
def serving(certificates, store, team, tmp_path):
    """Makes servers with that store."""
    return lambda *more: Server(
        certificates, "--store", store, "--tokens", str(tmp_path / "team.json"), *map(str, more))


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


def test_portfolios_are_made_filled_shared_and_ended(serving, team):
    with serving() as server, server.channel() as channel:
        service = stub(channel)
        anna, ben = {"metadata": team["anna"]}, {"metadata": team["ben"]}
        made = service.CreatePortfolio(
            messages.CreatePortfolioRequest(name="Kunden Süd", note="South"), **anna).portfolio
        assert made.created_by == "anna" and made.access == portfolio.PORTFOLIO_ACCESS_WRITE
        assert abs(made.created_at_microseconds / 1e6 - time.time()) < 60
        put = messages.PutCompaniesRequest(portfolio="Kunden Süd", companies=[
            portfolio.FollowedCompany(
                company=portfolio.CompanyIdentifier(own="Müller & Söhne"), name="Müller"),
            company(SIRENS[1], name="Stellantis", exposure=-5),
            company(SIRENS[2], name="Airbus", reference="C-1", limit=5_000_000, exposure=120),
        ])
        assert service.PutCompanies(put, **anna).counts == messages.ImportCounts(
            new_companies=3, added=3)
        assert service.PutCompanies(put, **anna).counts == messages.ImportCounts(unchanged=3)
        listed = service.ListCompanies(
            messages.ListCompaniesRequest(portfolio="Kunden Süd"), **anna)
        assert list(listed.companies) == list(put.companies) and listed.next_page_token == ""

        # Pages, of any size, hold each once.
        seen, token = [], ""
        while True:
            page = service.ListCompanies(messages.ListCompaniesRequest(
                portfolio="Kunden Süd", page_size=2, page_token=token), **anna)
            seen += page.companies
            token = page.next_page_token
            if not token:
                break
        assert seen == list(put.companies)

        # For others it does not exist, until it is shared.
        ask = messages.DescribePortfolioRequest(portfolio="Kunden Süd")
        assert refused(service.DescribePortfolio, ask, **ben)[:2] \
            == ("NOT_FOUND", "UNKNOWN_PORTFOLIO")
        assert not service.ListPortfolios(messages.ListPortfoliosRequest(), **ben).portfolios
        share = portfolio.PortfolioShare(role="score", access=portfolio.PORTFOLIO_ACCESS_READ)
        shared = service.SharePortfolio(
            messages.SharePortfolioRequest(portfolio="Kunden Süd", share=share), **anna)
        assert list(shared.shares) == [share]
        seen_by_ben = service.DescribePortfolio(ask, **ben)
        assert seen_by_ben.portfolio.access == portfolio.PORTFOLIO_ACCESS_READ
        assert seen_by_ben.portfolio.company_count == 3
        assert refused(service.PutCompanies, put, **ben)[:2] \
            == ("PERMISSION_DENIED", "READ_ONLY_PORTFOLIO")
        # Who has a role that it is shared with, and none for the service, does not get in at all.
        assert refused(service.DescribePortfolio, ask, metadata=team["carl"])[1] == "ROLE_NEEDED"
        assert service.DescribePortfolio(
            ask, metadata=team["olga"]).portfolio.access == portfolio.PORTFOLIO_ACCESS_WRITE

        # Copied into one's own, moved on, taken out.
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="mine"), **ben)
        some = [each.company for each in put.companies[1:]]
        stranger = portfolio.CompanyIdentifier(siren=SIRENS[3])
        transfer = messages.TransferCompaniesRequest(
            source="Kunden Süd", target="mine", companies=[*some, stranger])
        assert service.TransferCompanies(transfer, **ben) == messages.TransferCompaniesResponse(
            added_count=2, absent_count=1)
        transfer.move = True
        assert refused(service.TransferCompanies, transfer, **ben)[1] == "READ_ONLY_PORTFOLIO"
        assert service.TransferCompanies(
            transfer, metadata=team["olga"]) == messages.TransferCompaniesResponse(
                removed_count=2, absent_count=1)
        assert service.RemoveCompanies(messages.RemoveCompaniesRequest(
            portfolio="mine", companies=[some[0], stranger]), **ben) \
            == messages.RemoveCompaniesResponse(removed_count=1, absent_count=1)

        changed = service.ChangePortfolio(
            messages.ChangePortfolioRequest(portfolio="mine", name="ours", note="of all"), **ben)
        assert (changed.portfolio.name, changed.portfolio.note) == ("ours", "of all")
        assert refused(service.ChangePortfolio, messages.ChangePortfolioRequest(
            portfolio="ours", name="Kunden Süd"), **ben)[1] == "PORTFOLIO_EXISTS"
        names = [each.name for each in service.ListPortfolios(
            messages.ListPortfoliosRequest(), **ben).portfolios]
        assert names == ["Kunden Süd", "ours"]
        first = service.ListPortfolios(messages.ListPortfoliosRequest(page_size=1), **ben)
        second = service.ListPortfolios(messages.ListPortfoliosRequest(
            page_size=1, page_token=first.next_page_token), **ben)
        assert [each.name for each in second.portfolios] == ["ours"] and not second.next_page_token

        end = messages.DeletePortfolioRequest(portfolio="ours", company_count=2)
        assert refused(service.DeletePortfolio, end, **ben)[1] == "OTHER_COUNT"
        end.company_count = 1
        service.DeletePortfolio(end, **ben)
        assert refused(service.DeletePortfolio, end, **ben)[1] == "UNKNOWN_PORTFOLIO"
    # It is still there for a server that starts later.
    with serving() as server, server.channel() as channel:
        left = stub(channel).ListCompanies(
            messages.ListCompaniesRequest(portfolio="Kunden Süd"), metadata=team["anna"])
        assert list(left.companies) == [put.companies[0]]


@pytest.mark.parametrize(("reason", "ask"), [
    ("BAD_NAME", lambda: messages.CreatePortfolioRequest(name="")),
    ("BAD_NAME", lambda: messages.CreatePortfolioRequest(name=" a")),
    ("BAD_NAME", lambda: messages.CreatePortfolioRequest(name="a\u200bb")),
    ("BAD_NAME", lambda: messages.CreatePortfolioRequest(name="a" * 129)),
    ("LIMIT_EXCEEDED", lambda: messages.CreatePortfolioRequest(name="a", note="x" * 2_049)),
    ("PORTFOLIO_EXISTS", lambda: messages.CreatePortfolioRequest(name="p")),
    ("NEGATIVE_PAGE_SIZE", lambda: messages.ListPortfoliosRequest(page_size=-1)),
    ("UNKNOWN_PAGE_TOKEN", lambda: messages.ListPortfoliosRequest(page_token="?")),
    ("UNKNOWN_PAGE_TOKEN", lambda: messages.ListCompaniesRequest(portfolio="p", page_token="-1")),
    ("NO_COMPANIES", lambda: messages.PutCompaniesRequest(portfolio="p")),
    ("LIMIT_EXCEEDED", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[company(SIRENS[0])] * 1_001)),
    ("REPEATED_COMPANY", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[company(SIRENS[2]), company("552 100 554")])),
    ("BAD_IDENTIFIER", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[company("552100555")])),
    ("BAD_IDENTIFIER", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[portfolio.FollowedCompany()])),
    ("BAD_CURRENCY", lambda: messages.PutCompaniesRequest(portfolio="p", companies=[
        portfolio.FollowedCompany(
            company=portfolio.CompanyIdentifier(own="x"),
            limit=portfolio.MoneyAmount(minor_units=1, currency="euro"))])),
    ("NEGATIVE_LIMIT", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[company(SIRENS[0], limit=-1)])),
    ("BAD_TEXT", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[company(SIRENS[0], name="a\0b")])),
    ("SAME_PORTFOLIO", lambda: messages.TransferCompaniesRequest(
        source="p", target="p", companies=[portfolio.CompanyIdentifier(siren=SIRENS[0])])),
    ("BAD_VALUE", lambda: messages.SharePortfolioRequest(
        portfolio="p", share=portfolio.PortfolioShare(role="x", access=9))),
    ("BAD_NAME", lambda: messages.SharePortfolioRequest(portfolio="p")),
])
def test_what_cannot_be_is_told(open_service, reason, ask):
    service, metadata = open_service
    request = ask()
    method = getattr(service, type(request).__name__.removesuffix("Request"))
    code, told, message = refused(method, request, metadata=metadata)
    assert told == reason and message.endswith(".")


@pytest.fixture(scope="module")
def open_service(certificates, tmp_path_factory):
    """A server that does not tell callers apart, with a portfolio "p"."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    with Server(certificates, "--store", str(path)) as server, server.channel() as channel:
        service = stub(channel)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        yield service, ()


def test_without_a_store(certificates):
    with Server(certificates) as server, server.channel() as channel:
        code, reason, message = refused(
            stub(channel).ListPortfolios, messages.ListPortfoliosRequest())
        assert (code, reason) == ("FAILED_PRECONDITION", "NO_STORE")
        assert "store" in message


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
    assert done.returncode == 0, done.stderr
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


def test_messages_have_an_end(open_service):
    service, metadata = open_service
    many = messages.PutCompaniesRequest(
        portfolio="p", companies=[company(SIRENS[0], name="x" * 2_000)] * 1_000)
    with pytest.raises(grpc.RpcError) as caught:
        service.PutCompanies(many, metadata=metadata)
    assert caught.value.code().name == "RESOURCE_EXHAUSTED"
    assert "companiesMessageBytesMax" in caught.value.details()
