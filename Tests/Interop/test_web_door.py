# SPDX-License-Identifier: Apache-2.0
"""Methods in plain HTTP: the same answers as in gRPC, by curl over HTTP/2 and HTTP/1.1."""

import concurrent.futures
import json
import signal
import socket
import ssl
import subprocess
import time

import pytest
from google.protobuf import json_format
from vigie.v1 import model_service_pb2 as models
from vigie.v1 import model_service_pb2_grpc as model_stubs
from vigie.v1 import portfolio_service_pb2 as portfolios
from vigie.v1 import portfolio_service_pb2_grpc as portfolio_stubs

from support.access import issue
from support.server import Server
from support.web import curl, events

VERSIONS = ("--http2", "--http1.1")


@pytest.fixture(scope="module")
def door(certificates, tmp_path_factory):
    store = tmp_path_factory.mktemp("door") / "store.sqlite"
    with Server(certificates, "--web", "on", "--store", str(store)) as server:
        yield server


@pytest.mark.parametrize("version", VERSIONS)
def test_methods_answer_as_they_do_in_grpc(door, version):
    with door.channel() as channel:
        listed = model_stubs.ModelServiceStub(channel).ListModels(models.ListModelsRequest())
        name = listed.models[0].name
        described = model_stubs.ModelServiceStub(channel).DescribeModel(
            models.DescribeModelRequest(name=name))
    for method, request, answer in [("ListModels", {}, listed),
                                    ("DescribeModel", {"name": name}, described)]:
        status, fields, content = curl(door, f"/v1/ModelService/{method}", request, version)
        assert status == 200 and fields["content-type"] == "application/json"
        assert fields["cache-control"] == "no-store"
        assert json.loads(content) == json_format.MessageToDict(
            answer, always_print_fields_with_no_presence=True)
        # What is not asked for with words of its own comes with them, too.
        again = json_format.Parse(content, type(answer)())
        assert again == answer


@pytest.mark.parametrize("version", VERSIONS)
def test_portfolios_are_made_and_read(door, version):
    name = f"p {version}"
    status, _, content = curl(door, "/v1/PortfolioService/CreatePortfolio",
                              {"name": name, "note": "Côte <d'Or>"}, version)
    made = json.loads(content)["portfolio"]
    assert status == 200 and made["name"] == name and made["note"] == "Côte <d'Or>"
    companies = [{"company": {"siren": "552100554"}, "limit": {"minorUnits": "9007199254740993",
                                                              "currency": "EUR"}}]
    status, _, content = curl(door, "/v1/PortfolioService/PutCompanies",
                              {"portfolio": name, "companies": companies}, version)
    assert status == 200 and json.loads(content)["counts"]["added"] == "1"
    with door.channel() as channel:
        stub = portfolio_stubs.PortfolioServiceStub(channel)
        listed = stub.ListCompanies(portfolios.ListCompaniesRequest(portfolio=name))
        assert listed.companies[0].limit.minor_units == 9007199254740993
    status, _, content = curl(door, "/v1/PortfolioService/CreatePortfolio", {"name": name}, version)
    problem = json.loads(content)
    assert status == 409 and problem["reason"] == "PORTFOLIO_EXISTS"
    assert problem["code"] == "ALREADY_EXISTS" and name in problem["message"]


