#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the small ONNX models here, with rows and onnxruntime's predictions for them.

usage: generate.py [DIRECTORY]     (needs Tests/Interop/requirements.txt)

NAME.onnx is the model. NAME.rows holds, a line each: the names of the inputs, the names of the
outputs, and then for each row its values, a "|" and the predictions. A value is the 16 hexadecimal
digits of its float64 bits, or a text after a "'". Run again only to change the models on purpose.
"""

import pathlib
import struct
import sys

import numpy
import onnxruntime
from onnx import numpy_helper

import graphs
import trained

ROWS = 30

# Of the trained models those that are kept here; Tests/Interop trains and compares all.
KEPT = """
sk_tree_binary sk_forest_binary sk_forest_classes sk_boosting_binary sk_histogram_binary
sk_ada_binary
sk_logistic_binary sk_logistic_classes sk_bayes_classes sk_network_binary sk_calibrated_binary
sk_voting_binary sk_tree_targets sk_tree_texts sk_zipmap sk_raw_scores sk_double_logistic
sk_forest_latest sk_forest_oldest sk_columns_forest sk_columns_logistic sk_ordinal sk_pipe_standard
sk_pipe_indicator sk_pipe_l2 sk_pipe_bins sk_pipe_power sk_poisson_regression
lgb_binary lgb_binary_zipmap lgb_classes lgb_poisson lgb_forest lgb_categories
xgb_binary xgb_classes xgb_regression xgb_logistic
""".split()


def cell(value):
    if isinstance(value, str):
        return "'" + value
    return struct.pack(">d", float(value)).hex()


def input_names(inputs):
    """Each column of each input by the name that the reader gives it."""
    for name, array in inputs.items():
        if array.ndim == 1 or array.shape[1] == 1:
            yield name
        else:
            yield from (f"{name}_{column}" for column in range(array.shape[1]))


def output_columns(name, value):
    """Name and values of each column of an output."""
    if isinstance(value, list):
        for label in value[0]:
            yield f"{name}_{label}", [row[label] for row in value]
        return
    columns = value.reshape(len(value), -1)
    for column in range(columns.shape[1]):
        yield (name if columns.shape[1] == 1 else f"{name}_{column}"), columns[:, column].tolist()


def write(directory, name, model, inputs):
    (directory / f"{name}.onnx").write_bytes(model.SerializeToString())
    session = onnxruntime.InferenceSession(model.SerializeToString(),
                                           providers=["CPUExecutionProvider"])
    columns = [column for output, value in zip(session.get_outputs(), session.run(None, inputs))
               for column in output_columns(output.name, value)]
    flat = numpy.hstack([a.reshape(len(a), -1).astype(object) for a in inputs.values()])
    lines = [" ".join(input_names(inputs)), " ".join(column for column, _ in columns)]
    for row, values in enumerate(flat):
        predictions = " ".join(cell(column[row]) for _, column in columns)
        lines.append(" ".join(cell(v) for v in values) + " | " + predictions)
    (directory / f"{name}.rows").write_text("\n".join(lines) + "\n")


def thresholds(model):
    """All thresholds of a model's trees."""
    for node in model.graph.node:
        for attribute in node.attribute:
            if attribute.name == "nodes_values":
                yield from attribute.floats
            if attribute.name in ("nodes_values_as_tensor", "nodes_splits"):
                yield from numpy_helper.to_array(attribute.t).tolist()


def nasty_rows(random, model, rows, missing=True):
    """Rows in which some cells are thresholds, their neighbours, and values that are hard."""
    nasty = [0.0, -0.0, 1e-40, 0.5, -1.0, 7.0] + [1e18, -1e18, *[float("nan")] * 4] * missing
    edges = list(thresholds(model)) or [0.0]
    result = rows.copy()
    for row in range(1, len(rows)):
        for column in range(rows.shape[1]):
            choice = random.integers(5)
            if choice == 0:
                result[row, column] = nasty[random.integers(len(nasty))]
            elif choice == 1:
                edge = rows.dtype.type(edges[random.integers(len(edges))])
                toward = rows.dtype.type((edge, numpy.inf, -numpy.inf)[random.integers(3)])
                result[row, column] = numpy.nextafter(edge, toward)
    return result


def prepare(name, model, inputs, missing):
    """Makes rows nasty: with missing values, without, or, for None, not at all."""
    random = numpy.random.default_rng(sum(name.encode()))
    for key, array in inputs.items():
        if array.dtype.kind == "f" and missing is not None:
            columns = array.reshape(len(array), -1)
            inputs[key] = nasty_rows(random, model, columns, missing).reshape(array.shape)


def main():
    directory = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    for name, model, inputs, missing in [*trained.models(ROWS), *graphs.models(ROWS)]:
        if name.startswith("graph_") or name in KEPT:
            prepare(name, model, inputs, missing)
            write(directory, name, model, inputs)


if __name__ == "__main__":
    main()
