# SPDX-License-Identifier: Apache-2.0
"""Uploads of policies that mean harm, or that end midway, leave nothing behind."""

import threading
import time

import grpc
import pytest

from support.access import refused
from support.policies import NAME, PART_BYTES, SAMPLE, files, names, part, parts, stub, wait_for
from vigie.v1 import policy_service_pb2 as messages

HEADER = messages.UploadPolicyRequest(header=messages.UploadPolicyHeader())
NOTHING = messages.UploadPolicyRequest()


@pytest.mark.parametrize("sent, code, reason", [
    ([], "INVALID_ARGUMENT", "NO_HEADER"),
    ([part("policy.json", 0, b"")], "INVALID_ARGUMENT", "NO_HEADER"),
    ([HEADER, HEADER], "INVALID_ARGUMENT", "SECOND_HEADER"),
    ([HEADER, NOTHING], "INVALID_ARGUMENT", "EMPTY_MESSAGE"),
    ([HEADER], "INVALID_ARGUMENT", "BAD_POLICY"),
    ([HEADER, part("a", 1, b"x")], "INVALID_ARGUMENT", "PARTS_OUT_OF_ORDER"),
    ([HEADER, part("a", 0, b"x"), part("a", 0, b"x")], "INVALID_ARGUMENT", "PARTS_OUT_OF_ORDER"),
    ([HEADER, part("a", 0, b"x"), part("b", 0, b"x"), part("a", 1, b"x")],
     "INVALID_ARGUMENT", "DUPLICATE_PATH"),
    ([HEADER, part("a", 0, b"x"), part("a", 2**64 - 1, b"x")],
     "INVALID_ARGUMENT", "PARTS_OUT_OF_ORDER"),
    ([HEADER, part("a", 0, b"x"), part("A", 0, b"x")], "INVALID_ARGUMENT", "DUPLICATE_PATH"),
    ([HEADER, part("é", 0, b"x"), part("e\u0301", 0, b"x")], "INVALID_ARGUMENT", "DUPLICATE_PATH"),
    ([HEADER, part("a", 0, bytes(PART_BYTES + 1))], "RESOURCE_EXHAUSTED", "LIMIT_EXCEEDED"),
    ([HEADER, *(part("a", at << 20, bytes(PART_BYTES)) for at in range(17))],
     "RESOURCE_EXHAUSTED", "LIMIT_EXCEEDED"),
    ([HEADER, *(part(f"tests/{at}.csv", 0, b"") for at in range(513))],
     "RESOURCE_EXHAUSTED", "LIMIT_EXCEEDED"),
    ([HEADER, *(part(f"tests/{at // 16}.csv", at % 16 << 20, bytes(PART_BYTES))
                for at in range(65))], "RESOURCE_EXHAUSTED", "LIMIT_EXCEEDED"),
    *(([HEADER, part(path, 0, b"x")], "INVALID_ARGUMENT", "BAD_PATH") for path in [
        "..", "../x", "/etc/passwd", "tables/../../x", "tables/..", "tables//x", "tables/", "",
        "a/b", "tests/a/b", "a\0b", "a\nb", "a\\b", "c:x", ".hidden", "tests/.x", "./policy.json",
        "x" * 200, "activations/small/000001.json",
    ]),
])
def test_hostile_uploads_leave_nothing(serve, shelf, people, sent, code, reason):
    with serve() as server, server.channel() as channel:
        told = refused(
            stub(channel).UploadPolicy, iter(sent), metadata=people["ada"], timeout=60)
        assert told[:2] == (code, reason), told
        assert names(shelf) == []
        # And nobody else is kept from it.
        done = stub(channel).UploadPolicy(
            parts(files(SAMPLE)), metadata=people["ada"], timeout=60)
        assert done.policy.version == "1.0.0"


def test_names_that_lead_elsewhere(serve, shelf, people):
    with serve() as server, server.channel() as channel:
        for name in ["..", ".", ".x", "activations"]:
            policy = files(SAMPLE)
            old, new = f'"id": "{NAME}"'.encode(), f'"id": "{name}"'.encode()
            policy["policy.json"] = policy["policy.json"].replace(old, new)
            assert refused(
                stub(channel).UploadPolicy, parts(policy), metadata=people["ada"],
                timeout=60)[1] == "BAD_POLICY"
        policy = files(SAMPLE)
        assert refused(
            stub(channel).UploadPolicy, parts(policy, content_hash="0"), metadata=people["ada"],
            timeout=60)[1] == "OTHER_CONTENT"
        assert names(shelf) == []
        stub(channel).UploadPolicy(parts(policy), metadata=people["ada"], timeout=60)
        code, reason, _ = refused(
            stub(channel).UploadPolicy, parts(policy), metadata=people["ada"], timeout=60)
        assert (code, reason) == ("ALREADY_EXISTS", "POLICY_EXISTS")


def test_uploads_that_end_midway_leave_nothing(serve, shelf, people):
    with serve() as server:
        for _ in range(6):
            channel = server.channel()
            sent = threading.Event()

            def messages_without_end():
                yield from parts(files(SAMPLE))
                sent.set()
                time.sleep(60)

            call = stub(channel).UploadPolicy.future(
                messages_without_end(), metadata=people["ada"], timeout=60)
            assert sent.wait(30)
            call.cancel()
            channel.close()
        # The places of those who have gone are free again.
        with server.channel() as channel:

            def is_taken() -> bool:
                try:
                    stub(channel).UploadPolicy(
                        parts(files(SAMPLE), check_only=True), metadata=people["ada"], timeout=60)
                    return True
                except grpc.RpcError as error:
                    assert error.code() == grpc.StatusCode.UNAVAILABLE
                    return False

            wait_for(is_taken)
        assert names(shelf) == []
