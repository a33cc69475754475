# SPDX-License-Identifier: Apache-2.0
"""The part of the client that keeps portfolios: companies, facts, runs, scores, risk."""

from __future__ import annotations

import os
import time
from itertools import islice
from pathlib import Path
from typing import Any, Iterable, Iterator, Mapping, Sequence, Union

import grpc

from . import _messages
from ._arguments import Date, day
from ._calls import Calls, Metadata
from ._errors import from_call

PORTFOLIOS = "/vigie.v1.PortfolioService/"
#: Companies of one call, and bytes of one part of a file.
TOGETHER = 1000
PART_BYTES = 1 << 20

#: Nine digits, "siren:…", "lei:…", "own:…", or the message CompanyIdentifier as a dict.
Company = Union[str, Mapping[str, str]]


def identifier(company: Company) -> dict[str, str]:
    """Who a company is, in the form of the message."""
    if not isinstance(company, str):
        return dict(company)
    kind, sign, text = company.partition(":")
    if sign and kind in ("siren", "lei", "own"):
        return {kind: text}
    digits = company.replace(" ", "")
    if len(digits) == 9 and digits.isascii() and digits.isdigit():
        return {"siren": digits}
    raise ValueError(f"{company!r} names no company: write nine digits, 'siren:…', 'lei:…' or "
                     "'own:…'.")


class Asking:
    """Calls of one message each way, from dicts to dicts."""

    _calls: Calls

    def _ask(
        self,
        path: str,
        request: Mapping[str, Any],
        timeout: float | None = None,
        metadata: Metadata | None = None,
    ) -> dict[str, Any]:
        method = path.rpartition("/")[2]
        asked = _messages.from_mapping(f"{method}Request", request)
        answer = self._calls.unary(
            path, asked.SerializeToString(), timeout=timeout, metadata=metadata)
        read = _messages.message(f"{method}Response").FromString(answer)
        return _messages.to_mapping(read)

    def _pages(
        self, path: str, request: Mapping[str, Any], what: str, metadata: Metadata | None = None
    ) -> Iterator[dict[str, Any]]:
        token = ""
        while True:
            page = self._ask(
                path, {"page_size": TOGETHER, **request, "page_token": token}, metadata=metadata)
            yield from page.get(what, [])
            token = page.get("next_page_token", "")
            if not token:
                return


