# SPDX-License-Identifier: Apache-2.0
"""Each rule of tidy.py finds the fault it is there for, and only that."""

from pathlib import Path

import pytest

import tidy

LICENCE = "// SPDX-License-Identifier: Apache-2.0\n"
CHANGES = "# Changelog\n\n## [1.0.0] - 2026-01-31\n\n### Added\n"

FAULTY = [
    ("A.swift", "import Forest\n", "first line"),
    ("A.swift", LICENCE + "//\n" * 400, "401 lines"),
    ("A.swift", LICENCE + "\tlet x = 1\n", "tab"),
    ("A.swift", LICENCE + "let x = 1 \n", "space at the end"),
    ("A.swift", LICENCE + "/" * 101 + "\n", "101 columns"),
    ("A.swift", LICENCE + "let x = 1", "no end of line"),
    ("A.swift", LICENCE + "@testable import Forest\n", "package access"),
    ("Sources/A.swift", LICENCE + "import Foundation\n", "FoundationEssentials"),
    ("Sources/A.swift", LICENCE + "fatalError()\n", "throw an error"),
    ("A.swift", LICENCE + "// TODO\n", "do it now"),
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
