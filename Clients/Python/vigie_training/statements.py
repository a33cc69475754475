# SPDX-License-Identifier: Apache-2.0
"""Statements read from a table, cleaned and laid out by company and fiscal year."""

from dataclasses import dataclass
from pathlib import Path

import numpy
import pandas

from .expressions import YEARS_MAX

# Our names for the columns of the American data set.
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
NON_NEGATIVE_ITEMS = (
    "total_assets", "current_assets", "inventory", "receivables", "total_liabilities",
    "current_liabilities", "long_term_debt", "depreciation_amortization",
)  # fmt: skip
FILE_NAMES = ("american_bankruptcy.csv.xz", "american_bankruptcy.csv")


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


def read(path: str | Path) -> Statements:
    """Reads a table, or the one of FILE_NAMES that a directory holds."""
    path = Path(path)
    if path.is_dir():
        found = [path / name for name in FILE_NAMES if (path / name).exists()]
        if not found:
            raise FileNotFoundError(f"neither {' nor '.join(FILE_NAMES)} in {path}")
        path = found[0]
    return from_frame(pandas.read_csv(path))


def from_frame(frame: pandas.DataFrame) -> Statements:
    """Lays out a table of firm-years: the published one, or one whose columns are named by
    ITEMS, with `company`, `year` and `fails_next`. Items that it lacks are missing."""
    frame = frame.rename(
        columns=COLUMNS | {"company_name": "company", "status_label": "status", "fyear": "year"}
    )
    for column in ("company", "year", "total_assets"):
        if column not in frame:
            raise ValueError(f"the table has no column {column!r}")
    if "fails_next" not in frame:
        frame["fails_next"] = _fails_next(frame)
    frame = frame.dropna(subset="fails_next").reset_index(drop=True)
    company = pandas.factorize(frame["company"])[0]
    year = frame["year"].to_numpy()
    latest = {
        item: _cleaned(item, frame[item].to_numpy(dtype=float))
        if item in frame
        else numpy.full(len(frame), numpy.nan)
        for item in ITEMS
    }
    earlier = [_rows_earlier(company, year, shift) for shift in range(1, YEARS_MAX)]
    items = {
        item: [values, *(_take(values, rows) for rows in earlier)]
        for item, values in latest.items()
    }
    return Statements(items, company, year, frame["fails_next"].to_numpy().astype(int))


def _fails_next(frame: pandas.DataFrame) -> pandas.Series:
    """`status` is constant over a company's years; only its last year is a failure to come."""
    if "status" not in frame:
        raise ValueError("the table has no column 'fails_next'")
    last = frame.groupby("company")["year"].transform("max") == frame["year"]
    return ((frame["status"] == "failed") & last).astype(int)


def _cleaned(item: str, values: numpy.ndarray) -> numpy.ndarray:
    """Items that cannot be negative and are (eight cells in the published table) are taken as
    not given; the server refuses such rows."""
    if item in NON_NEGATIVE_ITEMS:
        values = numpy.where(values < 0, numpy.nan, values)
    return numpy.where(values == 0, numpy.nan, values) if item == "total_assets" else values


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
