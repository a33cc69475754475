# SPDX-License-Identifier: Apache-2.0
"""Companies that do not exist, from sound to ruined, with the gaps that real ones have."""

import numpy

from .expressions import YEARS_MAX
from .statements import ITEMS, Statements


def statements(count: int, seed: int) -> Statements:
    """`count` companies; some with one or two years, some with items missing or invalid."""
    random = numpy.random.default_rng(seed)
    items = {name: [numpy.full(count, numpy.nan) for _ in range(YEARS_MAX)] for name in ITEMS}
    for company in range(count):
        distress = random.beta(1.2, 2.5)
        assets = float(numpy.exp(random.normal(4, 2)))
        retained = assets * random.normal(0.3 - 1.2 * distress, 0.2)
        for year in reversed(range(int(random.choice([1, 2, 3], p=[0.2, 0.2, 0.6])))):
            values = _year(random, assets, distress, retained)
            for name, value in values.items():
                items[name][year][company] = round(value, 3)
            retained = values["retained_earnings"]
            assets *= float(numpy.exp(random.normal(0.05 - 0.25 * distress, 0.12)))
    _leave_out(random, items, count)
    _spoil(items, count)
    nothing = numpy.zeros(count, dtype=int)
    return Statements(items, numpy.arange(count), nothing, nothing)


def _year(random, assets: float, distress: float, retained: float) -> dict[str, float]:
    """One year's statement that adds up."""
    current = assets * random.uniform(0.2, 0.8)
    inventory = current * random.uniform(0, 0.45) * (random.random() > 0.2)
    liabilities = assets * max(0.02, random.normal(0.3 + 0.9 * distress, 0.15))
    short_term = liabilities * random.uniform(0.25, 0.9)
    sales = assets * float(numpy.exp(random.normal(0, 0.7)))
    depreciation = assets * random.uniform(0.01, 0.08)
    ebitda = sales * random.normal(0.16 - 0.4 * distress, 0.06)
    net_income = ebitda - depreciation - liabilities * random.uniform(0.01, 0.07)
    return {
        "total_assets": assets,
        "current_assets": current,
        "inventory": inventory,
        "receivables": current * random.uniform(0.05, 0.5),
        "total_liabilities": liabilities,
        "current_liabilities": short_term,
        "long_term_debt": (liabilities - short_term) * random.choice([0, 0.4, 0.9]),
        "retained_earnings": retained + net_income,
        "net_sales": sales,
        "gross_profit": max(ebitda, 0) + sales * random.uniform(0.05, 0.3),
        "ebitda": ebitda,
        "ebit": ebitda - depreciation,
        "depreciation_amortization": depreciation,
        "net_income": net_income,
    }


def _leave_out(random, items: dict, count: int) -> None:
    """Blanks single items of a fifth of the companies."""
    for company in numpy.flatnonzero(random.random(count) < 0.2):
        for name in random.choice(ITEMS, size=3, replace=False):
            if name != "total_assets":
                items[name][int(random.integers(0, YEARS_MAX))][company] = numpy.nan


def _spoil(items: dict, count: int) -> None:
    """Gives the last companies what careless callers send."""
    items["total_assets"][0][count - 1] = numpy.nan
    items["total_assets"][0][count - 2] = 0.0
    items["total_assets"][0][count - 3] = -5.0
    items["inventory"][0][count - 4] = -1.0
    items["total_assets"][1][count - 5] = 0.0
    for name in ITEMS:
        if name != "total_assets":
            for year in items[name]:
                year[count - 6] = numpy.nan
                year[count - 7] = 0.0
    items["net_sales"][0][count - 8] = 1e300
    items["current_liabilities"][0][count - 9] = 1e-300
