# SPDX-License-Identifier: Apache-2.0
"""Triton's client, unchanged, on models that are served: the scores are those of ScoreRows, bit
for bit, and errors have the codes and words that its users know."""

import queue
import shutil
import subprocess
from typing import Iterator

import grpc
import ml_dtypes
import numpy as np
import pytest
import tritonclient.grpc as triton
from tritonclient.grpc import service_pb2
from tritonclient.utils import InferenceServerException, np_to_triton_dtype

from support.access import issue
from support.bundles import TestModel
from support.server import Server
from support.tables import request
from vigie.v1 import scoring_service_pb2_grpc

NAMES = ["first-small", "second-large"]
OUTPUTS = {
    "probability": np.float64, "score": np.uint32, "risk_class": np.uint32,
    "percentile": np.float32, "raw_score": np.float64, "outcome": np.int32,
}


@pytest.fixture
def client(server: Server) -> Iterator[triton.InferenceServerClient]:
    """Triton's client of the server."""
    with triton.InferenceServerClient(
        server.address, ssl=True, root_certificates=str(server.certificates.ca),
    ) as made:
        yield made


def tensor(name: str, values: np.ndarray) -> triton.InferInput:
    """An input."""
    made = triton.InferInput(name, values.shape, np_to_triton_dtype(values.dtype))
    made.set_data_from_numpy(values)
    return made


def assert_equal(
    result: triton.InferResult, model: TestModel, rows: np.ndarray,
    scoring: scoring_service_pb2_grpc.ScoringServiceStub,
) -> None:
    """Asserts that all outputs are what ScoreRows says of the rows."""
    block = scoring.ScoreRows(request(model, rows), timeout=60).block
    assert result.get_response().model_name == model.name
    assert result.get_response().model_version == model.version
    expected = {
        "probability": block.probabilities, "score": block.scores,
        "risk_class": block.risk_classes, "percentile": block.percentiles,
        "raw_score": block.raw_scores, "outcome": [1] * len(rows),
    }
    for name, kind in OUTPUTS.items():
        values = result.as_numpy(name)
        assert values.dtype == kind and values.shape == (len(rows), 1)
        assert np.array_equal(values[:, 0], np.array(expected[name], kind)), name


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [1, 7, 4_096, 50_000])
def test_one_tensor_of_all_columns(client, scoring, models, name, count):
    rows = models[name].rows(count)
    result = client.infer(name, [tensor("rows", rows)])
    assert_equal(result, models[name], rows, scoring)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [3, 4_096])
@pytest.mark.parametrize("shape", [(-1,), (-1, 1)])
def test_one_tensor_for_each_column_in_any_order(client, scoring, models, name, count, shape):
    model = models[name]
    rows = model.rows(count)
    order = np.random.default_rng(5).permutation(len(model.features))
    inputs = [tensor(model.features[i], rows[:, i].reshape(shape)) for i in order]
    assert_equal(client.infer(name, inputs), model, rows, scoring)


@pytest.mark.parametrize("kind", [
    np.float64, np.float16, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32,
    np.uint64, bool,
])
@pytest.mark.parametrize("apart", [False, True])
def test_every_type_of_numbers(client, scoring, models, kind, apart):
    model = models["first-small"]
    rows = np.abs(np.nan_to_num(model.rows(300) * 2)).astype(kind)
    inputs = [tensor("rows", rows)]
    if apart:
        inputs = [tensor(each, rows[:, [i]]) for i, each in enumerate(model.features)]
    assert_equal(client.infer(model.name, inputs), model, rows.astype(np.float64), scoring)


def test_bf16_and_types_beside_each_other(client, scoring, models):
    model = models["first-small"]
    rows = model.rows(50).astype(np.float64)
    rows[:, 0] = np.nan_to_num(rows[:, 0]).astype(np.int64)
    rows[:, 1] = rows[:, 1].astype(ml_dtypes.bfloat16)
    inputs = [tensor(each, rows[:, i]) for i, each in enumerate(model.features)]
    inputs[0] = tensor(model.features[0], rows[:, 0].astype(np.int64))
    inputs[1] = tensor(model.features[1], rows[:, 1].astype(ml_dtypes.bfloat16))
    assert_equal(client.infer(model.name, inputs), model, rows, scoring)


def typed(
    model: TestModel, rows: np.ndarray, field: str, kind: str
) -> service_pb2.ModelInferRequest:
    """A request whose contents are typed."""
    message = service_pb2.ModelInferRequest(model_name=model.name)
    part = message.inputs.add(name="rows", datatype=kind, shape=rows.shape)
    getattr(part.contents, field).extend(rows.flatten().tolist())
    return message


