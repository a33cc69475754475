# SPDX-License-Identifier: Apache-2.0
"""The manifest template: what is known of a model before it is trained.

Inputs, definitions and features are data (JSON), not code: the same expressions that the trainer
evaluates here go into the bundle's manifest, where the server reads them.
"""

import copy
import json
from importlib import resources

import numpy

from . import expressions
from .statements import Statements


def text(file: str) -> str:
    """A file of templates/."""
    return (resources.files(__package__) / "templates" / file).read_text(encoding="utf-8")


def load(name: str) -> dict:
    """The template of one of the default models."""
    manifest = json.loads(text(f"{name}.json"))
    if "features_from" in manifest:
        return _subset(manifest, load(manifest["features_from"]))
    return manifest


def _subset(manifest: dict, source: dict) -> dict:
    """Fills a template that picks its features from another one by name."""
    source = copy.deepcopy(source)
    by_name = {entry["name"]: entry for entry in source["definitions"] + source["features"]}
    wanted = list(manifest["features"])
    needed: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in needed:
            needed.add(name)
            if name in by_name:
                wanted.extend(expressions.names(expressions.parse(by_name[name]["expression"])))
    filled = {key: value for key, value in manifest.items() if key != "features_from"}
    for key in ("inputs", "definitions"):
        filled[key] = [entry for entry in source[key] if entry["name"] in needed]
    filled["features"] = [by_name[name] for name in manifest["features"]]
    return filled


def feature_names(manifest: dict) -> list[str]:
    """The features in the order of the model file."""
    return [feature["name"] for feature in manifest["features"]]


def evaluate_features(manifest: dict, statements: Statements) -> numpy.ndarray:
    """The features of each firm-year: float32, rows by features, NaN where missing."""
    evaluator = expressions.Evaluator(statements.items, len(statements))
    for entry in manifest["definitions"] + manifest["features"]:
        evaluator.define(entry["name"], entry["expression"])
    columns = [evaluator.values(name) for name in feature_names(manifest)]
    return numpy.column_stack([expressions.to_float32(column) for column in columns])
