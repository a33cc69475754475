# SPDX-License-Identifier: Apache-2.0
"""Kills of servers and of their PostgreSQL, in short: nothing is lost, and nothing differs from a
store that nobody disturbed. `store_kills.py` is the long form."""

import pytest

from store_kills import compare
from support.stores import PostgreSQL, postgresql_programs


@pytest.mark.alone
def test_what_is_left_is_what_a_calm_twin_has(certificates, tmp_path):
    programs = postgresql_programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL on this machine")
    database = PostgreSQL(programs, tmp_path / "server")
    try:
        found, wrong = compare(
            certificates, tmp_path, database, companies=120, kills=10, seed=4)
    finally:
        database.stop()
    assert wrong == [] and sum(found.killed.values()) == 10
    assert found.replays > 0 and len(found.keys) == 240
