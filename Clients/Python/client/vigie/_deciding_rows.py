# SPDX-License-Identifier: Apache-2.0
"""The part of the client that scores rows of a table and decides on them, in one stream."""

from __future__ import annotations

import datetime
from typing import Any, Collection, ContextManager, Iterator, Mapping, Sequence

import numpy as np

from . import _encode, _messages, _tables, _wire
from ._arguments import Date, day, names_of
from ._calls import Calls, Metadata
from ._decided_rows import DEFAULT_DECISIONS, DECISIONS_OF_ROWS, DecidedRows, Decisions
from ._deciding import DECISIONS, Fact, fact_value
from ._errors import TableError, VigieError
from ._models import Model
from ._scores import DEFAULT_OUTPUTS, OUTPUTS, Assembler, bad_answer
from ._streams import BlockStream
from ._tables import Columns, Table, Texts

#: Inputs that are those of a row's score where no column says otherwise.
OF_SCORES = ("probability", "risk_class", "score")


class DecidingRows:
    """Methods of `Client`, which brings the calls and the descriptions of models."""

    _calls: Calls

    def _describe(self, name: str) -> Model:
        raise NotImplementedError

    def _forgetting(self, name: str) -> ContextManager[None]:
        raise NotImplementedError

    def decide_rows(
        self,
        table: Table,
        facts: Table = None,
        *,
        same: Mapping[str, Fact] | None = None,
        policy: str = "",
        model: str = "",
        outputs: Sequence[str] = DEFAULT_DECISIONS,
        scores: Sequence[str] = DEFAULT_OUTPUTS,
        columns: Sequence[str] | None = None,
        mapping: Mapping[str, str] | None = None,
        ignore: bool | Collection[str] = False,
        as_of: Date = None,
        role: str = "",
        stage: str = "",
        subject: str = "",
        metadata: Metadata | None = None,
    ) -> Decisions:
        """Scores rows and decides on them by a policy of the server: columns in, columns out.

        Args:
            table: What the model takes, as `score` takes it; `columns`, `mapping` and `ignore` are
                those of `score`, too.
            facts: What the policy takes beside the scores, for the same rows: a dict of numpy
                arrays or lists, or a DataFrame, an Arrow table, a list of dicts. Names are those
                of the policy's inputs, and "stage" and "subject". Days are `datetime64` or
                `datetime.date`; truth values are bool; NaN, None and NaT are not known.
            same: What is the same of all rows, as `decide` takes facts; lists only come here.
            policy: Its name, or "name@version"; the only one that holds unless given.
            model: Name of the model, or "name@version"; empty for the server's default.
            outputs: What of the decisions is answered, some of `vigie.DECISIONS_OF_ROWS`; what
                nobody asks for is not computed.
            scores: What of the scores is answered, as `outputs` of `score`; may be empty.
            as_of: The day for which is scored and decided; today in UTC unless given.
            role: The role of whoever asks. A server that tells callers apart takes none that is
                greater than the caller's.
            stage: Such as "order", of all rows, unless `facts` has it.
            subject: "legal_person" or "natural_person", of all rows, unless `facts` has it.
            metadata: Headers of this call.

        Raises:
            TableError: The tables do not fit the model or each other, or hold what cannot be sent.
            VigieError: The call failed. A row on which nothing can be decided is no error: see
                its outcome and `missing`.
        """
        _check("outputs", outputs, DECISIONS_OF_ROWS)
        _check("scores", scores, OUTPUTS)
        described = self._describe(model)
        read_table = _tables.read(table, names_of(table, columns, described.inputs))
        bound = _encode.bind(read_table, described.inputs, mapping=mapping, ignore=ignore)
        told = read_facts(facts, bound.row_count)
        header = _header(bound, told, scores=scores, outputs=outputs, same=same or {}, values={
            "policy": policy, "model": model, "role": role, "as_of_date": day(as_of),
            **({"stage": f"BUSINESS_STAGE_{stage.upper()}"} if stage else {}),
            **({"subject": f"DECISION_SUBJECT_{subject.upper()}"} if subject else {}),
        })
        parts = DecidedRows(
            bound.row_count, outputs, Assembler(bound.row_count, scores, 0, bound.all_names))
        stream = BlockStream(
            self._calls, DECISIONS + "StreamDecideRows", _wire.bytes_field(1, header),
            _blocks(bound, told), metadata,
        )
        context = None
        with self._forgetting(model):
            for is_first, answer in stream.answers():
                found = dict(_wire.fields(answer))
                nothing = memoryview(b"")
                if not is_first:
                    parts.add(_wire.as_bytes(found.get(2, nothing)), context)
                    continue
                now = _messages.message("DecideRowsContext").FromString(
                    bytes(_wire.as_bytes(found.get(1, nothing))))
                if context is not None and _identity(now) != _identity(context):
                    raise VigieError(
                        "ABORTED",
                        "The server came back with another version of the model or policy, and the "
                        "table is half decided; decide on it again.",
                        reason="POLICY_CHANGED",
                    )
                context = now
        if context is None:
            raise bad_answer("It does not say by what it decides.")
        return parts.decisions(context, read_table.index)