@pytest.mark.parametrize("kind, field, numpy_kind", [
    ("FP32", "fp32_contents", np.float32), ("FP64", "fp64_contents", np.float64),
    ("INT8", "int_contents", np.int8), ("INT16", "int_contents", np.int16),
    ("INT32", "int_contents", np.int32), ("INT64", "int64_contents", np.int64),
    ("UINT8", "uint_contents", np.uint8), ("UINT16", "uint_contents", np.uint16),
    ("UINT32", "uint_contents", np.uint32), ("UINT64", "uint64_contents", np.uint64),
    ("BOOL", "bool_contents", bool),
])
@pytest.mark.parametrize("count", [2, 3_000])
def test_typed_contents(channel, scoring, models, kind, field, numpy_kind, count):
    model = models["first-small"]
    rows = model.rows(count)
    if numpy_kind not in (np.float32, np.float64):
        rows = np.abs(np.nan_to_num(rows * 3)).astype(numpy_kind)
    rows = rows.astype(numpy_kind)
    stub = triton.service_pb2_grpc.GRPCInferenceServiceStub(channel)
    answer = stub.ModelInfer(typed(model, rows, field, kind), timeout=60)
    assert_equal(triton.InferResult(answer), model, rows.astype(np.float64), scoring)


def test_outputs_by_name_in_their_order(client, scoring, models):
    model = models["first-small"]
    rows = model.rows(5)
    wanted = ["score", "outcome", "probability"]
    result = client.infer(
        model.name, [tensor("input__0", rows)], request_id="twelve", model_version=model.version,
        outputs=[triton.InferRequestedOutput(name) for name in wanted],
        priority=3, timeout=5_000_000, parameters={"of": "mine"},
    )
    response = result.get_response()
    assert [output.name for output in response.outputs] == wanted
    assert response.id == "twelve" and len(response.raw_output_contents) == 3
    block = scoring.ScoreRows(request(model, rows), timeout=60).block
    assert result.as_numpy("score")[:, 0].tolist() == list(block.scores)
    assert result.as_numpy("probability")[:, 0].tolist() == list(block.probabilities)


@pytest.mark.parametrize("algorithm", ["gzip", "deflate"])
def test_compressed_requests(client, scoring, models, algorithm):
    model = models["first-small"]
    rows = model.rows(4_096)
    result = client.infer(model.name, [tensor("rows", rows)], compression_algorithm=algorithm)
    assert_equal(result, model, rows, scoring)


def test_what_the_server_is(client, models):
    assert client.is_server_live() and client.is_server_ready()
    assert client.is_model_ready("first-small")
    assert not client.is_model_ready("nobody") and not client.is_model_ready("first-small", "9")
    metadata = client.get_server_metadata()
    assert metadata.name == "vigie" and metadata.version.count(".") == 2
    assert list(metadata.extensions) == ["model_repository", "model_configuration"]
    index = client.get_model_repository_index().models
    assert {(each.name, each.state) for each in index} == {(name, "READY") for name in models}


def test_what_a_model_is(client, models):
    metadata = client.get_model_metadata("first-small", as_json=True)
    assert metadata["versions"] == [models["first-small"].version]
    assert metadata["inputs"] == [{"name": "rows", "datatype": "FP32", "shape": ["-1", "8"]}]
    assert [output["name"] for output in metadata["outputs"]] == list(OUTPUTS)
    config = client.get_model_config("first-small").config
    assert config.max_batch_size == 262_144 and config.input[0].dims == [8]
    assert config.parameters["columns"].string_value.count('"') == 16
    assert [output.name for output in config.output] == list(OUTPUTS)


def test_statistics(client, models):
    def counts() -> tuple[int, int, int]:
        found = client.get_inference_statistics("first-small").model_stats[0]
        return (found.inference_count, found.execution_count, found.inference_stats.fail.count)

    before = counts()
    client.infer("first-small", [tensor("rows", models["first-small"].rows(10))])
    with pytest.raises(InferenceServerException):
        client.infer("first-small", [tensor("rows", np.zeros((0, 8), np.float32))])
    assert counts() == (before[0] + 10, before[1] + 1, before[2] + 1)
    assert client.get_inference_statistics("first-small").model_stats[0].last_inference > 0
    names = {each.name for each in client.get_inference_statistics().model_stats}
    assert names == set(models)


def test_models_are_neither_loaded_nor_unloaded(client):
    for call in [client.load_model, client.unload_model]:
        with pytest.raises(InferenceServerException, match="is not allowed") as caught:
            call("first-small")
        assert "PERMISSION_DENIED" in caught.value.status()


