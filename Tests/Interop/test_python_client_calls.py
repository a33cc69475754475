# SPDX-License-Identifier: Apache-2.0
"""The Python client: connections, errors, retries, assessments, and the package itself."""

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent import futures
from pathlib import Path
from typing import Callable, Iterator

import grpc
import numpy as np
import pandas as pd
import pytest

import vigie
from support.certificates import Certificates
from support.cutting import CuttingProxy
from support.server import Server, free_port, program
from support.stubs import ROOT

PACKAGE = ROOT / "Clients" / "Python" / "client"
MODEL = "first-small"


def client_of(server: Server, **options: object) -> vigie.Client:
    options.setdefault("ca", server.certificates.ca)
    return vigie.Client(f"localhost:{server.port}", **options)


def test_health(server):
    with client_of(server) as client:
        assert client.health() == "SERVING"
        client.wait_until_serving()
        with pytest.raises(vigie.VigieError) as caught:
            client.health("nothing")
        assert caught.value.code == "NOT_FOUND"
    with pytest.raises(vigie.VigieError) as caught:
        client.health()
    assert caught.value.reason == "CLIENT_CLOSED"


def test_a_server_that_is_not_trusted(server, certificates):
    with client_of(server, ca=certificates.other_ca) as client:
        began = time.monotonic()
        with pytest.raises(vigie.ConnectionFailedError) as caught:
            client.models()
        assert caught.value.reason == "TLS_FAILED" and time.monotonic() - began < 5


def test_nobody_listens():
    with vigie.Client(f"localhost:{free_port()}", timeout=5) as client:
        with pytest.raises(vigie.ConnectionFailedError) as caught:
            client.models()
        assert caught.value.code == "UNAVAILABLE" and caught.value.reason == "CANNOT_CONNECT"


@pytest.mark.parametrize("target", [
    "", ":1", "a:b", "a:0", "a:70000", "::1", "[::1]:x", "unix:", "unix://a", "a,", "[a]:1",
    "https://a", "u:s3cret@a", "a,unix:/b",
])
def test_addresses_that_are_none(target):
    with pytest.raises(ValueError, match="no server address") as caught:
        vigie.Client(target or " ")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("target, address", [
    ("a", "a:7443"), ("[::1]", "[::1]:7443"), ("dns:///a:1", "a:1"), ("ipv4:1.2.3.4",
    "ipv4:1.2.3.4:7443"), ("1.2.3.4:1, 1.2.3.5", "ipv4:1.2.3.4:1,1.2.3.5:7443"),
    (["[::1]:1", "[::2]:2"], "ipv6:[::1]:1,[::2]:2"), ("unix:///a/b", "unix:///a/b"),
])
def test_addresses_as_grpc_takes_them(target, address):
    with vigie.Client(target) as client:
        assert repr(client) == f"<vigie.Client of {address}>"


@pytest.mark.parametrize("target", ["a,b", "1.2.3.4,[::1]", "ipv4:[::1]", "ipv6:1.2.3.4", "ipv4:a"])
def test_lists_are_of_addresses_of_a_kind(target):
    with pytest.raises(ValueError, match="all be of IPv4, or all of IPv6"):
        vigie.Client(target)


@pytest.mark.parametrize("policy", ["pick_first", "round_robin"])
def test_several_servers_and_sockets_that_are_files(certificates, tmp_path, policy):
    path = tmp_path / "vigied.sock"
    with Server(certificates, "--listen", f"unix:{path}") as server:
        for target in [f"unix:{path}", f"unix://{path}",
                       ["127.0.0.1:1", f"127.0.0.1:{server.port}"]]:
            with vigie.Client(target, ca=certificates.ca, load_balancing=policy) as client:
                assert client.health() == "SERVING"
    with pytest.raises(ValueError, match="round_robin"):
        vigie.Client("a", load_balancing="grpclb")


