# SPDX-License-Identifier: Apache-2.0
"""Scores of a table: a column for each figure, a place for each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from . import _wire
from ._errors import VigieError, make
from ._models import Feature, ModelIdentity

#: What can be asked for of each row: its number, its field in a block, and its type.
OUTPUTS = {
    "probability": (1, 3, "f8"),
    "score": (2, 4, "u4"),
    "risk_class": (3, 5, "u4"),
    "percentile": (4, 6, "f4"),
    "raw_score": (5, 7, "f8"),
}
DEFAULT_OUTPUTS = ("probability", "score", "risk_class", "percentile")
OUTCOMES = ("unspecified", "scored", "not_scorable", "closed", "in_proceedings")
ISSUE_KINDS = (
    "unspecified", "required_value_missing", "value_out_of_range", "value_infinite", "no_result",
    "unknown_category",
)
_ISSUE_WORDS = {
    "required_value_missing": "missing, and the model needs it",
    "value_out_of_range": "out of the model's range",
    "value_infinite": "infinite",
    "unknown_category": "a category that the model does not know",
}


@dataclass(frozen=True)
class RowIssue:
    """What is wrong with a row. It has a score all the same when its outcome is "scored"."""

    #: The row, from 0.
    row: int
    #: Such as "required_value_missing".
    kind: str
    #: The column at fault; None when it is no single one.
    column: str | None
    #: The value at fault; NaN where there is none.
    value: float

    def __str__(self) -> str:
        if self.column is None:
            return "the model gives no score for this row"
        words = _ISSUE_WORDS.get(self.kind, self.kind.replace("_", " "))
        value = "" if np.isnan(self.value) else f" {self.value:g}:"
        return f"{self.column}:{value} {words}"


@dataclass(frozen=True)
class Reason:
    """Why a probability is not that of the middle of the population."""

    feature: str
    #: What it adds to the calibrated log-odds; positive raises the risk.
    contribution: float
    #: The same in words.
    explanation: str


@dataclass
class Scores:
    """One place for each row of the table, in its order.

    A row without a score has NaN in the columns of floating point and 0 in the others: look at
    `outcome` first. `issues` tells what is wrong with rows; of a block of the table the server
    tells a number of issues, `issue_count` counts all.
    """

    model: ModelIdentity
    row_count: int
    #: Number of an outcome for each row: see `OUTCOMES`. 1 is scored.
    outcome: NDArray[np.uint8]
    columns: dict[str, NDArray[Any]]
    issues: list[RowIssue] = field(default_factory=list)
    issue_count: int = 0
    #: Feature of each reason, and what it adds: rows by reasons; None when none were asked for.
    reason_features: NDArray[np.uint32] | None = None
    reason_contributions: NDArray[np.float64] | None = None
    features: tuple[Feature, ...] = ()
    index: Any = None

    def __len__(self) -> int:
        return self.row_count

    def __getitem__(self, name: str) -> NDArray[Any]:
        try:
            return self.columns[name]
        except KeyError:
            raise KeyError(f"{name!r} was not asked for; outputs={[*self.columns]}.") from None

    @property
    def probability(self) -> NDArray[np.float64]:
        """Probability of the model's event within its horizon."""
        return self["probability"]

    @property
    def score(self) -> NDArray[np.uint32]:
        """Score on the model's scale."""
        return self["score"]

    @property
    def risk_class(self) -> NDArray[np.uint32]:
        """Risk class, from 1 for the safest."""
        return self["risk_class"]

    @property
    def percentile(self) -> NDArray[np.float32]:
        """Share of the reference population that is riskier, 0 to 100."""
        return self["percentile"]

    @property
    def is_scored(self) -> NDArray[np.bool_]:
        """Which rows have a score."""
        scored: NDArray[np.bool_] = self.outcome == 1
        return scored

    def reasons(self, row: int) -> list[Reason]:
        """The reasons of a row, the strongest first."""
        if self.reason_features is None or self.reason_contributions is None:
            raise ValueError("No reasons were asked for: score(..., reasons=3).")
        return [
            self._reason(int(number), float(added))
            for number, added in zip(self.reason_features[row], self.reason_contributions[row])
            if not np.isnan(added)
        ]

    def _reason(self, number: int, added: float) -> Reason:
        if number >= len(self.features):
            return Reason(str(number), added, "")
        feature = self.features[number]
        return Reason(feature.name, added,
                      feature.when_raising if added > 0 else feature.when_lowering)

    def problems(self) -> list[str | None]:
        """For each row what is wrong with it, in words, or None."""
        words: list[str | None] = [None] * self.row_count
        for row in np.flatnonzero(self.outcome != 1):
            words[row] = OUTCOMES[self.outcome[row]].replace("_", " ")
        for issue in self.issues:
            before = words[issue.row]
            is_first = before is None or before == "not scorable"
            words[issue.row] = str(issue) if is_first else f"{before}; {issue}"
        return words

    def to_dict(self) -> dict[str, Any]:
        """All columns by name: outcome, figures, problems, reasons."""
        names = np.array(OUTCOMES, object)
        made: dict[str, Any] = {"outcome": names[self.outcome], **self.columns}
        made["problem"] = self.problems()
        if self.reason_features is not None and self.reason_contributions is not None:
            known = np.array([f.name for f in self.features] + [None], object)
            for place in range(self.reason_features.shape[1]):
                added = self.reason_contributions[:, place]
                features = np.where(np.isnan(added), len(self.features),
                                    self.reason_features[:, place])
                made[f"reason_{place + 1}"] = known[np.minimum(features, len(self.features))]
                made[f"contribution_{place + 1}"] = added
        return made

    def to_pandas(self) -> Any:
        """A DataFrame with the index of the table that was scored. Scores and classes of rows
        that have none are NA."""
        import pandas

        made = self.to_dict()
        for name, column in self.columns.items():
            if column.dtype.kind == "u":
                made[name] = pandas.arrays.IntegerArray(column.astype("i8"), ~self.is_scored)
        made["outcome"] = pandas.Categorical.from_codes(self.outcome, list(OUTCOMES))
        return pandas.DataFrame(made, index=self.index)

    def to_arrow(self) -> Any:
        """An Arrow table. Figures of rows that have none are null."""
        import pyarrow

        made = self.to_dict()
        for name, column in self.columns.items():
            made[name] = pyarrow.array(column, mask=~self.is_scored)
        return pyarrow.table(made)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict."""
        columns = {name: column.tolist() if isinstance(column, np.ndarray) else column
                   for name, column in self.to_dict().items()}
        for row in range(self.row_count):
            yield {name: column[row] for name, column in columns.items()}

    def __repr__(self) -> str:
        scored = int(self.is_scored.sum())
        return (f"<Scores of {self.row_count:,} rows by {self.model.name} {self.model.version}: "
                f"{scored:,} scored, {self.issue_count:,} issues>")

    def _repr_html_(self) -> str:
        try:
            return f"<p>{self!r}</p>".replace("<S", "S").replace(">>", ">") \
                + str(self.to_pandas()._repr_html_())
        except ImportError:
            return repr(self)


class Assembler:
    """Puts the blocks of an answer together."""

    def __init__(
        self, row_count: int, outputs: Sequence[str], reasons: int, names: list[str]
    ) -> None:
        self._names = names
        self._reasons = reasons
        self._fields = {OUTPUTS[name][1]: name for name in outputs}
        self._rows = 0
        self.outcome = np.ones(row_count, np.uint8)
        self.columns: dict[str, NDArray[Any]] = {
            name: np.zeros(row_count, OUTPUTS[name][2]) for name in outputs
        }
        self.issues: list[RowIssue] = []
        self.issue_count = 0
        self.reason_features = np.zeros((row_count, reasons), np.uint32)
        self.reason_contributions = np.full((row_count, reasons), np.nan)

    @property
    def is_complete(self) -> bool:
        """Whether all rows are there."""
        return self._rows == len(self.outcome)

    def add(self, data: memoryview) -> None:
        """Takes a ScoreBlock."""
        found = dict(_wire.fields(data))
        count = _wire.as_number(found.get(1, 0))
        rows = slice(self._rows, self._rows + count)
        if rows.stop > len(self.outcome):
            raise bad_answer("It has more rows than were sent.")
        try:
            self.outcome[rows] = _wire.varints(found[2]) if 2 in found else 1
            for number, name in self._fields.items():
                self.columns[name][rows] = _READERS[number](found[number])
            if self._reasons:
                shape = (count, self._reasons)
                self.reason_features[rows] = _wire.varints(found[8]).reshape(shape)
                self.reason_contributions[rows] = _wire.doubles(found[9]).reshape(shape)
            if 11 in found:
                self._add_issues(found)
        except (KeyError, ValueError) as error:
            raise bad_answer(str(error)) from None
        self._rows = rows.stop

    def _add_issues(self, found: dict[int, _wire.Field]) -> None:
        self.issue_count += _wire.as_number(found[11])
        if 12 not in found:
            return
        told = zip(
            _wire.varints(found[12]).tolist(), _wire.varints(found[13]).tolist(),
            _wire.varints(found[14]).tolist(), _wire.doubles(found[15]).tolist(),
        )
        for row, kind, column, value in told:
            name = self._names[column - 1] if 0 < column <= len(self._names) else None
            words = ISSUE_KINDS[kind] if kind < len(ISSUE_KINDS) else str(kind)
            self.issues.append(RowIssue(self._rows + row, words, name, value))

    def scores(self, model: ModelIdentity, features: tuple[Feature, ...], index: Any) -> Scores:
        """All of it; the table must be complete."""
        if not self.is_complete:
            raise bad_answer(f"It has {self._rows} rows of {len(self.outcome)}.")
        return Scores(
            model=model,
            row_count=self._rows,
            outcome=self.outcome,
            columns=self.columns,
            issues=self.issues,
            issue_count=self.issue_count,
            reason_features=self.reason_features if self._reasons else None,
            reason_contributions=self.reason_contributions if self._reasons else None,
            features=features,
            index=index,
        )


_READERS: dict[int, Callable[[_wire.Field], NDArray[Any]]] = {
    3: _wire.doubles,
    4: _wire.varints,
    5: _wire.varints,
    6: _wire.floats,
    7: _wire.doubles,
}


def bad_answer(what: str) -> VigieError:
    """An answer that does not follow the protocol."""
    return make("INTERNAL", f"The answer does not follow the protocol: {what}",
                reason="BAD_RESPONSE")
