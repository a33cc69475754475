#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the small XGBoost models here, with rows and XGBoost's own margins and predictions.

usage: generate_xgboost.py train [DIRECTORY]     (needs xgboost, numpy and, from 3.1 on, pandas)
       generate_xgboost.py predict [DIRECTORY]

"train" writes the models of the version that runs: those of this script, or, with an old XGBoost,
the one that its version is known for. "predict" then writes the rows of all models; it is to be run
with the newest version, whose bits count, and once with 2.1 for its own model. Run again only to
change the models on purpose.

xgb_NAME.json or .ubj is the model. The file with .rows behind it begins with a line of two numbers:
margins and predictions of a row; each further line is a row: its margins, its predictions, then its
values, each as the 16 hexadecimal digits of its float64 bits.
"""

import json
import pathlib
import struct
import sys

import numpy
import xgboost

FEATURES = 5
CATEGORIES = 40
ROWS = 24
NASTY = [float("nan"), 0.0, -0.0, 1e-45, -1e-45, 1e-35, 3e38, -3e38, 1.0, -1.0]
VERSION = tuple(int(part) for part in xgboost.__version__.split(".")[:2])


def data(generator):
    """Rows whose last column is a category, a signal, and that category's effect."""
    x = generator.normal(size=(400, FEATURES)).astype("f4")
    x[:, -1] = generator.integers(0, CATEGORIES, 400)
    x[generator.random(x.shape) < 0.1] = numpy.nan
    signal = numpy.nan_to_num(x[:, 0] - x[:, 1]) + 2 * (x[:, -1] % 3 == 0)
    return x, signal + generator.normal(size=400)


def train(directory, name, parameters, label=lambda signal: signal > 0.5, rounds=3, **options):
    generator = numpy.random.default_rng(sum(pathlib.Path(name).stem.encode()))
    x, signal = data(generator)
    matrix = xgboost.DMatrix(x, numpy.asarray(label(signal), "f4"), **options)
    settings = {"max_depth": 3, "seed": 7, "nthread": 1, "verbosity": 0, **parameters}
    xgboost.train(settings, matrix, rounds).save_model(str(directory / f"xgb_{name}"))


def train_until_best(directory, name, parameters, label=lambda signal: signal > 0.5):
    """A model with more trees than its best ones, as early stopping leaves it."""
    x, signal = data(numpy.random.default_rng(3))
    y = numpy.asarray(label(signal), "f4")
    parts = [xgboost.DMatrix(x[part], y[part]) for part in (slice(0, 200), slice(200, 400))]
    settings = {"max_depth": 4, "learning_rate": 0.9, "seed": 7, "nthread": 1, "verbosity": 0,
                **parameters}
    booster = xgboost.train(settings, parts[0], 50, evals=[(parts[1], "watch")],
                            early_stopping_rounds=3, verbose_eval=False)
    assert booster.best_iteration + 1 < booster.num_boosted_rounds()
    booster.save_model(str(directory / f"xgb_{name}"))


def train_with_texts(directory, name):
    """Columns of a data frame that are texts and whole numbers as categories."""
    import pandas

    generator = numpy.random.default_rng(5)
    x, signal = data(generator)
    kinds = numpy.array(["manufacturing", "retail", "", "building", "farming"])
    frame = pandas.DataFrame({
        "ratio": x[:, 0],
        "sector": pandas.Categorical(kinds[generator.integers(0, 5, 400)]),
        "code": pandas.Categorical(generator.choice([10, 20, 30, 40], 400)),
    })
    label = signal + (frame["sector"] == "retail") - (frame["code"] == 20) > 0.5
    matrix = xgboost.DMatrix(frame, label, enable_categorical=True)
    settings = {"objective": "binary:logistic", "max_depth": 3, "max_cat_to_onehot": 1,
                "nthread": 1}
    xgboost.train(settings, matrix, 3).save_model(str(directory / f"xgb_{name}"))


