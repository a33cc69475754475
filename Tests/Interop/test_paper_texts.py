# SPDX-License-Identifier: Apache-2.0
"""What the commands on papers say: languages, kinds, terms, and the documented JSON."""

import json
import re
from pathlib import Path

import pytest

from support.papers import AS_OF, DOCUMENTATION, ROOT, SAMPLES, bundle_of_horizon, vigie

PAPERS = ROOT / "Tests/CompanyPapersTests/Papers"


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


def test_json_of_papers_has_what_is_documented_and_no_more() -> None:
    found: dict[str, set[str]] = {}
    walk(json.loads(vigie("papers", "read", PAPERS, "-o", "json").stdout), "document", found)
    assert found == documented("Papers.md")


def test_json_of_assessments_has_what_is_documented_and_no_more(tmp_path: Path) -> None:
    quartiles = tmp_path / "quartiles.csv"
    quartiles.write_text("ratio,segment,q1,median,q3\ntaux_d_endettement,,10,50,100\n")
    found: dict[str, set[str]] = {}
    bundle = bundle_of_horizon(tmp_path / "bundle", 24)
    for more in ((), ("--what-if", "equity=+200k", "--reach", "class=1", "--horizon", bundle)):
        done = vigie("assess", SAMPLES, PAPERS / "fec", *AS_OF, "-o", "json",
                     "--quartiles", quartiles, *more)
        walk(json.loads(done.stdout), "document", found)
    assert found == documented("Assessments.md")
