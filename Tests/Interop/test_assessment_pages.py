# SPDX-License-Identifier: Apache-2.0
"""Assessments as pages for a terminal, a browser and a spreadsheet."""

import json
import math
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from support.papers import AS_OF, PROCEEDINGS, SAMPLES, SOUND, assessed, bundle_of_horizon, vigie

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def cell_value(cell: ElementTree.Element) -> str:
    """What a cell of a workbook holds."""
    return "".join(cell.itertext())


@pytest.fixture(scope="module")
def companies() -> dict[str, dict]:
    """The sample companies, assessed."""
    return assessed(SAMPLES)


@pytest.mark.parametrize("language, word", [("fr", "Situation"), ("en", "Outcome")])
def test_the_page_in_the_terminal(language: str, word: str) -> None:
    result = vigie("assess", SAMPLES, *AS_OF, "--lang", language)
    assert result.returncode == 0
    text = result.stdout.decode()
    # Once for each company, and above the list of them.
    assert text.count(word) == 8
    assert "█" in text and "\x1b" not in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_stands_by_itself(tmp_path: Path, language: str) -> None:
    page = tmp_path / "page.html"
    result = vigie("assess", SAMPLES, *AS_OF, "--lang", language, "--html", page)
    assert result.returncode == 0, result.stderr
    text = page.read_text()
    # Nothing is fetched, nothing runs.
    assert not re.search(r"<script|https?://|src=|url\(|@import", text)

    class Tags(HTMLParser):
        open: list[str] = []

        def handle_starttag(self, tag: str, attributes: object) -> None:
            if tag != "meta":
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    tags = Tags()
    tags.feed(text)
    assert tags.open == []


