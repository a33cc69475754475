# SPDX-License-Identifier: Apache-2.0
"""Holds the table of rooms in CONTRIBUTING.md against Package.swift, and its arrows downwards; and
the rooms that the fuzzers compile again, in Tests/Fuzz/Package.swift, against the same.

Usage: rooms.py            writes the table: rows and "may use" from the manifest, words kept
       rooms.py --check    fails when the table is not what would be written, a room has no words,
                           or a room uses what stands beside or above it
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- rooms: begin -->\n", "<!-- rooms: end -->\n"

# From the top down. A room uses what is on a lower line, or what its own layer has below it; the
# folders of SIBLINGS do not even use each other.
LAYERS = [
    "Clients/CLI", "Clients/InProcess", "Sources/vigied", "Sources/Interfaces",
    "Sources/Application", "Sources/Pipeline", "Sources/Stores", "Clients/Swift",
    "Sources/Domain", "Sources/Engine", "Sources/Wire", "Sources/Generated", "Sources/Base",
    "Sources/System",
]
SIBLINGS = ["Sources/Domain"]

# Libraries that only some layers may know, and what is behind them.
KEPT = {
    "sockets": (
        {"NIOCore", "NIOPosix", "CCurl"},
        {"Sources/Interfaces", "Sources/Wire", "Clients/Swift", "Sources/vigied"},
    ),
    "SQL": ({"CSQLite", "CPostgreSQL"}, {"Sources/Stores"}),
}


def layer(path: str) -> str | None:
    """The layer that a target's folder is in."""
    return next((top for top in LAYERS if (path + "/").startswith(top + "/")), None)


def rooms(package: dict) -> dict[str, dict]:
    """Name, path and dependencies of each target that is no test."""
    found = {}
    for target in package["targets"]:
        path = target.get("path") or f"Sources/{target['name']}"
        if layer(path) is None:
            continue
        names = [next(iter(entry.values()))[0] for entry in target["dependencies"]]
        found[target["name"]] = {"path": path, "uses": sorted(names, key=str.lower)}
    return found


def words(page: str) -> dict[str, str]:
    """What the table says of each room."""
    return {
        match[1]: match[2].strip()
        for match in re.finditer(r"^\| `[^`]*?([^/`]+)` \| (.*?) \|", page, re.M)
    }


def branch(room: dict) -> str:
    """The folder right below its layer that a room is in."""
    return Path(room["path"]).relative_to(layer(room["path"])).parts[0]


def table(found: dict[str, dict], told: dict[str, str]) -> str:
    """The table, from the top layer down."""
    order = sorted(found, key=lambda name: (LAYERS.index(layer(found[name]["path"])),
                                            depth(name, found), name))
    rows = ["| room | what lives there | uses |\n|---|---|---|\n"]
    for name in order:
        room = found[name]
        uses = ", ".join(room["uses"]) or "–"
        folder = str(Path(room["path"]).parent)
        rows.append(f"| `{folder}/{name}` | {told.get(name, '')} | {uses} |\n")
    return "".join(rows)


#: Rooms that are a language and know nothing of the branch that they stand in.
LANGUAGES = {"FEEL"}


def depth(name: str, found: dict[str, dict]) -> int:
    """How far above the ground of its layer a room stands, as a negative number."""
    own = layer(found[name]["path"])
    below = [n for n in found[name]["uses"] if n in found and layer(found[n]["path"]) == own]
    return min((depth(n, found) for n in below), default=1) - 1


def faults(found: dict[str, dict], told: dict[str, str]) -> list[str]:
    """Rooms without words and arrows that do not go down."""
    wrong = [f"{name}: say what lives there" for name in found if not told.get(name)]
    for name, room in found.items():
        own = layer(room["path"])
        for used in room["uses"]:
            for what, (libraries, layers) in KEPT.items():
                if used in libraries and own not in layers:
                    wrong.append(f"{name} in {own} uses {used}: only {sorted(layers)} know {what}")
            if used not in found:
                continue
            other = layer(found[used]["path"])
            if LAYERS.index(other) < LAYERS.index(own):
                wrong.append(f"{name} in {own} uses {used}, which stands above it in {other}")
            if (other == own and own in SIBLINGS and branch(room) != branch(found[used])
                    and used not in LANGUAGES):
                wrong.append(f"{name} uses {used}: siblings in {own} do not know each other")
    return wrong


def fuzzed_faults(found: dict[str, dict], fuzzed: dict) -> list[str]:
    """Rooms of the fuzzers that use others than the rooms of the product do."""
    wrong = []
    for target in fuzzed["targets"]:
        name, path = target["name"], target.get("path") or ""
        # A room, or a folder with a link to one and a part beside it.
        if name not in found or not path.startswith(("Vigie/", f"Sources/{name}")):
            continue
        uses = {next(iter(entry.values()))[0] for entry in target["dependencies"]}
        product = set(found[name]["uses"])
        for what, names in (("lacks", product - uses), ("has", uses - product)):
            if names:
                wrong.append(f"Tests/Fuzz/Package.swift: {name} {what} "
                             f"{', '.join(sorted(names))}, other than in Package.swift")
    return wrong


def dumped(directory: Path) -> dict:
    """What a manifest says."""
    dump = subprocess.run(["swift", "package", "dump-package"], cwd=directory, check=True,
                          capture_output=True, text=True)
    return json.loads(dump.stdout)


def main() -> int:
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    found, told = rooms(dumped(ROOT)), words(page)
    written = before + BEGIN + table(found, told) + END + after
    wrong = faults(found, told) + fuzzed_faults(found, dumped(ROOT / "Tests" / "Fuzz"))
    if "--check" not in sys.argv:
        PAGE.write_text(written)
    elif page != written:
        wrong.append("CONTRIBUTING.md: the table of rooms is stale; run 'make docs' and commit")
    print("\n".join(wrong) or f"rooms: {len(found)} rooms, all arrows go down")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
