# SPDX-License-Identifier: Apache-2.0
"""Policies that are brought away come out the same elsewhere; and nobody waits for tests of a
policy that nobody wants any more."""

import itertools
import shutil
import time

from support.access import refused
from support.policies import (
    NAME, SAMPLE, content_hash, draft, files, names, parts, put, stub, version, vigie,
)
from vigie.v1 import policy_service_pb2

OLD, NEW = f"{NAME}@1.0.0", f"{NAME}@2.0.0"


def list_of(method):
    """All messages of a call, as one function."""
    return lambda *arguments, **named: list(method(*arguments, **named))


def test_downloads_go_elsewhere(serve, two, people, shelf, tmp_path):
    with serve() as server, server.channel() as channel:
        service = stub(channel)
        got = list(service.DownloadPolicy(
            policy_service_pb2.DownloadPolicyRequest(policy=OLD), metadata=people["bob"],
            timeout=60))
        assert got[0].policy.content_hash == content_hash(files(SAMPLE))
        told: dict[str, bytes] = {}
        for each in got[1:]:
            assert each.part.offset_bytes == len(told.get(each.part.path, b""))
            assert len(each.part.content) <= 1 << 20
            told[each.part.path] = told.get(each.part.path, b"") + each.part.content
        assert told == files(SAMPLE)
        assert refused(
            list_of(service.DownloadPolicy), policy_service_pb2.DownloadPolicyRequest(policy=OLD),
            metadata=people["rex"], timeout=20)[1] == "ROLE_NEEDED"
        assert refused(
            list_of(service.DownloadPolicy), policy_service_pb2.DownloadPolicyRequest(policy="no"),
            metadata=people["bob"], timeout=20)[1] == "UNKNOWN_POLICY"
        # By the command, and up again to another server.
        token = tmp_path / "token"
        token.write_text(people["ada"][0][1].removeprefix("Bearer "))
        at_server = [
            "--server", server.address, "--ca-cert", server.certificates.ca, "--token-file", token]
        done = vigie("policy", "download", NEW, tmp_path / "there", *at_server)
        assert done.returncode == 0, done.stderr
        assert files(tmp_path / "there") == draft()
        assert content_hash(draft()) in done.stdout
        again = vigie("policy", "download", NEW, tmp_path / "there", *at_server)
        assert again.returncode != 0 and "exist" in again.stderr
        # What was changed on disk is not given away under the name that the server knows.
        manifest = shelf / "old/policy.json"
        manifest.write_text(manifest.read_text().replace("Credit management", "Somebody"))
        code, reason, _ = refused(
            list_of(service.DownloadPolicy), policy_service_pb2.DownloadPolicyRequest(policy=OLD),
            metadata=people["bob"], timeout=20)
        assert (code, reason) == ("DATA_LOSS", "POLICY_CHANGED")
    shutil.rmtree(shelf / "old")
    shutil.rmtree(shelf / "new")
    with serve() as server, server.channel() as channel:
        done = stub(channel).UploadPolicy(
            parts(files(tmp_path / "there"), content_hash=content_hash(draft())),
            metadata=people["ada"], timeout=60)
        assert done.policy.version == "2.0.0" and names(shelf) == ["activations", NEW]


def test_a_check_ends_with_its_caller(serve, shelf, people):
    """Tests of a policy are many; nobody waits for them any more, and another call is answered."""
    policy = files(SAMPLE)
    table = policy["tests/companies.csv"].splitlines(keepends=True)
    rows = list(itertools.islice(itertools.cycle(table[1:]), 9_500))
    policy["tests/companies.csv"] = table[0] + b"".join(rows)
    put(shelf / "long", policy)
    with serve() as server, server.channel() as channel:
        service = stub(channel)
        request = policy_service_pb2.CheckPolicyRequest(policy=NAME)
        calls = [
            service.CheckPolicy.future(request, metadata=people[who], timeout=60)
            for who in ["ada", "ada", "bob", "bob"]]
        time.sleep(0.5)
        for call in calls:
            call.cancel()
        start = time.monotonic()
        service.DescribePolicy(
            policy_service_pb2.DescribePolicyRequest(policy=NAME), metadata=people["rex"],
            timeout=20)
        assert time.monotonic() - start < 3, "the threads are still at work for nobody"


def test_checks_and_differences_are_those_of_directories(serve, two, people, tmp_path):
    token = tmp_path / "token"
    token.write_text(people["bob"][0][1].removeprefix("Bearer "))
    facts = tmp_path / "facts.csv"
    facts.write_text("company,equity,amount\nA,400000.50,1000.25\nB,500.000,1\n")
    failing = files(SAMPLE)["tests/companies.csv"].replace(b",granted", b",refused")
    put(two / "failing", version(draft(), "3.0.0", "2.0.0") | {"tests/companies.csv": failing})
    with serve() as server:
        there = [
            "--server", server.address, "--ca-cert", server.certificates.ca, "--token-file", token]
        for command, names, code in [
            (["check"], [("old", OLD)], 0), (["check", "-o", "json"], [("new", NEW)], 1),
            (["check"], [("failing", f"{NAME}@3.0.0")], 1), (["check"], [("nix", "nix")], 66),
            (["diff"], [("old", OLD), ("new", NEW)], 0),
            (["diff", "-o", "json", "--facts", facts], [("old", OLD), ("new", NEW)], 0),
            (["diff"], [("old", OLD), ("nix", f"{NAME}@9")], 66),
        ]:
            here = vigie("policy", *command, *(two / name for name, _ in names))
            told = vigie("policy", *command, *(name for _, name in names), *there)
            assert here.returncode == told.returncode == code, (here, told)
            assert here.stdout == told.stdout and (code == 66 or len(told.stdout) > 100)
            assert code == 66 or here.stderr == told.stderr
        for command in [["check", two / "old"], ["diff", OLD, two / "new"]]:
            path = vigie("policy", *command, *there)
            assert path.returncode == 64 and "is a path, and the server has names" in path.stderr
