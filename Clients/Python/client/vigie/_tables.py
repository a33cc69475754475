# SPDX-License-Identifier: Apache-2.0
"""Tables of callers, of any kind, as columns of numbers and columns of texts.

A missing value stays missing: NaN, None, NA and null become NaN, or code 0 of a text. A whole
number that 64-bit floating point would round is an error, and so is what is neither a number nor a
text, such as a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Iterable, Mapping, Sequence, Union

import numpy as np
from numpy.typing import NDArray

from ._errors import TableError

#: Whole numbers up to here are all exact in 64-bit floating point.
EXACT_MAXIMUM = 1 << 53
#: What `score` takes: a pandas or Arrow table, or what has the Arrow stream interface (polars,
#: DuckDB), a numpy array of rows, a list of dicts, or a dict of columns.
Table = Any


@dataclass(frozen=True)
class Texts:
    """A column of texts: each different text once, and a code for each row, 0 for missing."""

    dictionary: list[bytes]
    codes: NDArray[np.uint32]

    def __getitem__(self, rows: slice) -> "Texts":
        """Some rows, with the texts that they have."""
        used, codes = np.unique(self.codes[rows], return_inverse=True)
        if len(used) and used[0] == 0:
            return Texts([self.dictionary[i - 1] for i in used[1:]], codes.astype("<u4"))
        return Texts([self.dictionary[i - 1] for i in used], (codes + 1).astype("<u4"))


Numbers = NDArray[Any]
Column = Union[Numbers, Texts]


@dataclass(frozen=True)
class Columns:
    """A table as columns by name, or rows of numbers with names."""

    names: list[str]
    #: One for each name; those of numbers are float32 or float64.
    columns: list[Column]
    row_count: int
    #: The same as rows, where the table came as such.
    rows: Numbers | None = None
    #: What names the rows: the index of a DataFrame.
    index: Any = None


def read(table: Table, names: Sequence[str] | None) -> Columns:
    """Reads a table of any kind; `names` are those of the columns of a plain array."""
    if isinstance(table, np.ndarray):
        return _from_array(table, names)
    if names is not None:
        raise TableError("Only a numpy array takes the names of its columns with `columns`.")
    module = type(table).__module__.partition(".")[0]
    if module == "pandas" and hasattr(table, "columns"):
        return _from_pandas(table)
    if module == "pyarrow" and hasattr(table, "column_names"):
        return _from_arrow(table)
    if hasattr(table, "__arrow_c_stream__"):
        import pyarrow

        return _from_arrow(pyarrow.table(table))
    if isinstance(table, Mapping):
        return _from_columns(list(table), list(table.values()))
    if isinstance(table, Iterable) and not isinstance(table, (str, bytes)):
        return _from_dicts(list(table))
    raise TableError(
        f"A {type(table).__name__} is no table; give a DataFrame, an Arrow table, a numpy array, "
        "a list of dicts or a dict of columns."
    )


def _from_array(array: NDArray[Any], names: Sequence[str] | None) -> Columns:
    if array.dtype.names is not None:
        if names is not None:
            raise TableError("A structured array names its columns itself.")
        return _from_columns(list(array.dtype.names), [array[name] for name in array.dtype.names])
    if array.ndim != 2:
        raise TableError(
            f"An array of rows has two dimensions, this one has {array.ndim}; "
            "for one row write array.reshape(1, -1)."
        )
    if names is None:
        raise TableError("A numpy array needs the names of its columns: columns=[...].")
    names = list(names)
    if len(names) != array.shape[1]:
        raise TableError(
            f"The array has {array.shape[1]} columns, and `columns` names {len(names)}."
        )
    if array.dtype.kind not in "fiub" or isinstance(array, np.ma.MaskedArray):
        return _from_columns(names, [array[:, i] for i in range(len(names))])
    rows = as_numbers("the array", array)
    columns: list[Column] = [rows[:, i] for i in range(len(names))]
    # Columns of columns in memory are sent as such.
    is_by_row = rows.flags.c_contiguous or not rows.flags.f_contiguous
    return Columns(names, columns, len(rows), rows if is_by_row else None)


def _from_columns(names: Sequence[Any], values: Sequence[Any], index: Any = None) -> Columns:
    for name in names:
        if not isinstance(name, str):
            raise TableError(f"The name of a column is {name!r}, which is no text.")
    columns = [_column(name, value) for name, value in zip(names, values)]
    counts = {len(c.codes) if isinstance(c, Texts) else len(c) for c in columns}
    if len(counts) > 1:
        raise TableError(f"The columns are not of one length: {sorted(counts)}.")
    return Columns(list(names), columns, counts.pop() if counts else 0, index=index)


def _column(name: str, values: Any) -> Column:
    if isinstance(values, Texts):
        return values
    if isinstance(values, np.ma.MaskedArray):
        numbers = as_numbers(f"column {name!r}", values.filled(0))
        return np.where(np.ma.getmaskarray(values), np.array(np.nan, numbers.dtype), numbers)
    if isinstance(values, np.ndarray) and values.dtype.kind in "fiub":
        return as_numbers(f"column {name!r}", values)
    if isinstance(values, np.ndarray) and values.dtype.kind not in "OUT":
        raise TableError(
            f"The column {name!r} holds {values.dtype.name}, neither numbers nor texts."
        )
    if isinstance(values, (str, bytes)) or not hasattr(values, "__len__"):
        raise TableError(
            f"The column {name!r} is one {type(values).__name__}; a dict of columns has a list or "
            "an array for each, and one row alone is written [{...}]."
        )
    return _from_objects(name, values)


def as_numbers(what: str, values: NDArray[Any]) -> Numbers:
    """Numbers of any width as 32-bit or 64-bit ones that are equal to them.

    Raises:
        TableError: A whole number that would be rounded.
    """
    kind, width = values.dtype.kind, values.dtype.itemsize
    if kind == "f":
        if width > 8:
            raise TableError(f"In {what} there are {values.dtype.name}; make them float64.")
        return values.astype("<f4" if width <= 4 else "<f8", copy=False)
    if width < 8:
        return values.astype("<f4" if width <= 2 else "<f8")
    made = values.astype("<f8")
    limit = float(EXACT_MAXIMUM)
    # What was rounded may be the limit itself by now.
    is_large = np.abs(made) >= limit if made.size and abs(made).max() >= limit else None
    if is_large is not None:
        for place, value in zip(np.argwhere(is_large), values[is_large]):
            if int(float(value)) != int(value):
                raise _rounded(what, int(place[0]), int(value))
    return made


def _rounded(what: str, row: int, value: int) -> TableError:
    return TableError(
        f"In {what}, row {row}: the whole number {value} has no equal in 64-bit floating point, "
        "which the server reckons with. Round it yourself, or leave the column out."
    )


def _from_objects(name: str, values: Any) -> Column:
    """A column of Python's values: all numbers, or all texts, or missing ones."""
    numbers = np.full(len(values), np.nan, "<f8")
    codes = np.zeros(len(values), "<u4")
    dictionary: dict[str, int] = {}
    kinds: dict[bool, tuple[int, Any]] = {}
    for row, value in enumerate(values):
        if value is None or value is _pandas_na(value):
            continue
        if isinstance(value, str):
            codes[row] = dictionary.setdefault(value, len(dictionary) + 1)
        elif isinstance(value, (bool, int, float, Decimal, np.number, np.bool_)):
            numbers[row] = _number(name, row, value)
            if numbers[row] != numbers[row]:
                continue
        else:
            raise TableError(
                f"In column {name!r}, row {row}: a {type(value).__name__} is neither a number nor "
                "a text."
            )
        kinds.setdefault(isinstance(value, str), (row, value))
    if len(kinds) == 2:
        (text_row, text), (row, number) = kinds[True], kinds[False]
        raise TableError(
            f"The column {name!r} mixes numbers and texts: {number!r} in row {row}, {text!r} in "
            f"row {text_row}. For numbers, convert it with pandas.to_numeric; for categories, "
            "with astype(str)."
        )
    if True in kinds:
        return Texts([text.encode() for text in dictionary], codes)
    return numbers


