# SPDX-License-Identifier: Apache-2.0
"""The French of failures belongs to sentences that the product says."""

import csv
import os
import re
from pathlib import Path
from xml.parsers import expat

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "Sources/Domain/Credit/CCreditData/tables/failures.csv"
HOLE = re.compile(r"\{\d\}")


def literals() -> str:
    """What stands between quotes in the sources, with what is joined by + in one piece."""
    texts = [path.read_text() for top in ("Sources", "Clients")
             for path in sorted((ROOT / top).rglob("*.swift"))]
    return re.sub(r'"\s*\+ "', "", "\n".join(texts)).replace('\\"', '"')


def test_each_sentence_is_said_somewhere() -> None:
    said = literals()
    # Of the system, and of the reader of XML.
    system = {os.strerror(number) for number in range(1, 100)}
    system |= {expat.ErrorString(number) for number in range(1, 44)}
    with TABLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 60 and len({row["english"] for row in rows}) == len(rows)
    for row in rows:
        assert sorted(HOLE.findall(row["english"])) == sorted(HOLE.findall(row["french"])), row
        if row["english"] in system:
            continue
        for part in HOLE.split(row["english"]):
            # Place and message are joined by a colon, and what is in brackets is put there.
            assert part.strip(" :()") in said, f"nothing says {part!r}: {row['english']}"
