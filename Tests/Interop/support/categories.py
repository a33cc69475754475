# SPDX-License-Identifier: Apache-2.0
"""Models with categories of every kind, with rows as a table has them and what the library says."""

from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import lightgbm
import numpy
import onnxruntime
import pandas
import xgboost
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from vigie.v1 import scoring_service_pb2 as pb

ROWS = 400


@dataclass(frozen=True)
class CategoryModel:
    """A saved model, some rows and their raw scores and probabilities."""

    name: str
    path: Path
    # Cells as a CSV file has them; empty is missing.
    columns: dict[str, list[str]]
    # Columns that are inputs of the kind CATEGORY.
    text_columns: list[str]
    raw_scores: numpy.ndarray
    probabilities: numpy.ndarray
    # More arguments of `vigied model`.
    arguments: tuple[str, ...] = ()
    # Whether Vigie gives the very bits.
    is_exact: bool = True

    def write_csv(self, path: Path) -> Path:
        """The rows as a file, cells in quotes where they need them."""
        frame = pandas.DataFrame(self.columns, dtype=str)
        frame.to_csv(path, index=False, lineterminator="\n")
        return path

    def request(self, outputs: list[int]) -> pb.ScoreRowsRequest:
        """The rows as a request."""
        numbers = [name for name in self.columns if name not in self.text_columns]
        values = [[float(cell) if cell else numpy.nan for cell in self.columns[name]]
                  for name in numbers]
        return pb.ScoreRowsRequest(
            header=pb.ScoreHeader(model=self.name, columns=numbers, outputs=outputs,
                                  text_columns=self.text_columns),
            block=pb.RowBlock(
                row_count=len(self.raw_scores), double_values=numpy.array(values).T.ravel(),
                text_columns=[text_column(self.columns[name]) for name in self.text_columns]))


def text_column(cells: list[str]) -> pb.TextColumn:
    """A column of cells, dictionary-coded; an empty cell is missing."""
    texts = sorted({cell for cell in cells if cell})
    codes = {"": 0} | {text: code for code, text in enumerate(texts, 1)}
    return pb.TextColumn(dictionary=[text.encode() for text in texts],
                         codes=[codes[cell] for cell in cells])


def places(count: int, seed: int) -> numpy.ndarray:
    return numpy.random.default_rng(seed).integers(0, count, ROWS)


def target(*codes: numpy.ndarray) -> numpy.ndarray:
    """Something that the categories have to do with."""
    noise = numpy.random.default_rng(9).normal(size=ROWS)
    return (sum(code % 2 for code in codes) + 0.4 * noise > 0.7).astype(int)


def numbers(seed: int = 3) -> numpy.ndarray:
    return numpy.random.default_rng(seed).normal(size=ROWS)


LIGHTGBM_KINDS = {
    "words": ["building", "farming", "retail", "trade"],
    "blanks": [" Private", "Private", " State-gov", "Never "],
    "accents": ["caf\u00e9", "cafe\u0301", "bar", "BAR"],
    "quotes": ["a,b", 'say "no"', "x;y", "two\nlines"],
    "numerals": ["1", "01", "1.0", "one"],
    "integers": [2000, -7, 3, 10],
    "large-integers": [2**53, 2**53 + 1, 5, 4],
    "floats": [0.1, 2.5, 1e300, -0.5],
    "truth": [False, True],
}
# XGBoost takes no categories of floats or truth values, and before 3.4 cuts those of other letters
# than ASCII; `cases` has one of these.
XGBOOST_KINDS = ["words", "blanks", "quotes", "numerals", "integers", "large-integers"]


def category(kind: list, codes: numpy.ndarray, *, ordered: bool = False) -> pandas.Categorical:
    return pandas.Categorical.from_codes(
        codes, categories=pandas.Index(kind), ordered=ordered)


def cells(values: object) -> list[str]:
    """A column as a CSV file has it."""
    return ["" if pandas.isna(value) else str(value) for value in list(values)]


def train_lightgbm(frame: pandas.DataFrame, labels: numpy.ndarray, **more: object):
    parameters = {"objective": "binary", "num_leaves": 6, "min_data_in_leaf": 5, "verbose": -1,
                  "num_threads": 1, "min_data_per_group": 5, "cat_smooth": 1.0}
    return lightgbm.train(parameters, lightgbm.Dataset(frame, labels, **more), 12)


