# SPDX-License-Identifier: Apache-2.0
"""Vectors that hold the server to this package: the same expressions, features and scores.

Numbers whose every bit counts are written as the integer of their IEEE 754 bits; a NaN stands
for missing whatever its payload. The companies are synthetic.
"""

import json
import math
from pathlib import Path

import numpy

from . import expressions, synthetic
from .bundle import Bundle
from .expressions import YEARS_MAX, Evaluator, to_float32

FILES = {
    "us-listed-failure": "default_model_rows.json",
    "us-listed-scorecard": "scorecard_rows.json",
}
ROW_COUNT = 200
CONTRIBUTION_ROWS = 20
SEED = 20

# Values that break careless arithmetic: zeros, denormals, overflow, missing, near ties.
NASTY = (
    0.0, 1.0, -1.0, 0.1, 0.3, -0.7, 3.0, 1 / 3, 5e-324, -5e-324, 2.2250738585072014e-308, 1e-300,
    1e-45, 1e-39, 1.1754943508222875e-38, 1e38, 3.4028235677973366e38, 1e300, -1e300,
    1.7976931348623157e308, 16777217.0, 0.1 + 0.2, 1.0000000000000002, 12345.678, -98765.4321,
    numpy.nan,
)  # fmt: skip
NASTY_INPUTS = ("a", "b", "c")
NASTY_ROWS = 60
NASTY_DEFINITIONS = {
    "floored": "max(b, 0.05 * a)",
    "share": "c / floored",
    "positive": "if(a > 0, a, -a)",
    "loss": "count_years(b < 0)",
}
NASTY_EXPRESSIONS = (
    "a", "-a", "a@1", "a@2", "a + b", "a - b", "a * b", "a / b", "a / b / c", "a - b - c",
    "a - (b - c)", "a / (b / c)", "a * b + c", "a + b * c", "a * a - b * b", "(a + b) * (a - b)",
    "-a * -b", "- - a", "1 / a", "0 / a", "1e-3 * a", "0.1 + 0.2", "1e308 * 10 + a",
    "min(a, b)", "max(a, b, c)", "min(a)", "clip(a, -1, 1)", "clip(a, b, c)", "clip(a, 5, -5)",
    "abs(a)", "abs(a - b) / (abs(a) + abs(b))", "ln(a)", "ln(abs(a) + 1)", "ln(a / b)",
    "ln((a + 0.02 * c) / (a@1 + 0.02 * c))",
    "if(a > b, a, b)", "if(a >= b, 1 / a, ln(b))", "if(a < 0, -1, 1)", "if(a <= b, c, a@1)",
    "if(a == b, 1, 0)", "if(a != b, 1, 0)", "if(a + b > c * c, a, if(b < c, b, c))",
    "sum_years(a)", "mean_years(a)", "min_years(a)", "max_years(a)", "deviation_years(a)",
    "count_years(a > 0)", "count_years(a > b)", "sum_years(a / b)", "deviation_years(ln(abs(a)))",
    "sum_years(a) / c", "sum_years(a@1)", "min_years(a - a@1)", "mean_years(a) - a@2",
    "floored", "share", "share - share@1", "share@2", "positive@1", "loss", "loss@1",
    "deviation_years(share)", "sum_years(positive) / max(positive, 1)",
)  # fmt: skip


def write(bundles: Path, output: Path) -> None:
    """Writes the vectors of the expressions and of each bundle under `output`."""
    output.mkdir(parents=True, exist_ok=True)
    _save(output / "expressions.json", expression_vectors())
    for name, file in FILES.items():
        _save(output / file, bundle_vectors(Bundle(bundles / name)))


