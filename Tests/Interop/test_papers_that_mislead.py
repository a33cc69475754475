# SPDX-License-Identifier: Apache-2.0
"""Papers that are cut, misnamed or written otherwise: never a figure that is wrong in silence."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from support.papers import AS_OF, ROOT, SAMPLES, SOUND, assessed, vigie

BOOKS = ROOT / "Tests/CompanyPapersTests/Papers/fec"
OWNER = "999100019"
BEFORE, LAST = (BOOKS / f"{OWNER}FEC{year}1231.txt" for year in (2024, 2025))
AMOUNT = re.compile(r"(?<=\|)(\d+),(\d\d)(?=\|)")


def read(path: Path) -> str:
    """A book, whatever its encoding: one character for each byte."""
    return path.read_text("latin-1")


def write(folder: Path, name: str, text: str) -> None:
    """A paper in a folder of its own."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text.encode("latin-1"))


def assessment(folder: Path, *arguments: str) -> dict:
    """The only assessment of a folder's papers."""
    done = vigie("assess", folder, *arguments, "-o", "json")
    (each,) = json.loads(done.stdout)["assessments"]
    return each


def turnover(each: dict) -> dict:
    return next(ratio for ratio in each["ratios"] if ratio["name"] == "chiffre_d_affaires")


def test_a_book_that_was_cut_is_told_and_is_of_the_months_it_has(tmp_path: Path) -> None:
    half = "".join(read(BEFORE).splitlines(keepends=True)[:500])
    write(tmp_path / "half", BEFORE.name, half)
    write(tmp_path / "whole", BEFORE.name, read(BEFORE))
    cut = assessment(tmp_path / "half", "--as-of", "2025-06-30")
    whole = assessment(tmp_path / "whole", "--as-of", "2025-06-30")
    assert "book_ends_early" in {finding["code"] for finding in cut["paper_findings"]}
    assert cut["confidence"] > whole["confidence"]
    assert cut["statements"][0]["months"] < whole["statements"][0]["months"] == 12
    filed, year = turnover(cut)["value"], turnover(cut)["twelve_months"]
    assert filed < 0.6 * turnover(whole)["value"]
    assert year == pytest.approx(filed * 12 / cut["statements"][0]["months"], rel=1e-9)
    text = vigie("assess", tmp_path / "half", "--as-of", "2025-06-30").stdout.decode()
    page = vigie("assess", tmp_path / "half", "--as-of", "2025-06-30", "--html", "-").stdout
    assert "! the last entry is of" in text and b"the last entry is of" in page


def test_a_book_with_the_wrong_name_does_not_tell_the_future(tmp_path: Path) -> None:
    write(tmp_path, BEFORE.name, read(LAST))
    early = assessment(tmp_path, "--as-of", "2025-02-01")
    assert early["basis"] == "payments" and early["statements"] == []
    late = assessment(tmp_path, "--as-of", "2025-12-31")
    assert late["statements"][0]["months"] == 12
    assert "entries_after_closing" in {finding["code"] for finding in late["paper_findings"]}


@pytest.mark.parametrize("separator", [
    ".", " ", "\u00a0", "'", *(mark.encode().decode("latin-1") for mark in "\u202f\u2019")])
def test_amounts_with_separators_give_the_same(tmp_path: Path, separator: str) -> None:
    def grouped(match: re.Match[str]) -> str:
        return f"{int(match[1]):,}".replace(",", separator) + "," + match[2]

    write(tmp_path / "same", LAST.name, read(LAST))
    write(tmp_path / "other", LAST.name, AMOUNT.sub(grouped, read(LAST)))
    each, same = assessment(tmp_path / "other", *AS_OF), assessment(tmp_path / "same", *AS_OF)
    assert each["ratios"] == same["ratios"] and each["receivables"] == same["receivables"]


