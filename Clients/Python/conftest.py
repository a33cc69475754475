# SPDX-License-Identifier: Apache-2.0
"""Lets the tests import the package from where it lies, and tells where things are."""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))


@pytest.fixture(scope="session")
def bundles() -> Path:
    """The directory of the bundles that are shipped."""
    return ROOT / "Sources" / "Engine" / "CDefaultModels" / "bundles"


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The directory of the vectors that the server is held to."""
    return ROOT / "Tests" / "ScoringTests" / "Vectors"


@pytest.fixture(scope="session")
def data() -> Path:
    """The directory of the American statements; skips when it is not there."""
    base = Path(os.environ.get("VIGIE_DATA", ROOT.parent / "shared" / "data"))
    directory = base / "american-bankruptcy"
    if not directory.is_dir():
        pytest.skip(f"no real data: {directory} is not there (set VIGIE_DATA)")
    return directory
