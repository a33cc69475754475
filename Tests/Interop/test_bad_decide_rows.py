# SPDX-License-Identifier: Apache-2.0
"""StreamDecideRows refuses hostile headers and blocks, damaged messages and those in another order,
tells why, and ends nothing else."""

from random import Random
from typing import Callable

import grpc
import pytest

from support.damage import damaged
from support.decided_rows import Rows, api, decided, messages
from support.decisions import NAMES
from support.errors import assert_fails, unpack
from support.limits import LIMITS
from vigie.v1 import decision_service_pb2_grpc, model_service_pb2, model_service_pb2_grpc

Stub = decision_service_pb2_grpc.DecisionServiceStub
BAD, TOO_MUCH = grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.RESOURCE_EXHAUSTED
NO_STATE = grpc.StatusCode.FAILED_PRECONDITION


@pytest.fixture(scope="module")
def stub(deciding_channel: grpc.Channel) -> Stub:
    """The DecisionService of a server with both example policies."""
    return Stub(deciding_channel)


@pytest.fixture(scope="module")
def items(deciding_channel: grpc.Channel) -> int:
    """The columns of its model."""
    models = model_service_pb2_grpc.ModelServiceStub(deciding_channel)
    return len(models.DescribeModel(model_service_pb2.DescribeModelRequest()).model.inputs)


def names(header: api.DecideRowsHeader, place: int, name: str) -> None:
    header.fact_columns[place] = name


HEADERS: dict[str, tuple[grpc.StatusCode, str, Callable]] = {
    "an unknown model": (
        grpc.StatusCode.NOT_FOUND, "UNKNOWN_MODEL", lambda it: setattr(it, "model", "nobody")),
    "an unknown policy": (
        grpc.StatusCode.NOT_FOUND, "UNKNOWN_POLICY", lambda it: setattr(it, "policy", "../x")),
    "no policy": (BAD, "AMBIGUOUS_POLICY", lambda it: setattr(it, "policy", "")),
    "another version": (
        NO_STATE, "POLICY_NOT_ACTIVE", lambda it: setattr(it, "policy", f"{NAMES[0]}@9.9.9")),
    "a day before all": (
        NO_STATE, "POLICY_NOT_ACTIVE", lambda it: setattr(it, "as_of_date", "2024-12-31")),
    "no day": (BAD, "INVALID_DATE", lambda it: setattr(it, "as_of_date", "2025-02-30")),
    "an unknown role": (BAD, "UNKNOWN_ROLE", lambda it: setattr(it, "role", "emperor")),
    "an unknown stage": (BAD, "BAD_VALUE", lambda it: setattr(it, "stage", 99)),
    "an unknown subject": (BAD, "BAD_VALUE", lambda it: setattr(it, "subject", 99)),
    "an unknown item": (BAD, "UNKNOWN_COLUMN", lambda it: it.columns.append("nobody's")),
    "an unknown fact": (BAD, "UNKNOWN_FACT", lambda it: names(it, 0, "past_duo")),
    "a fact without a name": (BAD, "UNKNOWN_FACT", lambda it: names(it, 0, "")),
    "a fact twice": (BAD, "BAD_FACT", lambda it: names(it, 0, it.fact_columns[1])),
    "a fact of both kinds": (
        BAD, "BAD_FACT", lambda it: it.facts.add(
            name="equity", value=api.DecisionValue(number=1))),
    "texts as numbers": (BAD, "WRONG_COLUMN_KIND", lambda it: names(it, 0, "sector")),
    "numbers as texts": (
        BAD, "WRONG_COLUMN_KIND", lambda it: it.fact_text_columns.append("equity")),
    "a role as a column": (
        BAD, "WRONG_COLUMN_KIND", lambda it: it.fact_text_columns.append("role")),
    "a fact that cannot be": (
        BAD, "BAD_FACT", lambda it: it.facts.add(
            name="risk_class", value=api.DecisionValue(text="A"))),
    "a fact of a day": (
        BAD, "BAD_VALUE", lambda it: it.facts.add(name="risk_class", as_of_date="2025-01-01")),
    "an unknown output": (BAD, "BAD_VALUE", lambda it: it.outputs.append(99)),
    "an unknown score": (BAD, "BAD_VALUE", lambda it: it.score_outputs.append(99)),
    "too many columns": (
        BAD, "LIMIT_EXCEEDED",
        lambda it: it.fact_columns.extend(["equity"] * LIMITS.decisionFactsMax)),
    "too many items": (
        BAD, "LIMIT_EXCEEDED", lambda it: it.columns.extend(["x"] * (LIMITS.columnsMax + 1))),
    "a long name": (
        TOO_MUCH, "LIMIT_EXCEEDED", lambda it: setattr(it, "policy", "a" * 100_000)),
}


@pytest.mark.parametrize("what", list(HEADERS))
def test_a_bad_header_is_told(stub, items: int, what: str):
    code, reason, change = HEADERS[what]
    rows = Rows(NAMES[0], items, 3, seed=7)
    header = rows.header()
    change(header)
    assert_fails(code, ".", lambda: decided(stub, header, rows.block()), reason=reason)


def texts(block: api.DecideRowsBlock, place: int = 0) -> api.TextColumn:
    return block.facts.text_columns[place]


def twice(block: api.DecideRowsBlock) -> bytes:
    """A block whose facts stand in it two times."""
    return block.SerializeToString() + api.DecideRowsBlock(facts=block.facts).SerializeToString()


