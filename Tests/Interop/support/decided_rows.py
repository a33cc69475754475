# SPDX-License-Identifier: Apache-2.0
"""Companies by chance as rows that are scored and decided on, and each as a company of Decide."""

import datetime
import json
import math
from types import SimpleNamespace
from typing import Iterator

import numpy as np

from support.decisions import POLICIES, api as decisions
from vigie.v1 import decision_rows_pb2, scoring_service_pb2

# All messages under one name.
api = SimpleNamespace(
    **vars(decisions) | vars(scoring_service_pb2) | vars(decision_rows_pb2))

DAY = "2025-06-30"
# What a row's own score says.
OF_SCORES = ["outcome", "probability", "risk_class", "score"]
SCORES = [api.SCORE_OUTPUT_PROBABILITY, api.SCORE_OUTPUT_SCORE, api.SCORE_OUTPUT_RISK_CLASS]
OUTPUTS = list(range(1, 16))
STAGES = ["quote", "order", "prospect", "collection", "invoice"]
SUBJECTS = ["legal_person", "natural_person"]

NUMBERS = {
    "margin_rate": [0.05, 0.2, 0.3, math.nan], "forecast_months": [1, 3, 12, math.nan],
    "days_beyond_terms": [-3, 0, 12.5, 30, 31, 90, math.nan],
    "years_known": [0, 1, 2, 3, 5, math.nan],
    "equity": [-5_000, 0, 40_000, 123_456.78, 1e6, 5e6, math.nan],
    "net_worth": [-5_000, 0, 40_000, 123_456.78, 1e6, 5e6, math.nan],
    "own_turnover": [1e7, 2.5e7], "past_due": [0, 0, 0, 250.5, math.nan],
    "approach_cost": [0, 100.25, math.nan],
}
AMOUNTS = [0, 500, 1_234.56, 25_000, 250_000.5, 1e6, 1e7, math.nan]
WORDS = {
    "country": ["FR", "DE", "BR", "zz"],
    "sector": ["construction", "transport", "retail", "zz"], "stage": STAGES, "subject": SUBJECTS,
}
# Days since 1970: before and after the one that is decided for.
KINDS = {"boolean": [0, 0, 1, math.nan], "date": [20_000, 20_269, 20_270, 20_400, math.nan]}


class Rows:
    """Rows of a policy that comes with Vigie. `items` are the columns of the model; with `graded`
    the rows tell their class of risk themselves, and what others do not know is a great amount."""

    def __init__(
        self, policy: str, items: int, count: int, seed: int, graded: bool = False
    ) -> None:
        random = np.random.default_rng(seed)
        manifest = json.loads((POLICIES / policy / "policy.json").read_text())
        self.policy, self.count = policy, count
        self.kinds = {each["name"]: each["type"] for each in manifest["inputs"]}
        told = {name: kind for name, kind in self.kinds.items() if name not in OF_SCORES}
        self.numbers = {
            name: random.choice(KINDS.get(kind, NUMBERS.get(name, AMOUNTS)), count)
            for name, kind in told.items() if kind in ("number", "date", "boolean")}
        if graded:
            for values in self.numbers.values():
                values[np.isnan(values) & (random.random(count) < 0.9)] = 1_000_000
            for name in set(self.numbers) & {"margin_rate", "forecast_months", "cover_expires"}:
                self.numbers[name][self.numbers[name] == 1_000_000] = np.nan
            self.numbers["risk_class"] = random.integers(1, 11, count).astype(float)
        named = [name for name, kind in told.items() if kind == "string"] + ["stage", "subject"]
        self.words = {name: WORDS.get(name, ["A", "full", "R", ""]) for name in named}
        # 0 is not known; stages and subjects are.
        self.codes = {
            name: random.integers(name in ("stage", "subject"), len(words) + 1, count)
            for name, words in self.words.items()}
        self.items = random.uniform(-1e6, 1e7, (count, items)).astype(np.float32)
        self.items[random.random((count, items)) < 0.03] = np.nan
        # Nothing is known of some, and they get no score.
        self.items[random.random(count) < 0.1] = np.nan

    def header(self, **changes: object) -> api.DecideRowsHeader:
        """A header that asks for all."""
        told = {
            "policy": self.policy, "as_of_date": DAY, "role": "manager", "score_outputs": SCORES,
            "fact_columns": list(self.numbers), "fact_text_columns": list(self.words),
            "outputs": OUTPUTS} | changes
        return api.DecideRowsHeader(**told)

    def block(self, rows: slice = slice(None)) -> api.DecideRowsBlock:
        """Some rows as a block."""
        items = self.items[rows]
        return api.DecideRowsBlock(
            rows=api.RowBlock(row_count=len(items), float_values=items.ravel()),
            facts=api.FactBlock(
                values=np.concatenate([values[rows] for values in self.numbers.values()]),
                text_columns=[
                    api.TextColumn(
                        dictionary=[word.encode() for word in words], codes=self.codes[name][rows])
                    for name, words in self.words.items()]))

    def company(self, row: int, scores: api.ScoreBlock, place: int) -> api.DecisionCase:
        """A row as a company, with what the model says of it."""
        case = api.DecisionCase(company=str(row))
        for name, values in self.numbers.items():
            if not math.isnan(values[row]):
                case.facts.append(api.DecisionFact(name=name, value=self._value(name, values[row])))
        for name, words in self.words.items():
            code = int(self.codes[name][row])
            word = words[code - 1] if code else ""
            if name == "stage":
                case.stage = f"BUSINESS_STAGE_{word.upper()}"
            elif name == "subject":
                case.subject = f"DECISION_SUBJECT_{word.upper()}"
            elif code:
                case.facts.append(
                    api.DecisionFact(name=name, value=api.DecisionValue(text=word)))
        is_scored = not scores.outcomes or scores.outcomes[place] == api.ROW_OUTCOME_SCORED
        told = {"outcome": api.DecisionValue(text="scored" if is_scored else "not_scorable")}
        if is_scored:
            told |= {
                "probability": api.DecisionValue(number=scores.probabilities[place]),
                "score": api.DecisionValue(number=scores.scores[place]),
                "risk_class": api.DecisionValue(number=scores.risk_classes[place])}
        case.facts.extend(
            api.DecisionFact(name=name, value=value)
            for name, value in told.items() if name in self.kinds and name not in self.numbers)
        return case

    def _value(self, name: str, value: float) -> api.DecisionValue:
        kind = self.kinds[name]
        if kind == "boolean":
            return api.DecisionValue(flag=value == 1)
        if kind == "date":
            first = datetime.date(1970, 1, 1)
            return api.DecisionValue(day=str(first + datetime.timedelta(days=int(value))))
        return api.DecisionValue(number=value)


