# SPDX-License-Identifier: Apache-2.0
"""Checks what no compiler checks: licence lines, lengths, links, the changelog.

Usage: tidy.py [ROOT]. Prints one line for each fault and exits with 1 when there is any.
A rule is a function that takes a file and yields the faults as (line, what is wrong).
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import tidy_swift

LINE_COLUMNS_MAXIMUM = 100
FILE_LINES_MAXIMUM = 400
FILE_BYTES_MAXIMUM = 2 * 1024 * 1024
# From when on each commit message has a body.
BODIES_SINCE = "2026-11-28T10:46:00Z"

LIMITS = "Sources/Base/VigieLimits/Limits.swift"
# What a peer can hit.
NETWORK_LIMITS = {"TransportLimits", "ServiceLimits"}
# Those of them that no test can hit, and why.
UNSEEN_LIMITS = {
    "listenBacklog": "the kernel keeps it",
    "goawayTextBytesMax": "no reason is so long",
    "workerThreads": "how many threads answer shows in time only",
    "describedCategoriesMax": "the models of tests have fewer categories",
}

CODE_SUFFIXES = {".swift", ".c", ".h", ".py", ".sh", ".proto"}

# Written by programs or by others: held to no rule of style.
FOREIGN = re.compile(
    r"^(LICENSE$|Protos/upstream/|Sources/Generated/"
    r"|Tests/(ProtobufCodingTests|InteropService)/Generated/)"
)

# What is not to be written, and what to do about it, where it is not to be written.
BANNED = [
    (r"@testable\b", "use package access instead of @testable", r"\.swift$"),
    (r"\b(TODO|FIXME)\b", "do it now or open an issue", r"\.(swift|c|h|py|sh|proto|md)$"),
    (r"^\s*(\w+ )?import Foundation$", "import FoundationEssentials",
     r"^(Sources|Clients)/.*\.swift$"),
    (r"\bfatalError\((?!\"out of memory\")", "throw an error that names its cause",
     r"^(Sources|Clients)/.*\.swift$"),
    (r"\bopen\(.*\bO_[A-Z]|\b(fopen|opendir|mkdtemp|mkstemp)\(|contentsOfDirectory|FileHandle\b",
     "files are opened in CommandFiles, in Stores, and for TLS",
     r"^(Sources|Clients)/(?!Base/CommandFiles/|Stores/|Wire/GRPCTransport/TLS/).*\.(swift|c|h)$"),
    (r"-Ounchecked", "keep the checks: input is hostile", r"\.(swift|sh)$|Makefile$"),
    (r"(?<![\w.])/(root|home|work|opt)/", "name no path of one machine", r""),
]


@dataclass
class File:
    """One file of the repository: its path from the root, and its bytes."""

    root: Path
    path: str
    data: bytes

    @property
    def lines(self) -> list[str]:
        return self.data.decode("utf-8", "replace").split("\n")

    @property
    def is_code(self) -> bool:
        return Path(self.path).suffix in CODE_SUFFIXES or Path(self.path).name == "Makefile"


Faults = Iterator[tuple[int, str]]


def licence_line(file: File) -> Faults:
    if not file.is_code:
        return
    first = file.lines[0]
    is_preamble = first.startswith("#!") or first.startswith("// swift-tools-version")
    line = file.lines[1] if is_preamble and len(file.lines) > 1 else first
    if "SPDX-License-Identifier: Apache-2.0" not in line:
        yield 1, "the first line is not 'SPDX-License-Identifier: Apache-2.0' in a comment"


def length(file: File) -> Faults:
    count = len(file.lines) - 1
    if file.is_code and count > FILE_LINES_MAXIMUM and b"tidy: length:" not in file.data:
        yield count, (
            f"{count} lines; split above {FILE_LINES_MAXIMUM}"
            " or say why not in a comment 'tidy: length: ...'"
        )


def size(file: File) -> Faults:
    if len(file.data) > FILE_BYTES_MAXIMUM:
        yield 1, f"{len(file.data)} bytes; the limit is {FILE_BYTES_MAXIMUM}"


def whitespace(file: File) -> Faults:
    if not file.is_code and not file.path.endswith(".md"):
        return
    for number, line in enumerate(file.lines, 1):
        if "\t" in line and Path(file.path).name != "Makefile":
            yield number, "a tab; indent with spaces"
        if line != line.rstrip():
            yield number, "space at the end of the line"
        if file.is_code and len(line) > LINE_COLUMNS_MAXIMUM:
            yield number, f"{len(line)} columns; the limit is {LINE_COLUMNS_MAXIMUM}"
    if file.data and not file.data.endswith(b"\n"):
        yield len(file.lines), "no end of line at the end of the file"


def banned(file: File) -> Faults:
    # This file and its test have to spell out what they ban.
    if b"\0" in file.data or Path(file.path).name in ("tidy.py", "test_tidy.py"):
        return
    rules = [(re.compile(what), advice) for what, advice, where in BANNED
             if re.search(where, file.path)]
    for number, line in enumerate(file.lines, 1):
        for what, advice in rules:
            if match := what.search(line):
                yield number, f"'{match.group().strip()}': {advice}"


def links(file: File) -> Faults:
    if not file.path.endswith(".md"):
        return
    here = file.root / file.path
    for number, line in enumerate(file.lines, 1):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", line):
            if not re.match(r"[a-z]+:", target) and not (here.parent / target).exists():
                yield number, f"link to {target}, which does not exist"
        for name in re.findall(r"<doc:([\w-]+)>", line):
            catalogue = next((p for p in here.parents if p.suffix == ".docc"), here.parent)
            if not any(catalogue.rglob(f"{name}.md")):
                yield number, f"link to the page {name}, which {catalogue.name} does not have"


def changelog(file: File) -> Faults:
    if file.path != "CHANGELOG.md":
        return
    releases = 0
    for number, line in enumerate(file.lines, 1):
        if line.startswith("## "):
            releases += 1
            if not re.fullmatch(r"## (\[Unreleased\]|\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d)", line):
                yield number, "a release is '## [1.2.3] - 2001-12-31' or '## [Unreleased]'"
        elif line.startswith("### ") and line[4:] not in (
            "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security",
        ):
            yield number, f"'{line[4:]}' is no kind of change"
    if releases == 0:
        yield 1, "no release"


def swift(file: File) -> Faults:
    if file.path.endswith(".swift"):
        yield from tidy_swift.faults(file.path, file.data.decode("utf-8", "replace"))


RULES = [licence_line, length, size, whitespace, banned, links, changelog, swift]


def faults(file: File) -> Iterator[str]:
    """All faults of one file, as lines to print."""
    for rule in [size] if FOREIGN.match(file.path) else RULES:
        for line, what in rule(file):
            yield f"{file.path}:{line}: {what}"


def repository_files(root: Path) -> Iterator[File]:
    """What is committed or about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    for name in sorted(set(names.decode().split("\0"))):
        if name and (root / name).is_file():
            yield File(root, name, (root / name).read_bytes())


