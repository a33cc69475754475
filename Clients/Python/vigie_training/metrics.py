# SPDX-License-Identifier: Apache-2.0
"""Figures of merit with standard errors, and calibration."""

import numpy
from scipy import optimize, special, stats

BOOTSTRAP_DRAWS = 300


def auc(failed: numpy.ndarray, risk: numpy.ndarray) -> float:
    """Chance that a failed company is riskier than a healthy one; ties count half."""
    ranks = stats.rankdata(risk)
    positives = int(failed.sum())
    negatives = len(failed) - positives
    above = ranks[failed == 1].sum() - positives * (positives + 1) / 2
    return float(above / positives / negatives)


def gini(failed: numpy.ndarray, risk: numpy.ndarray) -> float:
    return 2 * auc(failed, risk) - 1


def kolmogorov_smirnov(failed: numpy.ndarray, risk: numpy.ndarray) -> float:
    """Greatest distance between the two groups' distributions of risk."""
    return float(stats.ks_2samp(risk[failed == 1], risk[failed == 0], method="asymp").statistic)


def precision_recall_auc(failed: numpy.ndarray, risk: numpy.ndarray) -> float:
    """Average precision over the distinct thresholds."""
    order = numpy.argsort(-risk, kind="stable")
    hits = numpy.cumsum(failed[order])
    last_of_tie = numpy.append(numpy.diff(risk[order]) != 0, True)
    found = hits[last_of_tie]
    flagged = numpy.flatnonzero(last_of_tie) + 1
    gained = numpy.diff(found, prepend=0)
    return float((gained * found / flagged).sum() / failed.sum())


def brier(failed: numpy.ndarray, probability: numpy.ndarray) -> float:
    return float(numpy.mean((probability - failed) ** 2))


def brier_skill(failed: numpy.ndarray, probability: numpy.ndarray) -> float:
    """1 - Brier / that of everyone at the base rate: 0 says nothing, 1 is perfect."""
    base = failed.mean()
    return float(1 - brier(failed, probability) / (base * (1 - base)))


FIGURES = {
    "auc": auc,
    "gini": gini,
    "ks": kolmogorov_smirnov,
    "pr_auc": precision_recall_auc,
    "brier": brier,
    "brier_skill": brier_skill,
}


def figures(
    failed: numpy.ndarray, probability: numpy.ndarray, company: numpy.ndarray, prefix: str,
    names: tuple = tuple(FIGURES),
) -> dict[str, float]:  # fmt: skip
    """Each figure and its standard error from drawing companies with replacement."""
    result = {f"{prefix}_{name}": FIGURES[name](failed, probability) for name in names}
    for name, error in _errors(failed, probability, company, names).items():
        result[f"{prefix}_{name}_standard_error"] = error
    return {name: round(value, 6) for name, value in result.items()}


def _errors(failed, probability, company, names) -> dict[str, float]:
    random = numpy.random.default_rng(0)
    order = numpy.argsort(company, kind="stable")
    _, starts, counts = numpy.unique(company[order], return_index=True, return_counts=True)
    draws: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(BOOTSTRAP_DRAWS):
        times = random.multinomial(len(starts), numpy.full(len(starts), 1 / len(starts)))
        rows = numpy.repeat(order, numpy.repeat(times, counts))
        for name in names:
            draws[name].append(FIGURES[name](failed[rows], probability[rows]))
    return {name: float(numpy.std(values, ddof=1)) for name, values in draws.items()}


def deciles(failed: numpy.ndarray, probability: numpy.ndarray) -> list[tuple[int, float, float]]:
    """(firm-years, mean probability, share that failed) by tenth, from the safest."""
    order = numpy.argsort(probability, kind="stable")
    return [
        (len(rows), float(probability[rows].mean()), float(failed[rows].mean()))
        for rows in numpy.array_split(order, 10)
    ]


def platt(failed: numpy.ndarray, raw: numpy.ndarray) -> tuple[float, float]:
    """Intercept and slope of logit(p) = intercept + slope * raw by maximum likelihood."""

    def loss(beta: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        log_odds = beta[0] + beta[1] * raw
        residual = special.expit(log_odds) - failed
        value = numpy.mean(numpy.logaddexp(0, log_odds) - failed * log_odds)
        return value, numpy.array([residual.mean(), (residual * raw).mean()])

    found = optimize.minimize(
        loss, numpy.array([0.0, 1.0]), jac=True, method="BFGS", options={"gtol": 1e-10}
    )
    return float(found.x[0]), float(found.x[1])
