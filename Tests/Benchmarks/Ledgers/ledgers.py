# SPDX-License-Identifier: Apache-2.0
"""Figures of each customer over a ledger of any size, against DuckDB from the same file.

Both compute what is open by age, the mean days beyond terms of what was paid in the last twelve
months, and which part of it came more than 30 and 90 days late. One thread each; time is that of
the processor, the better of two runs.

    ledgers.py --bench .build/release/assessment-bench [--lines 10000000] [--keep FILE]

Needs `duckdb` of PyPI.
"""

import argparse
import os
import random
import resource
import subprocess
import tempfile
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2025, 12, 31)

QUERY = """
create or replace table figures as
with lines as (
    select customer, amount, paid_date,
           date_diff('day', due_date, paid_date) as days,
           date_diff('day', due_date, date '{day}') as age
    from read_csv('{file}', header = true, columns = {{
        'customer': 'varchar', 'invoice': 'varchar', 'issue_date': 'date', 'due_date': 'date',
        'paid_date': 'date', 'amount': 'decimal(18,2)'}})
    where issue_date <= date '{day}'
), marked as (
    select *, paid_date is null or paid_date > date '{day}' as is_open,
           coalesce(paid_date > date '{day}' - interval 12 month
                    and paid_date <= date '{day}', false) as is_paid
    from lines
)
select customer,
       sum(amount) filter (is_open and age <= 0) as not_due,
       sum(amount) filter (is_open and age between 1 and 30) as upto_30,
       sum(amount) filter (is_open and age between 31 and 60) as upto_60,
       sum(amount) filter (is_open and age between 61 and 90) as upto_90,
       sum(amount) filter (is_open and age > 90) as over_90,
       sum(amount) filter (is_paid) as paid,
       sum(amount * days) filter (is_paid) as paid_days,
       sum(amount) filter (is_paid and days > 30) as late_30,
       sum(amount) filter (is_paid and days > 90) as late_90
from marked group by customer
"""

SUMS = """
select sum(not_due), sum(upto_30), sum(upto_60), sum(upto_90), sum(over_90),
       sum(paid_days) / sum(paid), sum(late_30) / sum(paid), sum(late_90) / sum(paid), count(*)
from figures
"""


def write(path: Path, lines: int) -> None:
    """A made-up ledger of 2025: nine of ten invoices are paid, some of them late."""
    generator = random.Random(7)
    first = date(2025, 1, 1)
    days = [(first + timedelta(day)).isoformat() for day in range(800)]
    customers = max(lines // 200, 1)
    with path.open("w") as file:
        file.write("customer,invoice,issue_date,due_date,paid_date,amount\n")
        for number in range(lines):
            day = generator.randrange(330)
            due = day + 30
            paid = ""
            if generator.random() < 0.9:
                late = generator.randrange(-10, 40)
                paid = days[min(due + (late if generator.random() < 0.9 else late * 4), 364)]
                paid = max(paid, days[day])
            cents = generator.randrange(1_000, 1_000_000)
            file.write(
                f"C{generator.randrange(customers):06d},F{number},{days[day]},{days[due]},{paid},"
                f"{cents // 100}.{cents % 100:02d}\n"
            )


def with_duckdb(path: Path) -> tuple[float, list[str]]:
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads = 1")
    before = os.times()
    connection.execute(QUERY.format(file=path, day=AS_OF.isoformat()))
    after = os.times()
    sums = connection.execute(SUMS).fetchone()
    return after.user + after.system - before.user - before.system, [str(value) for value in sums]


def with_vigie(bench: Path, path: Path) -> tuple[float, list[str]]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = subprocess.run(
        [bench, "ledger", path, AS_OF.isoformat()], check=True, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, answer.stdout.splitlines()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, required=True, help="assessment-bench in release")
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--keep", type=Path, help="the file, made if it is not there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.keep or Path(folder) / "ledger.csv"
        if not path.exists():
            write(path, arguments.lines)
        print(f"{path.stat().st_size / 1e6:.0f} MB")
        times: dict[str, list[float]] = {"duckdb": [], "vigie": []}
        for _ in range(2):
            for name, run in (
                ("duckdb", lambda: with_duckdb(path)),
                ("vigie", lambda: with_vigie(arguments.bench, path)),
            ):
                spent, answer = run()
                times[name].append(spent)
                print(f"{name}: {spent:.2f} s", *answer, sep="\n  ")
    best = {name: min(spent) for name, spent in times.items()}
    print(f"vigie / duckdb: {best['vigie'] / best['duckdb']:.2f}")


if __name__ == "__main__":
    main()
