# SPDX-License-Identifier: Apache-2.0
"""Tokens: how they are made and revoked, and what of a damaged file of them still counts."""

import json
import os
import signal
import stat
import subprocess
import threading

import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from support.access import (
    bearer, is_refused, issue, listed, models, refused, score, vigied, write,
)
from support.policies import wait_for
from support.server import Server, program


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


def test_nothing_is_shown_of_a_token_that_cannot_be_kept(tmp_path):
    path = tmp_path / "tokens.json"
    path.write_text("no JSON")
    done = vigied("token", "issue", "--tokens", path, "--identity", "crm")
    assert done.returncode == 78 and done.stdout == "", done.stdout


def test_a_token_is_in_its_file_once(tokens):
    issue(tokens, "crm")
    entry = listed(tokens)[0]
    write(tokens, {"tokens": [entry, entry | {"id": "ffffffff"}]})
    done = vigied("token", "list", "--tokens", tokens)
    assert done.returncode == 78 and "tokens[1]: is the same token as one before it" in done.stderr


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
    lister = issue(tokens, "lister", "--role", "lister", "--access", rules)
    both = issue(tokens, "both", "--role", "lister", "--role", "score", "--access", rules)
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


def reread(server: Server, words: str = "were read again") -> None:
    """Has a server read its files again, and waits until it has said so."""
    before = server.log().count(words)
    server.process.send_signal(signal.SIGHUP)
    wait_for(lambda: server.log().count(words) > before)


def test_open_calls_end_when_their_token_is_revoked(certificates, tokens):
    token, other = issue(tokens, "crm"), issue(tokens, "batch")
    with Server(certificates, "--tokens", str(tokens), "--reload-interval", "1") as server, \
            server.channel() as channel:
        from vigie.v1 import scoring_service_pb2 as pb, scoring_service_pb2_grpc
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        ending = threading.Event()

        def requests():
            yield pb.StreamScoreRowsRequest(header=pb.ScoreHeader())
            ending.wait(60)

        streams = [stub.StreamScoreRows(requests(), metadata=bearer(each))
                   for each in (token, token, other)]
        for each in streams:
            next(each)
        done = vigied("token", "revoke", "--tokens", tokens, listed(tokens)[0]["id"])
        assert done.returncode == 0, done.stderr
        for each in streams[:2]:
            assert refused(list, each)[:2] == ("UNAUTHENTICATED", "UNKNOWN_TOKEN")
        assert streams[2].is_active()
        ending.set()
        assert list(streams[2]) == []
    server.await_log("let in no more")


TOKENS_CLOSED = "What of the tokens cannot be used opens nothing."


def test_a_revocation_counts_whatever_else_is_wrong(certificates, tokens, tmp_path):
    """With other tokens, with the access file and with the certificate, each alone."""
    token, other = issue(tokens, "crm"), issue(tokens, "batch")
    both = listed(tokens)
    rules = tmp_path / "access.json"
    rules.write_text('{"identities": {"batch": {"roles": [], "calls_at_once": 1}}}')
    key = tmp_path / "server.key"
    key.write_bytes(certificates.server_key.read_bytes())
    wrong = [
        {}, 7, {**both[0], "expires": "soon"}, {**both[0], "sha256": "ab"},
        *({**both[0], "identity": name} for name in ("a\nb", "c\u200brm", "cr\u043c", " crm")),
        {**both[0], "id": both[1]["id"]},
        {**both[0], "rolls": []}, {**both[0], "roles": ["scor"]},
    ]
    with Server(certificates, "--tokens", str(tokens), "--access", str(rules), "--tls-key",
                str(key), "--reload-interval", "0") as server, server.channel() as channel:
        for each in wrong:
            write(tokens, {"tokens": both})
            reread(server)
            assert models(channel, bearer(token)) and models(channel, bearer(other))
            write(tokens, {"tokens": [both[1], each]})
            before = len(server.log())
            reread(server, TOKENS_CLOSED)
            # What is wrong with a line keeps no other from counting.
            assert is_refused(channel, token), each
            assert models(channel, bearer(other)), each
            names = ("tokens[1]", f"token {both[0]['id']}")
            wait_for(lambda: any(name in server.log()[before:] for name in names))
        for path, words in ((rules, b"{"), (key, b"no key")):
            write(tokens, {"tokens": both})
            reread(server)
            good = path.read_bytes()
            write(tokens, {"tokens": both[1:]})
            path.write_bytes(words)
            reread(server, "Not reloaded")
            assert is_refused(channel, token) and models(channel, bearer(other)), path
            path.write_bytes(good)


def test_a_file_of_tokens_that_cannot_be_read_opens_nothing(certificates, tokens):
    """It may be one from which somebody has taken a token."""
    token = issue(tokens, "crm")
    good = tokens.read_text()
    with Server(certificates, "--tokens", str(tokens), "--reload-interval", "0") as server, \
            server.channel() as channel:
        for damage in ("{", '{"tokns": []}', good.replace(":", "", 1), None):
            tokens.unlink() if damage is None else tokens.write_text(damage)
            reread(server, TOKENS_CLOSED)
            assert refused(models, channel, bearer(token))[1] == "UNKNOWN_TOKEN", damage
            tokens.write_text(good)
            reread(server)
            assert models(channel, bearer(token))


