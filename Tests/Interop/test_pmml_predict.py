# SPDX-License-Identifier: Apache-2.0
"""`vigied model predict` on PMML files gives what JPMML-Evaluator gave (generate.py says how)."""

import csv
import subprocess
from pathlib import Path

import pytest

from support.server import program

MODELS = Path(__file__).resolve().parents[1] / "ModelFormatsTests/Models/pmml"
NAMES = sorted(path.name.removesuffix(".expected.csv") for path in MODELS.glob("*.expected.csv"))


def table(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        lines = [line.rstrip("\n").split(",") for line in file]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def rows_path(name: str) -> Path:
    own = MODELS / f"{name}.rows.csv"
    return own if own.exists() else MODELS / "rows.csv"


def predict(model: Path, rows: Path) -> list[dict[str, str]]:
    """What the command writes."""
    command = [program("vigied"), "model", "predict", "--model", model, "--input", rows]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    reader = csv.reader(output.splitlines())
    names = next(reader)
    # The csv module gives an empty line no cell: then a cell is missed below.
    return [dict(zip(names, cells)) for cells in reader]


def is_tie(expected: dict[str, str]) -> bool:
    """Whether two classes have most votes: PMML does not say which of them wins."""
    shares = [float(text) for name, text in expected.items() if name.startswith("p_") and text]
    return len(shares) > 1 and sorted(shares)[-1] == sorted(shares)[-2]


def is_close(found: str, expected: str, tolerance: float) -> bool:
    """Equal as texts, or as numbers within rounding."""
    if found == expected or not expected or not found:
        return found == expected
    try:
        return float(found) == pytest.approx(float(expected), rel=1e-14, abs=tolerance)
    except ValueError:
        return False


@pytest.mark.parametrize("name", NAMES)
def test_predictions(name: str) -> None:
    expected = table(MODELS / f"{name}.expected.csv")
    found = predict(MODELS / f"{name}.pmml", rows_path(name))
    assert len(found) == len(expected) > 0
    # Models of XGBoost are computed in float32.
    tolerance = 1.3e-7 if name == "export_xgb" else 1e-14
    for number, (actual, wanted) in enumerate(zip(found, expected)):
        for output, text in wanted.items():
            if not (output == "outcome" and is_tie(wanted)):
                close = is_close(actual[output], text, tolerance)
                assert close, (number, output, actual[output], text)


def test_texts_and_missing_values_come_from_the_file(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    header = "sector,staff,debt,margin,other"
    rows.write_text(
        f"{header}\nfood,,1,0.7,x\nfood,20,1,0.7,x\n food,20,1,0.7,x\nmining,20,1,1,x\n")
    found = predict(MODELS / "scorecard_pointsAbove.pmml", rows)
    # Missing staff is SECTOR's; a sector that the model does not know, blanks included,
    # makes the row invalid.
    assert [row["points"] for row in found] == ["41.5", "41.5", "", ""]
    assert [row["reason_1"] for row in found] == ["SECTOR", "SECTOR", "", ""]
