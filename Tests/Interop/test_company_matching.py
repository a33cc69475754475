# SPDX-License-Identifier: Apache-2.0
"""`vigie portfolio match`: lists of names and addresses against the directory and a portfolio."""

import csv
import gzip
import subprocess

import pytest

from support.server import Server, program

COMPANIES = """\
siren,etatAdministratifUniteLegale,denominationUniteLegale,denominationUsuelle1UniteLegale,\
sigleUniteLegale,nomUniteLegale,prenom1UniteLegale,categorieJuridiqueUniteLegale
552100554,A,MENUISERIE DUPONT,,,,,5499
732829320,A,GARAGE MARTIN,,,,,5710
999100019,A,GARAGE MARTIN,,,,,5710
999100027,C,DURAND TRANSPORTS,,,,,5710
999100035,A,HOLDING DU LEVANT,LE COMPTOIR VERT,,,,5710
999100043,A,,,,LEROY,JEAN,1000
"""
ADDRESSES = """\
siret,etatAdministratifEtablissement,etablissementSiege,codePostalEtablissement,\
libelleCommuneEtablissement,numeroVoieEtablissement,typeVoieEtablissement,\
libelleVoieEtablissement,enseigne1Etablissement
55210055400013,A,true,69001,LYON,12,RUE,DE LA GARE,
73282932000074,A,true,13001,MARSEILLE,3,RUE,PASTEUR,
99910001900010,A,true,13001,MARSEILLE,40,AV,FOCH,
99910002700013,A,true,59000,LILLE,1,RUE,NEUVE,
99910003500016,A,true,75008,PARIS,5,AV,MONTAIGNE,
99910004300010,A,true,44000,NANTES,9,RUE,DES HALLES,CHEZ JEANNOT
"""
LIST = """\
Code client;Raison sociale;Adresse;CP;Ville;Encours
C1;Menuiserie Dupont S.A.R.L.;12, r. de la Gare;69001;Lyon;1200.50
C2;Garage Martin;;13001;Marseille;10
C3;Garrage Martin;40 avenue Foch;13001;Marseille;20
C4;Durand Transp.;;59000;Lille;30
C5;Le Comptoir vert;;75008;Paris;40
C6;LEROY Jean;;44000;Nantes;50
C7;Nobody At All;;1000;Bourg;60
"""


