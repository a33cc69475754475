# SPDX-License-Identifier: Apache-2.0
"""The sample companies, and the command line tool on their papers."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from support.server import program

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "Clients/CLI/Samples/Companies"
DOCUMENTATION = ROOT / "Clients/CLI/vigie/Vigie.docc"
AS_OF = ("--as-of", "2025-12-31")

SOUND, STRETCHED, FAILING = "999200017", "999200025", "999200033"
PROCEEDINGS, CLOSED, UNFILED, CONFLICT = "999200041", "999200058", "999200066", "999200074"


def vigie(
    *arguments: object, given: bytes | None = None, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Runs the command line tool."""
    return subprocess.run(
        [program("vigie"), *map(str, arguments)], input=given, capture_output=True, timeout=120,
        env={**os.environ, **variables},
    )


def assessed(*papers: object, as_of: str = "2025-12-31") -> dict[str, dict]:
    """The assessments of papers, by company."""
    result = vigie("assess", *papers, "--as-of", as_of, "-o", "json")
    assert result.returncode == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["format"] == "vigie-assessments/1"
    return {each["siren"]: each for each in document["assessments"]}


def bundle_of_horizon(path: Path, months: int) -> Path:
    """A copy of the bundled trees that says it looks further ahead."""
    source = ROOT / "Sources/Engine/CDefaultModels/bundles/us-listed-failure"
    shutil.copytree(source, path)
    manifest = json.loads((path / "manifest.json").read_text())
    manifest |= {"name": f"within-{months}", "horizon_months": months}
    (path / "manifest.json").write_text(json.dumps(manifest))
    return path
