# SPDX-License-Identifier: Apache-2.0
"""Files of companies into portfolios: through the service, and by the command line."""

import subprocess
import threading
import time
from pathlib import Path

import grpc
import pytest

from support.access import refused
from support.server import Server, program
from vigie.v1 import portfolio_service_pb2 as messages
from vigie.v1 import portfolio_service_pb2_grpc

GOOD = """N° SIREN;Raison sociale;Compte client;Plafond;Encours
552 100 554;Peugeot SA;C1;10000,50;-3
542065479;Stellantis;C2;;1 234,56
380129866;Orange;C3;5;0
"""
BAD = """siren,name,limit,foo
552100555,bad,1,
38012986,short,1,
380129866,Orange,20.000,
380129866,again,2,
542065479,ok,7,
"""


@pytest.fixture(scope="module")
def server(certificates, tmp_path_factory):
    """A server with a store, which does not tell callers apart."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    with Server(certificates, "--store", str(path)) as running:
        yield running


@pytest.fixture(scope="module")
def service(server):
    """Its PortfolioService."""
    with server.channel() as channel:
        yield portfolio_service_pb2_grpc.PortfolioServiceStub(channel)


@pytest.fixture
def name(service, request) -> str:
    """An empty portfolio of the test's own."""
    name = request.node.name
    service.CreatePortfolio(messages.CreatePortfolioRequest(name=name))
    return name


def parts(content: bytes, portfolio: str, size: int = 1 << 20, **header):
    """The messages of an import."""
    yield messages.ImportCompaniesRequest(
        header=messages.ImportCompaniesHeader(portfolio=portfolio, **header))
    for start in range(0, len(content), size):
        yield messages.ImportCompaniesRequest(content=content[start:start + size])


def listed(service, portfolio: str) -> list[str]:
    """The companies of a portfolio, in a word each."""
    answer = service.ListCompanies(messages.ListCompaniesRequest(portfolio=portfolio))
    assert not answer.next_page_token
    return [
        " ".join(filter(None, [
            each.company.siren, each.name, each.reference,
            f"{each.limit.minor_units}" if each.HasField("limit") else "",
            f"{each.exposure.minor_units}" if each.HasField("exposure") else ""]))
        for each in answer.companies]


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_comes_in_whatever_its_parts(service, name, size, encoding):
    done = service.ImportCompanies(
        parts(GOOD.encode(encoding), name, size, dialect="excel-fr",
              encoding="windows-1252" if encoding == "cp1252" else ""))
    assert done.applied and done.line_count == 3 and not done.problems
    assert done.counts == messages.ImportCounts(
        added=3, new_companies=done.counts.new_companies)
    assert listed(service, name) == [
        "380129866 Orange C3 500 0", "542065479 Stellantis C2 123456",
        "552100554 Peugeot SA C1 1000050 -300"]


def test_a_file_with_bad_lines_changes_nothing_until_told(service, name):
    service.ImportCompanies(parts(GOOD.encode(), name, dialect="excel-fr"))
    before = listed(service, name)
    done = service.ImportCompanies(parts(BAD.encode(), name))
    assert not done.applied and done.counts == messages.ImportCounts()
    assert (done.line_count, done.bad_line_count, done.problem_count) == (5, 4, 4)
    assert [(each.line, each.column, each.code, each.first_line) for each in done.problems] == [
        (2, "siren", "NOT_A_SIREN", 0), (3, "siren", "SPOILT_SIREN", 0),
        (4, "limit", "UNCLEAR_AMOUNT", 0), (5, "siren", "REPEATED_COMPANY", 4)]
    assert all(each.message.endswith(".") for each in done.problems)
    assert "foo" in done.notes[0]
    dry = service.ImportCompanies(parts(BAD.encode(), name, skip_bad_lines=True, dry_run=True))
    assert not dry.applied and dry.counts.changed == 1
    assert listed(service, name) == before
    done = service.ImportCompanies(parts(BAD.encode(), name, skip_bad_lines=True))
    assert done.applied and done.counts == dry.counts
    # What the file has no column for stays.
    assert "542065479 ok C2 700 123456" in listed(service, name)


def test_the_whole_of_a_portfolio(service, name):
    service.ImportCompanies(parts(GOOD.encode(), name, dialect="excel-fr"))
    whole = b"siren\n542065479\n732829320\n"
    done = service.ImportCompanies(
        parts(whole, name, mode=messages.IMPORT_MODE_SYNCHRONISE, dry_run=True))
    assert (done.counts.added, done.counts.removed, done.counts.unchanged) == (1, 2, 1)
    assert len(listed(service, name)) == 3
    again = service.ImportCompanies(parts(whole, name, mode=messages.IMPORT_MODE_SYNCHRONISE))
    assert again.counts == done.counts and again.applied
    assert [each[:9] for each in listed(service, name)] == ["542065479", "732829320"]


