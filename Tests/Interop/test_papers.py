# SPDX-License-Identifier: Apache-2.0
"""vigie on companies' papers: in any mix, without a server."""

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest

from support.papers import (
    AS_OF, CLOSED, CONFLICT, FAILING, PROCEEDINGS, SAMPLES, SOUND, STRETCHED, UNFILED, assessed,
    vigie,
)
from support.server import program


@pytest.fixture(scope="module")
def companies() -> dict[str, dict]:
    """The sample companies, assessed."""
    return assessed(SAMPLES)


def test_each_sample_has_its_outcome(companies: dict[str, dict]) -> None:
    outcomes = {siren: each["outcome"] for siren, each in companies.items()}
    assert outcomes == {
        SOUND: "scored", STRETCHED: "scored", FAILING: "scored", PROCEEDINGS: "in_proceedings",
        CLOSED: "closed", UNFILED: outcomes[UNFILED], CONFLICT: "closed",
    }
    (conflict,) = companies[CONFLICT]["legal"]["conflicts"]
    assert conflict["kind"] == "struck_off_yet_active"
    assert conflict["struck_off"] == "2025-06-27"
    assert companies[CLOSED]["legal"]["has_failed"] is True


def test_risk_rises_from_sound_to_failing(companies: dict[str, dict]) -> None:
    risks = [companies[siren]["adjusted"]["probability"] for siren in (SOUND, STRETCHED, FAILING)]
    assert risks == sorted(risks) and risks[0] < 0.005 < risks[2]
    for siren in (PROCEEDINGS, CLOSED, CONFLICT):
        assert companies[siren]["adjusted"] is None
        assert companies[siren]["reasons"] == []


def test_each_fact_leads_back_to_a_paper(companies: dict[str, dict]) -> None:
    reasons = companies[SOUND]["reasons"]
    assert len(reasons) == 5
    assert all(each["source"]["line"] > 0 for each in reasons)
    assert companies[PROCEEDINGS]["legal"]["notices"][0]["notice"] == "A20250210411"


def test_nothing_that_was_published_later_is_used() -> None:
    before = assessed(SAMPLES, as_of="2025-11-03")[PROCEEDINGS]
    assert before["outcome"] == "scored"
    assert assessed(SAMPLES, as_of="2025-11-04")[PROCEEDINGS]["outcome"] == "in_proceedings"
    # Accounts of 2024 were filed in June of 2025, and so was their column of 2023.
    early = assessed(SAMPLES, as_of="2025-01-31")[SOUND]
    assert [each["closing"] for each in early["statements"]] == ["2023-12-31", "2022-12-31"]


def test_papers_may_be_packed_and_come_from_standard_input(companies: dict[str, dict]) -> None:
    accounts = (SAMPLES / "comptes_deposes.json").read_bytes()
    for given in (accounts, gzip.compress(accounts)):
        result = vigie("assess", "-", *AS_OF, "-o", "json", "--siren", SOUND, given=given)
        assert result.returncode == 0, result.stderr
        (only,) = json.loads(result.stdout)["assessments"]
        assert only["base"] == companies[SOUND]["base"]


def test_a_paper_that_cannot_be_read_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes((SAMPLES / "comptes_deposes.json").read_bytes())
    (tmp_path / "b.txt").write_text("no paper at all\n")
    (tmp_path / ".hidden").write_text("not looked at\n")
    result = vigie("papers", "read", tmp_path, "-o", "json")
    assert result.returncode == 65
    document = json.loads(result.stdout)
    assert document["format"] == "vigie-papers/1"
    good, bad = document["papers"]
    assert good["error"] is None and good["kept"] > 0
    assert "no profile of ledgers" in bad["error"] and bad["hint"]
    assert document["statements"]


def test_all_that_was_read_has_its_place() -> None:
    result = vigie("papers", "read", SAMPLES, "-o", "json")
    document = json.loads(result.stdout)
    count = len(document["papers"])
    for kind in ("statements", "filings", "events", "register"):
        assert document[kind], kind
        for each in document[kind]:
            assert 0 <= each["source"]["paper"] < count
    sound = [each for each in document["statements"] if each["siren"] == SOUND]
    assert sound[0]["lines"]["FL"] == "4850000.00"


def test_papers_that_were_not_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes((SAMPLES / "comptes_deposes.json").read_bytes())
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n")
    result = vigie("assess", tmp_path, *AS_OF)
    assert result.returncode == 65
    assert b"b.pdf" in result.stderr and b"FONDERIE" not in result.stderr
    document = json.loads(vigie("assess", tmp_path, *AS_OF, "-o", "json").stdout)
    assert [bool(paper["error"]) for paper in document["papers"]] == [False, True]


def test_a_ledger_that_is_given_twice_counts_once(tmp_path: Path) -> None:
    ledger = (SAMPLES / "balance_clients.csv").read_bytes()
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(ledger)
    once, twice = assessed(SAMPLES / "balance_clients.csv"), assessed(tmp_path)
    for siren, each in once.items():
        assert twice[siren]["payments"] == each["payments"]


def test_many_files_are_not_too_many(tmp_path: Path) -> None:
    notices = (SAMPLES / "annonces_bodacc.json").read_bytes()
    for number in range(100):
        (tmp_path / f"{number}.json").write_bytes(notices)
    command = f"ulimit -n 40; exec {program('vigie')} papers check {tmp_path}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_a_pipe_is_read_once_and_one_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.json").write_bytes((SAMPLES / "comptes_deposes.json").read_bytes())
    assert vigie("papers", "check", tmp_path).returncode == 0
    command = f"{program('vigie')} papers check <(cat {SAMPLES}/comptes_deposes.json)"
    assert subprocess.run(["bash", "-c", command], capture_output=True).returncode == 0


@pytest.mark.parametrize(
    "arguments, code",
    [
        (("assess",), 64),
        (("assess", "/nowhere"), 66),
        (("assess", SAMPLES, "--as-of", "2025-02-30"), 64),
        (("assess", SAMPLES, "--siren", "123456789"), 64),
        (("assess", SAMPLES, "--siren", "732829320"), 65),
        (("assess", SAMPLES, "--reasons", "-1"), 64),
        (("explain", "nonsense"), 64),
    ],
)
def test_wrong_command_lines(arguments: tuple, code: int) -> None:
    result = vigie(*arguments)
    assert result.returncode == code, result.stderr
    assert result.stderr and not result.stdout