def lightgbm_model(
    directory: Path, name: str, frame: pandas.DataFrame, labels: numpy.ndarray,
    text_columns: list[str], *,
    unseen: Callable[[pandas.DataFrame], pandas.DataFrame] | None = None,
    arguments: tuple[str, ...] = (), **more: object,
) -> CategoryModel:
    """Trains on a frame; the rows are the frame's, some of them with missing or unseen values."""
    booster = train_lightgbm(frame, labels, **more)
    path = directory / f"{name}.txt"
    booster.save_model(path)
    rows = frame.iloc[:60].copy()
    for column in text_columns:
        rows.loc[rows.index[:4], column] = numpy.nan
    if unseen:
        rows = unseen(rows)
    return CategoryModel(
        name, path, {column: cells(rows[column]) for column in rows}, text_columns,
        booster.predict(rows, raw_score=True), booster.predict(rows), arguments)


def unseen_word(rows: pandas.DataFrame) -> pandas.DataFrame:
    values = rows["g"].astype(object)
    values.iloc[5:8] = "nowhere"
    return rows.assign(g=values.astype("category"))


def lightgbm_models(directory: Path) -> list[CategoryModel]:
    models = []
    for name, kind in LIGHTGBM_KINDS.items():
        codes = places(len(kind), 1)
        frame = pandas.DataFrame({"x": numbers(), "g": category(kind, codes)})
        models.append(lightgbm_model(directory, f"lightgbm-{name}", frame, target(codes), ["g"]))
    words, integers = LIGHTGBM_KINDS["words"], LIGHTGBM_KINDS["integers"]
    one, two = places(4, 1), places(4, 2)
    frame = pandas.DataFrame({"x": numbers(), "g": category(words, one)})
    models.append(lightgbm_model(directory, "lightgbm-unseen", frame, target(one), ["g"],
                                 unseen=unseen_word))
    frame = pandas.DataFrame({"y": category(integers, two), "x": numbers(),
                              "g": category(words, one)})
    models.append(lightgbm_model(directory, "lightgbm-two", frame, target(one, two), ["y", "g"]))
    # A constant column of categories, and one that LightGBM does not use for another reason.
    frame = pandas.DataFrame({"x": numbers(), "g": category(words, one),
                              "q": category(["only"], 0 * one), "k": 0.0 * one})
    models.append(lightgbm_model(directory, "lightgbm-constant", frame, target(one), ["g", "q"]))
    # Whole numbers that are categories without a data frame's knowledge, beside one with it.
    frame = pandas.DataFrame({"x": numbers(), "g": category(integers, one),
                              "r": places(30, 4)})
    models.append(lightgbm_model(directory, "lightgbm-plain-beside", frame, target(one), ["g"],
                                 categorical_feature=["g", "r"]))
    # Categories with an order are numbers to LightGBM.
    frame = pandas.DataFrame({"x": numbers(), "g": category(words, one, ordered=True),
                              "h": category(integers, two)})
    models.append(lightgbm_model(directory, "lightgbm-ordered", frame, target(one, two),
                                 ["g", "h"]))
    # Two features that the file's column could be: the caller has to say which.
    frame = pandas.DataFrame({"r": places(4, 5), "x": numbers(), "g": category(words, one)})
    models.append(lightgbm_model(directory, "lightgbm-named", frame, target(one), ["g"],
                                 categorical_feature=["r", "g"],
                                 arguments=("--categorical-columns", "g")))
    # No data frame at all: codes are numbers.
    frame = pandas.DataFrame({"x": numbers(), "g": one.astype(float)})
    booster = train_lightgbm(frame.to_numpy(), target(one), feature_name=["x", "g"],
                             categorical_feature=[1])
    booster.save_model(directory / "lightgbm-codes.txt")
    rows = frame.iloc[:60].copy()
    rows.loc[rows.index[:4], "g"] = numpy.nan
    rows.loc[rows.index[5:8], "g"] = 17.0
    models.append(CategoryModel(
        "lightgbm-codes", directory / "lightgbm-codes.txt",
        {column: cells(rows[column]) for column in rows}, [],
        booster.predict(rows.to_numpy(), raw_score=True), booster.predict(rows.to_numpy())))
    return models