def train_all(directory):
    logistic = {"objective": "binary:logistic"}
    classes = {"num_class": 3}

    def thirds(signal):
        return numpy.digitize(signal, [-0.3, 1.2])

    def both(signal):
        return numpy.stack([signal, numpy.exp(signal / 3)], 1)

    codes = {"feature_types": ["q"] * 4 + ["c"], "enable_categorical": True}
    if VERSION == (1, 0):
        train(directory, "v1_0.json", {**logistic, "base_score": 0.2})
    elif VERSION == (1, 4):
        train(directory, "v1_4.json", {"booster": "dart", "rate_drop": 0.5,
                                       "objective": "count:poisson"}, numpy.exp, 5)
    elif VERSION == (1, 7):
        train(directory, "v1_7.ubj", {**logistic, "tree_method": "hist"}, **codes)
    elif VERSION == (2, 1):
        train(directory, "v2_1.json", {"multi_strategy": "multi_output_tree"}, both)
    elif VERSION >= (3, 3):
        # Weights of dropped trees beside the trees, whatever the booster is called.
        drops = {**logistic, "rate_drop": 0.5, "one_drop": 1}
        train(directory, "v3_4_dart.json", {**drops, "booster": "dart"}, rounds=5)
        train(directory, "v3_4_dart.ubj", {**drops, "booster": "dart"}, rounds=5)
        train(directory, "v3_4_drops.json", drops, rounds=5)
        train(directory, "v3_4_drops_of_classes.ubj", {
            **classes, "objective": "multi:softprob", "rate_drop": 0.5, "num_parallel_tree": 2,
            "subsample": 0.6}, thirds, 4)
        train(directory, "v3_4_drops_of_vectors.json", {
            "multi_strategy": "multi_output_tree", "rate_drop": 0.5}, both, 4)
        train(directory, "v3_4_categorical.ubj", {**logistic, "max_cat_to_onehot": 5}, **codes)
        # Few rounds of much noise, so that quantiles cross.
        train(directory, "v3_4_quantiles.json", {
            "objective": "reg:quantileerror", "quantile_alpha": [0.4, 0.45, 0.5, 0.55, 0.6],
            "learning_rate": 1, "max_depth": 6}, lambda s: s)
        train(directory, "v3_4_expectile.json", {"objective": "reg:expectileerror",
                                                 "expectile_alpha": [0.8]}, lambda s: s)
        train(directory, "v3_4_expectiles.json", {"objective": "reg:expectileerror",
                                                  "expectile_alpha": [0.1, 0.5, 0.9]}, lambda s: s)
        train_until_best(directory, "v3_4_stopped.json", {**logistic, "num_parallel_tree": 2})
        train_until_best(directory, "v3_4_stopped_drops.ubj", {
            **classes, "objective": "multi:softprob", "rate_drop": 0.3}, thirds)
    else:
        train(directory, "binary.json", logistic)
        train(directory, "binary.ubj", logistic)
        train(directory, "logitraw.json", {"objective": "binary:logitraw"})
        train(directory, "hinge.json", {"objective": "binary:hinge"})
        train(directory, "gamma.ubj", {"objective": "reg:gamma"}, numpy.exp)
        train(directory, "softprob.ubj", {**classes, "objective": "multi:softprob"}, thirds)
        train(directory, "forest.json", {**classes, "objective": "multi:softmax", "subsample": 0.5,
                                         "learning_rate": 1, "num_parallel_tree": 2}, thirds, 1)
        train(directory, "dart.json", {**logistic, "booster": "dart", "rate_drop": 0.5}, rounds=5)
        train(directory, "linear.json", {**classes, "booster": "gblinear",
                                         "objective": "multi:softprob"}, thirds)
        train(directory, "quantiles.json", {"objective": "reg:quantileerror",
                                            "quantile_alpha": [0.1, 0.9]}, lambda s: s)
        train(directory, "categorical.json", {**logistic, "max_cat_to_onehot": 5}, **codes)
        train(directory, "onehot.ubj", {**logistic, "max_cat_to_onehot": 99}, **codes)
        train(directory, "targets.ubj", {"multi_strategy": "multi_output_tree"}, both)
        train(directory, "pruned.json", {**logistic, "tree_method": "exact", "gamma": 5})
        train(directory, "single_leaf.json", {**logistic, "gamma": 1e9})
        train_with_texts(directory, "texts.json")


def nasty_rows(generator, trees):
    """Rows whose cells are nasty values, thresholds and their neighbours, or plain ones."""
    rows, _ = data(generator)
    rows = rows[:ROWS]
    near = [(feature, threshold) for tree in trees for feature, left, threshold in zip(
        tree["split_indices"], tree["left_children"], tree["split_conditions"]) if left != -1]
    for row in range(1, ROWS):
        for column in range(FEATURES - 1):
            choice = generator.integers(4)
            if choice == 0:
                rows[row, column] = NASTY[generator.integers(len(NASTY))]
            elif choice == 1 and near:
                feature, threshold = near[generator.integers(len(near))]
                toward = (threshold, numpy.inf, -numpy.inf)[generator.integers(3)]
                rows[row, feature] = numpy.nextafter(*numpy.array([threshold, toward], "f4"))
    rows[:4, -1] = [CATEGORIES + 5, 0, 31, 32]
    return rows


def predict(directory, file):
    booster = xgboost.Booster(model_file=str(file))
    learner = json.loads(booster.save_raw("json"))["learner"]
    model = learner["gradient_booster"].get("gbtree", learner["gradient_booster"])["model"]
    rows = nasty_rows(numpy.random.default_rng(11), model.get("trees", []))
    types = learner["feature_types"] or None
    if file.stem == "xgb_texts":
        rows = numpy.stack([rows[:, 0], numpy.arange(ROWS) % 5, numpy.arange(ROWS) // 5 % 4], 1)
        rows[::7, 1] = rows[::5, 2] = numpy.nan
    matrix = xgboost.DMatrix(rows, feature_types=types, enable_categorical=True,
                             feature_names=learner["feature_names"] or None)
    write(file.with_name(f"{file.name}.rows"), booster, matrix, rows)
    if "stopped" in file.stem:
        best = (0, int(booster.attr("best_iteration")) + 1)
        write(file.with_name(f"{file.name}.best.rows"), booster, matrix, rows, best)


def write(file, booster, matrix, rows, iterations=(0, 0)):
    """The file of rows, with what the trees of some iterations give; all by default."""
    margins = booster.predict(matrix, output_margin=True, iteration_range=iterations)
    margins = margins.reshape(ROWS, -1)
    values = booster.predict(matrix, iteration_range=iterations).reshape(ROWS, -1)
    lines = [f"{margins.shape[1]} {values.shape[1]}"]
    for row in numpy.concatenate([margins, values, rows], 1).astype("f8"):
        lines.append(" ".join(struct.pack(">d", value).hex() for value in row))
    file.write_text("\n".join(lines) + "\n")


def main():
    default = pathlib.Path(__file__).parent
    directory = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else default
    if sys.argv[1] == "train":
        train_all(directory)
    else:
        for file in sorted([*directory.glob("xgb_*.json"), *directory.glob("xgb_*.ubj")]):
            # Vectors in leaves lay elsewhere before 3.2, which cannot read them.
            if (file.stem == "xgb_v2_1") == (VERSION == (2, 1)):
                predict(directory, file)


if __name__ == "__main__":
    main()
