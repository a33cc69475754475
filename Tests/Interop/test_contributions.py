# SPDX-License-Identifier: Apache-2.0
"""Contributions of features against `pred_contrib` of LightGBM, within 1e-10, and `pred_contribs`
of XGBoost, within float32, on models of the kinds that those libraries explain.
"""

import subprocess
from pathlib import Path

import lightgbm
import numpy
import pytest
import xgboost

from support.server import program
from test_boosted_models import CATEGORIES, FEATURES, label_for, table, xgboost_matrix

ROWS = 60

LIGHTGBM = {
    "binary": {"objective": "binary"},
    "zero as missing": {"objective": "binary", "zero_as_missing": True},
    "dart": {"objective": "binary", "boosting": "dart", "drop_rate": 0.5},
    "multiclass": {"objective": "multiclass", "num_class": 3},
    "poisson": {"objective": "poisson"},
    "deep": {"objective": "regression", "num_leaves": 200, "min_data_in_leaf": 1},
}

XGBOOST = {
    "binary": {"objective": "binary:logistic"},
    "base score": {"objective": "binary:logistic", "base_score": 0.137},
    "dart": {"objective": "binary:logistic", "booster": "dart", "rate_drop": 0.4},
    "multiclass": {"objective": "multi:softprob", "num_class": 3},
    "two targets": {"objective": "reg:squarederror"},
    "deep": {"objective": "reg:squarederror", "max_depth": 14},
}


def compare(model: Path, rows: numpy.ndarray, expected: numpy.ndarray) -> None:
    """Runs forest-check, which compares, and fails with what it says."""
    rows.astype(numpy.float32).tofile(model.with_name("rows.f32"))
    expected.astype(numpy.float64).tofile(model.with_name("expected.f64"))
    command = [program("forest-check"), "shap", model.name, "rows.f32", "expected.f64"]
    done = subprocess.run(command, cwd=model.parent, capture_output=True, text=True)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("kind", LIGHTGBM)
@pytest.mark.parametrize("categories", [False, True], ids=["numbers", "categories"])
def test_lightgbm(kind: str, categories: bool, tmp_path: Path) -> None:
    """LightGBM's."""
    x, signal = table(1, 600)
    data = lightgbm.Dataset(
        x, label_for(LIGHTGBM[kind]["objective"], signal),
        categorical_feature=[FEATURES - 1] if categories else [],
    )
    settings = {"num_leaves": 15, "verbose": -1, "num_threads": 1, "seed": 3, "min_data_in_leaf": 5,
                "min_data_per_group": 5, "cat_smooth": 1, **LIGHTGBM[kind]}
    booster = lightgbm.train(settings, data, 12)
    booster.save_model(tmp_path / "model.txt")
    rows = table(2, ROWS)[0]
    rows[:5, -1] = [-1, CATEGORIES, 1.5, -0.5, 1e12]
    compare(tmp_path / "model.txt", rows, booster.predict(rows, pred_contrib=True))


@pytest.mark.parametrize("kind", XGBOOST)
@pytest.mark.parametrize("categories", [False, True], ids=["numbers", "categories"])
def test_xgboost(kind: str, categories: bool, tmp_path: Path) -> None:
    """XGBoost's."""
    parameters = XGBOOST[kind]
    x, signal = table(1, 600)
    data = xgboost_matrix(x, categories)
    label = label_for(parameters["objective"], signal)
    data.set_label(label if kind != "two targets" else numpy.stack([label, -label], 1))
    settings = {"max_depth": 4, "nthread": 1, "seed": 3, "verbosity": 0, "max_cat_to_onehot": 3,
                **parameters}
    booster = xgboost.train(settings, data, 8)
    booster.save_model(tmp_path / "model.json")
    rows = table(2, ROWS)[0]
    expected = booster.predict(xgboost_matrix(rows, categories), pred_contribs=True)
    compare(tmp_path / "model.json", rows, expected)
