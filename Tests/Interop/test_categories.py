# SPDX-License-Identifier: Apache-2.0
"""Categories end to end: what is served is what `vigied model predict` and the library say."""
# tidy: length: one story from training to rows of each kind

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Iterator

import numpy
import pandas
import pyarrow
import pytest
import tritonclient.grpc as triton

import vigie

from support.categories import (
    CategoryModel, lightgbm_models, onnx_model, pmml_model, xgboost_models)
from support.certificates import Certificates
from support.errors import assert_fails
from support.server import Server, program
from vigie.v1 import model_service_pb2 as models_pb
from vigie.v1 import model_service_pb2_grpc
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc

import grpc

CASES = Path(__file__).parent / "cases"
OUTPUTS = [pb.SCORE_OUTPUT_RAW_SCORE, pb.SCORE_OUTPUT_PROBABILITY]
NAMES = [
    *(f"lightgbm-{kind}" for kind in [
        "words", "blanks", "accents", "quotes", "numerals", "integers", "large-integers", "floats",
        "truth", "unseen", "two", "constant", "plain-beside", "ordered", "named", "codes"]),
    *(f"xgboost-{kind}-{ending}" for kind in [
        "words", "blanks", "quotes", "numerals", "integers", "large-integers"]
      for ending in ["json", "ubj"]),
    "xgboost-codes", "pmml-texts", "onnx-texts",
]


def vigied(*arguments: object) -> subprocess.CompletedProcess:
    return subprocess.run([program("vigied"), "model", *map(str, arguments)],
                          capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CategoryModel]:
    directory = tmp_path_factory.mktemp("trained")
    made = [*lightgbm_models(directory), *xgboost_models(directory), pmml_model(directory),
            onnx_model(directory)]
    return {model.name: model for model in made}


