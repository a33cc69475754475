# SPDX-License-Identifier: Apache-2.0
"""What a rule of HTTP/2 is: what is sent, and what must come back."""

import struct
from dataclasses import dataclass, field
from typing import Callable

import hpack.huffman
import hpack.huffman_constants

from support.http2_frames import (
    ACK, CONTINUATION, DATA, END_HEADERS, END_STREAM, GOAWAY, HAS_PRIORITY, HEADERS, PREFACE,
    RST_STREAM, SETTINGS, Peer, block, frame, headers, priority, reset)

Step = bytes | Callable[[Peer], None]

STREAM = "/vigie.v1.ScoringService/StreamScoreRows"
BODY = b"serving\n"


class Expected:
    """What must come; called once all is sent."""

    def __call__(self, peer: Peer) -> None:
        raise NotImplementedError


@dataclass
class Lives(Expected):
    """The connection lives on, and no stream was reset."""

    def __call__(self, peer: Peer) -> None:
        assert peer.answer_to_ping(), peer.received
        assert not [each for each in peer.received if each.kind in (GOAWAY, RST_STREAM)]


@dataclass
class Answers(Expected):
    """Streams are answered with a status, and the connection lives on."""

    status: str = "200"
    streams: tuple[int, ...] = (1,)
    has_body: bool = True

    def __call__(self, peer: Peer) -> None:
        for stream in self.streams:
            if not any(each.stream == stream and each.ends_stream for each in peer.received):
                assert peer.read(lambda it: it.stream == stream and it.ends_stream), peer.received
        for each in peer.received:
            if each.kind == HEADERS:
                assert peer.fields(each)[":status"] == self.status
        for stream in self.streams:
            body = [each for each in peer.received if each.stream == stream and each.kind == DATA]
            if self.status == "200":
                assert b"".join(each.payload for each in body) == (BODY if self.has_body else b"")
        Lives()(peer)


@dataclass
class Resets(Expected):
    """A stream is reset, and its neighbours live on."""

    code: int
    stream: int = 1

    def __call__(self, peer: Peer) -> None:
        if not any(each.kind == RST_STREAM for each in peer.received):
            assert peer.read(lambda it: it.kind in (RST_STREAM, GOAWAY)), peer.received
        assert peer.answer_to_ping(), peer.received
        found = [each for each in peer.received if each.kind == RST_STREAM]
        assert [(each.stream, each.code) for each in found] == [(self.stream, self.code)]
        assert not [each for each in peer.received if each.kind == GOAWAY]


@dataclass
class Ends(Expected):
    """The connection ends; the last GOAWAY says why, with a code and a text."""

    code: int
    text: bytes = b""

    def __call__(self, peer: Peer) -> None:
        assert peer.read(lambda _: False) is None
        last = [each for each in peer.received if each.kind == GOAWAY][-1]
        assert last.code == self.code, last
        assert len(last.payload) > 8 and self.text in last.payload[8:], last


@dataclass
class Sends(Expected):
    """DATA of these lengths come on stream 1, and not more for now."""

    lengths: tuple[int, ...]

    def __call__(self, peer: Peer) -> None:
        until_data(sum(self.lengths))(peer)
        Lives()(peer)
        found = [len(each.payload) for each in peer.received if each.kind == DATA]
        assert tuple(found) == self.lengths


@dataclass
class Rule:
    """A rule: its place in RFC 9113 (or 7541), its name, what is sent, what must come."""

    section: str
    name: str
    steps: list[Step]
    expected: Expected
    preface: bytes = PREFACE
    first: bytes | None = None
    pieces: bool = field(default=True)

    def __str__(self) -> str:
        return f"{self.section}: {self.name}"


def until_answered(peer: Peer) -> None:
    """Waits for the end of stream 1."""
    assert peer.read(lambda found: found.stream == 1 and found.ends_stream)


def until_settled(peer: Peer) -> None:
    """Waits until the server has taken all that was sent."""
    assert peer.answer_to_ping()


def until_data(byte_count: int) -> Callable[[Peer], None]:
    """Waits until so much has come."""

    def wait(peer: Peer) -> None:
        def has_come(_: object = None) -> bool:
            return byte_count <= sum(
                len(each.payload) for each in peer.received if each.kind == DATA)

        assert has_come() or peer.read(has_come)

    return wait


def until_acknowledged(peer: Peer) -> None:
    """Waits until the server has taken the settings that were sent."""
    found = [each for each in peer.received if each.kind == SETTINGS and each.flags & ACK]
    if len(found) < 2:
        assert peer.read(lambda it: it.kind == SETTINGS and bool(it.flags & ACK))


def padded(payload: bytes, length: int) -> bytes:
    """A payload with padding, which says its length truly."""
    return bytes([length]) + payload + bytes(length)


def huffman(text: bytes) -> bytes:
    """A text in Huffman's code, with its length before it."""
    encoder = hpack.huffman.HuffmanEncoder(
        hpack.huffman_constants.REQUEST_CODES, hpack.huffman_constants.REQUEST_CODES_LENGTH)
    coded = encoder.encode(text)
    return bytes([0x80 | len(coded)]) + coded


def plain(text: bytes) -> bytes:
    """A text as it is, with its length before it."""
    return bytes([len(text)]) + text


def parts(payload: bytes, count: int, stream: int = 1) -> bytes:
    """A header block in HEADERS and so many CONTINUATION frames."""
    size = len(payload) // (count + 1)
    cut = [payload[number * size:(number + 1) * size] for number in range(count)]
    cut.append(payload[count * size:])
    sent = frame(HEADERS, END_STREAM, stream, cut[0])
    for number, part in enumerate(cut[1:]):
        sent += frame(CONTINUATION, END_HEADERS if number == count - 1 else 0, stream, part)
    return sent


def depending(stream: int, on: int) -> bytes:
    """HEADERS with a priority."""
    payload = struct.pack(">IB", on, 15) + block()
    return headers(stream, payload, flags=END_STREAM | END_HEADERS | HAS_PRIORITY)


def request(*more: bytes, **options: str) -> bytes:
    """A whole request with something behind its header block."""
    return headers(1, block(**options) + b"".join(more))


def streaming(stream: int) -> bytes:
    """HEADERS of a call that stays open."""
    return frame(HEADERS, END_HEADERS, stream, block(
        ("content-type", "application/grpc"), ("te", "trailers"), path=STREAM, method="POST"))
