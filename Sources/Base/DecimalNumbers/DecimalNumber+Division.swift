// SPDX-License-Identifier: Apache-2.0

// Quotients and what a division leaves.

extension DecimalNumber {
    /// The quotient.
    ///
    /// - Returns: Nil when `divisor` is 0, or the quotient beyond the greatest number.
    package func divided(by divisor: DecimalNumber) -> DecimalNumber? {
        guard !divisor.isZero else { return nil }
        let ideal = exponent - divisor.exponent
        guard !isZero else { return Self.zero(exponent: ideal) }
        let upper = coefficient.magnitude
        let lower = divisor.coefficient.magnitude
        if let whole = Self.wholeQuotient(upper, lower) {
            return Self.rounding(
                WideInteger(whole),
                exponent: ideal,
                isNegative: isNegative != divisor.isNegative
            )
        }
        // 35 or 36 digits: one or two more than stay.
        let shift = digitCount(lower) - digitCount(upper) + Self.digitsMax + 1
        let (quotient, remainder) = WideInteger(upper, timesTenTo: shift).divided(by: lower)
        var digits = quotient.low
        var exponent = ideal - shift
        if remainder == 0 {
            let (stripped, zeros) = strippingZeros(digits, atMost: shift)
            digits = stripped
            exponent += zeros
        }
        return Self.rounding(
            WideInteger(digits),
            exponent: exponent,
            isNegative: isNegative != divisor.isNegative,
            isMore: remainder != 0
        )
    }

    /// The quotient with `scale` digits behind the point: what `divided(by:)` gives, rounded.
    ///
    /// Where two words hold it all, it is made in one step: the quotient has below 10^15 units of
    /// its last digit, and the divisor fewer than 10^19, so that what is left over is further from
    /// any bound of rounding than what 34 digits cut off. Cost: a division of 128 bits, 10 ns.
    package func divided(
        by divisor: DecimalNumber,
        scale: Int,
        _ rule: DecimalRounding
    ) -> DecimalNumber? {
        if let quotient = smallQuotient(divisor, scale: scale, rule) { return quotient }
        return divided(by: divisor)?.rounded(scale: scale, rule)
    }

    private func smallQuotient(
        _ divisor: DecimalNumber,
        scale: Int,
        _ rule: DecimalRounding
    ) -> DecimalNumber? {
        let shift = exponent - divisor.exponent + scale
        guard isSmall, divisor.isSmall, !divisor.isZero, scale.magnitude <= 18,
            shift.magnitude <= 18
        else { return nil }
        var upper = UInt128(Int64(bitPattern: low).magnitude)
        var lower = Int64(bitPattern: divisor.low).magnitude
        let power = UInt64(bitPattern: smallPowersOfTen[Int(shift.magnitude)])
        if shift >= 0 {
            upper *= UInt128(power)
        } else {
            let (product, isOver) = lower.multipliedReportingOverflow(by: power)
            guard !isOver, product < 1 << 63 else { return nil }
            lower = product
        }
        guard UInt64(truncatingIfNeeded: upper >> 64) < lower else { return nil }
        let (quotient, rest) = lower.dividingFullWidth(
            (UInt64(truncatingIfNeeded: upper >> 64), UInt64(truncatingIfNeeded: upper))
        )
        guard quotient < 1_000_000_000_000_000 else { return nil }
        var digits = Int128(quotient)
        let isBelow = isNegative != divisor.isNegative
        let twice = UInt128(rest) * 2
        let discarded: Discarded =
            rest == 0
            ? .nothing
            : twice == UInt128(lower) ? .half : twice < UInt128(lower) ? .belowHalf : .aboveHalf
        if rule.raises(discarded, isOdd: quotient & 1 == 1, isNegative: isBelow) { digits += 1 }
        return DecimalNumber(
            coefficient: isBelow ? 0 - digits : digits,
            biasedExponent: Self.exponentBias - Int64(scale)
        )
    }

    /// The quotient of two words, where nothing is left.
    private static func wholeQuotient(_ upper: UInt128, _ lower: UInt128) -> UInt128? {
        guard (upper | lower) >> 64 == 0 else { return nil }
        let (quotient, remainder) = UInt64(truncatingIfNeeded: upper)
            .quotientAndRemainder(dividingBy: UInt64(truncatingIfNeeded: lower))
        return remainder == 0 ? UInt128(quotient) : nil
    }

    /// What the division leaves, with the sign of `divisor`: FEEL's `modulo`, the dividend less
    /// the divisor times the floor of the quotient, exact before it is rounded once.
    ///
    /// - Returns: Nil when `divisor` is 0.
    package func remainder(dividingBy divisor: DecimalNumber) -> DecimalNumber? {
        guard !divisor.isZero else { return nil }
        let least = min(exponent, divisor.exponent)
        guard !isZero else { return Self.zero(exponent: least) }
        let rest = truncatingRemainder(
            coefficient.magnitude,
            divisor.coefficient.magnitude,
            distance: exponent - divisor.exponent
        )
        let signed = Int128(truncatingIfNeeded: rest)
        let remainder = DecimalNumber(
            coefficient: isNegative ? 0 &- signed : signed,
            biasedExponent: Int64(least) + Self.exponentBias
        )
        guard rest != 0, isNegative != divisor.isNegative else { return remainder }
        return remainder.adding(divisor)
    }
}

/// `upper` times ten to the power of `distance`, modulo `lower`, both below 10^34: of the finer
/// unit of the two.
private func truncatingRemainder(_ upper: UInt128, _ lower: UInt128, distance: Int) -> UInt128 {
    if distance <= 0 {
        // So many zeros that the divisor is greater than any dividend.
        guard digitCount(lower) - distance <= DecimalNumber.digitsMax else { return upper }
        return upper % (lower * powerOfTen(-distance))
    }
    // The power by squares, each modulo the divisor: 12,287 has 14 bits.
    var product = upper % lower
    var square = 10 % lower
    var left = distance
    while left > 0 {
        if left & 1 == 1 {
            product = WideInteger(product, times: square).divided(by: lower).remainder
        }
        square = WideInteger(square, times: square).divided(by: lower).remainder
        left >>= 1
    }
    return product
}

/// A number that is not 0 without the zeros at its end, and how many those were.
func strippingZeros(_ value: UInt128, atMost limit: Int) -> (value: UInt128, zeros: Int) {
    var value = value
    var zeros = 0
    var step = 16
    while value >> 64 != 0 && step > 0 {
        if zeros + step <= limit {
            let (quotient, remainder) = value.quotientAndRemainder(dividingBy: powerOfTen(step))
            if remainder == 0 {
                value = quotient
                zeros += step
                continue
            }
        }
        step >>= 1
    }
    guard step > 0 else { return (value, zeros) }
    var word = UInt64(truncatingIfNeeded: value)
    while step > 0 {
        let (quotient, remainder) = word.quotientAndRemainder(
            dividingBy: UInt64(bitPattern: smallPowersOfTen[step])
        )
        if remainder == 0 && zeros + step <= limit {
            word = quotient
            zeros += step
        } else {
            step >>= 1
        }
    }
    return (UInt128(word), zeros)
}