def _number(name: str, row: int, value: Any) -> float:
    if isinstance(value, (int, np.integer)):
        try:
            made = float(value)
        except OverflowError:
            raise _rounded(f"column {name!r}", row, int(value)) from None
        if int(made) != int(value):
            raise _rounded(f"column {name!r}", row, int(value))
        return made
    return float(value)


def _pandas_na(value: Any) -> Any:
    """The value itself if it is a missing value of pandas: NA, or NaT."""
    is_missing = type(value).__name__ in ("NAType", "NaTType")
    return value if is_missing else _NOTHING


_NOTHING = object()


def _from_pandas(frame: Any) -> Columns:
    names, values = list(frame.columns), []
    for place, name in enumerate(names):
        values.append(_of_series(str(name), frame.iloc[:, place]))
    made = _from_columns(names, values, frame.index)
    return Columns(made.names, made.columns, len(frame), None, frame.index)


def _of_series(name: str, series: Any) -> Any:
    dtype = series.dtype
    if isinstance(dtype, np.dtype):
        return series.to_numpy()
    kind = getattr(dtype, "kind", "O")
    if dtype.name == "category":
        return _of_categories(name, series)
    if kind in "iub":
        # Missing ones apart, so that whole numbers do not pass through floating point unseen.
        missing = series.isna().to_numpy()
        of_none = False if kind == "b" else 0
        whole = series.fillna(of_none).to_numpy(dtype="bool" if kind == "b" else f"{kind}8")
        numbers = as_numbers(f"column {name!r}", whole)
        return np.where(missing, np.array(np.nan, numbers.dtype), numbers)
    if kind == "f":
        return series.to_numpy(dtype="<f8", na_value=np.nan)
    if kind == "M":
        raise TableError(f"The column {name!r} holds {dtype}, neither numbers nor texts.")
    return [None if is_missing else value
            for value, is_missing in zip(series.tolist(), series.isna().tolist())]


