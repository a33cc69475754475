# SPDX-License-Identifier: Apache-2.0
"""A bundle on disk: writing one, and scoring with one exactly as the server does."""

import dataclasses
import hashlib
import json
import math
from pathlib import Path

import lightgbm
import numpy
from scipy import special

from . import scorecard, template
from .statements import Statements

FORMAT = "vigie-bundle/1"
MODEL_FILES = {"lightgbm-text": "model.txt", "scorecard": "scorecard.json"}
LOG_ODDS_QUANTILES = 101
FEATURE_QUANTILES = 21
SIGNIFICANT_DIGITS = 9

# 600 points at a probability of 1 %, 75 more for each halving of the odds of failure. The two
# default models share the scale and the classes, so that their answers compare.
SCORE_SCALE = {
    "id": "vigie-1000",
    "minimum": 1,
    "maximum": 1000,
    "high_score_is_safe": True,
    "points_to_double_odds": 75,
    "anchor_score": 600,
    "anchor_probability": 0.01,
}
CLASS_PROBABILITY_MAXIMA = (0.0008, 0.0012, 0.002, 0.0035, 0.006, 0.01, 0.02, 0.04, 0.08, 1)


class Bundle:
    """A bundle read from its directory."""

    def __init__(self, directory: str | Path):
        self.directory = Path(directory)
        self.manifest = json.loads((self.directory / "manifest.json").read_text(encoding="utf-8"))
        model = self.manifest["model"]
        self.model_bytes = (self.directory / model["file"]).read_bytes()
        if hashlib.sha256(self.model_bytes).hexdigest() != model["sha256"]:
            raise ValueError(f"{model['file']} is not the file that the manifest names")
        if model["format"] == "scorecard":
            self.scorecard = json.loads(self.model_bytes)
            self.booster = None
        else:
            self.booster = lightgbm.Booster(model_str=self.model_bytes.decode())

    def features(self, statements: Statements) -> numpy.ndarray:
        """The float32 features of each firm-year."""
        return template.evaluate_features(self.manifest, statements)

    def scorable(self, statements: Statements) -> numpy.ndarray:
        """Whether each row has what it must, and it within the range of its input.

        Only the latest year of an input must be there.
        """
        result = numpy.ones(len(statements), dtype=bool)
        for entry in self.manifest["inputs"]:
            years = statements.items[entry["name"]]
            if entry["missing"] == "not_scorable":
                result &= ~numpy.isnan(years[0])
            for age, year in enumerate(years):
                if self._ends_score(entry, age):
                    result &= ~self._invalid(entry, year)
        return result

    def valid(self, statements: Statements) -> Statements:
        """The statements as the model takes them: invalid values without need are missing."""
        items = {}
        for entry in self.manifest["inputs"]:
            items[entry["name"]] = [
                year
                if self._ends_score(entry, age)
                else numpy.where(self._invalid(entry, year), numpy.nan, year)
                for age, year in enumerate(statements.items[entry["name"]])
            ]
        return dataclasses.replace(statements, items={**statements.items, **items})

    @staticmethod
    def _ends_score(entry: dict, age: int) -> bool:
        """Whether a row with an invalid value of so many years ago has no score."""
        default = "not_scorable" if entry["missing"] == "not_scorable" and age == 0 else "missing"
        return entry.get("out_of_range", default) == "not_scorable"

    @staticmethod
    def _invalid(entry: dict, values: numpy.ndarray) -> numpy.ndarray:
        """Whether each value is outside of the range of its input, or infinite."""
        invalid = numpy.isinf(values)
        if entry["minimum"] is not None:
            invalid |= values < entry["minimum"]
            if entry.get("exclusive_minimum"):
                invalid |= values == entry["minimum"]
        if entry["maximum"] is not None:
            invalid |= values > entry["maximum"]
        return invalid

    def raw_scores(self, features: numpy.ndarray) -> numpy.ndarray:
        """The model's own log-odds, before calibration."""
        if self.booster is None:
            return scorecard.raw_scores(self.scorecard, features)
        return self.booster.predict(features.astype(float), raw_score=True, num_threads=1)

    def contributions(self, features: numpy.ndarray) -> numpy.ndarray:
        """What each feature adds to the raw score; the last column is the base value."""
        if self.booster is not None:
            return self.booster.predict(features.astype(float), pred_contrib=True, num_threads=1)
        means = numpy.array([entry["mean"] for entry in self.scorecard["features"]])
        base = float(self.scorecard["intercept"])
        for mean in means:
            base += float(mean)
        points = scorecard.contributions(self.scorecard, features) - means
        return numpy.column_stack([points, numpy.full(len(features), base)])

    def log_odds(self, raw: numpy.ndarray) -> numpy.ndarray:
        """Calibrated log-odds, before the shift to another base rate."""
        calibration = self.manifest["calibration"]
        return calibration["intercept"] + calibration["slope"] * raw

    def prior_shift(self) -> float:
        """What the base rate in use adds to the log-odds."""
        prior = self.manifest["prior"]
        return _logit(prior["target_base_rate"]) - _logit(prior["training_base_rate"])

    def probabilities(self, statements: Statements) -> numpy.ndarray:
        """Probability of the event for each firm-year."""
        raw = self.raw_scores(self.features(statements))
        return special.expit(self.log_odds(raw) + self.prior_shift())

    def score(self, log_odds: float) -> int:
        """The score at calibrated log-odds, the prior shift included."""
        scale = self.manifest["score_scale"]
        points_per_unit = scale["points_to_double_odds"] / math.log(2)
        sign = 1 if scale["high_score_is_safe"] else -1
        above = log_odds - _logit(scale["anchor_probability"])
        points = scale["anchor_score"] - sign * points_per_unit * above
        return int(min(max(_rounded(points), scale["minimum"]), scale["maximum"]))

    def risk_class(self, probability: float) -> int:
        """The number of the first class whose band reaches `probability`."""
        return next(
            entry["number"]
            for entry in self.manifest["risk_classes"]
            if probability <= entry["probability_maximum"]
        )

    def percentile(self, log_odds: float) -> float:
        """Percentage of the reference population that is riskier; no prior shift."""
        quantiles = self.manifest["reference"]["log_odds_quantiles"]
        safer = numpy.interp(log_odds, quantiles, numpy.linspace(0, 100, len(quantiles)))
        return 100 - float(safer)


