# SPDX-License-Identifier: Apache-2.0
"""The American statements: read, cleaned and laid out by company and fiscal year."""

from dataclasses import dataclass
from pathlib import Path

import numpy
import pandas

from .expressions import YEARS_MAX

# Our names for the columns of the data set.
COLUMNS = {
    "X1": "current_assets",
    "X3": "depreciation_amortization",
    "X4": "ebitda",
    "X5": "inventory",
    "X6": "net_income",
    "X7": "receivables",
    "X9": "net_sales",
    "X10": "total_assets",
    "X11": "long_term_debt",
    "X12": "ebit",
    "X13": "gross_profit",
    "X14": "current_liabilities",
    "X15": "retained_earnings",
    "X17": "total_liabilities",
}
ITEMS = tuple(COLUMNS.values())
FILE_NAMES = ("american_bankruptcy.csv.xz", "american_bankruptcy.csv")

# The published time split: the years up to each of these.
TRAINING_YEAR_LAST = 2011
VALIDATION_YEAR_LAST = 2014


@dataclass
class Statements:
    """Firm-years in file order. `items[name][k]` is the item k fiscal years earlier."""

    items: dict[str, list[numpy.ndarray]]
    company: numpy.ndarray
    year: numpy.ndarray
    fails_next: numpy.ndarray
    """1 when the company failed within a year of the statement, 0 when not."""

    def __len__(self) -> int:
        return len(self.year)

    def select(self, rows: numpy.ndarray) -> "Statements":
        """The firm-years at `rows`, a mask or indices."""
        items = {name: [year[rows] for year in years] for name, years in self.items.items()}
        return Statements(items, self.company[rows], self.year[rows], self.fails_next[rows])

    def latest_years(self, count: int) -> "Statements":
        """The same firm-years as seen by someone who has `count` statements of each."""
        items = {name: years[:count] for name, years in self.items.items()}
        return Statements(items, self.company, self.year, self.fails_next)


def read(data_directory: str | Path) -> Statements:
    """Reads the data set from a directory that holds one of FILE_NAMES."""
    for name in FILE_NAMES:
        path = Path(data_directory) / name
        if path.exists():
            return from_frame(pandas.read_csv(path))
    raise FileNotFoundError(f"none of {', '.join(FILE_NAMES)} in {data_directory}")


def from_frame(frame: pandas.DataFrame) -> Statements:
    """Lays out the published table, with or without its `fails_next` column."""
    frame = frame.rename(
        columns={"company_name": "company", "status_label": "status", "fyear": "year"}
    )
    if "fails_next" not in frame:
        frame["fails_next"] = _fails_next(frame)
    frame = frame.dropna(subset="fails_next").reset_index(drop=True)
    company = pandas.factorize(frame["company"])[0]
    year = frame["year"].to_numpy()
    latest = {item: _cleaned(item, frame[column]) for column, item in COLUMNS.items()}
    earlier = [_rows_earlier(company, year, shift) for shift in range(1, YEARS_MAX)]
    items = {
        item: [values, *(_take(values, rows) for rows in earlier)]
        for item, values in latest.items()
    }
    return Statements(items, company, year, frame["fails_next"].to_numpy().astype(int))


def _fails_next(frame: pandas.DataFrame) -> pandas.Series:
    """`status` is constant over a company's years; only its last year is a failure to come."""
    last = frame.groupby("company")["year"].transform("max") == frame["year"]
    return ((frame["status"] == "failed") & last).astype(int)


def _cleaned(item: str, column: pandas.Series) -> numpy.ndarray:
    """Items that cannot be negative and are (nine cells) are taken as not given."""
    values = column.to_numpy(dtype=float)
    if item not in ("total_assets", "current_assets", "receivables", "long_term_debt"):
        return values
    invalid = values <= 0 if item == "total_assets" else values < 0
    return numpy.where(invalid, numpy.nan, values)


def _rows_earlier(company: numpy.ndarray, year: numpy.ndarray, shift: int) -> numpy.ndarray:
    """The row of the same company `shift` years earlier with no year between lacking, or -1."""
    row_of = {key: row for row, key in enumerate(zip(company.tolist(), year.tolist()))}
    return numpy.array(
        [
            row_of.get((c, y - shift), -1)
            if all((c, y - between) in row_of for between in range(1, shift))
            else -1
            for c, y in zip(company.tolist(), year.tolist())
        ]
    )


def _take(values: numpy.ndarray, rows: numpy.ndarray) -> numpy.ndarray:
    return numpy.where(rows >= 0, values[rows], numpy.nan)
