# SPDX-License-Identifier: Apache-2.0
"""What is decided of the rows of a table: a column for each thing, a place for each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from . import _messages, _wire
from ._models import read_identity
from ._scores import Assembler, Scores, bad_answer

#: What can be asked for of each row, and its number.
DECISIONS_OF_ROWS = {
    "outcome": 1, "risk_class": 2, "limit": 3, "own_limit": 4, "need": 5, "headroom": 6,
    "expected_loss": 7, "opportunity": 8, "binding": 9, "term_days": 10, "action": 11, "role": 12,
    "valid_until": 13, "missing": 14, "rules": 15,
}
DEFAULT_DECISIONS = ("outcome", "risk_class", "limit", "term_days", "action", "role")
#: The least whole number of 32 bits, which says that there is none.
NONE = -(1 << 31)


@dataclass
class Decisions:
    """One place for each row of the table, in its order.

    Amounts are NaN, texts None and days NaT where there is none. An amount of up to 15 digits is
    the shortest decimal that its double is: `Decimal(repr(amount))`.
    """

    #: The scores that are answered, with their own outcomes and issues.
    scores: Scores
    policy: str
    policy_version: str
    #: SHA-256 over the files of the policy, in lower-case hexadecimal.
    policy_content_hash: str
    #: The currency of all amounts.
    currency: str
    #: Why each row is decided one by one, which takes a hundred times as long; mostly empty.
    slow_reason: str
    #: By the names that were asked for; "role" brings "second_person" along.
    columns: dict[str, NDArray[Any]]
    #: By the name of each decision with a table: the number of the rule from 1, of several the
    #: first; 0 for no rule, -1 for the default, -2 for more rules than the hit policy lets, -3 and
    #: below for a value that the first, second and so on input may not have; `NONE` where the
    #: table was not asked. Empty unless "rules" were asked for.
    rules: dict[str, NDArray[np.int32]]
    index: Any = None

    def __len__(self) -> int:
        return self.scores.row_count

    def __getitem__(self, name: str) -> NDArray[Any]:
        try:
            return self.columns[name]
        except KeyError:
            raise KeyError(f"{name!r} was not asked for; outputs={[*self.columns]}.") from None

    def to_dict(self) -> dict[str, Any]:
        """All columns by name, scores and rules, too; what two of them are called alike has
        `score_` in front of that of the scores, and rules have `rule_`."""
        made: dict[str, Any] = dict(self.columns)
        for name, column in self.scores.columns.items():
            made[f"score_{name}" if name in made else name] = column
        made.update({f"rule_{name}": column for name, column in self.rules.items()})
        return made

    def to_pandas(self) -> Any:
        """A DataFrame with the index of the table that was decided on."""
        import pandas

        return pandas.DataFrame(self.to_dict(), index=self.index)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row as a dict."""
        columns = {name: column.tolist() for name, column in self.to_dict().items()}
        for row in range(len(self)):
            yield {name: column[row] for name, column in columns.items()}

    def __repr__(self) -> str:
        return (f"<Decisions on {len(self):,} rows by {self.policy} {self.policy_version} and "
                f"{self.scores.model.name} {self.scores.model.version}>")


