# SPDX-License-Identifier: Apache-2.0
"""A customers' ledger of a law that is known: each customer has a habit of its own, large invoices
are paid later, some pay at the end of a month."""

import calendar
import csv
import dataclasses
import datetime
import random
from pathlib import Path

DAY = datetime.timedelta(days=1)


@dataclasses.dataclass
class KnownInvoice:
    """An invoice, and when it was paid in the end."""

    customer: str
    number: str
    issued: datetime.date
    due: datetime.date
    cents: int
    paid: datetime.date


def invoices(
    seed: int, end: datetime.date, customers: int = 60, days: int = 720, learnable: bool = True,
) -> list[KnownInvoice]:  # fmt: skip
    """Invoices of so many days up to one. Where the law cannot be learned, a delay is the same
    for all but for chance that nothing tells of."""
    chance = random.Random(seed)
    made = []
    for customer in range(customers):
        habit = chance.choice((-2, 4, 12, 25)) + chance.gauss(0, 3) if learnable else 5
        at_month_end = learnable and chance.random() < 0.3
        for number in range(chance.randint(15, 60)):
            issued = end - chance.randint(0, days - 1) * DAY
            # Each has one on the first day, so that the ledger begins there.
            if number == 0:
                issued = end - days * DAY
            due = issued + chance.choice((30, 45)) * DAY
            cents = int(chance.lognormvariate(11, 1))
            delay = habit + chance.gauss(0, 3) + chance.expovariate(1 / 3) - 3
            if learnable and cents > 100_000:
                delay += 14
            paid = max(due + round(delay) * DAY, issued + DAY)
            if at_month_end:
                paid = paid.replace(day=calendar.monthrange(paid.year, paid.month)[1])
            made.append(KnownInvoice(f"C{customer:03}", f"F{customer:03}-{number}", issued, due,
                                     cents, paid))  # fmt: skip
    return made


def write(path: Path, ledger: list[KnownInvoice], known: datetime.date) -> Path:
    """The ledger as it was at the end of a day, as a package would export it."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(["customer", "invoice", "issued", "due", "amount", "open", "paid on"])
        for each in ledger:
            if each.issued > known:
                continue
            amount = f"{each.cents // 100}.{each.cents % 100:02}"
            is_paid = each.paid <= known
            table.writerow([
                each.customer, each.number, each.issued, each.due, amount,
                "0.00" if is_paid else amount, each.paid if is_paid else ""])
    return path
