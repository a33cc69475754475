# SPDX-License-Identifier: Apache-2.0
"""What `vigie decide` and `vigie policy` write is JSON and HTML that others read, and the content
hash is the one that a shell computes."""

import hashlib
import html.parser
import json
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from support.server import program
from support.stubs import ROOT

POLICIES = ROOT / "Clients/CLI/Samples/Policies"
NAMES = ["cautious-supplier", "export-wholesaler"]


def vigie(*arguments: object) -> str:
    command = [program("vigie"), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def read(text: str) -> dict:
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


@pytest.mark.parametrize("name", NAMES)
def test_content_hash(name: str):
    files = sorted(path for path in (POLICIES / name).rglob("*") if path.is_file())
    names = sorted((str(path.relative_to(POLICIES / name)) for path in files), key=str.encode)
    lines = [f"{hashlib.sha256((POLICIES / name / one).read_bytes()).hexdigest()}  {one}\n"
             for one in names]
    checked = read(vigie("policy", "check", POLICIES / name, "-o", "json"))
    assert checked["content_hash"] == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert checked["failed"] == 0 and checked["never_hit"] == []


def test_the_page_computes_the_hash(tmp_path: Path):
    """The commands of the page, where hidden files are, and names with blanks."""
    page = (ROOT / "Sources/vigied/Vigied.docc/Policies.md").read_text()
    recipe = re.search(r"^find \. .*sha256sum$", page, re.M)[0]
    copy = tmp_path / "policy"
    shutil.copytree(POLICIES / NAMES[0], copy)
    (copy / ".DS_Store").write_bytes(b"x")
    (copy / "tests/.#companies.csv").write_bytes(b"x")
    (copy / ".git").mkdir()
    (copy / ".git/HEAD").write_bytes(b"x")
    (copy / "tests/companies.csv").rename(copy / "tests/our own companies.csv")
    printed = subprocess.run(["bash", "-c", recipe], cwd=copy, check=True, capture_output=True)
    checked = read(vigie("policy", "check", copy, "-o", "json"))
    assert printed.stdout.decode().split()[0] == checked["content_hash"]


@pytest.mark.parametrize("explain", ["none", "match", "near-miss"])
@pytest.mark.parametrize("name", NAMES)
def test_limits_are_within_their_parts(name: str, explain: str):
    policy = POLICIES / name
    text = vigie("decide", policy, "--facts", policy / "tests/companies.csv", "-o", "json",
                 "--explain", explain)
    decisions = read(text)["decisions"]
    assert len(decisions) > 20
    for decision in decisions:
        limit = decision["limit"]
        if limit["amount"] is None:
            assert decision["outcome"] == "investigation" and decision["missing"]
            continue
        sums = {"own_risk": [], "cover": [], "total": []}
        for part in limit["parts"]:
            sums[part["kind"]].append(max(part["amount"], 0))
        assert limit["own_risk"] <= min(sums["own_risk"], default=limit["amount"])
        assert limit["own_risk"] + limit["covered"] == limit["amount"]
        assert limit["amount"] <= min(sums["total"], default=limit["amount"])
        assert limit["covered"] <= sum(sums["cover"])
        tables = decision["tables"]
        assert all(("near_misses" in table) == (explain != "none") for table in tables)
        if explain == "near-miss":
            assert any(miss["cells"] for table in tables for miss in table["near_misses"])


class Balance(html.parser.HTMLParser):
    """Whether each element of a page is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("reader", ["customer", "sales", "credit"])
def test_pages(reader: str, tmp_path: Path):
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"company": "A & B <SA>", "as_of": "2025-06-30", "facts": {
        "outcome": "scored", "country": "FR", "risk_class": 2, "equity": 1000000,
        "own_turnover": 40000000, "forecast_sales": 36000, "forecast_months": 6}}))
    policy = POLICIES / "export-wholesaler"
    page = vigie("decide", policy, "--facts", facts, "--html", "-", "--reader", reader)
    balance = Balance()
    balance.feed(page)
    assert balance.open == [] and "A &amp; B &lt;SA&gt;" in page and "<SA>" not in page


def test_differences():
    old, new = (POLICIES / name for name in NAMES)
    difference = read(vigie("policy", "diff", old, new, "-o", "json"))
    assert 0 < difference["changed"] <= difference["companies"]
    assert "Counted cover: is new" in difference["decisions"]
    assert "Sector risk: is gone" in difference["decisions"]
    assert "tables/countries.csv: is new" in difference["files"]


def test_the_page_says_what_happens(tmp_path: Path):
    """The way that the page goes with a newcomer, cell by cell."""
    page = (ROOT / "Sources/vigied/Vigied.docc/Policies.md").read_text()
    blocks = re.findall(r"```(\w*)\n(.*?)```", page, re.S)
    imported, wrong, told = [text.strip().splitlines() for kind, text in blocks if kind == ""][:3]
    original, copy = POLICIES / NAMES[0], tmp_path / "my-policy"
    shutil.copytree(original, copy)
    model = (copy / "policy.dmn").read_text()
    sheet = tmp_path / "limits.xlsx"
    vigie("policy", "table", "export", copy, sheet, "--decision", "Limit")
    book = openpyxl.load_workbook(sheet)
    assert [book["Limit"][place].value for place in ("A11", "E3", "E11")] == [
        "limit-b", "share_of_equity", 0.08]
    book["Limit"]["E11"] = 0.05
    book.save(sheet)
    assert vigie("policy", "table", "import", copy, sheet).splitlines() == imported
    rule = model.index('rule id="limit-b"')
    changed = model[:rule] + model[rule:].replace("0.08", "0.05", 1)
    assert (copy / "policy.dmn").read_text() == changed
    printed = vigie("policy", "diff", original, copy).splitlines()
    for line in told:
        assert any(other.startswith(line.rstrip("…")) for other in printed), line

    # The rule that the page adds.
    row = re.search(r'^\| (\| `"C"` .*) \|$', page, re.M)[1].split("|")[1:]
    cells = [cell.strip().strip("`") for cell in row]
    sheet = tmp_path / "terms.xlsx"
    vigie("policy", "table", "export", copy, sheet, "--decision", "Terms")
    book = openpyxl.load_workbook(sheet)
    terms = book["Terms"]
    heads = [cell.strip() for cell in re.search(r"^\| \| class \|.*$", page, re.M)[0].split("|")]
    assert heads[2:-1] == [terms.cell(3, column).value for column in range(2, 12)]
    places = {terms.cell(place, 1).value: place for place in range(9, terms.max_row + 1)}
    assert terms.cell(places["terms-c"], 3).value == "-"
    terms.cell(places["terms-c"], 3).value = "null, > 500"
    for column, value in enumerate(cells, 2):
        terms.cell(len(places) + 9, column).value = int(value) if value.isdigit() else value
    book.save(sheet)
    assert "rule terms-6: is new" in vigie("policy", "table", "import", copy, sheet)
    assert "let stand by waivers" in vigie("policy", "lint", copy)
    assert "Terms, rule terms-6: is new" in vigie("policy", "diff", original, copy)
    assert vigie("policy", "table", "export", copy, sheet) == f"{sheet}: 7 tables, 47 rules\n"

    (copy / "policy.dmn").write_text(model[:rule] + model[rule:].replace("0.08", "0,05", 1))
    refused = subprocess.run([program("vigie"), "policy", "check", copy],
                             capture_output=True, text=True)
    assert refused.returncode == 65
    assert refused.stderr.removeprefix(f"vigie: {tmp_path}/").startswith(wrong[0].rstrip("…"))
