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
import random
import struct
import subprocess
import sys
from collections import Counter
from decimal import (
    ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP,
    ROUND_UP, Context, Decimal, localcontext,
)
from pathlib import Path

EXACT = Context(prec=34, rounding=ROUND_HALF_EVEN, Emax=6144, Emin=-6143, clamp=1, traps=[])
WIDE = Context(prec=100, rounding=ROUND_HALF_EVEN, Emax=10**9, Emin=-10**9, traps=[])
HUGE = Context(prec=15000, rounding=ROUND_HALF_EVEN, Emax=10**9, Emin=-10**9, traps=[])
ROUNDINGS = [
    ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_UP, ROUND_DOWN, ROUND_CEILING,
    ROUND_FLOOR,
]
DEFAULT_PROGRAM = (
    Path(os.environ.get("VIGIE_BUILD_DIRECTORY", Path(__file__).parents[2] / ".build/release"))
    / "decimal-check"
)
CASES_AT_ONCE = 100_000


class Maker:
    """Numbers and pairs that are likely to go wrong."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)

    def digits(self) -> int:
        """A coefficient: short ones, long ones, and those around powers."""
        pick = self.random.random()
        length = self.random.choice((1, 2, 3, 5, 9, 15, 16, 17, 18, 19, 20, 33, 34, 34))
        if pick < 0.5:
            return self.random.randrange(10**length)
        if pick < 0.6:
            return 10**length - 1
        if pick < 0.7:
            return min(10**length, 10**34 - 1)
        if pick < 0.75:
            return min(10**length + self.random.choice((-2, -1, 1, 2)), 10**34 - 1)
        if pick < 0.85:
            return 5 * 10 ** (length - 1) + self.random.choice((-1, 0, 0, 1))
        if pick < 0.92:
            return 2 ** self.random.randrange(113) + self.random.choice((-1, 0, 0, 1))
        if pick < 0.97:
            return self.random.randrange(1, 1000) * 10 ** self.random.randrange(31)
        return 0

    def exponent(self) -> int:
        """An exponent: mostly small, seldom at an end."""
        pick = self.random.random()
        if pick < 0.6:
            return self.random.randrange(-8, 4)
        if pick < 0.85:
            return self.random.randrange(-40, 40)
        if pick < 0.9:
            return self.random.randrange(-6176, -6100)
        if pick < 0.95:
            return self.random.randrange(6070, 6112)
        return self.random.randrange(-6176, 6112)

    def number(self) -> Decimal:
        """A number of decimal128."""
        return made(self.digits(), self.exponent(), self.random.random() < 0.4)

    def pair(self) -> tuple[Decimal, Decimal]:
        """Two numbers: of their own, or the second made so that the first matters."""
        first = self.number()
        pick = self.random.random()
        exponent = first.as_tuple().exponent
        if pick < 0.45:
            return first, self.number()
        if pick < 0.6:
            # As far away as the last digit, or about.
            away = exponent + self.random.randrange(-40, 41)
            return first, made(self.digits(), away, self.random.random() < 0.5)
        if pick < 0.75:
            # Nearly the same: what is left has few digits.
            change = self.random.choice((0, 0, 1, 2, 5, 10))
            other = made(abs(int(first.scaleb(-exponent, HUGE))) + change, exponent, first > 0)
            return first, other
        if pick < 0.9:
            # Half of the last place, and what is just beside it.
            half = 5 * 10 ** self.random.randrange(34) + self.random.choice((-1, 0, 0, 1))
            length = len(str(half))
            return first, made(half, exponent - length, self.random.random() < 0.5)
        # Other zeros, one value.
        return first, EXACT.plus(first.quantize(Decimal((0, (1,), exponent - 1)), context=HUGE))

    def near_one(self) -> Decimal:
        """What exponentials and logarithms are next to nothing of, or next to a tie of."""
        size = made(self.digits(), -self.random.randrange(20, 75), False)
        tie = made(5 * 10**33 + self.random.randrange(-3, 4), -self.random.randrange(60, 72), False)
        return self.random.choice((size, tie, made(5, -self.random.randrange(30, 38), False)))

    def exponent_argument(self) -> Decimal:
        """What an exponential is made of."""
        pick = self.random.random()
        sign = self.random.random() < 0.5
        if pick < 0.5:
            value = made(self.digits(), self.random.randrange(-40, -25), sign)
        elif pick < 0.7:
            value = self.near_one()
        elif pick < 0.8:
            value = made(self.random.randrange(140_000_000, 143_000_000), -4, sign)
        else:
            value = self.number()
        return -value if sign else value

    def logarithm_argument(self) -> Decimal:
        """What a logarithm is made of."""
        if self.random.random() < 0.6:
            return abs(self.number())
        one = Decimal(1)
        near = self.near_one()
        return plain(EXACT.add(one, near) if self.random.random() < 0.5 else EXACT.subtract(one, near))

    def power_arguments(self) -> tuple[Decimal, Decimal]:
        """Base and exponent."""
        pick = self.random.random()
        if pick < 0.3:
            return self.number(), Decimal(self.random.randrange(-120, 120))
        if pick < 0.5:
            base = made(self.random.randrange(1, 100_000), self.random.randrange(-6, 3), False)
            return base, made(self.random.randrange(-99_999, 100_000), -4, False)
        if pick < 0.6:
            # A root that is a number.
            root = made(self.random.randrange(1, 3000), self.random.randrange(-4, 4), False)
            return self.random.choice(
                ((EXACT.multiply(root, root), Decimal("0.5")),
                 (EXACT.power(root, 4), Decimal("0.25")),
                 (EXACT.power(root, 5), Decimal("0.2")),
                 (EXACT.power(root, 2), Decimal("-1.5"))))
        if pick < 0.8:
            return self.logarithm_argument(), self.number()
        if pick < 0.9:
            return abs(self.number()), self.exponent_argument()
        return self.number(), self.number()

    def double(self) -> float:
        """A double: with few digits, at random bits, between."""
        pick = self.random.random()
        if pick < 0.4:
            return self.random.randrange(-10**9, 10**9) / 10 ** self.random.randrange(7)
        if pick < 0.8:
            value = struct.unpack("<d", self.random.randbytes(8))[0]
            return value if math.isfinite(value) else 0.0
        if pick < 0.9:
            return float(self.random.randrange(2**64)) * 2.0 ** self.random.randrange(-80, 80)
        return self.random.choice(
            (0.0, -0.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.1, 1e22, 1e23,
             9007199254740993.0, 123456789012345.6, 999999999999999.9, 1e15, 1e-7, 0.3))


def made(digits: int, exponent: int, is_negative: bool) -> Decimal:
    """A number of decimal128 of its parts."""
    return plain(EXACT.plus(Decimal(-digits if is_negative else digits).scaleb(exponent, HUGE)))


def plain(value: Decimal) -> Decimal:
    """No negative zero, and nothing beyond the greatest number."""
    if not value.is_finite():
        return Decimal(10**34 - 1).scaleb(6111)
    return value if value else abs(value)


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
