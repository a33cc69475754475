# SPDX-License-Identifier: Apache-2.0
"""Calls: the channel, what is sent with each call, and when a call is made again."""

from __future__ import annotations

import os
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence, Union

import grpc

from ._addresses import Target
from ._errors import VigieError, from_call, make

MESSAGE_BYTES_MAXIMUM = 64 << 20
#: gRPC allows no more, so that a client does not drown a server that comes back.
ATTEMPTS_MAXIMUM = 4

Metadata = Sequence["tuple[str, Union[str, bytes]]"]
Token = Union[str, Callable[[], str]]
PEM = Union[str, bytes, "os.PathLike[str]"]


@dataclass(frozen=True)
class RetryPolicy:
    """How calls that found the server unavailable are repeated: only UNAVAILABLE, and never once
    an answer has begun. A table goes on with the first block that is not answered."""

    #: Most attempts of a call, the first included; 1 turns retries off, more than 4 is 4.
    attempts: int = ATTEMPTS_MAXIMUM
    #: Seconds before the second attempt; a fifth of it, up or down, is chance.
    first_delay: float = 0.1
    #: Most seconds between two attempts.
    delay_maximum: float = 1.0
    #: What each wait is multiplied by for the next.
    multiplier: float = 2.0

    def delay(self, failures: int, error: VigieError, pushback: float | None) -> float | None:
        """Seconds to wait after so many failures in a row, or None to give up."""
        given_up = failures >= min(self.attempts, ATTEMPTS_MAXIMUM)
        if given_up or error.code != "UNAVAILABLE" or error.reason == "TLS_FAILED":
            return None
        if pushback is not None:
            return pushback if pushback >= 0 else None
        if error.retry_delay is not None:
            return error.retry_delay
        delay = self.first_delay * self.multiplier ** (failures - 1)
        return min(delay, self.delay_maximum) * random.uniform(0.8, 1.2)


def read_pem(what: str, source: PEM) -> bytes:
    """The bytes of a file, or the PEM text that was given itself."""
    text = source.encode() if isinstance(source, str) else source
    if isinstance(text, bytes) and b"-----BEGIN " in text:
        return text
    path = Path(os.fsdecode(text))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{what}: {path} cannot be read: {error.strerror}.") from None
    if b"-----BEGIN " not in data:
        raise ValueError(f"{what}: {path} is no PEM file.")
    return data


class Calls:
    """The channels to one server, and how calls over them are made."""

    def __init__(
        self,
        target: Target,
        *,
        load_balancing: str,
        credentials: grpc.ChannelCredentials | None,
        server_name: str | None,
        token: Token | None,
        metadata: Metadata,
        timeout: float,
        retry: RetryPolicy,
        connections: int,
    ) -> None:
        self.address = target.address
        self.timeout = timeout
        self.retry = retry
        self._token = token
        self._metadata = tuple(metadata)
        options: list[tuple[str, Any]] = [
            ("grpc.max_receive_message_length", MESSAGE_BYTES_MAXIMUM),
            ("grpc.max_send_message_length", MESSAGE_BYTES_MAXIMUM),
            # Calls are repeated here, where the waits that the server asks for are known.
            ("grpc.enable_retries", 0),
            ("grpc.initial_reconnect_backoff_ms", 100),
            # So long may a connection take to be made, whatever the name says.
            ("grpc.min_reconnect_backoff_ms", 5000),
            ("grpc.max_reconnect_backoff_ms", 1000),
            # Channels of one address would share a connection.
            ("grpc.use_local_subchannel_pool", 1),
            ("grpc.lb_policy_name", load_balancing),
        ]
        if server_name is None and target.address.startswith(("unix:", "ipv4:", "ipv6:")):
            # gRPC would look for the path, or for the whole list, in the certificate.
            server_name = target.hosts[0]
        if server_name is not None and credentials is not None:
            options.append(("grpc.ssl_target_name_override", server_name))
        self.channels = [
            grpc.insecure_channel(self.address, options=options)
            if credentials is None
            else grpc.secure_channel(self.address, credentials, options=options)
            for _ in range(connections)
        ]
        self.is_closed = False

    def close(self) -> None:
        """Ends all calls and connections."""
        self.is_closed = True
        for channel in self.channels:
            channel.close()

    def headers(self, more: Metadata | None, failures: int) -> Metadata:
        """What is sent with a call."""
        sent = [*self._metadata, *(more or ())]
        if self._token is not None:
            token = self._token if isinstance(self._token, str) else self._token()
            sent.append(("authorization", f"Bearer {token}"))
        for name, value in sent:
            _check_header(name, value)
        if failures:
            sent.append(("grpc-previous-rpc-attempts", str(failures)))
        return sent

    def check_open(self) -> None:
        """Raises when the client was closed."""
        if self.is_closed:
            raise make("CANCELLED", "The client is closed.", reason="CLIENT_CLOSED")

    def unary(
        self,
        path: str,
        request: bytes,
        *,
        timeout: float | None = None,
        metadata: Metadata | None = None,
    ) -> bytes:
        """Makes a call of one message each way, again if need be, within `timeout` in all."""
        seconds = self.timeout if timeout is None else timeout
        if not seconds > 0:
            raise ValueError(f"timeout is {seconds!r}; write how many seconds, above 0.")
        deadline = time.monotonic() + seconds
        failures = 0
        while True:
            self.check_open()
            call = self.channels[0].unary_unary(path)
            try:
                answer: bytes = call(
                    request,
                    timeout=max(0.0, deadline - time.monotonic()),
                    metadata=self.headers(metadata, failures),
                )
                return answer
            except grpc.RpcError as error:
                failures += 1
                failure = from_call(error)
                delay = self.retry.delay(failures, failure, pushback(error))
                # No attempt could be answered in time any more.
                if delay is None or time.monotonic() + delay >= deadline:
                    raise failure from None
            time.sleep(delay)


def _check_header(name: str, value: str | bytes) -> None:
    """Refuses what gRPC would not send, without printing the value, which may be a secret."""
    is_binary = name.endswith("-bin")
    if not re.fullmatch(r"[a-z0-9_.-]+", name) or name.startswith("grpc-"):
        what = "is no name of a header: a-z, 0-9, -, _ and . may be in it, grpc- not before it"
    elif is_binary != isinstance(value, bytes):
        what = "names that end in -bin take bytes, others text"
    elif isinstance(value, str) and not re.fullmatch(r"[!-~]([ -~]*[!-~])?", value):
        what = "its value is not printable ASCII, or has blanks around it"
    else:
        return
    raise make("INVALID_ARGUMENT", f"The header {name!r}: {what}.", reason="INVALID_METADATA")


def pushback(error: grpc.RpcError) -> float | None:
    """Seconds that the server asks to wait; below 0 when it asks not to come back."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-retry-pushback-ms":
            return int(value) / 1000 if value.isdigit() else -1.0
    return None


def environment(settings: Mapping[str, str | None]) -> dict[str, str | None]:
    """What is not given, from the environment, under the names of the command line tool."""
    return {name: value or os.environ.get(f"VIGIE_{name.upper()}") or None
            for name, value in settings.items()}
