# SPDX-License-Identifier: Apache-2.0
"""The expression language of a bundle: parser and evaluator.

The server holds the same language in Swift; the vectors in Tests/ScoringTests/Vectors hold the
two equal bit for bit. Every value is float64, NaN is missing, and each operation is one IEEE 754
operation in the written order.
"""

import math
import re
from dataclasses import dataclass

import numpy

YEARS_MAX = 3
COMPARISONS = ("<=", ">=", "==", "!=", "<", ">")
YEAR_FUNCTIONS = (
    "sum_years", "mean_years", "min_years", "max_years", "deviation_years", "count_years"
)  # fmt: skip
FUNCTION_ARGUMENTS = {"clip": 3, "ln": 1, "abs": 1, "if": 3} | dict.fromkeys(YEAR_FUNCTIONS, 1)
FUNCTIONS = ("min", "max", *FUNCTION_ARGUMENTS)
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<symbol><=|>=|==|!=|[-+*/()<>,@]))"
)


class ExpressionError(ValueError):
    """An expression that does not follow the language."""


@dataclass(frozen=True)
class Node:
    """One node: `kind` is "number", "name", "negate", an operator or a function's name."""

    kind: str
    arguments: tuple = ()
    value: float = 0.0
    name: str = ""
    shift: int = 0


def parse(text: str) -> Node:
    """Reads an expression; raises ExpressionError that says what is wrong and where."""
    parser = _Parser(text)
    node = parser.sum()
    parser.expect("")
    return node


def names(node: Node) -> set[str]:
    """The names that an expression refers to."""
    own = {node.name} if node.kind == "name" else set()
    return own.union(*(names(argument) for argument in node.arguments))


class _Parser:
    def __init__(self, text: str):
        self.text = text
        self.tokens = self._tokens()
        self.position = 0

    def _tokens(self) -> list[tuple[str, str]]:
        tokens, at = [], 0
        while self.text[at:].strip():
            match = TOKEN.match(self.text, at)
            if match is None:
                raise ExpressionError(f"unexpected character at {at} in {self.text!r}")
            tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        return [*tokens, ("end", "")]

    @property
    def token(self) -> str:
        return self.tokens[self.position][1]

    def take(self) -> tuple[str, str]:
        self.position += 1
        return self.tokens[self.position - 1]

    def expect(self, symbol: str) -> None:
        kind, found = self.take()
        if found != symbol or (symbol == "" and kind != "end"):
            raise ExpressionError(f"expected {symbol or 'end'!r}, found {found!r} in {self.text!r}")

    def sum(self) -> Node:
        node = self.product()
        while self.token in ("+", "-"):
            operator = self.take()[1]
            node = Node(operator, (node, self.product()))
        return node

    def product(self) -> Node:
        node = self.unary()
        while self.token in ("*", "/"):
            operator = self.take()[1]
            node = Node(operator, (node, self.unary()))
        return node

    def unary(self) -> Node:
        if self.token == "-":
            self.take()
            return Node("negate", (self.unary(),))
        return self.primary()

    def primary(self) -> Node:
        kind, text = self.take()
        if kind == "number":
            return Node("number", value=float(text))
        if text == "(":
            node = self.sum()
            self.expect(")")
            return node
        if kind != "name":
            raise ExpressionError(f"unexpected {text or 'end'!r} in {self.text!r}")
        if self.token == "(":
            return self.call(text)
        return Node("name", name=text, shift=self.shift())

    def shift(self) -> int:
        if self.token != "@":
            return 0
        self.take()
        kind, text = self.take()
        if kind != "number" or not text.isdigit() or int(text) >= YEARS_MAX:
            raise ExpressionError(f"a year after '@' is 0 to {YEARS_MAX - 1} in {self.text!r}")
        return int(text)

    def call(self, function: str) -> Node:
        if function not in FUNCTIONS:
            raise ExpressionError(f"unknown function {function!r} in {self.text!r}")
        self.expect("(")
        arguments = [self.condition() if function in ("if", "count_years") else self.sum()]
        while self.token == ",":
            self.take()
            arguments.append(self.sum())
        self.expect(")")
        wanted = FUNCTION_ARGUMENTS.get(function)
        if wanted is not None and len(arguments) != wanted or len(arguments) < 1:
            raise ExpressionError(f"{function} takes {wanted} arguments in {self.text!r}")
        return Node(function, tuple(arguments))

    def condition(self) -> Node:
        left = self.sum()
        if self.token not in COMPARISONS:
            raise ExpressionError(f"expected a comparison in {self.text!r}")
        operator = self.take()[1]
        return Node(operator, (left, self.sum()))


