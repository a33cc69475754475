# SPDX-License-Identifier: Apache-2.0
"""Very many calls over bare HTTP/2: what is sent is bytes, and of each answer only its end is read,
but that exactly."""

import functools
import socket
import ssl
import struct
import urllib.parse
from dataclasses import dataclass, field
from typing import NamedTuple

import hpack
from hpack.huffman import HuffmanEncoder
from hpack.huffman_constants import REQUEST_CODES, REQUEST_CODES_LENGTH

from support.http2_frames import (
    ACK, CONTINUATION, DATA, END_HEADERS, END_STREAM, FRAME_BYTES, GOAWAY, HEADERS, PING, PREFACE,
    RST_STREAM, SETTINGS, WINDOW_UPDATE, frame, setting, window)

SECONDS = 30
WINDOW_MAX = 2**31 - 1
# No table of HPACK, so that each block of the server can be read by itself; wide windows.
HELLO = PREFACE + setting((1, 0), (4, WINDOW_MAX)) + window(0, WINDOW_MAX - 65_535)
HEAD = struct.Struct(">HBBBI")
# Where a frame names its stream.
STREAM, STREAM_PLACE = struct.Struct(">I"), 5
STATUSES = {0x88: 200, 0x89: 204, 0x8A: 206, 0x8B: 304, 0x8C: 400, 0x8D: 404, 0x8E: 500}
# Entry 8 of HPACK's table.
STATUS_INDEX = 8


@dataclass
class Target:
    """Where a server listens."""

    port: int
    ca: str
    _context: ssl.SSLContext | None = None

    def tls_socket(self) -> ssl.SSLSocket:
        """A connection that speaks HTTP/2 by ALPN."""
        if self._context is None:
            self._context = ssl.create_default_context(cafile=self.ca)
            self._context.set_alpn_protocols(["h2"])
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._context.wrap_socket(plain, server_hostname="localhost")


def _spelled(name: str) -> list[bytes]:
    """A name as HPACK may have it, with its length."""
    huffman = HuffmanEncoder(REQUEST_CODES, REQUEST_CODES_LENGTH).encode(name.encode())
    return [bytes([len(name)]) + name.encode(), bytes([0x80 | len(huffman)]) + huffman]


GRPC_STATUS = frozenset(_spelled("grpc-status"))


def _integer(data: bytes, at: int, mask: int) -> tuple[int, int]:
    """An integer of HPACK, and where it ends."""
    value, at = data[at] & mask, at + 1
    if value == mask:
        shift = 0
        while True:
            value += (data[at] & 0x7F) << shift
            shift, at = shift + 7, at + 1
            if data[at - 1] < 0x80:
                break
    return value, at


@dataclass(frozen=True)
class End:
    """How a stream ended."""

    # The HTTP status, where it is of a whole answer.
    http: int | None = None
    status: int | None = None
    reset: int | None = None
    # The block that says so.
    block: bytes = b""

    @functools.cached_property
    def name(self) -> str:
        """For a table."""
        if self.reset is not None:
            return f"RST_STREAM {self.reset}"
        return f"status {self.status}" + (f", HTTP {self.http}" if self.http not in (
            None, 200) else "")

    @functools.cached_property
    def text(self) -> str:
        """The message of the status."""
        fields = hpack.Decoder(max_header_list_size=1 << 20).decode(self.block)
        return urllib.parse.unquote(dict(fields).get("grpc-message", ""), errors="replace")


def read_end(block: bytes) -> End:
    """What a block says that ends a stream."""
    at, count, http, status = 0, len(block), None, None
    while at < count:
        first = block[at]
        if first & 0x80:
            http = STATUSES.get(first, http)
            _, at = _integer(block, at, 0x7F)
            continue
        if first & 0xE0 == 0x20:
            _, at = _integer(block, at, 0x1F)
            continue
        index, at = _integer(block, at, 0x3F if first & 0x40 else 0x0F)
        name = b""
        if index == 0:
            start = at
            length, at = _integer(block, at, 0x7F)
            at += length
            name = block[start:at]
        is_packed = block[at] & 0x80
        length, at = _integer(block, at, 0x7F)
        value, at = block[at:at + length], at + length
        if index == STATUS_INDEX and not is_packed:
            http = int(value)
        elif name in GRPC_STATUS:
            if status is not None or is_packed:
                raise AssertionError(f"a status twice, or packed: {block!r}")
            status = int(value)
    return End(http=http, status=status, block=block)


class Request(NamedTuple):
    """The frames of a whole request, which can be sent on any stream."""

    frames: bytes
    # Where they name their stream.
    places: tuple[int, ...]
    body_bytes: int
    # Whether the messages of the answer are wanted.
    keeps_answer: bool = False

    @staticmethod
    def of(block: bytes, body: bytes, keeps_answer: bool = False) -> "Request":
        """The frames of a header block and a body."""
        blocks = [block[at:at + FRAME_BYTES] for at in range(0, len(block), FRAME_BYTES)] or [b""]
        parts = [body[at:at + FRAME_BYTES] for at in range(0, len(body), FRAME_BYTES)] or [b""]
        made = [frame(CONTINUATION if place else HEADERS,
                      END_HEADERS if place == len(blocks) - 1 else 0, 0, part)
                for place, part in enumerate(blocks)]
        made += [frame(DATA, END_STREAM if place == len(parts) - 1 else 0, 0, part)
                 for place, part in enumerate(parts)]
        places, at = [], STREAM_PLACE
        for each in made:
            places.append(at)
            at += len(each)
        return Request(b"".join(made), tuple(places), len(body), keeps_answer)


