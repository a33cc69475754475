#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Companies a second through StreamAssessRows, by what the server's processor time says.

Usage: rows.py VIGIED [SECONDS]

Starts that vigied with one thread, sends blocks of 4,096 made-up companies (10 facts, 3 statements
of the model's items) that were encoded before, and prints how long the server computes for each
company. The client decodes nothing, so that the machine is the server's.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from batch import processor_seconds  # sets the path of what follows, too
from support import server as servers
from support.certificates import Certificates
from vigie.v1 import assessment_rows_pb2 as api
from vigie.v1 import model_service_pb2, model_service_pb2_grpc
from vigie.v1 import scoring_service_pb2 as scoring

ROWS, CLOSINGS = 4_096, (20_088, 19_722, 19_357)
FACTS = ["legal_state", "directory_activity", "directory_since_day", "struck_off_day",
         "closing_day", "closing_day@1", "closing_day@2", "payment_index", "payment_count",
         "doubtful"]


def table(items: int, with_statements: float, with_payments: bool) -> np.ndarray:
    """Rows of companies that nobody has; some have statements."""
    random = np.random.default_rng(1)
    rows = np.full((ROWS, len(FACTS) + items), np.nan)
    rows[:, 0:3] = 1, 1, 15_000
    known = random.random(ROWS) < with_statements
    rows[known, 4:7] = CLOSINGS
    rows[known, len(FACTS):] = random.uniform(1e4, 1e8, (known.sum(), items))
    if with_payments:
        rows[:, 7] = random.uniform(20, 90, ROWS)
        rows[:, 8] = 9
    return rows


def measure(
    server: servers.Server, seconds: float, name: str, header: api.AssessRowsHeader,
    rows: np.ndarray, kind: type
) -> None:
    """Sends for so long, and prints what it took."""
    cells = {"double_values" if kind is np.float64 else "float_values": rows.astype(kind).T.ravel()}
    block = scoring.RowBlock(
        row_count=ROWS, layout=scoring.BLOCK_LAYOUT_COLUMN_MAJOR, **cells)
    message = api.StreamAssessRowsRequest(block=block).SerializeToString()
    until = time.monotonic() + seconds

    def requests():
        yield api.StreamAssessRowsRequest(header=header).SerializeToString()
        while time.monotonic() < until:
            yield message

    with server.channel() as channel:
        path = "/vigie.v1.AssessmentService/StreamAssessRows"
        call = channel.stream_stream(path)(requests())
        next(call)
        began, computed = time.monotonic(), processor_seconds(server.process.pid)
        messages = 0
        for answer in call:
            messages += 1
        wall = time.monotonic() - began
        computed = processor_seconds(server.process.pid) - computed
    first = api.StreamAssessRowsResponse.FromString(answer).block
    scored = list(first.outcomes).count(1)
    count = messages * ROWS
    print(
        f"{name}: {computed / count * 1e9:.0f} ns of the processor a company, "
        f"{count / computed:,.0f} a second of it, {count / wall:,.0f} a second by the clock; "
        f"{len(message) // ROWS} bytes in, {len(answer) // ROWS} out; {scored} of {ROWS} scored"
    )


def main() -> None:
    """Measures."""
    program = Path(sys.argv[1]).resolve()
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 5
    os.environ["VIGIE_BUILD_DIRECTORY"] = str(program.parent)
    certificates = Certificates.make(Path(tempfile.mkdtemp(prefix="vigie-rows-")))
    with servers.Server(certificates, "--threads", "1") as server:
        with server.channel() as channel:
            stub = model_service_pb2_grpc.ModelServiceStub(channel)
            model = stub.DescribeModel(model_service_pb2.DescribeModelRequest()).model
        items = [each.name for each in model.inputs]

        def header(reasons: int) -> api.AssessRowsHeader:
            return api.AssessRowsHeader(
                as_of_date="2025-06-30", fact_columns=FACTS, columns=items, reason_count=reasons)

        full = table(len(items), 1, False)
        paid = table(len(items), 1, True)
        few = table(len(items), 0.2, False)
        for name, rows, kind, reasons in (
            ("three statements", full, np.float64, 0),
            ("three statements, 32 bits", full, np.float32, 0),
            ("with payments", paid, np.float64, 0), ("a fifth has statements", few, np.float64, 0),
            ("five reasons", full, np.float64, 5),
        ):
            measure(server, seconds, name, header(reasons), rows, kind)


if __name__ == "__main__":
    main()
