# SPDX-License-Identifier: Apache-2.0
"""ModelService: paging and descriptions."""

import grpc
import pytest

from support.bundles import CLASS_MAXIMA, SCALE
from support.errors import assert_fails
from vigie.v1 import model_service_pb2 as pb


def test_lists_all_models_by_name(model_service, models):
    answer = model_service.ListModels(pb.ListModelsRequest(), timeout=60)
    assert [m.name for m in answer.models] == sorted(models)
    assert not answer.next_page_token
    assert sum(m.is_default for m in answer.models) == 1
    for summary in answer.models:
        assert summary.version == models[summary.name].version
        assert len(summary.content_hash) == 64
        assert (summary.description.en, summary.description.fr) == (
            "A model of tests", "A model of tests (fr)")
        assert (summary.event, summary.horizon_months) == ("test_event", 12)


def test_pages_cover_all_models_once(model_service, models):
    names, token = [], ""
    for _ in range(len(models) + 1):
        page = model_service.ListModels(
            pb.ListModelsRequest(page_size=1, page_token=token), timeout=60)
        assert len(page.models) <= 1
        names += [m.name for m in page.models]
        token = page.next_page_token
        if not token:
            break
    assert not token and names == sorted(models)


def test_a_page_larger_than_the_limit_is_cut(model_service, models):
    answer = model_service.ListModels(pb.ListModelsRequest(page_size=2**31 - 1), timeout=60)
    assert len(answer.models) == len(models)


@pytest.mark.parametrize("fields, field", [
    ({"page_size": -1}, "page_size"),
    ({"page_token": "no such token"}, "page_token"),
])
def test_bad_pages(model_service, fields, field):
    assert_fails(
        grpc.StatusCode.INVALID_ARGUMENT, "page",
        lambda: model_service.ListModels(pb.ListModelsRequest(**fields), timeout=60), field=field,
    )


@pytest.mark.parametrize("suffix", ["", "@1.2.3"])
def test_describes_a_model_in_full(model_service, models, suffix):
    model = models["first-small"]
    answer = model_service.DescribeModel(
        pb.DescribeModelRequest(name=model.name + suffix), timeout=60).model
    assert (answer.summary.name, answer.summary.version) == (model.name, model.version)
    assert answer.event_definition.en == "Something happens"
    assert [column.name for column in answer.inputs] == model.features
    assert [feature.name for feature in answer.features] == model.features
    for column in answer.inputs:
        assert column.required and column.missing_allowed
        assert (column.minimum, column.maximum) == (float("-inf"), float("inf"))
    assert answer.features[0].reason_when_raising.fr == "x0 raises (fr)"
    assert answer.score_scale.id == SCALE["id"]
    assert answer.score_scale.points_to_double_odds == SCALE["points_to_double_odds"]
    assert [c.probability_maximum for c in answer.risk_classes] == CLASS_MAXIMA
    assert answer.model_card.startswith(f"# {model.name}")
    assert dict(answer.metrics) == {"test_auc": 0.5}
    assert dict(answer.provenance) == {"training_data": "noise"}
    assert answer.model_format == "lightgbm-text"


def test_describes_the_default_model_when_none_is_named(model_service):
    listed = model_service.ListModels(pb.ListModelsRequest(), timeout=60).models
    answer = model_service.DescribeModel(pb.DescribeModelRequest(), timeout=60).model
    assert [m.name for m in listed if m.is_default] == [answer.summary.name]


@pytest.mark.parametrize("name", ["nobody", "first-small@9.9.9", "first-small@", "@", "x" * 5000])
def test_unknown_models(model_service, name):
    assert_fails(
        grpc.StatusCode.NOT_FOUND, "model",
        lambda: model_service.DescribeModel(pb.DescribeModelRequest(name=name), timeout=60),
    )
