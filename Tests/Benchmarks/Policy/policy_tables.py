# SPDX-License-Identifier: Apache-2.0
"""Measures compiled decision tables, against zen-engine where it can be imported.

Usage: policy_tables.py --bench .build/release/policy-bench [--keep DIRECTORY] [--seconds 1]

Tables of 10 to 3,700 rules over five inputs; our time a row is with everything from columns of
doubles and dictionary codes to the number of the rule and the limit, zen's by its fastest call.
Answers of both are held against looking at one rule after the other.
"""

import argparse
import json
import random
import struct
import subprocess
import sys
import tempfile
import time
from array import array
from pathlib import Path

from credit_tables import INPUTS, NUMBERS, SIZES, TEXTS, Rule, companies, dmn, overlap, partition

SHAPES = {"partition": partition, "overlap": overlap}


def write(directory: Path) -> tuple[dict[str, list[Rule]], list[dict]]:
    """Makes all tables and rows in a directory."""
    dice = random.Random(20260727)
    rows = companies(1 << 16, dice)
    with (directory / "companies.bin").open("wb") as file:
        file.write(struct.pack("<Q", len(rows)))
        for name in NUMBERS:
            file.write(array("d", [row[name] for row in rows]).tobytes())
        for name, texts in TEXTS.items():
            file.write(array("i", [texts.index(row[name]) for row in rows]).tobytes())
    tables = {}
    for shape, make in SHAPES.items():
        for size in SIZES:
            name = f"{shape}{size}"
            tables[name] = make(size, dice)
            (directory / f"{name}.dmn").write_text(dmn(tables[name]))
    return tables, rows


def first(rules: list[Rule], row: dict) -> int:
    """The first rule that matches, the plain way."""
    return next((place for place, rule in enumerate(rules) if rule.matches(row)), -1)


def check(directory: Path, tables: dict[str, list[Rule]], rows: list[dict]) -> None:
    """Fails where an answer of ours is wrong."""
    for name, rules in tables.items():
        answers = array("i", (directory / f"{name}.answers").read_bytes())
        for place in range(0, len(rows), 331):
            wanted = first(rules, rows[place])
            if answers[place] != wanted:
                sys.exit(f"{name}, row {place}: rule {answers[place]}, not {wanted}")


def decision_of_zen(rules: list[Rule]) -> dict:
    """The table as zen has it."""
    def cell(rule: Rule, name: str) -> str:
        if name in rule.spans:
            low, high = rule.spans[name]
            return f"[{low}..{high})"
        return ", ".join(f'"{text}"' for text in rule.choices[name])

    told = [
        {"_id": f"r{place}", "o": str(rule.limit), "p": str(place),
         **{name: cell(rule, name) for name in INPUTS}}
        for place, rule in enumerate(rules)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in INPUTS],
        "outputs": [{"id": "o", "name": "limit", "field": "limit"},
                    {"id": "p", "name": "rule", "field": "rule"}],
        "rules": told,
    }
    kinds = {"in": ("inputNode", {}), "t": ("decisionTableNode", {"content": table}),
             "out": ("outputNode", {})}
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [{"id": key, "type": kind, "name": key, "position": {"x": 0, "y": 0}, **more}
                  for key, (kind, more) in kinds.items()],
        "edges": [{"id": f"{a}{b}", "sourceId": a, "targetId": b, "type": "edge"}
                  for a, b in (("in", "t"), ("t", "out"))],
    }


def zen_nanoseconds(zen, rules: list[Rule], rows: list[dict], seconds: float) -> float:
    """The best time of a row by zen's fastest call: by key, with the table compiled before."""
    content = {"k": decision_of_zen(rules)}
    engine = zen.ZenEngine({"loader": {"type": "static", "content": content}})
    for row in rows[:60]:
        found = engine.evaluate("k", row)["result"]
        if int(found.get("rule", -1)) != first(rules, row):
            sys.exit(f"zen says {found}")
    count = 200 if len(rules) <= 100 else 40
    best, place, began = float("inf"), 0, time.process_time()
    while time.process_time() - began < seconds:
        part = rows[place:place + count]
        start = time.process_time()
        for row in part:
            engine.evaluate("k", row)
        best = min(best, (time.process_time() - start) / count)
        place = (place + count) % (len(rows) - count)
    return best * 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="policy-bench in release")
    parser.add_argument("--keep", type=Path, help="where tables and rows are written and kept")
    parser.add_argument("--seconds", type=float, default=1, help="time for each table of zen")
    arguments = parser.parse_args()
    try:
        import zen
    except ImportError:
        zen = None
        print("zen-engine is not here: ours alone", file=sys.stderr)
    with tempfile.TemporaryDirectory() as temporary:
        directory = arguments.keep or Path(temporary)
        directory.mkdir(exist_ok=True)
        tables, rows = write(directory)
        for options in ([], ["--portable"]):
            print("portable:" if options else "best path:", flush=True)
            for name in tables:
                subprocess.run([arguments.bench, directory, name, *options], check=True)
                if zen and not options and name.startswith("partition"):
                    time_of_zen = zen_nanoseconds(zen, tables[name], rows, arguments.seconds)
                    print(f"    zen-engine: {time_of_zen:,.0f} ns", flush=True)
            check(directory, tables, rows)


if __name__ == "__main__":
    main()
