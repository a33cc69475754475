# SPDX-License-Identifier: Apache-2.0
"""What attackers put into messages."""

import gzip
import struct
import zlib

from support.attacks import Target
from support.limits import LIMITS
from vigie.v1 import scoring_service_pb2 as pb

# A table of as many rows as there may be.
ROWS = LIMITS.blockRowsMax
# All that can be asked for.
OUTPUTS = pb.ScoreOutput.values()[1:]
# Some columns of the model, of which the first is required.
FEW = 4


def header(target: Target, count: int | None = None, **more: object) -> pb.ScoreHeader:
    """A header of so many columns, or all, that asks for everything."""
    return pb.ScoreHeader(columns=target.columns[:count], outputs=OUTPUTS, **more)


def block(target: Target, rows: int, count: int | None = None, value: float = 1.0) -> pb.RowBlock:
    """A table of one value."""
    cells = rows * len(target.columns[:count])
    return pb.RowBlock(row_count=rows, float_values=[value] * cells)


def small_request(target: Target, rows: int = 2) -> bytes:
    """A request of a few rows."""
    return pb.ScoreRowsRequest(
        header=header(target), block=block(target, rows)).SerializeToString()


def large_request(target: Target, reasons: int = 10) -> bytes:
    """As many rows as there may be, with reasons."""
    return pb.ScoreRowsRequest(
        header=header(target, FEW, reason_count=reasons), block=block(target, ROWS, FEW),
    ).SerializeToString()


def unscorable_request(target: Target) -> bytes:
    """As many rows, in none of which a required value is there."""
    return pb.ScoreRowsRequest(
        header=header(target, 1), block=block(target, ROWS, 1, float("nan"))).SerializeToString()


def first_of_stream(target: Target, count: int | None = None) -> bytes:
    """The first message of a stream of rows of so many columns, or all."""
    return pb.StreamScoreRowsRequest(header=header(target, count)).SerializeToString()


def block_of_stream(target: Target, rows: int, count: int | None = None) -> bytes:
    """A further message of one."""
    return pb.StreamScoreRowsRequest(block=block(target, rows, count)).SerializeToString()


def varint(number: int) -> bytes:
    """A length as protobuf writes it."""
    written = b""
    while number >= 0x80:
        written += bytes([number & 0x7F | 0x80])
        number >>= 7
    return written + bytes([number])


def in_pieces(whole: pb.ScoreRowsRequest) -> bytes:
    """A request whose values come in two fields, which no server can read where they lie."""
    values = list(whole.block.float_values)
    half = len(values) // 2
    pieces = [pb.RowBlock(row_count=whole.block.row_count, float_values=values[:half]),
              pb.RowBlock(float_values=values[half:])]
    table = b"".join(piece.SerializeToString() for piece in pieces)
    first = pb.ScoreRowsRequest(header=whole.header).SerializeToString()
    return first + b"\x12" + varint(len(table)) + table


def request_in_pieces(target: Target, rows: int) -> bytes:
    """Such a request of so many rows."""
    return in_pieces(pb.ScoreRowsRequest(
        header=header(target, FEW), block=block(target, rows, FEW)))


def request_of_unknown_fields(target: Target) -> bytes:
    """A request of as many fields as there may be, which nobody knows."""
    unknown = pb.ScoreHeader.FromString(b"\x78\x00" * (LIMITS.messageFieldsMax - 1_000))
    return pb.ScoreRowsRequest(header=unknown, block=block(target, 2)).SerializeToString()


def framed_gzip(packed: bytes) -> bytes:
    """A compressed message with gRPC's prefix."""
    return struct.pack(">BI", 1, len(packed)) + packed


def slow_gzip(byte_count: int) -> bytes:
    """Gzip of very many small parts, each with codes of its own."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    content = b"".join(
        packer.compress(bytes([n % 251])) + packer.flush(zlib.Z_FULL_FLUSH)
        for n in range(byte_count))
    return content + packer.flush()


def bomb(byte_count: int) -> bytes:
    """Zeros, compressed."""
    return gzip.compress(bytes(byte_count), 9)
