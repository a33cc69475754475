# SPDX-License-Identifier: Apache-2.0
"""`vigied model predict` against LightGBM and XGBoost, on models of every kind trained just now.

Raw scores, margins and predictions are equal to the last bit.
"""

import csv
import subprocess
from pathlib import Path

import lightgbm
import numpy
import pandas
import pytest
import xgboost

from support.server import program

FEATURES = 6
CATEGORIES = 12
ROWS = 400
TRAINING_ROWS = 600

RANDOM_FOREST = {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6}
LINEAR = {"linear_tree": True, "num_leaves": 6}
LIGHTGBM = {
    "binary": {"objective": "binary"},
    "slope": {"objective": "binary", "sigmoid": 0.7},
    "dart": {"objective": "binary", "boosting": "dart", "drop_rate": 0.5},
    "goss": {"objective": "binary", "data_sample_strategy": "goss"},
    "forest": {"objective": "binary", **RANDOM_FOREST},
    "forest of poisson": {"objective": "poisson", **RANDOM_FOREST},
    "forest of classes": {"objective": "multiclass", "num_class": 3, **RANDOM_FOREST},
    "multiclass": {"objective": "multiclass", "num_class": 3},
    "one against all": {"objective": "multiclassova", "num_class": 3, "sigmoid": 1.5},
    "zero as missing": {"objective": "binary", "zero_as_missing": True},
    "regression": {"objective": "regression"},
    "square root": {"objective": "regression", "reg_sqrt": True},
    "linear": {"objective": "regression", **LINEAR},
    "linear classes": {"objective": "multiclass", "num_class": 3, **LINEAR},
    "rank": {"objective": "lambdarank"},
    "rank xendcg": {"objective": "rank_xendcg"},
    **{name: {"objective": name} for name in (
        "regression_l1", "huber", "fair", "poisson", "quantile", "mape", "gamma", "tweedie",
        "cross_entropy", "cross_entropy_lambda")},
}

VECTORS = {"multi_strategy": "multi_output_tree", "tree_method": "hist"}
XGBOOST = {
    "exact": {"objective": "binary:logistic", "tree_method": "exact", "gamma": 1.0},
    "base score": {"objective": "binary:logistic", "base_score": 0.137},
    "forest": {"objective": "binary:logistic", "num_parallel_tree": 4, "subsample": 0.6},
    "lossguide": {"objective": "binary:logistic", "grow_policy": "lossguide", "max_leaves": 20},
    "dart": {"objective": "binary:logistic", "booster": "dart", "rate_drop": 0.4},
    "drops": {"objective": "binary:logistic", "rate_drop": 0.4, "one_drop": 1},
    "drops of forests": {"objective": "reg:squarederror", "rate_drop": 0.4, "skip_drop": 0.2,
                         "num_parallel_tree": 3, "subsample": 0.6},
    "drops of vectors": {"objective": "multi:softprob", "num_class": 3, "rate_drop": 0.4,
                         **VECTORS},
    "dart of classes": {"objective": "multi:softprob", "num_class": 3, "booster": "dart",
                        "rate_drop": 0.4, "normalize_type": "forest"},
    "linear": {"objective": "binary:logistic", "booster": "gblinear"},
    "linear classes": {"objective": "multi:softprob", "num_class": 3, "booster": "gblinear"},
    "linear tweedie": {"objective": "reg:tweedie", "booster": "gblinear"},
    "multiclass": {"objective": "multi:softprob", "num_class": 3},
    "class": {"objective": "multi:softmax", "num_class": 3, "num_parallel_tree": 2},
    "class vectors": {"objective": "multi:softprob", "num_class": 3, **VECTORS},
    "two targets": {"objective": "reg:squarederror"},
    "two target vectors": {"objective": "reg:squarederror", **VECTORS},
    "two labels": {"objective": "binary:logistic", **VECTORS},
    "quantiles": {"objective": "reg:quantileerror", "quantile_alpha": [0.2, 0.5, 0.9]},
    "near quantiles": {"objective": "reg:quantileerror", "learning_rate": 1,
                       "quantile_alpha": [0.44, 0.47, 0.5, 0.53, 0.56]},
    "expectile": {"objective": "reg:expectileerror", "expectile_alpha": 0.8},
    "expectiles": {"objective": "reg:expectileerror", "expectile_alpha": [0.1, 0.5, 0.9]},
    "ranges": {"objective": "survival:aft"},
    **{name: {"objective": name} for name in (
        "binary:logistic", "binary:logitraw", "binary:hinge", "reg:logistic", "reg:squarederror",
        "reg:squaredlogerror", "reg:pseudohubererror", "reg:absoluteerror", "reg:gamma",
        "reg:tweedie", "count:poisson", "survival:cox", "rank:ndcg", "rank:pairwise", "rank:map")},
}


