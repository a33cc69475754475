# SPDX-License-Identifier: Apache-2.0
"""The boosted trees: training with several seeds and merging them into one LightGBM file."""

import lightgbm
import numpy

from . import examples, template
from .statements import Statements

SEEDS = (1, 2, 3)
ROUNDS = 300
PARAMETERS = {
    "objective": "cross_entropy",
    "learning_rate": 0.03,
    "num_leaves": 8,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "monotone_constraints_method": "basic",
    # The same bytes on every machine and run.
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}


def train(manifest: dict, statements: Statements) -> list[lightgbm.Booster]:
    """One booster for each seed; each sees its own draw of histories and items."""
    names = template.feature_names(manifest)
    monotone = [feature["monotone"] for feature in manifest["features"]]
    boosters = []
    for seed in SEEDS:
        shown = examples.make(statements, seed)
        data = lightgbm.Dataset(
            template.evaluate_features(manifest, shown.statements).astype(numpy.float64),
            label=shown.labels,
            weight=shown.weights,
            feature_name=names,
        )
        settings = PARAMETERS | {"seed": seed, "monotone_constraints": monotone}
        boosters.append(lightgbm.train(settings, data, num_boost_round=ROUNDS))
    return boosters


def mean_raw_scores(boosters: list[lightgbm.Booster], features: numpy.ndarray) -> numpy.ndarray:
    """The mean log-odds of the boosters."""
    rows = features.astype(numpy.float64)
    return numpy.mean([booster.predict(rows, raw_score=True) for booster in boosters], axis=0)


def merge(boosters: list[lightgbm.Booster]) -> str:
    """One LightGBM model file whose raw score is the boosters' mean.

    The trees follow each other with their outputs divided by the number of boosters. What
    neither prediction nor contributions need is left out.
    """
    files = [booster.model_to_string() for booster in boosters]
    header = files[0].split("\nTree=0\n")[0]
    # All boosters have one output: the logistic function of the raw score.
    kept = [line for line in header.split("\n") if not line.startswith(("tree_sizes", "objective"))]
    position = next(i for i, line in enumerate(kept) if line.startswith("feature_names"))
    kept.insert(position, "objective=binary sigmoid:1")
    trees = [tree for file in files for tree in _trees(file)]
    blocks = [
        f"Tree={number}\n" + "\n".join(_scaled(tree, len(boosters))) + "\n\n\n"
        for number, tree in enumerate(trees)
    ]
    sizes = "tree_sizes=" + " ".join(str(len(block)) for block in blocks)
    text = "\n".join(line for line in kept if line) + f"\n{sizes}\n\n" + "".join(blocks)
    text += "end of trees\n"
    _check(text, boosters)
    return text


def _trees(file: str) -> list[list[str]]:
    body = file.split("\nend of trees")[0]
    blocks = body.split("\nTree=")[1:]
    return [[line for line in block.split("\n")[1:] if line] for block in blocks]


def _scaled(tree: list[str], divisor: int) -> list[str]:
    lines = []
    for line in tree:
        key, _, value = line.partition("=")
        if key in ("leaf_weight", "internal_weight", "split_gain"):
            continue
        if key in ("leaf_value", "internal_value"):
            value = " ".join(repr(float(number) / divisor) for number in value.split())
        lines.append(f"{key}={value}")
    return lines


def _check(text: str, boosters: list[lightgbm.Booster]) -> None:
    """Fails when LightGBM reads the merged file otherwise than meant."""
    merged = lightgbm.Booster(model_str=text)
    random = numpy.random.default_rng(0)
    rows = random.normal(scale=2.0, size=(2000, merged.num_feature())).astype(numpy.float32)
    rows[random.random(rows.shape) < 0.1] = numpy.nan
    difference = merged.predict(rows.astype(float), raw_score=True)
    difference -= mean_raw_scores(boosters, rows)
    if merged.num_trees() != sum(booster.num_trees() for booster in boosters):
        raise ValueError("the merged model has lost trees")
    if numpy.abs(difference).max() > 1e-12:
        raise ValueError(f"the merged model is off by {numpy.abs(difference).max()}")
