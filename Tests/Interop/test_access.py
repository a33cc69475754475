# SPDX-License-Identifier: Apache-2.0
"""Who is let in, as whom, and what he may: tokens, certificates, roles, models, limits."""

import json
import os
import signal
import stat
import subprocess
import threading
import time

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from support.access import bearer, issue, listed, models, refused, score, vigied
from support.certificates import client_certificate
from support.server import Server, free_port, program


@pytest.fixture
def tokens(tmp_path):
    """Where a file of tokens may be."""
    return tmp_path / "tokens.json"


def write(path, content) -> str:
    path.write_text(json.dumps(content))
    return str(path)


def wait_for(condition, seconds: float = 20) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it does not come"
        time.sleep(0.05)


# Tokens.

def test_a_token_is_shown_once_and_kept_as_its_hash(tokens):
    token = issue(tokens, "crm", "--role", "score", "--days", 30)
    assert token.startswith("vigie_") and len(token) == len("vigie_") + 43
    assert token not in tokens.read_text()
    assert stat.S_IMODE(os.stat(tokens).st_mode) == 0o600
    other = issue(tokens, "batch", "--role", "read", "--model", "us-*")
    assert other != token
    assert [each["identity"] for each in listed(tokens)] == ["crm", "batch"]
    shown = vigied("token", "list", "--tokens", tokens)
    assert "crm" in shown.stdout and "us-*" in shown.stdout
    assert token not in shown.stdout and listed(tokens)[0]["sha256"] not in shown.stdout


def test_a_token_that_nobody_sees_is_not_kept(tmp_path):
    path = tmp_path / "tokens.json"
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [program("vigied"), "token", "issue", "--tokens", str(path), "--identity", "crm"],
            stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 74 and "standard output" in done.stderr
    assert not path.exists() or listed(path) == []


def test_only_tokens_of_the_file_are_let_in(certificates, tokens):
    token = issue(tokens, "crm")
    with Server(certificates, "--tokens", str(tokens)) as server, server.channel() as channel:
        assert models(channel, bearer(token))
        score(channel, bearer(token))
        # The scheme is the same in any case (RFC 9110).
        assert models(channel, (("authorization", f"bearer {token}"),))
        for metadata, reason in [
            ((), "NO_CREDENTIALS"), (bearer("vigie_" + "A" * 43), "UNKNOWN_TOKEN"),
            (bearer(token[:-1]), "UNKNOWN_TOKEN"), (bearer(token + "A"), "UNKNOWN_TOKEN"),
            ((("authorization", "Bearer"),), "NO_BEARER_TOKEN"),
            (bearer("x.y.z"), "UNKNOWN_TOKEN"),
            ((("authorization", f"Basic {token}"),), "NO_BEARER_TOKEN"),
            ((("authorization", token),), "NO_BEARER_TOKEN"),
            (bearer(token) + bearer(token), "TWO_CREDENTIALS"),
            ((("authorization-bin", token.encode()),), "NO_CREDENTIALS"),
        ]:
            code, told, message = refused(models, channel, metadata)
            assert (code, told) == ("UNAUTHENTICATED", reason), metadata
            assert token not in message
        # After refusals the good token still is.
        assert models(channel, bearer(token))
    log = server.log()
    assert "Caller refused." in log and "NO_CREDENTIALS" in log
    assert token not in log and "A" * 43 not in log


def test_health_is_open(certificates, tokens):
    issue(tokens, "crm")
    with Server(certificates, "--tokens", str(tokens)) as server, server.channel() as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        assert stub.Check(health_pb2.HealthCheckRequest(), timeout=20).status == 1


def test_the_command_line_shows_a_token(certificates, tokens, tmp_path):
    token = tmp_path / "token"
    token.write_text(issue(tokens, "crm") + "\n")
    with Server(certificates, "--tokens", str(tokens)) as server:

        def vigie(*arguments: object) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [program("vigie"), "models", "--server", server.address, "--ca-cert",
                 certificates.ca, *map(str, arguments)], capture_output=True, text=True)

        assert vigie("--token-file", token).returncode == 0
        refused_call = vigie()
        assert refused_call.returncode == 4 and "--token-file" in refused_call.stderr
        for content, code in [("vigie_x", 4), ("", 78), ("a b", 78), ("a\nb", 78), ("é", 78),
                              ("x" * 20_000, 78)]:
            token.write_text(content)
            done = vigie("--token-file", token)
            assert done.returncode == code, (content[:9], done.stderr)
            assert not content or content not in done.stderr
        assert vigie("--token-file", tmp_path / "nowhere").returncode == 78


