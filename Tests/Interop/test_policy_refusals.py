# SPDX-License-Identifier: Apache-2.0
"""What `vigie policy` and `vigie decide` refuse at a server: what is wrong, where, what to do about
it, and the exit code, which is the same in a directory."""

import shutil
import signal

import pytest

from support.access import vigied
from support.policies import NAME, SAMPLE, draft, files, put, version, vigie, wait_for
from support.server import Server
from test_policy_simulations import NEW, OLD, row, write


@pytest.fixture
def at(people, tmp_path):
    """Runs vigie as somebody, at a server."""
    def run(server: Server, who: str, *arguments: object):
        token = tmp_path / who
        token.write_text(people[who][0][1].removeprefix("Bearer "))
        return vigie(
            *arguments, "--server", server.address, "--ca-cert", server.certificates.ca,
            "--token-file", token)
    return run


def told(done, code: int, *words: str) -> None:
    """Asserts how a command has ended."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    for each in words:
        assert each in done.stderr, (each, done.stderr)


def test_versions_are_named(serve, two, at):
    with serve() as server:
        told(at(server, "ada", "policy", "activate", NAME), 64, f'Say which version of "{NAME}"',
             f'"{NEW}", "{OLD}"')
        told(at(server, "ada", "policy", "activate", f"{NAME}@9"), 66,
             f'no version "9" of "{NAME}"', f'"{NEW}", "{OLD}"')
        told(at(server, "bob", "policy", "rollback", OLD, "--reason", "x"), 66,
             f'name all of the policy: "{NAME}"')
        for call in (["policy", "describe", "nix"], ["policy", "download", "nix", two / "nix"],
                     ["decide", "nix", "--facts", SAMPLE / "tests/companies.csv"]):
            told(at(server, "max", *call), 66, 'no policy "nix"', f'This server has "{NAME}"')


def test_exit_codes_are_those_of_a_directory(serve, two, at, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    (there / "mine").write_text("x")
    facts = write(tmp_path / "facts.csv", [row(1)])
    day = ["--from", "2019-01-01"]
    with serve() as server:
        told(at(server, "bob", "policy", "download", OLD, there), 73, str(there))
        assert (there / "mine").exists()
        told(at(server, "max", "policy", "activate", OLD, *day), 65, "2019-01-01")
        told(vigie("policy", "activate", two / "old", "--as", "max", *day), 65, "2019-01-01")
        # No version holds yet.
        told(at(server, "max", "decide", OLD, "--facts", facts), 65, "No version")
        assert at(server, "max", "policy", "activate", OLD).returncode == 0
        told(at(server, "max", "policy", "approve", OLD), 4, "second person")
        told(vigie("policy", "approve", two / "old", "--as", "max"), 4, "second person")
        assert at(server, "eve", "policy", "approve", OLD).returncode == 0
        early = ["--facts", facts, "--as-of", "2019-01-01"]
        told(at(server, "max", "decide", NAME, *early), 65, "2019-01-01")
        other = put(tmp_path / "other", version(draft(), "1.0.0", "2.0.0"))
        told(at(server, "ada", "policy", "upload", SAMPLE), 73, "there already")
        # What would be refused is refused when it is tried, too.
        told(at(server, "ada", "policy", "upload", other, "--dry-run"), 73, "there already")
        same = at(server, "ada", "policy", "upload", SAMPLE, "--dry-run")
        assert same.returncode == 0 and "could be" not in same.stdout
        put(two / "new", {"tests/companies.csv": b"x\n1\n"})
        told(at(server, "ada", "policy", "activate", NEW), 65, "tests/companies.csv: line 1")
        told(vigie("policy", "activate", two / "new", "--as", "ada"), 65,
             "tests/companies.csv: line 1")


def test_what_is_no_policy_to_decide_by_ends_as_a_bad_one(serve, two, at, tmp_path):
    facts = ["--facts", write(tmp_path / "facts.csv", [row(1, role="")]), "--summary"]
    with serve() as server:
        def decided():
            return at(server, "max", "decide", NAME, *facts)

        def becomes_bad(words: str) -> None:
            wait_for(lambda: words in decided().stderr)
            told(decided(), 65, words)

        assert at(server, "max", "policy", "activate", OLD).returncode == 0
        assert at(server, "eve", "policy", "approve", OLD).returncode == 0
        assert decided().returncode == 0
        readme = (two / "old/README.md").read_bytes()
        put(two / "old", {"README.md": b"changed"})
        becomes_bad("are not those that the server has read")
        server.process.send_signal(signal.SIGHUP)
        becomes_bad("is not what was approved any more")
        put(two / "old", {"README.md": readme})
        server.process.send_signal(signal.SIGHUP)
        wait_for(lambda: decided().returncode == 0)
        assert at(server, "bob", "policy", "stop", NAME, "--reason", "x").returncode == 0
        becomes_bad("is stopped")
        records = two / "activations" / NAME
        min(records.glob("0*.json")).unlink()
        server.process.send_signal(signal.SIGHUP)
        becomes_bad("Nothing is decided by a policy whose records are not whole")


def test_a_portfolio_is_told_with_its_file(serve, two, at, tmp_path):
    """A server knows lines, and not of what file."""
    with serve() as server:
        for rows, options, words in [
            ([row(1), row(2, amount="-1")], [], ", line 3, amount: is -1, and must not be below 0"),
            ([row(1, stage="zz")], [], ', line 2, stage: "zz" is no stage'),
            ([row(1)], ["--as-of", "2019-01-01"], ": neither"),
        ]:
            facts = write(tmp_path / "facts.csv", rows)
            common = ["--facts", facts, *options]
            here = vigie("policy", "simulate", two / "old", two / "new", *common)
            there = at(server, "bob", "policy", "simulate", OLD, NEW, *common)
            told(there, 65, f"{facts}{words}")
            assert there.stderr == here.stderr


def test_servers_without_policies(certificates, at, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with Server(certificates) as server:
        said = at(server, "ada", "policy", "list")
        told(said, 0, "there are no policies at the server")
        told(at(server, "ada", "policy", "describe", "x"), 66, "start it with --policies")
        told(at(server, "ada", "policy", "upload", SAMPLE, "--dry-run"), 1, "keeps no policies")
    with Server(certificates, "--policies", str(empty)) as server:
        told(at(server, "ada", "policy", "list"), 0, "there are no policies at the server")
        done = at(server, "ada", "policy", "describe", "x")
        told(done, 66, "vigie policy upload")
        assert "--policies" not in done.stderr
        done = at(server, "ada", "policy", "upload", SAMPLE, "--dry-run")
        assert done.returncode == 0 and "could be a draft" in done.stdout


def test_policies_that_cannot_be_used_are_told(certificates, two, at):
    check = [
        "serve", "--listen", "127.0.0.1:1", "--tls-cert", certificates.server, "--tls-key",
        certificates.server_key, "--check-config", "--policies", two]
    assert vigied(*check).returncode == 0
    put(two / "broken", {"policy.json": b"{}"})
    put(two / "copy", version(files(SAMPLE), "2.0.0"))
    done = vigied(*check)
    told(done, 78, "broken is passed over: policy.json", f"are both {NEW}", "2 warnings")
    assert "is good" not in done.stdout
    with Server(certificates, "--policies", str(two)) as server:
        done = at(server, "ada", "policy", "list")
        told(done, 65, "broken is passed over: policy.json", f"are both {NEW}")
        assert done.stdout == f"{OLD}: draft\n"
        assert str(two) not in done.stderr
    shutil.rmtree(two / "copy")
    shutil.rmtree(two / "broken")
    assert vigied(*check).returncode == 0
