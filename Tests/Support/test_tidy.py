# SPDX-License-Identifier: Apache-2.0
"""Each rule of tidy.py finds the fault it is there for, and only that."""

import subprocess
from pathlib import Path

import pytest

import tidy

LICENCE = "// SPDX-License-Identifier: Apache-2.0\n"
NAMED = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
CHANGES = "# Changelog\n\n## [1.0.0] - 2026-01-31\n\n### Added\n"

FAULTY = [
    ("A.swift", "import Forest\n", "first line"),
    ("A.swift", LICENCE + "//\n" * 400, "401 lines"),
    ("A.swift", LICENCE + "\tlet x = 1\n", "tab"),
    ("A.swift", LICENCE + "let x = 1 \n", "space at the end"),
    ("A.swift", LICENCE + "/" * 101 + "\n", "101 columns"),
    ("A.swift", LICENCE + "let x = 1", "no end of line"),
    ("A.swift", LICENCE + "@testable import Forest\n", "package access"),
    ("Sources/A.swift", LICENCE + "internal import Foundation\n", "FoundationEssentials"),
    ("Sources/A.swift", LICENCE + "fatalError()\n", "throw an error"),
    ("Sources/Engine/A.swift", LICENCE + "let d = open(path, O_RDONLY | O_CLOEXEC)\n",
     "files are opened in"),
    ("Clients/A.swift", LICENCE + "let d = opendir(path)\n", "files are opened in"),
    ("A.swift", LICENCE + "// TODO\n", "do it now"),
    ("Sources/A.swift", LICENCE + "let x = y!.z\n", "traps"),
    ("Sources/A.swift", LICENCE + "let x = try! f()\n", "traps"),
    ("Sources/A.swift", LICENCE + "func f() {\n" + "g()\n" * 70 + "}\n", "f has 72 lines"),
    ("Sources/A.swift", LICENCE + "import Forest\n", "who sees it"),
    ("Sources/A.swift", LICENCE + "static let rowsMax = 64 << 20\n", "rowsMax is a limit"),
    ("A.md", "in /home/ada/vigie\n", "name no path"),
    ("A.md", "see [there](nowhere.md)\n", "does not exist"),
    ("A.md", "see <doc:Nowhere>\n", "does not have"),
    ("CHANGELOG.md", CHANGES.replace("[1.0.0]", "1.0.0"), "a release is"),
    ("CHANGELOG.md", CHANGES.replace("Added", "Stuff"), "no kind of change"),
    ("CHANGELOG.md", "# Changelog\n", "no release"),
    ("LICENSE", "x" * (2 * 1024 * 1024 + 1), "bytes"),
]

CLEAN = [
    ("A.swift", LICENCE + "let x = 1\n"),
    ("Package.swift", "// swift-tools-version: 6.2\n" + LICENCE),
    ("a.sh", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"),
    ("A.swift", LICENCE + "// tidy: length: one table\n" + "//\n" * 400),
    ("Tests/A.swift", LICENCE + "import Foundation\n"),
    ("Tests/A.swift", LICENCE + "let x = y!\n"),
    ("Sources/Stores/A.swift", LICENCE + "let d = open(path, O_RDONLY)\n"),
    ("Sources/Engine/A.swift", LICENCE + "let scope = try open(model, in: outer)\n"),
    ("Sources/A.swift", LICENCE + "if a != b, !c { print(\"no!\") }  // yes!\n"),
    ("Sources/A.swift", LICENCE + "let x = y!  // tidy: force: never empty\n"),
    ("Sources/A.swift", LICENCE + "// tidy: force: never empty\nlet x = y!\n"),
    ("Sources/A.swift", LICENCE + "func f()\n\n" + "g()\n" * 80),
    ("Sources/A.swift", LICENCE + "internal import Forest\n"),
    ("Sources/A.swift", LICENCE + "var rowsMax = 0  // tidy: limit: counts what was seen\n"),
    ("Sources/Base/VigieLimits/A.swift", LICENCE + "static let rowsMax = 64\n"),
    ("Sources/Generated/VigieProtos/a.pb.swift", "\t// TODO\n"),
    ("A.md", "see [here](A.md#there) and [there](https://example.com)\n"),
    ("CHANGELOG.md", CHANGES),
]


def faults(root: Path, path: str, text: str) -> list[str]:
    (root / "A.md").write_text("")
    return list(tidy.faults(tidy.File(root, path, text.encode())))


@pytest.mark.parametrize("path, text, expected", FAULTY)
def test_finds_the_fault(tmp_path: Path, path: str, text: str, expected: str) -> None:
    found = faults(tmp_path, path, text)
    assert len(found) == 1 and expected in found[0]


@pytest.mark.parametrize("path, text", CLEAN)
def test_leaves_clean_files_alone(tmp_path: Path, path: str, text: str) -> None:
    assert faults(tmp_path, path, text) == []


def test_finds_what_nothing_uses() -> None:
    texts = {
        "Sources/A.swift": "func used() {}\nfunc unused() {}\npublic func offered() {}\n",
        "Tests/B.swift": "used()\n",
    }
    found = list(tidy.tidy_swift.dead_declarations(texts))
    assert found == [("Sources/A.swift", 2, "nothing uses unused; delete it")]


def test_finds_a_commit_that_does_not_say_why(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", tmp_path, *NAMED, *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("commit", "--allow-empty", "-m", "Reasons\n\nThey are told.")
    assert list(tidy.silent_commits(tmp_path)) == []
    git("commit", "--allow-empty", "-m", "Silence")
    found = list(tidy.silent_commits(tmp_path))
    assert len(found) == 1 and '"Silence" has no body' in found[0]


def test_a_limit_that_no_test_names(tmp_path):
    limits = LICENCE + "package struct TransportLimits {\n    package var rowsMax = 1\n}\n"
    limits += "package enum OtherLimits {\n    package static let otherMax = 1\n}\n"

    def found(test: str) -> list[str]:
        files = [tidy.File(tmp_path, tidy.LIMITS, limits.encode()),
                 tidy.File(tmp_path, "Tests/A.swift", test.encode())]
        return list(tidy.untested_limits(files))

    assert found("limits.rowsMaximum = 1") == [
        f"{tidy.LIMITS}:3: rowsMax is named by no test; write one that hits it"]
    assert found("limits.rowsMax = 1") == []
