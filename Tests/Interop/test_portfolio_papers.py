# SPDX-License-Identifier: Apache-2.0
"""`vigie portfolio papers|facts|assess`: papers into a store, and companies assessed out of it."""

import json
import subprocess

import pytest

from support.paper_parts import AS_OF, SAMPLES
from support.server import Server, program


@pytest.fixture
def vigie(certificates, tmp_path):
    """Runs the command at a server with a store of its own."""
    with Server(certificates, "--store", str(tmp_path / "store.sqlite")) as server:
        def run(*arguments: str, code: int = 0) -> subprocess.CompletedProcess:
            done = subprocess.run(
                [program("vigie"), *arguments, "--server", f"localhost:{server.port}",
                 "--ca-cert", str(certificates.ca)],
                capture_output=True, text=True, timeout=120)
            assert done.returncode == code, done.stderr
            return done
        run("portfolio", "create", "customers")
        yield run


def whole(papers=SAMPLES) -> dict[str, dict]:
    """What `vigie assess` says of companies with a number."""
    done = subprocess.run(
        [program("vigie"), "assess", str(papers), "--as-of", AS_OF, "-o", "json"],
        capture_output=True, timeout=120)
    return {each["siren"]: each for each in json.loads(done.stdout)["assessments"]
            if each["siren"]}


def test_papers_are_kept_and_companies_assessed_by_them(vigie):
    told = whole()
    done = vigie("portfolio", "papers", "customers", str(SAMPLES))
    assert "0 companies, 0 facts added" in done.stdout
    assert done.stderr.count("is not in customers, and was left out") == len(told)
    assert "--add" in done.stderr
    done = vigie("portfolio", "papers", "customers", str(SAMPLES), "--add")
    assert f"{len(told)} companies, {len(told)} of them new" in done.stdout
    assert "0 known already" in done.stdout and not "left out" in done.stderr
    again = vigie("portfolio", "papers", "customers", str(SAMPLES), "--replace")
    assert "0 facts added" in again.stdout and "0 superseded" in again.stdout
    for siren, one in told.items():
        kept = json.loads(vigie(
            "portfolio", "assess", "customers", siren, "--as-of", AS_OF, "--known-on",
            "2999-12-31", "-o", "json").stdout)
        assert kept["fact_count"] > 0 and kept["company"] == f"siren:{siren}"
        for name in ("siren", "as_of", "outcome", "not_scorable_reason", "since", "base",
                     "adjusted", "basis", "payment_log_odds", "confidence", "class_capped"):
            assert kept[name] == one[name], name
        for name in ("feature", "label", "contribution", "value", "closing"):
            assert [each[name] for each in kept["reasons"]] == [
                each[name] for each in one["reasons"]]
        assert [each["value"] for each in kept["ratios"]] == [
            each["value"] for each in one["ratios"]]
        page = vigie("portfolio", "assess", "customers", siren, "--known-on", "2999-12-31",
                     "--as-of", AS_OF, "--language", "fr").stdout
        assert f"siren:{siren}" in page and f"au {AS_OF}" in page and "Confiance" in page
        # That day nothing was known.
        then = vigie("portfolio", "assess", "customers", siren, "--as-of", AS_OF).stdout
        assert "nothing is known" in then and "0 facts" in then
        listed = json.loads(vigie(
            "portfolio", "facts", "customers", siren, "-o", "json").stdout)
        assert len(listed) >= kept["fact_count"]
        assert all(each["source"] for each in listed)
        table = vigie("portfolio", "facts", "customers", f"siren:{siren}").stdout
        assert table.count("\n") > len(listed)


def test_papers_that_cannot_be_read_are_told(vigie, tmp_path):
    paper = tmp_path / "nothing.txt"
    paper.write_text("no paper\n")
    done = vigie("portfolio", "papers", "customers", str(paper), code=65)
    assert "nothing.txt" in done.stderr and "0 companies" in done.stdout
    assert "no number of a company" in vigie(
        "portfolio", "papers", "customers", str(paper), "--siren", "12", code=64).stderr
    assert "--known-on" in vigie(
        "portfolio", "assess", "customers", "552100554", "--known-on", "today", code=64).stderr
    assert "does not have" in vigie(
        "portfolio", "facts", "customers", "552100554", code=66).stderr
