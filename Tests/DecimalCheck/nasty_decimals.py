# SPDX-License-Identifier: Apache-2.0
"""Numbers and doubles that are likely to go wrong."""

import math
import random
import struct
from decimal import ROUND_HALF_EVEN, Context, Decimal

EXACT = Context(prec=34, rounding=ROUND_HALF_EVEN, Emax=6144, Emin=-6143, clamp=1, traps=[])
WIDE = Context(prec=100, rounding=ROUND_HALF_EVEN, Emax=10**9, Emin=-10**9, traps=[])
HUGE = Context(prec=15000, rounding=ROUND_HALF_EVEN, Emax=10**9, Emin=-10**9, traps=[])


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
        return plain(EXACT.add(one, self.random.choice((near, -near))))

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