BLOCKS: dict[str, tuple[grpc.StatusCode, str, Callable]] = {
    "a value too few": (BAD, "WRONG_VALUE_COUNT", lambda it: it.facts.values.pop()),
    "a value too many": (BAD, "WRONG_VALUE_COUNT", lambda it: it.facts.values.append(1)),
    "no values": (BAD, "WRONG_VALUE_COUNT", lambda it: it.facts.ClearField("values")),
    "no facts": (BAD, "WRONG_TEXT_COLUMN_COUNT", lambda it: it.ClearField("facts")),
    "no rows": (BAD, "NO_BLOCK", lambda it: it.ClearField("rows")),
    "an item too few": (BAD, "WRONG_VALUE_COUNT", lambda it: it.rows.float_values.pop()),
    "another count of rows": (
        BAD, "WRONG_VALUE_COUNT", lambda it: setattr(it.rows, "row_count", 21)),
    "a huge count of rows": (
        BAD, "LIMIT_EXCEEDED", lambda it: setattr(it.rows, "row_count", 2**32 - 1)),
    "a column of texts too few": (
        BAD, "WRONG_TEXT_COLUMN_COUNT", lambda it: it.facts.text_columns.pop()),
    "a column of texts too many": (
        BAD, "WRONG_TEXT_COLUMN_COUNT", lambda it: it.facts.text_columns.add()),
    "a code too few": (BAD, "INVALID_CODE", lambda it: texts(it).codes.pop()),
    "a code too many": (BAD, "INVALID_CODE", lambda it: texts(it).codes.append(0)),
    "a code beyond all texts": (
        BAD, "INVALID_CODE", lambda it: texts(it).codes.__setitem__(0, 2**32 - 1)),
    "no dictionary": (BAD, "INVALID_CODE", lambda it: texts(it, 1).ClearField("dictionary")),
    "no UTF-8": (
        BAD, "INVALID_UTF8", lambda it: texts(it).dictionary.__setitem__(0, b"\xff")),
    "no stage": (BAD, "BAD_FACT", lambda it: texts(it, -2).dictionary.__setitem__(0, b"lunch")),
    "no subject": (BAD, "BAD_FACT", lambda it: texts(it, -1).dictionary.__setitem__(0, b"")),
    "a long text": (
        BAD, "LIMIT_EXCEEDED", lambda it: texts(it).dictionary.__setitem__(
            0, b"a" * (LIMITS.textBytesMax + 1))),
    "too many texts": (
        BAD, "LIMIT_EXCEEDED",
        lambda it: texts(it).dictionary.extend([b""] * LIMITS.blockTextsMax)),
}


@pytest.mark.parametrize("what", list(BLOCKS))
def test_a_bad_block_is_told_and_nothing_else_ends(deciding_channel, stub, items: int, what: str):
    code, reason, change = BLOCKS[what]
    rows = Rows(NAMES[0], items, 20, seed=8)
    block = rows.block()
    change(block)
    good = rows.block()
    answers = stub.StreamDecideRows(messages(rows.header(), good, block, good), timeout=60)
    assert next(answers).HasField("context") and next(answers).block.row_count == 20
    assert_fails(code, ".", lambda: next(answers), reason=reason)
    assert decided(stub, rows.header(), good)[1].row_count == 20


def raw(channel: grpc.Channel, *parts: bytes) -> list[bytes]:
    """A stream of messages as they are."""
    call = channel.stream_stream("/vigie.v1.DecisionService/StreamDecideRows")
    return list(call(iter(parts), timeout=60))


def test_messages_in_another_order_are_refused(deciding_channel, items: int):
    rows = Rows(NAMES[0], items, 3, seed=9)
    header, block = (each.SerializeToString() for each in messages(rows.header(), rows.block()))
    assert len(raw(deciding_channel, header)) == 1
    assert len(raw(deciding_channel, header, block, block)) == 3
    for parts in [(block,), (header, header), (b"",), (header, b""), (header, b"\xff")]:
        assert_fails(BAD, ".", lambda: raw(deciding_channel, *parts))
    # One of a field that nobody knows is as good as an empty one.
    assert_fails(BAD, ".", lambda: raw(deciding_channel, b"\x7a\x01a"))


def test_a_block_with_its_parts_twice_is_refused(deciding_channel, items: int):
    rows = Rows(NAMES[0], items, 3, seed=9)
    header = next(messages(rows.header())).SerializeToString()
    inner = twice(rows.block())
    length = bytes([len(inner) & 0x7F | 0x80, len(inner) >> 7])
    assert len(inner) < 1 << 14
    assert_fails(
        BAD, "once", lambda: raw(deciding_channel, header, b"\x12" + length + inner),
        reason="REPEATED_FIELD")


def test_damaged_messages_get_a_status_and_harm_nobody(deciding_channel, stub, items: int):
    rows = Rows(NAMES[1], items, 30, seed=10)
    header, block = (each.SerializeToString() for each in messages(rows.header(), rows.block()))
    wanted = raw(deciding_channel, header, block)[1]
    chance, seen = Random(11), set()
    for number in range(400):
        parts = [header, block, block]
        place = number % 2
        parts[place] = damaged(parts[place], chance, block)
        try:
            answers = raw(deciding_channel, *parts)
            seen.add(grpc.StatusCode.OK)
            assert len(answers) == 3
            for answer in answers[1:]:
                made = api.StreamDecideRowsResponse.FromString(answer).block
                assert made.row_count == len(made.outcomes) or not made.outcomes
        except grpc.RpcError as error:
            seen.add(error.code())
            assert error.code() in (BAD, TOO_MUCH, NO_STATE, grpc.StatusCode.NOT_FOUND), error
            assert unpack(error)["ErrorInfo"].reason
        if number % 50 == 0:
            assert raw(deciding_channel, header, block)[1] == wanted
    assert {grpc.StatusCode.OK, BAD} <= seen