class Following(Asking):
    """Methods of `Client`, which brings the calls.

    What they give are messages as dicts, without what is not set or 0; whole numbers as such, enums
    by their names. Lists are read page by page as one goes through them.
    """

    def portfolios(self, *, metadata: Metadata | None = None) -> Iterator[dict[str, Any]]:
        """The portfolios that the caller sees, by name."""
        return self._pages(PORTFOLIOS + "ListPortfolios", {}, "portfolios", metadata)

    def create_portfolio(self, name: str, note: str = "") -> dict[str, Any]:
        """Makes a portfolio without companies."""
        answer = self._ask(PORTFOLIOS + "CreatePortfolio", {"name": name, "note": note})
        made: dict[str, Any] = answer["portfolio"]
        return made

    def describe_portfolio(self, name: str) -> dict[str, Any]:
        """Describes a portfolio, with its `shares`."""
        answer = self._ask(PORTFOLIOS + "DescribePortfolio", {"portfolio": name})
        return {**answer["portfolio"], "shares": answer.get("shares", [])}

    def share_portfolio(
        self, name: str, role: str, access: str | None = "read"
    ) -> list[dict[str, Any]]:
        """Lets a role see ("read") or change ("write") a portfolio, or neither any more (None)."""
        wanted = {"read": "READ", "write": "WRITE", None: "UNSPECIFIED"}
        if access not in wanted:
            raise ValueError(f"access is {access!r}; there are 'read', 'write' and None.")
        share = {"role": role, "access": f"PORTFOLIO_ACCESS_{wanted[access]}"}
        answer = self._ask(PORTFOLIOS + "SharePortfolio", {"portfolio": name, "share": share})
        shares: list[dict[str, Any]] = answer.get("shares", [])
        return shares

    def delete_portfolio(self, name: str, company_count: int) -> None:
        """Ends a portfolio that has so many companies."""
        self._ask(PORTFOLIOS + "DeletePortfolio",
                  {"portfolio": name, "company_count": company_count})

    # Companies.

    def companies(
        self, portfolio: str, *, metadata: Metadata | None = None
    ) -> Iterator[dict[str, Any]]:
        """The companies of a portfolio, each in the form of FollowedCompany."""
        return self._pages(
            PORTFOLIOS + "ListCompanies", {"portfolio": portfolio}, "companies", metadata)

    def put_companies(
        self, portfolio: str, companies: Iterable[Mapping[str, Any]]
    ) -> dict[str, int]:
        """Adds companies, or changes what is known of them, a thousand at a time.

        Args:
            companies: Each in the form of FollowedCompany; `company` may be a text, such as
                "552100554" or "own:C-1041".

        Returns:
            What changed: `new_companies`, `added`, `changed`, `unchanged`.
        """
        rest = iter(companies)
        counts = {"new_companies": 0, "added": 0, "changed": 0, "unchanged": 0}
        while some := [{**each, "company": identifier(each["company"])}
                       for each in islice(rest, TOGETHER)]:
            answer = self._ask(PORTFOLIOS + "PutCompanies",
                               {"portfolio": portfolio, "companies": some})
            for name, count in answer.get("counts", {}).items():
                counts[name] = counts.get(name, 0) + count
        return counts

    def remove_companies(self, portfolio: str, companies: Iterable[Company]) -> int:
        """Takes companies out of a portfolio, a thousand at a time; says how many it had."""
        rest, removed = iter(companies), 0
        while some := [identifier(each) for each in islice(rest, TOGETHER)]:
            answer = self._ask(PORTFOLIOS + "RemoveCompanies",
                               {"portfolio": portfolio, "companies": some})
            removed += answer.get("removed_count", 0)
        return removed

    def import_companies(
        self,
        portfolio: str,
        file: Union[str, "os.PathLike[str]", bytes],
        *,
        synchronise: bool = False,
        skip_bad_lines: bool = False,
        dry_run: bool = False,
        currency: str = "",
        dialect: str = "",
        encoding: str = "",
        timeout: float = 600.0,
        metadata: Metadata | None = None,
    ) -> dict[str, Any]:
        """Brings the companies of a CSV file into a portfolio.

        Args:
            file: The path of a file, or its bytes.
            synchronise: The file is the whole portfolio: others leave it.

        Returns:
            The message ImportCompaniesResponse: `applied` is absent where nothing was changed, and
            `problems` says what is wrong with lines.
        """
        mode = "IMPORT_MODE_SYNCHRONISE" if synchronise else "IMPORT_MODE_ADD"
        header = _messages.from_mapping("ImportCompaniesRequest", {"header": {
            "portfolio": portfolio, "mode": mode, "skip_bad_lines": skip_bad_lines,
            "dry_run": dry_run, "currency": currency, "dialect": dialect, "encoding": encoding,
        }})
        content = file if isinstance(file, bytes) else Path(os.fspath(file)).read_bytes()

        def parts() -> Iterator[bytes]:
            yield header.SerializeToString()
            part = _messages.message("ImportCompaniesRequest")
            for start in range(0, len(content), PART_BYTES):
                yield part(content=content[start:start + PART_BYTES]).SerializeToString()

        self._calls.check_open()
        call = self._calls.channels[0].stream_unary(PORTFOLIOS + "ImportCompanies")
        try:
            answer = call(parts(), timeout=timeout, metadata=self._calls.headers(metadata, 0))
        except grpc.RpcError as error:
            raise from_call(error) from None
        read = _messages.message("ImportCompaniesResponse").FromString(answer)
        return _messages.to_mapping(read)

    # Facts.

    def record_facts(
        self,
        portfolio: str,
        companies: Sequence[Mapping[str, Any]],
        *,
        source: str,
        line_names: Sequence[str] = (),
        replace: bool = False,
        leave_out_unknown: bool = False,
    ) -> dict[str, Any]:
        """Keeps what is known of companies of a portfolio: all of it or nothing.

        Args:
            companies: At most 1,000, each with `company` and with `facts` in the form of
                CompanyFacts.
            source: Who or what says so, such as the name of a file.
            replace: What comes for a company, a kind and a day is the whole of it.
        """
        return self._ask(PORTFOLIOS + "RecordFacts", {
            "portfolio": portfolio, "source": source, "line_names": list(line_names),
            "mode": "FACT_MODE_REPLACE" if replace else "FACT_MODE_ADD",
            "leave_out_unknown": leave_out_unknown,
            "companies": [{**each, "company": identifier(each["company"])} for each in companies],
        })

    def facts(
        self, portfolio: str, company: Company, *, include_superseded: bool = False
    ) -> Iterator[dict[str, Any]]:
        """What is known of a company of a portfolio, in the order in which it came."""
        return self._pages(PORTFOLIOS + "ListFacts", {
            "portfolio": portfolio, "company": identifier(company),
            "include_superseded": include_superseded,
        }, "facts")

    def assess_company(
        self,
        portfolio: str,
        company: Company,
        *,
        header: Mapping[str, Any] | None = None,
        known_at_microseconds: int | None = None,
    ) -> dict[str, Any]:
        """Assesses a company of a portfolio by what is known of it."""
        asked: dict[str, Any] = {"portfolio": portfolio, "company": identifier(company),
                                 "header": dict(header or {})}
        if known_at_microseconds is not None:
            asked["known_at_microseconds"] = known_at_microseconds
        return self._ask(PORTFOLIOS + "AssessCompany", asked)

    # Runs, scores, risk.

    def start_run(self, portfolio: str = "") -> dict[str, Any]:
        """Asks for a run over a portfolio, or over all: the run, or the one that waits."""
        run: dict[str, Any] = self._ask(PORTFOLIOS + "StartRun", {"portfolio": portfolio})["run"]
        return run

    def runs(self, portfolio: str = "") -> Iterator[dict[str, Any]]:
        """The runs over a portfolio, the newest first."""
        return self._pages(PORTFOLIOS + "ListRuns", {"portfolio": portfolio}, "runs")

    def run(self, portfolio: str, number: int) -> dict[str, Any]:
        """How far a run is."""
        answer = self._ask(PORTFOLIOS + "DescribeRun", {"portfolio": portfolio, "number": number})
        found: dict[str, Any] = answer["run"]
        return found

    def wait_for_run(
        self, portfolio: str, number: int, *, timeout: float = 600.0
    ) -> dict[str, Any]:
        """Waits until a run is done or has failed, and describes it.

        Raises:
            TimeoutError: It is neither within `timeout` seconds; it goes on.
        """
        end = time.monotonic() + timeout
        while True:
            run = self.run(portfolio, number)
            if run["state"] != "RUN_STATE_OPEN":
                return run
            if time.monotonic() >= end:
                raise TimeoutError(f"run {number} is not done within {timeout} s; it goes on")
            time.sleep(0.2)

    def portfolio_scores(
        self, portfolio: str, *, segment: str = "", part: str = ""
    ) -> Iterator[dict[str, Any]]:
        """The companies of a portfolio with their scores, each in the form of ScoredMember.

        Of a segment those that are in it; with `part` "SEGMENT_PART_UNKNOWN" or
        "SEGMENT_PART_OTHERS" the rest.
        """
        asked: dict[str, Any] = {"portfolio": portfolio, "segment": segment}
        if part:
            asked["segment_part"] = part
        return self._pages(PORTFOLIOS + "ListScores", asked, "members")

    def segments(self, portfolio: str) -> list[dict[str, Any]]:
        """The segments of a portfolio, by their names; figures of them are in `risk`."""
        answer = self._ask(PORTFOLIOS + "ListSegments", {"portfolio": portfolio})
        segments: list[dict[str, Any]] = answer.get("segments", [])
        return segments

    def put_segment(
        self, portfolio: str, name: str, condition: str, note: str = ""
    ) -> dict[str, Any]:
        """Keeps a segment, in the place of one of its name."""
        kept: dict[str, Any] = self._ask(PORTFOLIOS + "PutSegment", {
            "portfolio": portfolio,
            "segment": {"name": name, "condition": condition, "note": note},
        })["segment"]
        return kept

    def try_segment(
        self, portfolio: str, name: str, condition: str, *, company_count: int = 10
    ) -> dict[str, Any]:
        """What a segment would hold, who enters and who leaves; keeps nothing."""
        return self._ask(PORTFOLIOS + "TrySegment", {
            "portfolio": portfolio, "segment": {"name": name, "condition": condition},
            "company_count": company_count,
        })

    def delete_segment(self, portfolio: str, name: str) -> None:
        """Ends a segment; its companies stay."""
        self._ask(PORTFOLIOS + "DeleteSegment", {"portfolio": portfolio, "segment": name})

    def company_history(
        self, portfolio: str, company: Company, *, since: Date = None
    ) -> Iterator[dict[str, Any]]:
        """How the score of a company changed, the oldest first; from a year ago unless told."""
        return self._pages(PORTFOLIOS + "CompanyHistory", {
            "portfolio": portfolio, "company": identifier(company), "since_date": day(since),
        }, "scores")

    def risk(
        self,
        portfolio: str,
        *,
        since: Date = None,
        loss_given_default: float | None = None,
        mover_count: int | None = None,
        largest_count: int | None = None,
    ) -> dict[str, Any]:
        """Figures of risk of a portfolio, against another day: the message DescribeRiskResponse."""
        asked: dict[str, Any] = {"portfolio": portfolio, "since_date": day(since)}
        more = {"loss_given_default": loss_given_default, "mover_count": mover_count,
                "largest_count": largest_count}
        asked.update({name: value for name, value in more.items() if value is not None})
        return self._ask(PORTFOLIOS + "DescribeRisk", asked)
