# SPDX-License-Identifier: Apache-2.0
"""The part of the client that decides on companies by the policies of a server."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Iterable, Iterator, Mapping, Union

from . import _messages, _wire
from ._arguments import Date, day
from ._calls import Calls, Metadata
from ._streams import BlockStream

DECISIONS = "/vigie.v1.DecisionService/"
#: Companies of a message: far fewer than one may have, so that answers stay short.
TOGETHER = 256

#: What a fact may be: Decimal and int are exact, a float is the shortest decimal that is it.
Fact = Union[None, bool, int, float, Decimal, str, datetime.date, "list[Any]", "dict[str, Any]"]


class Deciding:
    """Methods of `Client`, which brings the calls."""

    _calls: Calls

    def decide(
        self,
        facts: Mapping[str, Fact],
        *,
        policy: str = "",
        role: str = "",
        as_of: Date = None,
        explanation: str = "MATCH",
        header: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        metadata: Metadata | None = None,
        **company: Any,
    ) -> dict[str, Any]:
        """Decides on one company by a policy of the server.

        Args:
            facts: What is known, by the names of the policy's inputs.
            policy: Its name, or "name@version"; the only one that the server holds unless given.
            role: The role of whoever asks. A server that tells callers apart takes none that is
                greater than the caller's.
            as_of: The day for which is decided.
            explanation: "NONE", "MATCH", "NEAR_MISS" or "FULL".
            header: More of the message DecideHeader, such as `assessment`.
            company: More of the message DecisionCase: company, group, stage, subject, assessed.

        Returns:
            The message DecideResponse as a dict, without what is not set: `decision` and what is
            said once, `context`. Amounts are texts with all their digits, for `decimal.Decimal`.

        Raises:
            ValueError: A key that is no field, or a value that its field does not take.
        """
        asked = _messages.from_mapping("DecideRequest", {
            "header": _header(policy, role, as_of, explanation, header),
            "company": _case({**company, "facts": facts}),
        })
        answer = self._calls.unary(
            DECISIONS + "Decide", asked.SerializeToString(), timeout=timeout, metadata=metadata
        )
        return _messages.to_mapping(_messages.message("DecideResponse").FromString(answer))

    def decide_many(
        self,
        companies: Iterable[Mapping[str, Any]],
        *,
        policy: str = "",
        role: str = "",
        as_of: Date = None,
        explanation: str = "NONE",
        header: Mapping[str, Any] | None = None,
        metadata: Metadata | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Decides on companies as they come.

        Args:
            companies: The message DecisionCase of each, as a dict; `facts` may be a dict of values
                as `decide` takes it. Companies of one group share what bounds the whole where they
                are among the same 256. The other arguments are those of `decide`.

        Returns:
            For each company, in their order, a dict with its `decision`, or with the `error` that
            says what is wrong with its facts.
        """
        head = _messages.from_mapping(
            "DecideHeader", _header(policy, role, as_of, explanation, header))
        rest = iter(companies)

        def blocks() -> Iterator[bytes]:
            while some := [_case(each) for each in islice(rest, TOGETHER)]:
                batch = _messages.from_mapping("DecisionBatch", {"companies": some})
                yield _wire.bytes_field(2, batch.SerializeToString())

        stream = BlockStream(
            self._calls, DECISIONS + "BatchDecide",
            _wire.bytes_field(1, head.SerializeToString()), blocks(), metadata,
        )
        for is_first, answer in stream.answers():
            if not is_first:
                read = _messages.message("BatchDecideResponse").FromString(bytes(answer))
                for each in read.batch.answers:
                    yield _messages.to_mapping(each)


def _header(
    policy: str, role: str, as_of: Date, explanation: str, more: Mapping[str, Any] | None
) -> dict[str, Any]:
    return {
        "policy": policy, "role": role, "as_of_date": day(as_of),
        "explanation": f"DECISION_EXPLANATION_{explanation}", **(more or {}),
    }


def _case(company: Mapping[str, Any]) -> dict[str, Any]:
    """A company in the form of the message."""
    case = dict(company)
    facts = case.get("facts") or {}
    if isinstance(facts, Mapping):
        case["facts"] = [
            {"name": name, "value": fact_value(fact)} for name, fact in facts.items()]
    return case


def fact_value(fact: Fact) -> dict[str, Any]:
    """A value in the form of the message DecisionValue."""
    if fact is None:
        return {}
    if isinstance(fact, bool):
        return {"flag": fact}
    if isinstance(fact, (int, Decimal)):
        return {"decimal": str(fact)}
    if isinstance(fact, datetime.date):
        return {"day": fact.isoformat()[:10]}
    if isinstance(fact, str):
        return {"text": fact}
    if isinstance(fact, Mapping):
        fields = [{"name": name, "value": fact_value(each)} for name, each in fact.items()]
        return {"fields": {"fields": fields}}
    if isinstance(fact, (list, tuple)):
        return {"list": {"values": [fact_value(each) for each in fact]}}
    number = float(fact)
    return {"number": "NaN" if number != number else number}
