# SPDX-License-Identifier: Apache-2.0
"""A model file from its library to a server: `vigied model import`, then scores over gRPC."""

import csv
import json
import resource
import signal
import subprocess
from pathlib import Path

import lightgbm
import numpy
import pytest
import xgboost

from support.certificates import Certificates
from support.server import Server, program
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc

NAMES = ["liabilities_to_assets", "margin", "days_late"]


def companies(count: int, seed: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    random = numpy.random.default_rng(seed)
    rows = random.standard_normal((count, len(NAMES)))
    failed = random.random(count) < 1 / (1 + numpy.exp(3 - rows[:, 0] + rows[:, 1]))
    rows[random.random(rows.shape) < 0.1] = numpy.nan
    return rows.astype(numpy.float32), failed.astype(int)


def write_csv(path: Path, rows: numpy.ndarray, names: list[str]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([["" if numpy.isnan(value) else repr(float(value)) for value in row]
                          for row in rows])


def vigied(*arguments: object) -> subprocess.CompletedProcess:
    return subprocess.run([program("vigied"), "model", *map(str, arguments)],
                          capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def booster() -> lightgbm.Booster:
    rows, failed = companies(2000, 1)
    data = lightgbm.Dataset(rows, failed, feature_name=NAMES)
    parameters = {"objective": "binary", "num_leaves": 7, "num_threads": 1, "verbose": -1}
    return lightgbm.train(parameters, data, 20)


@pytest.fixture(scope="module")
def imported(booster: lightgbm.Booster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("imported")
    booster.save_model(directory / "model.txt")
    write_csv(directory / "reference.csv", companies(500, 2)[0], NAMES)
    done = vigied("import", directory / "model.txt", "--reference", directory / "reference.csv",
                  "--output", directory / "own-model")
    assert done.returncode == 0, done.stderr
    return directory


def test_served_scores_are_those_of_the_library(
    booster: lightgbm.Booster, imported: Path, certificates: Certificates
) -> None:
    assert vigied("check", imported / "own-model").returncode == 0
    rows, _ = companies(300, 3)
    with Server(certificates, "--models", str(imported / "own-model")) as server:
        with server.channel() as channel:
            answer = scoring_service_pb2_grpc.ScoringServiceStub(channel).ScoreRows(
                pb.ScoreRowsRequest(
                    header=pb.ScoreHeader(
                        model="own-model", columns=NAMES, reason_count=3,
                        outputs=[pb.SCORE_OUTPUT_RAW_SCORE, pb.SCORE_OUTPUT_PERCENTILE]),
                    block=pb.RowBlock(row_count=len(rows), float_values=rows.ravel())),
                timeout=20)
    raw = booster.predict(rows, raw_score=True)
    assert list(answer.block.raw_scores) == list(raw)
    assert 20 < numpy.mean(answer.block.percentiles) < 80
    contributions = booster.predict(rows, pred_contrib=True)
    features = numpy.array(answer.block.reason_features).reshape(-1, 3)
    expected = numpy.take_along_axis(contributions, features, axis=1)
    assert numpy.allclose(numpy.array(answer.block.reason_contributions).reshape(-1, 3),
                          expected, rtol=0, atol=1e-10)


LIGHTGBM = {
    "lightgbm": {},
    "lightgbm-slope": {"sigmoid": 0.7},
    "lightgbm-forest": {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6},
    "lightgbm-classes": {"objective": "multiclass", "num_class": 2},
}
XGBOOST = {
    "xgboost": {},
    "xgboost-dart": {"booster": "dart", "rate_drop": 0.4},
    "xgboost-linear": {"booster": "gblinear"},
    "xgboost-classes": {"objective": "multi:softprob", "num_class": 2},
}


def trained(kind: str, directory: Path, rows: numpy.ndarray) -> tuple[Path, numpy.ndarray]:
    """A model file, and the probabilities that its library predicts."""
    train, failed = companies(2000, 1)
    if kind in LIGHTGBM:
        settings = {"objective": "binary", "num_leaves": 15, "num_threads": 1, "verbose": -1}
        data = lightgbm.Dataset(train, failed, feature_name=NAMES)
        model = lightgbm.train({**settings, **LIGHTGBM[kind]}, data, 30)
        path, predicted = directory / "model.txt", model.predict(rows)
    else:
        settings = {"objective": "binary:logistic", "nthread": 1, "verbosity": 0, "seed": 3}
        data = xgboost.DMatrix(train, failed, feature_names=NAMES)
        model = xgboost.train({**settings, **XGBOOST[kind]}, data, 30)
        path = directory / "model.json"
        predicted = model.predict(xgboost.DMatrix(rows, feature_names=NAMES))
    model.save_model(path)
    return path, (predicted[:, 1] if predicted.ndim == 2 else predicted).astype(numpy.float64)


@pytest.mark.parametrize("kind", [*LIGHTGBM, *XGBOOST])
def test_served_probabilities_are_those_of_predict_and_of_the_library(
    kind: str, certificates: Certificates, tmp_path: Path
) -> None:
    rows, _ = companies(4000, 3)
    path, expected = trained(kind, tmp_path, rows)
    write_csv(tmp_path / "rows.csv", rows, NAMES)
    write_csv(tmp_path / "reference.csv", companies(101, 2)[0], NAMES)
    done = vigied("import", path, "--reference", tmp_path / "reference.csv",
                  "--output", tmp_path / "own-model")
    assert done.returncode == 0, done.stderr
    done = vigied("predict", "--model", path, "--input", tmp_path / "rows.csv")
    header, *lines = csv.reader(done.stdout.splitlines())
    predicted = [float(line[-1]) for line in lines]
    with Server(certificates, "--models", str(tmp_path / "own-model")) as server:
        with server.channel() as channel:
            answer = scoring_service_pb2_grpc.ScoringServiceStub(channel).ScoreRows(
                pb.ScoreRowsRequest(
                    header=pb.ScoreHeader(model="own-model", columns=NAMES,
                                          outputs=[pb.SCORE_OUTPUT_PROBABILITY]),
                    block=pb.RowBlock(row_count=len(rows), float_values=rows.ravel())),
                timeout=20)
    assert list(answer.block.probabilities) == predicted
    assert predicted == list(expected)


@pytest.mark.parametrize("number", ["-9223372036854775808", "9223372036854775807", "2147483648",
                                    "-1", "1e300", "0.5"])
@pytest.mark.parametrize("key", ["horizon_months", "years_max"])
def test_check_tells_numbers_out_of_bounds(
    imported: Path, tmp_path: Path, key: str, number: str
) -> None:
    manifest = json.loads((imported / "own-model" / "manifest.json").read_text())
    # With inputs, of which there are as many columns as years.
    manifest["inputs"] = [{"name": name, "unit": "none", "description": {"en": "x", "fr": "x"}}
                          for name in NAMES]
    for feature in manifest["features"]:
        feature["expression"] = feature["name"]
        feature["name"] += "_feature"
    text = json.dumps(manifest | {key: "NUMBER"}).replace('"NUMBER"', number)
    (tmp_path / "manifest.json").write_text(text)
    (tmp_path / "model.txt").write_bytes((imported / "own-model" / "model.txt").read_bytes())
    done = vigied("check", tmp_path)
    assert done.returncode == 65, done.stderr
    assert f"{key}: must be a whole number from 1 to" in done.stdout


def test_contributions_and_predictions_on_the_command_line(
    booster: lightgbm.Booster, imported: Path
) -> None:
    rows, _ = companies(50, 4)
    # Columns are found by name, wherever they stand, among others.
    write_csv(imported / "rows.csv", numpy.hstack([rows[:, ::-1], rows[:, :1]]),
              [*reversed(NAMES), "other"])
    common = ("predict", "--model", imported / "model.txt", "--input", imported / "rows.csv")
    done = vigied(*common, "--contributions")
    assert done.returncode == 0, done.stderr
    header, *lines = csv.reader(done.stdout.splitlines())
    assert header == [*NAMES, "base"]
    assert numpy.allclose(numpy.array(lines, dtype=float), booster.predict(rows, pred_contrib=True),
                          rtol=0, atol=1e-10)
    lines = vigied(*common, "--raw-score").stdout.split()[1:]
    assert [float(line) for line in lines] == list(booster.predict(rows, raw_score=True))


@pytest.mark.parametrize(("change", "message"), [
    (lambda text: text.replace("margin", "profit", 1),
     "lacks 1 of the model's 3 columns: 'margin'"),
    (lambda text: text.replace("\n", "\nmany,1,2\n", 1), "'many' is not a number"),
    (lambda text: text.replace("\n", "\n1,2\n", 1), "2 cells where the header has 3"),
    (lambda text: "", "is empty"),
])
def test_bad_rows_are_named(imported: Path, tmp_path: Path, change, message: str) -> None:
    (tmp_path / "rows.csv").write_text(change((imported / "reference.csv").read_text()))
    done = vigied("predict", "--model", imported / "model.txt", "--input", tmp_path / "rows.csv")
    assert done.returncode == 65 and message in done.stderr


def test_nothing_is_overwritten(imported: Path) -> None:
    done = vigied("import", imported / "model.txt", "--reference", imported / "reference.csv",
                  "--output", imported / "own-model")
    assert done.returncode == 73 and "cannot make the directory" in done.stderr


def test_directories_above_are_made(imported: Path, tmp_path: Path) -> None:
    common = ("import", imported / "model.txt", "--reference", imported / "reference.csv")
    assert vigied(*common, "--output", tmp_path / "a/b/own-model/").returncode == 0
    assert (tmp_path / "a/b/own-model/manifest.json").exists()
    (tmp_path / "file").touch()
    done = vigied(*common, "--output", tmp_path / "file/own-model")
    assert done.returncode == 73 and "file/own-model" in done.stderr


@pytest.mark.parametrize("file_bytes", [0, 4096])
def test_a_bundle_is_whole_or_not_there(imported: Path, tmp_path: Path, file_bytes: int) -> None:
    """The system lets no file grow beyond some bytes, as a full disk would."""
    def hold() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))

    done = subprocess.run(
        [program("vigied"), "model", "import", str(imported / "model.txt"), "--reference",
         str(imported / "reference.csv"), "--output", str(tmp_path / "models/new")],
        capture_output=True, text=True, check=False, timeout=60, preexec_fn=hold)
    assert done.returncode == 74 and "cannot write" in done.stderr, done.stderr
    assert list((tmp_path / "models").iterdir()) == []


def test_tied_scores_make_a_bundle(tmp_path: Path) -> None:
    """Small models whose rows share scores: quantiles between equal numbers are that number."""
    for seed in range(12):
        rows, failed = companies(60 + seed, seed)
        settings = {"objective": "binary", "num_leaves": 3 + seed % 3, "num_threads": 1,
                    "verbose": -1, "min_data_in_leaf": 5, "seed": seed}
        data = lightgbm.Dataset(rows, failed, feature_name=NAMES)
        lightgbm.train(settings, data, 1 + seed % 4).save_model(tmp_path / "model.txt")
        write_csv(tmp_path / "reference.csv", rows, NAMES)
        done = vigied("import", tmp_path / "model.txt", "--reference", tmp_path / "reference.csv",
                      "--output", tmp_path / f"made/here/m{seed}")
        assert done.returncode == 0, done.stderr
        assert vigied("check", tmp_path / f"made/here/m{seed}").returncode == 0


@pytest.mark.parametrize("trees", ["best", "all"])
def test_served_trees_are_those_that_were_chosen(
    trees: str, tmp_path: Path, certificates: Certificates
) -> None:
    rows, failed = companies(1000, 5)
    model = xgboost.XGBClassifier(n_estimators=60, learning_rate=0.9, early_stopping_rounds=4,
                                  n_jobs=1, rate_drop=0.2)
    model.fit(rows[:500], failed[:500], eval_set=[(rows[500:], failed[500:])], verbose=False)
    booster = model.get_booster()
    booster.feature_names = NAMES
    assert model.best_iteration + 1 < booster.num_boosted_rounds()
    booster.save_model(tmp_path / "model.json")
    write_csv(tmp_path / "reference.csv", rows, NAMES)
    common = ("import", tmp_path / "model.json", "--reference", tmp_path / "reference.csv",
              "--output", tmp_path / "stopped")
    refused = vigied(*common)
    assert refused.returncode == 65 and "--trees best or --trees all" in refused.stderr
    assert not (tmp_path / "stopped").exists()
    assert vigied(*common, "--trees", trees).returncode == 0

    # A bundle whose manifest does not say is refused as well.
    manifest = tmp_path / "stopped/manifest.json"
    text = manifest.read_text()
    without = json.loads(text)
    assert without["model"].pop("trees") == trees
    manifest.write_text(json.dumps(without))
    done = vigied("check", tmp_path / "stopped")
    assert done.returncode == 65 and "best_iteration" in done.stdout
    manifest.write_text(text)

    with Server(certificates, "--models", str(tmp_path / "stopped")) as server:
        with server.channel() as channel:
            answer = scoring_service_pb2_grpc.ScoringServiceStub(channel).ScoreRows(
                pb.ScoreRowsRequest(
                    header=pb.ScoreHeader(model="stopped", columns=NAMES,
                                          outputs=[pb.SCORE_OUTPUT_RAW_SCORE]),
                    block=pb.RowBlock(row_count=len(rows), float_values=rows.ravel())),
                timeout=20)
    end = model.best_iteration + 1 if trees == "best" else 0
    matrix = xgboost.DMatrix(rows, feature_names=NAMES)
    expected = booster.predict(matrix, output_margin=True, iteration_range=(0, end))
    assert list(answer.block.raw_scores) == list(expected)
