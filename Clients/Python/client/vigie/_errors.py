# SPDX-License-Identifier: Apache-2.0
"""What can go wrong, as exceptions with a code, a reason, a field and a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping

import grpc

from . import _wire


@dataclass(frozen=True)
class FieldViolation:
    """One field of a request that is wrong."""

    #: Path of the field, such as `header.columns[3]`.
    field: str
    #: What is wrong with it.
    description: str


class VigieError(Exception):
    """Why a call failed.

    Programs should look at `code` and `reason`, which never change; messages may.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        reason: str | None = None,
        fields: tuple[FieldViolation, ...] = (),
        values: Mapping[str, str] | None = None,
        retry_delay: float | None = None,
    ) -> None:
        #: gRPC's code, such as "INVALID_ARGUMENT".
        self.code = code
        #: What happened, for people.
        self.message = message
        #: Why, for programs, such as "UNKNOWN_COLUMN"; None when the server gave none.
        self.reason = reason
        #: The fields of the request that are wrong.
        self.fields = fields
        #: What the server says about the error by key, such as the value of a limit.
        self.values = dict(values or {})
        #: Seconds that the server asks to wait before the next attempt.
        self.retry_delay = retry_delay
        super().__init__(code, message)

    @property
    def field(self) -> str | None:
        """Path of the first field at fault."""
        return self.fields[0].field if self.fields else None

    def __str__(self) -> str:
        text = f"{self.code}: {self.message}"
        if self.reason:
            text += f" [{self.reason}]"
        return text + "".join(f" ({f.field}: {f.description})" for f in self.fields)


class ConnectionFailedError(VigieError):
    """The server cannot be reached, is not trusted, or does not answer now."""


class DeadlineError(VigieError, TimeoutError):
    """No answer within the time allowed."""


class NotAllowedError(VigieError, PermissionError):
    """The server does not know the caller, or does not let it do this."""


class TableError(VigieError, ValueError):
    """The table does not fit the model, or holds what cannot be sent."""

    def __init__(self, message: str, *, reason: str = "INVALID_TABLE", **more: Any) -> None:
        super().__init__("INVALID_ARGUMENT", message, reason=reason, **more)


_KINDS: dict[str, type[VigieError]] = {
    "UNAVAILABLE": ConnectionFailedError,
    "DEADLINE_EXCEEDED": DeadlineError,
    "UNAUTHENTICATED": NotAllowedError,
    "PERMISSION_DENIED": NotAllowedError,
}


def make(code: str, message: str, **more: Any) -> VigieError:
    """An error of the kind that its code asks for."""
    return _KINDS.get(code, VigieError)(code, message, **more)


@dataclass
class Details:
    """What google.rpc.Status says beside code and message."""

    reason: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    violations: list[FieldViolation] = field(default_factory=list)
    retry_delay: float | None = None


def read_details(status: bytes) -> Details:
    """Reads the bytes of `grpc-status-details-bin`."""
    details = Details()
    for number, packed in _wire.fields(status):
        if number == 3:
            parts = dict(_wire.fields(_wire.as_bytes(packed)))
            name = _wire.as_text(parts.get(1, memoryview(b""))).rpartition(".")[2]
            _read_detail(details, name, _wire.as_bytes(parts.get(2, memoryview(b""))))
    return details


def _read_detail(details: Details, name: str, data: memoryview) -> None:
    for number, value in _wire.fields(data):
        if name == "ErrorInfo" and number == 1:
            details.reason = _wire.as_text(value)
        elif name == "ErrorInfo" and number == 3:
            entry = dict(_wire.fields(_wire.as_bytes(value)))
            nothing = memoryview(b"")
            key = _wire.as_text(entry.get(1, nothing))
            details.values[key] = _wire.as_text(entry.get(2, nothing))
        elif name == "BadRequest" and number == 1:
            entry = dict(_wire.fields(_wire.as_bytes(value)))
            nothing = memoryview(b"")
            details.violations.append(
                FieldViolation(
                    _wire.as_text(entry.get(1, nothing)), _wire.as_text(entry.get(2, nothing))
                )
            )
        elif name == "RetryInfo" and number == 1:
            entry = dict(_wire.fields(_wire.as_bytes(value)))
            seconds, nanoseconds = entry.get(1, 0), entry.get(2, 0)
            details.retry_delay = _wire.as_number(seconds) + _wire.as_number(nanoseconds) * 1e-9


# What gRPC says of TLS that failed; no code of its own tells it.
_TLS_WORDS = ("ssl", "tls", "certificate", "handshake")
_CONNECT_WORDS = ("failed to connect", "connection refused", "dns", "resolution", "timed out")


def from_call(error: grpc.RpcError) -> VigieError:
    """The error of a call that gRPC ended."""
    code = error.code().name
    message = error.details() or ""
    details = Details()
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            try:
                details = read_details(value)
            except _wire.MalformedError:
                pass
    reason = details.reason
    if reason is None and code == "UNAVAILABLE":
        lower = message.lower()
        if any(word in lower for word in _TLS_WORDS):
            reason = "TLS_FAILED"
        elif any(word in lower for word in _CONNECT_WORDS):
            reason = "CANNOT_CONNECT"
        else:
            reason = "CONNECTION_LOST"
    return make(
        code,
        message,
        reason=reason,
        fields=tuple(details.violations),
        values=details.values,
        retry_delay=details.retry_delay,
    )
