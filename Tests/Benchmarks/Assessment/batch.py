#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Companies a second through BatchAssess, by what the server's processor time says.

Usage: batch.py VIGIED [SECONDS]

Starts that vigied with one thread, sends messages of 512 made-up companies (2 statements of 60
lines, 20 invoices, 3 notices) that were encoded before, and prints how long the server computes
for each company, with 5 reasons and without, with all parts and with the figures alone. The client
decodes nothing, so that the machine is the server's.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "Tests/Interop"))

import grpc  # noqa: E402

import support.stubs  # noqa: E402, F401
from support import server as servers  # noqa: E402
from support.certificates import Certificates  # noqa: E402
from vigie.v1 import assessment_service_pb2 as api  # noqa: E402
from vigie.v1 import company_facts_pb2 as facts  # noqa: E402

COMPANIES, CLOSINGS = 512, (20_088, 19_722)
# Lines of the form that the sample leaves empty, with which a statement has 60.
EMPTY_LINES = "AB AF AH AJ AN AP AT BH BL BN BP BV CD CH CM DD".split()


def sound_statements(vigied: Path) -> list[dict[str, int]]:
    """Cents by line of the sample's sound company, the newer year first, as the program beside
    vigied reads them. Amounts drawn at random would break every rule of statements, and telling
    that would be most of the work."""
    read = subprocess.run(
        [vigied.with_name("vigie"), "papers", "read", ROOT / "Clients/CLI/Samples/Companies", "-o",
         "json"], capture_output=True, check=True)
    years = [each["lines"] for each in json.loads(read.stdout)["statements"]
             if each["siren"] == "999200017"]
    return [{line: int(amount.replace(".", "")) for line, amount in year.items()} for year in years]


def company(
    numbers: random.Random, lines: list[str], years: list[dict[str, int]]
) -> facts.CompanyFacts:
    """A company that nobody has."""
    made = facts.CompanyFacts(siren="999200017", name="MADE UP COMPANY")
    size = numbers.randrange(1, 50)
    for closing, year in zip(CLOSINGS, years):
        made.statements.closing_days.append(closing)
        made.statements.months.append(12)
        made.statements.line_counts.append(len(lines))
        made.statements.lines.extend(range(len(lines)))
        made.statements.cents.extend(size * year.get(line, 0) for line in lines)
    for number in range(20):
        issued = 19_730 + 17 * number
        made.owed.cents.append(numbers.randrange(10_000, 1_000_000))
        made.owed.open_cents.append(0)
        made.owed.issued_days.append(issued)
        made.owed.due_days.append(issued + 30)
        made.owed.due_sources.append(facts.DUE_SOURCE_COLUMN)
        made.owed.payment_counts.append(1)
        made.owed.payment_days.append(issued + 30 + numbers.randrange(40))
        made.owed.payment_cents.append(made.owed.cents[number])
    for number in range(3):
        made.events.kinds.append(facts.LEGAL_EVENT_KIND_ACCOUNTS_DEPOSITED)
        made.events.published_days.append(19_000 + 365 * number)
        made.events.notices.append(f"A2024000{number}")
    return made


def processor_seconds(process: int) -> float:
    """What a process has computed."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(
    server: servers.Server, seconds: float, header: api.AssessHeader, years: list[dict[str, int]]
) -> None:
    """Sends for so long, and prints what it took."""
    numbers = random.Random(7)
    lines = list(header.line_names)
    batch = api.CompanyBatch(companies=[company(numbers, lines, years) for _ in range(COMPANIES)])
    message = api.BatchAssessRequest(batch=batch).SerializeToString()
    until = time.monotonic() + seconds

    def requests():
        yield api.BatchAssessRequest(header=header).SerializeToString()
        while time.monotonic() < until:
            yield message

    with server.channel() as channel:
        call = channel.stream_stream("/vigie.v1.AssessmentService/BatchAssess")(requests())
        next(call)
        began, computed = time.monotonic(), processor_seconds(server.process.pid)
        messages = answer_bytes = 0
        for answer in call:
            messages, answer_bytes = messages + 1, len(answer)
        wall = time.monotonic() - began
        computed = processor_seconds(server.process.pid) - computed
    first = api.BatchAssessResponse.FromString(answer).batch.answers[0]
    assert first.HasField("assessment"), first
    count = messages * COMPANIES
    print(
        f"{header.reason_count} reasons, {len(header.omitted_parts)} parts left out: "
        f"{computed / count * 1e6:.1f} us of the processor a company, "
        f"{count / computed:,.0f} a second of it, {count / wall:,.0f} a second by the clock; "
        f"{len(message) // COMPANIES} bytes in, {answer_bytes // COMPANIES} out"
    )


def main() -> None:
    """Measures."""
    program = Path(sys.argv[1]).resolve()
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 5
    os.environ["VIGIE_BUILD_DIRECTORY"] = str(program.parent)
    certificates = Certificates.make(Path(tempfile.mkdtemp(prefix="vigie-batch-")))
    years = sound_statements(program)
    lines = sorted({line for year in years for line in year} | set(EMPTY_LINES))
    with servers.Server(certificates, "--threads", "1") as server:
        for reasons in (5, 0):
            for omitted in ([], [1, 2, 3, 4, 5, 7]):
                header = api.AssessHeader(
                    as_of_date="2025-06-30", reason_count=reasons, line_names=lines,
                    omitted_parts=omitted)
                measure(server, seconds, header, years)


if __name__ == "__main__":
    main()
