# SPDX-License-Identifier: Apache-2.0
"""Policies at a server: brought there, activated by two persons, stopped; and in a directory."""

import shutil
import signal
import threading

import grpc

from support.access import refused, vigied
from support.policies import (
    NAME, SAMPLE, content_hash, copy, files, names, parts, put, stub, version, vigie, wait_for,
)
from support.server import Server
from vigie.v1 import policy_description_pb2 as described
from vigie.v1 import policy_service_pb2 as messages


def states(service, who) -> dict[str, int]:
    """The state of each version."""
    answer = service.ListPolicies(messages.ListPoliciesRequest(), metadata=who, timeout=20)
    return {f"{each.name}@{each.version}": each.state for each in answer.policies}


def test_two_persons_make_a_version_hold(serve, shelf, people):
    policy = files(SAMPLE)
    reference = f"{NAME}@1.0.0"
    with serve() as server, server.channel() as channel:
        service = stub(channel)
        done = service.UploadPolicy(
            parts(policy, content_hash=content_hash(policy)), metadata=people["ada"], timeout=60)
        assert done.policy.content_hash == content_hash(policy)
        assert done.policy.state == described.POLICY_STATE_DRAFT
        assert list(done.check.obstacles) == [] and done.check.test_count > 20
        assert done.check.hit_rule_count == done.check.rule_count > 20
        assert files(shelf / reference) == policy
        asked = service.ActivatePolicy(
            messages.ActivatePolicyRequest(policy=reference, from_date="2025-01-01"),
            metadata=people["ada"], timeout=60)
        assert asked.policy.state == described.POLICY_STATE_REQUESTED
        # Whoever asked for it may not even call the method; a second role does not help him.
        assert refused(
            service.ApprovePolicy, messages.ApprovePolicyRequest(policy=reference),
            metadata=people["ada"], timeout=60)[1] == "ROLE_NEEDED"
        agreed = service.ApprovePolicy(
            messages.ApprovePolicyRequest(
                policy=reference, content_hash=done.policy.content_hash),
            metadata=people["bob"], timeout=60)
        assert agreed.policy.state == described.POLICY_STATE_ACTIVE
        assert agreed.policy.from_date == "2025-01-01"
        told = service.DescribePolicy(
            messages.DescribePolicyRequest(policy=NAME), metadata=people["rex"], timeout=20).policy
        assert [(each.identity, each.proven) for each in told.records] == [
            ("ada", True), ("ada", True), ("bob", True)]
        assert told.summary.label.fr == "Un fournisseur prudent"
        assert {each.name: each.unit for each in told.inputs}["equity"] == "currency"
        assert {each.name: each.maximum_age_days for each in told.inputs}["equity"] == 730
        assert told.decisions["limit"] == "Limit" and told.currency == "EUR"
        assert [each.amount for each in told.roles] == ["25000", "100000", ""]
        assert {each.decision for each in told.tables} >= {"Class", "Limit", "Terms"}
        assert sorted(told.files) == sorted(policy)
    # A server that starts later knows all of it.
    with serve() as server, server.channel() as channel:
        assert states(stub(channel), people["rex"]) == {reference: described.POLICY_STATE_ACTIVE}


def test_the_second_is_another_person(serve, shelf, people):
    put(shelf / "mine", files(SAMPLE))
    with serve() as server, server.channel() as channel:
        service = stub(channel)
        service.ActivatePolicy(
            messages.ActivatePolicyRequest(policy=NAME), metadata=people["bob"], timeout=60)
        approve = messages.ApprovePolicyRequest(policy=NAME)
        assert refused(service.ApprovePolicy, approve, metadata=people["bob"], timeout=60)[1] \
            == "SECOND_PERSON_NEEDED"
        # Another content, before the second person comes.
        manifest = shelf / "mine/policy.json"
        text = manifest.read_text()
        manifest.write_text(text.replace("Credit management", "Somebody"))
        assert refused(service.ApprovePolicy, approve, metadata=people["eve"], timeout=60)[1] \
            == "POLICY_CHANGED"
        manifest.write_text(text)
        service.ApprovePolicy(approve, metadata=people["eve"], timeout=60)
        # And of those who uploaded nobody is the second either.
        service.UploadPolicy(
            parts(version(files(SAMPLE), "2")), metadata=people["max"], timeout=60)
        two = f"{NAME}@2"
        service.ActivatePolicy(
            messages.ActivatePolicyRequest(policy=two), metadata=people["ada"], timeout=60)
        code, reason, message = refused(
            service.ApprovePolicy, messages.ApprovePolicyRequest(policy=two),
            metadata=people["max"], timeout=60)
        assert (code, reason) == ("FAILED_PRECONDITION", "SECOND_PERSON_NEEDED")
        assert "uploaded" in message


