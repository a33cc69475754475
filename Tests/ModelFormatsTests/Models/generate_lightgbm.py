#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the small LightGBM models here, with rows and LightGBM's own scores and predictions.

usage: generate_lightgbm.py train [DIRECTORY]     (needs lightgbm, numpy and pandas)
       generate_lightgbm.py predict [DIRECTORY]

"train" writes the models of the version that runs: those of this script, or, with an old LightGBM,
the one of its version. "predict" then writes the rows of all models; it is to be run with the
newest version, whose bits count. Run again only to change the models on purpose.

NAME.txt is the model. NAME.txt.rows begins with a line of two numbers: raw scores and predictions
of a row; each further line is a row: its raw scores, its predictions, then its values, each as the
16 hexadecimal digits of its float64 bits.
"""

import pathlib
import re
import struct
import sys

import lightgbm
import numpy

FEATURES = 6
ROWS = 60
ZERO = float(numpy.float32(1e-35))
NASTY = [float("nan"), 0.0, -0.0, 1e-35, -1e-35, ZERO, -ZERO, 1e-40, numpy.inf, -numpy.inf, 1e300,
         2.0**31, 2.0**31 - 1, -0.5, -1.0, 31.0, 32.0, 1e18]
SECTORS = ["building", "farming", "retail", ""]


def training_data(generator, missing_share):
    x = generator.normal(size=(800, FEATURES))
    x[:, 3] = generator.integers(0, 70, 800)
    x[:, 4] = numpy.where(generator.random(800) < 0.5, 0, x[:, 4])
    signal = x[:, 0] - x[:, 1] * (x[:, 4] == 0) + 3 * (x[:, 3] % 3 == 0)
    x[generator.random(x.shape) < missing_share] = numpy.nan
    return x, signal + generator.normal(size=800)


def train(directory, name, parameters, label=lambda signal: signal > 1.5, missing_share=0.1,
          rounds=6, categorical=(), rows=800, frame=lambda x: x):
    generator = numpy.random.default_rng(sum(name.encode()))
    x, signal = training_data(generator, missing_share)
    labels = numpy.asarray(label(signal), float)
    data = lightgbm.Dataset(frame(x)[:rows], labels[:rows],
                            **({"categorical_feature": list(categorical)} if categorical else {}))
    settings = {"num_leaves": 8, "verbose": -1, "seed": 7, "num_threads": 1, **parameters}
    booster = lightgbm.train(settings, data, rounds)
    booster.save_model(str(directory / f"{name}.txt"))
    text = (directory / f"{name}.txt").read_text()
    # The parameters at the end are not read; without them the files stay small.
    text = re.sub(r"\nparameters:.*?end of parameters\n", "", text, flags=re.S)
    (directory / f"{name}.txt").write_text(text)


def with_sectors(x):
    import pandas

    codes = numpy.nan_to_num(x[:, 3]).astype(int) % len(SECTORS)
    return pandas.DataFrame({
        "ratio": x[:, 0],
        "sector": pandas.Categorical.from_codes(codes, SECTORS),
        "size": x[:, 1],
        "year": pandas.Categorical((2000 + codes % 3).astype(int)),
    })


def thirds(signal):
    return numpy.digitize(signal, [0.5, 2.5])


def positive(signal):
    return numpy.exp(signal / 2)


def train_all(directory):
    binary = {"objective": "binary"}
    forest = {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5}
    grouped = {**binary, "min_data_per_group": 2, "cat_smooth": 1}
    classes = {"objective": "multiclass", "num_class": 3, "num_leaves": 4}
    version = lightgbm.__version__
    if version.startswith("2."):
        train(directory, "v2", {**grouped, "objective": "xentropy"}, categorical=(3,), rounds=3)
        return
    if version.startswith("3."):
        train(directory, "v3", {**grouped, "linear_tree": True}, categorical=(3,), rounds=3)
        return
    train(directory, "binary_nan", binary)
    train(directory, "binary_zero_as_missing", {**binary, "zero_as_missing": True})
    train(directory, "binary_no_missing", {**binary, "use_missing": False}, missing_share=0)
    train(directory, "categorical", grouped, categorical=(3,))
    train(directory, "single_leaf", binary, rounds=2, rows=12)
    train(directory, "regression", {"objective": "regression"}, lambda signal: signal)
    train(directory, "cross_entropy", {"objective": "cross_entropy"})
    train(directory, "random_forest", {**binary, **forest})
    train(directory, "dart", {**binary, "boosting": "dart", "drop_rate": 0.5})
    train(directory, "slope", {**binary, "sigmoid": 2.0}, rounds=2)
    train(directory, "multiclass", classes, thirds, rounds=2)
    train(directory, "one_against_all", {**classes, "objective": "multiclassova", "sigmoid": 0.5},
          thirds, rounds=2)
    train(directory, "forest_of_classes", {**classes, **forest}, thirds, rounds=2)
    train(directory, "two_classes", {**classes, "num_class": 2}, rounds=2)
    train(directory, "tweedie", {"objective": "tweedie"}, positive, rounds=2)
    train(directory, "square_root", {"objective": "regression", "reg_sqrt": True},
          lambda signal: signal, rounds=2)
    train(directory, "cross_entropy_lambda", {"objective": "cross_entropy_lambda"}, rounds=2)
    train(directory, "custom", {"objective": lambda scores, data: (
        scores - data.get_label(), numpy.ones(len(scores)))}, rounds=2)
    train(directory, "linear", {"objective": "regression", "linear_tree": True, "num_leaves": 5},
          lambda signal: signal, rounds=4)
    train(directory, "texts", grouped, rounds=2, frame=with_sectors)


def nasty_rows(generator, model_text, x):
    """Training rows, their cells replaced by nasty values and by thresholds and neighbours."""
    thresholds = [float(t) for line in re.findall(r"^threshold=(.+)$", model_text, re.M)
                  for t in line.split()]
    rows = x[:ROWS].copy()
    for row in range(1, len(rows)):
        for column in range(rows.shape[1]):
            choice = generator.integers(4)
            if choice == 0:
                rows[row, column] = NASTY[generator.integers(len(NASTY))]
            elif choice == 1 and thresholds:
                near = thresholds[generator.integers(len(thresholds))]
                toward = (near, numpy.inf, -numpy.inf)[generator.integers(3)]
                rows[row, column] = numpy.nextafter(near, toward)
    return rows


def predict(file):
    text = file.read_text()
    generator = numpy.random.default_rng(sum(file.name.encode()))
    x, _ = training_data(generator, 0.1)
    booster = lightgbm.Booster(model_str=re.sub("pandas_categorical:.*", "", text))
    x = x[:ROWS // booster.num_model_per_iteration(), :booster.num_feature()]
    rows = nasty_rows(generator, text, x)
    raw = booster.predict(rows, raw_score=True).reshape(len(rows), -1)
    values = booster.predict(rows).reshape(len(rows), -1)
    lines = [f"{raw.shape[1]} {values.shape[1]}"]
    for row in numpy.concatenate([raw, values, rows], 1):
        lines.append(" ".join(struct.pack(">d", value).hex() for value in row))
    file.with_name(f"{file.name}.rows").write_text("\n".join(lines) + "\n")


def main():
    default = pathlib.Path(__file__).parent
    directory = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else default
    if sys.argv[1] == "train":
        train_all(directory)
    else:
        for file in sorted(directory.glob("*.txt")):
            predict(file)


if __name__ == "__main__":
    main()
