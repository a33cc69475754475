# SPDX-License-Identifier: Apache-2.0
"""Models trained on the spot, and the bundles that carry them to the server."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

import lightgbm
import numpy as np

CALIBRATION = {"type": "platt", "intercept": -0.25, "slope": 1.5}
SCALE = {
    "id": "vigie-1000", "minimum": 1, "maximum": 1000, "high_score_is_safe": True,
    "points_to_double_odds": 60, "anchor_score": 500, "anchor_probability": 0.01,
}
CLASS_MAXIMA = [0.02, 0.05, 0.1, 0.15, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0]


@dataclass(frozen=True)
class TestModel:
    """A model, as LightGBM has it and as a bundle."""

    __test__ = False  # Not a class of tests, whatever pytest takes its name for.

    name: str
    version: str
    directory: Path
    booster: lightgbm.Booster
    # Of the columns that are categories, how many there are.
    categories: dict[int, int] = field(default_factory=dict)

    @property
    def features(self) -> list[str]:
        return self.booster.feature_name()

    def rows(self, count: int, seed: int = 1) -> np.ndarray:
        """Random float32 rows, one value in ten missing."""
        random = np.random.default_rng(seed)
        values = random.normal(size=(count, len(self.features))).astype(np.float32)
        for column, most in self.categories.items():
            values[:, column] = random.integers(most, size=count)
        values[random.random(values.shape) < 0.1] = np.nan
        return values

    def raw_scores(self, rows: np.ndarray) -> np.ndarray:
        """What LightGBM says of the rows."""
        return self.booster.predict(rows, raw_score=True)

    def log_odds(self, rows: np.ndarray) -> np.ndarray:
        """The calibrated log-odds of the rows."""
        return CALIBRATION["intercept"] + CALIBRATION["slope"] * self.raw_scores(rows)


def write_bundles(directory: Path) -> dict[str, TestModel]:
    """Trains the models of these tests and writes their bundles below `directory`."""
    return {
        name: _write(directory / name, name, features, trees, leaves, categories)
        for name, features, trees, leaves, categories in [
            # Named so that the first in the order of names is the small one.
            ("first-small", 8, 40, 15, {}),
            # Takes long enough that a call can be cancelled or cut off by its deadline.
            ("second-large", 32, 300, 31, {}),
            # Has splits by sets of categories, which come as numbers; trees of more than 64 leaves.
            ("third-categories", 9, 50, 80, {2: 8, 5: 60, 7: 800}),
        ]
    }


def _write(
    directory: Path, name: str, features: int, trees: int, leaves: int, categories: dict[int, int]
) -> TestModel:
    booster = _train(features, trees, leaves, categories)
    text = booster.model_to_string().encode()
    manifest = _manifest(name, booster, hashlib.sha256(text).hexdigest())
    directory.mkdir()
    (directory / "model.txt").write_bytes(text)
    (directory / "manifest.json").write_text(json.dumps(manifest, indent=1))
    (directory / "MODEL_CARD.md").write_text(f"# {name}\n\nTrained on noise, for tests only.\n")
    return TestModel(name, manifest["version"], directory, booster, categories)


def _train(
    features: int, trees: int, leaves: int, categories: dict[int, int]
) -> lightgbm.Booster:
    random = np.random.default_rng(7)
    rows = random.normal(size=(4000, features)).astype(np.float32)
    hidden = np.nan_to_num(rows[:, 0] - rows[:, 1] * rows[:, 2]) + random.normal(size=len(rows))
    for column, count in categories.items():
        rows[:, column] = random.integers(count, size=len(rows))
        hidden += random.normal(size=count)[rows[:, column].astype(int)]
    rows[random.random(rows.shape) < 0.1] = np.nan
    parameters = {
        "objective": "binary", "num_leaves": leaves, "min_data_in_leaf": 5, "num_threads": 1,
        "deterministic": True, "force_row_wise": True, "verbose": -1, "learning_rate": 0.05,
    }
    names = [f"x{index}" for index in range(features)]
    data = lightgbm.Dataset(
        rows, (hidden > 1).astype(int), feature_name=names, categorical_feature=list(categories)
    )
    return lightgbm.train(parameters, data, num_boost_round=trees)


def _text(english: str) -> dict[str, str]:
    return {"en": english, "fr": f"{english} (fr)"}


def _manifest(name: str, booster: lightgbm.Booster, sha256: str) -> dict[str, object]:
    features = [
        {
            "name": feature, "unit": "ratio", "minimum": None, "maximum": None, "monotone": 0,
            "label": _text(feature), "raises_risk": _text(f"{feature} raises"),
            "lowers_risk": _text(f"{feature} lowers"),
        }
        for feature in booster.feature_name()
    ]
    return {
        "format": "vigie-bundle/1", "name": name, "version": "1.2.3",
        "description": _text("A model of tests"),
        "event": {"id": "test_event", "definition": _text("Something happens")},
        "horizon_months": 12,
        "model": {"format": "lightgbm-text", "file": "model.txt", "sha256": sha256},
        "model_card": "MODEL_CARD.md",
        "scale_free": True, "years_max": 1, "definitions": [], "features": features,
        "calibration": CALIBRATION,
        "prior": {"training_base_rate": 0.2, "target_base_rate": 0.2},
        "score_scale": SCALE,
        "risk_classes": [
            {"number": number, "probability_maximum": maximum, "label": _text(f"Class {number}")}
            for number, maximum in enumerate(CLASS_MAXIMA, 1)
        ],
        "reference": {
            "description": "Noise",
            "log_odds_quantiles": list(np.linspace(-6, 4, 101)),
            "features": {
                feature: {"missing_share": 0.1, "quantiles": list(np.linspace(-2, 2, 21))}
                for feature in booster.feature_name()
            },
        },
        "metrics": {"test_auc": 0.5}, "provenance": {"training_data": "noise"},
    }