@pytest.fixture(scope="module")
def imported(
    models: dict[str, CategoryModel], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    directory = tmp_path_factory.mktemp("imported")
    for model in models.values():
        rows = model.write_csv(directory / "rows.csv")
        done = vigied("import", model.path, "--reference", rows, "--output", directory / model.name,
                      *model.arguments)
        assert done.returncode == 0, f"{model.name}: {done.stderr}"
    (directory / "rows.csv").unlink()
    return directory


@pytest.fixture(scope="module")
def category_server(certificates: Certificates, imported: Path) -> Iterator[Server]:
    with Server(certificates, "--models", str(imported)) as server:
        yield server


@pytest.fixture(scope="module")
def stub(category_server: Server) -> Iterator[scoring_service_pb2_grpc.ScoringServiceStub]:
    with category_server.channel() as channel:
        yield scoring_service_pb2_grpc.ScoringServiceStub(channel)


def test_no_model_is_left_out(models: dict[str, CategoryModel]) -> None:
    assert sorted(models) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_served_is_predicted_is_the_library(
    models: dict[str, CategoryModel], stub: scoring_service_pb2_grpc.ScoringServiceStub,
    tmp_path: Path, name: str
) -> None:
    model = models[name]
    rows = model.write_csv(tmp_path / "rows.csv")
    raw = ["--raw-score"] if model.is_exact else []
    done = vigied("predict", "--model", model.path, "--input", rows, *raw, *model.arguments)
    assert done.returncode == 0, done.stderr
    header, *lines = csv.reader(done.stdout.splitlines())
    served = stub.ScoreRows(model.request(OUTPUTS), timeout=20).block
    assert not served.issue_kinds
    if not model.is_exact:
        # A formula by hand, or onnxruntime, which round elsewhere.
        columns = [place for place, each in enumerate(header)
                   if "yes" in each or each.endswith("_1")]
        predicted = [float(line[columns[-1]]) for line in lines]
        numpy.testing.assert_allclose(predicted, model.probabilities, rtol=1e-6)
        numpy.testing.assert_allclose(served.probabilities, model.probabilities, rtol=1e-6)
        return
    predicted = [float(line[0]) for line in lines]
    assert predicted == list(model.raw_scores)
    assert list(served.raw_scores) == list(model.raw_scores)
    # The library's own bits; XGBoost has 32 of them.
    assert list(numpy.asarray(served.probabilities, dtype=model.probabilities.dtype)) \
        == list(model.probabilities)


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_sends_texts_as_they_are(
    models: dict[str, CategoryModel], category_server: Server, tmp_path: Path, name: str
) -> None:
    model = models[name]
    rows = model.write_csv(tmp_path / "rows.csv")
    environment = {**os.environ, "VIGIE_SERVER": category_server.address,
                   "VIGIE_CA_CERT": str(category_server.certificates.ca)}
    done = subprocess.run(
        [program("vigie"), "score", "--model", name, str(rows), "--raw-score", "-O",
         str(tmp_path / "out.csv")],
        capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out.csv").open(newline="") as file:
        scored = list(csv.DictReader(file))
    assert [float(row["raw_score"]) for row in scored] == pytest.approx(
        list(model.raw_scores), rel=0 if model.is_exact else 1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_tensors_of_texts_are_columns_of_texts(
    models: dict[str, CategoryModel], category_server: Server,
    stub: scoring_service_pb2_grpc.ScoringServiceStub, name: str
) -> None:
    request = models[name].request(OUTPUTS)
    expected = stub.ScoreRows(request, timeout=20).block
    count, inputs = request.block.row_count, []
    values = numpy.array(request.block.double_values).reshape(
        (-1, count) if request.block.layout == pb.BLOCK_LAYOUT_COLUMN_MAJOR else (count, -1))
    if request.block.layout != pb.BLOCK_LAYOUT_COLUMN_MAJOR:
        values = values.T
    for column, cells in zip(request.header.columns, values):
        inputs.append(triton.InferInput(column, [count], "FP64"))
        inputs[-1].set_data_from_numpy(cells)
    for column, texts in zip(request.header.text_columns, request.block.text_columns):
        words = list(texts.dictionary)
        # An empty text is a missing value, where it is no category.
        missing = b"" if b"" not in words else b"nan"
        cells = numpy.array([missing, *words], object)[list(texts.codes)]
        inputs.append(triton.InferInput(column, [count, 1], "BYTES"))
        inputs[-1].set_data_from_numpy(cells.reshape(-1, 1))
    with triton.InferenceServerClient(
        category_server.address, ssl=True,
        root_certificates=str(category_server.certificates.ca),
    ) as client:
        metadata = client.get_model_metadata(name, as_json=True)
        texts = [each["name"] for each in metadata["inputs"] if each["datatype"] == "BYTES"]
        assert set(request.header.text_columns) <= set(texts)
        result = client.infer(name, inputs)
    raw, probabilities = result.as_numpy("raw_score"), result.as_numpy("probability")
    assert numpy.array_equal(raw[:, 0], expected.raw_scores, equal_nan=True)
    assert numpy.array_equal(probabilities[:, 0], expected.probabilities, equal_nan=True)


def test_an_unknown_text_is_treated_as_the_library_does(
    models: dict[str, CategoryModel], stub: scoring_service_pb2_grpc.ScoringServiceStub
) -> None:
    cells = ["building", "Building", "building ", "", "retail"]

    def score(name: str) -> pb.ScoreBlock:
        request = models[name].request(OUTPUTS)
        request.block.CopyFrom(pb.RowBlock(
            row_count=len(cells), double_values=[0.5] * len(cells),
            text_columns=[pb.TextColumn(dictionary=[cell.encode() for cell in cells],
                                        codes=[1, 2, 3, 4, 5])]))
        return stub.ScoreRows(request, timeout=20).block

    lightgbm = score("lightgbm-words")
    assert not lightgbm.outcomes
    assert lightgbm.raw_scores[1] == lightgbm.raw_scores[2] == lightgbm.raw_scores[3]
    xgboost = score("xgboost-words-json")
    assert list(xgboost.outcomes) == [1, 2, 2, 1, 1]
    assert list(xgboost.issue_rows) == [1, 2]
    assert set(xgboost.issue_kinds) == {pb.ROW_ISSUE_KIND_UNKNOWN_CATEGORY}
    # The text column stands behind the one of numbers.
    assert set(xgboost.issue_columns) == {2}
    assert numpy.isnan(xgboost.raw_scores[1]) and not numpy.isnan(xgboost.raw_scores[3])


def test_numbers_stand_for_categories_of_numbers(
    models: dict[str, CategoryModel], stub: scoring_service_pb2_grpc.ScoringServiceStub
) -> None:
    for name in ["lightgbm-integers", "lightgbm-truth", "xgboost-integers-json"]:
        model = models[name]
        values = [[float(cell) if cell else numpy.nan for cell in model.columns["x"]],
                  [float({"False": "0", "True": "1"}.get(cell, cell)) if cell else numpy.nan
                   for cell in model.columns["g"]]]
        answer = stub.ScoreRows(pb.ScoreRowsRequest(
            header=pb.ScoreHeader(model=name, columns=["x", "g"], outputs=OUTPUTS),
            block=pb.RowBlock(row_count=len(values[0]), double_values=sum(values, []),
                              layout=pb.BLOCK_LAYOUT_COLUMN_MAJOR)), timeout=20).block
        assert list(answer.raw_scores) == list(model.raw_scores), name
    answer = stub.ScoreRows(pb.ScoreRowsRequest(
        header=pb.ScoreHeader(model="xgboost-integers-json", columns=["g", "x"], outputs=OUTPUTS),
        block=pb.RowBlock(row_count=2, double_values=[1, 0, 2000, 0])), timeout=20).block
    # 1 is a code, and no category.
    assert list(answer.outcomes) == [2, 1] and list(answer.issue_columns) == [1]
    assert list(answer.issue_values) == [1]


def test_describe_tells_kind_and_categories(category_server: Server) -> None:
    with category_server.channel() as channel:
        service = model_service_pb2_grpc.ModelServiceStub(channel)

        def inputs(name: str) -> list[models_pb.InputColumn]:
            request = models_pb.DescribeModelRequest(name=name)
            return list(service.DescribeModel(request, timeout=20).model.inputs)

        x, g = inputs("lightgbm-blanks")
        assert (x.kind, x.category_count) == (models_pb.INPUT_KIND_NUMBER, 0)
        assert (g.kind, g.category_count) == (models_pb.INPUT_KIND_CATEGORY, 4)
        assert list(g.categories) == [" Private", "Private", " State-gov", "Never "]
        assert g.unknown_category_allowed
        g = inputs("xgboost-large-integers-ubj")[1]
        assert list(g.categories) == [str(2**53), str(2**53 + 1), "5", "4"]
        assert not g.unknown_category_allowed
        assert [each.kind for each in inputs("lightgbm-codes")] == [models_pb.INPUT_KIND_NUMBER] * 2


@pytest.mark.parametrize(("change", "field", "reason"), [
    ({"codes": [1, 2]}, "block.text_columns[0].codes", "INVALID_CODE"),
    ({"codes": [1, 2, 3, 4]}, "block.text_columns[0].codes", "INVALID_CODE"),
    ({"codes": [1, 2, 3]}, "block.text_columns[0].codes", "INVALID_CODE"),
    ({"codes": [1, 2, 2**32 - 1]}, "block.text_columns[0].codes", "INVALID_CODE"),
    ({"dictionary": [b"a"] * 65_537, "codes": [1, 2, 0]}, None, "LIMIT_EXCEEDED"),
    ({"dictionary": [b"a" * 4_097, b""], "codes": [1, 2, 0]}, None, "LIMIT_EXCEEDED"),
])
def test_bad_text_columns_are_refused(
    stub: scoring_service_pb2_grpc.ScoringServiceStub, change: dict, field: str | None, reason: str
) -> None:
    column = {"dictionary": [b"building", b"retail"], "codes": [1, 2, 0], **change}
    request = pb.ScoreRowsRequest(
        header=pb.ScoreHeader(model="lightgbm-words", columns=["x"], text_columns=["g"]),
        block=pb.RowBlock(row_count=3, float_values=[1, 2, 3],
                          text_columns=[pb.TextColumn(**column)]))
    with pytest.raises(grpc.RpcError) as caught:
        stub.ScoreRows(request, timeout=20)
    assert caught.value.code() in (grpc.StatusCode.INVALID_ARGUMENT,
                                   grpc.StatusCode.RESOURCE_EXHAUSTED), caught.value.details()
    if field:
        assert_fails(grpc.StatusCode.INVALID_ARGUMENT, "", lambda: stub.ScoreRows(request),
                     field=field, reason=reason)


def test_texts_that_are_no_utf8_are_no_category(
    stub: scoring_service_pb2_grpc.ScoringServiceStub
) -> None:
    for model, outcomes in [("lightgbm-words", []), ("xgboost-words-ubj", [2, 2, 1])]:
        answer = stub.ScoreRows(pb.ScoreRowsRequest(
            header=pb.ScoreHeader(model=model, columns=["x"], text_columns=["g"]),
            block=pb.RowBlock(row_count=3, float_values=[1, 2, 3], text_columns=[pb.TextColumn(
                dictionary=[b"caf\xe9", b"retail\0", b"retail"], codes=[1, 2, 3])])), timeout=20)
        assert list(answer.block.outcomes) == outcomes


@pytest.mark.parametrize(("header", "block", "field", "reason"), [
    ({"columns": ["x", "g"]}, {"float_values": [1, 2]}, "header.columns[1]", "WRONG_COLUMN_KIND"),
    ({"text_columns": ["x", "g"]}, {}, "header.text_columns[0]", "WRONG_COLUMN_KIND"),
    ({"columns": ["x"], "text_columns": ["G"]}, {}, "header.text_columns[0]", "UNKNOWN_COLUMN"),
    ({"columns": ["x"], "text_columns": ["x"]}, {}, "header.text_columns[0]", "DUPLICATE_COLUMN"),
    ({"columns": ["x"]}, {"float_values": [1]}, "header.columns", "MISSING_COLUMN"),
    ({"columns": ["x"], "text_columns": ["g"]}, {"float_values": [1]}, "block.text_columns",
     "WRONG_TEXT_COLUMN_COUNT"),
    ({}, {"float_values": [1]}, "block.text_columns", "WRONG_TEXT_COLUMN_COUNT"),
])
def test_columns_of_the_wrong_kind_are_named(
    stub: scoring_service_pb2_grpc.ScoringServiceStub, header: dict, block: dict, field: str,
    reason: str
) -> None:
    request = pb.ScoreRowsRequest(header=pb.ScoreHeader(model="lightgbm-words", **header),
                                  block=pb.RowBlock(row_count=1, **block))
    assert_fails(grpc.StatusCode.INVALID_ARGUMENT, "", lambda: stub.ScoreRows(request, timeout=20),
                 field=field, reason=reason)


def test_all_inputs_in_their_order_and_streams(
    models: dict[str, CategoryModel], stub: scoring_service_pb2_grpc.ScoringServiceStub
) -> None:
    model = models["lightgbm-two"]
    request = model.request(OUTPUTS)
    # The inputs are y, x, g: texts y and g, and the number x between them.
    request.header.ClearField("columns")
    request.header.ClearField("text_columns")
    messages = [pb.StreamScoreRowsRequest(header=request.header)]
    messages += [pb.StreamScoreRowsRequest(block=request.block) for _ in range(3)]
    answers = list(stub.StreamScoreRows(iter(messages), timeout=20))
    assert len(answers) == 4
    for answer in answers[1:]:
        assert list(answer.block.raw_scores) == list(model.raw_scores)


def test_a_manifest_that_says_other_categories_is_refused(
    imported: Path, tmp_path: Path
) -> None:
    manifest = json.loads((imported / "xgboost-words-json" / "manifest.json").read_text())
    feature = manifest["features"][1]
    assert feature["categories"] == ["building", "farming", "retail", "trade"]
    assert feature["unknown_category"] == "not_scorable"

    def check() -> subprocess.CompletedProcess:
        bundle = tmp_path / "bundle"
        bundle.mkdir(exist_ok=True)
        for file in (imported / "xgboost-words-json").iterdir():
            (bundle / file.name).write_bytes(file.read_bytes())
        (bundle / "manifest.json").write_text(json.dumps(manifest))
        return vigied("check", bundle)

    feature["categories"] = ["building", "farming", "trade", "retail"]
    assert "features[1].categories: are not those of the model file" in check().stdout
    # What is not said is taken from the model file.
    del feature["categories"], feature["unknown_category"]
    assert check().returncode == 0
    feature["categories"] = ["building", None]
    assert "features[1].categories[1]: must be a text" in check().stdout


def test_inputs_of_expressions_can_be_categories(
    models: dict[str, CategoryModel], imported: Path, certificates: Certificates, tmp_path: Path
) -> None:
    bundle = tmp_path / "derived"
    for copy in (bundle, tmp_path / "lightgbm-words"):
        shutil.copytree(imported / "lightgbm-words", copy)
    manifest = json.loads((bundle / "manifest.json").read_text())
    text = {"en": "text", "fr": "texte"}
    inputs = [{"name": name, "unit": "none", "description": text} for name in ("group", "ratio")]
    inputs[0]["categories"] = manifest["features"][1]["categories"]
    for feature, name in zip(manifest["features"], ("ratio", "group"), strict=True):
        feature["expression"] = name
        feature.pop("categories", None)
        feature.pop("unknown_category", None)
    manifest |= {"inputs": inputs, "name": "derived"}

    def check() -> str:
        (bundle / "manifest.json").write_text(json.dumps(manifest))
        return vigied("check", bundle).stdout

    manifest["features"][1]["expression"] = "group * 1"
    assert "features[1].expression: must be the name of an input" in check()
    manifest["features"][1]["expression"] = " group "
    assert "good" in check()
    request = models["lightgbm-words"].request(OUTPUTS)
    plain_header = pb.ScoreHeader.FromString(request.header.SerializeToString())
    request.header.model = "derived"
    request.header.columns[:], request.header.text_columns[:] = ["ratio"], ["group"]
    # Features that are computed have 32 bits.
    rounded = numpy.array(request.block.double_values, dtype=numpy.float32)
    with Server(certificates, "--models", str(tmp_path)) as server:
        with server.channel() as channel:
            stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
            derived = stub.ScoreRows(request, timeout=20).block
            request.header.CopyFrom(plain_header)
            request.block.double_values[:] = rounded.astype(float)
            plain = stub.ScoreRows(request, timeout=20).block
    assert list(derived.raw_scores) == list(plain.raw_scores)


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
def test_models_that_were_once_misread(case: str) -> None:
    model = next((CASES / case).glob("model.*"))
    raw = [] if model.suffix == ".pmml" else ["--raw-score"]
    done = vigied("predict", "--model", model, "--input", CASES / case / "rows.csv", *raw)
    lines = done.stdout.splitlines()[1:]
    if case == "xgboost-unseen-category":
        assert lines[:2] == ['""', '""'] and float(lines[2]) < 0
        assert '"zz" is no category' in done.stderr.replace("'", '"')
    elif case == "pmml-boolean-spelling":
        assert [float(line) for line in lines] == [1, 1, 0, 1]
    else:
        expected = (CASES / case / "expected.csv").read_text().split()[1:]
        assert [float(line) for line in lines] == [float(each) for each in expected]
    assert done.returncode == 0


def test_columns_that_a_file_leaves_open_are_asked_for(models: dict[str, CategoryModel]) -> None:
    model = models["lightgbm-named"]
    done = vigied("predict", "--model", model.path, "--input", "/nowhere")
    assert done.returncode == 65 and "--categorical-columns" in done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_the_python_client_sends_texts_as_they_are(
    models: dict[str, CategoryModel], category_server: Server, name: str
) -> None:
    model = models[name]
    frame = pandas.DataFrame({
        column: [cell or None for cell in cells] if column in model.text_columns
        else [float(cell) if cell else numpy.nan for cell in cells]
        for column, cells in model.columns.items()})
    coded = frame.astype({column: "category" for column in model.text_columns})
    with vigie.Client(f"localhost:{category_server.port}",
                      ca=category_server.certificates.ca) as client:
        described = {each.name for each in client.model(name).inputs if each.is_category}
        assert described == set(model.text_columns)
        for table in [frame, coded, pyarrow.Table.from_pandas(frame),
                      pyarrow.Table.from_pandas(coded),
                      pandas.concat([coded] * 20, ignore_index=True)]:
            raw = client.score(table, model=name, outputs=["raw_score"])["raw_score"]
            assert list(raw) == pytest.approx(
                list(model.raw_scores) * (len(table) // len(frame)),
                rel=0 if model.is_exact else 1e-5)
