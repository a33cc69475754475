// SPDX-License-Identifier: Apache-2.0

// Natural logarithms, with some 85 digits.

/// The natural logarithm of a number: `factor` times `digits` times ten to the power of
/// `exponent`, and a sign. So that of a number next to 1, which is next to 0, has as many digits.
struct Logarithm {
    var factor: FixedPoint
    var digits: UInt128
    var exponent: Int
    var isNegative: Bool

    /// That of a number of a coefficient of 1 to 34 digits, which is not 1.
    init(_ coefficient: UInt128, exponent: Int) {
        let count = digitCount(coefficient)
        let end = count + exponent
        // The number over a power of ten, which makes it 1 to 10, or 0.1 to 1.
        if end == 1 || end == 0 {
            let one = powerOfTen(end == 1 ? count - 1 : count)
            let distance = end == 1 ? coefficient - one : one - coefficient
            if distance * 500 < one {
                digits = distance
                self.exponent = 0 - (end == 1 ? count - 1 : count)
                isNegative = end == 0
                let part = FixedPoint.one.multiplied(by: distance, tenTo: self.exponent)
                factor = part.logarithmRatio(isNegative: isNegative)
                return
            }
        }
        let sum = Self.reduced(coefficient, count: count, end: end)
        digits = 1
        self.exponent = 0
        isNegative = sum.isNegative
        factor = sum.isNegative ? sum.negated : sum
    }

    /// That of any number: of the power of ten, and of what is left between 0.316 and 3.163.
    private static func reduced(_ coefficient: UInt128, count: Int, end: Int) -> FixedPoint {
        let leading = roughly(coefficient) / roughly(powerOfTen(count - 1))
        let isUpper = leading > 3.1625
        let tens = isUpper ? end : end - 1
        let part = FixedPoint.one.multiplied(by: coefficient, tenTo: isUpper ? -count : 1 - count)
        let guess = roughLogarithm(isUpper ? leading / 10 : leading)
        // 62 bits of it: all that follows is right for whatever is guessed.
        let bits = UInt64(guess.magnitude * 0x1p62)
        let step = FixedPoint(whole: bits &>> 62, fraction: bits &<< 2)
        let isAbove = guess > 0
        // One, but for what the guess is away: the part times the exponential of the guess's
        // negative, which is got over that of 10 where it is below one.
        var ratio = part.multiplied(
            by: (isAbove ? FixedPoint.logarithmOfTen.subtracting(step) : step).exponential
        )
        if isAbove { ratio = ratio.divided(by: 10) }
        let distance = ratio.subtracting(.one)
        let isBelow = distance.isNegative
        let size = isBelow ? distance.negated : distance
        let rest = size.multiplied(by: size.logarithmRatio(isNegative: isBelow))
        let power = FixedPoint.logarithmOfTen.multiplied(
            by: UInt128(tens.magnitude),
            tenTo: 0
        )
        var sum = tens < 0 ? power.negated : power
        sum = isAbove ? sum.adding(step) : sum.subtracting(step)
        return isBelow ? sum.subtracting(rest) : sum.adding(rest)
    }

    /// The logarithm of a double from 0.3 to 3.2, to some 15 digits.
    private static func roughLogarithm(_ value: Double) -> Double {
        let ratio = (value - 1) / (value + 1)
        let square = ratio * ratio
        var sum = 0.0
        for odd in stride(from: 57.0, through: 1.0, by: -2.0) { sum = sum * square + 1 / odd }
        return 2 * ratio * sum
    }
}
