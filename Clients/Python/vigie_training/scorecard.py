# SPDX-License-Identifier: Apache-2.0
"""The scorecard: monotone bins of a few ratios, weights of evidence, logistic regression."""

import numpy
from scipy import optimize, special

from . import examples, template
from .statements import Statements

BINS_MAX = 15
# Rows at the base rate added to every bin, so that thin ones say little.
PSEUDO_ROWS = 20.0
RIDGE = 1e-3
SEED = 1
UPPER_SIGNIFICANT_DIGITS = 4
POINTS_DECIMALS = 3


def train(manifest: dict, statements: Statements) -> dict:
    """The scorecard in its file form, without the reference means."""
    shown = examples.make(statements, SEED, item_dropout=0.0)
    features = template.evaluate_features(manifest, shown.statements)
    base = numpy.average(shown.labels, weights=shown.weights)
    binnings = [
        _binning(feature["monotone"], features[:, column], shown.labels, shown.weights, base)
        for column, feature in enumerate(manifest["features"])
    ]
    evidence = numpy.column_stack(
        [evaluate_bins(binning, features[:, column]) for column, binning in enumerate(binnings)]
    )
    intercept, coefficients = _logistic(evidence, shown.labels, shown.weights)
    return {
        "format": "vigie-scorecard/1",
        "intercept": round(intercept, POINTS_DECIMALS),
        "features": [
            {"name": feature["name"]} | _scaled(binning, coefficient)
            for feature, binning, coefficient in zip(manifest["features"], binnings, coefficients)
        ],
    }


def evaluate_bins(entry: dict, values: numpy.ndarray) -> numpy.ndarray:
    """The points of float32 values: those of the first bin whose upper bound is not less."""
    uppers = numpy.array([bin["upper"] for bin in entry["bins"][:-1]], dtype=float)
    points = numpy.array([bin["points"] for bin in entry["bins"]])
    # A last bin without an upper bound takes all that is above.
    found = points[numpy.searchsorted(uppers, values.astype(numpy.float64), side="left")]
    return numpy.where(numpy.isnan(values), entry["missing"], found)


def contributions(scorecard: dict, features: numpy.ndarray) -> numpy.ndarray:
    """The points of each row and feature."""
    return numpy.column_stack(
        [
            evaluate_bins(entry, features[:, column])
            for column, entry in enumerate(scorecard["features"])
        ]
    )


def raw_scores(scorecard: dict, features: numpy.ndarray) -> numpy.ndarray:
    """intercept + points, added in the order of the features."""
    total = numpy.full(len(features), float(scorecard["intercept"]))
    for points in contributions(scorecard, features).T:
        total = total + points
    return total


def add_reference_means(scorecard: dict, features: numpy.ndarray) -> None:
    """Stores each feature's mean points over the reference population, for the reasons."""
    for entry, mean in zip(scorecard["features"], contributions(scorecard, features).mean(axis=0)):
        entry["mean"] = round(float(mean), 6)


def _binning(
    direction: int, values: numpy.ndarray, labels: numpy.ndarray, weights: numpy.ndarray,
    base: float,
) -> dict:  # fmt: skip
    """Bins of near-equal weight whose evidence never goes against the forced direction."""
    given = ~numpy.isnan(values)
    if not given.any():
        return {"missing": 0.0, "bins": [{"upper": None, "points": 0.0}]}
    quantiles = numpy.quantile(values[given], numpy.arange(1, BINS_MAX) / BINS_MAX)
    uppers = sorted({float(f"{quantile:.{UPPER_SIGNIFICANT_DIGITS}g}") for quantile in quantiles})
    index = numpy.searchsorted(uppers, values[given].astype(numpy.float64), side="left")
    total = numpy.bincount(index, weights[given], len(uppers) + 1)
    events = numpy.bincount(index, (weights * labels)[given], len(uppers) + 1)
    blocks = _pool(direction, total, events)
    bins = [
        {
            "upper": uppers[last] if last < len(uppers) else None,
            "points": _evidence(block_events, block_total, base),
        }
        for last, block_total, block_events in blocks
    ]
    missing = _evidence((weights * labels)[~given].sum(), weights[~given].sum(), base)
    return {"missing": missing, "bins": bins}


def _pool(direction: int, total: numpy.ndarray, events: numpy.ndarray) -> list:
    """Pools adjacent bins until their event rates run in `direction`: (last bin, sums)."""
    blocks: list = []
    for last in range(len(total)):
        blocks.append((last, total[last], events[last]))
        while len(blocks) > 1 and _out_of_order(direction, *blocks[-2:]):
            _, first_total, first_events = blocks.pop(-2)
            end, second_total, second_events = blocks.pop()
            blocks.append((end, first_total + second_total, first_events + second_events))
    return blocks


def _out_of_order(direction: int, first: tuple, second: tuple) -> bool:
    # Rates compared as products: a bin may be empty.
    return direction * (second[2] * first[1] - first[2] * second[1]) <= 0


def _evidence(events: float, total: float, base: float) -> float:
    rate = (events + PSEUDO_ROWS * base) / (total + PSEUDO_ROWS)
    return float(special.logit(rate) - special.logit(base))


def _logistic(
    evidence: numpy.ndarray, labels: numpy.ndarray, weights: numpy.ndarray
) -> tuple[float, list[float]]:
    """Logistic regression with a ridge and no coefficient below zero."""
    rows = numpy.column_stack([numpy.ones(len(evidence)), evidence])
    share = weights / weights.sum()
    ridge = numpy.array([0.0] + [RIDGE] * evidence.shape[1])

    def loss(beta: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        log_odds = rows @ beta
        value = share @ (numpy.logaddexp(0, log_odds) - labels * log_odds)
        slope = rows.T @ (share * (special.expit(log_odds) - labels))
        return value + 0.5 * ridge @ beta**2, slope + ridge * beta

    start = numpy.array([special.logit(share @ labels)] + [0.5] * evidence.shape[1])
    bounds = [(None, None)] + [(0, None)] * evidence.shape[1]
    found = optimize.minimize(
        loss, start, jac=True, bounds=bounds, options={"maxiter": 2000, "ftol": 1e-14}
    )
    return float(found.x[0]), [float(coefficient) for coefficient in found.x[1:]]


def _scaled(binning: dict, coefficient: float) -> dict:
    """The bins with points instead of evidence; neighbours that round alike become one."""
    bins: list[dict] = []
    for bin in binning["bins"]:
        points = round(coefficient * bin["points"], POINTS_DECIMALS) + 0.0
        if bins and bins[-1]["points"] == points:
            bins.pop()
        bins.append({"upper": bin["upper"], "points": points})
    return {
        "missing": round(coefficient * binning["missing"], POINTS_DECIMALS) + 0.0,
        "bins": bins,
    }
