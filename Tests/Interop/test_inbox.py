# SPDX-License-Identifier: Apache-2.0
"""The inbox of a server: papers that are dropped into a folder, in each kind of database."""

import json
import os
import random
import time
from pathlib import Path

import pytest

from support.access import vigied
from support.assessments import SAMPLES
from support.server import Server
from support.stores import company, stub
from vigie.v1 import portfolio_facts_pb2 as messages
from vigie.v1 import portfolio_pb2 as portfolio
from vigie.v1 import portfolio_service_pb2 as portfolio_messages

NOTICE = SAMPLES / "annonces_bodacc.json"


def wait(condition, seconds: float = 60) -> None:
    """Waits until something holds."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.1)


def waiting(inbox: Path) -> list[str]:
    return [each.name for each in inbox.iterdir() if each.is_file()]


def report(path: Path) -> dict:
    return json.loads(path.with_name(path.name + ".report.json").read_text())


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def known(service, metadata, siren: str) -> list:
    return list(service.ListFacts(messages.ListFactsRequest(
        portfolio="p", company=portfolio.CompanyIdentifier(siren=siren), page_size=1_000),
        metadata=metadata).facts)


def test_papers_are_read_once_and_told(serving, team, inbox):
    olga = team["olga"]
    with serving("--inbox", inbox, "--inbox-portfolio", "p") as server, \
            server.channel() as channel:
        for each in SAMPLES.iterdir():
            (inbox / each.name).write_bytes(each.read_bytes())
        os.symlink("/etc/passwd", inbox / "link")
        # Until there is the portfolio, papers stay, and that is said once.
        server.await_log("Papers stay in the inbox", "There is no portfolio")
        assert len(waiting(inbox)) >= 4
        service = stub(channel)
        service.CreatePortfolio(
            portfolio_messages.CreatePortfolioRequest(name="p"), metadata=olga)
        wait(lambda: not waiting(inbox) and not (inbox / "link").is_symlink())
        told = report(inbox / "read" / NOTICE.name)
        assert told["outcome"] == "read" and told["companies_kept"] == 0
        sirens = [each.removeprefix("siren:") for each in told["left_out"]]
        assert len(sirens) > 1
        assert report(inbox / "refused" / "link")["why"] == "it is no regular file"
        # Those companies are followed now.
        service.PutCompanies(portfolio_messages.PutCompaniesRequest(
            portfolio="p", companies=[company(each) for each in sirens]), metadata=olga)
        (inbox / NOTICE.name).write_bytes(NOTICE.read_bytes())
        wait(lambda: not waiting(inbox))
        told = report(inbox / "read" / f"2-{NOTICE.name}")
        assert told["companies_kept"] == len(sirens) and told["facts_added"] > 0
        facts = known(service, olga, sirens[0])
        assert facts and {each.source for each in facts} == {NOTICE.name}
        assert service.AssessCompany(messages.AssessCompanyRequest(
            portfolio="p", company=portfolio.CompanyIdentifier(siren=sirens[0])),
            metadata=olga).fact_count == len(facts)
        (inbox / "other name.json").write_bytes(NOTICE.read_bytes())
        wait(lambda: not waiting(inbox))
        assert report(inbox / "read" / "other name.json")["outcome"] == "known"
        assert known(service, olga, sirens[0]) == facts
        # Counts, and nothing of whom or what.
        log = server.log()
        assert log.count("Papers stay in the inbox") == 1 and "facts.added" in log
        assert not any(each in log for each in [*sirens, NOTICE.name, "other name"])


def test_nothing_is_lost_or_read_twice_by_servers_that_are_killed(serving, team, inbox):
    olga, text = team["olga"], NOTICE.read_text()
    chance = random.Random(7)
    dropped = {f"{number}.json": text + " " * number for number in range(60)}

    def prepare(server: Server) -> list[str]:
        with server.channel() as channel:
            service = stub(channel)
            service.CreatePortfolio(
                portfolio_messages.CreatePortfolioRequest(name="p"), metadata=olga)
            (inbox / "first.json").write_text(text + "\n")
            wait(lambda: not waiting(inbox))
            sirens = [each.removeprefix("siren:") for each in report(
                inbox / "read" / "first.json")["left_out"]]
            service.PutCompanies(portfolio_messages.PutCompaniesRequest(
                portfolio="p", companies=[company(each) for each in sirens]), metadata=olga)
        return sirens

    options = ("--inbox", inbox, "--inbox-portfolio", "p")
    with serving(*options) as server:
        sirens = prepare(server)
    for name, content in dropped.items():
        (inbox / name).write_text(content)
    moved = 0
    for _ in range(3):
        server = serving(*options)
        server.__enter__()
        # Files have to stand still first; then some are read, and none or another one is under way.
        wait(lambda: len(waiting(inbox)) < len(dropped) - moved)
        time.sleep(chance.random() * 0.2)
        server.process.kill()
        server.process.wait()
        moved = len(dropped) - len(waiting(inbox))
    with serving(*options) as server, server.channel() as channel:
        wait(lambda: not waiting(inbox))
        facts = [known(stub(channel), olga, each) for each in sirens]
    ends = [each.name for each in (inbox / "read").iterdir()]
    assert sorted(each for each in ends if not each.endswith(".report.json")) == sorted(
        ["first.json", *dropped])
    reports = [report(inbox / "read" / name) for name in dropped]
    assert all(each["outcome"] in ("read", "known") for each in reports)
    # What one paper says came once, whatever was told of it.
    assert all(facts) and sum(map(len, facts)) == len(
        {(each.number) for some in facts for each in some})
    one = reports[0]["facts_added"] + reports[0]["facts_unchanged"] \
        if reports[0]["outcome"] == "read" else None
    assert one is None or sum(map(len, facts)) == one


def test_an_inbox_needs_a_store_a_portfolio_and_a_folder(certificates, tmp_path):
    server = ["serve", "--tls-cert", str(certificates.server),
              "--tls-key", str(certificates.server_key),
              "--listen", "127.0.0.1:0"]
    done = vigied(*server, "--inbox", str(tmp_path))
    assert done.returncode == 78 and "--inbox-portfolio" in done.stderr
    done = vigied(*server, "--inbox", str(tmp_path / "none"), "--inbox-portfolio", "p",
                  "--store", str(tmp_path / "s.sqlite"))
    assert done.returncode == 78 and "cannot open the inbox" in done.stderr