@dataclass
class Streams:
    """A connection with many calls at a time. `end` is why it is no more."""

    target: Target
    next: int = 1
    end: str | None = None
    received: int = 0
    # What came as answers to those of the last calls whose answers are wanted, by their places.
    bodies: dict[int, bytes] = field(default_factory=dict)
    _kept: list[bool] = field(default_factory=list)
    _data: bytes = b""
    _room: int = 65_535
    _blocks: dict[int, bytes] = field(default_factory=dict)
    _known: dict[bytes, End] = field(default_factory=dict)
    _goaway: str | None = None

    def __post_init__(self) -> None:
        self.socket = self.target.tls_socket()
        self.socket.sendall(HELLO)

    def close(self) -> None:
        self.socket.close()

    def call(self, requests: list[Request]) -> list[End | None]:
        """Makes calls; None where the connection ended before."""
        first, ends, self.bodies = self.next, [None] * len(requests), {}
        self._kept = [each.keeps_answer for each in requests]
        sent, start = bytearray(b"".join([each.frames for each in requests])), 0
        for each in requests:
            for place in each.places:
                STREAM.pack_into(sent, start + place, self.next)
            start += len(each.frames)
            self.next += 2
        self._room -= sum(each.body_bytes for each in requests)
        try:
            self.socket.sendall(sent)
        except TimeoutError:
            self.end = f"SILENT: takes nothing more for {SECONDS} s"
            return ends
        except OSError:
            pass  # The reason is there to be read.
        left = len(requests)
        while left and self.end is None:
            left -= self._take(first, ends)
            if left and not self._receive():
                self.end = self.end or self._goaway or "ended without a word"
        # What the server gives back of its window when all is answered; else it was lost.
        while self._room < 1 << 20 and self.end is None:
            if not self._receive():
                self.end = self._goaway or "SILENT: the window of the connection does not open"
            self._take(first, ends)
        if self._goaway is not None and self.end is None:
            self.end = self._goaway
        return ends

    def _receive(self) -> bool:
        try:
            data = self.socket.recv(1 << 18)
        except TimeoutError:
            self.end = self._goaway or f"SILENT: nothing comes for {SECONDS} s"
            return False
        except OSError:
            data = b""
        self.received += len(data)
        self._data += data
        return bool(data)

    def _take(self, first: int, ends: list[End | None]) -> int:
        """Reads the frames that are there; gives how many calls have ended with them."""
        data, at, count, ended = self._data, 0, len(self._data), 0
        while at + 9 <= count:
            high, low, kind, flags, stream = HEAD.unpack_from(data, at)
            length = high << 8 | low
            if at + 9 + length > count:
                break
            at += 9 + length
            place = (stream - first) >> 1
            if kind == DATA:
                if flags & END_STREAM:
                    raise AssertionError(f"stream {stream} ends with DATA")
                if 0 <= place < len(ends) and self._kept[place]:
                    self.bodies[place] = self.bodies.get(place, b"") + data[at - length:at]
                continue
            payload = data[at - length:at]
            if kind == HEADERS or kind == CONTINUATION:
                if not flags & END_HEADERS or stream in self._blocks:
                    # Flags of the end are those of HEADERS; only long trailers are in parts.
                    payload = self._blocks.get(stream, b"") + payload
                    self._blocks[stream] = payload
                    if not flags & END_HEADERS:
                        continue
                    del self._blocks[stream]
                    flags |= END_STREAM
                if not flags & END_STREAM:
                    continue
                end = self._known.get(payload)
                if end is None:
                    end = read_end(payload)
                    if end.status is None or not 0 <= end.status <= 16:
                        raise AssertionError(f"no grpc-status at the end of stream {stream}")
                    if len(self._known) < 1_000:
                        self._known[payload] = end
            elif kind == RST_STREAM:
                end = End(reset=int.from_bytes(payload))
            else:
                self._take_control(kind, flags, stream, payload)
                continue
            if 0 <= place < len(ends) and ends[place] is None:
                ends[place], ended = end, ended + 1
        self._data = data[at:]
        return ended

    def _take_control(self, kind: int, flags: int, stream: int, payload: bytes) -> None:
        if kind == WINDOW_UPDATE and stream == 0:
            self._room += int.from_bytes(payload)
        elif kind == GOAWAY:
            text = payload[8:].decode("utf-8", "replace")
            self._goaway = f"GOAWAY {int.from_bytes(payload[4:8])}: {text}"
        elif kind in (SETTINGS, PING) and not flags & ACK:
            self.socket.sendall(frame(kind, ACK, 0, payload if kind == PING else b""))