def test_ways_back(serve, shelf, people):
    put(shelf / "one", files(SAMPLE))
    put(shelf / "two", version(files(SAMPLE), "1.1.0"))
    one, two = f"{NAME}@1.0.0", f"{NAME}@1.1.0"
    with serve() as server, server.channel() as channel:
        service = stub(channel)

        def hold(policy: str, day: str = "") -> None:
            service.ActivatePolicy(
                messages.ActivatePolicyRequest(policy=policy, from_date=day),
                metadata=people["ada"], timeout=60)
            service.ApprovePolicy(
                messages.ApprovePolicyRequest(policy=policy), metadata=people["bob"], timeout=60)

        hold(one)
        hold(two)
        assert states(service, people["rex"]) == {
            one: described.POLICY_STATE_SUPERSEDED, two: described.POLICY_STATE_ACTIVE}
        back = messages.RollBackPolicyRequest(name=NAME, reason="harm")
        assert refused(
            service.RollBackPolicy, messages.RollBackPolicyRequest(name=NAME),
            metadata=people["eve"], timeout=60)[1] == "REASON_NEEDED"
        assert service.RollBackPolicy(
            back, metadata=people["eve"], timeout=60).policy.version == "1.0.0"
        hold(two, "2099-01-01")
        assert states(service, people["rex"])[two] == described.POLICY_STATE_PLANNED
        done = service.WithdrawPolicy(
            messages.WithdrawPolicyRequest(policy=two, reason="not yet"),
            metadata=people["ada"], timeout=60)
        assert done.policy.state == described.POLICY_STATE_SUPERSEDED
        stopped = service.StopPolicy(
            messages.StopPolicyRequest(name=NAME, reason="wrong figures"),
            metadata=people["eve"], timeout=60)
        assert stopped.records[-1].action == described.POLICY_ACTION_STOP
        assert states(service, people["rex"])[one] == described.POLICY_STATE_STOPPED
        hold(one)
        assert states(service, people["rex"])[one] == described.POLICY_STATE_ACTIVE


def test_what_fails_does_not_hold(serve, shelf, people):
    policy = files(SAMPLE)
    broken = dict(policy)
    broken["tests/companies.csv"] = policy["tests/companies.csv"].replace(b"granted", b"refused")
    with serve() as server, server.channel() as channel:
        service = stub(channel)
        done = service.UploadPolicy(parts(broken), metadata=people["ada"], timeout=60)
        assert done.check.failures and done.check.obstacles
        code, reason, message = refused(
            service.ActivatePolicy, messages.ActivatePolicyRequest(policy=NAME),
            metadata=people["ada"], timeout=60)
        assert (code, reason) == ("FAILED_PRECONDITION", "POLICY_NOT_READY")
        assert "tests/companies.csv" in message
        checked = service.CheckPolicy(
            messages.CheckPolicyRequest(policy=NAME), metadata=people["ada"], timeout=60).check
        assert list(checked.obstacles) == list(done.check.obstacles)
        # Only looked at: nothing is kept, and nobody has to say who he is.
        before = names(shelf)
        done = service.UploadPolicy(
            parts(version(policy, "3"), check_only=True), metadata=people["max"], timeout=60)
        assert done.policy.version == "3" and names(shelf) == before
        changed = version(policy, "4")
        old, new = b"<text>0.08</text>", b"<text>0.05</text>"
        changed["policy.dmn"] = policy["policy.dmn"].replace(old, new)
        service.UploadPolicy(parts(changed), metadata=people["ada"], timeout=60)
        told = service.DiffPolicies(
            messages.DiffPoliciesRequest(before=f"{NAME}@1.0.0", after=f"{NAME}@4"),
            metadata=people["bob"], timeout=60).changes
        assert [(each.rule, each.cells[0].before, each.cells[0].after) for each in told.rules] == [
            ("limit-b", "0.08", "0.05")]
        assert 0 < told.changed_count < told.company_count
        assert float(told.after.limits) < float(told.before.limits)


