# SPDX-License-Identifier: Apache-2.0
"""How attackers talk: frames that were made before, sent as fast as they are taken, and answers
that nobody looks at."""

import gzip
import select
import socket
import ssl
import struct
import time
from typing import Callable

from support.attacks import Steps, Target
from support.http2_frames import (
    DATA, END_HEADERS, END_STREAM, FRAME_BYTES, HEADERS, PREFACE, block, frame, setting, window)

SECONDS = 5
INITIAL_WINDOW = 4
GREATEST = 2**31 - 1
HEALTH = "/grpc.health.v1.Health/Check"
WATCH = "/grpc.health.v1.Health/Watch"
SCORE_ROWS = "/vigie.v1.ScoringService/ScoreRows"
STREAM_SCORE_ROWS = "/vigie.v1.ScoringService/StreamScoreRows"
OPENING = PREFACE + setting()
# Whose windows take all answers, although they are never looked at.
WIDE = PREFACE + setting((INITIAL_WINDOW, GREATEST)) + window(0, GREATEST - 65_535)
GREATEST_STREAM = 1 << 30


class Raw:
    """A connection of an attacker. Without `reads` it leaves all that comes where it is."""

    def __init__(self, target: Target, sent: bytes = OPENING, *, reads: bool = True,
                 **how: object) -> None:
        self._reads = reads
        self._waiting = b""
        self.received_bytes = 0
        self.is_over = False
        try:
            self.socket = target.tls_socket(seconds=SECONDS, **how)
        except OSError:
            self.is_over = True
            return
        self.socket.setblocking(False)
        self.send(sent)

    def send(self, sent: bytes, seconds: float = 0.5) -> bool:
        """Sends for so long at most; the rest goes with what is sent next. False when cut."""
        self._waiting += sent
        ends = time.monotonic() + seconds
        while self._waiting and not self.is_over and time.monotonic() < ends:
            try:
                self._waiting = self._waiting[self.socket.send(self._waiting[:1 << 16]):]
            except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
                select.select([self.socket] if self._reads else [], [self.socket], [], 0.05)
            except OSError:
                self.is_over = True
            self.receive()
        return not self.is_over

    def receive(self) -> None:
        """Takes what has come."""
        while self._reads and not self.is_over:
            try:
                taken = len(self.socket.recv(1 << 16))
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return
            except OSError:
                taken = 0
            self.received_bytes += taken
            self.is_over = taken == 0

    def close(self) -> None:
        """Ends it."""
        if hasattr(self, "socket"):
            self.socket.close()


def call(stream: int, path: str, *messages: bytes, end: bool = True,
         more: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A call as frames: its header block and framed messages."""
    fields = (("content-type", "application/grpc"), ("te", "trailers"), *more)
    body = b"".join(messages)
    sent = frame(HEADERS, END_HEADERS, stream, block(*fields, path=path, method="POST"))
    cut = [body[start:start + FRAME_BYTES] for start in range(0, len(body), FRAME_BYTES)]
    for number, part in enumerate(cut or [b""] * end):
        is_last = end and number >= len(cut) - 1
        sent += frame(DATA, END_STREAM if is_last else 0, stream, part)
    return sent


def message(content: bytes) -> bytes:
    """A message with gRPC's prefix."""
    return struct.pack(">BI", 0, len(content)) + content


def packed(content: bytes) -> bytes:
    """The same, compressed."""
    content = gzip.compress(content, 9)
    return struct.pack(">BI", 1, len(content)) + content


GZIP = (("grpc-encoding", "gzip"),)


def flood(target: Target, chunk: bytes, count: int, *, opening: bytes = OPENING,
          reads: bool = True) -> Steps:
    """Sends a chunk of so many frames again and again, and comes back when it is cut."""
    while True:
        raw = Raw(target, opening, reads=reads)
        while raw.send(chunk):
            yield count
        raw.close()
        # What was cut was sent, too.
        yield 1
        time.sleep(0.01)


def flood_of_calls(target: Target, made: Callable[[int], bytes], *, opening: bytes = WIDE,
                   reads: bool = True, first: int = 1, together: int = 50) -> Steps:
    """Sends what is made of the numbers of streams, and comes back when it is cut."""
    while True:
        raw = Raw(target, opening, reads=reads)
        stream = first
        while not raw.is_over and stream < GREATEST_STREAM:
            raw.send(b"".join(made(stream + 2 * number) for number in range(together)))
            stream += 2 * together
            yield together
        raw.close()
        yield 1
        time.sleep(0.01)


def hold(*held: object) -> Steps:
    """Does nothing while what is held stays open."""
    while True:
        for each in held:
            if isinstance(each, Raw):
                each.receive()
        yield 0
        time.sleep(0.1)


def plain_socket(target: Target, source: str = "127.0.0.2") -> socket.socket | None:
    """A TCP connection without TLS, if there is room for it."""
    try:
        return socket.create_connection(
            ("127.0.0.1", target.port), timeout=SECONDS, source_address=(source, 0))
    except OSError:
        return None
