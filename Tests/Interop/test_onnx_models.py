# SPDX-License-Identifier: Apache-2.0
"""`vigied model predict` against onnxruntime, on models that are trained and converted just now."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy
import onnxruntime
import pytest

from support.server import program

sys.path.insert(0, str(Path(__file__).parents[1] / "ModelFormatsTests/Models/onnx"))

import generate  # noqa: E402
import trained  # noqa: E402

ROWS = 30
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


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("family", FAMILIES)
def test_predictions_are_those_of_onnxruntime(family: str, tmp_path: Path) -> None:
    """Probabilities within 1e-6, labels equal, also for missing values and exact thresholds."""
    count = 0
    for name, model, inputs, missing in FAMILIES[family](ROWS):
        generate.prepare(name, model, inputs, missing)
        session = onnxruntime.InferenceSession(model.SerializeToString(),
                                               providers=["CPUExecutionProvider"])
        predictions = zip(session.get_outputs(), session.run(None, inputs))
        expected = [values for output, value in predictions
                    for _, values in generate.output_columns(output.name, value)]
        found = predict(model.SerializeToString(), inputs, tmp_path)
        assert len(found) == len(expected), name
        for column, (one, other) in enumerate(zip(found, expected)):
            assert_equal(f"{name}, output {column}", one, other)
        count += 1
    assert count > 2
