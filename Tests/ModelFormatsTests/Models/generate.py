#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the small LightGBM models here, with rows and LightGBM's own raw scores for them.

usage: generate.py [DIRECTORY]     (needs lightgbm and numpy)

NAME.txt is the model. NAME.rows holds one row a line: the raw score, then the row's values,
each as the 16 hexadecimal digits of its float64 bits. Run again only to change the models on
purpose.
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


def training_data(generator, missing_share):
    x = generator.normal(size=(800, FEATURES))
    x[:, 3] = generator.integers(0, 70, 800)
    x[:, 4] = numpy.where(generator.random(800) < 0.5, 0, x[:, 4])
    signal = x[:, 0] - x[:, 1] * (x[:, 4] == 0) + 3 * (x[:, 3] % 3 == 0)
    x[generator.random(x.shape) < missing_share] = numpy.nan
    return x, signal + generator.normal(size=800)


def nasty_rows(generator, model_text, x):
    """Training rows, their cells replaced by nasty values and by thresholds and neighbours."""
    thresholds = [float(t) for line in re.findall(r"^threshold=(.+)$", model_text, re.M)
                  for t in line.split()]
    rows = x[:ROWS].copy()
    for row in range(1, ROWS):
        for column in range(FEATURES):
            choice = generator.integers(4)
            if choice == 0:
                rows[row, column] = NASTY[generator.integers(len(NASTY))]
            elif choice == 1 and thresholds:
                near = thresholds[generator.integers(len(thresholds))]
                toward = (near, numpy.inf, -numpy.inf)[generator.integers(3)]
                rows[row, column] = numpy.nextafter(near, toward)
    return rows


def bits(value):
    return struct.pack(">d", value).hex()


def write(directory, name, parameters, missing_share=0.1, rounds=6, categorical=(), rows=800):
    generator = numpy.random.default_rng(sum(name.encode()))
    x, signal = training_data(generator, missing_share)
    label = signal if parameters["objective"] == "regression" else (signal > 1.5).astype(float)
    data = lightgbm.Dataset(x[:rows], label[:rows], categorical_feature=list(categorical))
    settings = {"num_leaves": 8, "verbose": -1, "seed": 7, "num_threads": 1, **parameters}
    text = lightgbm.train(settings, data, rounds).model_to_string()
    # The parameters at the end are not read; without them the files stay small.
    text = re.sub(r"\nparameters:.*?end of parameters\n", "", text, flags=re.S)
    (directory / f"{name}.txt").write_text(text)
    test = nasty_rows(generator, text, x)
    scores = lightgbm.Booster(model_str=text).predict(test, raw_score=True)
    lines = [" ".join(bits(v) for v in [score, *row]) for score, row in zip(scores, test)]
    (directory / f"{name}.rows").write_text("\n".join(lines) + "\n")


def main():
    default = pathlib.Path(__file__).parent
    directory = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    binary = {"objective": "binary"}
    write(directory, "binary_nan", binary)
    write(directory, "binary_zero_as_missing", {**binary, "zero_as_missing": True})
    write(directory, "binary_no_missing", {**binary, "use_missing": False}, missing_share=0)
    grouped = {**binary, "min_data_per_group": 2, "cat_smooth": 1}
    write(directory, "categorical", grouped, categorical=(3,))
    write(directory, "single_leaf", binary, rounds=2, rows=12)
    write(directory, "regression", {"objective": "regression"})
    write(directory, "cross_entropy", {"objective": "cross_entropy"})
    write(directory, "random_forest", {**binary, "boosting": "rf", "bagging_freq": 1,
                                       "bagging_fraction": 0.5})
    write(directory, "dart", {**binary, "boosting": "dart", "drop_rate": 0.5})


if __name__ == "__main__":
    main()
