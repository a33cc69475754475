# SPDX-License-Identifier: Apache-2.0
"""Writes the model card: the words from templates/, the figures from the bundle."""

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


def write(words: str, bundle: Bundle, content: dict, parts: dict[str, Statements]) -> str:
    """The card as Markdown: `words` with its {{NAMES}} filled in.

    `parts` are the companies held out, by the prefix of their figures; calibration is shown on
    the last.
    """
    test = list(parts.values())[-1]
    probability = bundle.probabilities(test)
    filled = {
        "NAME": content["name"],
        "FIGURES": _figures(content["metrics"], parts),
        "DECILES": _deciles(test.fails_next, probability),
        "YEARS": _years(bundle, parts),
        "CLASSES": _classes(bundle, parts),
        "CAPTURE": _capture(test.fails_next, probability),
        "MEAN_PREDICTED": _percent(probability.mean(), 2),
        "MEAN_OBSERVED": _percent(test.fails_next.mean(), 2),
        "BASE_RATE": _percent(content["prior"]["training_base_rate"], 2),
        "SLOPE": f"{_slope(test.fails_next, probability):.2f}",
        "POINTS": _points(bundle),
        "INTERCEPT": "" if bundle.booster else f"{bundle.scorecard['intercept']:.3f}",
        "CROSS_VALIDATION": f"{content['metrics']['cross_validation_auc']:.3f}",
        "SOFTWARE": content["provenance"]["software"],
    }
    for key, value in filled.items():
        words = words.replace("{{" + key + "}}", value)
    return words.rstrip() + "\n"


def _figures(figures: dict, parts: dict[str, Statements]) -> str:
    titles = [f"{name}, {_span(part)}" for name, part in parts.items()]
    sizes = [f"{len(part):,} / {int(part.fails_next.sum())}" for part in parts.values()]
    lines = [
        _row("", *titles),
        "|---" * (len(parts) + 1) + "|",
        _row("companies' years / failures", *sizes),
    ]
    for label, key in FIGURE_ROWS:
        decimals = 4 if key == "brier" else 3
        cells = [
            f"{figures[f'{part}_{key}']:.{decimals}f}"
            f" ± {figures[f'{part}_{key}_standard_error']:.{decimals}f}"
            for part in parts
        ]
        lines.append(_row(label, *cells))
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _span(statements: Statements) -> str:
    return f"{statements.year.min()} to {statements.year.max()}"


def _deciles(failed: numpy.ndarray, probability: numpy.ndarray) -> str:
    lines = ["| tenth | companies' years | mean probability | observed |", "|---|---|---|---|"]
    for number, (count, mean, observed) in enumerate(metrics.deciles(failed, probability), 1):
        lines.append(f"| {number} | {count:,} | {_percent(mean, 2)} | {_percent(observed, 2)} |")
    return "\n".join(lines)


def _years(bundle: Bundle, parts: dict[str, Statements]) -> str:
    lines = ["| fiscal year | companies | failures | AUC |", "|---|---|---|---|"]
    for statements in parts.values():
        probability = bundle.probabilities(statements)
        for year in sorted(set(statements.year.tolist())):
            rows = statements.year == year
            failed = statements.fails_next[rows]
            auc = f"{metrics.auc(failed, probability[rows]):.3f}" if failed.any() else ""
            lines.append(_row(f"{year}", f"{rows.sum():,}", f"{failed.sum()}", auc))
    return "\n".join(lines)


def _classes(bundle: Bundle, parts: dict[str, Statements]) -> str:
    """Shares of the first part, which is the reference, and failures of all."""
    probabilities = [bundle.probabilities(part) for part in parts.values()]
    reference = probabilities[0]
    probability = numpy.concatenate(probabilities)
    failed = numpy.concatenate([part.fails_next for part in parts.values()])
    lines = [
        _row("class", "probability up to", "label", "share of the reference", "failed"),
        "|---" * 5 + "|",
    ]
    minimum = 0.0
    for entry in bundle.manifest["risk_classes"]:
        maximum = entry["probability_maximum"]
        share = ((reference > minimum) & (reference <= maximum)).mean()
        inside = failed[(probability > minimum) & (probability <= maximum)]
        observed = f"{inside.sum()} of {len(inside):,}"
        if len(inside):
            observed += f", {_percent(inside.mean(), 2)}"
        label = entry["label"]["en"]
        cells = (_percent(maximum, 2), label, _percent(share, 1), observed)
        lines.append(_row(f"{entry['number']}", *cells))
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
            ("above" if bin["upper"] is None else f"{bin['upper']:g}") + f": {bin['points']:+.3f}"
            for bin in entry["bins"]
        ]
        cells = "; ".join([*bins, f"not known: {entry['missing']:+.3f}"])
        lines.append(f"| {labels[entry['name']]} | {cells} |")
    return "\n".join(lines)


def _percent(share: float, decimals: int) -> str:
    return f"{share * 100:.{decimals}f} %"
