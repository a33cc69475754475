#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds decimal numbers against Python's: each operation on random and nasty numbers.

Usage: decimal_check.py [--program FILE] [--count CASES] [--seed SEED]

The program is decimal-check of this package. Sums, differences, products, quotients, roundings,
square roots, exponentials and logarithms have to have the value and the exponent that Python's
decimal gives with 34 digits, half to even; powers the value that it gives with 100 digits, rounded
to 34; doubles the bits. Prints how many cases of each kind there were; a case that differs is
printed, and ends it with 1.
"""

import argparse
import math
import os
import struct
import subprocess
import sys
from collections import Counter
from decimal import (
    ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP,
    ROUND_UP, Decimal, localcontext,
)
from pathlib import Path

from nasty_decimals import EXACT, HUGE, WIDE, Maker, plain

ROUNDINGS = [
    ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_UP, ROUND_DOWN, ROUND_CEILING,
    ROUND_FLOOR,
]
DEFAULT_PROGRAM = (
    Path(os.environ.get("VIGIE_BUILD_DIRECTORY", Path(__file__).parents[2] / ".build/release"))
    / "decimal-check"
)
CASES_AT_ONCE = 100_000


def answer(value: Decimal | None) -> Decimal | None:
    """A result, None where there is no number."""
    if value is None or not value.is_finite():
        return None
    return value if value else value.copy_abs()


def modulo(first: Decimal, second: Decimal) -> Decimal | None:
    """The first less the second times the floor of the quotient, exact before it is rounded."""
    if not second:
        return None
    rest = HUGE.remainder(first, second)
    if rest and (rest < 0) != (second < 0):
        rest = HUGE.add(rest, second)
    return EXACT.plus(rest)


def rounded(value: Decimal, scale: int, rule: str) -> Decimal | None:
    """The value to a scale; unchanged where it has fewer digits and no room for the zeros."""
    if not -6111 <= scale <= 6176:
        return None
    target = Decimal((0, (1,), -scale))
    result = value.quantize(target, rule, HUGE)
    exact = len(result.as_tuple().digits) <= 34
    return result if exact or not result else value


def powered(base: Decimal, exponent: Decimal) -> Decimal | None:
    """The power with 100 digits, rounded."""
    if not exponent:
        return Decimal(1)
    if not base:
        return None if exponent < 0 else Decimal(0)
    return EXACT.plus(WIDE.power(base, exponent))


def nearest(value: Decimal) -> str:
    """The bits of the nearest double."""
    return bits(float(value))


def text(value: Decimal) -> str:
    """The number as it is printed."""
    whole = value.adjusted() + 1
    if not value and value.as_tuple().exponent > 0:
        return "0"
    if -34 <= whole <= 34:
        return format(value, "f")
    sign, digits, _ = value.as_tuple()
    first, rest = str(digits[0]), "".join(map(str, digits[1:]))
    point = "." if rest else ""
    return f"{'-' if sign else ''}{first}{point}{rest}E{value.adjusted():+d}"


def case(maker: Maker) -> tuple[str, str, object]:
    """A kind, its line, and what has to come back."""
    kind = maker.random.choices(KINDS, WEIGHTS)[0]
    if kind in PAIRS:
        first, second = maker.pair()
        return kind, f"{kind} {first} {second}", answer(PAIRS[kind](first, second))
    if kind == "compare":
        first, second = maker.pair()
        order = int(first.compare(second))
        return kind, f"{kind} {first} {second}", f"{order} {int(order == 0)}"
    if kind == "round":
        value = maker.number()
        scale = maker.random.choice(
            (0, 1, 2, 2, -1, maker.random.randrange(-45, 45),
             -value.as_tuple().exponent - maker.random.randrange(0, 36),
             maker.random.randrange(-6200, 6200)))
        rule = maker.random.choice(ROUNDINGS)
        return kind, f"{kind} {value} {scale} {rule}", answer(rounded(value, scale, rule))
    if kind == "exp":
        value = maker.exponent_argument()
        return kind, f"{kind} {value}", answer(EXACT.exp(value))
    if kind == "ln":
        value = maker.logarithm_argument()
        return kind, f"{kind} {value}", answer(EXACT.ln(value)) if value else None
    if kind == "sqrt":
        value = abs(maker.number())
        if maker.random.random() < 0.3:
            value = plain(EXACT.multiply(value, value))
        return kind, f"{kind} {value}", answer(EXACT.sqrt(value))
    if kind == "power":
        base, exponent = maker.power_arguments()
        return kind, f"{kind} {base} {exponent}", answer(powered(base, exponent))
    return text_case(kind, maker)


def text_case(kind: str, maker: Maker) -> tuple[str, str, object]:
    """The cases of texts and doubles."""
    if kind == "parse":
        digits = str(maker.random.randrange(10 ** maker.random.randrange(1, 80)))
        if maker.random.random() < 0.3:
            digits = str(maker.digits()) + maker.random.choice(("5", "50000", "500001", "49", "0"))
        point = maker.random.randrange(len(digits) + 1)
        written = digits[:point] + "." + digits[point:]
        if maker.random.random() < 0.5:
            written += f"e{maker.random.randrange(-6300, 6300)}"
        return kind, f"{kind} {written}", answer(EXACT.create_decimal(written))
    if kind == "print":
        value = maker.number()
        return kind, f"{kind} {value}", text(value)
    if kind == "nearest":
        value = maker.number()
        if maker.random.random() < 0.5:
            # The middle between two doubles, or beside it.
            double = maker.double()
            middle = HUGE.add(Decimal(double), Decimal(math.nextafter(double, math.inf))) / 2
            value = plain(EXACT.plus(middle))
        return kind, f"{kind} {value}", nearest(value)
    double = maker.double()
    if kind == "shortest":
        # repr is the shortest; its zero behind the point is not part of it.
        value = EXACT.normalize(Decimal(repr(double)))
        return kind, f"{kind} {bits(double)}", value if value else Decimal(0)
    # A threshold at the double, beside it, or anywhere, under all comparisons.
    threshold = Decimal(repr(double))
    pick = maker.random.random()
    if pick < 0.2:
        threshold = EXACT.plus(Decimal(double))
    elif pick < 0.4:
        threshold = EXACT.next_plus(threshold)
    elif pick < 0.6:
        threshold = EXACT.next_minus(threshold)
    elif pick < 0.7:
        threshold = EXACT.plus(Decimal(double)) + Decimal(math.ulp(double)) / 2
        threshold = EXACT.plus(threshold)
    elif pick < 0.8:
        threshold = maker.number()
    other = maker.random.choice(
        (double, math.nextafter(double, math.inf), math.nextafter(double, -math.inf)))
    if not math.isfinite(other):
        other = double
    read = Decimal(repr(other))
    order = "".join(
        str(int(holds))
        for holds in (
            read < threshold, read <= threshold, read == threshold, read != threshold,
            read >= threshold, read > threshold))
    return kind, f"{kind} {threshold} {bits(other)}", order


def bits(value: float) -> str:
    """A double as its bits in hexadecimal."""
    return struct.pack(">d", value).hex()


PAIRS = {
    "add": EXACT.add, "subtract": EXACT.subtract, "multiply": EXACT.multiply,
    "divide": EXACT.divide, "modulo": modulo,
}
SHARES = {
    "add": 6, "subtract": 4, "multiply": 6, "divide": 5, "modulo": 1, "compare": 5, "round": 4,
    "sqrt": 2, "exp": 2, "ln": 2, "power": 1, "parse": 2, "print": 1, "nearest": 2, "shortest": 2,
    "threshold": 3,
}
KINDS = list(SHARES)
WEIGHTS = list(SHARES.values())


def agrees(kind: str, expected: object, line: str) -> bool:
    """Whether a line of the program is what it has to be."""
    if isinstance(expected, str):
        return line == expected
    if expected is None or line == "none":
        return expected is None and line == "none"
    found = Decimal(line)
    if kind in ("power", "modulo", "shortest"):
        return found == expected
    return found.compare_total(expected) == 0


def cases(maker: Maker, count: int) -> list[tuple[str, str, object]]:
    """Cases, under the context of decimal128."""
    with localcontext(EXACT):
        return [case(maker) for _ in range(count)]


def check(program: str, count: int, seed: int) -> Counter:
    """Runs cases; the first ones that differ are printed, and end it."""
    maker = Maker(seed)
    done: Counter = Counter()
    while sum(done.values()) < count:
        asking = cases(maker, min(CASES_AT_ONCE, count - sum(done.values())))
        asked = "".join(line + "\n" for _, line, _ in asking)
        run = subprocess.run([program], input=asked, capture_output=True, text=True, check=True)
        lines = run.stdout.splitlines()
        wrong = [
            (line, expected, found)
            for (kind, line, expected), found in zip(asking, lines, strict=True)
            if not agrees(kind, expected, found)
        ]
        done.update(kind for kind, _, _ in asking)
        if wrong:
            for line, expected, found in wrong[:40]:
                print(f"{line}\n  expected {expected}\n  found    {found}")
            raise SystemExit(f"{len(wrong)} of {sum(done.values())} cases differ.")
    return done


def main() -> None:
    """Runs it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(DEFAULT_PROGRAM))
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    done = check(arguments.program, arguments.count, arguments.seed)
    for kind, cases in sorted(done.items()):
        print(f"{kind:10} {cases:10,}")
    print(f"{'all':10} {sum(done.values()):10,} as Python has them")


if __name__ == "__main__":
    sys.exit(main())