def messages(header: api.DecideRowsHeader, *blocks: api.DecideRowsBlock) -> Iterator:
    """The messages of a stream."""
    yield api.StreamDecideRowsRequest(header=header)
    for block in blocks:
        yield api.StreamDecideRowsRequest(block=block)


def decided(stub: object, header: api.DecideRowsHeader, *blocks: api.DecideRowsBlock) -> list:
    """The context, and what is said of each block."""
    first, *rest = stub.StreamDecideRows(messages(header, *blocks), timeout=60)
    assert len(rest) == len(blocks)
    return [first.context, *(each.block for each in rest)]


def _name(number: int, names: list[str]) -> str:
    return names[number - 1] if number else ""


def _amount(value: float) -> float | None:
    return None if math.isnan(value) else value


def told(block: api.DecidedBlock, context: api.DecideRowsContext, row: int) -> dict:
    """What a block says of a row, column by column."""
    days = block.valid_until_days[row]
    until = datetime.date(1970, 1, 1) + datetime.timedelta(days=days) if days > -2**31 else ""
    return {
        "outcome": block.outcomes[row],
        "class": _name(block.risk_classes[row], block.class_names),
        "limit": _amount(block.limits[row]), "own": _amount(block.own_limits[row]),
        "need": _amount(block.needs[row]), "headroom": _amount(block.headrooms[row]),
        "loss": _amount(block.expected_losses[row]),
        "opportunity": _amount(block.opportunities[row]),
        "binding": _name(block.bindings[row], context.bindings),
        "days": block.term_days[row], "action": _name(block.actions[row], block.action_names),
        "role": _name(block.roles[row], context.roles), "second": block.second_persons[row],
        "until": str(until),
        "missing": {
            name for bit, name in enumerate(block.missing_names) if block.missing[row] >> bit & 1},
        **{
            table: block.rules[place * block.row_count + row]
            for place, table in enumerate(context.tables)}}


def _rule(answer: api.TableAnswer | None) -> int:
    if answer is None:
        return -2**31
    return {
        api.TABLE_ANSWER_KIND_MATCHED: answer.rules[0].number if answer.rules else 0,
        api.TABLE_ANSWER_KIND_NONE: 0, api.TABLE_ANSWER_KIND_DEFAULT: -1,
        api.TABLE_ANSWER_KIND_VIOLATION: -2, api.TABLE_ANSWER_KIND_INVALID_INPUT: -3,
    }[answer.kind]


def _number(text: str) -> float | None:
    return float(text) if text else None


def said(decision: api.CreditDecision, context: api.DecideRowsContext) -> dict:
    """The same of a company's decision."""
    answers = {table.decision: table for table in decision.tables}
    return {
        "outcome": decision.outcome, "class": decision.risk_class,
        "limit": _number(decision.limit.amount), "own": _number(decision.limit.own_risk),
        "need": _number(decision.need.amount), "headroom": _number(decision.headroom),
        "loss": _number(decision.expected_loss), "opportunity": _number(decision.opportunity),
        "binding": decision.limit.binding, "days": decision.terms.days,
        "action": decision.action, "role": decision.granting_role,
        "second": decision.needs_second_person, "until": decision.limit.valid_until,
        "missing": {each.name for each in decision.missing},
        **{table: _rule(answers.get(table)) for table in context.tables}}
