# SPDX-License-Identifier: Apache-2.0
"""Decision tables in spreadsheets: through workbooks of other programs and back without a changed
value, with openpyxl and XlsxWriter for Excel, and LibreOffice where there is one."""

import csv
import datetime
import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.escape import unescape

from support.server import program
from support.stubs import ROOT

POLICIES = ROOT / "Clients/CLI/Samples/Policies"
RULES = 3_700


def vigie(*arguments: object, status: int = 0) -> str:
    command = [program("vigie"), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    return done.stdout if status == 0 else done.stderr


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(POLICIES / "cautious-supplier", tmp_path / "policy"))


def cell(column: int, chance: random.Random) -> str:
    """A cell of a rule: what people write, and what spreadsheets make something else of."""
    number = chance.choice(["0.05", "0.10", "12345678901234567890", "1.5", "100", "-7",
                            "1250.50", "0.30000000000000004", "9007199254740993", "0.000001",
                            "150000"])
    text = chance.choice(['"0100"', '"1E5"', '"1-3"', '"=1+1"', '"\'x"', '" a "', '"é, \\"x\\""',
                          '"TRUE"', '"1/2"', '"_x000D_"', '"a\u00a0b"', '"-"', '"#N/A"'])
    if column == 0:
        return chance.choice(["-", text, f"not({text})", f'{text}, "b"'])
    if column == 1:
        return chance.choice(["-", number, f">= {number}", "[1..5]", "(1.5..2.5]", "1,2,3", "null"])
    return text if column == 2 else number


def large(policy: Path) -> None:
    """Puts a table of many rules of all kinds of cells into the policy."""
    chance = random.Random(7)
    rules = []
    for number in range(RULES):
        cells = [cell(column, chance).replace("&", "&amp;").replace("<", "&lt;")
                 .replace(">", "&gt;") for column in range(4)]
        rules.append(f'<rule id="big-{number}"><inputEntry><text>{cells[0]}</text></inputEntry>'
                     f"<inputEntry><text>{cells[1]}</text></inputEntry>"
                     f"<outputEntry><text>{cells[2]}</text></outputEntry>"
                     f"<outputEntry><text>{cells[3]}</text></outputEntry>"
                     f"<annotationEntry><text>0{number} of\n{RULES}</text></annotationEntry>"
                     "</rule>")
    table = ('<decision id="big" name="Big"><variable name="Big"/>'
             '<informationRequirement><requiredInput href="#in-stage"/></informationRequirement>'
             '<informationRequirement><requiredInput href="#in-amount"/></informationRequirement>'
             '<decisionTable hitPolicy="COLLECT"><input><inputExpression typeRef="string">'
             "<text>stage</text></inputExpression></input><input><inputExpression "
             'typeRef="number"><text>amount</text></inputExpression></input>'
             '<output name="code" typeRef="string"/><output name="limit" typeRef="number"/>'
             f'<annotation name="note"/>{"".join(rules)}</decisionTable></decision>\n')
    model = policy / "policy.dmn"
    text = model.read_text()
    model.write_text(text.replace("</definitions>", table + "</definitions>"))


def unchanged(policy: Path, file: Path, *more: object) -> None:
    before = (policy / "policy.dmn").read_bytes()
    assert vigie("policy", "table", "import", policy, file, *more) == "nothing is otherwise\n"
    assert (policy / "policy.dmn").read_bytes() == before


