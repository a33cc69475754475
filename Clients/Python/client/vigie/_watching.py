# SPDX-License-Identifier: Apache-2.0
"""The part of the client that hears of alerts, and of whom to call."""

from __future__ import annotations

import time
from typing import Any, Iterator, Mapping, Sequence

import grpc

from . import _messages
from ._arguments import Date, day
from ._calls import Metadata, pushback
from ._errors import from_call
from ._following import Asking, Company, identifier

ALERTS = "/vigie.v1.AlertService/"
COLLECTION = "/vigie.v1.CollectionService/"


class Watching(Asking):
    """Methods of `Client`, which brings the calls. What they give are messages as dicts, as those
    of portfolios are."""

    _language: str

    def alert_rules(self, portfolio: str) -> list[dict[str, Any]]:
        """The rules of a portfolio, by name."""
        answer = self._ask(ALERTS + "ListRules",
                           {"portfolio": portfolio, "language": self._language})
        rules: list[dict[str, Any]] = answer.get("rules", [])
        return rules

    def put_alert_rule(self, portfolio: str, rule: Mapping[str, Any]) -> dict[str, Any]:
        """Keeps a rule, in the form of AlertRule, in place of the one of its name."""
        kept: dict[str, Any] = self._ask(
            ALERTS + "PutRule", {"portfolio": portfolio, "rule": dict(rule)})["rule"]
        return kept

    def put_standard_alert_rules(self, portfolio: str) -> list[dict[str, Any]]:
        """Keeps the standard rules that a portfolio does not have, and gives them."""
        answer = self._ask(ALERTS + "PutStandardRules",
                           {"portfolio": portfolio, "language": self._language})
        rules: list[dict[str, Any]] = answer.get("rules", [])
        return rules

    def delete_alert_rule(self, portfolio: str, rule: str) -> None:
        """Ends the rule of a name."""
        self._ask(ALERTS + "DeleteRule", {"portfolio": portfolio, "rule": rule})

    def alerts(
        self, portfolio: str, *, state: str = "", company: Company | None = None
    ) -> Iterator[dict[str, Any]]:
        """The alerts of a portfolio, the newest first.

        Args:
            state: How far they are, by the end of a name of AlertListState, such as "OPEN".
            company: Only those of one company.
        """
        asked: dict[str, Any] = {"portfolio": portfolio}
        if state:
            asked["state"] = f"ALERT_LIST_STATE_{state}"
        if company is not None:
            asked["company"] = identifier(company)
        return self._pages(ALERTS + "ListAlerts", asked, "alerts")

    def act_on_alerts(
        self, portfolio: str, alerts: Sequence[int], *, note: str = "", **action: Any
    ) -> dict[str, Any]:
        """Does something with alerts.

        Args:
            alerts: Their numbers.
            action: One of the message ActOnAlertsRequest: `acknowledge=True`,
                `assign={"assignee": …}`, `snooze={"until_day": …}`, `resolve=True`, `reopen=True`.

        Returns:
            `alerts` as they are now, and `refusals` of those with which it could not be done.
        """
        return self._ask(ALERTS + "ActOnAlerts", {
            "portfolio": portfolio, "alerts": list(alerts), "note": note, **action})

    def explain_alert(
        self, portfolio: str, rule: str, company: Company | None = None
    ) -> dict[str, Any]:
        """Why a rule raises an alert about a company, or none."""
        asked: dict[str, Any] = {"portfolio": portfolio, "rule": rule, "language": self._language}
        if company is not None:
            asked["company"] = identifier(company)
        return self._ask(ALERTS + "ExplainAlert", asked)

    def watch_alerts(
        self,
        portfolio: str,
        *,
        cursor: str = "",
        from_beginning: bool = False,
        heartbeats: bool = False,
        metadata: Metadata | None = None,
    ) -> Iterator[dict[str, Any]]:
        """What happens in a portfolio, as it happens, without end.

        Keep the `cursor` of the last message: who goes on from it misses nothing. A connection that
        is lost is made again and goes on there, as often as the client's `retry` allows without a
        message in between.

        Args:
            cursor: From where on; what happens from now on unless given.
            from_beginning: Without a cursor, begin with the oldest event that there is.
            heartbeats: Whether messages that only move the cursor are given, too.
        """
        failures = 0
        read = _messages.message("WatchAlertsResponse").FromString
        while True:
            self._calls.check_open()
            asked = _messages.from_mapping("WatchAlertsRequest", {
                "portfolio": portfolio, "cursor": cursor, "language": self._language,
                "from_beginning": from_beginning and not cursor,
            })
            call = self._calls.channels[0].unary_stream(ALERTS + "WatchAlerts")(
                asked.SerializeToString(), metadata=self._calls.headers(metadata, failures))
            try:
                for answer in call:
                    message = _messages.to_mapping(read(answer))
                    cursor, failures = message.get("cursor", cursor), 0
                    if heartbeats or message.keys() - {"cursor"}:
                        yield message
                # The server ended it: it goes on elsewhere.
                delay = self._calls.retry.first_delay
            except grpc.RpcError as error:
                failures += 1
                failure = from_call(error)
                given = self._calls.retry.delay(failures, failure, pushback(error))
                if given is None:
                    raise failure from None
                delay = given
            finally:
                call.cancel()
            time.sleep(delay)

    # Whom to call.

    def worklist(
        self, portfolio: str, *, as_of: Date = None, limit: int = 100
    ) -> dict[str, Any]:
        """Whom to call and to write to: the message GetWorklistResponse."""
        return self._ask(COLLECTION + "GetWorklist", {
            "portfolio": portfolio, "as_of_date": day(as_of), "limit": limit,
            "language": self._collection_language,
        })

    def explain_customer(
        self, portfolio: str, company: Company, *, as_of: Date = None
    ) -> dict[str, Any]:
        """How a customer stands, with its open invoices: the message ExplainCustomerResponse."""
        return self._ask(COLLECTION + "ExplainCustomer", {
            "portfolio": portfolio, "company": identifier(company), "as_of_date": day(as_of),
            "language": self._collection_language,
        })

    @property
    def _collection_language(self) -> str:
        name = "FRENCH" if self._language == "fr" else "ENGLISH"
        return f"COLLECTION_LANGUAGE_{name}"
