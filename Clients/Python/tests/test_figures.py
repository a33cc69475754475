# SPDX-License-Identifier: Apache-2.0
"""What the shipped bundles reach on the real companies, and that nothing leaks."""

import pytest

from vigie_training import metrics, statements
from vigie_training.bundle import Bundle

# (all years in validation, in test, one year in test); more than LEAK would be too good.
FLOORS = {"us-listed-failure": (0.875, 0.865, 0.86), "us-listed-scorecard": (0.85, 0.85, 0.83)}
LEAK = 0.90


@pytest.fixture(scope="module")
def rows(data):
    return statements.read(data)


@pytest.mark.parametrize("name", FLOORS)
def test_auc_on_the_real_companies(name, rows, bundles):
    bundle = Bundle(bundles / name)
    validation = rows.select((rows.year > 2011) & (rows.year <= 2014))
    test = rows.select(rows.year > 2014)
    found = {
        "validation_auc": metrics.auc(validation.fails_next, bundle.probabilities(validation)),
        "test_auc": metrics.auc(test.fails_next, bundle.probabilities(test)),
        "test_one_year_auc": metrics.auc(
            test.fails_next, bundle.probabilities(test.latest_years(1))
        ),
    }
    for (figure, auc), floor in zip(found.items(), FLOORS[name]):
        assert floor <= auc < LEAK, figure
        assert auc == pytest.approx(bundle.manifest["metrics"][figure], abs=1e-6)


def test_probabilities_fit_the_failures_of_the_test_years(rows, bundles):
    test = rows.select(rows.year > 2014)
    for name in FLOORS:
        probability = Bundle(bundles / name).probabilities(test)
        assert 0.7 < probability.sum() / test.fails_next.sum() < 1.4


def test_earlier_years_are_those_of_the_same_company(rows):
    assets = rows.items["total_assets"]
    row_of = {key: row for row, key in enumerate(zip(rows.company, rows.year))}
    for row in range(0, len(rows), 97):
        for shift in (1, 2):
            earlier = row_of.get((rows.company[row], rows.year[row] - shift))
            if earlier is None:
                assert assets[shift][row] != assets[shift][row]
            elif assets[shift][row] == assets[shift][row]:
                assert assets[shift][row] == assets[0][earlier]