def test_files_and_texts_of_certificates(server, tmp_path):
    text = server.certificates.ca.read_text()
    for ca in (text, text.encode(), str(server.certificates.ca)):
        with client_of(server, ca=ca) as client:
            assert client.health() == "SERVING"
    with pytest.raises(ValueError, match="ca: .*cannot be read"):
        client_of(server, ca=tmp_path / "none.pem")
    with pytest.raises(ValueError, match="belong together"):
        client_of(server, cert=server.certificates.ca)
    with pytest.raises(ValueError, match="proxy on this machine"):
        vigie.Client("scoring.example.com", tls=False)


def test_a_client_of_the_environment(server, monkeypatch):
    monkeypatch.setenv("VIGIE_SERVER", f"localhost:{server.port}")
    monkeypatch.setenv("VIGIE_CA_CERT", str(server.certificates.ca))
    with vigie.Client() as client:
        assert client.health() == "SERVING"


def test_a_deadline(server, models):
    with client_of(server) as client:
        client.model("second-large")
        began = time.monotonic()
        with pytest.raises(TimeoutError) as caught:
            client.score(models["second-large"].rows(1000), model="second-large", reasons=32,
                         timeout=0.001)
        assert caught.value.code == "DEADLINE_EXCEEDED" and time.monotonic() - began < 5


def test_an_error_of_the_server_names_its_field(server, models):
    with client_of(server) as client:
        with pytest.raises(vigie.VigieError) as caught:
            client.score(models[MODEL].rows(5), model=MODEL, reasons=99)
        error = caught.value
        assert (error.code, error.reason) == ("INVALID_ARGUMENT", "TOO_MANY_REASONS")
        assert error.field == "header.reason_count" and error.message in str(error)


