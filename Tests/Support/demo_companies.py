# SPDX-License-Identifier: Apache-2.0
"""Made-up companies for the demo and for tests of the page: who they are, what their accounts say,
what they bought and how they paid. All of it is drawn; the same seed draws the same."""

import random
from dataclasses import dataclass, field

FIRST = ("Ateliers", "Minoterie", "Fonderie", "Transports", "Menuiserie", "Laiterie", "Imprimerie",
         "Scierie", "Conserverie", "Tuilerie", "Verrerie", "Brasserie", "Filature", "Garage",
         "Charpentes", "Serrurerie", "Plasturgie", "Outillage", "Négoce", "Maroquinerie")
LAST = ("du Vallon", "Cassagne", "de la Tournelle", "Bréval", "des Trois Ormes", "Kermadec",
        "Saint-Aubin-le-Neuf", "Lestrade", "de l’Orbière", "Montcalvy", "du Gué Rouge", "Pastourel",
        "de Haute-Serre", "Vaudrey", "Quincarnel", "des Sablières", "Rochemaure", "du Pont-Vieux",
        "Aubrespin", "de la Coudraie")
FORMS = ("SARL", "SAS", "SA", "& Fils", "")
TERM_DAYS = (30, 30, 45, 60)


def siren(number: int) -> str:
    """The number of eight digits, with its check."""
    for check in range(10):
        text = f"{number:08d}{check}"
        digits = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(text[::-1])]
        if sum(digit - 9 if digit > 9 else digit for digit in digits) % 10 == 0:
            return text
    raise ValueError(number)


@dataclass
class Invoice:
    """An invoice of ours, on days before the last one that the ledger speaks of."""
    reference: str
    cents: int
    issued: int
    due: int
    #: Days and cents of payments, whenever they come.
    payments: list[tuple[int, int]] = field(default_factory=list)
    disputed: int | None = None
    #: Days on which a promise was made, and for which.
    promise: tuple[int, int] | None = None


@dataclass
class Company:
    """A customer."""
    siren: str
    name: str
    reference: str
    #: From 0, about to fail, to 1, sound.
    health: float
    sales: float
    invoices: list[Invoice] = field(default_factory=list)
    #: Kind, day of the decision and day of the notice of events.
    events: list[tuple[str, int, int]] = field(default_factory=list)
    limit_cents: int | None = None

    def open_cents(self, day: int) -> int:
        """What it owes on a day."""
        return sum(each.cents - sum(cents for paid, cents in each.payments if paid <= day)
                   for each in self.invoices if each.issued <= day)

    def statement(self, closing: int, rng: random.Random, health: float) -> dict[str, int]:
        """The lines of its accounts, in euros, which add up."""
        sales = round(self.sales * rng.lognormvariate(0, 0.08))
        margin = -0.07 + 0.19 * health + rng.gauss(0, 0.012)
        purchases, services = round(sales * 0.55), round(sales * 0.14)
        wages = round(sales * (0.24 - margin / 2))
        charges, wear = round(wages * 0.36), round(sales * 0.028)
        profit = sales - purchases - services - wages - charges - wear
        interest = round(sales * 0.018 * (1.25 - health))
        tax = max(0, round((profit - interest) * 0.25))
        result = profit - interest - tax
        assets, worn = round(sales * 0.42), round(sales * 0.2)
        stock, claims = round(sales * 0.09), round(sales * rng.uniform(0.14, 0.19))
        cash = max(round(sales * (0.015 + 0.13 * health * rng.uniform(0.4, 1.2))), 1_000)
        current = stock + claims + cash
        total = assets - worn + current
        equity = round(total * (-0.14 + 0.72 * health + rng.gauss(0, 0.03)))
        capital = round(sales * 0.04)
        debts = total - equity
        loans = round(debts * (0.42 - 0.16 * health))
        suppliers, social = round(debts * 0.36), round(debts * 0.14)
        other = debts - loans - suppliers - social
        return {
            "AR": assets, "AS": worn, "BJ": assets, "BK": worn, "BT": stock, "BX": claims,
            "CF": cash, "CJ": current, "CK": 0, "CO": assets + current, "1A": worn, "DA": capital,
            "DG": equity - capital - result, "DI": result, "DL": equity, "DU": loans,
            "DX": suppliers, "DY": social, "EA": other, "EC": debts, "EE": total, "FD": sales,
            "FJ": sales, "FL": sales, "FR": sales, "FU": purchases, "FW": services, "FY": wages,
            "FZ": charges, "GA": wear, "GF": sales - profit, "GG": profit, "GU": interest,
            "GV": -interest, "GW": profit - interest, "HI": 0, "HK": tax, "HN": result,
        }


def companies(count: int, today: int, seed: int = 11) -> list[Company]:
    """So many customers; days are counted from 1970-01-01."""
    rng = random.Random(seed)
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    rng.shuffle(names)
    found = []
    for place in range(count):
        name = names[place % len(names)]
        ending = FORMS[place % len(FORMS)] if place < len(names) else f"{place // len(names) + 1}"
        company = Company(
            siren(99_900_000 + 13 * place), f"{name} {ending}".strip(), f"C{1000 + place}",
            min(0.99, max(0.03, rng.betavariate(3.2, 1.7))), rng.lognormvariate(14.4, 0.9))
        buy(company, today, rng)
        owed = company.open_cents(today)
        if owed > 0 and rng.random() < 0.93:
            use = rng.choice((0.3, 0.45, 0.6, 0.7, 0.83, 0.92, 1.15)) * rng.uniform(0.95, 1.05)
            company.limit_cents = max(500_000, round(owed / use / 100_000) * 100_000)
        if rng.random() < 0.035 and company.health < 0.5:
            opened = today - rng.randrange(3, 40)
            company.events.append(("LEGAL_EVENT_KIND_RJ_OPENED", opened - 6, opened))
        found.append(company)
    return found


def buy(company: Company, today: int, rng: random.Random) -> None:
    """Gives it invoices of fifteen months, paid as its health lets it."""
    term = rng.choice(TERM_DAYS)
    yearly = company.sales * rng.uniform(0.008, 0.05)
    count = max(6, min(26, round(yearly / 9_000)))
    slowness = rng.gauss(4, 3) + 42 * (1 - company.health) ** 2
    for place in range(count):
        issued = today - 450 + round(450 * (place + rng.random()) / count)
        if issued > today:
            continue
        invoice = Invoice(
            f"F{company.reference[1:]}-{place + 1:02d}",
            round(100 * yearly * 1.25 / count * rng.lognormvariate(0, 0.35)), issued, issued + term)
        late = max(-6, round(rng.gauss(slowness, 5 + 12 * (1 - company.health))))
        if rng.random() < 0.02:
            late += 100
        if rng.random() < 0.06:
            half = invoice.cents // 2
            invoice.payments = [(invoice.due + late, half),
                                (invoice.due + late + 25, invoice.cents - half)]
        else:
            invoice.payments = [(invoice.due + late, invoice.cents)]
        open_now = invoice.payments[-1][0] > today
        if open_now and rng.random() < 0.04:
            invoice.disputed = max(issued + 3, today - rng.randrange(2, 20))
        elif open_now and invoice.due < today - 8 and rng.random() < 0.22:
            made = max(invoice.due + 2, today - rng.randrange(5, 15))
            invoice.promise = (made, made + rng.randrange(4, 14))
        company.invoices.append(invoice)