def test_a_book_that_was_closed_gives_the_statement_before(tmp_path: Path) -> None:
    """Entries that take charges and income to the result empty the accounts of the year."""
    columns = read(LAST).splitlines()[0].split("|")
    lines = []
    amount = "305506,00"
    for account, debit, credit in (("701000", amount, "0,00"), ("120000", "0,00", amount)):
        line = dict.fromkeys(columns, "")
        line |= {
            "JournalCode": "CL", "JournalLib": "Clôture", "EcritureNum": "9001",
            "EcritureDate": "20251231", "CompteNum": account, "CompteLib": "Compte",
            "PieceRef": "CL", "PieceDate": "20251231", "EcritureLib": "Clôture", "Debit": debit,
            "Credit": credit, "ValidDate": "20251231",
        }
        lines.append("|".join(line.values()))
    text = read(LAST).rstrip("\n") + "\n" + "\n".join(lines) + "\n"
    write(tmp_path / "closed", LAST.name, text)
    write(tmp_path / "open", LAST.name, read(LAST))
    each, same = assessment(tmp_path / "closed", *AS_OF), assessment(tmp_path / "open", *AS_OF)
    assert each["ratios"] == same["ratios"] and each["adjusted"] == same["adjusted"]
    checked = vigie("papers", "check", tmp_path / "closed").stdout.decode()
    assert "1 closing entries" in checked, checked


def test_a_book_without_a_number_gets_one(tmp_path: Path) -> None:
    write(tmp_path, "export.txt", read(LAST))
    done = vigie("assess", tmp_path, *AS_OF, "-o", "json")
    assert json.loads(done.stdout)["assessments"][0]["siren"] is None
    assert b"--siren" in vigie("papers", "check", tmp_path).stdout
    siren = LAST.name[:9]
    each = assessment(tmp_path, *AS_OF, "--siren", siren)
    write(tmp_path / "named", LAST.name, read(LAST))
    assert each["siren"] == siren
    assert each["ratios"] == assessment(tmp_path / "named", *AS_OF)["ratios"]
    assert "closing_entries" in {finding["code"] for finding in each["paper_findings"]}


def test_a_number_of_a_customer_that_is_none_is_told(tmp_path: Path) -> None:
    text = (SAMPLES / "balance_clients.csv").read_text()
    assert text.count(SOUND) > 0
    for bad, told in (("999200018", True), ("DE129273398", False)):
        write(tmp_path, "balance.csv", text.replace(SOUND, bad))
        read_papers = json.loads(vigie("papers", "read", tmp_path, "-o", "json").stdout)
        codes = {each["code"] for each in read_papers["papers"][0]["findings"]}
        assert ("bad_identifier" in codes) == told


def test_two_books_are_one_ledger(tmp_path: Path) -> None:
    for book in (BEFORE, LAST):
        write(tmp_path / "both", book.name, read(book))
    write(tmp_path / "last", LAST.name, read(LAST))

    def ledger(folder: Path) -> dict[tuple[str, str], dict]:
        lines = json.loads(vigie("ledger", folder, *AS_OF, "-o", "json").stdout)
        found = {(line["side"], line["party"]): line for line in lines}
        assert len(found) == len(lines) and {line["siren"] for line in lines} == {OWNER}
        return found

    both, last = ledger(tmp_path / "both"), ledger(tmp_path / "last")
    for key, line in last.items():
        assert both[key]["open"] == line["open"] and both[key]["credits"] == line["credits"]
    each = assessment(tmp_path / "both", *AS_OF)
    for side, name in (("customers", "receivables"), ("suppliers", "payments")):
        own = [line for (of, _), line in both.items() if of == side]
        for member in ("open", "past_due", "credits"):
            total = sum(Decimal(line[member]) for line in own)
            assert Decimal(each[name][member]) == total, (side, member)
    assert Decimal(each["receivables"]["credits"]) > 0


def test_what_leaves_the_machine_has_no_paths(tmp_path: Path) -> None:
    page = vigie("assess", SAMPLES, *AS_OF, "--html", "-").stdout.decode()
    assert "comptes_deposes.json" in page and str(SAMPLES) not in page


def test_warnings_of_a_paper_of_many_stay_with_their_own(tmp_path: Path) -> None:
    filings = json.loads((SAMPLES / "comptes_deposes.json").read_text())
    spoiled = next(each for each in filings if each["siren"] == SOUND)
    spoiled["bilanSaisi"]["bilan"]["identite"]["dureeExerciceN"] = "99"
    write(tmp_path, "a.json", json.dumps(filings, indent=1))
    with_codes = {
        siren for siren, each in assessed(tmp_path).items()
        if "bad_months" in {finding["code"] for finding in each["paper_findings"]}
    }
    assert with_codes == {SOUND}
    # Where lines do not tell whose it is, nobody has it.
    write(tmp_path, "a.json", json.dumps(filings))
    assert not any(each["paper_findings"] for each in assessed(tmp_path).values())
