# SPDX-License-Identifier: Apache-2.0
"""The client: one object for a server, whose methods may be called from any thread."""

from __future__ import annotations

import time
from collections import deque
from itertools import chain
from typing import Any, Collection, Iterable, Iterator, Mapping, Sequence

import grpc

from . import _encode, _messages, _wire
from ._addresses import Address, parse_target
from ._arguments import (
    Date, check_load_balancing, check_outputs, check_plain, check_reasons, day, names_of,
)
from ._assessing import Assessing
from ._deciding import Deciding
from ._deciding_rows import DecidingRows
from ._following import Following
from ._calls import (
    PEM, Calls, Metadata, RetryPolicy, Token, environment, read_pem,
)
from ._errors import ConnectionFailedError, TableError, VigieError
from ._models import Model, ModelIdentity, ModelSummary, read_identity, read_model, read_summary
from ._scores import DEFAULT_OUTPUTS, OUTPUTS, Assembler, Scores, bad_answer
from ._streams import BlockStream
from ._tables import Table, read
from ._watching import Watching

SCORING = "/vigie.v1.ScoringService/"
MODELS = "/vigie.v1.ModelService/"
HEALTH = "/grpc.health.v1.Health/"
#: Tables up to here go in one call, with its deadline; larger ones in a stream.
SINGLE_CALL_ROWS = 1024
HEALTH_WORDS = ("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN")


