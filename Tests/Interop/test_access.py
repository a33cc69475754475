# SPDX-License-Identifier: Apache-2.0
"""Who is let in, as whom, and what he may: certificates, strangers, roles, limits."""

import threading
import time

import grpc
import pytest

from support.access import bearer, is_refused, issue, models, refused, score, vigied, write
from support.certificates import client_certificate
from support.policies import wait_for
from support.server import Server, free_port


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
        server.await_log("Caller refused.")
        lines = server.log().count("Caller refused.")
        assert 1 <= lines < 150
