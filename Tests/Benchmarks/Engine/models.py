#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the rows and the models of the engine benchmark.

usage: models.py DIRECTORY MODEL...

Writes rows.f32 (100,000 rows of 64 float32, one value in twenty missing) and, of those that are
named, LightGBM models S.txt (100 trees of 31 leaves), M.txt (500 of 31), L.txt (1000 of 63) and
D.txt (900 of 8: the shape of the default model), an XGBoost model XM.json (500 trees of depth 6),
the same as ONNX, and each library's own raw scores: S.raw.f64 ... XM.raw.f64. C.txt is M once more,
with three columns that are categories, of 8, 60 and 800 values, as sector and legal form are; its
rows, rows-C.f32, are the same but for these. What is there stays.
"""

import pathlib
import sys

import lightgbm
import numpy as np
import xgboost

COLUMNS = 64
FACTORS = 8
# Columns that are categories in C, and how many.
CATEGORIES = {5: 8, 13: 60, 29: 800}


def columns_of(normal, random):
    """Columns shaped as those of companies: ratios, sizes, growth, counts, shares, zeros."""
    count = len(normal)
    columns = np.empty_like(normal)
    for column in range(COLUMNS):
        value = normal[:, column]
        columns[:, column] = (
            lambda: value / (np.abs(random.standard_normal(count)) + 0.15),
            lambda: np.exp(1.3 * value),
            lambda: np.sinh(value),
            lambda: random.standard_t(2.5, count) + value,
            lambda: np.floor(np.exp(0.8 * value + 1.5)),
            lambda: 1 / (1 + np.exp(-value)),
            lambda: np.where(random.random(count) < 0.3, 0, value),
            lambda: np.round(value * 4) / 4,
        )[column % 8]()
    return columns


def categories_of(count, seed):
    """Columns of categories, some much more frequent than others, and what they add to the risk."""
    random = np.random.default_rng([seed, 3])
    columns, risk = {}, np.zeros(count)
    for column, categories in CATEGORIES.items():
        effects = 0.5 * np.random.default_rng([20, column]).standard_normal(categories)
        shares = 1 / np.random.default_rng([21, column]).permutation(np.arange(3, categories + 3))
        columns[column] = random.choice(categories, count, p=shares / shares.sum())
        risk += effects[columns[column]]
    return columns, risk


def make(count, seed, has_categories=False):
    """Rows and whether each failed, about one in fifty."""
    random = np.random.default_rng(seed)
    factors = random.standard_normal((count, FACTORS))
    weights = 0.7 * np.random.default_rng(20).standard_normal((FACTORS, COLUMNS))
    rows = columns_of(factors @ weights + random.standard_normal((count, COLUMNS)), random)
    risk = (0.9 * factors[:, 0] - 0.7 * factors[:, 1] + 0.8 * factors[:, 2] * (factors[:, 3] > 0)
            + 0.5 * np.tanh(rows[:, 0]) - 0.4 * np.log1p(np.abs(rows[:, 8]))
            + 0.6 * (rows[:, 4] > 12) + 0.3 * random.standard_normal(count))
    if has_categories:
        columns, added = categories_of(count, seed)
        risk += added
        for column, values in columns.items():
            rows[:, column] = values
    failed = random.random(count) < 1 / (1 + np.exp(5.6 - 1.6 * risk))
    rows[random.random(rows.shape) < 0.05] = np.nan
    return np.ascontiguousarray(rows, dtype=np.float32), failed.astype(np.int32)


# Trees, leaves, learning rate.
SHAPES = {"S": (100, 31, 0.05), "M": (500, 31, 0.02), "L": (1000, 63, 0.02), "D": (900, 8, 0.05),
          "C": (500, 31, 0.02)}


def to_onnx(directory, name, booster):
    from onnxmltools import convert_lightgbm, convert_xgboost
    from onnxmltools.convert.common.data_types import FloatTensorType

    convert = convert_xgboost if name == "XM" else convert_lightgbm
    options = {} if name == "XM" else {"zipmap": False}
    model = convert(booster, initial_types=[("input", FloatTensorType([None, COLUMNS]))],
                    target_opset=15, **options)
    (directory / f"{name}.onnx").write_bytes(model.SerializeToString())


def train_lightgbm(name, training, failed, rows):
    """The model, and its raw scores of the rows."""
    trees, leaves, rate = SHAPES[name]
    parameters = {"objective": "binary", "num_leaves": leaves, "learning_rate": rate,
                  "min_data_in_leaf": 50, "feature_fraction": 0.8, "bagging_fraction": 0.8,
                  "bagging_freq": 1, "seed": 7, "deterministic": True,
                  "force_row_wise": True, "verbose": -1}
    categorical = list(CATEGORIES) if name == "C" else []
    data = lightgbm.Dataset(training, failed, categorical_feature=categorical)
    booster = lightgbm.train(parameters, data, trees)
    return booster, booster.predict(rows, raw_score=True)


def train_xgboost(training, failed, rows):
    parameters = {"objective": "binary:logistic", "tree_method": "hist", "max_depth": 6,
                  "eta": 0.02, "subsample": 0.8, "colsample_bytree": 0.8, "seed": 7}
    booster = xgboost.train(parameters, xgboost.DMatrix(training, failed), 500)
    margins = booster.predict(xgboost.DMatrix(rows), output_margin=True)
    return booster, margins.astype(np.float64)


def main():
    directory = pathlib.Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:]:
        has_categories = name == "C"
        file = directory / (name + (".json" if name == "XM" else ".txt"))
        rows_file = directory / ("rows-C.f32" if has_categories else "rows.f32")
        if file.exists() and rows_file.exists():
            continue
        training, failed = make(200_000, 1, has_categories)
        rows, _ = make(100_000, 2, has_categories)
        rows.tofile(rows_file)
        print(f"training {name}", flush=True)
        booster, scores = (train_xgboost(training, failed, rows) if name == "XM"
                           else train_lightgbm(name, training, failed, rows))
        scores.tofile(directory / f"{name}.raw.f64")
        # A set of categories would be a chain of nodes, each for one of them.
        if not has_categories:
            to_onnx(directory, name, booster)
        # Last and whole, so that what was made half is made again.
        half = file.with_name("half-" + file.name)
        booster.save_model(half)
        half.rename(file)


if __name__ == "__main__":
    main()
