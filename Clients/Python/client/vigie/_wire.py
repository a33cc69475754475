# SPDX-License-Identifier: Apache-2.0
"""Bytes of protocol buffers, for what is made of bulk: packed columns from and to numpy.

A library of messages would make a Python object of each value; here a column stays the bytes that
it is. What is not bulk goes through that library: see `_messages`.
"""

from __future__ import annotations

from typing import Iterator, Union

import numpy as np
from numpy.typing import NDArray

Buffer = Union[bytes, memoryview]
Field = Union[int, memoryview]

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


class MalformedError(ValueError):
    """Bytes that are no message."""


def varint(value: int) -> bytes:
    """A number that is not negative, seven bits a byte."""
    made = bytearray()
    while value >= 0x80:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)


def head(number: int, length: int) -> bytes:
    """What stands before `length` bytes of the field `number`."""
    return varint(number << 3 | BYTES) + varint(length)


def bytes_field(number: int, value: bytes) -> bytes:
    """A field of bytes, of text or of a message."""
    return head(number, len(value)) + value


def number_field(number: int, value: int) -> bytes:
    """A field of a whole number; nothing for 0."""
    return varint(number << 3) + varint(value) if value else b""


def fields(data: Buffer) -> Iterator[tuple[int, Field]]:
    """The fields of a message in their order: numbers as such, anything else as its bytes."""
    view = memoryview(data)
    place = 0
    while place < len(view):
        key, place = _varint_at(view, place)
        kind = key & 7
        if kind == VARINT:
            value, place = _varint_at(view, place)
            yield key >> 3, value
            continue
        if kind == BYTES:
            length, place = _varint_at(view, place)
        elif kind in (FIXED32, FIXED64):
            length = 4 if kind == FIXED32 else 8
        else:
            raise MalformedError(f"a field of the kind {kind}")
        if length > len(view) - place:
            raise MalformedError("a field that is longer than its message")
        yield key >> 3, view[place : place + length]
        place += length


def _varint_at(view: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(view) and shift < 70:
        byte = view[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
    raise MalformedError("a number that does not end")


def as_bytes(field: Field) -> memoryview:
    """The bytes of a field that must be some."""
    if isinstance(field, int):
        raise MalformedError("a number in the place of bytes")
    return field


def as_text(field: Field) -> str:
    """The text of a field."""
    return str(as_bytes(field), "utf-8", "replace")


def as_number(field: Field) -> int:
    """The whole number of a field."""
    if isinstance(field, int):
        return field
    raise MalformedError("bytes in the place of a number")


def doubles(field: Field) -> NDArray[np.float64]:
    """A packed column of 64-bit values, still where it came in."""
    data = as_bytes(field)
    if len(data) % 8:
        raise MalformedError("a column of 64-bit values with some bytes of another")
    return np.frombuffer(data, "<f8")


def floats(field: Field) -> NDArray[np.float32]:
    """A packed column of 32-bit values, still where it came in."""
    data = as_bytes(field)
    if len(data) % 4:
        raise MalformedError("a column of 32-bit values with some bytes of another")
    return np.frombuffer(data, "<f4")


def fixed32s(field: Field) -> NDArray[np.uint32]:
    """A packed column of 32-bit whole numbers, still where it came in."""
    return floats(field).view("<u4")


def varints(field: Field) -> NDArray[np.uint32]:
    """A packed column of whole numbers below 2^32."""
    if isinstance(field, int):
        return np.array([field], np.uint32)
    data = np.frombuffer(field, np.uint8)
    is_last = data < 0x80
    if is_last.all():
        return data.astype(np.uint32)
    ends = np.flatnonzero(is_last)
    if not len(ends) or ends[-1] != len(data) - 1:
        raise MalformedError("a number that does not end")
    starts = np.empty_like(ends)
    starts[0] = 0
    np.add(ends[:-1], 1, out=starts[1:])
    lengths = ends - starts
    if lengths.max() > 4:
        raise MalformedError("a number above 2^32")
    # The last byte of each first: those before it move it up by seven bits.
    values = data[ends].astype(np.uint32)
    for back in range(1, int(lengths.max()) + 1):
        longer = lengths >= back
        ahead = data[ends[longer] - back] & np.uint8(0x7F)
        values[longer] = values[longer] << np.uint32(7) | ahead
    return values