@pytest.mark.parametrize("dialect", ["plain", "excel-fr", "excel-de", "excel-en"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ["cautious-supplier", "export-wholesaler"])
def test_comes_back_as_it_was(name: str, ending: str, dialect: str, tmp_path: Path):
    policy = Path(shutil.copytree(POLICIES / name, tmp_path / "policy"))
    for table in ["Class", "Limit", "Terms", "Action"]:
        file = tmp_path / f"{table}.{ending}"
        vigie("policy", "table", "export", policy, file, "--decision", table, "--dialect", dialect)
        unchanged(policy, file)
    vigie("policy", "table", "export", policy, tmp_path / "all.xlsx")
    unchanged(policy, tmp_path / "all.xlsx")


def test_many_rules_through_openpyxl(policy: Path, tmp_path: Path):
    large(policy)
    file = tmp_path / "big.xlsx"
    assert f"{RULES} rules" in vigie("policy", "table", "export", policy, file, "--decision", "Big")
    unchanged(policy, file)
    book = openpyxl.load_workbook(file)
    sheet = book["Big"]
    assert sheet.max_row == RULES + 8 and sheet["B1"].value == "Big"
    again = tmp_path / "again.xlsx"
    book.save(again)
    unchanged(policy, again)


def test_many_rules_through_xlsxwriter(policy: Path, tmp_path: Path):
    large(policy)
    file = tmp_path / "big.xlsx"
    vigie("policy", "table", "export", policy, file)
    other = tmp_path / "other.xlsx"
    book = xlsxwriter.Workbook(other)
    for sheet in openpyxl.load_workbook(file):
        copy = book.add_worksheet(sheet.title)
        for row in sheet.iter_rows():
            for one in row:
                if isinstance(one.value, str):
                    copy.write_string(one.row - 1, one.column - 1, unescape(one.value))
                elif one.value is not None:
                    copy.write_number(one.row - 1, one.column - 1, one.value)
    book.close()
    unchanged(policy, other)


def soffice() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("there is no LibreOffice: apt-get install --no-install-recommends "
                    "libreoffice-calc")
    return found


def saved_again(file: Path, ending: str = "xlsx") -> Path:
    folder = file.parent / "saved"
    subprocess.run([soffice(), "--headless", f"-env:UserInstallation=file://{file.parent}/office",
                    "--convert-to", ending, "--outdir", folder, file],
                   check=True, capture_output=True, timeout=300)
    return folder / f"{file.stem}.{ending}"


@pytest.mark.parametrize("dialect", ["plain", "excel-fr"])
def test_many_rules_through_libreoffice(dialect: str, policy: Path, tmp_path: Path):
    soffice()
    large(policy)
    file = tmp_path / "big.xlsx"
    vigie("policy", "table", "export", policy, file, "--dialect", dialect)
    unchanged(policy, saved_again(file))


def test_changes_are_written_and_nothing_else(policy: Path, tmp_path: Path):
    file = tmp_path / "limit.xlsx"
    vigie("policy", "table", "export", policy, file, "--decision", "Limit")
    book = openpyxl.load_workbook(file)
    sheet = book["Limit"]
    rows = {sheet.cell(row, 1).value: row for row in range(9, sheet.max_row + 1)}
    sheet.cell(rows["limit-b"], 5).value = 0.05
    new = sheet.max_row + 1
    for column, value in enumerate([None, '"D"', '"high"', None, None, None, True, 0, 1, "x"], 1):
        sheet.cell(new, column).value = "null" if value is None and column > 1 else value
    sheet.cell(rows["limit-d"], 3).value = 'not("high")'
    book.save(file)
    before = (policy / "policy.dmn").read_text()
    told = vigie("policy", "table", "import", policy, file)
    assert told.splitlines() == [
        "Limit, rule limit-b, share_of_equity: was 0.08, is 0.05",
        'Limit, rule limit-d, risk of the sector: was -, is not("high")',
        f"Limit, rule limit-8: is new, row {new}", "policy.dmn: written"]
    after = (policy / "policy.dmn").read_text()
    rule = re.search(r'      <rule id="limit-8">.*?</rule>\n', after, re.S)[0]
    assert '<text>"D"</text></inputEntry> <!-- class -->' in rule
    place = before.index('<rule id="limit-b">')
    wanted = before[:place] + before[place:].replace("0.08", "0.05", 1)
    place = wanted.index('<rule id="limit-d">')
    wanted = wanted[:place] + wanted[place:].replace("<text>-<", '<text>not("high")<', 1)
    assert after.replace(rule, "") == wanted
    sheet.delete_rows(new)
    book.save(file)
    assert "limit-8: is gone" in vigie("policy", "table", "import", policy, file)


def test_local_numbers_are_named_and_never_guessed(policy: Path, tmp_path: Path):
    file = tmp_path / "limit.csv"
    vigie("policy", "table", "export", policy, file, "--decision", "Limit")
    with file.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    row = next(row for row in rows if row[0] == "limit-b")
    row[4] = "0,05"
    french = tmp_path / "french.csv"
    with french.open("w", newline="", encoding="windows-1252") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    before = (policy / "policy.dmn").read_bytes()
    told = vigie("policy", "table", "import", policy, french, status=65)
    assert "is no UTF-8" in told and "--encoding latin-1" in told
    told = vigie("policy", "table", "import", policy, french, "--encoding", "windows-1252",
                 status=65)
    assert 'E11: "0,05" may be one number or several' in told and "--dialect excel-fr" in told
    assert (policy / "policy.dmn").read_bytes() == before
    said = ("--encoding", "windows-1252", "--dialect", "excel-fr")
    told = vigie("policy", "table", "import", policy, french, *said, "--dry-run")
    assert told.endswith("nothing was written\n")
    assert (policy / "policy.dmn").read_bytes() == before
    told = vigie("policy", "table", "import", policy, french, *said)
    assert told.startswith("Limit, rule limit-b, share_of_equity: was 0.08, is 0.05\n")


def test_of_two_imports_at_once_none_is_lost(policy: Path, tmp_path: Path):
    file = tmp_path / "limit.csv"
    vigie("policy", "table", "export", policy, file, "--decision", "Limit")
    text = file.read_text(encoding="utf-8").replace("0.08", "0.05")
    slow = tmp_path / "slow.csv"
    os.mkfifo(slow)
    with subprocess.Popen([program("vigie"), "policy", "table", "import", policy, slow], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as first:
        # Whoever opens the pipe for reading has read the policy already.
        with slow.open("w", encoding="utf-8", newline="") as stream:
            file.write_text(text.replace("0.05", "0.06"), encoding="utf-8", newline="")
            assert "is 0.06" in vigie("policy", "table", "import", policy, file)
            stream.write(text)
        output, errors = first.communicate(timeout=60)
    assert first.returncode == 74 and "was changed by somebody else meanwhile" in errors
    assert "written\n" not in output
    assert "0.06" in (policy / "policy.dmn").read_text()
    assert not [path for path in policy.iterdir() if path.name.startswith("policy.dmn.")]


def test_what_is_wrong_changes_nothing(policy: Path, tmp_path: Path):
    file = tmp_path / "limit.xlsx"
    vigie("policy", "table", "export", policy, file, "--decision", "Limit", "--decision", "Class")
    before = (policy / "policy.dmn").read_bytes()

    def told(change, name: str = "Limit", status: int = 65) -> str:
        book = openpyxl.load_workbook(file)
        change(book[name])
        book.save(tmp_path / "wrong.xlsx")
        words = vigie("policy", "table", "import", policy, tmp_path / "wrong.xlsx", status=status)
        assert (policy / "policy.dmn").read_bytes() == before
        return words

    def put(place: str, value):
        return lambda sheet: sheet.__setitem__(place, value)

    assert "E9: is a formula that was not computed" in told(put("E9", "=1+1"))
    assert "E9: is a day" in told(put("E9", datetime.date(2026, 1, 5)))
    assert 'sheet "Limit", E9: must be from 0 to 1' in told(put("E9", 5))
    assert "nothing was changed" in told(put("E9", 5))
    for text in ["5%", "VRAI", "up to 20000"]:
        words = told(put("E11", text))
        assert f'{tmp_path / "wrong.xlsx"}: sheet "Limit", E11: ' in words and ".dmn" not in words
    words = told(lambda sheet: sheet.merge_cells("B11:B12"))
    assert "B11: is merged with the cells to B12" in words
    words = told(put("E9", "2026-01-01"))
    assert 'E9: "2026-01-01" is a day, and the column is of numbers' in words
    assert 'may say 20000, or 20.0000' in told(put("E9", "20.000"))
    # A rule that is gone has words for customers, which somebody has to take out first.
    words = told(lambda sheet: sheet.delete_rows(9), "Class")
    assert "texts.en.json: class-ended: is the id of no rule" in words
    assert "is there twice, also in row 9" in told(put("A10", "limit-a"))
    assert "Limit\": is no table, and left out" in told(
        lambda sheet: [put("A1", "x")(sheet), put("A1", "x")(sheet.parent["Class"])])
    wrong = tmp_path / "wrong.xlsx"
    for start in [b"PK\3\4", b"\xd0\xcf\x11\xe0", b"%PDF-1.4"]:
        wrong.write_bytes(start + bytes(100))
        vigie("policy", "table", "import", policy, wrong, status=65)
    vigie("policy", "table", "import", policy, tmp_path / "none.xlsx", status=66)
    vigie("policy", "table", "export", policy, tmp_path / "x.ods", status=64)
    assert "there are Class" in vigie("policy", "table", "export", policy, file, "--decision",
                                      "Limits", status=65)
    with wrong.open("wb") as stream:
        stream.truncate((32 << 20) + 1)
    assert "has more than 33554432 bytes" in vigie("policy", "table", "import", policy, wrong,
                                                    status=65)