def match(*arguments):
    """Runs the command: exit code, output, errors."""
    done = subprocess.run([program("vigie"), "portfolio", "match", *map(str, arguments)],
                          capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def rows(path):
    """The rows of a file that was written."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture
def files(tmp_path):
    (tmp_path / "companies.csv").write_text(COMPANIES, encoding="utf-8")
    (tmp_path / "addresses.csv.gz").write_bytes(gzip.compress(ADDRESSES.encode()))
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    known = ["--directory", tmp_path / "companies.csv", "--addresses",
             tmp_path / "addresses.csv.gz"]
    return tmp_path, known


def test_nothing_is_taken_without_a_word(files):
    folder, known = files
    code, output, _ = match(folder / "list.csv", *known, "--output", folder / "out.csv",
                            "--review", folder / "open.csv")
    assert code == 65 and "none taken" in output and "7 open" in output
    assert rows(folder / "out.csv") == []
    assert all(row["take"] == "" for row in rows(folder / "open.csv"))


def test_records_that_cannot_be_used_are_told(files):
    folder, known = files
    with open(folder / "companies.csv", "a", encoding="utf-8") as file:
        file.write("552100555,A,WRONG DIGIT,,,,,5710\nnobody,A,NO NUMBER,,,,,5710\n")
    code, _, told = match(folder / "list.csv", *known)
    assert code == 65 and "companies.csv: records with no number of a company: 2\n" in told


def test_what_is_accepted_and_answered_is_imported(files, certificates):
    folder, known = files
    code, output, _ = match(folder / "list.csv", *known, "--accept", "A", "--output",
                            folder / "out.csv", "--review", folder / "open.csv")
    assert code == 65 and "2 of grade A taken" in output
    taken = {row["Code client"]: row for row in rows(folder / "out.csv")}
    assert {name: row["siren"] for name, row in taken.items()} == {
        "C1": "552100554", "C5": "999100035"}
    assert taken["C1"]["match_reasons"] == "SAME_NAME SAME_STREET"
    assert taken["C5"]["match_reasons"] == "SAME_NAME TRADE_NAME SAME_TOWN"
    waiting = rows(folder / "open.csv")
    told = {(row["line"], row["siren"]): row for row in waiting}
    # Two of one name in one town: somebody has to say which.
    assert "AMBIGUOUS" in told["3", "732829320"]["reasons"]
    assert "AMBIGUOUS" in told["3", "999100019"]["reasons"]
    # The street says which, and the name is misspelt.
    assert told["4", "999100019"]["grade"] == "B"
    assert "NEAR_SPELLING SAME_STREET" == told["4", "999100019"]["reasons"]
    assert told["5", "999100027"]["grade"] == "B" and "ENDED" in told["5", "999100027"]["reasons"]
    assert told["7", "999100043"]["reasons"] == "OTHER_ORDER SAME_TOWN"
    assert told["8", ""]["grade"] == ""

    for row in waiting:
        if (row["line"], row["siren"]) in {("3", "732829320"), ("5", "999100027")}:
            row["take"] = "x"
        if row["line"] == "8":
            row.update(take="oui", siren="404 833 048")
    with open(folder / "answers.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, waiting[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(waiting)
    code, output, errors = match(folder / "list.csv", *known, "--accept", "B", "--answers",
                                 folder / "answers.csv", "--output", folder / "out.csv")
    assert code == 0, output + errors
    assert "3 answered" in output
    with Server(certificates, "--store", str(folder / "store.sqlite")) as server:
        done = subprocess.run(
            [program("vigie"), "portfolio", "import", "customers", folder / "out.csv", "--create",
             "--server", server.address, "--ca-cert", server.certificates.ca],
            capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        # A portfolio is a directory, too.
        (folder / "more.csv").write_text("name\nMenuiserie Dupond\n", encoding="utf-8")
        code, output, errors = match(
            folder / "more.csv", "--portfolio", "customers", "--accept", "C", "--output",
            folder / "more-out.csv", "--server", server.address, "--ca-cert",
            server.certificates.ca)
        assert code == 0, output + errors


def test_a_spreadsheet_may_come_between(files):
    """A list of Windows, a file of candidates that a spreadsheet opens, and writes in its way."""
    folder, known = files
    names = "Société Générée;69001;Lyon\n=HYPERLINK(1);;\nMenuiserie Dupont;69001;Lyon\n"
    (folder / "list.csv").write_text("Raison sociale;CP;Ville\n" + names, encoding="cp1252")
    assert "--encoding" in match(folder / "list.csv", *known)[2]
    written = (folder / "list.csv", *known, "--encoding", "windows-1252")
    code, output, errors = match(*written, "--review", folder / "open.csv")
    assert code == 65 and "3 lines" in output, errors
    assert (folder / "open.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    waiting = rows(folder / "open.csv")
    assert [row["name"] for row in waiting if row["line"] == "3"] == ["'=HYPERLINK(1)"]
    for row in waiting:
        if row["line"] == "2":
            row.update(take="x", siren="552100554")
        elif row["line"] == "3":
            row.update(take="x", siren="732829320")
    with open(folder / "answers.csv", "w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, waiting[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(waiting)
    code, output, errors = match(*written, "--answers", folder / "answers.csv", "--output",
                                 folder / "out.csv")
    assert "2 answered" in output, output + errors
    assert [(row["siren"], row["Raison sociale"]) for row in rows(folder / "out.csv")] == [
        ("552100554", "Société Générée"), ("732829320", "=HYPERLINK(1)")]
    (folder / "list.csv").write_text("name\nNobody At All\n", encoding="utf-8")
    assert match(folder / "list.csv", *known)[1].startswith("1 line: ")


def test_answers_that_do_not_fit_are_refused(files):
    folder, known = files
    head = "take;line;name;siren;lei;company_id\n"
    for row, words in [
        ("maybe;2;Menuiserie Dupont S.A.R.L.;552100554;;", "is no answer"),
        ("x;2;Somebody Else;552100554;;", "was it changed"),
        ("x;2;Menuiserie Dupont S.A.R.L.;552100555;;", "552100555"),
        ("x;2;Menuiserie Dupont S.A.R.L.;;;", "names no company"),
    ]:
        (folder / "answers.csv").write_text(head + row + "\n", encoding="utf-8")
        code, _, errors = match(folder / "list.csv", *known, "--answers", folder / "answers.csv")
        assert code == 65 and words in errors
    code, _, errors = match(folder / "list.csv")
    assert code == 64 and "--directory" in errors
