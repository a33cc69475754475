# SPDX-License-Identifier: Apache-2.0
"""The part of the client that assesses companies."""

from __future__ import annotations

from typing import Any, Collection, Mapping, Sequence

from . import _assess, _messages, _wire
from ._arguments import Date, day
from ._calls import Calls, Metadata
from ._streams import BlockStream
from ._tables import Table, read

ASSESSMENTS = "/vigie.v1.AssessmentService/"


class Assessing:
    """Methods of `Client`, which brings the calls."""

    _calls: Calls

    def assess_table(
        self,
        table: Table,
        *,
        columns: Sequence[str] | None = None,
        model: str = "",
        card: str = "",
        mapping: Mapping[str, str] | None = None,
        ignore: Collection[str] = (),
        as_of: Date = None,
        metadata: Metadata | None = None,
    ) -> _assess.Assessments:
        """Assesses companies that are rows of a table: outcomes before figures.

        The columns are facts, such as `legal_state` or `closing_day` (days are counted from
        1970-01-01), and items of statements, such as `net_sales` and `net_sales@1`; the message
        AssessRowsHeader of the API tells all of them.

        Args:
            card: The model for statements of which many items are missing; the server's choice
                unless given. The other arguments are those of `score`.
        """
        read_table = read(table, columns)
        bound, facts, items = _assess.bind(read_table, mapping=mapping, ignore=ignore)
        header = _assess.header(facts, items, model=model, card=card, as_of=day(as_of))
        parts = _assess.Assembler(bound.names)
        context: dict[str, Any] = {}
        stream = BlockStream(
            self._calls, ASSESSMENTS + "StreamAssessRows", _wire.bytes_field(1, header),
            bound.blocks(), metadata,
        )
        for is_first, answer in stream.answers():
            found = dict(_wire.fields(answer))
            body = _wire.as_bytes(found.get(1 if is_first else 2, memoryview(b"")))
            if is_first:
                read_context = _messages.message("AssessmentContext").FromString(bytes(body))
                context = _messages.to_mapping(read_context)
            else:
                parts.add(body)
        return parts.assessments(bound.row_count, context, read_table.index)

    def assess(
        self,
        company: Mapping[str, Any],
        *,
        header: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        metadata: Metadata | None = None,
    ) -> dict[str, Any]:
        """Assesses one company from all its facts.

        Args:
            company: What is known of it, as a dict in the form of the message CompanyFacts.
            header: How it is assessed, in the form of AssessHeader.

        Returns:
            The message AssessResponse as a dict, without what is not set; whole numbers as such,
            enums by their names.

        Raises:
            ValueError: A key that is no field, or a value that its field does not take.
        """
        asked = _messages.from_mapping(
            "AssessRequest", {"header": dict(header or {}), "company": dict(company)}
        )
        answer = self._calls.unary(
            ASSESSMENTS + "Assess", asked.SerializeToString(), timeout=timeout, metadata=metadata
        )
        return _messages.to_mapping(_messages.message("AssessResponse").FromString(answer))
