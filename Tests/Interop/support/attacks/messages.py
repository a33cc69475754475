# SPDX-License-Identifier: Apache-2.0
"""Messages: bombs, what is slow to unpack or to decode, pieces, tables as large as may be."""

import random
import struct
import time

from support.attacks import Steps, Target, attack
from support.attacks.content import (
    block_of_stream, bomb, first_of_stream, framed_gzip, large_request, request_in_pieces,
    request_of_unknown_fields, slow_gzip, small_request)
from support.attacks.raw import (
    GZIP, HEALTH, OPENING, SCORE_ROWS, STREAM_SCORE_ROWS, WIDE, Raw, call, flood, flood_of_calls,
    hold, message, packed)
from support.http2_frames import DATA, frame, reset

QUEUED = 128
LIST_MODELS = "/vigie.v1.ModelService/ListModels"


def everything(it) -> int:
    """What requests, work and answers may take together."""
    return it.assemblyBytesMax + it.answerBytesMax


@attack(everything)
def blocks_in_a_queue(target: Target) -> Steps:
    """128 tables of 262,144 rows with 10 reasons each, and further ones as they are done."""
    request = packed(large_request(target))
    blocks = b"".join(call(1 + 2 * n, SCORE_ROWS, request, more=GZIP) for n in range(QUEUED))
    while True:
        raw = Raw(target, WIDE + blocks)
        stream = 1 + 2 * QUEUED
        yield QUEUED
        while raw.send(call(stream, SCORE_ROWS, request, more=GZIP)):
            stream += 2
            yield 1
            time.sleep(0.02)
        raw.close()


@attack(everything)
def blocks_of_many_connections(target: Target) -> Steps:
    """The same over 20 connections, without reasons."""
    request = packed(large_request(target, 0))
    blocks = b"".join(call(1 + 2 * n, SCORE_ROWS, request, more=GZIP) for n in range(32))
    raws = []
    for _ in range(20):
        raws.append(Raw(target, WIDE + blocks))
        yield 32
    yield from hold(*raws)


@attack(everything)
def blocks_that_are_cancelled(target: Target) -> Steps:
    """Tables that wait or are worked on when their call is given up."""
    request = packed(large_request(target))

    def made(stream: int) -> bytes:
        return call(stream, SCORE_ROWS, request, more=GZIP) + reset(max(1, stream - 10))

    return flood_of_calls(target, made, together=5)


@attack(everything)
def bombs(target: Target) -> Steps:
    """Some kilobytes that unpack to many megabytes, to every kind of method."""
    unknown = packed(b"\x78\x00" * (32 << 20))
    sent = [(HEALTH, unknown), (LIST_MODELS, unknown), (SCORE_ROWS, unknown),
            (HEALTH, framed_gzip(bomb(1 << 20))), (LIST_MODELS, framed_gzip(bomb(8 << 20))),
            (SCORE_ROWS, framed_gzip(bomb(65 << 20)))]

    def made(stream: int) -> bytes:
        path, body = sent[stream // 2 % len(sent)]
        return call(stream, path, body, more=GZIP)

    return flood_of_calls(target, made, together=6)


@attack(everything)
def what_is_slow_to_unpack(target: Target) -> Steps:
    """Gzip in as many parts as it has bytes."""
    body = framed_gzip(slow_gzip(20_000))

    def made(stream: int) -> bytes:
        return call(stream, (HEALTH, SCORE_ROWS)[stream // 2 % 2], body, more=GZIP)

    return flood_of_calls(target, made, together=5)


@attack(everything)
def what_is_slow_to_decode(target: Target) -> Steps:
    """Tables in pieces, and headers of as many fields as there may be."""
    bodies = [packed(request_in_pieces(target, 200_000)),
              packed(request_of_unknown_fields(target))]

    def made(stream: int) -> bytes:
        return call(stream, SCORE_ROWS, bodies[stream // 2 % 10 != 0], more=GZIP)

    return flood_of_calls(target, made, together=10)


@attack(everything)
def messages_in_a_million_pieces(target: Target) -> Steps:
    """DATA of a byte each."""
    opening = OPENING + call(1, STREAM_SCORE_ROWS, struct.pack(">BI", 0, 32 << 20), end=False)
    return flood(target, frame(DATA, 0, 1, b"x") * 5_000, 5_000, opening=opening)


@attack(everything)
def messages_that_are_tiny(target: Target) -> Steps:
    """A stream of tables of one row."""
    opening = WIDE + call(1, STREAM_SCORE_ROWS, message(first_of_stream(target)), end=False)
    row = message(block_of_stream(target, 1))
    return flood(target, frame(DATA, 0, 1, row * 50) * 10, 500, opening=opening)


@attack(everything)
def messages_of_nothing(target: Target) -> Steps:
    """Streams of empty messages, which end at the first."""

    def made(stream: int) -> bytes:
        return call(stream, STREAM_SCORE_ROWS, message(first_of_stream(target)),
                    message(b"") * 1_000)

    return flood_of_calls(target, made, together=5)


@attack(everything)
def messages_that_are_damaged(target: Target) -> Steps:
    """Requests with bytes changed, from a seed."""
    chance = random.Random(7)
    whole = small_request(target)

    def made(stream: int) -> bytes:
        damaged = bytearray(whole)
        for _ in range(4):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        return call(stream, SCORE_ROWS, message(bytes(damaged)))

    return flood_of_calls(target, made)


@attack(everything)
def messages_that_are_not_so_long(target: Target) -> Steps:
    """Prefixes that promise 64 MiB, on every stream, and little behind them."""
    begun = struct.pack(">BI", 0, 64 << 20) + bytes(1_000)
    return flood_of_calls(
        target, lambda stream: call(stream, SCORE_ROWS, begun, end=stream // 2 % 2 == 0))


@attack(everything)
def answers_that_are_to_be_compressed(target: Target) -> Steps:
    """Tables whose answers are long, for a client that takes gzip."""
    rows = packed(small_request(target, 20_000))
    more = (*GZIP, ("grpc-accept-encoding", "gzip"))
    return flood_of_calls(
        target, lambda stream: call(stream, SCORE_ROWS, rows, more=more), together=5)