def manifest(
    source: dict, model_bytes: bytes, calibration: tuple[float, float], base_rate: float,
    reference: dict,
) -> dict:  # fmt: skip
    """The template completed with all that training gives, but metrics and provenance."""
    labels = source["risk_class_labels"]
    return {
        "format": FORMAT,
        **{key: source[key] for key in ("name", "version", "description", "event")},
        "horizon_months": source["horizon_months"],
        "model": {
            "format": source["model_format"],
            "file": MODEL_FILES[source["model_format"]],
            "sha256": hashlib.sha256(model_bytes).hexdigest(),
        },
        "model_card": "MODEL_CARD.md",
        **{key: source[key] for key in ("scale_free", "years_max", "inputs", "definitions")},
        "features": source["features"],
        "calibration": {
            "type": "platt",
            "intercept": round(calibration[0], 6),
            "slope": round(calibration[1], 6),
        },
        "prior": {
            "training_base_rate": round(base_rate, 6),
            "target_base_rate": round(base_rate, 6),
        },
        "score_scale": SCORE_SCALE,
        "risk_classes": [
            {"number": number, "probability_maximum": maximum, "label": label}
            for number, (maximum, label) in enumerate(zip(CLASS_PROBABILITY_MAXIMA, labels), 1)
        ],
        "reference": reference,
    }


def reference(
    description: str, names: list[str], features: numpy.ndarray, log_odds: numpy.ndarray
) -> dict:
    """The distribution of log-odds and features in the reference population."""
    return {
        "description": description,
        "log_odds_quantiles": _quantiles(log_odds, LOG_ODDS_QUANTILES),
        "features": {
            name: {
                "missing_share": _significant(numpy.isnan(column).mean()),
                "quantiles": _quantiles(column[~numpy.isnan(column)], FEATURE_QUANTILES),
            }
            for name, column in zip(names, features.T.astype(float))
            # Nothing can be said of a feature that nobody gives.
            if not numpy.isnan(column).all()
        },
    }


def write(directory: Path, content: dict, model_bytes: bytes, model_card: str) -> None:
    """Writes the bundle's files."""
    directory.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    (directory / "manifest.json").write_bytes(_numbers_on_one_line(text).encode())
    (directory / content["model"]["file"]).write_bytes(model_bytes)
    (directory / content["model_card"]).write_bytes(model_card.encode())


def _numbers_on_one_line(text: str) -> str:
    """Lists of numbers are read as one thing, so they stay on one line."""
    lines, row = [], None
    for line in text.split("\n"):
        if row is not None:
            row += line.strip() + " "
            if line.strip().startswith("]"):
                lines.append(row.replace("[ ", "[").replace(" ]", "]").rstrip())
                row = None
        elif line.endswith('quantiles": ['):
            row = line
        else:
            lines.append(line)
    return "\n".join(lines)


def _quantiles(values: numpy.ndarray, count: int) -> list[float]:
    return [_significant(value) for value in numpy.quantile(values, numpy.linspace(0, 1, count))]


def _significant(value: float) -> float:
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _rounded(value: float) -> int:
    """Nearest integer, halves away from zero."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))
