# SPDX-License-Identifier: Apache-2.0
"""`vigied model predict` against onnxruntime, on models that are trained and converted just now."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy
import onnxruntime
import pytest
from onnx import TensorProto, helper

from support.server import program

sys.path.insert(0, str(Path(__file__).parents[1] / "ModelFormatsTests/Models/onnx"))

import generate  # noqa: E402
import trained  # noqa: E402

ROWS = 30
# Its warnings about shapes that converters declare wrong are many.
QUIET = onnxruntime.SessionOptions()
QUIET.log_severity_level = 3
FAMILIES = {"scikit": trained.scikit_models, "columns": trained.columns_model,
            "boosted": trained.boosted_models}


def write_rows(path: Path, inputs: dict[str, numpy.ndarray]) -> None:
    """The rows as CSV: every digit of a number, nothing for a missing one."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(generate.input_names(inputs))
        for row in zip(*(array.reshape(len(array), -1) for array in inputs.values())):
            cells = [cell for part in row for cell in part]
            writer.writerow(c if isinstance(c, str) else "" if c != c else repr(float(c))
                            for c in cells)


def predict(model: bytes, inputs: dict[str, numpy.ndarray], where: Path) -> list[list[str]]:
    """Columns of what vigied predicts."""
    (where / "model.onnx").write_bytes(model)
    write_rows(where / "rows.csv", inputs)
    command = [program("vigied"), "model", "predict", "--model", "model.onnx", "--input",
               "rows.csv"]
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    _, *rows = csv.reader(done.stdout.splitlines())
    # A missing value alone is an empty line.
    return [list(column) for column in zip(*(row or [""] for row in rows))]


def assert_equal(name: str, found: list[str], expected: list) -> None:
    if isinstance(expected[0], str):
        assert found == expected, name
        return
    numbers = numpy.array([float(value) if value else numpy.nan for value in found])
    numpy.testing.assert_allclose(numbers, numpy.array(expected, dtype=float), rtol=1e-6, atol=1e-6,
                                  err_msg=name)


def run_in_blocks(model: bytes, inputs: dict[str, numpy.ndarray], size: int) -> list[list]:
    """Columns of what onnxruntime gives for blocks of rows, the last one filled up."""
    session = onnxruntime.InferenceSession(model, QUIET, providers=["CPUExecutionProvider"])
    columns: list[list] = []
    for start in range(0, ROWS, size):
        block = {name: array[start:start + size] for name, array in inputs.items()}
        count = min(size, ROWS - start)
        filled = {name: numpy.concatenate([array, numpy.repeat(array[:1], size - count, 0)])
                  for name, array in block.items()}
        predictions = zip(session.get_outputs(), session.run(None, filled))
        found = [list(values)[:count] for output, value in predictions
                 for _, values in generate.output_columns(output.name, value)]
        columns = [one + other for one, other in zip(columns, found)] if columns else found
    return columns


def fix_rows(model, size: int) -> None:
    """Makes the graph one of so many rows."""
    for tensor in model.graph.input:
        dimensions = tensor.type.tensor_type.shape.dim
        dimensions[0].Clear()
        dimensions[0].dim_value = size


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("family", FAMILIES)
def test_predictions_are_those_of_onnxruntime(family: str, tmp_path: Path) -> None:
    """Labels equal, numbers within 1e-6, also for missing values and exact thresholds, and in
    graphs of a fixed number of rows."""
    count = 0
    for name, model, inputs, missing in FAMILIES[family](ROWS):
        generate.prepare(name, model, inputs, missing)
        for size in (ROWS, 7):
            if size < ROWS:
                fix_rows(model, size)
            expected = run_in_blocks(model.SerializeToString(), inputs, size)
            found = predict(model.SerializeToString(), inputs, tmp_path)
            assert len(found) == len(expected), name
            for column, (one, other) in enumerate(zip(found, expected)):
                assert_equal(f"{name}, output {column}, blocks of {size}", one, other)
        count += 1
    assert count > 2


@pytest.mark.filterwarnings("ignore")
def test_models_converted_for_a_fixed_number_of_rows(tmp_path: Path, monkeypatch) -> None:
    """The converter writes the number of rows into shapes that it makes."""
    for kind in ("FloatTensorType", "Int64TensorType", "StringTensorType"):
        plain = getattr(trained, kind)
        monkeypatch.setattr(trained, kind, lambda shape, plain=plain: plain([7, *shape[1:]]))
    for family in (trained.columns_model, trained.boosted_models):
        for name, model, inputs, _ in family(ROWS):
            assert model.graph.input[0].type.tensor_type.shape.dim[0].dim_value in (0, 7)
            expected = run_in_blocks(model.SerializeToString(), inputs, 7)
            found = predict(model.SerializeToString(), inputs, tmp_path)
            for column, (one, other) in enumerate(zip(found, expected)):
                assert_equal(f"{name}, output {column}", one, other)


def test_an_unknown_category_that_the_graph_refuses_has_no_result(tmp_path: Path) -> None:
    """An encoder without "zeros" fails in onnxruntime; here the row gets nothing."""
    encoder = helper.make_node("OneHotEncoder", ["x"], ["y"], domain="ai.onnx.ml",
                               cats_strings=["a", "b"], zeros=0)
    graph = helper.make_graph(
        [encoder], "g", [helper.make_tensor_value_info("x", TensorProto.STRING, [None, 1])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17),
                                                    helper.make_opsetid("ai.onnx.ml", 3)])
    model.ir_version = 9
    (tmp_path / "model.onnx").write_bytes(model.SerializeToString())
    (tmp_path / "rows.csv").write_text("x\nb\nc\n")
    done = subprocess.run([program("vigied"), "model", "predict", "--model", "model.onnx",
                           "--input", "rows.csv"], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.splitlines()[1:] == ["0.0,1.0", ","], done.stderr
