# SPDX-License-Identifier: Apache-2.0
"""Triton's client on models of categories: tensors of texts are columns of texts."""

import numpy
import pytest
import tritonclient.grpc as triton

from support.categories import CategoryModel
from support.server import Server
from vigie.v1 import scoring_service_pb2 as pb
from vigie.v1 import scoring_service_pb2_grpc

# Fixtures too.
from test_categories import (  # noqa: F401
    NAMES, OUTPUTS, category_server, imported, models, stub)


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
