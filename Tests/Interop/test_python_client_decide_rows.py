# SPDX-License-Identifier: Apache-2.0
"""Rows that the Python client has decided on get what Decide says of each company alone, in every
column, whatever kind of table they came in."""

import datetime
import math
from typing import Iterator

import grpc
import numpy as np
import pandas as pd
import pytest

import vigie
from support.certificates import Certificates
from support.decided_rows import DAY, Rows, api, said
from support.decisions import NAMES, shelve
from support.server import Server
from vigie.v1 import decision_service_pb2_grpc

ALL = list(vigie.DECISIONS_OF_ROWS)


@pytest.fixture(scope="module")
def deciding(
    certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server with both example policies."""
    shelf = shelve(tmp_path_factory.mktemp("shelf"), *NAMES)
    with Server(certificates, "--policies", str(shelf)) as running:
        yield running


@pytest.fixture(scope="module")
def client(deciding: Server) -> Iterator[vigie.Client]:
    with vigie.Client(f"localhost:{deciding.port}", ca=deciding.certificates.ca) as made:
        yield made


@pytest.fixture(scope="module")
def channel(deciding: Server) -> Iterator[grpc.Channel]:
    with deciding.channel() as made:
        yield made


def facts_of(rows: Rows) -> dict[str, object]:
    """The rows' facts as a caller has them: days, truth values, and None for nothing."""
    facts: dict[str, object] = {}
    for name, values in rows.numbers.items():
        kind = rows.kinds.get(name)
        if kind == "date":
            days = np.where(np.isnan(values), 0, values).astype("i8").astype("datetime64[D]")
            days[np.isnan(values)] = np.datetime64("NaT")
            facts[name] = days
        elif kind == "boolean":
            facts[name] = [None if math.isnan(each) else each == 1 for each in values.tolist()]
        else:
            facts[name] = values
    for name, words in rows.words.items():
        facts[name] = [words[code - 1] if code else None for code in rows.codes[name]]
    return facts


def decided(client: vigie.Client, rows: Rows, facts: object, **options: object) -> vigie.Decisions:
    """All that can be asked for."""
    return client.decide_rows(
        rows.items, facts, **{"policy": rows.policy, "as_of": DAY, "role": "manager",
                              "outputs": ALL, "scores": ["probability", "score", "risk_class"]}
        | options)


def alone(channel: grpc.Channel, rows: Rows, row: int, got: vigie.Decisions) -> dict:
    """What Decide says of a row, in the words of columns."""
    scores = api.ScoreBlock(
        row_count=1, outcomes=[int(got.scores.outcome[row])],
        probabilities=[got.scores["probability"][row]], scores=[int(got.scores["score"][row])],
        risk_classes=[int(got.scores["risk_class"][row])])
    header = api.DecideHeader(
        policy=rows.policy, as_of_date=DAY, role="manager",
        explanation=api.DECISION_EXPLANATION_NONE)
    stub = decision_service_pb2_grpc.DecisionServiceStub(channel)
    decision = stub.Decide(
        api.DecideRequest(header=header, company=rows.company(row, scores, 0)),
        timeout=60).decision
    return said(decision, api.DecideRowsContext(tables=list(got.rules)))


def told(got: vigie.Decisions, row: int) -> dict:
    """What the columns say of a row, under the names of `said`."""
    def amount(name: str) -> float | None:
        value = float(got[name][row])
        return None if math.isnan(value) else value

    until = got["valid_until"][row]
    return {
        "outcome": api.DecisionOutcome.Value(f"DECISION_OUTCOME_{got['outcome'][row].upper()}"),
        "class": got["risk_class"][row] or "", "limit": amount("limit"),
        "own": amount("own_limit"), "need": amount("need"), "headroom": amount("headroom"),
        "loss": amount("expected_loss"), "opportunity": amount("opportunity"),
        "binding": got["binding"][row] or "", "days": int(got["term_days"][row]),
        "action": got["action"][row] or "", "role": got["role"][row] or "",
        "second": bool(got["second_person"][row]),
        "until": "" if np.isnat(until) else str(until), "missing": set(got["missing"][row]),
        **{table: int(rules[row]) for table, rules in got.rules.items()}}


@pytest.mark.parametrize("graded", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_what_decide_says(client, channel, name: str, graded: bool):
    items = len(client.model().inputs)
    rows = Rows(name, items, 150, seed=21, graded=graded)
    got = decided(client, rows, facts_of(rows))
    assert (got.policy, got.policy_version, got.currency) == (name, "1.0.0", "EUR")
    assert len(got) == 150 and got.slow_reason == "" and len(got.policy_content_hash) == 64
    assert len(got.rules) > 3 and set(got.columns) == set(ALL) - {"rules"} | {"second_person"}
    seen: dict[str, set] = {}
    for row in range(len(got)):
        here = told(got, row)
        assert here == alone(channel, rows, row, got), row
        for column, value in here.items():
            seen.setdefault(column, set()).add(str(value))
    assert {column for column, values in seen.items() if len(values) < 2} <= {"second"}


def test_tables_of_every_kind_say_the_same(client):
    """Also of many blocks, in each of which texts have numbers of their own."""
    rows = Rows(NAMES[1], len(client.model().inputs), 20_000, seed=22)
    facts = facts_of(rows)
    wanted = decided(client, rows, facts).to_dict()
    days = {
        name: values.tolist() for name, values in facts.items() if rows.kinds.get(name) == "date"}
    assert any(isinstance(each, datetime.date) for each in next(iter(days.values())))
    frame = pd.DataFrame({
        name: values.astype("datetime64[s]") if name in days else values
        for name, values in facts.items()})
    # As pandas has them: days of another kind, missing ones of its own, texts as categories.
    odd = frame.astype({name: "category" for name in rows.words})
    for name in days:
        odd[name] = [pd.NaT if each is None else each for each in days[name]]
    booleans = [name for name in facts if rows.kinds.get(name) == "boolean"]
    odd = odd.astype({name: "boolean" for name in booleans})
    assert booleans
    for other in (facts | days, frame, odd):
        made = decided(client, rows, other).to_dict()
        assert list(made) == list(wanted)
        for name, column in wanted.items():
            same = pd.Series(made[name]).equals(pd.Series(column))
            assert same, name
    by_row = decided(client, rows, facts)
    assert [each["limit"] for each in list(by_row)[:3]] == pytest.approx(
        wanted["limit"][:3].tolist(), nan_ok=True)
    table = by_row.to_pandas()
    assert len(table) == 20_000 and table["outcome"].iloc[7] == wanted["outcome"][7]


def test_what_is_the_same_of_all_is_told_once(client):
    rows = Rows(NAMES[0], len(client.model().inputs), 300, seed=23)
    facts = facts_of(rows)
    of_all = {"own_turnover": np.full(300, 1e7), "stage": ["order"] * 300}
    wanted = decided(client, rows, facts | of_all)
    for name in of_all:
        del facts[name]
    # A column of which nothing is known is as good as none.
    facts["sector"] = [None] * 300
    got = decided(client, rows, facts, same={"own_turnover": 10_000_000}, stage="order")
    less = decided(client, rows, facts | {"sector": np.full(300, np.nan)},
                   same={"own_turnover": 10_000_000}, stage="order", outputs=["limit"], scores=[])
    assert list(less.columns) == ["limit"] and not less.rules and not less.scores.columns
    assert np.array_equal(less["limit"], got["limit"], equal_nan=True)
    del wanted, facts["sector"]
    again = decided(client, rows, facts, same={"own_turnover": 10_000_000}, stage="order")
    assert np.array_equal(again["limit"], got["limit"], equal_nan=True)
    with pytest.raises(KeyError, match="was not asked for"):
        less["role"]


def test_what_cannot_be_sent_is_told(client):
    rows = Rows(NAMES[0], len(client.model().inputs), 5, seed=24)
    facts = facts_of(rows)
    with pytest.raises(vigie.TableError, match="has 5 rows, and `facts` has 4"):
        decided(client, rows, {"amount": [1, 2, 3, 4]})
    with pytest.raises(ValueError, match="none of the outputs"):
        decided(client, rows, facts, outputs=["limits"])
    with pytest.raises(ValueError, match="names one twice"):
        decided(client, rows, facts, outputs=["limit", "limit"])
    with pytest.raises(ValueError, match="BUSINESS_STAGE_ODER"):
        decided(client, rows, facts, stage="oder")
    with pytest.raises(vigie.VigieError, match="amont") as caught:
        decided(client, rows, facts | {"amont": [1.0] * 5})
    assert caught.value.code == "INVALID_ARGUMENT"
    with pytest.raises(vigie.VigieError) as caught:
        decided(client, rows, facts, policy="nobody")
    assert caught.value.reason == "UNKNOWN_POLICY"
    assert len(decided(client, Rows(NAMES[0], len(rows.items[0]), 0, seed=1), {})) == 0
