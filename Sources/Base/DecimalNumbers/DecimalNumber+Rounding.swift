// SPDX-License-Identifier: Apache-2.0

// Rounding to a scale, and what asks whether a number is whole.

extension DecimalNumber {
    /// The number with `scale` digits behind the point, or where `scale` is negative with as many
    /// zeros before it.
    ///
    /// Zeros are added where there is room for all of them: 12.5 to scale 2 is 12.50.
    ///
    /// - Returns: Nil when no number has such a scale: it is from -6111 to 6176.
    package func rounded(scale: Int, _ rule: DecimalRounding) -> DecimalNumber? {
        guard scale >= -Self.exponentMax, scale <= -Self.exponentMin else { return nil }
        return rounded(exponent: -scale, rule)
    }

    /// The greatest whole number that is not greater.
    package var floor: DecimalNumber { exponent >= 0 ? self : rounded(exponent: 0, .floor) }

    /// The smallest whole number that is not smaller.
    package var ceiling: DecimalNumber { exponent >= 0 ? self : rounded(exponent: 0, .ceiling) }

    private func rounded(exponent target: Int, _ rule: DecimalRounding) -> DecimalNumber {
        let biased = Int64(target) + Self.exponentBias
        let digits = coefficient.magnitude
        let surplus = target - exponent
        guard surplus > 0 else {
            guard digits != 0 else { return Self.zero(exponent: target) }
            guard digitCount(digits) - surplus <= Self.digitsMax else { return self }
            let padded = coefficient &* Int128(truncatingIfNeeded: powerOfTen(-surplus))
            return DecimalNumber(coefficient: padded, biasedExponent: biased)
        }
        let (kept, discarded) = digits.droppingDigits(surplus)
        var magnitude = Int128(truncatingIfNeeded: kept)
        let isOdd = magnitude & 1 == 1
        if rule.raises(discarded, isOdd: isOdd, isNegative: isNegative) { magnitude += 1 }
        return DecimalNumber(
            coefficient: isNegative ? 0 &- magnitude : magnitude,
            biasedExponent: biased
        )
    }

    /// The number without zeros at its end, as far as exponents go: 1.10 becomes 1.1, 100 becomes
    /// 1E2. Numbers of one value become the same bits.
    package var normalized: DecimalNumber {
        guard !isZero else { return 0 }
        let (digits, zeros) = strippingZeros(
            coefficient.magnitude,
            atMost: min(Self.digitsMax, Self.exponentMax - exponent)
        )
        let signed = Int128(truncatingIfNeeded: digits)
        return DecimalNumber(
            coefficient: isNegative ? 0 &- signed : signed,
            biasedExponent: biasedExponent + Int64(zeros)
        )
    }

    /// Whether nothing but zeros is behind the point.
    package var isWhole: Bool { exponent >= 0 || rounded(exponent: 0, .down) == self }

    /// Whether it is a whole multiple of 2.
    package var isEven: Bool { isWhole && !isOddWhole }

    /// Whether it is a whole number, and no multiple of 2.
    package var isOdd: Bool { isWhole && isOddWhole }

    /// Whether a whole number is odd.
    private var isOddWhole: Bool {
        exponent <= 0 && rounded(exponent: 0, .down).low & 1 == 1
    }

    /// The number, where it is whole and a word holds it.
    package var integer: Int? {
        if exponent == 0 { return Int(exactly: coefficient) }
        if isZero { return 0 }
        guard exponent > 0 else {
            let whole = rounded(exponent: 0, .down)
            return whole == self ? Int(exactly: whole.coefficient) : nil
        }
        guard exponent < 19, let coefficient = Int(exactly: coefficient) else { return nil }
        let power = Int(smallPowersOfTen[exponent])
        let (product, isOver) = coefficient.multipliedReportingOverflow(by: power)
        return isOver ? nil : product
    }
}