def expression_vectors() -> dict:
    """Expressions on rows of nasty values, all years of all inputs."""
    random = numpy.random.default_rng(SEED)
    columns = [f"{name}@{year}" if year else name for name in NASTY_INPUTS for year in _years()]
    picks = random.integers(0, len(NASTY), (NASTY_ROWS, len(columns)))
    rows = numpy.array(NASTY)[picks]
    # Half of the rows are ordinary, so that long expressions come out as numbers too.
    ordinary = random.normal(scale=100, size=(NASTY_ROWS // 2, len(columns)))
    ordinary[random.random(ordinary.shape) < 0.07] = numpy.nan
    rows[NASTY_ROWS // 2 :] = ordinary
    inputs = {
        name: [rows[:, index * YEARS_MAX + year] for year in _years()]
        for index, name in enumerate(NASTY_INPUTS)
    }
    evaluator = Evaluator(inputs, NASTY_ROWS)
    for name, expression in NASTY_DEFINITIONS.items():
        evaluator.define(name, expression)
    results = []
    for expression in NASTY_EXPRESSIONS:
        values = evaluator.evaluate(expressions.parse(expression))
        results.append(
            {
                "expression": expression,
                "float64": _bits(values),
                "float32": _bits(to_float32(values)),
            }
        )
    return {
        "note": "Bits of float64 and float32 values; every NaN stands for missing.",
        "years_max": YEARS_MAX,
        "columns": columns,
        "rows": [_bits(row) for row in rows],
        "definitions": [
            {"name": name, "expression": expression}
            for name, expression in NASTY_DEFINITIONS.items()
        ],
        "expressions": results,
    }


def bundle_vectors(model: Bundle) -> dict:
    """What a bundle answers to synthetic companies."""
    names = [entry["name"] for entry in model.manifest["inputs"]]
    statements = synthetic.statements(ROW_COUNT, SEED)
    features = model.features(model.valid(statements))
    raw = model.raw_scores(features)
    contributions = model.contributions(features[:CONTRIBUTION_ROWS])
    scorable = model.scorable(statements)
    years = [statements.items[name][year] for name in names for year in _years()]
    return {
        "note": "A null input is missing; features_float32 and raw_score_float64 are bits. "
        "Contributions are on the model's own scale, their base value last.",
        "model": model.manifest["name"],
        "sha256": model.manifest["model"]["sha256"],
        "columns": [f"{name}@{year}" if year else name for name in names for year in _years()],
        "features": [entry["name"] for entry in model.manifest["features"]],
        "rows": [
            {
                "inputs": [None if numpy.isnan(value) else value for value in values],
                "scorable": bool(scorable[row]),
                **(_answers(model, features[row], raw[row]) if scorable[row] else {}),
                **(
                    {"contributions": contributions[row].tolist()}
                    if row < CONTRIBUTION_ROWS and scorable[row]
                    else {}
                ),
            }
            for row, values in enumerate(numpy.array(years).T.tolist())
        ],
    }


def _answers(model: Bundle, features: numpy.ndarray, raw: float) -> dict:
    calibrated = float(model.log_odds(raw))
    log_odds = calibrated + model.prior_shift()
    probability = 1 / (1 + math.exp(-log_odds))
    return {
        "features_float32": _bits(features),
        "raw_score_float64": _bits(numpy.array([raw]))[0],
        "probability": probability,
        "score": model.score(log_odds),
        "risk_class": model.risk_class(probability),
        "percentile": round(model.percentile(calibrated), 9),
    }


def _years() -> range:
    return range(YEARS_MAX)


def _bits(values: numpy.ndarray) -> list[int]:
    unsigned = {4: numpy.uint32, 8: numpy.uint64}[values.dtype.itemsize]
    canonical = numpy.where(numpy.isnan(values), values.dtype.type(numpy.nan), values)
    return canonical.view(unsigned).tolist()


def _save(path: Path, content: dict) -> None:
    """JSON with each row on a line of its own, so that differences can be read."""
    parts = []
    for key, value in content.items():
        if isinstance(value, list) and value and isinstance(value[0], (dict, list)):
            lines = ",\n".join("  " + json.dumps(entry, allow_nan=False) for entry in value)
            parts.append(f" {json.dumps(key)}: [\n{lines}\n ]")
        else:
            parts.append(f" {json.dumps(key)}: {json.dumps(value)}")
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