def xgboost_models(directory: Path) -> list[CategoryModel]:
    models = []
    parameters = {"objective": "binary:logistic", "max_depth": 3, "nthread": 1,
                  "max_cat_to_onehot": 1}
    for name in XGBOOST_KINDS:
        kind = LIGHTGBM_KINDS[name]
        codes = places(len(kind), 1)
        frame = pandas.DataFrame({"x": numbers(), "g": category(kind, codes)})
        booster = xgboost.train(
            parameters, xgboost.DMatrix(frame, target(codes), enable_categorical=True), 8)
        rows = frame.iloc[:60].copy()
        rows.loc[rows.index[:4], "g"] = numpy.nan
        matrix = xgboost.DMatrix(rows, enable_categorical=True)
        for ending in ["json", "ubj"]:
            path = directory / f"xgboost-{name}.{ending}"
            booster.save_model(path)
            models.append(CategoryModel(
                f"xgboost-{name}-{ending}", path, {column: cells(rows[column]) for column in rows},
                ["g"], booster.predict(matrix, output_margin=True), booster.predict(matrix)))
    # Codes without a dictionary, as before 3.1.
    rows = numpy.column_stack([numbers(), places(4, 1)]).astype(numpy.float32)
    types = {"feature_types": ["float", "c"], "feature_names": ["x", "g"]}
    booster = xgboost.train(parameters, xgboost.DMatrix(
        rows, target(places(4, 1)), enable_categorical=True, **types), 8)
    path = directory / "xgboost-codes.json"
    booster.save_model(path)
    rows = rows[:60].copy()
    rows[:4, 1] = numpy.nan
    matrix = xgboost.DMatrix(rows, enable_categorical=True, **types)
    models.append(CategoryModel(
        "xgboost-codes", path,
        {"x": cells(map(float, rows[:, 0])), "g": cells(map(float, rows[:, 1]))}, [],
        booster.predict(matrix, output_margin=True), booster.predict(matrix)))
    return models


PMML = """<?xml version="1.0"?>
<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary>
<DataField name="fails" optype="categorical" dataType="string"><Value value="no"/>
<Value value="yes"/></DataField>
<DataField name="x" optype="continuous" dataType="double"/>
<DataField name="g" optype="categorical" dataType="string"><Value value=" a"/><Value value="a"/>
</DataField><DataField name="flag" optype="categorical" dataType="boolean"/></DataDictionary>
<RegressionModel functionName="classification" normalizationMethod="logit"><MiningSchema>
<MiningField name="fails" usageType="target"/><MiningField name="x"/>
<MiningField name="g" invalidValueTreatment="asIs"/><MiningField name="flag"/></MiningSchema>
<RegressionTable intercept="-0.5" targetCategory="yes">
<NumericPredictor name="x" coefficient="2"/>
<CategoricalPredictor name="g" value=" a" coefficient="1"/>
<CategoricalPredictor name="g" value="a" coefficient="-1"/>
<CategoricalPredictor name="flag" value="true" coefficient="0.25"/></RegressionTable>
<RegressionTable intercept="0" targetCategory="no"/></RegressionModel></PMML>"""


def pmml_model(directory: Path) -> CategoryModel:
    """A regression by hand: g that is no value adds nothing."""
    path = directory / "pmml-texts.pmml"
    path.write_text(PMML)
    columns = {"x": ["0.5", "1", "-1", "2", "0"], "g": [" a", "a", "other", "a", " a"],
               "flag": ["true", "False", "1", "0", "TRUE"]}
    raw = numpy.array([-0.5 + 1 + 1 + 0.25, -0.5 + 2 - 1, -0.5 - 2 + 0.25, -0.5 + 4 - 1,
                       -0.5 + 1 + 0.25])
    return CategoryModel("pmml-texts", path, columns, ["g", "flag"], raw, 1 / (1 + numpy.exp(-raw)),
                         is_exact=False)


def onnx_model(directory: Path) -> CategoryModel:
    """A regression over a number and a text, as skl2onnx writes it."""
    words = LIGHTGBM_KINDS["accents"] + LIGHTGBM_KINDS["blanks"]
    codes = places(len(words), 1)
    frame = pandas.DataFrame({"x": numbers().astype(numpy.float32),
                              "g": numpy.array(words, dtype=object)[codes]})
    encoder = ColumnTransformer([("x", "passthrough", ["x"]),
                                 ("g", OneHotEncoder(handle_unknown="ignore"), ["g"])])
    pipeline = make_pipeline(encoder, LogisticRegression()).fit(frame, target(codes))
    model = to_onnx(pipeline, initial_types=[("x", FloatTensorType([None, 1])),
                                             ("g", StringTensorType([None, 1]))],
                    options={"zipmap": False})
    path = directory / "onnx-texts.onnx"
    path.write_bytes(model.SerializeToString())
    rows = frame.iloc[:60].copy()
    rows.loc[rows.index[5:8], "g"] = "nowhere"
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    given = {"x": rows[["x"]].to_numpy(), "g": rows[["g"]].to_numpy()}
    probabilities = session.run(None, given)[1][:, 1].astype(float)
    return CategoryModel(
        "onnx-texts", path, {"x": cells(map(float, rows.x)), "g": cells(rows.g)}, ["g"],
        numpy.log(probabilities / (1 - probabilities)), probabilities, is_exact=False)
