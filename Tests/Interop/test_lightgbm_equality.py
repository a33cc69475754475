# SPDX-License-Identifier: Apache-2.0
"""The engine's raw scores and contributions against LightGBM's own, on large models.

The models have the sizes of the benchmarks (S 100 trees x 31 leaves, M 500 x 31, L 1000 x 63), but
few rows and a quarter of the trees of L, so that the tests stay quick. The full comparison takes
minutes:

    swift build -c release --product forest-check
    VIGIE_BUILD_DIRECTORY=.build/release VIGIE_EQUALITY_ROWS=100000 \
        VIGIE_EQUALITY_TRAINING_ROWS=200000 \
        .venv/bin/python -m pytest -s Tests/Interop/test_lightgbm_equality.py
"""

import lzma
import os
import subprocess
from pathlib import Path

import lightgbm
import numpy
import pytest

from support.server import program

ROWS = int(os.environ.get("VIGIE_EQUALITY_ROWS", 300))
TRAINING_ROWS = int(os.environ.get("VIGIE_EQUALITY_TRAINING_ROWS", 2000))
FEATURES = 64
# Plans of a debug build take 25 s for each 1000 trees: 250 reach the same code.
LARGE_TREES = 1000 if "VIGIE_EQUALITY_ROWS" in os.environ else 250
MODELS = {"S": (100, 31), "M": (500, 31), "L": (LARGE_TREES, 63)}


def companies(count: int, seed: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Rows like a company file (ratios with heavy tails, sizes, counts, shares, many zeros, rounded
    figures, 5 % missing) and a rare label."""
    random = numpy.random.default_rng(seed)
    state = random.standard_normal((count, 8))
    weights = numpy.random.default_rng(0).standard_normal((8, FEATURES)) * 0.7
    x = state @ weights + random.standard_normal((count, FEATURES))
    x[:, 0::8] /= numpy.abs(random.standard_normal(x[:, 0::8].shape)) + 0.15
    x[:, 1::8] = numpy.exp(1.3 * x[:, 1::8])
    x[:, 2::8] = numpy.sinh(x[:, 2::8])
    x[:, 3::8] += random.standard_t(2.5, x[:, 3::8].shape)
    x[:, 4::8] = numpy.floor(numpy.exp(0.8 * x[:, 4::8] + 1.5))
    x[:, 5::8] = 1 / (1 + numpy.exp(-x[:, 5::8]))
    x[:, 6::8][random.random(x[:, 6::8].shape) < 0.3] = 0
    x[:, 7::8] = numpy.round(x[:, 7::8] * 4) / 4
    risk = state[:, 0] - state[:, 1] + state[:, 2] * (state[:, 3] > 0) + 0.5 * numpy.tanh(x[:, 0])
    label = random.random(count) < 1 / (1 + numpy.exp(4 - 1.5 * risk))
    x[random.random(x.shape) < 0.05] = numpy.nan
    return x.astype(numpy.float32), label.astype(int)


def train(rows: numpy.ndarray, label: numpy.ndarray, trees: int, leaves: int) -> lightgbm.Booster:
    parameters = {
        "objective": "binary",
        "num_leaves": leaves,
        "learning_rate": 0.02,
        "min_data_in_leaf": max(2, len(rows) // 4000),
        "feature_fraction": 0.8,
        "seed": 7,
        "num_threads": 1,
        "verbose": -1,
    }
    return lightgbm.train(parameters, lightgbm.Dataset(rows, label), trees)


@pytest.fixture(scope="module", params=MODELS)
def model(request: pytest.FixtureRequest) -> lightgbm.Booster:
    """A model of each benchmark size."""
    return train(*companies(TRAINING_ROWS, seed=1), *MODELS[request.param])


def forest_check(
    mode: str, booster: lightgbm.Booster, rows: numpy.ndarray, expected: numpy.ndarray, where: Path
) -> None:
    """Runs forest-check, which compares, and fails with what it says."""
    rows_file = where / ("rows.f32" if rows.dtype == numpy.float32 else "rows.f64")
    booster.save_model(where / "model.txt")
    numpy.ascontiguousarray(rows).tofile(rows_file)
    expected.astype(numpy.float64).tofile(where / "expected.f64")
    command = [program("forest-check"), mode, "model.txt", rows_file.name, "expected.f64"]
    done = subprocess.run(command, cwd=where, capture_output=True, text=True)
    print(f"{len(rows)} rows: {done.stdout.strip()}")
    assert done.returncode == 0, done.stdout + done.stderr


def test_float32_rows(model: lightgbm.Booster, tmp_path: Path) -> None:
    """Raw scores of float32 rows are equal to the last bit."""
    rows, _ = companies(ROWS, seed=2)
    forest_check("equal", model, rows, model.predict(rows, raw_score=True), tmp_path)


def test_float64_rows(model: lightgbm.Booster, tmp_path: Path) -> None:
    """Raw scores of float64 rows are, also beside the thresholds."""
    rows, _ = companies(ROWS, seed=3)
    rows = rows.astype(numpy.float64)
    thresholds = model.trees_to_dataframe().dropna(subset=["threshold"])
    features = thresholds["split_feature"].str.removeprefix("Column_").astype(int).to_numpy()
    values = thresholds["threshold"].astype(float).to_numpy()
    chosen = numpy.random.default_rng(4).integers(len(values), size=8 * ROWS)
    toward = numpy.tile([-numpy.inf, numpy.inf, 0.0, 0.0], 2 * ROWS)
    near = numpy.where(toward == 0, values[chosen], numpy.nextafter(values[chosen], toward))
    rows[numpy.arange(8 * ROWS) % ROWS, features[chosen]] = near
    forest_check("equal", model, rows, model.predict(rows, raw_score=True), tmp_path)


def test_contributions(model: lightgbm.Booster, tmp_path: Path) -> None:
    """Contributions are LightGBM's within 1e-10."""
    rows, _ = companies(max(5, ROWS // 200), seed=5)
    forest_check("shap", model, rows, model.predict(rows, pred_contrib=True), tmp_path)


def american_bankruptcy() -> Path:
    """The data set of listed American firms, when it is there."""
    root = Path(__file__).resolve().parents[2]
    data = Path(os.environ.get("VIGIE_DATA", root.parent / "shared" / "data"))
    file = data / "american-bankruptcy" / "american_bankruptcy.csv.xz"
    if not file.exists():
        pytest.skip(f"{file} is not there (VIGIE_DATA names another place)")
    return file


def test_american_companies(tmp_path: Path) -> None:
    """The American companies, by a model of their items, score equally: 1 in 20, or, when as many
    rows are asked for as there are, all."""
    with lzma.open(american_bankruptcy(), "rt") as text:
        names = text.readline().strip().split(",")
        items = [names.index(f"X{number}") for number in range(1, 19)]
        table = numpy.genfromtxt(text, delimiter=",", dtype=str)
    rows = numpy.where(table[:, items] == "", "nan", table[:, items]).astype(numpy.float32)
    label = table[:, names.index("fails_next")] == "1"
    booster = train(rows, label, 100, 31)
    if ROWS < len(rows):
        rows = rows[::20]
    forest_check("equal", booster, rows, booster.predict(rows, raw_score=True), tmp_path)
