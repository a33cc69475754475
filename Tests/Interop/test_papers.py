# SPDX-License-Identifier: Apache-2.0
"""vigie on companies' papers: in any mix, without a server."""

import gzip
import json
import os
import re
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from support.server import program

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "Clients/CLI/Samples/Companies"
DOCUMENTATION = ROOT / "Clients/CLI/vigie/Vigie.docc"
AS_OF = ("--as-of", "2025-12-31")

SOUND, STRETCHED, FAILING = "999200017", "999200025", "999200033"
PROCEEDINGS, CLOSED, UNFILED, CONFLICT = "999200041", "999200058", "999200066", "999200074"


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def cell_value(cell: ElementTree.Element) -> str:
    """What a cell of a workbook holds."""
    return "".join(cell.itertext())


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
    assert companies[CONFLICT]["legal"]["conflicts"] == 1
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


@pytest.mark.parametrize("language, word", [("fr", "Situation"), ("en", "Outcome")])
def test_the_page_in_the_terminal(language: str, word: str) -> None:
    result = vigie("assess", SAMPLES, *AS_OF, "--lang", language)
    assert result.returncode == 0
    text = result.stdout.decode()
    assert text.count(word) == 7
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


@pytest.mark.parametrize("language, word", [("fr", "Ne dit pas"), ("en", "Does not say")])
def test_terms_are_explained(language: str, word: str) -> None:
    names = [line.split(b":")[0] for line in vigie("explain").stdout.splitlines()]
    assert len(names) >= 16
    for name in names:
        text = vigie("explain", name.decode(), "--lang", language).stdout.decode()
        assert word in text


def test_french_is_french_throughout(tmp_path: Path) -> None:
    for name, content in {
        "leer.txt": b"", "bild.png": b"\x89PNG\r\n\x1a\n", "text.txt": b"no paper at all\n",
        "liste.csv": b"a;b\n1;2\n", "kaputt.json": b'{"siren": ', "seite.html": b"<html>x</html>",
    }.items():
        (tmp_path / name).write_bytes(content)
    english, french = (
        json.loads(vigie("papers", "read", tmp_path, "-o", "json", "--lang", language).stdout)
        for language in ("en", "fr")
    )
    for before, after in zip(english["papers"], french["papers"], strict=True):
        assert before["error"] and before["error"] != after["error"], before
        assert not before["hint"] or before["hint"] != after["hint"], before
    said = vigie("papers", "check", tmp_path, "--lang", "fr").stdout.decode()
    for word in ("aucun profil", "une image (PNG)", "elle est vide", "une page web"):
        assert word in said, said


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("assess", "/nowhere"), "ne peut pas être ouvert : aucun fichier ni dossier"),
        (("assess", SAMPLES, "--siren", "732829320"), "aucune pièce ne parle de l'entreprise"),
    ],
)
def test_failures_are_told_in_french(arguments: tuple, words: str) -> None:
    for given in ({}, {"VIGIE_LANGUAGE": "fr"}):
        flags = () if given else ("--language", "fr")
        done = vigie(*arguments, *flags, **given)
        assert words in done.stderr.decode() and not done.stdout


def test_the_language_is_a_setting(tmp_path: Path) -> None:
    (tmp_path / "vigie").mkdir()
    settings = tmp_path / "vigie/config.json"
    settings.write_text('{"language": "fr"}')
    variables = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert "Situation" in vigie("explain", **variables).stdout.decode()
    assert b"Situation" not in vigie("explain", "--lang", "en", **variables).stdout
    settings.write_text('{"language": "de"}')
    done = vigie("explain", **variables)
    assert done.returncode == 78 and b"language" in done.stderr


def test_french_numbers_have_a_comma() -> None:
    for command in (("assess", SAMPLES), ("ledger", SAMPLES), ("ratios", SAMPLES)):
        day = () if command[0] == "ratios" else AS_OF
        text = vigie(*command, *day, "--lang", "fr").stdout.decode()
        assert re.search(r"\d,\d", text) and not re.search(r"\d\.\d", text), command
    page = vigie("assess", SAMPLES, *AS_OF, "--lang", "fr", "--html", "-").stdout.decode()
    body = page.split("</style>")[1].split("<footer>")[0]
    assert not re.search(r"\d\.\d", body)


def test_each_kind_of_paper_is_listed_once() -> None:
    lines = vigie("papers", "kinds").stdout.decode().splitlines()
    assert len(set(lines)) == len(lines)
    assert "bodacc: notices of courts and registers (BODACC) (json, table, xml)" in lines


def documented(page: str) -> dict[str, set[str]]:
    """The members of each object of a documented form."""
    rows = (DOCUMENTATION / page).read_text().split("## The form")[1].splitlines()
    found: dict[str, set[str]] = {}
    for row in rows:
        cells = row.split(" | ")
        if not row.startswith("| ") or len(cells) != 2:
            continue
        members = re.findall(r"`([^`]+)`", re.sub(r"\([^()]*\)", "", cells[1]))
        for name in re.findall(r"`([^`]+)`", cells[0]) or [cells[0].strip("| ")]:
            found[name] = set(members)
    del found["object"]
    return found


def walk(value: object, name: str, found: dict[str, set[str]]) -> None:
    """Collects the members of each object, by the name that it stands under."""
    if isinstance(value, list):
        for each in value:
            walk(each, name, found)
    elif isinstance(value, dict) and name not in ("lines", "values", "finding_counts", "terms"):
        found.setdefault(name, set()).update(value)
        for member, each in value.items():
            walk(each, member, found)


@pytest.mark.parametrize(
    "page, command",
    [
        ("Assessments.md", ("assess", SAMPLES, *AS_OF)),
        ("Papers.md", ("papers", "read", ROOT / "Tests/CompanyPapersTests/Papers")),
    ],
)
def test_json_has_what_is_documented_and_no_more(page: str, command: tuple) -> None:
    found: dict[str, set[str]] = {}
    walk(json.loads(vigie(*command, "-o", "json").stdout), "document", found)
    assert found == documented(page)