def _check(what: str, names: Sequence[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"{name!r} is none of the {what}; there are {', '.join(known)}.")
    if len(set(names)) < len(names):
        raise ValueError(f"`{what}` names one twice.")


def _identity(context: Any) -> tuple[str, str]:
    return context.model.content_hash, context.policy_content_hash


def read_facts(table: Table, row_count: int) -> Columns:
    """What a policy takes of rows, as columns of numbers and of texts."""
    if table is None:
        return Columns([], [], row_count)
    if isinstance(table, Mapping):
        table = {name: _days(values) for name, values in table.items()}
    elif type(table).__module__.partition(".")[0] == "pandas" and hasattr(table, "columns"):
        # Columns of other kinds stay what they are: categories have their codes already.
        made = [(name, table.iloc[:, place]) for place, name in enumerate(table.columns)]
        days = {name: _days(series) for name, series in made if isinstance(name, str)}
        table = table.assign(**{
            name: days[name] for name, series in made
            if name in days and days[name] is not series})
    read = _tables.read(table, None)
    if read.names and read.row_count != row_count:
        raise TableError(
            f"The table has {row_count} rows, and `facts` has {read.row_count}: a row of one is a "
            "row of the other."
        )
    # What of no row is known has no kind, and is what it is when nothing is said of it.
    kept = [
        place for place, (name, column) in enumerate(zip(read.names, read.columns))
        if name in OF_SCORES or isinstance(column, Texts) or not np.isnan(column).all()]
    return Columns(
        [read.names[place] for place in kept], [read.columns[place] for place in kept], row_count)


def _days(values: Any) -> Any:
    """Days as numbers from 1970 on, where a column has some; anything else as it is."""
    dtype = getattr(values, "dtype", None)
    if dtype is None or dtype == object:
        if isinstance(values, (str, bytes)) or not hasattr(values, "__len__"):
            return values
        known = (each for each in values if not _is_missing(each))
        if not isinstance(next(known, None), datetime.date):
            return values
        values = np.array([_day(each) for each in values], "datetime64[D]")
    elif getattr(dtype, "kind", "") != "M":
        return values
    elif getattr(dtype, "tz", None) is not None:
        raise TableError("A day has no time zone; write series.dt.date.", reason="INVALID_DATE")
    days = np.asarray(values).astype("datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype("i8").astype("f8"))


def _is_missing(value: Any) -> bool:
    """None, NaN, or what pandas has for either."""
    is_none = value is None or type(value).__name__ in ("NAType", "NaTType")
    return is_none or isinstance(value, float) and value != value


def _day(value: Any) -> Any:
    if _is_missing(value):
        return np.datetime64("NaT")
    if not isinstance(value, datetime.date):
        raise TableError(f"{value!r} stands in a column of days.", reason="INVALID_DATE")
    return np.datetime64(value.isoformat()[:10])


def _header(
    bound: _encode.BoundTable, facts: Columns, *, scores: Sequence[str], outputs: Sequence[str],
    same: Mapping[str, Fact], values: Mapping[str, Any],
) -> bytes:
    """A DecideRowsHeader."""
    is_text = [isinstance(column, Texts) for column in facts.columns]
    made = _messages.from_mapping("DecideRowsHeader", {
        **values,
        "columns": bound.names, "text_columns": bound.text_names,
        "score_outputs": [OUTPUTS[name][0] for name in scores],
        "fact_columns": [name for name, text in zip(facts.names, is_text) if not text],
        "fact_text_columns": [name for name, text in zip(facts.names, is_text) if text],
        "facts": [{"name": name, "value": fact_value(fact)} for name, fact in same.items()],
        "outputs": [DECISIONS_OF_ROWS[name] for name in outputs],
    })
    data: bytes = made.SerializeToString()
    return data


def _blocks(bound: _encode.BoundTable, facts: Columns) -> Iterator[bytes]:
    """The rows as messages, each with what the model and the policy take."""
    numbers = [column for column in facts.columns if not isinstance(column, Texts)]
    texts = [column for column in facts.columns if isinstance(column, Texts)]
    width = 8 * len(numbers) + 4 * len(texts)
    size = min(bound.block_rows, max(1, _encode.BLOCK_BYTES // max(1, width)))
    for first in range(0, bound.row_count, size):
        rows = slice(first, min(first + size, bound.row_count))
        values = b"".join(np.ascontiguousarray(each[rows], "<f8").tobytes() for each in numbers)
        told = _wire.bytes_field(1, values) if numbers else b""
        told += b"".join(_wire.bytes_field(2, _encode.text_column(each[rows])) for each in texts)
        block = _wire.bytes_field(1, bound.row_block(rows)) + _wire.bytes_field(2, told)
        yield _wire.bytes_field(2, block)