def dead_declarations(files: list[File]) -> Iterator[str]:
    """What no Swift or C file mentions but where it is declared."""
    texts = {
        file.path: file.data.decode("utf-8", "replace")
        for file in files
        if Path(file.path).suffix in {".swift", ".c", ".h", ".inc"}
    }
    for path, line, what in tidy_swift.dead_declarations(texts):
        yield f"{path}:{line}: {what}"


def untested_limits(files: list[File]) -> Iterator[str]:
    """Limits of the network path that no test names: one that nobody hits may hold nothing."""
    texts = {file.path: file.data.decode("utf-8", "replace") for file in files}
    tests = "".join(text for path, text in texts.items()
                    if path.startswith("Tests/") and Path(path).suffix in {".swift", ".py"}
                    and Path(path).name not in ("tidy.py", "test_tidy.py"))
    named = set(re.findall(r"\w+", tests))
    holder = ""
    for number, line in enumerate(texts.get(LIMITS, "").split("\n"), 1):
        if match := re.match(r"package (?:struct|enum) (\w+)", line):
            holder = match[1]
        if match := re.match(r"    package (?:static let|var) (\w+)", line):
            if holder in NETWORK_LIMITS and match[1] not in named | UNSEEN_LIMITS.keys():
                yield f"{LIMITS}:{number}: {match[1]} is named by no test; write one that hits it"


def silent_commits(root: Path) -> Iterator[str]:
    """Commits whose message has no body, which is to say why; merges say it in what they merge."""
    form = "--format=%h%x00%s%x00%b%x01"
    command = ["git", "log", "--no-merges", f"--since={BODIES_SINCE}", form]
    log = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    for entry in filter(str.strip, log.split("\x01")):
        commit, subject, body = entry.strip().split("\0")
        if not body.strip():
            yield f"commit {commit}: \"{subject}\" has no body that says why"


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    files = list(repository_files(root))
    found = [line for file in files for line in faults(file)]
    found += [*dead_declarations(files), *untested_limits(files), *silent_commits(root)]
    for line in found:
        print(line)
    print(f"tidy: {len(files)} files, {len(found)} faults")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