def test_a_file_that_may_not_be_read_any_more_is_noticed(certificates, tokens, tmp_path):
    """Nothing is written then, so that only who may read it has changed."""
    token = issue(tokens, "crm")
    with Server(certificates, "--tokens", str(tokens), "--reload-interval", "1") as server, \
            server.channel() as channel:
        assert models(channel, bearer(token))
        before = server.log().count("were read again")
        tokens.chmod(0o640)
        wait_for(lambda: server.log().count("were read again") > before)


def test_rules_that_cannot_be_read_stay_as_they_were(certificates, tokens, tmp_path):
    token = issue(tokens, "crm")
    rules = tmp_path / "access.json"
    rules.write_text('{"anonymous": {"roles": ["read"]}}')
    with Server(certificates, "--tokens", str(tokens), "--access", str(rules),
                "--reload-interval", "0") as server, server.channel() as channel:
        for damage in ("{", '{"rols": {}}', '{"anonymous": {"roles": ["raed"]}}'):
            rules.write_text(damage)
            reread(server, "Not reloaded")
            assert models(channel) and models(channel, bearer(token))


def test_what_cannot_be_read_keeps_no_token_from_being_revoked(tokens):
    token = issue(tokens, "crm")
    issue(tokens, "batch")
    entries = [json.dumps(each) for each in listed(tokens)]
    bad = '{"id": "bad1",  "identity": "c\\u200brm"}'
    tokens.write_text('{"tokens": [\n ' + f",\n {bad}  ,".join(entries) + "]}\n\n")
    first, second = (json.loads(each)["id"] for each in entries)
    done = vigied("token", "list", "--tokens", tokens)
    assert done.returncode == 78, done.stderr
    assert "crm" in done.stdout and "batch" in done.stdout and "bad1" not in done.stdout
    assert "tokens[1].identity: must be a name" in done.stderr and '"bad1"' in done.stderr
    done = vigied("token", "revoke", "--tokens", tokens, first, "nowhere")
    assert done.returncode == 64 and "none was revoked" in done.stderr
    assert token and len(listed(tokens)) == 3
    done = vigied("token", "revoke", "--tokens", tokens, first)
    assert done.returncode == 0 and f"revoked {first}" in done.stderr
    assert "tokens[0].identity: must be a name" in done.stderr
    assert tokens.read_text() == '{"tokens": [\n ' + bad + "  ," + entries[1] + "]}\n\n"
    assert stat.S_IMODE(os.stat(tokens).st_mode) == 0o600
    # What is wrong goes by its id.
    done = vigied("token", "revoke", "--tokens", tokens, "bad1")
    assert done.returncode == 0 and "must be" not in done.stderr, done.stderr
    assert tokens.read_text() == '{"tokens": [\n ' + entries[1] + "]}\n\n"
    assert vigied("token", "list", "--tokens", tokens).returncode == 0 and second


@pytest.mark.parametrize("arguments", [["list"], ["revoke", "abcd"]])
def test_a_file_that_is_not_there_is_told(tmp_path, arguments):
    done = vigied("token", *arguments, "--tokens", tmp_path / "tokens.json")
    assert done.returncode == 66 and "tokens.json" in done.stderr
    assert list(tmp_path.iterdir()) == []


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
    (["--identity", "a", "--role", "bogus"],
     "approve, author, collect, follow, marketing, operate, papers, read, sales, score"),
    (["--identity", "a\u200bda"], "not seen"), (["--identity", "\u202eada"], "not seen"),
    (["--identity", " ada"], "spaces"), (["--identity", "ada\u00a0"], "spaces"),
    (["--identity", "a\u2028b"], "--identity"), (["--identity", "\uff21da"], "look like"),
    (["--identity", "b\u043eb"], "two alphabets"),
])
def test_tokens_that_make_no_sense_are_not_made(tokens, arguments, words):
    done = vigied("token", "issue", "--tokens", tokens, *arguments)
    assert done.returncode == 64 and words in done.stderr and not tokens.exists()


def test_roles_of_an_access_file_are_named_with_it(tokens, tmp_path):
    rules = write(tmp_path / "access.json", {"roles": {"lister": {"methods": ["*"]}}})
    done = vigied("token", "issue", "--tokens", tokens, "--identity", "a", "--role", "lister")
    assert done.returncode == 64 and "--access" in done.stderr and not tokens.exists()
    issue(tokens, "a", "--role", "lister", "--role", "read", "--access", rules)
    done = vigied("token", "issue", "--tokens", tokens, "--identity", "b", "--role", "listr",
                  "--access", rules)
    assert done.returncode == 64 and "lister" in done.stderr and len(listed(tokens)) == 1
    done = vigied("token", "issue", "--tokens", tokens, "--identity", "b", "--role", "read",
                  "--access", tmp_path / "nowhere.json")
    assert done.returncode == 78, done.stderr


def test_help_tells_what_roles_open():
    help_text = vigied("token", "issue", "--help").stdout
    for words in ("author", "approve", "operate", "upload and download policies", "roll back"):
        assert words in help_text