class Evaluator:
    """Evaluates expressions over many rows at once.

    `inputs` maps each input to its values by fiscal year: a list of up to YEARS_MAX float64
    arrays, latest first, NaN where missing. Years that are absent are missing.
    """

    def __init__(self, inputs: dict[str, list[numpy.ndarray]], row_count: int):
        self.inputs = inputs
        self.row_count = row_count
        self.definitions: dict[str, Node] = {}
        self.cache: dict[tuple[str, int], numpy.ndarray] = {}

    def define(self, name: str, expression: str) -> None:
        """Gives `expression` a name that later expressions may use."""
        self.definitions[name] = parse(expression)

    def values(self, name: str, shift: int = 0) -> numpy.ndarray:
        """The float64 values of an input or definition `shift` fiscal years earlier."""
        key = (name, shift)
        if key not in self.cache:
            self.cache[key] = self._values(name, shift)
        return self.cache[key]

    def _values(self, name: str, shift: int) -> numpy.ndarray:
        if shift >= YEARS_MAX:
            return self._constant(math.nan)
        if name in self.definitions:
            return self.evaluate(self.definitions[name], shift)
        if name not in self.inputs:
            raise ExpressionError(f"unknown name {name!r}")
        years = self.inputs[name]
        return _finite(years[shift]) if shift < len(years) else self._constant(math.nan)

    def _constant(self, value: float) -> numpy.ndarray:
        return numpy.full(self.row_count, value)

    def evaluate(self, node: Node, shift: int = 0) -> numpy.ndarray:
        """The float64 values of an expression, all of it `shift` fiscal years earlier."""
        if node.kind == "number":
            return self._constant(node.value)
        if node.kind == "name":
            return self.values(node.name, shift + node.shift)
        if node.kind in YEAR_FUNCTIONS:
            return self._over_years(node, shift)
        arguments = [self.evaluate(argument, shift) for argument in node.arguments]
        with numpy.errstate(all="ignore"):
            return _finite(_apply(node.kind, arguments))

    def _over_years(self, node: Node, shift: int) -> numpy.ndarray:
        """Folds over the leading run of years in which the argument is not missing."""
        years = [self.evaluate(node.arguments[0], k) for k in range(shift, YEARS_MAX)]
        result = self._constant(math.nan)
        running = numpy.ones(self.row_count, dtype=bool)
        with numpy.errstate(all="ignore"):
            for count, year in enumerate(years, start=1):
                running = running & ~numpy.isnan(year)
                if count >= 2:
                    result = numpy.where(running, _fold(node.kind, years[:count]), result)
            return _finite(result)


def to_float32(values: numpy.ndarray) -> numpy.ndarray:
    """Rounds features to float32, which is what the model sees; overflow is missing."""
    with numpy.errstate(over="ignore"):
        rounded = values.astype(numpy.float32)
    return numpy.where(numpy.isfinite(rounded), rounded, numpy.float32(math.nan))


def _finite(values: numpy.ndarray) -> numpy.ndarray:
    return numpy.where(numpy.isfinite(values), values, math.nan)


def _logarithm(values: numpy.ndarray) -> numpy.ndarray:
    # numpy's own logarithm may differ from the C library's in the last bit.
    return numpy.array([math.log(x) if x > 0 else math.nan for x in values.tolist()])


def _missing_where(missing: numpy.ndarray, values: numpy.ndarray) -> numpy.ndarray:
    return numpy.where(missing, math.nan, values)


def _least(first: numpy.ndarray, second: numpy.ndarray) -> numpy.ndarray:
    missing = numpy.isnan(first) | numpy.isnan(second)
    return _missing_where(missing, numpy.where(second < first, second, first))


def _greatest(first: numpy.ndarray, second: numpy.ndarray) -> numpy.ndarray:
    missing = numpy.isnan(first) | numpy.isnan(second)
    return _missing_where(missing, numpy.where(second > first, second, first))


def _chain(combine, arguments: list[numpy.ndarray]) -> numpy.ndarray:
    result = arguments[0]
    for argument in arguments[1:]:
        result = combine(result, argument)
    return result


def _compare(operator: str, left: numpy.ndarray, right: numpy.ndarray) -> numpy.ndarray:
    outcome = {
        "<": numpy.less, "<=": numpy.less_equal, ">": numpy.greater,
        ">=": numpy.greater_equal, "==": numpy.equal, "!=": numpy.not_equal,
    }[operator](left, right)  # fmt: skip
    return _missing_where(numpy.isnan(left) | numpy.isnan(right), outcome.astype(float))


def _apply(kind: str, arguments: list[numpy.ndarray]) -> numpy.ndarray:
    if kind in COMPARISONS:
        return _compare(kind, *arguments)
    if kind in ("min", "max"):
        return _chain(_least if kind == "min" else _greatest, arguments)
    if kind == "clip":
        value, low, high = arguments
        return _least(_greatest(value, low), high)
    if kind == "if":
        condition, chosen, otherwise = arguments
        picked = numpy.where(condition != 0, chosen, otherwise)
        return _missing_where(numpy.isnan(condition), picked)
    return {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "negate": lambda a: -a,
        "abs": numpy.abs,
        "ln": _logarithm,
    }[kind](*arguments)


def _fold(kind: str, years: list[numpy.ndarray]) -> numpy.ndarray:
    if kind in ("min_years", "max_years"):
        return _chain(_least if kind == "min_years" else _greatest, years)
    total = _chain(lambda a, b: a + b, years)
    if kind in ("sum_years", "count_years"):
        return total
    mean = total / len(years)
    if kind == "mean_years":
        return mean
    squares = [(year - mean) * (year - mean) for year in years]
    return numpy.sqrt(_chain(lambda a, b: a + b, squares) / len(years))