@pytest.mark.parametrize(("reason", "content", "header"), [
    ("BAD_FILE", b"", {}), ("BAD_FILE", b"a;b\n1;2\n", {}), ("BAD_FILE", b"siren\n", {}),
    ("BAD_FILE", b'{"siren": 552100554}\n', {}), ("BAD_FILE", b"\x00\x01\x02" * 100, {}),
    ("UNKNOWN_DIALECT", b"siren\n1\n", {"dialect": "excel-xx"}),
    ("UNKNOWN_ENCODING", b"siren\n1\n", {"encoding": "ebcdic"}),
    ("BAD_CURRENCY", b"siren\n1\n", {"currency": "euro"}),
    ("SKIP_AND_SYNCHRONISE", b"siren\n1\n",
     {"skip_bad_lines": True, "mode": messages.IMPORT_MODE_SYNCHRONISE}),
    ("BAD_VALUE", b"siren\n1\n", {"mode": 9}),
])
def test_what_is_no_import_is_told(service, name, reason, content, header):
    assert refused(service.ImportCompanies, parts(content, name, **header))[1] == reason
    assert listed(service, name) == []


def test_streams_out_of_order(service, name):
    def stream(*sent):
        return refused(service.ImportCompanies, iter(sent))[1]

    header = next(parts(b"", name))
    content = messages.ImportCompaniesRequest(content=b"siren\n552100554\n")
    assert stream() == "NO_HEADER"
    assert stream(content) == "NO_HEADER"
    assert stream(header, header) == "SECOND_HEADER"
    assert stream(header, messages.ImportCompaniesRequest()) == "EMPTY_MESSAGE"
    assert stream(next(parts(b"", "nobody's"))) == "UNKNOWN_PORTFOLIO"
    with pytest.raises(grpc.RpcError) as caught:
        service.ImportCompanies(iter([
            header, messages.ImportCompaniesRequest(content=b" " * ((1 << 20) + 4_096))]))
    assert "uploadPartBytes" in caught.value.details()


def test_who_leaves_leaves_nothing(service, name):
    """A client that goes before its file has come whole, and as many at once as may be
    (connectionImportsMax)."""
    go, calls = threading.Event(), []

    def slow():
        yield from parts(b"siren\n552100554\n", name)
        go.wait(20)

    for _ in range(2):
        calls.append(service.ImportCompanies.future(slow()))
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            code, reason, message = refused(
                service.ImportCompanies, parts(b"siren\n542065479\n", name))
            break
        except AssertionError:
            time.sleep(0.05)
    assert code == "UNAVAILABLE" and "connectionImportsMax" in message
    for call in calls:
        call.cancel()
    go.set()
    time.sleep(0.5)
    assert "552100554" not in [each[:9] for each in listed(service, name)]
    # Their places are free again.
    assert service.ImportCompanies(parts(b"siren\n380129866\n", name)).applied


def test_by_the_command_line(server, tmp_path):
    def vigie(*arguments) -> subprocess.CompletedProcess:
        return subprocess.run(
            [program("vigie"), "portfolio", *map(str, arguments), "--server", server.address,
             "--ca-cert", str(server.certificates.ca)],
            capture_output=True, text=True, timeout=60)

    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(GOOD)
    bad.write_text(BAD)
    made = vigie("import", "clients", good, "--create")
    assert made.returncode == 65 and "excel-fr" in made.stderr and made.stdout == ""
    made = vigie("import", "clients", good, "--create", "--dialect", "excel-fr")
    assert (made.returncode, made.stderr) == (0, "") and "3 added" in made.stdout
    titled = tmp_path / "titled.csv"
    titled.write_text(f"Customers of today\n{GOOD}")
    told = vigie("import", "clients", titled)
    assert told.returncode == 65 and "take away the lines above it" in told.stderr
    told = vigie("import", "clients", bad)
    assert told.returncode == 65 and "line 5, siren: '380129866', as in line 4" in told.stderr
    assert vigie("import", "clients", bad, "--skip-bad-lines", "--dry-run").returncode == 65
    # Out and in again, nothing changes.
    out = vigie("companies", "clients", "-o", "csv")
    (tmp_path / "out.csv").write_text(out.stdout)
    again = vigie("import", "clients", tmp_path / "out.csv", "--synchronise")
    assert (again.returncode, again.stderr) == (0, "")
    assert "0 added" in again.stdout and "3 unchanged" in again.stdout
    assert "0 removed" in again.stdout
    assert vigie("import", "clients", tmp_path / "none.csv").returncode == 66
    assert vigie("import", "nobody", good).returncode == 66
    assert vigie("import", "clients", good, "--synchronise", "--skip-bad-lines").returncode == 64
    assert vigie("create", "clients").returncode == 73
    assert vigie("describe", "nobody").returncode == 66
    shared = vigie("share", "clients", "--role", "sales", "--access", "write")
    assert shared.stdout == "shared with sales (write)\n"
    assert "shared with sales (write)" in vigie("describe", "clients").stdout
    moved = vigie("create", "others").returncode, vigie("move", "clients", "others", "552100554")
    assert moved[0] == 0 and moved[1].stdout == "1 added, 1 removed, 0 were not in it\n"
    assert vigie("copy", "clients", "others", "siren:380129866").returncode == 0
    assert vigie("remove", "others", "own:x", "552100554").stdout \
        == "1 removed, 1 were not in it\n"
    assert vigie("remove", "others", "nonsense").returncode == 64
    assert vigie("delete", "others", "--companies", "7").returncode == 1
    assert vigie("delete", "others", "--companies", "1").returncode == 0
    lines = vigie("list").stdout.splitlines()
    assert any(line.startswith("clients") and " 2 " in line for line in lines), lines
    assert '"company_count":2' in vigie("list", "-o", "json").stdout.replace(" ", "")