def test_a_table_survives_connections_that_break(server, models):
    rows = models[MODEL].rows(200_000)
    with CuttingProxy(server.port) as proxy, vigie.Client(
        proxy.address, ca=server.certificates.ca
    ) as client:
        client.model(MODEL)
        proxy.cut_after = proxy.passed_bytes + (rows.nbytes // 2)
        scores = client.score(rows, model=MODEL, outputs=["raw_score"])
        assert proxy.connection_count == 2
        assert np.array_equal(scores["raw_score"], models[MODEL].raw_scores(rows))
        proxy.cut_after = proxy.passed_bytes + (rows.nbytes // 2)
        stream = client.score_stream(np.split(rows, 10), model=MODEL, outputs=["raw_score"])
        raw = np.concatenate([part["raw_score"] for part in stream])
        assert proxy.connection_count == 3 and np.array_equal(raw, scores["raw_score"])


class Recorder(grpc.GenericRpcHandler):
    """Stands in where vigied cannot be made to: is unavailable as often as it is told."""

    def __init__(self, failures: int, trailers: list[tuple[str, str]]) -> None:
        self.failures = failures
        self.trailers = trailers
        self.headers: list[dict[str, object]] = []

    def service(self, details: object) -> grpc.RpcMethodHandler:
        def answer(_: bytes, context: grpc.ServicerContext) -> bytes:
            self.headers.append(dict(context.invocation_metadata()))
            if len(self.headers) <= self.failures:
                context.set_trailing_metadata(self.trailers)
                context.abort(grpc.StatusCode.UNAVAILABLE, "busy")
            return b"\x08\x01"

        return grpc.unary_unary_rpc_method_handler(answer)


@pytest.fixture
def recorded(certificates: Certificates) -> Iterator[Callable[..., tuple[Recorder, vigie.Client]]]:
    servers: list[grpc.Server] = []

    def make(failures: int, *trailers: tuple[str, str], **options: object) -> tuple:
        recorder = Recorder(failures, list(trailers))
        server = grpc.server(futures.ThreadPoolExecutor(2), handlers=[recorder])
        pair = (certificates.server_key.read_bytes(), certificates.server.read_bytes())
        port = server.add_secure_port("localhost:0", grpc.ssl_server_credentials([pair]))
        server.start()
        servers.append(server)
        return recorder, vigie.Client(f"localhost:{port}", ca=certificates.ca, **options)

    yield make
    for server in servers:
        server.stop(0)


def test_unavailable_is_tried_again(recorded):
    recorder, client = recorded(3)
    with client:
        began = time.monotonic()
        assert client.health() == "SERVING"
        # 100, 200 and 400 ms, each a fifth less at the least.
        assert time.monotonic() - began > 0.5
    attempts = [each.get("grpc-previous-rpc-attempts") for each in recorder.headers]
    assert attempts == [None, "1", "2", "3"]
    recorder, client = recorded(4)
    with client, pytest.raises(vigie.ConnectionFailedError, match="busy"):
        client.health()
    assert len(recorder.headers) == 4
    recorder, client = recorded(1, retry=vigie.RetryPolicy(attempts=1))
    with client, pytest.raises(vigie.ConnectionFailedError):
        client.health()


def test_the_server_says_when_to_come_back(recorded):
    recorder, client = recorded(2, ("grpc-retry-pushback-ms", "400"))
    with client:
        began = time.monotonic()
        assert client.health() == "SERVING"
        assert 0.8 < time.monotonic() - began < 5
    recorder, client = recorded(2, ("grpc-retry-pushback-ms", "-1"))
    with client, pytest.raises(vigie.ConnectionFailedError):
        client.health()
    assert len(recorder.headers) == 1


def test_headers_and_tokens(recorded):
    tokens = iter(["first", "second"])
    recorder, client = recorded(1, token=lambda: next(tokens), metadata=[("x-team", "credit")])
    with client:
        assert client.health() == "SERVING"
        assert "first" not in repr(client)
    assert [each["authorization"] for each in recorder.headers] == ["Bearer first", "Bearer second"]
    assert recorder.headers[0]["x-team"] == "credit"


@pytest.mark.parametrize("name, value", [
    ("a b", "c"), ("X-Team", "c"), ("x", "é"), ("x", "a\nb"), ("x", " a"), ("x-bin", "text"),
    ("x", b"bytes"), ("grpc-timeout", "1S"), ("", "a")])
def test_headers_that_cannot_be_sent(server, models, name, value):
    with client_of(server) as client:
        for count in (3, 3000):
            with pytest.raises(vigie.VigieError) as caught:
                client.score(models[MODEL].rows(count), model=MODEL, metadata=[(name, value)])
            assert caught.value.reason == "INVALID_METADATA" and "bytes'" not in str(caught.value)


@pytest.mark.parametrize("options", [{"reasons": -1}, {"reasons": 2.5}, {"timeout": 0},
                                     {"timeout": -1}, {"outputs": ()}])
def test_arguments_that_are_none(server, models, options):
    with client_of(server) as client, pytest.raises(ValueError):
        client.score(models[MODEL].rows(3), model=MODEL, **options)


def test_a_server_that_wants_to_know_who_calls(certificates, tmp_path):
    file = tmp_path / "tokens.json"
    tokens = {
        role: subprocess.run(
            [program("vigied"), "token", "issue", "--tokens", file, "--identity", role, "--role",
             role], check=True, capture_output=True, text=True, timeout=60).stdout.strip()
        for role in ("read", "score")
    }
    rows = np.ones((5, 42))
    with Server(certificates, "--tokens", str(file)) as server:
        with client_of(server) as client, pytest.raises(vigie.NotAllowedError) as caught:
            client.models()
        assert caught.value.code == "UNAUTHENTICATED" and caught.value.reason == "NO_CREDENTIALS"
        with client_of(server, token=tokens["read"]) as client:
            client.model()
            for table in (rows, np.ones((5000, 42))):
                with pytest.raises(PermissionError) as caught:
                    client.score(table)
                assert caught.value.reason == "ROLE_NEEDED"
        with client_of(server, token=lambda: tokens["score"]) as client:
            assert len(client.score(rows)) == 5


def test_companies_as_rows(bundled_server):
    frame = pd.DataFrame(
        {"legal_state": [0, 0, 4], "closing_day": [20088, np.nan, 20088],
         "total_assets": [1000.0, np.nan, 900.0], "net_sales": [2000.0, np.nan, 1.0],
         "total_liabilities": [500.0, np.nan, 800.0], "net_income": [60.0, np.nan, -70.0]},
        index=["a", "b", "c"])
    with client_of(bundled_server) as client:
        assessed = client.assess_table(frame, as_of="2025-12-31")
        assert list(assessed.outcome)[0] == "SCORED" and assessed.outcome[1] != "SCORED"
        assert assessed.outcome[2] != "SCORED" and np.isnan(assessed.probability[1:]).all()
        assert 0 < assessed.probability[0] < 1 and assessed.context["model"]
        table = assessed.to_pandas()
        assert list(table.index) == ["a", "b", "c"] and pd.isna(table.loc["b", "score"])
        many = client.assess_table(pd.concat([frame] * 20_000), as_of="2025-12-31")
        assert np.array_equal(many.outcome, np.tile(assessed.outcome, 20_000))
        with pytest.raises(vigie.VigieError) as caught:
            client.assess_table(frame.rename(columns={"net_sales": "sales"}))
        assert caught.value.reason == "UNKNOWN_COLUMN"


def test_a_company_of_facts(bundled_server):
    facts = {
        "siren": "999200017",
        "statements": {"closing_days": [20088], "months": [12], "line_counts": [3],
                       "lines": [0, 1, 2], "cents": [123_456_789_00, 50_000_00, 90_000_00]},
    }
    header = {"line_names": ["CO", "FL", "HN"], "as_of_date": "2025-12-31"}
    with client_of(bundled_server) as client:
        answer = client.assess(facts, header=header)
        assert answer["assessment"]["outcome"].startswith("ASSESSMENT_OUTCOME_")
        with pytest.raises(ValueError, match="sirene"):
            client.assess({"sirene": "999200017"})


# The package.

BLOCKS = re.findall(r"```python\n(.*?)```", (PACKAGE / "README.md").read_text(), re.DOTALL)


@pytest.fixture(scope="module")
def storing_server(certificates, tmp_path_factory):
    store = tmp_path_factory.mktemp("readme") / "store.sqlite"
    with Server(certificates, "--store", str(store)) as running:
        yield running


@pytest.mark.parametrize("example", BLOCKS)
def test_examples_of_the_readme(bundled_server, storing_server, example, capsys, monkeypatch):
    monkeypatch.chdir(ROOT / "Clients" / "CLI" / "Samples")
    server = storing_server if "portfolio" in example else bundled_server
    for shown, here in [("server.pem", str(server.certificates.ca)),
                        ("localhost:7443", f"localhost:{server.port}")]:
        assert shown in example
        example = example.replace(shown, here)
    exec(compile(example, "README.md", "exec"), {})
    assert capsys.readouterr().out


def test_there_are_four_examples():
    assert len(BLOCKS) == 4


def test_types_are_strict():
    done = subprocess.run([sys.executable, "-m", "mypy", "--cache-dir", os.devnull], cwd=PACKAGE,
                          capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_is_whole(tmp_path, bundled_server):
    source = tmp_path / "source"
    shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path, source],
                   check=True, timeout=120)
    (wheel,) = tmp_path.glob("vigie-*.whl")
    target = tmp_path / "installed"
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", target, wheel],
                   check=True, timeout=120)
    script = (
        "import sys, vigie; assert vigie.__file__.startswith(sys.argv[1])\n"
        "with vigie.Client(sys.argv[2], ca=sys.argv[3]) as c: print(c.models()[0].name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(target), f"localhost:{bundled_server.port}",
         str(bundled_server.certificates.ca)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(target)}, capture_output=True, text=True,
        check=False, timeout=60)
    assert done.stdout == "us-listed-failure\n", done.stderr
    assert (target / "vigie" / "py.typed").is_file()