@pytest.mark.parametrize("version", VERSIONS)
def test_two_tokens_are_none_and_that_is_told(certificates, tmp_path, version):
    tokens = tmp_path / "tokens.json"
    shown = ["-H", f"authorization: Bearer {issue(tokens, 'anna', '--role', 'follow')}"]
    other = ["-H", f"authorization: Bearer {issue(tokens, 'olga', '--role', 'operate')}"]
    store = tmp_path / "store.sqlite"
    with Server(certificates, "--web", "on", "--store", str(store), "--tokens", str(tokens),
                "--allow-anonymous") as server:
        for path, body in [("/v1/PortfolioService/ListPortfolios", {}), ("/v1/session", None),
                           ("/v1/live?portfolio=none", None)]:
            status, _, content = curl(server, path, body, version, *shown, *other)
            assert status == 401 and json.loads(content)["reason"] == "TWO_CREDENTIALS", path
        status, _, _ = curl(server, "/v1/PortfolioService/ListPortfolios", {}, version, *shown)
        assert status == 200


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_wrong_is_told(door, version):
    list_all = "/v1/PortfolioService/ListPortfolios"
    for path, body, options, status, reason in [
        ("/nothing", None, (), 404, "NO_PAGE"),
        ("/v1/PortfolioService/Nothing", {}, (), 404, "NO_PAGE"),
        ("/v1/PortfolioService/ImportCompanies", {}, (), 501, "STREAM"),
        (list_all, None, (), 405, "NOT_POSTED"),
        (list_all, "{", (), 400, "BAD_JSON"),
        (list_all, {"pageSise": 1}, (), 400, "BAD_JSON"),
        (list_all, {"pageSize": -1}, (), 400, "NEGATIVE_PAGE_SIZE"),
        (list_all, {"pageToken": "x" * 70_000}, (), 413, "LIMIT_EXCEEDED"),
        ("/v1/PortfolioService/DescribePortfolio", {"portfolio": "none"}, (), 404,
         "UNKNOWN_PORTFOLIO"),
    ]:
        told, fields, content = curl(door, path, body, version, *options)
        problem = json.loads(content)
        assert (told, problem["reason"]) == (status, reason), (path, content)
        assert problem["message"] and fields["x-content-type-options"] == "nosniff"
    # A page of somebody else's could send a form, or text.
    told, _, content = curl(door, list_all, None, version, "-d", "{}",
                            "-H", "content-type: text/plain")
    assert told == 415 and json.loads(content)["reason"] == "NOT_JSON"
    # webBodyBytesMax
    told, fields, _ = curl(door, list_all, " " * 300_000, version, "-H", "expect:")
    assert told == 413 and "webbodybytesmax" in fields["vigie-limit"]
    told, _, _ = curl(door, list_all, None, version, "-X", "DELETE")
    assert told == 405
    # Only headers are asked for.
    for path, status in (("/", 200), ("/nothing", 404)):
        told, fields, content = curl(door, path, None, version, "--head")
        assert told == status and not content and int(fields["content-length"]) > 0
    assert curl(door, "/healthz", None, version)[::2] == (200, b"serving\n")


