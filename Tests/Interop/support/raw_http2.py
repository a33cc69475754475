# SPDX-License-Identifier: Apache-2.0
"""Calls over bare HTTP/2, for what a gRPC library would never send."""

import socket
import struct
import time
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.events

from support.server import Server

SECONDS = 60


def framed(message: bytes, *, flags: int = 0, length: int | None = None) -> bytes:
    """A message with gRPC's prefix; `length` lies about how long it is."""
    return struct.pack(">BI", flags, len(message) if length is None else length) + message


@dataclass
class Answer:
    """What came back on a stream."""

    headers: dict[str, str] = field(default_factory=dict)
    trailers: dict[str, str] = field(default_factory=dict)
    data: bytes = b""
    reset_code: int | None = None
    connection_ended: bool = False

    @property
    def status(self) -> int | None:
        """The gRPC status, from the trailers or from a trailers-only answer."""
        text = {**self.headers, **self.trailers}.get("grpc-status")
        return None if text is None else int(text)

    @property
    def message(self) -> str:
        """The gRPC message."""
        return {**self.headers, **self.trailers}.get("grpc-message", "")


class Connection:
    """One HTTP/2 connection over TLS. A context manager."""

    def __init__(self, server: Server, **how: object) -> None:
        self.socket = server.tls_socket(**how)
        self.session = h2.connection.H2Connection(
            h2.config.H2Configuration(validate_outbound_headers=False, header_encoding="utf-8"))
        self.session.initiate_connection()
        self.flush()

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def flush(self) -> None:
        """Sends what the session has to send."""
        self.socket.sendall(self.session.data_to_send())

    def send(
        self, path: str, body: bytes, *, replace: dict[str, str | None] | None = None,
        end: bool = True,
    ) -> int:
        """Starts a call and gives its stream. `replace` changes headers; None leaves one out."""
        headers = {
            ":method": "POST", ":scheme": "https", ":path": path, ":authority": "localhost",
            "content-type": "application/grpc", "te": "trailers", **(replace or {}),
        }
        stream = self.session.get_next_available_stream_id()
        sent = [(name, value) for name, value in headers.items() if value is not None]
        self.session.send_headers(stream, sent)
        # Within the first window; nothing here is larger.
        for start in range(0, len(body), 16_384):
            self.session.send_data(stream, body[start:start + 16_384])
        if end:
            self.session.end_stream(stream)
        self.flush()
        return stream

    def receive(self, stream: int) -> Answer:
        """Reads until the stream or the connection has ended."""
        answer = Answer()
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            try:
                data = self.socket.recv(65_536)
            except (ConnectionError, socket.timeout):
                data = b""
            if not data:
                answer.connection_ended = True
                return answer
            for event in self.session.receive_data(data):
                if isinstance(event, h2.events.ConnectionTerminated):
                    answer.connection_ended = True
                elif getattr(event, "stream_id", None) == stream and self._take(event, answer):
                    return answer
            self.flush()
        raise TimeoutError(f"nothing more on stream {stream} for {SECONDS} s")

    def call(self, path: str, body: bytes, **replace: str | None) -> Answer:
        """A whole call; header names have underscores for dashes."""
        names = {name.replace("_", "-"): value for name, value in replace.items()}
        return self.receive(self.send(path, body, replace=names))

    def _take(self, event: h2.events.Event, answer: Answer) -> bool:
        """Adds an event to the answer; whether it was the last."""
        if isinstance(event, h2.events.ResponseReceived):
            answer.headers = dict(event.headers)
        elif isinstance(event, h2.events.TrailersReceived):
            answer.trailers = dict(event.headers)
        elif isinstance(event, h2.events.DataReceived):
            answer.data += event.data
            self.session.acknowledge_received_data(
                event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.StreamReset):
            answer.reset_code = event.error_code
            return True
        return isinstance(event, h2.events.StreamEnded)