def test_roles_open_methods(certificates, tokens, tmp_path):
    rules = write(tmp_path / "access.json", {
        "roles": {"lister": {"methods": ["vigie.v1.ModelService/ListModels"]}}})
    reader = issue(tokens, "reader", "--role", "read")
    lister = issue(tokens, "lister", "--role", "lister")
    both = issue(tokens, "both", "--role", "lister", "--role", "score")
    with Server(certificates, "--tokens", str(tokens), "--access", rules) as server, \
            server.channel() as channel:
        for token in (reader, lister, both):
            assert models(channel, bearer(token))
        code, reason, message = refused(score, channel, bearer(reader))
        assert (code, reason) == ("PERMISSION_DENIED", "ROLE_NEEDED")
        assert '"reader"' in message and "operate, score" in message
        assert refused(score, channel, bearer(lister))[1] == "ROLE_NEEDED"
        score(channel, bearer(both))


def test_models_are_permitted_by_name(certificates, tokens, models_directory, models):
    from support.access import models as names
    everything = issue(tokens, "all")
    first = sorted(models)[0]
    one = issue(tokens, "one", "--model", f"{models[first].name}@*")
    none = issue(tokens, "none", "--model", "nothing")
    with Server(certificates, "--models", str(models_directory), "--tokens", str(tokens)) as server:
        with server.channel() as channel:
            assert len(names(channel, bearer(everything))) == len(models)
            assert names(channel, bearer(one)) == [
                f"{models[first].name}@{models[first].version}"]
            assert names(channel, bearer(none)) == []
            other = sorted(models)[1]
            for _ in range(2):  # The second time the header is known to the server.
                score_row(channel, models[other], bearer(everything))
                code, reason, message = refused(
                    score_row, channel, models[other], bearer(one))
                assert (code, reason) == ("PERMISSION_DENIED", "MODEL_NOT_PERMITTED")
                assert models[other].name in message
                score_row(channel, models[first], bearer(one))
            code, reason, _ = refused(stream_row, channel, models[other], bearer(one))
            assert (code, reason) == ("PERMISSION_DENIED", "MODEL_NOT_PERMITTED")


def score_row(channel, model, metadata):
    from support.tables import request
    from vigie.v1 import scoring_service_pb2_grpc
    stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
    return stub.ScoreRows(request(model, model.rows(1)), metadata=metadata, timeout=20)


def stream_row(channel, model, metadata):
    from support.tables import block, header, stream
    from vigie.v1 import scoring_service_pb2_grpc
    stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
    return list(stub.StreamScoreRows(
        stream(header(model), [block(model.rows(2))]), metadata=metadata, timeout=20))


def test_revoked_and_expired_tokens_count_no_more(certificates, tokens):
    token, other = issue(tokens, "crm"), issue(tokens, "batch")
    with Server(certificates, "--tokens", str(tokens), "--reload-interval", "1") as server, \
            server.channel() as channel:
        assert models(channel, bearer(token)) and models(channel, bearer(other))
        done = vigied("token", "revoke", "--tokens", tokens, listed(tokens)[0]["id"])
        assert done.returncode == 0, done.stderr
        wait_for(lambda: is_refused(channel, token))
        # On the same connection, with the same metadata as before.
        assert refused(models, channel, bearer(token))[1] == "UNKNOWN_TOKEN"
        assert models(channel, bearer(other))
        content = json.loads(tokens.read_text())
        content["tokens"][0]["expires"] = "2020-01-01"
        tokens.write_text(json.dumps(content))
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: is_refused(channel, other))
        assert refused(models, channel, bearer(other))[1] == "TOKEN_EXPIRED"


def is_refused(channel, token: str) -> bool:
    try:
        models(channel, bearer(token))
    except grpc.RpcError:
        return True
    return False