def test_without_access_nobody_activates(certificates, shelf):
    copy(shelf)
    with Server(certificates, "--policies", str(shelf)) as server, server.channel() as channel:
        service = stub(channel)
        assert states(service, ()) == {f"{NAME}@1.0.0": described.POLICY_STATE_DRAFT}
        for call, request in [
            (service.ActivatePolicy, messages.ActivatePolicyRequest(policy=NAME)),
            (service.ApprovePolicy, messages.ApprovePolicyRequest(policy=NAME)),
            (service.StopPolicy, messages.StopPolicyRequest(name=NAME, reason="x")),
            (service.UploadPolicy, parts(version(files(SAMPLE), "2"))),
        ]:
            code, reason, message = refused(call, request, timeout=60)
            assert (code, reason) == ("FAILED_PRECONDITION", "IDENTITY_NEEDED")
            assert "--tokens" in message
        done = service.UploadPolicy(parts(files(SAMPLE), check_only=True), timeout=60)
        assert list(done.check.obstacles) == []
    with Server(certificates) as server, server.channel() as channel:
        code, reason, message = refused(
            stub(channel).DescribePolicy, messages.DescribePolicyRequest(policy="x"), timeout=20)
        assert (code, reason) == ("NOT_FOUND", "UNKNOWN_POLICY") and "--policies" in message