def table(seed: int, rows: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Float32 rows with missing values, zeros and a column of categories, and a signal."""
    random = numpy.random.default_rng(seed)
    x = random.standard_normal((rows, FEATURES)).astype(numpy.float32)
    x[:, 1] = numpy.where(random.random(rows) < 0.4, 0, x[:, 1])
    x[:, 2] = numpy.round(x[:, 2], 1)
    x[:, -1] = random.integers(0, CATEGORIES, rows)
    signal = x[:, 0] - x[:, 1] * x[:, 2] + (x[:, -1] % 4 == 1) + random.standard_normal(rows) / 2
    x[random.random(x.shape) < 0.07] = numpy.nan
    return x, signal


def near(rows: numpy.ndarray, thresholds: list[tuple[int, float]], seed: int) -> numpy.ndarray:
    """The rows, some cells replaced by thresholds of the model and their neighbours."""
    random = numpy.random.default_rng(seed)
    changed = rows.copy()
    for row in range(1, len(rows)) if thresholds else ():
        feature, threshold = thresholds[random.integers(len(thresholds))]
        value = rows.dtype.type(threshold)
        toward = rows.dtype.type((value, numpy.inf, -numpy.inf)[random.integers(3)])
        changed[row, feature] = numpy.nextafter(value, toward)
    return changed


def label_for(objective: str, signal: numpy.ndarray) -> numpy.ndarray:
    """A label that the objective can learn."""
    if objective.startswith("multi"):
        return numpy.digitize(signal, [-0.4, 0.8]).astype(float)
    if objective.startswith(("binary", "cross", "rank", "lambda", "reg:logistic")):
        return (signal > 0.5).astype(float)
    if objective.startswith(("regression", "reg:squarederror", "reg:quantile", "reg:expectile")):
        return signal
    return numpy.exp(signal / 2)


def run(model: Path, rows: numpy.ndarray, names: list[str], *options: str) -> numpy.ndarray:
    """What `vigied model predict` gives."""
    input_file = model.with_name("rows.csv")
    with input_file.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows.tolist():
            writer.writerow(["" if value != value else value for value in row])
    output = model.with_name("output.csv")
    command = [program("vigied"), "model", "predict", "--model", str(model), "--input",
               str(input_file), "--output", str(output), *options]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = list(csv.reader(output.open(newline="")))
    assert len(lines) == len(rows) + 1
    # One missing value makes an empty line.
    return numpy.array([[float(cell or "nan") for cell in line or [""]] for line in lines[1:]])


def assert_same(found: numpy.ndarray, expected: numpy.ndarray) -> None:
    """Equal to the last bit."""
    expected = expected.reshape(len(found), -1).astype(numpy.float64)
    assert found.shape == expected.shape
    same = (found == expected) | (numpy.isnan(found) & numpy.isnan(expected))
    row = int(numpy.argmin(same.all(axis=1)))
    assert same.all(), f"{(~same).sum()} differ, first {found[row]}, not {expected[row]}"


@pytest.mark.parametrize("kind", LIGHTGBM)
@pytest.mark.parametrize("categories", [False, True], ids=["numbers", "categories"])
def test_lightgbm(kind: str, categories: bool, tmp_path: Path) -> None:
    """LightGBM models of every kind, rows of float64."""
    parameters = LIGHTGBM[kind]
    if categories and "linear_tree" in parameters:
        pytest.skip("the same as without, since leaves take no categories")
    x, signal = table(1, TRAINING_ROWS)
    grouped = kind.startswith("rank")
    data = lightgbm.Dataset(
        x, label_for(parameters["objective"], signal),
        group=[30] * (TRAINING_ROWS // 30) if grouped else None,
        categorical_feature=[FEATURES - 1] if categories else [],
    )
    settings = {"num_leaves": 15, "verbose": -1, "num_threads": 1, "seed": 3, "min_data_in_leaf": 5,
                "min_data_per_group": 5, "cat_smooth": 1, **parameters}
    booster = lightgbm.train(settings, data, 12)
    booster.save_model(tmp_path / "model.txt")
    frame = booster.trees_to_dataframe()
    splits = frame[frame["decision_type"] == "<="]
    thresholds = [(int(name.removeprefix("Column_")), float(value))
                  for name, value in zip(splits["split_feature"], splits["threshold"])]
    rows = near(table(2, ROWS)[0].astype(numpy.float64), thresholds, seed=4)
    rows[0] = numpy.inf
    rows[:5, -1] = [-1, CATEGORIES, 1.5, -0.5, 1e12]
    names = booster.feature_name()
    raw = run(tmp_path / "model.txt", rows, names, "--raw-score")
    assert_same(raw, booster.predict(rows, raw_score=True))
    values = run(tmp_path / "model.txt", rows, names)
    assert_same(values, booster.predict(rows))


def xgboost_matrix(rows: numpy.ndarray, categories: bool) -> xgboost.DMatrix:
    types = ["q"] * (FEATURES - 1) + ["c" if categories else "q"]
    return xgboost.DMatrix(rows, feature_types=types, enable_categorical=True)


@pytest.mark.parametrize("kind", XGBOOST)
@pytest.mark.parametrize("categories", [False, True], ids=["numbers", "categories"])
def test_xgboost(kind: str, categories: bool, tmp_path: Path) -> None:
    """XGBoost models of every kind, rows of float32, from JSON and from UBJSON."""
    parameters = XGBOOST[kind]
    if categories and {"gblinear", "exact", "multi_output_tree"} & {*map(str, parameters.values())}:
        pytest.skip("XGBoost has no such models")
    x, signal = table(1, TRAINING_ROWS)
    label = label_for(parameters["objective"], signal)
    data = xgboost_matrix(x, categories)
    if kind == "ranges":
        data.set_float_info("label_lower_bound", label)
        data.set_float_info("label_upper_bound", label * 1.5)
    elif kind.startswith("two "):
        data.set_label(numpy.stack([label, label_for(parameters["objective"], -signal)], 1))
    else:
        data.set_label(label)
    if kind.startswith("rank:"):
        data.set_group([30] * (TRAINING_ROWS // 30))
    settings = {"max_depth": 4, "nthread": 1, "seed": 3, "verbosity": 0, "max_cat_to_onehot": 3,
                **parameters}
    booster = xgboost.train(settings, data, 8)
    thresholds = []
    if "gblinear" not in parameters.values() and "multi_strategy" not in parameters:
        frame = booster.trees_to_dataframe().dropna(subset=["Split"])
        thresholds = [(int(name[1:]), float(value))
                      for name, value in zip(frame["Feature"], frame["Split"])]
    rows = near(table(2, ROWS)[0], thresholds, seed=4)
    if categories:
        rows[:, -1] = numpy.random.default_rng(5).integers(0, CATEGORIES + 3, ROWS)
        rows[::9, -1] = numpy.nan
    matrix = xgboost_matrix(rows, categories)
    names = [f"f{number}" for number in range(FEATURES)]
    for file in ("model.json", "model.ubj"):
        booster.save_model(tmp_path / file)
        margins = run(tmp_path / file, rows, names, "--raw-score")
        assert_same(margins, booster.predict(matrix, output_margin=True))
    assert_same(run(tmp_path / "model.ubj", rows, names), booster.predict(matrix))


def test_categories_as_texts(tmp_path: Path) -> None:
    """Columns of a data frame that are texts, in both libraries."""
    x, signal = table(1, TRAINING_ROWS)
    sectors = numpy.array(["building", "farming", "retail", "transport"])
    frame = pandas.DataFrame({
        "ratio": x[:, 0],
        "sector": pandas.Categorical(sectors[numpy.nan_to_num(x[:, -1]).astype(int) % 4]),
        "year": pandas.Categorical(2000 + numpy.arange(TRAINING_ROWS) % 3),
    })
    label = (signal + (frame["sector"] == "farming") > 0.5).astype(int)

    settings = {"objective": "binary", "verbose": -1, "num_threads": 1, "min_data_per_group": 5}
    first = lightgbm.train(settings, lightgbm.Dataset(frame, label), 5)
    first.save_model(tmp_path / "model.txt")
    data = xgboost.DMatrix(frame, label, enable_categorical=True)
    second = xgboost.train({"objective": "binary:logistic", "nthread": 1}, data, 5)
    second.save_model(tmp_path / "model.json")

    frame.to_csv(tmp_path / "texts.csv", index=False)
    for model, expected in (
        ("model.txt", first.predict(frame, raw_score=True)),
        ("model.json", second.predict(data, output_margin=True)),
    ):
        command = [program("vigied"), "model", "predict", "--model", model, "--input", "texts.csv",
                   "--raw-score"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        found = numpy.array([[float(line)] for line in done.stdout.splitlines()[1:]])
        assert_same(found, expected)


@pytest.mark.parametrize("kind", ["plain", "forest", "classes", "drops"])
def test_early_stopping_asks_which_trees_count(kind: str, tmp_path: Path) -> None:
    """The file names its best iteration: scikit-learn stops there, Booster.predict does not."""
    x, signal = table(1, TRAINING_ROWS)
    label = numpy.digitize(signal, [-0.4, 0.8]) if kind == "classes" else (signal > 0.5).astype(int)
    parameters = {"forest": {"num_parallel_tree": 3, "subsample": 0.7},
                  "drops": {"rate_drop": 0.3}}.get(kind, {})
    model = xgboost.XGBClassifier(n_estimators=60, learning_rate=0.9, early_stopping_rounds=4,
                                  n_jobs=1, **parameters)
    model.fit(x[:300], label[:300], eval_set=[(x[300:], label[300:])], verbose=False)
    booster = model.get_booster()
    assert model.best_iteration + 1 < booster.num_boosted_rounds()
    rows, _ = table(2, ROWS)
    names = [f"f{number}" for number in range(FEATURES)]
    matrix = xgboost.DMatrix(rows)
    for file in ("model.json", "model.ubj"):
        model.save_model(tmp_path / file)
        margins = run(tmp_path / file, rows, names, "--raw-score", "--trees", "best")
        assert_same(margins, model.predict(rows, output_margin=True))
        margins = run(tmp_path / file, rows, names, "--raw-score", "--trees", "all")
        assert_same(margins, booster.predict(matrix, output_margin=True))
        done = subprocess.run(
            [program("vigied"), "model", "predict", "--model", file, "--input", "rows.csv"],
            cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 65 and not done.stdout
        assert "best_iteration" in done.stderr and "--trees best or --trees all" in done.stderr


def test_a_booster_cut_to_its_best_trees_asks_nothing(tmp_path: Path) -> None:
    """A slice of the best trees has no later ones, whatever its note says."""
    x, signal = table(1, TRAINING_ROWS)
    train, watch = (xgboost.DMatrix(x[part], (signal[part] > 0.5).astype(int))
                    for part in (slice(0, 300), slice(300, TRAINING_ROWS)))
    booster = xgboost.train({"objective": "binary:logistic", "nthread": 1, "eta": 0.9}, train, 100,
                            evals=[(watch, "watch")], early_stopping_rounds=5, verbose_eval=False)
    best = booster[:booster.best_iteration + 1]
    best.save_model(tmp_path / "model.json")
    rows, _ = table(2, ROWS)
    margins = run(tmp_path / "model.json", rows, [f"f{n}" for n in range(FEATURES)], "--raw-score")
    assert_same(margins, best.predict(xgboost.DMatrix(rows), output_margin=True))


def test_lightgbm_saves_its_best_trees(tmp_path: Path) -> None:
    """`save_model` leaves the later trees out, as `predict` does, unless it is told otherwise."""
    x, signal = table(1, TRAINING_ROWS)
    data = [lightgbm.Dataset(x[part], (signal[part] > 0.5).astype(int))
            for part in (slice(0, 300), slice(300, TRAINING_ROWS))]
    settings = {"objective": "binary", "verbose": -1, "num_threads": 1, "learning_rate": 0.9}
    # What is not kept for more training has lost the later trees already.
    booster = lightgbm.train(settings, data[0], 60, valid_sets=[data[1]],
                             callbacks=[lightgbm.early_stopping(4, verbose=False)],
                             keep_training_booster=True)
    assert 0 < booster.best_iteration < booster.current_iteration()
    booster.save_model(tmp_path / "model.txt")
    rows = table(2, ROWS)[0].astype(numpy.float64)
    raw = run(tmp_path / "model.txt", rows, booster.feature_name(), "--raw-score")
    assert_same(raw, booster.predict(rows, raw_score=True))
