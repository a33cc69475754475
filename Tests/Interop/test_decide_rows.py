# SPDX-License-Identifier: Apache-2.0
"""StreamDecideRows: rows get what Decide says of the same companies, in every column, in the name
of whoever asks; what cannot be so is no error of others."""

import json
import math
import time
from pathlib import Path
from typing import Iterator

import grpc
import numpy as np
import pytest

from support.access import bearer, issue
from support.certificates import Certificates
from support.decided_rows import Rows, api, decided, messages, said, told
from support.decisions import NAMES, shelve
from support.errors import assert_fails
from support.limits import LIMITS
from support.server import Server
from vigie.v1 import (
    decision_service_pb2_grpc, model_service_pb2, model_service_pb2_grpc, scoring_service_pb2_grpc,
)

Stub = decision_service_pb2_grpc.DecisionServiceStub


@pytest.fixture(scope="module")
def stub(deciding_channel: grpc.Channel) -> Stub:
    """The DecisionService of a server with both example policies."""
    return Stub(deciding_channel)


@pytest.fixture(scope="module")
def items(deciding_channel: grpc.Channel) -> int:
    """The columns of its model."""
    models = model_service_pb2_grpc.ModelServiceStub(deciding_channel)
    return len(models.DescribeModel(model_service_pb2.DescribeModelRequest()).model.inputs)


def alone(stub: Stub, rows: Rows, row: int, scores: api.ScoreBlock, place: int) -> object:
    """What Decide says of a row."""
    header = api.DecideHeader(
        policy=rows.policy, as_of_date="2025-06-30", role="manager",
        explanation=api.DECISION_EXPLANATION_NONE)
    case = rows.company(row, scores, place)
    return stub.Decide(api.DecideRequest(header=header, company=case), timeout=60).decision


# What is said of a row