def test_a_bad_file_leaves_all_as_it_was(certificates, tokens):
    token = issue(tokens, "crm")
    good = tokens.read_text()
    with Server(certificates, "--tokens", str(tokens), "--reload-interval", "0") as server, \
            server.channel() as channel:
        for damage in ("{", '{"tokens": [{}]}', '{"tokns": []}',
                       good.replace('"score"', '"scor"'), good.replace(":", "", 1)):
            tokens.write_text(damage)
            before = server.log().count("Not reloaded")
            server.process.send_signal(signal.SIGHUP)
            wait_for(lambda: server.log().count("Not reloaded") > before)
            assert models(channel, bearer(token))


def test_commands_at_once_lose_no_token(tokens):
    threads = [threading.Thread(target=issue, args=(tokens, f"client-{number}"))
               for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each["identity"] for each in listed(tokens)} == {f"client-{n}" for n in range(8)}


@pytest.mark.parametrize("arguments, words", [
    (["--identity", ""], "--identity"), (["--identity", "a\nb"], "--identity"),
    (["--identity", "a", "--model", "a*b"], "star"), (["--identity", "a", "--days", "0"], "--days"),
    (["--identity", "a", "--days", "999999999999"], "--days"),
    (["--identity", "a", "--role", ""], "--role"),
])
def test_tokens_that_make_no_sense_are_not_made(tokens, arguments, words):
    done = vigied("token", "issue", "--tokens", tokens, *arguments)
    assert done.returncode == 64 and words in done.stderr and not tokens.exists()


# Certificates.

def test_certificates_are_people(certificates, tmp_path):
    ca = certificates.ca
    crm = client_certificate(tmp_path, "crm", certificates, "URI:spiffe://example.com/credit/crm")
    batch = client_certificate(tmp_path, "batch", certificates, "DNS:batch.internal")
    odd = client_certificate(tmp_path, "odd", certificates, "DNS:a.batch.internal.example")
    rules = write(tmp_path / "access.json", {"identities": {
        "crm": {"certificates": ["uri:spiffe://example.com/credit/*"], "roles": ["read"]},
        "nightly": {"certificates": ["dns:*.internal"], "roles": ["score"]}}})
    options = ["--tls-client-ca", str(ca), "--access", rules]
    with Server(certificates, *options, client=crm) as server:
        with server.channel() as channel:
            assert models(channel)
            code, reason, message = refused(score, channel)
            assert (code, reason) == ("PERMISSION_DENIED", "ROLE_NEEDED") and '"crm"' in message
        server._client = batch
        with server.channel() as channel:
            score(channel)
        server._client = odd
        with server.channel() as channel:
            code, reason, message = refused(models, channel)
            assert (code, reason) == ("PERMISSION_DENIED", "CERTIFICATE_NOT_LISTED")
            assert "dns:a.batch.internal.example" in message


def test_a_certificate_may_be_optional(certificates, tokens, tmp_path):
    token = issue(tokens, "crm")
    client = client_certificate(tmp_path, "someone", certificates, "DNS:someone.internal")
    options = ["--tls-client-ca", str(certificates.ca), "--tls-client-auth", "optional",
               "--tokens", str(tokens)]
    with Server(certificates, *options) as server:
        with server.channel() as channel:
            assert refused(models, channel)[1] == "NO_CREDENTIALS"
            assert models(channel, bearer(token))
        server._client = client
        with server.channel() as channel:
            assert models(channel)
            # What is shown must count, whatever else would.
            assert refused(models, channel, bearer("vigie_x"))[1] == "UNKNOWN_TOKEN"


# Strangers.

def test_who_can_be_reached_says_who_is_let_in(certificates, tokens):
    files = ["--tls-cert", certificates.server, "--tls-key", certificates.server_key,
             "--check-config"]
    for address in ("0.0.0.0", "[::]", "192.0.2.1", "127.evil.example"):
        listen = ["serve", "--listen", f"{address}:{free_port()}", *files]
        done = vigied(*listen)
        assert done.returncode == 78, address
        assert "--tokens" in done.stderr and "--allow-anonymous" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert vigied(*listen, "--allow-anonymous").returncode == 0
    for address in ("127.0.0.1", "localhost", "[::1]", "127.1.2.3"):
        assert vigied("serve", "--listen", f"{address}:{free_port()}", *files).returncode == 0
    issue(tokens, "crm")
    assert vigied("serve", "--listen", "0.0.0.0:1", *files, "--tokens", tokens).returncode == 0