def test_one_of_two_uploads_is_kept(serve, shelf, people):
    with serve() as first, serve() as second, first.channel() as one, second.channel() as other:
        outcomes: list[str] = []

        def upload(channel: grpc.Channel) -> None:
            try:
                stub(channel).UploadPolicy(
                    parts(files(SAMPLE)), metadata=people["ada"], timeout=60)
                outcomes.append("OK")
            except grpc.RpcError as error:
                outcomes.append(error.code().name)

        threads = [threading.Thread(target=upload, args=(each,)) for each in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["ALREADY_EXISTS", "OK"]
        assert names(shelf) == ["activations", f"{NAME}@1.0.0"]


def test_two_servers_on_one_shelf(serve, shelf, people):
    copy(shelf)
    with serve() as first, serve("--reload-interval", 1) as second, \
            first.channel() as one, second.channel() as other:
        stub(one).ActivatePolicy(
            messages.ActivatePolicyRequest(policy=NAME), metadata=people["ada"], timeout=60)
        # The second decides by what is on disk, whatever it has read before.
        stub(other).ApprovePolicy(
            messages.ApprovePolicyRequest(policy=NAME), metadata=people["bob"], timeout=60)
        first.process.send_signal(signal.SIGHUP)
        reference = f"{NAME}@1.0.0"
        active = {reference: described.POLICY_STATE_ACTIVE}
        wait_for(lambda: states(stub(one), people["rex"]) == active)
        # What is done in the directory itself comes to both, to one of them without a signal.
        done = vigie("policy", "stop", shelf / NAME, "--as", "zoe", "--reason", "fire")
        assert done.returncode == 0, done.stderr
        stopped = {reference: described.POLICY_STATE_STOPPED}
        wait_for(lambda: states(stub(other), people["rex"]) == stopped)
        first.process.send_signal(signal.SIGHUP)
        wait_for(lambda: states(stub(one), people["rex"]) == stopped)
        records = stub(one).DescribePolicy(
            messages.DescribePolicyRequest(policy=NAME), metadata=people["rex"], timeout=20)
        assert [each.proven for each in records.policy.records] == [True, True, False]
        # A policy that is broken is told, and keeps nobody from the others.
        put(shelf / "broken", {"policy.json": b"{}"})
        first.process.send_signal(signal.SIGHUP)
        wait_for(lambda: "broken is passed over" in first.log())
        problems = stub(one).ListPolicies(
            messages.ListPoliciesRequest(), metadata=people["rex"], timeout=20).problems
        assert len(problems) == 1 and "policy.json" in problems[0]
        assert NAME in str(states(stub(one), people["rex"]))


def test_the_command_line_in_a_directory(certificates, shelf):
    mine = copy(shelf)
    assert "draft" in vigie("policy", "list", shelf).stdout
    done = vigie("policy", "activate", mine)
    assert done.returncode == 64 and "--as" in done.stderr
    done = vigie("policy", "activate", mine, "--as", "ada", "--from", "2025-01-01")
    assert done.returncode == 0, done.stderr
    assert "requested from 2025-01-01" in done.stdout and "vigie policy approve" in done.stdout
    done = vigie("policy", "approve", mine, "--as", "ada")
    assert done.returncode == 4 and "second person" in done.stderr
    done = vigie("policy", "approve", mine, "--as", "bob")
    assert done.stdout == f"{NAME}@1.0.0: active from 2025-01-01\n", done.stderr
    history = vigie("policy", "history", mine).stdout.splitlines()
    assert len(history) == 2 and "by bob (not proven)" in history[1]
    done = vigie("policy", "rollback", mine, "--as", "ada", "--reason", "x")
    assert done.returncode == 1 and "No other version" in done.stderr
    manifest = mine / "policy.json"
    manifest.write_text(manifest.read_text().replace("Credit management", "Somebody"))
    assert "changed" in vigie("policy", "list", shelf).stdout
    table = mine / "tests/companies.csv"
    text = table.read_text()
    table.write_text(text.replace("granted", "refused"))
    done = vigie("policy", "activate", mine, "--as", "ada")
    assert done.returncode == 1 and "tests/companies.csv" in done.stderr
    table.write_text(text)
    for nobody in ("", "ada ", "b\u043eb"):
        done = vigie("policy", "approve", mine, "--as", nobody)
        assert done.returncode == 64 and "An identity is a name" in done.stderr, done.stderr
    # Records that somebody took out or changed make the policy useless, and say so.
    records = shelf / "activations" / NAME
    newest = records / "000002.json"
    content = newest.read_bytes()
    newest.unlink()
    done = vigie("policy", "history", mine)
    assert done.returncode == 65 and "has no 000002.json, which was the newest" in done.stderr
    checked = vigied(
        "serve", "--check-config", "--policies", shelf, "--tls-cert", certificates.server,
        "--tls-key", certificates.server_key)
    assert checked.returncode == 78 and "has no 000002.json" in checked.stderr, checked.stderr
    newest.write_bytes(content)
    assert vigie("policy", "history", mine).stdout.splitlines() == history
    record = records / "000001.json"
    record.write_text(record.read_text().replace("ada", "zoe"))
    done = vigie("policy", "approve", mine, "--as", "eve")
    assert done.returncode != 0 and "000002.json does not follow" in done.stderr


def test_the_command_line_at_a_server(serve, shelf, people, tmp_path):
    with serve() as server:

        def at_server(who: str, *arguments: object):
            token = tmp_path / who
            token.write_text(people[who][0][1].removeprefix("Bearer "))
            return vigie(
                "policy", *arguments, "--server", server.address, "--ca-cert",
                server.certificates.ca, "--token-file", token)

        done = at_server("ada", "upload", SAMPLE)
        assert done.stdout.startswith(f"{NAME}@1.0.0: draft\n"), done.stderr
        done = at_server("ada", "activate", NAME, "--from", "2025-01-01")
        told, next_step = done.stdout.splitlines()
        assert told == f"{NAME}@1.0.0: requested from 2025-01-01", done.stderr
        assert next_step.startswith("requested; another person has to agree: vigie policy approve")
        assert at_server("ada", "approve", NAME).returncode == 4
        done = at_server("bob", "approve", f"{NAME}@1.0.0")
        assert done.stdout == f"{NAME}@1.0.0: active from 2025-01-01\n", done.stderr
        assert at_server("rex", "list").stdout == f"{NAME}@1.0.0: active from 2025-01-01\n"
        told = at_server("rex", "describe", NAME, "--language", "fr").stdout
        assert "Un fournisseur prudent, by Credit management" in told
        assert "takes equity (number, currency): capitaux propres" in told
        assert "decides Limit (UNIQUE, " in told or "decides Limit (FIRST, " in told
        assert "manager (credit manager) may grant up to 100000" in told
        assert "by bob, content" in at_server("rex", "history", NAME).stdout
        done = at_server("eve", "stop", NAME, "--reason", "fire")
        assert done.stdout == f"{NAME} is stopped\n", done.stderr
        assert at_server("eve", "activate", SAMPLE).returncode == 64
        done = at_server("eve", "rollback", f"{NAME}@1.0.0", "--reason", "x")
        assert "vigie policy list" in done.stderr and "name all of the policy" in done.stderr
        # Only where it helps.
        done = at_server("rex", "history", "nix")
        assert done.returncode == 66 and "rollback" not in done.stderr, done.stderr


def test_a_shelf_that_cannot_be_read(certificates, tmp_path):
    done = vigied(
        "serve", "--check-config", "--policies", tmp_path / "none", "--tls-cert",
        certificates.server, "--tls-key", certificates.server_key)
    assert done.returncode == 66 and "cannot open the directory" in done.stderr
    shutil.copytree(SAMPLE, tmp_path / "one")
    done = vigied(
        "serve", "--check-config", "--policies", tmp_path / "one", "--tls-cert",
        certificates.server, "--tls-key", certificates.server_key)
    assert done.returncode == 78 and "is a policy itself" in done.stderr
