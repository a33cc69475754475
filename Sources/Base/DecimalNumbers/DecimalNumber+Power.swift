// SPDX-License-Identifier: Apache-2.0

// Powers. What is a decimal number is given exactly; of all others all 34 digits are right.

extension DecimalNumber {
    /// The number to the power of another.
    ///
    /// 0 to the power of 0 is 1.
    ///
    /// - Returns: Nil when it is beyond the greatest number, of 0 to a negative power, and of a
    ///   negative number to a power that is not whole.
    package func power(_ exponent: DecimalNumber) -> DecimalNumber? {
        if exponent.isZero || self == 1 { return 1 }
        let isWhole = exponent.isWhole
        if isZero { return exponent.isNegative ? nil : 0 }
        guard !isNegative || isWhole else { return nil }
        let isNegative = isNegative && exponent.isOdd
        if isWhole, let exact = exactPower(exponent, isNegative: isNegative) { return exact.number }
        if self == -1 { return isNegative ? -1 : 1 }
        let logarithm = Logarithm(coefficient.magnitude, exponent: self.exponent)
        let digits = exponent.coefficient.magnitude
        let isBelowOne = logarithm.isNegative != exponent.isNegative
        let tens = logarithm.exponent + exponent.exponent
        // The product of the two is less than ten to this power times 14,200, and a hundredth of a
        // thousandth of that at least.
        let end = digitCount(logarithm.digits) + digitCount(digits) + tens
        if end < -45 { return isNegative ? Self.roundedOne.negated : Self.roundedOne }
        let none = isBelowOne ? Self.zero(exponent: Self.exponentMin) : nil
        if end > 10 { return none }
        let argument = logarithm.factor.multiplied(by: logarithm.digits, digits, tenTo: tens)
        if argument.words[5] > 20_000 { return none }
        return Self.rounding(
            power: Exponential(argument, isNegative: isBelowOne),
            isNegative: isNegative
        )
    }

    /// A power, exactly where it is a decimal number, as far as 128 bits tell.
    private static func rounding(power: Exponential, isNegative: Bool) -> DecimalNumber? {
        var digits = power.digits
        // Within 2^-128 of whole digits: these are it. No other power is so near to them.
        let isUp = power.fraction == .max
        guard isUp || power.fraction == 0 else {
            return rounding(
                digits,
                exponent: power.exponent,
                isNegative: isNegative,
                isMore: true
            )
        }
        if isUp { digits = digits.adding(WideInteger(1)) }
        let (stripped, zeros) = strippingZeros(
            digits.low,
            atMost: max(0 - power.exponent, 0)
        )
        return rounding(
            WideInteger(stripped),
            exponent: power.exponent + zeros,
            isNegative: isNegative
        )
    }

    /// What an exact power comes to, which may be beyond the greatest number.
    private struct ExactPower {
        var number: DecimalNumber?
    }

    /// The power, where it has few enough digits to be multiplied out; `power` is whole.
    private func exactPower(_ power: DecimalNumber, isNegative: Bool) -> ExactPower? {
        guard let count = power.integer else { return nil }
        let digits = coefficient.magnitude
        // First with its zeros, which stay where there is room: 1.10 squared is 1.2100.
        if count > 0, let product = multipliedOut(digits, count), product.digitCount <= 34 {
            return ExactPower(
                number: Self.scaled(product, exponent, times: count, isNegative: isNegative)
            )
        }
        var (base, zeros) = strippingZeros(digits, atMost: Self.digitsMax)
        var exponent = exponent + zeros
        if count < 0 {
            // One over a power of 2 is one of 5, over one of ten; and the other way round. One over
            // anything else has no end.
            guard let inverse = inverse(base) else { return nil }
            base = inverse.digits
            exponent = inverse.exponent - exponent
        }
        let magnitude = Int(clamping: count.magnitude)
        guard let product = multipliedOut(base, magnitude) else { return nil }
        return ExactPower(
            number: Self.scaled(product, exponent, times: magnitude, isNegative: isNegative)
        )
    }

    private static func scaled(
        _ product: WideInteger,
        _ exponent: Int,
        times count: Int,
        isNegative: Bool
    ) -> DecimalNumber? {
        let (total, isOver) = exponent.multipliedReportingOverflow(by: count)
        let sign = (exponent < 0) ? -20_000 : 20_000
        return rounding(
            product,
            exponent: isOver ? sign : min(max(total, -20_000), 20_000),
            isNegative: isNegative
        )
    }
}

/// A number to a power of 1 or more, unless it has more than 256 bits, or 128 before the last
/// multiplication.
private func multipliedOut(_ base: UInt128, _ count: Int) -> WideInteger? {
    if base == 1 { return WideInteger(1) }
    var product = WideInteger(base)
    // Two to the power of 128 ends this.
    for _ in 1..<max(count, 1) {
        guard product.high == 0 else { return nil }
        product = WideInteger(product.low, times: base)
    }
    return product.digitCount <= 76 ? product : nil
}

/// One over a number that is a power of 2 or of 5, as digits and an exponent.
private func inverse(_ value: UInt128) -> (digits: UInt128, exponent: Int)? {
    var left = value
    var digits: UInt128 = 1
    var exponent = 0
    let isEven = value & 1 == 0
    let divisor: UInt128 = isEven ? 2 : 5
    while left > 1 {
        let (quotient, remainder) = left.quotientAndRemainder(dividingBy: divisor)
        guard remainder == 0 else { return nil }
        left = quotient
        let (product, isOver) = digits.multipliedReportingOverflow(by: isEven ? 5 : 2)
        guard !isOver, product < powerOfTen(38) else { return nil }
        digits = product
        exponent -= 1
    }
    return (digits, exponent)
}