def test_strangers_may_what_the_file_says(certificates, tokens, tmp_path):
    token = issue(tokens, "crm")
    rules = write(tmp_path / "access.json", {"anonymous": {"roles": ["read"]}})
    with Server(certificates, "--tokens", str(tokens), "--access", rules) as server, \
            server.channel() as channel:
        assert models(channel)
        assert refused(score, channel)[:2] == ("PERMISSION_DENIED", "ROLE_NEEDED")
        score(channel, bearer(token))


@pytest.mark.parametrize("rules, words", [
    ({"identitys": {}}, "Did you mean"),
    ({"identities": {"a": {"roles": ["scroe"]}}}, "score"),
    ({"identities": {"a": {"roles": ["score"], "certificates": ["*"]}}}, "dns:NAME"),
    ({"identities": {"a": {"roles": ["score"], "certificates": ["uri:*"]}}}, "dns:NAME"),
    ({"identities": {"a": {"roles": ["score"], "calls_per_second": 0}}}, "calls_per_second"),
    ({"roles": {"score": {"methods": []}}}, "built in"),
    ({"roles": {"x": {"methods": ["ScoreRows"]}}}, "ScoringService/ScoreRows"),
    ({"roles": {"x": {"methods": ["vigie.v1.ScoringService/ScoreRow"]}},
      "anonymous": {"roles": ["x"]}}, "ScoringService/ScoreRow,"),
    ({"identities": {"a": {"roles": ["score"], "models": ["a*b"]}}}, "star"),
    ({}, "lets nobody in"),
])
def test_bad_rules_keep_a_server_from_starting(certificates, tmp_path, rules, words):
    path = write(tmp_path / "access.json", rules)
    done = vigied(
        "serve", "--listen", "0.0.0.0:1", "--tls-cert", certificates.server, "--tls-key",
        certificates.server_key, "--check-config", "--access", path)
    assert done.returncode == 78, done.stderr
    assert words in done.stderr


# Limits of each caller.

def test_calls_a_second_are_limited_for_each_identity(certificates, tokens, tmp_path):
    slow, free = issue(tokens, "slow"), issue(tokens, "free")
    again = issue(tokens, "slow")
    rules = write(tmp_path / "access.json", {"identities": {
        "slow": {"roles": ["score"], "calls_per_second": 5}}})
    with Server(certificates, "--tokens", str(tokens), "--access", rules) as server, \
            server.channel() as channel:
        begin = time.monotonic()
        let_in = 0
        while time.monotonic() - begin < 2:
            for token in (slow, again):  # Two tokens of one are one.
                try:
                    models(channel, bearer(token))
                    let_in += 1
                except grpc.RpcError as error:
                    assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
                    assert "calls_per_second" in error.details()
        elapsed = time.monotonic() - begin
        assert 5 <= let_in <= 5 + 5 * elapsed + 2
        for _ in range(20):
            models(channel, bearer(free))


def test_calls_at_once_are_limited(certificates, tokens, tmp_path):
    token = issue(tokens, "two")
    rules = write(tmp_path / "access.json", {"identities": {
        "two": {"roles": ["score"], "calls_at_once": 2}}})
    with Server(certificates, "--tokens", str(tokens), "--access", rules) as server, \
            server.channel() as channel:
        from vigie.v1 import scoring_service_pb2 as pb, scoring_service_pb2_grpc
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        ending = threading.Event()

        def requests():
            yield pb.StreamScoreRowsRequest(header=pb.ScoreHeader())
            ending.wait(30)

        streams = [stub.StreamScoreRows(requests(), metadata=bearer(token)) for _ in range(2)]
        for each in streams:
            next(each)
        code, reason, message = refused(models, channel, bearer(token))
        assert (code, reason) == ("RESOURCE_EXHAUSTED", "CALLER_LIMIT")
        assert "calls_at_once" in message
        ending.set()
        for each in streams:
            list(each)
        wait_for(lambda: not is_refused(channel, token))
        for _ in range(5):  # Each is over before the next.
            models(channel, bearer(token))


def test_who_is_refused_again_and_again_is_sent_away(certificates, tokens):
    issue(tokens, "crm")
    with Server(certificates, "--tokens", str(tokens)) as server:
        with server.channel() as channel:
            for _ in range(150):
                assert is_refused(channel, "vigie_no")
        lines = server.log().count("Caller refused.")
        assert 1 <= lines < 150