def test_stream(client, scoring, models):
    model = models["first-small"]
    answers: queue.Queue = queue.Queue()
    client.start_stream(lambda result, error: answers.put((result, error)))
    tables = [model.rows(count, seed=count) for count in [1, 60_000, 3]]
    for number, rows in enumerate(tables):
        client.async_stream_infer(model.name, [tensor("rows", rows)], request_id=str(number))
        client.async_stream_infer("nobody", [tensor("rows", rows)], request_id="bad")
    for number, rows in enumerate(tables):
        result, error = answers.get(timeout=60)
        assert error is None and result.get_response().id == str(number)
        assert result.get_response().parameters["triton_final_response"].bool_param
        assert_equal(result, model, rows, scoring)
        result, error = answers.get(timeout=60)
        assert result is None and "unknown model: 'nobody' is not found" in error.message()
    client.stop_stream()


WRONG = {
    "unknown model": (
        "nobody", lambda rows: [tensor("rows", rows)], "NOT_FOUND",
        "Request for unknown model: 'nobody' is not found"),
    "unknown input": (
        "first-small", lambda rows: [tensor("column", rows[:, 0])], "INVALID_ARGUMENT",
        "unexpected inference input 'column' for model 'first-small'"),
    "wrong width": (
        "first-small", lambda rows: [tensor("rows", rows[:, :5])], "INVALID_ARGUMENT",
        r"unexpected shape for input 'rows' for model 'first-small'. Expected \[-1,8\], got "
        r"\[-1,5\]"),
    "no inputs": (
        "first-small", lambda rows: [], "INVALID_ARGUMENT", "expected 1 inputs but got 0 inputs"),
    "twice": (
        "first-small", lambda rows: [tensor("rows", rows)] * 2, "INVALID_ARGUMENT",
        "have 16 columns"),
    "texts for numbers": (
        "first-small", lambda rows: [tensor("rows", rows.astype(str).astype(object))],
        "INVALID_ARGUMENT", "unexpected shape"),
    "no rows": (
        "first-small", lambda rows: [tensor("rows", rows[:0])], "INVALID_ARGUMENT",
        "batch-size must be > 0"),
    "too many rows": (
        "first-small", lambda rows: [tensor("rows", np.zeros((262_145, 8), np.int8))],
        "INVALID_ARGUMENT", "inference request batch-size must be <= 262144 for 'first-small'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_in_the_words_of_triton(client, models, case):
    name, inputs, code, words = WRONG[case]
    with pytest.raises(InferenceServerException, match=words) as caught:
        client.infer(name, inputs(models["first-small"].rows(3)))
    assert caught.value.status() == f"StatusCode.{code}"


def test_requests_that_the_client_would_not_make(channel, models):
    stub = triton.service_pb2_grpc.GRPCInferenceServiceStub(channel)
    rows = models["first-small"].rows(4)

    def fails(words: str, change, code=grpc.StatusCode.INVALID_ARGUMENT) -> None:
        message = service_pb2.ModelInferRequest(model_name="first-small")
        message.inputs.add(name="rows", datatype="FP32", shape=rows.shape)
        message.raw_input_contents.append(rows.tobytes())
        change(message)
        with pytest.raises(grpc.RpcError) as caught:
            stub.ModelInfer(message, timeout=60)
        assert caught.value.code() == code and words in caught.value.details(), caught.value

    fails("is not found", lambda m: setattr(m, "model_name", ""), grpc.StatusCode.NOT_FOUND)
    fails("contents field must not be specified when using raw_input_contents for 'rows'",
          lambda m: m.inputs[0].contents.fp32_contents.append(1))
    fails("input byte size mismatch for input 'rows' for model 'first-small'. Expected 128, got "
          "127", lambda m: m.raw_input_contents.__setitem__(0, rows.tobytes()[:-1]))
    fails("expected 1 raw_input_contents but got 2", lambda m: m.raw_input_contents.append(b""))
    fails("invalid datatype 'FLOAT'", lambda m: setattr(m.inputs[0], "datatype", "FLOAT"))
    fails("'shared_memory_region'", lambda m: m.inputs[0].parameters[
        "shared_memory_region"].MergeFrom(service_pb2.InferParameter(string_param="x")))
    fails("'classification'", lambda m: m.outputs.add(name="score").parameters[
        "classification"].MergeFrom(service_pb2.InferParameter(int64_param=1)))
    fails("unexpected inference output 'nothing' for model 'first-small'",
          lambda m: m.outputs.add(name="nothing"))
    fails("batch-size must be > 0", lambda m: m.inputs[0].shape.__setitem__(0, -4))
    fails("unexpected shape", lambda m: m.inputs[0].shape.append(1))
    fails("unexpected shape", lambda m: m.inputs[0].shape.__setitem__(1, 1 << 62))
    # Billions of rows are refused for their number, not after memory for them was sought.
    fails("<= 262144", lambda m: m.inputs[0].shape.__setitem__(0, 1 << 62))


@pytest.mark.parametrize("kind, field, values, words", [
    ("FP32", "fp32_contents", [1.0] * 31, "expected 32 elements for inference input 'rows'"),
    ("FP32", "fp32_contents", [1.0] * 33, "got more"),
    ("INT64", "int64_contents", [1] * 33, "got more"),
    ("FP32", "fp64_contents", [1.0] * 32, "expected datatype 'FP32'"),
    ("FP16", "fp32_contents", [1.0] * 32, "only be sent in raw_input_contents"),
    ("FP64", "fp64_contents", [], "expected 32 elements"),
])
def test_typed_contents_that_do_not_fit(channel, kind, field, values, words):
    message = service_pb2.ModelInferRequest(model_name="first-small")
    part = message.inputs.add(name="rows", datatype=kind, shape=[4, 8])
    getattr(part.contents, field).extend(values)
    stub = triton.service_pb2_grpc.GRPCInferenceServiceStub(channel)
    with pytest.raises(grpc.RpcError) as caught:
        stub.ModelInfer(message, timeout=60)
    assert caught.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert words in caught.value.details()


def test_a_long_list_of_inputs_is_prepared_on_a_thread(channel, models):
    # Names so long that their request is not prepared on the event loop, which does not fit.
    message = service_pb2.ModelInferRequest(model_name="first-small")
    for number in range(60):
        message.inputs.add(name=f"{'x' * 100}{number}", datatype="FP32", shape=[1])
        message.raw_input_contents.append(bytes(4))
    stub = triton.service_pb2_grpc.GRPCInferenceServiceStub(channel)
    with pytest.raises(grpc.RpcError) as caught:
        stub.ModelInfer(message, timeout=60)
    assert "unexpected inference input 'xxx" in caught.value.details()


def test_a_caller_has_the_models_that_he_may_use(certificates, models, models_directory, tmp_path):
    tokens = tmp_path / "tokens.json"
    token = issue(tokens, "one", "--model", "first-small@*")
    arguments = ["--models", str(models_directory), "--tokens", str(tokens)]
    shown = {"authorization": f"Bearer {token}"}
    with Server(certificates, *arguments) as server, triton.InferenceServerClient(
        server.address, ssl=True, root_certificates=str(certificates.ca),
    ) as client:
        with pytest.raises(InferenceServerException, match="UNAUTHENTICATED"):
            client.is_server_live()
        rows = [tensor("rows", models["first-small"].rows(3))]
        assert client.infer("first-small", rows, headers=shown).as_numpy("score").shape == (3, 1)
        rows = [tensor("rows", models["second-large"].rows(3))]
        for call in [
            lambda: client.infer("second-large", rows, headers=shown),
            lambda: client.get_model_metadata("second-large", headers=shown),
            lambda: client.get_model_config("second-large", headers=shown),
            lambda: client.get_inference_statistics("second-large", headers=shown),
        ]:
            with pytest.raises(InferenceServerException, match="PERMISSION_DENIED"):
                call()
        assert not client.is_model_ready("second-large", headers=shown)
        index = client.get_model_repository_index(headers=shown).models
        assert [each.name for each in index] == ["first-small"]
        statistics = client.get_inference_statistics(headers=shown).model_stats
        assert [each.name for each in statistics] == ["first-small"]


@pytest.mark.parametrize("more", [
    ["-b", "1"], ["-b", "4096"], ["-b", "16", "--streaming"], ["-b", "16", "--async"],
    ["-b", "2000", "--grpc-compression-algorithm", "gzip"],
], ids=" ".join)
def test_perf_analyzer(server: Server, more: list[str]) -> None:
    # Its wheels need a newer C library than Debian 12 has, so it is not among the requirements.
    program = shutil.which("perf_analyzer")
    if program is None:
        pytest.skip("perf_analyzer is not here")
    done = subprocess.run(
        [program, "-m", "first-small", "-i", "grpc", "-u", f"localhost:{server.port}",
         "--ssl-grpc-use-ssl", "--ssl-grpc-root-certifications-file", server.certificates.ca,
         "--measurement-mode", "count_windows", "--measurement-request-count", "20",
         "-s", "999", "-r", "3", *more],
        capture_output=True, text=True, check=False, timeout=120)
    assert "throughput" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
