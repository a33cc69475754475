# SPDX-License-Identifier: Apache-2.0
"""Decimal numbers against Python's own, which are libmpdec's.

A few of the cases; millions take minutes:

    swift build -c release --product decimal-check
    Tests/DecimalCheck/decimal_check.py --count 10000000
"""

import sys
from pathlib import Path

from support.server import program

sys.path.append(str(Path(__file__).resolve().parents[1] / "DecimalCheck"))

import decimal_check  # noqa: E402


def test_decimals_are_pythons() -> None:
    """Each operation, on numbers at random and at the ends of everything."""
    done = decimal_check.check(str(program("decimal-check")), count=20_000, seed=20261129)
    assert set(done) == set(decimal_check.KINDS)