class Links(HTMLParser):
    """The anchors of a page, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self.anchors += [value for name, value in attributes if name == "id"]
        self.links += [value for name, value in attributes if name == "href"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_words_of_a_page_lead_to_its_glossary(language: str) -> None:
    page = vigie("assess", SAMPLES, *AS_OF, "--lang", language, "--html", "-").stdout.decode()
    links = Links(page)
    assert len(set(links.anchors)) == len(links.anchors)
    assert {link.removeprefix("#") for link in links.links} == set(links.anchors)
    terms = [anchor for anchor in links.anchors if anchor.startswith("term-")]
    assert {"term-outcome", "term-class", "term-payment_index", "term-caf"} <= set(terms)
    # The list of companies leads to each.
    assert links.links.count("#company-7") == 1


def test_a_page_of_one_company_has_no_list() -> None:
    page = vigie("assess", SAMPLES, *AS_OF, "--siren", SOUND, "--html", "-").stdout.decode()
    assert "<nav>" not in page and "FONDERIE DU VALLON" in page
    assert "STRETCHED" not in page and page.count("<article") == 1


def test_the_glossary_speaks_to_its_reader() -> None:
    pages = [
        vigie("assess", SAMPLES, *AS_OF, "--html", "-", "--reader", reader).stdout.decode()
        for reader in ("sales", "credit", "company")
    ]
    assert len(set(pages)) == 3
    assert "Promise nothing to a company" in pages[0] and "Promise nothing" not in pages[1]


def test_a_page_names_all_papers_and_colours_the_class(companies: dict[str, dict]) -> None:
    page = vigie("assess", SAMPLES, *AS_OF, "--html", "-").stdout.decode()
    articles = dict(zip(companies, page.split("<article")[1:], strict=True))
    for name in ("StockUniteLegale.csv", "comptes_deposes.json", "balance_clients.csv"):
        assert name in articles[SOUND]
    assert "annonces_bodacc.json" not in articles[SOUND]
    assert "annonces_bodacc.json" in articles[PROCEEDINGS]
    colours = {1: "good", 4: "good", 5: "fair", 7: "fair", 8: "bad", 10: "bad"}
    for siren, each in companies.items():
        outcome = re.search(r'<p class="outcome (\w+) ?(\w*)"', articles[siren])
        assert outcome[1] == each["outcome"]
        if each["adjusted"]:
            risk_class = each["adjusted"]["risk_class"]
            expected = "good" if risk_class < 5 else "fair" if risk_class < 8 else "bad"
            assert colours.get(risk_class, expected) == expected == outcome[2]


def test_the_word_of_a_capped_class_is_its_own(tmp_path: Path) -> None:
    names = {
        1: "minimal risk", 2: "very low risk", 3: "low risk", 4: "moderately low risk",
        5: "moderate risk", 6: "moderately high risk", 7: "high risk", 8: "very high risk",
        9: "severe risk", 10: "critical risk",
    }
    # One year of accounts, long ago: the class is capped at 5.
    accounts = json.loads((SAMPLES / "comptes_deposes.json").read_text())
    (tmp_path / "a.json").write_text(json.dumps(accounts))
    capped = 0
    for day in ("2024-12-31", "2025-12-31", "2026-12-31", "2027-03-31"):
        arguments = ("assess", tmp_path, "--as-of", day, "--siren", SOUND)
        (each,) = json.loads(vigie(*arguments, "-o", "json").stdout)["assessments"]
        if not each["adjusted"]:
            continue
        risk_class = each["adjusted"]["risk_class"]
        text = vigie(*arguments).stdout.decode()
        words = re.search(r"class (\d+) \(([^;)]*)(; capped[^)]*)?\)", text)
        assert (int(words[1]), words[2]) == (risk_class, names[risk_class])
        assert bool(words[3]) == each["class_capped"]
        capped += each["class_capped"]
    assert capped


def test_nothing_is_written_over_a_paper(tmp_path: Path) -> None:
    paper = tmp_path / "a.json"
    paper.write_bytes((SAMPLES / "comptes_deposes.json").read_bytes())
    for option in ("--html", "--xlsx"):
        done = vigie("assess", tmp_path, *AS_OF, option, paper)
        assert done.returncode == 64 and b"is the input itself" in done.stderr
    assert paper.read_bytes() == (SAMPLES / "comptes_deposes.json").read_bytes()


def test_a_workbook_may_go_to_a_pipe(tmp_path: Path) -> None:
    done = vigie("assess", SAMPLES, *AS_OF, "--xlsx", "-")
    assert done.returncode == 0 and done.stdout.startswith(b"PK")


def test_the_workbook_is_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.xlsx"
    result = vigie("assess", SAMPLES, *AS_OF, "--xlsx", path)
    assert result.returncode == 0, result.stderr
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        sheets = [
            [[cell_value(cell) for cell in row] for row in sheet.iter(f"{{{MAIN}}}row")]
            for sheet in (
                ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
                for number in range(1, 5)
            )
        ]
    companies, reasons, aging, _ = sheets
    assert len(companies) == 8 and len({len(row) for row in companies}) == 1
    sound = next(row for row in companies if row[0] == SOUND)
    assert 0 < float(sound[5]) < 0.005 and float(sound[6]) > 700
    assert len(reasons) > 10 and len(aging) > 1


def test_a_line_for_each_company(companies: dict[str, dict]) -> None:
    done = vigie("assess", SAMPLES, *AS_OF, "--summary")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0 and len(lines) == 8
    for line, (siren, each) in zip(lines[1:], companies.items(), strict=True):
        assert siren in line and line.split()[-1] == each["confidence"]
        assert f" {each['adjusted']['score']} " in line if each["adjusted"] else "–" in line
    assert vigie("assess", SAMPLES, *AS_OF, "--summary", "-o", "json").returncode == 64


def test_horizons_of_other_bundles(tmp_path: Path, companies: dict[str, dict]) -> None:
    bundles = [bundle_of_horizon(tmp_path / f"{months}", months) for months in (36, 24)]
    arguments = ("assess", SAMPLES, *AS_OF, "--horizon", bundles[0], "--horizon", bundles[1])
    document = json.loads(vigie(*arguments, "-o", "json").stdout)
    for each in document["assessments"]:
        plain = companies[each["siren"]]
        assert each["adjusted"] == plain["adjusted"] and plain["horizons"] == []
        if not each["adjusted"]:
            assert each["horizons"] == []
            continue
        # Nothing was fitted for payments alone; the copies are of the trees, not of the card.
        months = [horizon["months"] for horizon in each["horizons"]]
        assert months == ([12] if each["basis"] == "payments" else [12, 24, 36])
        if each["basis"] == "statements":
            own, *others = each["horizons"]
            assert own["score"] == each["adjusted"]["score"]
            # The copies know nothing of the calibration by depth, and are equal.
            assert others[0]["probability"] == others[1]["probability"] != own["probability"]
    text = vigie(*arguments).stdout.decode()
    page = vigie(*arguments, "--html", "-", "--lang", "fr").stdout.decode()
    assert "within 24 months: " in text and "à 36 mois : " in page
    # A bundle of the same horizon is no other one.
    again = vigie("assess", SAMPLES, *AS_OF, "--horizon", bundles[0], "--bundle", bundles[0])
    assert again.returncode == 64 and b"36 months already" in again.stderr
    twice = vigie("assess", SAMPLES, *AS_OF, "--horizon", bundles[0], "--horizon", bundles[0])
    assert twice.returncode == 64 and str(bundles[0]).encode() in twice.stderr


def log_odds(figures: dict) -> float:
    """The log-odds of a probability."""
    return math.log(figures["probability"] / (1 - figures["probability"]))


def test_a_bundle_of_ones_own(tmp_path: Path, companies: dict[str, dict]) -> None:
    bundle = bundle_of_horizon(tmp_path / "own", 24)
    done = vigie("assess", SAMPLES, *AS_OF, "--bundle", bundle, "-o", "json")
    for each in json.loads(done.stdout)["assessments"]:
        if companies[each["siren"]]["basis"] == "statements":
            assert each["model"].startswith("within-24") and each["horizon_months"] == 24
            # The same trees, without the calibration by depth that is fitted for the bundled ones.
            plain = companies[each["siren"]]
            difference = log_odds(plain["base"]) - log_odds(each["base"])
            assert each["depth_log_odds"] == 0
            assert abs(difference - plain["depth_log_odds"]) < 1e-9
    # An input that no statement gives is told.
    manifest = (bundle / "manifest.json").read_text()
    (bundle / "manifest.json").write_text(re.sub(r"\binventory\b", "goods", manifest))
    done = vigie("assess", SAMPLES, *AS_OF, "--bundle", bundle, "--summary")
    assert done.returncode == 0 and b"no statement gives are missing: goods" in done.stderr
    (bundle / "model.txt").unlink()
    done = vigie("assess", SAMPLES, *AS_OF, "--bundle", bundle)
    assert done.returncode == 65 and b"model.txt" in done.stderr


def test_answers_stand_on_pages_and_in_workbooks(tmp_path: Path) -> None:
    quartiles = tmp_path / "quartiles.csv"
    quartiles.write_text("ratio,segment,q1,median,q3\ntaux_d_endettement,,10,50,100\n")
    arguments = (
        "assess", SAMPLES, *AS_OF, "--quartiles", quartiles, "--what-if", "equity=+200k",
        "--reach", "class=3",
    )
    text = vigie(*arguments).stdout.decode()
    page = vigie(*arguments, "--html", "-").stdout.decode()
    for words in ("What if", "Smallest change that reaches class 3", "Place among others"):
        assert words in text and f"<h2>{words}</h2>" in page
    done = vigie(*arguments, "--xlsx", tmp_path / "book.xlsx")
    assert done.returncode == 0
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        names = re.findall(r'sheet name="(.*?)"', archive.read("xl/workbook.xml").decode())
        assert names[-2:] == ["Quartiles", "Questions"]
        sheet = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{len(names)}.xml"))
    rows = [[cell_value(cell) for cell in row] for row in sheet.iter(f"{{{MAIN}}}row")]
    assert {len(row) for row in rows} == {4}
    assert any("→" in row[3] for row in rows if row[2] == "What if")


def test_names_cannot_command_a_terminal_or_a_page(tmp_path: Path) -> None:
    accounts = json.loads((SAMPLES / "comptes_deposes.json").read_text())
    register = (SAMPLES / "StockUniteLegale.csv").read_text()
    hostile = "<script>x</script>\x1b[31m"
    (tmp_path / "r.csv").write_text(register.replace("FONDERIE DU VALLON", hostile))
    (tmp_path / "a.json").write_text(json.dumps(accounts))
    result = vigie("assess", tmp_path, *AS_OF)
    assert b"\x1b[31m" not in result.stdout
    page = tmp_path / "out.htm"
    assert vigie("assess", tmp_path, *AS_OF, "--html", page).returncode == 0
    assert "<script" not in page.read_text()