def test_connections_are_used_again(door):
    """Ten requests over one connection of HTTP/1.1, some of them sent before the answers come."""
    context = ssl.create_default_context(cafile=door.certificates.ca)
    context.set_alpn_protocols(["http/1.1"])
    request = (b"POST /v1/PortfolioService/ListPortfolios HTTP/1.1\r\nhost: x\r\n"
               b"content-type: application/json\r\ncontent-length: 2\r\n\r\n{}")
    with socket.create_connection(("localhost", door.port), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as tls:
            assert tls.selected_alpn_protocol() == "http/1.1"
            tls.sendall(request * 9)
            tls.sendall(request.replace(b"host: x", b"host: x\r\nconnection: close"))
            received = b""
            while part := tls.recv(65_536):
                received += part
    assert received.count(b"HTTP/1.1 200 OK") == 10 and received.count(b"connection: close") == 1


def test_callers_are_told_apart(certificates, tmp_path):
    tokens = tmp_path / "tokens.json"
    token = issue(tokens, "crm")
    with Server(certificates, "--web", "on", "--tokens", str(tokens)) as server:
        for version in VERSIONS:
            path = "/v1/ModelService/ListModels"
            told, fields, content = curl(server, path, {}, version)
            assert told == 401 and fields["www-authenticate"] == "bearer"
            assert json.loads(content)["code"] == "UNAUTHENTICATED"
            bearer = ("-H", f"authorization: Bearer {token}")
            told, _, content = curl(server, path, {}, version, *bearer)
            assert told == 200 and json.loads(content)["models"], content
            told, _, content = curl(server, "/v1/PortfolioService/CreatePortfolio", {}, version,
                                   *bearer)
            assert told == 403 and json.loads(content)["code"] == "PERMISSION_DENIED"
            assert token not in server.log()


def test_without_the_door_nothing_changes(certificates):
    with Server(certificates) as server:
        told, fields, _ = curl(server, "/v1/ModelService/ListModels", None, "--http2")
        assert told == 405 and fields["grpc-status"] == "12"
        done = subprocess.run(["curl", "-s", "--http1.1", "--cacert", str(certificates.ca),
                               f"https://localhost:{server.port}/"], capture_output=True)
        assert done.returncode != 0


def test_slow_requests_end(door):
    """One that never ends is given up (requestWindowSeconds); the server serves others."""
    context = ssl.create_default_context(cafile=door.certificates.ca)
    context.set_alpn_protocols(["http/1.1"])
    with socket.create_connection(("localhost", door.port), timeout=60) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as tls:
            tls.sendall(b"POST /v1/PortfolioService/ListPortfolios HTTP/1.1\r\nhost: x\r\n"
                        b"content-type: application/json\r\ncontent-length: 20\r\n\r\n{")
            began = time.monotonic()
            assert tls.recv(1) == b""
            assert time.monotonic() - began < 40
    assert curl(door, "/healthz")[0] == 200


@pytest.mark.parametrize("hosts, status", [(0, 400), (1, 200), (2, 400)])
def test_a_request_names_its_host_once(door, hosts, status):
    context = ssl.create_default_context(cafile=door.certificates.ca)
    context.set_alpn_protocols(["http/1.1"])
    with socket.create_connection(("localhost", door.port), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as tls:
            tls.sendall(b"GET /healthz HTTP/1.1\r\n" + b"host: x\r\n" * hosts + b"\r\n")
            assert tls.recv(100).split()[1] == str(status).encode()


def test_who_has_other_roles_hears_no_more(certificates, tmp_path):
    """His stream ends at the next sign of life, and he may not come back."""
    tokens = tmp_path / "tokens.json"
    token = issue(tokens, "anna", "--role", "follow")
    shows = ("-H", f"authorization: Bearer {token}")
    with Server(certificates, "--web", "on", "--tokens", str(tokens),
                "--store", str(tmp_path / "store.sqlite")) as server:
        created = curl(server, "/v1/PortfolioService/CreatePortfolio", {"name": "p"}, *shows)
        assert created[0] == 200
        heard = events(server, "/v1/live?portfolio=p", 2, *shows)
        assert next(heard)[0] == "begin"
        tokens.write_text(tokens.read_text().replace("follow", "read"))
        server.process.send_signal(signal.SIGHUP)
        assert list(heard) == []
        assert curl(server, "/v1/live?portfolio=p", None, *shows)[0] == 403


def test_what_is_asked_there_keeps_no_call_waiting(door):
    """A hundred requests wait for their threads (webThreads), and calls of gRPC do not."""
    with concurrent.futures.ThreadPoolExecutor(20) as many, door.channel() as channel:
        asked = [many.submit(curl, door, "/v1/ModelService/ListModels", {}) for _ in range(100)]
        stub = model_stubs.ModelServiceStub(channel)
        for _ in range(20):
            assert stub.ListModels(models.ListModelsRequest(), timeout=5).models
        assert {each.result()[0] for each in asked} == {200}


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_told_at_once_that_something_happened(door, version):
    for name in (f"live {version}", f"other {version}"):
        assert curl(door, "/v1/PortfolioService/CreatePortfolio", {"name": name})[0] == 200

    def put(name, siren):
        assert curl(door, "/v1/PortfolioService/PutCompanies", {
            "portfolio": name, "companies": [{"company": {"siren": siren}}]})[0] == 200

    path = f"/v1/live?portfolio=live+{version}"
    heard = events(door, path, 2, version)
    name, first = next(heard)
    assert name == "begin"
    put(f"other {version}", "552081317")
    began = time.monotonic()
    put(f"live {version}", "552100554")
    name, second = next(heard)
    assert name == "news" and second != first and time.monotonic() - began < 3
    heard.close()
    # Who comes back with the first place hears that he missed something, with the last that not.
    assert next(events(door, path, 1, version, "-H", f"last-event-id: {first}"))[0] == "news"
    assert next(events(door, path, 1, version, "-H", f"last-event-id: {second}"))[0] == "begin"
    told, _, content = curl(door, "/v1/live?portfolio=nothing", None, version)
    assert told == 404 and json.loads(content)["reason"] == "UNKNOWN_PORTFOLIO"


@pytest.mark.parametrize("version", VERSIONS)
def test_streams_hold_up_no_stop(certificates, tmp_path, version):
    with Server(certificates, "--web", "on", "--store", str(tmp_path / "s.sqlite")) as server:
        curl(server, "/v1/PortfolioService/CreatePortfolio", {"name": "p"})
        heard = events(server, "/v1/live?portfolio=p", 9, version)
        assert next(heard)[0] == "begin"
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 8
        heard.close()


def test_a_server_that_stops_is_not_held_up(certificates):
    with Server(certificates, "--web", "on") as server:
        context = ssl.create_default_context(cafile=certificates.ca)
        context.set_alpn_protocols(["http/1.1"])
        with socket.create_connection(("localhost", server.port), timeout=20) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as tls:
                tls.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
                assert b"serving" in tls.recv(4_096)
                began = time.monotonic()
                assert server.stop() == 0
                assert time.monotonic() - began < 8
