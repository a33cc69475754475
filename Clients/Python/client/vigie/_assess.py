# SPDX-License-Identifier: Apache-2.0
"""Assessments of companies that are rows of a table: outcomes before figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _encode, _messages, _wire
from ._errors import TableError
from ._scores import ISSUE_KINDS, RowIssue, bad_answer
from ._tables import Columns, Numbers, Texts

#: Columns of facts; those of a year may end in @1 or @2.
FACT_COLUMNS = (
    "legal_state", "directory_activity", "directory_since_day", "struck_off_day", "closing_day",
    "published_day", "months", "statement_years", "statement_age_months", "payment_index",
    "payment_count", "doubtful",
)


@dataclass
class Assessments:
    """One place for each company of the table, in its order. Outcomes come first: only a company
    whose outcome is "SCORED" has a probability, a score and a class."""

    row_count: int
    #: "SCORED", "CLOSED", "IN_PROCEEDINGS" and so on, of each company.
    outcome: NDArray[Any]
    #: What the probability was made from.
    basis: NDArray[Any]
    #: How far each is to be trusted.
    confidence: NDArray[Any]
    #: Probability within the model's horizon, calibrated by how much is known; before payments.
    base_probability: NDArray[np.float64]
    #: The same with what payments add.
    probability: NDArray[np.float64]
    score: NDArray[np.uint32]
    risk_class: NDArray[np.uint32]
    #: Whether the class was lowered because little is known.
    is_class_capped: NDArray[np.bool_]
    issues: list[RowIssue] = field(default_factory=list)
    issue_count: int = 0
    #: What the server says once: models, and what their numbers mean.
    context: dict[str, Any] = field(default_factory=dict)
    index: Any = None

    def __len__(self) -> int:
        return self.row_count

    def to_dict(self) -> dict[str, NDArray[Any]]:
        """All columns by name."""
        return {name: getattr(self, name) for name in _COLUMNS}

    def to_pandas(self) -> Any:
        """A DataFrame with the index of the table. Scores and classes of companies that have none
        are NA."""
        import pandas

        made: dict[str, Any] = dict(self.to_dict())
        for name in ("score", "risk_class"):
            missing = np.isnan(self.probability)
            made[name] = pandas.arrays.IntegerArray(made[name].astype("i8"), missing)
        return pandas.DataFrame(made, index=self.index)

    def __repr__(self) -> str:
        scored = int((self.outcome == "SCORED").sum())
        return f"<Assessments of {self.row_count:,} companies: {scored:,} scored>"


_COLUMNS = (
    "outcome", "basis", "confidence", "base_probability", "probability", "score", "risk_class",
    "is_class_capped",
)
_ENUMS = {"outcome": "AssessmentOutcome", "basis": "AssessmentBasis", "confidence": "Confidence"}


def bind(
    table: Columns, *, mapping: Any, ignore: Any
) -> tuple[_encode.BoundTable, list[str], list[str]]:
    """Facts first, then items: the table, the names of facts and those of items."""
    names = _encode.rename(table.names, mapping)
    ignored = _encode.ignored_names(ignore)
    kept = [i for i in range(len(names)) if table.names[i] not in ignored]
    for i in kept:
        column = table.columns[i]
        if isinstance(column, Texts) and column.dictionary:
            raise TableError(
                f"The column {names[i]!r} holds texts; assessments take numbers. Leave it out with "
                "ignore=[...]."
            )
    facts = [i for i in kept if names[i].partition("@")[0] in FACT_COLUMNS]
    items = [i for i in kept if i not in facts]
    numbers: list[Numbers] = [_numbers(table.columns[i]) for i in facts + items]
    fact_names, item_names = [names[i] for i in facts], [names[i] for i in items]
    bound = _encode.BoundTable(
        fact_names + item_names, numbers, [], [], table.row_count, None
    )
    return bound, fact_names, item_names


def _numbers(column: Any) -> Numbers:
    if isinstance(column, Texts):
        return np.full(len(column.codes), np.nan, "<f4")
    return np.asarray(column)


def header(
    facts: list[str], items: list[str], *, model: str, card: str, as_of: str
) -> bytes:
    """An AssessRowsHeader."""
    made = _messages.message("AssessRowsHeader")(
        model=model, card=card, as_of_date=as_of, fact_columns=facts, columns=items
    )
    encoded: bytes = made.SerializeToString()
    return encoded


class Assembler:
    """Puts the blocks of an answer together."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._blocks: list[dict[str, NDArray[Any]]] = []
        self._rows = 0
        self._issues: list[RowIssue] = []
        self._issue_count = 0

    def add(self, data: memoryview) -> None:
        """Takes an AssessedBlock."""
        found = dict(_wire.fields(data))
        try:
            block: dict[str, NDArray[Any]] = {
                "outcome": _wire.varints(found[2]),
                "basis": _wire.varints(found[3]),
                "base_probability": _wire.doubles(found[4]),
                "probability": _wire.doubles(found[5]),
                "score": _wire.fixed32s(found[6]),
                "risk_class": _wire.varints(found[7]),
                "confidence": _wire.varints(found[8]),
                "is_class_capped": _wire.varints(found[9]).astype(bool),
            }
            self._add_issues(found)
        except (KeyError, ValueError) as error:
            raise bad_answer(str(error)) from None
        count = _wire.as_number(found.get(1, 0))
        if {len(column) for column in block.values()} != {count}:
            raise bad_answer("Its columns are not of one length.")
        self._blocks.append(block)
        self._rows += count

    def _add_issues(self, found: dict[int, _wire.Field]) -> None:
        self._issue_count += _wire.as_number(found.get(13, 0))
        if 14 not in found:
            return
        told = zip(
            _wire.fixed32s(found[14]).tolist(), _wire.varints(found[15]).tolist(),
            _wire.fixed32s(found[16]).tolist(), _wire.doubles(found[17]).tolist(),
        )
        for row, kind, column, value in told:
            name = self._names[column - 1] if 0 < column <= len(self._names) else None
            words = ISSUE_KINDS[kind] if kind < len(ISSUE_KINDS) else str(kind)
            self._issues.append(RowIssue(self._rows + row, words, name, value))

    def assessments(self, row_count: int, context: dict[str, Any], index: Any) -> Assessments:
        """All of it."""
        if self._rows != row_count:
            raise bad_answer(f"It has {self._rows} rows of {row_count}.")
        columns: dict[str, Any] = {}
        for name in _COLUMNS:
            parts = [block[name] for block in self._blocks]
            whole = np.concatenate(parts) if parts else np.zeros(0, np.uint32)
            if name in _ENUMS:
                whole = np.array(_messages.enum_names(_ENUMS[name]), object)[whole]
            columns[name] = whole
        return Assessments(
            row_count=row_count, issues=self._issues, issue_count=self._issue_count,
            context=context, index=index, **columns,
        )
