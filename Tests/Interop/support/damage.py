# SPDX-License-Identifier: Apache-2.0
"""Damage at random: to messages, to their framing, to what is compressed, to headers."""

import functools
import gzip
import zlib
from random import Random

from tritonclient.grpc import service_pb2 as inference

from support.assessments import api
from support.good_calls import REQUESTS, Call
from support.raw_http2 import framed

VARINTS = [b"\xff" * 9 + b"\x01", b"\xff" * 10, b"\x80" * 10 + b"\0", b"\xff\xff\xff\xff\x0f",
           b"\xff\xff\xff\xff\x07", b"\x80\x80\x80\x80\x10", b"\x80\0", b"\0", b"\x7f"]
NUMBERS = [b"\0\0\x80\x7f", b"\0\0\xc0\x7f", b"\xff\xff\x7f\x7f", b"\1\0\0\0", b"\0\0\0\x80",
           b"\0" * 6 + b"\xf0\x7f", b"\0" * 6 + b"\xf8\xff", b"\xff" * 6 + b"\xef\x7f", b"\xff" * 8]
LENGTHS = [0, 1, 4, 5, 2**31 - 1, 2**31, 2**32 - 1, 64 << 20, (64 << 20) + 1]
EDITS_MAX = 4


def damaged(data: bytes, chance: Random, other: bytes = b"") -> bytes:
    """Bytes that are never what they were; `other` is what may come among them."""
    random, made = chance.random, bytearray(data)
    for _ in range(1 + int(random() * random() * EDITS_MAX)):
        how, at = int(random() * 12), int(random() * len(made))
        if how == 0:
            del made[at:]
        elif how == 1:
            made[at:at] = chance.randbytes(1 + int(random() * 8))
        elif how == 2:
            del made[at:at + 1 + int(random() * 8)]
        elif how == 3:
            made[at:at] = made[at:at + 1 + int(random() * 64)] * (1 + int(random() * 3))
        elif how == 4:
            made[at:at + 1] = VARINTS[int(random() * len(VARINTS))]
        elif how == 5:
            number = NUMBERS[int(random() * len(NUMBERS))]
            made[at:at + len(number)] = number
        elif how == 6:
            from_there = int(random() * len(other))
            made[at:] = other[from_there:]
        elif how == 7:
            made[at:at] = (b"\x0b", b"\x1a\x7f", b"\x0a\0", b"\x0c")[int(random() * 4)] * 100
        elif made:
            made[at] ^= 1 << int(random() * 8) if how < 11 else 1 + int(random() * 255)
    if made == data:
        made += b"\x0b"
    return bytes(made)


def misframed(messages: list[bytes], chance: Random) -> bytes:
    """Good messages whose framing is wrong, or which are too many or too few."""
    how, at = chance.randrange(8), chance.randrange(len(messages))
    parts = [framed(each) for each in messages]
    message = messages[at]
    if how == 0:
        parts[at] = framed(message, flags=chance.randrange(1, 256))
    elif how == 1:
        parts[at] = framed(message, length=max(0, len(message) + chance.randrange(-5, 6)))
    elif how == 2:
        parts[at] = framed(message, length=chance.choice(LENGTHS))
    elif how == 3:
        parts[at] = framed(message, length=chance.getrandbits(32))
    elif how == 4:
        parts[at:at + 1] = []
    elif how == 5:
        parts[at:at] = [parts[at]] * chance.randrange(1, 4)
    elif how == 6:
        parts.reverse()
        parts[0] = parts[0][:chance.randrange(len(parts[0]))]
    else:
        parts.append(chance.randbytes(chance.randrange(1, 12)))
    return b"".join(parts)


def damaged_body(messages: list[bytes], chance: Random, other: bytes, flags: int = 0) -> bytes:
    """The messages of a call, one of them damaged."""
    at = int(chance.random() * len(messages))
    return b"".join(
        framed(damaged(each, chance, other) if place == at else each, flags=flags)
        for place, each in enumerate(messages))


def packed(message: bytes, encoding: bytes, level: int) -> bytes:
    """A message as `grpc-encoding` has it."""
    if encoding == b"gzip":
        return gzip.compress(message, level, mtime=0)
    return zlib.compress(message, level)


@functools.cache
def bomb() -> bytes:
    """What comes to more than a message may have."""
    return gzip.compress(bytes(70 << 20), 9)


class Unacceptable(Exception):
    """No sound request."""


def messages_of(body: bytes, encoding: bytes | None = None) -> list[bytes]:
    """The messages of a body, as a plain reader has them."""
    found = []
    while body:
        if len(body) < 5 or len(body) < 5 + int.from_bytes(body[1:5]):
            raise Unacceptable("a message is not whole")
        flags, message = body[0], body[5:5 + int.from_bytes(body[1:5])]
        body = body[5 + len(message):]
        if flags == 1 and encoding in (b"gzip", b"deflate"):
            message = unpacked(message)
        elif flags != 0:
            raise Unacceptable(f"flags {flags}")
        found.append(message)
    return found


def unpacked(message: bytes) -> bytes:
    """What a message comes to. Of gzip and deflate, each is taken under the name of the other."""
    reader = zlib.decompressobj(32 + zlib.MAX_WBITS)
    try:
        made = reader.decompress(message)
    except zlib.error as error:
        raise Unacceptable(f"it cannot be unpacked: {error}") from error
    if not reader.eof or reader.unused_data:
        raise Unacceptable("what is packed does not end where it should")
    return made


def tells_of_error(call: Call, answer: bytes) -> bool:
    """Whether an answer says of a part of its request that it is wrong: such calls end with OK."""
    if call.path.endswith("/ModelStreamInfer"):
        return any(inference.ModelStreamInferResponse.FromString(each).error_message
                   for each in messages_of(answer))
    return call.path.endswith("/BatchAssess") and any(
        told.HasField("error") for each in messages_of(answer)
        for told in api.BatchAssessResponse.FromString(each).batch.answers)


def check_acceptable(call: Call, body: bytes, encoding: bytes | None) -> None:
    """Fails unless protobuf's own library takes a request that the server took."""
    messages = messages_of(body, encoding)
    if len(call.messages) == 1 and len(messages) != 1 and "Stream" not in call.path:
        raise Unacceptable(f"{len(messages)} messages")
    for message in messages:
        try:
            REQUESTS[call.type].FromString(message)
        except Exception as error:
            raise Unacceptable(f"protobuf: {error}") from error
