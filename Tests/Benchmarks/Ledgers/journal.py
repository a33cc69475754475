# SPDX-License-Identifier: Apache-2.0
"""A made-up journal of entries (FEC) of any length, whose invoices are paid and lettered.

    journal.py FILE [--lines 1000000] [--customers 4000] [--paid-within 90]

It has sales, purchases, their payments and other entries of one year, day by day; one customer in
fourteen is not lettered. `assessment-bench journal FILE` reads it.
"""

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|"
    "PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|"
    "Idevise"
)
DAYS = [(date(2025, 1, 1) + timedelta(day)).strftime("%Y%m%d") for day in range(365)]
JOURNALS = {"VE": "Ventes", "AC": "Achats", "BQ": "Banque", "OD": "Operations diverses"}


def amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"


def code(number: int) -> str:
    """The number as letters: AAA, AAB and so on."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text.rjust(3, "A")


class Journal:
    def __init__(self, file, customers: int, paid_within: int):
        self.file = file
        self.paid_within = paid_within
        self.random = random.Random(7)
        self.customers = customers
        self.lines = self.entries = self.pieces = 0
        self.codes: dict[str, int] = {}
        self.due: list[list[tuple]] = [[] for _ in DAYS]

    def entry(self, journal: str, day: int, text: str, piece: str, lines: list[tuple]) -> None:
        self.entries += 1
        head = f"{journal}|{JOURNALS[journal]}|{self.entries}|{DAYS[day]}|"
        for account, label, party, debit, credit, letters, paid in lines:
            name = f"PARTY {party}" if party else ""
            self.file.write(
                f"{head}{account}|{label}|{party}|{name}|{piece}|{DAYS[day]}|{text}|"
                f"{amount(debit)}|{amount(credit)}|{letters}|{DAYS[paid] if letters else ''}|"
                f"{DAYS[day]}||\r\n"
            )
        self.lines += len(lines)

    def letters(self, party: str) -> str:
        self.codes[party] = self.codes.get(party, -1) + 1
        return code(self.codes[party])

    def trade(self, day: int, is_sale: bool) -> None:
        draw = self.random
        self.pieces += 1
        net = draw.randrange(1_000, 900_000)
        tax = net // 5
        if is_sale:
            party, piece = f"C{draw.randrange(self.customers):05d}", f"FA2025-{self.pieces:07d}"
        else:
            party, piece = f"F{draw.randrange(600):04d}", f"A{self.pieces}"
        paid = day + draw.randrange(10, self.paid_within)
        letters = ""
        if paid < len(DAYS):
            letters = self.letters(party) if draw.random() < 0.93 else ""
            self.due[paid].append((party, piece, net + tax, letters, is_sale))
        if is_sale:
            self.entry("VE", day, f"Facture {piece}", piece, [
                ("411000", "Clients", party, net + tax, 0, letters, paid),
                ("707000", "Ventes de marchandises", "", 0, net, "", 0),
                ("445710", "TVA collectee 20 %", "", 0, tax, "", 0),
            ])
        else:
            self.entry("AC", day, f"Achat {piece}", piece, [
                ("401000", "Fournisseurs", party, 0, net + tax, letters, paid),
                (f"60{draw.randrange(1, 8)}100", "Achats", "", net, 0, "", 0),
                ("445660", "TVA deductible", "", tax, 0, "", 0),
            ])

    def payment(self, day: int, party: str, piece: str, cents: int, letters: str, is_sale: bool):
        sides = (0, cents) if is_sale else (cents, 0)
        account = ("411000", "Clients") if is_sale else ("401000", "Fournisseurs")
        self.entry("BQ", day, f"Virement {piece}", f"VIR{self.entries}", [
            (*account, party, *sides, letters, day),
            ("512000", "Banque", "", *reversed(sides), "", 0),
        ])

    def write(self, lines: int) -> None:
        self.file.write(HEADER + "\r\n")
        for day in range(len(DAYS)):
            for held in self.due[day]:
                self.payment(day, *held)
            self.due[day] = []
            while self.lines < lines * (day + 1) // len(DAYS):
                kind = self.random.random()
                if kind < 0.85:
                    self.trade(day, kind < 0.5)
                else:
                    cents = self.random.randrange(1_000, 100_000)
                    self.entry("OD", day, "Operation diverse", f"OD{self.entries}", [
                        (self.random.choice(["641000", "613200"]), "Charges", "", cents, 0, "", 0),
                        (self.random.choice(["421000", "467000"]), "Tiers", "", 0, cents, "", 0),
                    ])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=4_000)
    parser.add_argument("--paid-within", type=int, default=90, help="days, at least 11")
    arguments = parser.parse_args()
    with arguments.file.open("w", newline="") as file:
        journal = Journal(file, arguments.customers, arguments.paid_within)
        journal.write(arguments.lines)
    print(f"{journal.lines} lines")


if __name__ == "__main__":
    main()
