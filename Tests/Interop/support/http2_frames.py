# SPDX-License-Identifier: Apache-2.0
"""HTTP/2 frames by hand over TLS, right and wrong, and what comes back for them."""

import socket
import struct
import time
from dataclasses import dataclass

import hpack

from support.server import Server

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS = 0, 1, 2, 3, 4
PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 5, 6, 7, 8, 9
ACK = END_STREAM = 1
END_HEADERS, PADDED, HAS_PRIORITY = 4, 8, 32
(NO_ERROR, PROTOCOL_ERROR, INTERNAL_ERROR, FLOW_CONTROL_ERROR, SETTINGS_TIMEOUT, STREAM_CLOSED,
 FRAME_SIZE_ERROR, REFUSED_STREAM, CANCEL, COMPRESSION_ERROR, CONNECT_ERROR,
 ENHANCE_YOUR_CALM) = range(12)
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
FRAME_BYTES = 16_384
SECONDS = 30


def frame(kind: int, flags: int = 0, stream: int = 0, payload: bytes = b"") -> bytes:
    """A frame of any kind."""
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(
        ">I", stream) + payload


def literal(name: str | bytes, value: str | bytes) -> bytes:
    """A field without indexing, its name spelled out."""
    return b"\0" + _text(name) + _text(value)


def _text(text: str | bytes) -> bytes:
    text = text if isinstance(text, bytes) else text.encode()
    length = len(text)
    if length < 127:
        return bytes([length]) + text
    length -= 127
    digits = bytearray([127])
    while length >= 128:
        digits.append(length % 128 + 128)
        length //= 128
    return bytes(digits) + bytes([length]) + text


def block(*more: tuple[str, str], path: str = "/healthz", method: str = "GET",
          without: str = "") -> bytes:
    """A header block of a request; `without` leaves a field out."""
    fields = [(":method", method), (":scheme", "https"), (":path", path),
              (":authority", "localhost"), *more]
    return b"".join(literal(*field) for field in fields if field[0] != without)


def headers(stream: int = 1, payload: bytes | None = None, *, flags: int = END_STREAM | END_HEADERS,
            method: str = "GET") -> bytes:
    """HEADERS; by themselves a whole request for the page of the server's health."""
    return frame(HEADERS, flags, stream, block(method=method) if payload is None else payload)


def begun(stream: int = 1, *more: tuple[str, str], method: str = "POST") -> bytes:
    """HEADERS of a request whose body is to come."""
    return frame(HEADERS, END_HEADERS, stream, block(*more, method=method))


def data(stream: int = 1, payload: bytes = b"body", flags: int = END_STREAM) -> bytes:
    """DATA."""
    return frame(DATA, flags, stream, payload)


def setting(*entries: tuple[int, int]) -> bytes:
    """SETTINGS."""
    return frame(SETTINGS, payload=b"".join(struct.pack(">HI", *entry) for entry in entries))


def window(stream: int, increment: int) -> bytes:
    """WINDOW_UPDATE."""
    return frame(WINDOW_UPDATE, 0, stream, struct.pack(">I", increment))


def reset(stream: int = 1, code: int = CANCEL) -> bytes:
    """RST_STREAM."""
    return frame(RST_STREAM, 0, stream, struct.pack(">I", code))


def priority(stream: int, on: int = 0, weight: int = 15) -> bytes:
    """PRIORITY."""
    return frame(PRIORITY, 0, stream, struct.pack(">IB", on, weight))


@dataclass
class Received:
    """A frame that came."""

    kind: int
    flags: int
    stream: int
    payload: bytes

    @property
    def code(self) -> int:
        """The error of RST_STREAM or GOAWAY."""
        start = 4 if self.kind == GOAWAY else 0
        return struct.unpack_from(">I", self.payload, start)[0]

    @property
    def ends_stream(self) -> bool:
        """Whether the stream has ended with it."""
        return self.kind == RST_STREAM or self.kind in (DATA, HEADERS) and bool(
            self.flags & END_STREAM)


class Peer:
    """A connection that has said hello. A context manager.

    `piece` is how many bytes go into a TLS record of what is sent in small steps.
    """

    def __init__(self, server: Server, piece: int | None = None, preface: bytes = PREFACE,
                 first: bytes | None = None) -> None:
        self.socket = server.tls_socket()
        self.socket.settimeout(SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.piece = piece
        self.received: list[Received] = []
        self.has_ended = False
        self._data = b""
        self._decoder = hpack.Decoder()
        self._ping = 0
        self.send(preface + (setting() if first is None else first))

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, sent: bytes) -> None:
        """Sends bytes; what the server has closed takes none, and its reason is read later."""
        piece = self.piece if self.piece and len(sent) < 2_000 else len(sent)
        try:
            for start in range(0, len(sent), piece or 1):
                self.socket.sendall(sent[start:start + piece])
        except OSError:
            pass

    def read(self, is_last) -> Received | None:
        """Reads up to a frame for which `is_last` holds; None when the connection ends before."""
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            while (found := self._next()) is not None:
                self.received.append(found)
                if is_last(found):
                    return found
            if self.has_ended:
                return None
            try:
                more = self.socket.recv(65_536)
            except TimeoutError as error:
                raise AssertionError(f"nothing more came after {self.received}") from error
            except OSError:
                more = b""
            self.has_ended = not more
            self._data += more
        raise AssertionError(f"too much came: {self.received[-3:]}")

    def _next(self) -> Received | None:
        if len(self._data) < 9:
            return None
        length = int.from_bytes(self._data[:3])
        if len(self._data) < 9 + length:
            return None
        head, payload = self._data[:9], self._data[9:9 + length]
        self._data = self._data[9 + length:]
        found = Received(head[3], head[4], int.from_bytes(head[5:9]) & 0x7FFF_FFFF, payload)
        if found.kind == SETTINGS and not found.flags & ACK:
            self.send(frame(SETTINGS, ACK))
        return found

    def fields(self, found: Received) -> dict[str, str]:
        """The fields of HEADERS, to be asked for in the order in which they came."""
        return {str(name): str(value) for name, value in self._decoder.decode(found.payload)}

    def answer_to_ping(self) -> Received | None:
        """Reads up to the answer to a PING; None when the connection ends before."""
        self._ping += 1
        payload = struct.pack(">Q", self._ping)
        self.send(frame(PING, payload=payload))
        return self.read(lambda found: found.kind == PING and found.payload == payload)
