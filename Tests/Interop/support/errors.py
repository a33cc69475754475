# SPDX-License-Identifier: Apache-2.0
"""Asserts what a failed call says: code, message and google.rpc details."""

import re
from typing import Callable

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status


def assert_fails(
    code: grpc.StatusCode, message: str, call: Callable[[], object], *,
    field: str | None = None, reason: str | None = None,
) -> grpc.RpcError:
    """Asserts that `call` fails so.

    `message` is a regular expression found in the message, `field` the field of a violation of
    BadRequest, `reason` that of ErrorInfo.
    """
    with pytest.raises(grpc.RpcError) as caught:
        call()
    error = caught.value
    assert error.code() == code, f"{error.code()}: {error.details()}"
    assert re.search(message, error.details()), error.details()
    details = unpack(error)
    if field is not None:
        violations = details["BadRequest"].field_violations
        assert [v.field for v in violations] == [field]
        assert all(v.description for v in violations)
    if reason is not None:
        info = details["ErrorInfo"]
        assert (info.reason, bool(info.domain)) == (reason, True)
    return error


def unpack(error: grpc.RpcError) -> dict[str, object]:
    """The details of an error by the name of their type. No type comes twice."""
    status = rpc_status.from_call(error)
    details: dict[str, object] = {}
    if status is None:
        return details
    # The details repeat code and message, so that they can be passed on alone.
    assert status.code == error.code().value[0]
    assert status.message == error.details()
    for packed in status.details:
        name = packed.type_url.rpartition(".")[2]
        assert name not in details
        details[name] = getattr(error_details_pb2, name)()
        assert packed.Unpack(details[name])
    return details
