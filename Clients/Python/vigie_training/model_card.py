# SPDX-License-Identifier: Apache-2.0
"""Writes the model card: the words from templates/, the figures from the bundle."""

from importlib import resources

import numpy

from . import metrics
from .bundle import Bundle
from .statements import Statements

FIGURE_ROWS = (
    ("AUC, all the years known (1 to 3)", "auc"),
    ("AUC, the latest year only", "one_year_auc"),
    ("Gini", "gini"),
    ("Kolmogorov-Smirnov", "ks"),
    ("PR-AUC", "pr_auc"),
    ("Brier score", "brier"),
    ("Brier skill", "brier_skill"),
)


def write(
    name: str, bundle: Bundle, content: dict, validation: Statements, test: Statements
) -> str:
    """The card as Markdown."""
    words = resources.files(__package__) / "templates" / f"{name}.md"
    probability = bundle.probabilities(test)
    parts = {
        "FIGURES": _figures(content["metrics"], validation, test),
        "DECILES": _deciles(test.fails_next, probability),
        "YEARS": _years(bundle, validation, test),
        "CLASSES": _classes(bundle, validation, test),
        "CAPTURE": _capture(test.fails_next, probability),
        "MEAN_PREDICTED": _percent(probability.mean(), 2),
        "MEAN_OBSERVED": _percent(test.fails_next.mean(), 2),
        "BASE_RATE": _percent(content["prior"]["training_base_rate"], 2),
        "SLOPE": "{:.2f}".format(_slope(test.fails_next, probability)),
        "POINTS": _points(bundle),
        "INTERCEPT": "" if bundle.booster else f"{bundle.scorecard['intercept']:.3f}",
        "CROSS_VALIDATION": f"{content['metrics']['cross_validation_auc']:.3f}",
        "SOFTWARE": content["provenance"]["software"],
    }
    text = words.read_text(encoding="utf-8")
    for key, value in parts.items():
        text = text.replace("{{" + key + "}}", value)
    return text


def _figures(figures: dict, validation: Statements, test: Statements) -> str:
    lines = [
        "| | validation, 2012 to 2014 | test, 2015 to 2018 |",
        "|---|---|---|",
        f"| companies' years / failures | {_size(validation)} | {_size(test)} |",
    ]
    for label, key in FIGURE_ROWS:
        decimals = 4 if key == "brier" else 3
        cells = [
            f"{figures[f'{part}_{key}']:.{decimals}f}"
            f" ± {figures[f'{part}_{key}_standard_error']:.{decimals}f}"
            for part in ("validation", "test")
        ]
        lines.append(f"| {label} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)


def _size(statements: Statements) -> str:
    return f"{len(statements):,} / {int(statements.fails_next.sum())}"


def _deciles(failed: numpy.ndarray, probability: numpy.ndarray) -> str:
    lines = ["| tenth | companies' years | mean probability | observed |", "|---|---|---|---|"]
    for number, (count, mean, observed) in enumerate(metrics.deciles(failed, probability), 1):
        lines.append(f"| {number} | {count:,} | {_percent(mean, 2)} | {_percent(observed, 2)} |")
    return "\n".join(lines)


def _years(bundle: Bundle, validation: Statements, test: Statements) -> str:
    lines = ["| fiscal year | companies | failures | AUC |", "|---|---|---|---|"]
    for statements in (validation, test):
        probability = bundle.probabilities(statements)
        for year in sorted(set(statements.year.tolist())):
            rows = statements.year == year
            failed = statements.fails_next[rows]
            auc = metrics.auc(failed, probability[rows])
            lines.append(f"| {year} | {rows.sum():,} | {failed.sum()} | {auc:.3f} |")
    return "\n".join(lines)


def _classes(bundle: Bundle, validation: Statements, test: Statements) -> str:
    lines = [
        "| class | probability up to | label | share, 2012 to 2014 | failed, 2012 to 2018 |",
        "|---|---|---|---|---|",
    ]
    population = bundle.probabilities(validation)
    failed = numpy.concatenate([validation.fails_next, test.fails_next])
    probability = numpy.concatenate([population, bundle.probabilities(test)])
    minimum = 0.0
    for entry in bundle.manifest["risk_classes"]:
        maximum = entry["probability_maximum"]
        share = ((population > minimum) & (population <= maximum)).mean()
        inside = failed[(probability > minimum) & (probability <= maximum)]
        observed = f"{inside.sum()} of {len(inside):,}"
        if len(inside):
            observed += f", {_percent(inside.mean(), 2)}"
        lines.append(
            f"| {entry['number']} | {_percent(maximum, 2)} | {entry['label']['en']} "
            f"| {_percent(share, 1)} | {observed} |"
        )
        minimum = maximum
    return "\n".join(lines)


def _capture(failed: numpy.ndarray, probability: numpy.ndarray) -> str:
    """Share of the failures among the riskiest companies."""
    caught = failed[numpy.argsort(-probability, kind="stable")].cumsum() / failed.sum()
    shares = [caught[round(len(failed) * percent / 100) - 1] for percent in (1, 5, 10, 20)]
    return ", ".join(f"{share * 100:.0f} %" for share in shares)


def _slope(failed: numpy.ndarray, probability: numpy.ndarray) -> float:
    return metrics.platt(failed, numpy.log(probability / (1 - probability)))[1]


def _points(bundle: Bundle) -> str:
    """The scorecard as a table; empty for other models."""
    if bundle.booster is not None:
        return ""
    labels = {entry["name"]: entry["label"]["en"] for entry in bundle.manifest["features"]}
    lines = ["| ratio | value up to: points |", "|---|---|"]
    for entry in bundle.scorecard["features"]:
        bins = [
            f"{'above' if bin['upper'] is None else format(bin['upper'], 'g')}:"
            f" {bin['points']:+.3f}"
            for bin in entry["bins"]
        ]
        cells = "; ".join([*bins, f"not known: {entry['missing']:+.3f}"])
        lines.append(f"| {labels[entry['name']]} | {cells} |")
    return "\n".join(lines)


def _percent(share: float, decimals: int) -> str:
    return f"{share * 100:.{decimals}f} %"
