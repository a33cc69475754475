// SPDX-License-Identifier: Apache-2.0

// Exponentials and logarithms: all 34 digits are right, rounded half to even. What no decimal
// number is, is computed with some 85 digits, far more than it takes to tell on which side of the
// middle between two numbers it lies.

extension DecimalNumber {
    /// Just 1, with as many zeros as there is room for.
    static let roundedOne = DecimalNumber(
        coefficient: Int128(truncatingIfNeeded: powerOfTen(33)),
        biasedExponent: exponentBias - 33
    )

    /// e to the power of the number; 0 where that is below the smallest number.
    ///
    /// - Returns: Nil when it is beyond the greatest number.
    package func exponential() -> DecimalNumber? {
        guard !isZero else { return 1 }
        let digits = coefficient.magnitude
        // How many digits are before the point.
        let end = digitCount(digits) + exponent
        if end > 5 { return isNegative ? Self.zero(exponent: Self.exponentMin) : nil }
        if end < -35 { return Self.roundedOne }
        let argument = FixedPoint.one.multiplied(by: digits, tenTo: exponent)
        return Self.rounding(Exponential(argument, isNegative: isNegative))
    }

    /// The natural logarithm.
    ///
    /// - Returns: Nil of 0 and of negative numbers.
    package func naturalLogarithm() -> DecimalNumber? {
        guard !isNegative && !isZero else { return nil }
        if self == 1 { return 0 }
        let logarithm = Logarithm(coefficient.magnitude, exponent: exponent)
        // 35 digits at least: one more than stay. The factor is above 1/501.
        let shift = 38 - digitCount(logarithm.digits)
        let (digits, _) = logarithm.factor.multiplied(
            byWhole: logarithm.digits * powerOfTen(shift)
        )
        return Self.rounding(
            digits,
            exponent: logarithm.exponent - shift,
            isNegative: logarithm.isNegative,
            isMore: true
        )
    }

    /// An exponential that no number is exactly.
    static func rounding(_ result: Exponential) -> DecimalNumber? {
        rounding(
            result.digits,
            exponent: result.exponent,
            isNegative: false,
            isMore: true
        )
    }
}
