# SPDX-License-Identifier: Apache-2.0
"""The expression language, on values small enough to check by hand."""

import math

import numpy
import pytest

from vigie_training.expressions import Evaluator, ExpressionError, parse, to_float32

NAN = math.nan


def value(expression: str, definitions: dict[str, str] = {}, **inputs: list[float]) -> float:
    """The value of an expression for one company; an input is its years, latest first."""
    evaluator = Evaluator(
        {name: [numpy.array([year]) for year in years] for name, years in inputs.items()}, 1
    )
    for name, text in definitions.items():
        evaluator.define(name, text)
    return float(evaluator.evaluate(parse(expression))[0])


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 - 2 - 3", -4.0),
        ("8 / 4 / 2", 1.0),
        ("2 + 3 * 4", 14.0),
        ("-(2 + 3) * 4", -20.0),
        ("2 - -3", 5.0),
        ("1e-3 * 2.5E2", 0.25),
        ("0.1 + 0.2", 0.30000000000000004),
        ("min(3, 1, 2)", 1.0),
        ("max(3, 1, 2)", 3.0),
        ("clip(7, 0, 5)", 5.0),
        ("clip(-7, 0, 5)", 0.0),
        ("abs(-2)", 2.0),
        ("ln(2)", math.log(2)),
        ("if(1 < 2, 10, 20)", 10.0),
        ("if(1 != 1, 10, 20)", 20.0),
        ("if(1 + 1 >= 2, if(2 <= 1, 1, 2), 3)", 2.0),
    ],
)
def test_arithmetic(expression, expected):
    assert value(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "1 / 0", "0 / 0", "ln(0)", "ln(-1)", "1e308 * 10", "a", "a + 1", "0 * a", "min(a, 1)",
        "max(1, a)", "clip(a, 0, 1)", "clip(0, a, 1)", "clip(0, -1, a)", "-a", "abs(a)", "ln(a)",
        "if(a < 1, 1, 2)", "if(1 < 2, a, 1)", "a == a", "b@2", "b@1 + b@2", "sum_years(a)",
    ],
)  # fmt: skip
def test_missing(expression):
    if "==" in expression:
        expression = f"if({expression}, 1, 1)"
    assert math.isnan(value(expression, a=[NAN, 1.0, 2.0], b=[1.0, 2.0]))


def test_only_the_chosen_branch_is_needed():
    assert value("if(a > 0, a, 1 / 0)", a=[3.0]) == 3.0
    assert value("if(a > 0, b, a)", a=[-3.0], b=[NAN]) == -3.0


@pytest.mark.parametrize(
    ("expression", "years", "expected"),
    [
        ("sum_years(a)", [1, 2, 4], 7.0),
        ("mean_years(a)", [1, 2, 6], 3.0),
        ("min_years(a)", [3, 1, 2], 1.0),
        ("max_years(a)", [1, 3, 2], 3.0),
        ("deviation_years(a)", [1, 3], 1.0),
        ("deviation_years(a)", [1, 2, 3], math.sqrt(2 / 3)),
        ("count_years(a < 2)", [1, 3, 0], 2.0),
        ("count_years(a < 2)", [3, 3], 0.0),
        # A gap ends the run, and one year alone says nothing.
        ("sum_years(a)", [1, 2, NAN], 3.0),
        ("sum_years(a)", [1, NAN, 2], NAN),
        ("sum_years(a)", [NAN, 1, 2], NAN),
        ("sum_years(a)", [1], NAN),
        ("count_years(a < 2)", [1], NAN),
        # Shifted, a fold sees the earlier years only.
        ("sum_years(a@1)", [1, 2, 4], 6.0),
        ("sum_years(a - a@1)", [1, 2, 4], -3.0),
    ],
)
def test_over_years(expression, years, expected):
    result = value(expression, a=[float(year) for year in years])
    assert result == expected or math.isnan(result) and math.isnan(expected)


def test_a_shift_moves_all_that_is_inside_a_definition():
    definitions = {"ratio": "a / b", "change": "ratio - ratio@1", "worst": "min_years(ratio)"}
    years = {"a": [8.0, 6.0, 1.0], "b": [2.0, 2.0, 1.0]}
    assert value("change", definitions, **years) == 1.0
    assert value("change@1", definitions, **years) == 2.0
    assert math.isnan(value("change@2", definitions, **years))
    assert value("worst@1", definitions, **years) == 1.0


def test_rounding_to_float32():
    rounded = to_float32(numpy.array([0.1, 1e39, -1e39, 1e-46, NAN]))
    assert rounded.dtype == numpy.float32
    assert rounded[0] == numpy.float32(0.1)
    assert numpy.isnan(rounded[[1, 2, 4]]).all()
    assert rounded[3] == 0


@pytest.mark.parametrize(
    "text",
    [
        "", "1 +", "(1", "1)", "a b", "a @ 3", "a@1.5", "a@", "foo(1)", "ln()", "ln(1, 2)",
        "clip(1, 2)", "if(1, 2, 3)", "1 < 2", "count_years(a)", "sum_years(a < 1)", "a $ b",
        "1 < 2 < 3", "min()",
    ],
)  # fmt: skip
def test_what_is_no_expression(text):
    with pytest.raises(ExpressionError):
        parse(text)


def test_an_unknown_name():
    with pytest.raises(ExpressionError, match="'b'"):
        value("a + b", a=[1.0])