class DecidedRows:
    """Puts the blocks of an answer together."""

    def __init__(self, row_count: int, outputs: Sequence[str], scores: Assembler) -> None:
        self._scores = scores
        self._outputs = outputs
        self._row_count = row_count
        self._rows = 0
        named = [name for name in outputs if name != "rules"]
        if "role" in named:
            named.append("second_person")
        self._columns = {name: np.empty(row_count, _TYPES.get(name, object)) for name in named}
        self._rules: dict[str, NDArray[np.int32]] = {}

    def add(self, data: memoryview, context: Any) -> None:
        """Takes a DecidedBlock."""
        found: dict[int, Any] = {}
        names: dict[int, list[str]] = {19: [], 20: [], 21: []}
        for number, field in _wire.fields(data):
            if number in names:
                names[number].append(_wire.as_text(field))
            else:
                found[number] = field
        count = _wire.as_number(found.get(2, 0))
        rows = slice(self._rows, self._rows + count)
        if context is None or rows.stop > self._row_count:
            raise bad_answer("It has more rows than were sent, or no context.")
        try:
            self._scores.add(_wire.as_bytes(found[1]))
            for name, column in self._columns.items():
                column[rows] = _READERS[name](found, names, context)
            if "rules" in self._outputs:
                self._add_rules(_whole(found, 18), list(context.tables), rows)
        except (KeyError, IndexError, ValueError) as error:
            raise bad_answer(f"a column of decisions: {error}") from None
        self._rows = rows.stop

    def _add_rules(
        self, numbers: NDArray[np.int32], tables: list[str], rows: slice
    ) -> None:
        told = numbers.reshape(len(tables), rows.stop - rows.start)
        for name, column in zip(tables, told):
            self._rules.setdefault(name, np.full(self._row_count, NONE, "<i4"))[rows] = column

    def decisions(self, context: Any, index: Any) -> Decisions:
        """All of it; the table must be complete."""
        model = read_identity(memoryview(context.model.SerializeToString()))
        return Decisions(
            scores=self._scores.scores(model, (), index),
            policy=context.policy,
            policy_version=context.policy_version,
            policy_content_hash=context.policy_content_hash,
            currency=context.currency,
            slow_reason=context.slow_reason,
            columns=self._columns,
            rules=self._rules,
            index=index,
        )


def _whole(found: dict[int, Any], number: int) -> NDArray[np.int32]:
    return _wire.fixed32s(found[number]).view("<i4")


def _named(codes: NDArray[Any], names: Sequence[str]) -> NDArray[Any]:
    """A text for each row: None for 0, and 1 for the first of the names."""
    texts: NDArray[Any] = np.array([None, *names], object)[codes]
    return texts


def _outcomes(found: dict[int, Any], *_: Any) -> NDArray[Any]:
    words = [each.lower() for each in _messages.enum_names("DecisionOutcome")]
    return np.array(words, object)[_wire.varints(found[3])]


def _until(found: dict[int, Any], *_: Any) -> NDArray[Any]:
    days = _whole(found, 16)
    made = days.astype("i8").astype("datetime64[D]")
    made[days == NONE] = np.datetime64("NaT")
    return made


def _missing(found: dict[int, Any], names: dict[int, list[str]], _: Any) -> NDArray[Any]:
    """The names of what is missing of each row, as a tuple."""
    bits = _wire.doubles(found[17]).view("<u8")
    different, places = np.unique(bits, return_inverse=True)
    told = np.empty(len(different), object)
    for place, value in enumerate(different.tolist()):
        told[place] = tuple(name for bit, name in enumerate(names[21]) if value >> bit & 1)
    return told[places]


def _amount(number: int) -> Callable[..., NDArray[Any]]:
    return lambda found, names, context: _wire.doubles(found[number])


_AMOUNTS = {
    "limit": 5, "own_limit": 6, "need": 7, "headroom": 8, "expected_loss": 9, "opportunity": 10,
}
_TYPES: dict[str, Any] = {
    **{name: "<f8" for name in _AMOUNTS},
    "term_days": "<u4", "second_person": bool, "valid_until": "datetime64[D]",
}
_READERS: dict[str, Callable[..., NDArray[Any]]] = {
    **{name: _amount(number) for name, number in _AMOUNTS.items()},
    "outcome": _outcomes,
    "risk_class": lambda found, names, _: _named(_wire.fixed32s(found[4]), names[19]),
    "binding": lambda found, _, context: _named(_wire.fixed32s(found[11]), context.bindings),
    "term_days": lambda found, names, _: _wire.fixed32s(found[12]),
    "action": lambda found, names, _: _named(_wire.fixed32s(found[13]), names[20]),
    "role": lambda found, _, context: _named(_wire.fixed32s(found[14]), context.roles),
    "second_person": lambda found, names, _: _wire.varints(found[15]) != 0,
    "valid_until": _until,
    "missing": _missing,
}