class Client(Assessing, Deciding, DecidingRows, Following, Watching):
    """A connection to a Vigie server.

    ```python
    with vigie.Client("scoring.example.com", ca="ca.pem") as client:
        scores = client.score(frame, reasons=3)
    ```

    Args:
        target: `HOST`, `HOST:PORT`, `[IPV6]:PORT` or `unix:PATH`; the port is 7443 unless given.
            Several IP addresses may stand in a list, or with commas between them; they have the
            name of the first unless `server_name` gives one. Without it the variable VIGIE_SERVER
            counts, and then 127.0.0.1:7443.
        load_balancing: Of several addresses, those of a name too, "pick_first" takes the first
            that can be connected to, and "round_robin" all of them in turn.
        ca: PEM file, or PEM text, of the certificates that are trusted to sign the server's;
            without it VIGIE_CA_CERT, and then the roots that gRPC brings along.
        cert: PEM file or text of the client's certificate, where the server asks for one.
        key: PEM file or text of its private key.
        server_name: Name that the server's certificate must carry; the host unless given.
        tls: False only for a proxy on this machine that does TLS itself.
        token: Bearer token of each call, or a function that gives it.
        metadata: Headers of each call, beside those of a single call.
        timeout: Seconds within which a single call must be answered, retries included.
        retry: How calls that found the server unavailable are repeated.
        language: "en" or "fr": of texts for people.
    """

    def __init__(
        self,
        target: Address | None = None,
        *,
        load_balancing: str = "pick_first",
        ca: PEM | None = None,
        cert: PEM | None = None,
        key: PEM | None = None,
        server_name: str | None = None,
        tls: bool = True,
        token: Token | None = None,
        metadata: Metadata = (),
        timeout: float = 10.0,
        retry: RetryPolicy = RetryPolicy(),
        language: str = "en",
    ) -> None:
        here = environment({"server": None, "server_name": server_name})
        if ca is None:
            ca = environment({"ca_cert": None})["ca_cert"]
        address = parse_target(target or here["server"] or "127.0.0.1")
        check_load_balancing(load_balancing)
        if not tls:
            check_plain(address, ca, cert, token)
        if (cert is None) != (key is None):
            raise ValueError("`cert` and `key` belong together: give both, or none.")
        credentials = grpc.ssl_channel_credentials(
            None if ca is None else read_pem("ca", ca),
            None if key is None else read_pem("key", key),
            None if cert is None else read_pem("cert", cert),
        ) if tls else None
        self._language = language
        self._described: dict[str, Model] = {}
        self._calls = Calls(
            address, load_balancing=load_balancing, credentials=credentials,
            server_name=here["server_name"], token=token, metadata=metadata, timeout=timeout,
            retry=retry, connections=1,
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends all calls and the connection."""
        self._calls.close()

    def __repr__(self) -> str:
        return f"<vigie.Client of {self._calls.address}>"

    # Scores.

    def score(
        self,
        table: Table,
        *,
        columns: Sequence[str] | None = None,
        model: str = "",
        reasons: int = 0,
        outputs: Sequence[str] = DEFAULT_OUTPUTS,
        mapping: Mapping[str, str] | None = None,
        ignore: bool | Collection[str] = False,
        as_of: Date = None,
        timeout: float | None = None,
        metadata: Metadata | None = None,
    ) -> Scores:
        """Scores a table: one result for each row, in the order of the rows.

        Args:
            table: A DataFrame, an Arrow table, a numpy array of rows, a list of dicts, or a dict
                of columns. NaN, None, NA and null are values that are not known.
            columns: Names of the columns of a numpy array; without them it has all inputs of the
                model in their order.
            model: Name of the model, or "name@version"; empty for the server's default.
            reasons: How many reasons to give for each row.
            outputs: What to give for each row: some of "probability", "score", "risk_class",
                "percentile", "raw_score".
            mapping: Names of the model by those of the table, where they differ.
            ignore: Columns that are not for the model; True leaves out all that it does not know.
            as_of: The day for which the companies are assessed; today in UTC unless given.
            timeout: Seconds of a table that goes in one call; a larger one takes as long as it
                takes, but not above 30 seconds without an answer.
            metadata: Headers of this call.

        Raises:
            TableError: The table does not fit the model, or holds what cannot be sent.
            VigieError: The call failed. A row that cannot be scored is no error: see
                `Scores.outcome` and `Scores.issues`.
        """
        check_outputs(outputs)
        check_reasons(reasons)
        described = self._describe(model)
        read_table = read(table, names_of(table, columns, described.inputs))
        bound = _encode.bind(read_table, described.inputs, mapping=mapping, ignore=ignore)
        numbers = [OUTPUTS[name][0] for name in outputs]
        header = _encode.header(
            bound, model=model, outputs=numbers, reasons=reasons, as_of=day(as_of)
        )
        parts = Assembler(bound.row_count, outputs, reasons, bound.all_names)
        identity: ModelIdentity | None = None
        with self._forgetting(model):
            if 0 < bound.row_count <= SINGLE_CALL_ROWS:
                identity = self._score_at_once(bound, header, parts, timeout, metadata)
            else:
                for identity, block in self._blocks(header, bound.blocks(), metadata):
                    if block is not None:
                        parts.add(block)
        if identity is None:
            raise bad_answer("It has no model.")
        return self._result(model, identity, reasons, parts, read_table.index)

    def score_stream(
        self,
        tables: Iterable[Table],
        *,
        columns: Sequence[str] | None = None,
        model: str = "",
        reasons: int = 0,
        outputs: Sequence[str] = DEFAULT_OUTPUTS,
        mapping: Mapping[str, str] | None = None,
        ignore: bool | Collection[str] = False,
        as_of: Date = None,
        metadata: Metadata | None = None,
    ) -> Iterator[Scores]:
        """Scores tables as they come, such as the chunks of a file: a result for each, in order.

        All go through one stream, and have the columns of the first. Up to 16 blocks of some
        thousand rows are under way ahead of their answers, so memory does not grow with the number
        of tables. `tables` is read on a thread of the stream.

        Args:
            tables: Tables as `score` takes them. The other arguments are those of `score`.
        """
        check_outputs(outputs)
        check_reasons(reasons)
        described = self._describe(model)
        source = iter(tables)
        under_way: deque[tuple[Assembler, Any]] = deque()
        names: list[list[str]] = []

        def bound_tables() -> Iterator[_encode.BoundTable]:
            for table in source:
                columns_read = read(table, names_of(table, columns, described.inputs))
                bound = _encode.bind(
                    columns_read, described.inputs, mapping=mapping, ignore=ignore
                )
                names.append([*bound.names, "", *bound.text_names])
                if names[-1] != names[0]:
                    raise TableError(
                        f"The columns of table {len(names) - 1} are not those of the first."
                    )
                del names[1:-1]
                parts = Assembler(bound.row_count, outputs, reasons, bound.all_names)
                under_way.append((parts, columns_read.index))
                yield bound

        bounds = bound_tables()
        first = next(bounds, None)
        if first is None:
            return
        numbers = [OUTPUTS[name][0] for name in outputs]
        header = _encode.header(first, model=model, outputs=numbers, reasons=reasons,
                                as_of=day(as_of))
        blocks = (block for bound in chain([first], bounds) for block in bound.blocks())
        identity: ModelIdentity | None = None
        with self._forgetting(model):
            for told, block in self._blocks(header, blocks, metadata):
                identity = told
                while block is not None and under_way[0][0].is_complete:
                    # A table without rows has no block.
                    yield self._result(model, identity, reasons, *under_way.popleft())
                if block is not None:
                    under_way[0][0].add(block)
                while under_way and under_way[0][0].is_complete:
                    yield self._result(model, identity, reasons, *under_way.popleft())

    def _result(
        self, model: str, identity: ModelIdentity, reasons: int, parts: Assembler, index: Any
    ) -> Scores:
        features = self._features(model, identity) if reasons else ()
        return parts.scores(identity, features, index)

    def _score_at_once(
        self, bound: _encode.BoundTable, header: bytes, parts: Assembler,
        timeout: float | None, metadata: Metadata | None,
    ) -> ModelIdentity:
        request = _wire.bytes_field(1, header) + bound.block(slice(0, bound.row_count))
        answer = self._calls.unary(
            SCORING + "ScoreRows", request, timeout=timeout, metadata=metadata
        )
        found = dict(_wire.fields(answer))
        if 1 not in found or 2 not in found:
            raise bad_answer("It has no model or no block.")
        parts.add(_wire.as_bytes(found[2]))
        return read_identity(_wire.as_bytes(found[1]))

    def _blocks(
        self, header: bytes, blocks: Iterator[bytes], metadata: Metadata | None
    ) -> Iterator[tuple[ModelIdentity, memoryview | None]]:
        """The answers to blocks, each with the model; the first is the model alone."""
        identity: ModelIdentity | None = None
        stream = BlockStream(
            self._calls, SCORING + "StreamScoreRows", _wire.bytes_field(1, header), blocks,
            metadata,
        )
        for is_first, answer in stream.answers():
            found = dict(_wire.fields(answer))
            nothing = memoryview(b"")
            if is_first:
                now = read_identity(_wire.as_bytes(found.get(1, nothing)))
                if identity is not None and now.content_hash != identity.content_hash:
                    raise VigieError(
                        "ABORTED",
                        "The server came back with another version of the model, and the table is "
                        "half scored; score it again.",
                        reason="MODEL_CHANGED",
                    )
                if identity is None:
                    yield now, None
                identity = now
            elif identity is not None:
                yield identity, _wire.as_bytes(found.get(2, nothing))

    # Models and health.

    def models(self) -> list[ModelSummary]:
        """The models of the server, in the order of their names."""
        found: list[ModelSummary] = []
        token = ""
        while True:
            request = _messages.message("ListModelsRequest")(page_size=1000, page_token=token)
            answer = self._messages_call(MODELS + "ListModels", request, "ListModelsResponse")
            found += [read_summary(each, self._language) for each in answer.models]
            token = answer.next_page_token
            if not token:
                return found

    def model(self, name: str = "") -> Model:
        """The description of a model, its inputs and its card; the default model unless named."""
        request = _messages.message("DescribeModelRequest")(name=name)
        answer = self._messages_call(MODELS + "DescribeModel", request, "DescribeModelResponse")
        described = read_model(answer.model, self._language)
        self._described[name] = described
        return described

    def health(self, service: str = "", *, timeout: float | None = None) -> str:
        """What the server says of itself: "SERVING", "NOT_SERVING" or "UNKNOWN"."""
        request = _wire.bytes_field(1, service.encode()) if service else b""
        answer = self._calls.unary(HEALTH + "Check", request, timeout=timeout)
        status = _wire.as_number(dict(_wire.fields(answer)).get(1, 0))
        return HEALTH_WORDS[status] if status < len(HEALTH_WORDS) else str(status)

    def wait_until_serving(self, timeout: float = 30.0) -> None:
        """Waits for a server that is just starting.

        Raises:
            VigieError: It does not serve within `timeout` seconds, or cannot be trusted.
        """
        ends = time.monotonic() + timeout
        while True:
            failure = VigieError("UNAVAILABLE", f"The server does not serve after {timeout:g} s.")
            try:
                if self.health(timeout=min(5.0, timeout)) == "SERVING":
                    return
            except ConnectionFailedError as error:
                if error.reason == "TLS_FAILED":
                    raise
                failure = error
            if time.monotonic() >= ends:
                raise failure
            time.sleep(0.1)

    # Inside.

    def _messages_call(self, path: str, request: Any, answer: str) -> Any:
        data = self._calls.unary(path, request.SerializeToString())
        return _messages.message(answer).FromString(data)

    def _describe(self, name: str) -> Model:
        return self._described.get(name) or self.model(name)

    def _features(self, name: str, identity: ModelIdentity) -> Any:
        described = self._describe(name)
        if described.summary.content_hash != identity.content_hash:
            described = self.model(name)
        return described.features

    def _forgetting(self, name: str) -> "_Forgetting":
        return _Forgetting(self._described, name)


class _Forgetting:
    """Forgets the description of a model when a call fails: it may be that of a version before."""

    def __init__(self, described: dict[str, Model], name: str) -> None:
        self._described = described
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._described.pop(self._name, None)
