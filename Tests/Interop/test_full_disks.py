# SPDX-License-Identifier: Apache-2.0
"""Disks without room: of a store and its inbox, and of a PostgreSQL. Who scores goes on, who
changes something hears why he cannot, nothing is kept half, and all goes on when there is room."""

import time

import grpc
import pytest

from support.access import refused, score
from support.assessments import SAMPLES
from support.machines import small_disk
from support.server import Server
from support.stores import PostgreSQL, company, postgresql_programs, stub
from vigie.v1 import portfolio_pb2 as portfolio
from vigie.v1 import portfolio_service_pb2 as messages

NOTICE = SAMPLES / "annonces_bodacc.json"


def put(start: int, count: int = 1_000) -> messages.PutCompaniesRequest:
    """Companies with long names."""
    return messages.PutCompaniesRequest(portfolio="p", companies=[
        portfolio.FollowedCompany(
            company=portfolio.CompanyIdentifier(own=f"c{number:06}"), name="n" * 500)
        for number in range(start, start + count)])


def fill_up(service, reasons: set[str]) -> int:
    """Brings companies until there is no room; how many came in."""
    for start in range(0, 200_000, 1_000):
        try:
            service.PutCompanies(put(start), timeout=60)
        except grpc.RpcError:
            code, reason, message = refused(service.PutCompanies, put(start))
            assert (code, reason) in reasons, (code, reason, message)
            assert "n" * 9 not in message
            return start
    raise AssertionError("the disk has no end")


def counted(service) -> int:
    """Companies of the portfolio."""
    ask = messages.DescribePortfolioRequest(portfolio="p")
    return service.DescribePortfolio(ask).portfolio.company_count


def comes_back(service, start: int, seconds: float = 60) -> None:
    """What was refused is taken, as soon as that is so."""
    until = time.monotonic() + seconds
    while True:
        try:
            assert service.PutCompanies(put(start), timeout=60).counts.added == 1_000
            return
        except grpc.RpcError as error:
            assert time.monotonic() < until, error
            time.sleep(0.2)


def test_a_full_disk_of_sqlite_and_an_inbox(certificates, tmp_path):
    with small_disk(tmp_path / "disk", 48) as disk:
        inbox = disk.place / "inbox"
        inbox.mkdir()
        store = str(disk.place / "store.sqlite")
        with Server(certificates, "--store", store, "--inbox", str(inbox), "--inbox-portfolio",
                    "p") as server, server.channel() as channel:
            service = stub(channel)
            service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
            service.PutCompanies(messages.PutCompaniesRequest(
                portfolio="p", companies=[company("999200041")]))
            (inbox / "one.json").write_bytes(NOTICE.read_bytes())
            disk.fill(left=1 << 20)
            came = fill_up(service, {("RESOURCE_EXHAUSTED", "STORE_FULL")})
            disk.fill()
            score(channel)
            assert counted(service) == came + 1
            server.await_log("The store fails")
            # Somebody copies a paper as far as there is room, and it stays where it is.
            time.sleep(8)
            assert (inbox / "one.json").exists() or list((inbox / "read").glob("one.json"))
            score(channel)
            disk.clear()
            comes_back(service, came)
            assert counted(service) == came + 1_001
            server.await_log("does what is asked of it again")
            until = time.monotonic() + 60
            while not (inbox / "read" / "one.json.report.json").exists():
                assert time.monotonic() < until, [str(each) for each in inbox.rglob("*")]
                time.sleep(0.2)
            assert [each.name for each in inbox.iterdir() if each.is_file()] == []
        with Server(certificates, "--store", store) as server, server.channel() as channel:
            assert counted(stub(channel)) == came + 1_001


def test_a_full_disk_of_postgresql(certificates, tmp_path):
    programs = postgresql_programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL on this machine")
    with small_disk(tmp_path / "disk", 160) as disk:
        database = PostgreSQL(programs, disk.place / "server")
        try:
            with Server(certificates, "--store", database.uri) as server, \
                    server.channel() as channel:
                service = stub(channel)
                service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
                disk.fill(left=6 << 20)
                # A PostgreSQL that cannot write its journal ends itself.
                came = fill_up(service, {
                    ("RESOURCE_EXHAUSTED", "STORE_FULL"), ("UNAVAILABLE", "STORE_UNAVAILABLE")})
                score(channel)
                disk.clear()
                if database.process.poll() is not None:
                    database.start()
                comes_back(service, came)
                assert counted(service) == came + 1_000
        finally:
            database.stop()
