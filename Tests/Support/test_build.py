# SPDX-License-Identifier: Apache-2.0
"""build.sh says how long it takes and what went wrong, without the noise of packages."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

OUTPUT = """\
Fetching https://github.com/apple/swift-nio
Working copy of https://github.com/apple/swift-nio resolved at 2.101.2
Building for production...
[1/9] Compiling Forest Tree.swift
/src/Tree.swift:1:2: error: no such thing
1 | let x: Y
  |        `- error: no such thing
[2/9] Compiling NIOCore Channel.swift
error: fatalError
"""


def build(directory: Path, code: int) -> subprocess.CompletedProcess[str]:
    """Runs build.sh with a `swift` that prints the above and ends with `code`."""
    swift = directory / "swift"
    swift.write_text(f"#!/bin/sh\ncat <<'END'\n{OUTPUT}END\nexit {code}\n")
    swift.chmod(0o755)
    environment = {**os.environ, "PATH": f"{directory}:{os.environ['PATH']}"}
    return subprocess.run([ROOT / "Tests/Support/build.sh"], env=environment, text=True,
                          capture_output=True, check=False, timeout=60)


def test_errors_are_shown_in_full_and_nothing_else_is(tmp_path: Path):
    done = build(tmp_path, 1)
    said, *rest = done.stdout.splitlines()
    assert said.startswith("build: ")
    assert rest == [line for line in OUTPUT.splitlines()
                    if not line.startswith(("Fetching", "Working", "Building", "["))]
    assert done.returncode == 1 and done.stderr.startswith("build: FAILED")


def test_a_build_that_is_good_says_where_the_programs_are(tmp_path: Path):
    done = build(tmp_path, 0)
    assert done.returncode == 0 and done.stderr == ""
    assert ".build/release" in done.stdout.splitlines()[-1]