@pytest.mark.parametrize("graded", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_rows_get_what_companies_get(stub, items: int, name: str, graded: bool):
    rows = Rows(name, items, 240, seed=1, graded=graded)
    # Sums of it have more digits than a double: such rows are decided one by one.
    rows.numbers["open_invoices"][::20] = 0.1 + 0.2
    parts = [slice(0, 1), slice(1, 200), slice(200, 240)]
    context, *blocks = decided(stub, rows.header(), *map(rows.block, parts))
    assert (context.policy, context.policy_version, context.slow_reason) == (name, "1.0.0", "")
    assert context.currency == "EUR" and len(context.policy_content_hash) == 64
    values: dict[str, set] = {}
    for part, block in zip(parts, blocks):
        assert block.row_count == block.scores.row_count == part.stop - part.start
        for place, row in enumerate(range(part.start, part.stop)):
            got = told(block, context, place)
            wanted = said(alone(stub, rows, row, block.scores, place), context)
            assert got == wanted, row
            for column, value in got.items():
                values.setdefault(column, set()).add(str(value))
    # No column says the same of all. Companies by chance have bad scores, and no great limits.
    same = {column for column, seen in values.items() if len(seen) < 2}
    assert same <= {"second"} and (len(same) == 0 or not graded or name == NAMES[1])
    assert len(values["outcome"]) >= 4


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_those_of_rows_that_are_only_scored(
    deciding_channel, stub, items: int, name: str
):
    rows = Rows(name, items, 300, seed=2)
    block = decided(stub, rows.header(), rows.block())[1]
    scoring = scoring_service_pb2_grpc.ScoringServiceStub(deciding_channel)
    header = api.ScoreHeader(as_of_date="2025-06-30", outputs=rows.header().score_outputs)
    scored = scoring.ScoreRows(api.ScoreRowsRequest(header=header, block=rows.block().rows))
    # NaN is no value that equals itself.
    assert block.scores.SerializeToString() == scored.block.SerializeToString()


def test_what_is_the_same_of_all_rows_is_told_once(stub, items: int):
    rows = Rows(NAMES[0], items, 60, seed=3)
    context, wanted = decided(stub, rows.header(), same := rows.block())
    header = rows.header()
    names = list(rows.numbers)
    turnover, stage = names.index("own_turnover"), list(rows.words).index("stage")
    del header.fact_columns[turnover], header.fact_text_columns[stage]
    header.facts.add(name="own_turnover", value=api.DecisionValue(decimal="10000000"))
    header.stage = api.BUSINESS_STAGE_ORDER
    rows.numbers.pop("own_turnover")
    rows.words.pop("stage")
    context, block = decided(stub, header, rows.block())
    same.facts.values[turnover * rows.count:(turnover + 1) * rows.count] = [1e7] * rows.count
    same.facts.text_columns[stage].codes[:] = [2] * rows.count
    wanted = decided(stub, Rows(NAMES[0], items, 60, seed=3).header(), same)[1]
    assert [told(block, context, row) for row in range(60)] == [
        told(wanted, context, row) for row in range(60)]


def test_infinities_and_nan_are_not_known(stub, items: int):
    rows = Rows(NAMES[0], items, 60, seed=4)
    answers = []
    for value in (math.nan, math.inf, -math.inf):
        for values in rows.numbers.values():
            values[:30] = value
        answers.append(decided(stub, rows.header(), rows.block())[1].SerializeToString())
    assert answers[0] == answers[1] == answers[2]


def test_what_cannot_be_is_looked_up_and_harms_no_other_row(stub, items: int):
    rows = Rows(NAMES[0], items, 40, seed=5)
    before = decided(stub, rows.header(), rows.block())
    rows.numbers["amount"][7] = -1
    rows.numbers["margin_rate"][9] = 20
    context, block = decided(stub, rows.header(), rows.block())
    for row in range(40):
        got = told(block, context, row)
        if row in (7, 9):
            assert got["outcome"] == api.DECISION_OUTCOME_INVESTIGATION and got["limit"] is None
            assert ("amount" if row == 7 else "margin_rate") in got["missing"]
        else:
            assert got == told(before[1], context, row)


def test_a_policy_takes_the_columns_that_it_is_given(stub, items: int):
    rows = Rows(NAMES[0], items, 20, seed=6)
    header = api.DecideRowsHeader(
        policy=NAMES[0], as_of_date="2025-06-30", outputs=[api.DECISION_OUTPUT_MISSING,
                                                           api.DECISION_OUTPUT_OUTCOME])
    block = decided(stub, header, api.DecideRowsBlock(rows=rows.block().rows))[1]
    assert set(block.outcomes) == {api.DECISION_OUTCOME_INVESTIGATION}
    assert "amount" in block.missing_names and min(block.missing) > 0
    assert not block.limits and not block.rules and not block.class_names


# Who asks, and how much

def test_nobody_decides_as_more_than_he_is(
    certificates: Certificates, tmp_path: Path, items: int
):
    shelf = shelve(tmp_path / "shelf", NAMES[0])
    tokens, access = tmp_path / "tokens.json", tmp_path / "access.json"
    access.write_text(json.dumps({"identities": {
        "eva": {"roles": ["score"], "credit_role": "analyst"}, "crm": {"roles": ["score"]}}}))
    shown = {name: bearer(issue(tokens, name, "--role", "score")) for name in ("eva", "crm")}
    shown["reader"] = bearer(issue(tokens, "reader", "--role", "read"))
    rows = Rows(NAMES[0], items, 200, seed=12)
    arguments = ["--policies", str(shelf), "--tokens", str(tokens), "--access", str(access)]
    with Server(certificates, *arguments) as running, running.channel() as channel:
        stub = Stub(channel)

        def decide(who: str, role: str) -> set[int]:
            header = rows.header(role=role)
            answers = stub.StreamDecideRows(
                messages(header, rows.block()), metadata=shown[who], timeout=60)
            block = [*answers][1].block
            for row in range(200):
                if block.outcomes[row] == api.DECISION_OUTCOME_GRANTED:
                    assert block.limits[row] <= 25_000
            return set(block.outcomes)

        assert api.DECISION_OUTCOME_GRANTED in decide("eva", "")
        assert decide("eva", "analyst") == decide("eva", "")
        for who, role in [("eva", "manager"), ("crm", "analyst")]:
            assert_fails(
                grpc.StatusCode.PERMISSION_DENIED, "credit_role", lambda: decide(who, role),
                reason="CREDIT_ROLE_NEEDED")
        assert_fails(
            grpc.StatusCode.PERMISSION_DENIED, "DecideRows", lambda: decide("reader", ""),
            reason="ROLE_NEEDED")


def test_as_many_streams_decide_at_a_time_as_may(stub, items: int):
    rows = Rows(NAMES[0], items, 3, seed=13)
    header = next(messages(rows.header()))
    ends, calls = [], []

    def waiting(end: list) -> Iterator:
        yield header
        while not end:
            time.sleep(0.02)

    try:
        for _ in range(LIMITS.connectionDecideStreamsMax):
            ends.append([])
            calls.append(stub.StreamDecideRows(waiting(ends[-1]), timeout=60))
            assert next(calls[-1]).HasField("context")
        assert_fails(
            grpc.StatusCode.UNAVAILABLE, "connectionDecideStreamsMax",
            lambda: decided(stub, rows.header()))
    finally:
        for end in ends:
            end.append(True)
    for call in calls:
        assert list(call) == []
    assert len(decided(stub, rows.header(), rows.block())) == 2


def test_rows_that_are_decided_one_by_one_do_not_hold_others_up(stub, items: int):
    """A stream of rows each of which takes a hundred times as long, beside one of good ones."""
    rows = Rows(NAMES[0], items, 20_000, seed=14)
    rows.numbers["amount"][:] = -1
    slow = stub.StreamDecideRows(messages(rows.header(), *[rows.block()] * 3), timeout=300)
    assert next(slow).HasField("context")
    good = Rows(NAMES[0], items, 10, seed=15)
    for _ in range(5):
        assert decided(stub, good.header(), good.block())[1].row_count == 10
    slow.cancel()
    assert decided(stub, good.header(), good.block())[1].row_count == 10
    assert np.isnan(good.items).any()
