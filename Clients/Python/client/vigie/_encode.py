# SPDX-License-Identifier: Apache-2.0
"""Columns of a caller under the names of a model, and blocks of rows as bytes."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any, Collection, Iterable, Iterator, Mapping

import numpy as np

from . import _wire
from ._errors import TableError
from ._models import Input
from ._tables import Column, Columns, Numbers, Texts

#: Rows of a block are so many that they take about so many bytes.
BLOCK_BYTES = 1 << 20
BLOCK_ROWS_MAXIMUM = 8192


@dataclass(frozen=True)
class BoundTable:
    """The columns of a table that are sent, under the names of the model."""

    names: list[str]
    numbers: list[Numbers]
    text_names: list[str]
    texts: list[Texts]
    row_count: int
    #: The numbers as rows, where they came as such and all are sent.
    rows: Numbers | None

    @property
    def all_names(self) -> list[str]:
        """The names of all columns, as issues count them."""
        return self.names + self.text_names

    @property
    def block_rows(self) -> int:
        """How many rows go into a block."""
        width = 8 * len(self.names) + 4 * len(self.texts)
        return max(1, min(BLOCK_ROWS_MAXIMUM, BLOCK_BYTES // max(1, width)))

    def blocks(self) -> Iterator[bytes]:
        """All blocks, each with the field number that both messages of blocks have."""
        for first in range(0, self.row_count, self.block_rows):
            yield self.block(slice(first, min(first + self.block_rows, self.row_count)))

    def block(self, rows: slice) -> bytes:
        """One block of rows, with its field number."""
        parts = self._parts(rows)
        length = sum(part.nbytes if isinstance(part, np.ndarray) else len(part) for part in parts)
        return b"".join([_wire.head(2, length), *parts])

    def row_block(self, rows: slice) -> bytes:
        """The same as a message alone."""
        return b"".join(self._parts(rows))

    def _parts(self, rows: slice) -> list[Any]:
        count = rows.stop - rows.start
        parts: list[Any] = [_wire.number_field(1, count)]
        if self.rows is not None:
            parts.append(_wire.number_field(2, 1))
            self._add(parts, [self.rows[rows]], self.rows.dtype)
        elif self.numbers:
            is_narrow = all(column.dtype == "<f4" for column in self.numbers)
            parts.append(_wire.number_field(2, 2))
            columns = [column[rows] for column in self.numbers]
            self._add(parts, columns, np.dtype("<f4" if is_narrow else "<f8"))
        for column in self.texts:
            parts.append(_wire.bytes_field(7, text_column(column[rows])))
        return parts

    @staticmethod
    def _add(parts: list[Any], columns: list[Numbers], dtype: np.dtype[Any]) -> None:
        values = [np.ascontiguousarray(column, dtype) for column in columns]
        parts.append(_wire.head(3 if dtype == "<f4" else 4, sum(v.nbytes for v in values)))
        parts.extend(values)


def text_column(column: Texts) -> bytes:
    """A TextColumn."""
    entries = b"".join(_wire.bytes_field(1, text) for text in column.dictionary)
    codes = column.codes.tobytes()
    return entries + _wire.head(2, len(codes)) + codes


def header(
    bound: BoundTable, *, model: str, outputs: Iterable[int], reasons: int, as_of: str
) -> bytes:
    """A ScoreHeader."""
    numbers = b"".join(map(_wire.varint, outputs))
    return b"".join([
        _wire.bytes_field(1, model.encode()),
        *(_wire.bytes_field(2, name.encode()) for name in bound.names),
        _wire.bytes_field(3, numbers),
        _wire.number_field(4, reasons),
        _wire.bytes_field(5, as_of.encode()),
        *(_wire.bytes_field(6, name.encode()) for name in bound.text_names),
    ])


def bind(
    table: Columns,
    inputs: Collection[Input],
    *,
    mapping: Mapping[str, str] | None,
    ignore: bool | Collection[str],
) -> BoundTable:
    """Finds the input of each column.

    Raises:
        TableError: A column that the model does not know and that is not to be ignored, one that
            it needs and the table does not have, or one with texts in the place of numbers.
    """
    if not table.names and not table.row_count:
        # A list that happens to be empty: there is nothing to be wrong with.
        return BoundTable([], [], [], [], 0, None)
    known = {each.name: each for each in inputs}
    names = rename(table.names, mapping)
    ignored = ignored_names(ignore)
    kept = [i for i, name in enumerate(names)
            if table.names[i] not in ignored and (ignore is not True or name in known)]
    _check_names([names[i] for i in kept], known)
    numbers: list[Numbers] = []
    texts: list[Texts] = []
    number_names, text_names = [], []
    for i in kept:
        column = _of_kind(names[i], table.columns[i], known[names[i]])
        if isinstance(column, Texts):
            text_names.append(names[i])
            texts.append(column)
        else:
            number_names.append(names[i])
            numbers.append(column)
    rows = table.rows if len(numbers) == len(names) else None
    return BoundTable(number_names, numbers, text_names, texts, table.row_count, rows)


def ignored_names(ignore: bool | str | Collection[str]) -> set[str]:
    """The columns that are named as not for the model."""
    if isinstance(ignore, bool):
        return set()
    return {ignore} if isinstance(ignore, str) else set(ignore)


def rename(names: list[str], mapping: Mapping[str, str] | None) -> list[str]:
    """The names of columns under those of the model."""
    given = dict(mapping or {})
    for name in given:
        if name not in names:
            raise TableError(
                f"`mapping` names the column {name!r}, which the table does not have"
                f"{suggestion(name, names)}.",
                reason="UNKNOWN_COLUMN",
            )
    return [given.get(name, name) for name in names]


def _check_names(names: list[str], known: Mapping[str, Input]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise TableError(f"Twice in the table: {', '.join(twice)}.", reason="DUPLICATE_COLUMN")
    absent = [each.name for each in known.values() if each.name not in names]
    unknown = [name for name in names if name not in known]
    if unknown:
        told = [f"{name!r}{suggestion(name, absent)}" for name in unknown[:5]]
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        raise TableError(
            f"The model does not know the columns {', '.join(told)}{more}. Rename them with "
            "`mapping`, or leave them out with ignore=[...] or ignore=True.",
            reason="UNKNOWN_COLUMN",
        )
    needed = [name for name in absent if known[name].required]
    if needed:
        raise TableError(
            f"The model needs the columns {', '.join(needed)}, which the table does not have. "
            "Where a value is not known, send the column with NaN.",
            reason="MISSING_COLUMN",
        )
    if not names:
        raise TableError("The table has no column that the model knows.", reason="MISSING_COLUMN")


def suggestion(name: str, others: Iterable[str]) -> str:
    """What a mistyped name may mean, in words, or nothing."""
    folded = {other.lower().replace(" ", "_").replace("-", "_"): other for other in others}
    wanted = name.lower().replace(" ", "_").replace("-", "_")
    near = difflib.get_close_matches(wanted, folded, 1, 0.7)
    return f" (did you mean {folded[near[0]]!r}?)" if near else ""


def _of_kind(name: str, column: Column, wanted: Input) -> Column:
    if isinstance(column, Texts):
        if wanted.is_category:
            return column
        if not len(column.dictionary) or not column.codes.any():
            return np.full(len(column.codes), np.nan, "<f4")
        row = int(np.flatnonzero(column.codes)[0])
        text = column.dictionary[int(column.codes[row]) - 1].decode()
        raise TableError(
            f"The column {name!r} holds texts ({text!r} in row {row}) where the model takes "
            "numbers; convert it, with pandas.to_numeric for instance."
        )
    if wanted.is_category and np.isnan(column).all():
        return Texts([], np.zeros(len(column), "<u4"))
    return column