def _of_categories(name: str, series: Any) -> Any:
    categories = series.cat.categories
    codes = series.cat.codes.to_numpy()
    if all(isinstance(text, str) for text in categories):
        return Texts([text.encode() for text in categories], (codes + 1).astype("<u4"))
    # The last is for missing ones, whose code is -1.
    values = _column(name, [*categories, None])
    return values if isinstance(values, Texts) else values[codes]


def _from_arrow(table: Any) -> Columns:
    values = [_of_arrow(name, table.column(place)) for place, name in enumerate(table.column_names)]
    made = _from_columns(table.column_names, values)
    return Columns(made.names, made.columns, table.num_rows)


def _of_arrow(name: str, array: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(array, pa.ChunkedArray):
        # Dictionaries of chunks may differ; combining makes one of them.
        array = array.unify_dictionaries().combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    kind = array.type
    if pa.types.is_dictionary(kind) and _is_text(kind.value_type):
        if array.dictionary.null_count:
            array = array.dictionary_decode().dictionary_encode()
        codes = pc.fill_null(pc.add(array.indices.cast("int64"), 1), 0)
        texts = [text.encode() for text in array.dictionary.to_pylist()]
        return Texts(texts, codes.to_numpy(zero_copy_only=False).astype("<u4"))
    if _is_text(kind):
        return _of_arrow(name, array.dictionary_encode())
    if pa.types.is_dictionary(kind):
        return _of_arrow(name, array.dictionary_decode())
    if pa.types.is_null(kind):
        return np.full(len(array), np.nan, "<f8")
    if pa.types.is_boolean(kind):
        array = array.cast("uint8")
    elif pa.types.is_decimal(kind):
        array = array.cast("float64")
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        raise TableError(f"The column {name!r} holds {kind}, neither numbers nor texts.")
    if not array.null_count:
        return array.to_numpy(zero_copy_only=False)
    missing = array.is_null().to_numpy(zero_copy_only=False)
    filled = pc.fill_null(array, 0).to_numpy(zero_copy_only=False)
    numbers = as_numbers(f"column {name!r}", filled)
    return np.where(missing, np.array(np.nan, numbers.dtype), numbers)


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind)
                or getattr(pa.types, "is_string_view", lambda _: False)(kind))


def _from_dicts(rows: list[Any]) -> Columns:
    names: dict[str, None] = {}
    for place, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise TableError(
                f"Row {place} of the list is a {type(row).__name__}; a list of rows has dicts."
            )
        names.update(dict.fromkeys(row))
    made = _from_columns(list(names), [[row.get(name) for row in rows] for name in names])
    return Columns(made.names, made.columns, len(rows))
