// SPDX-License-Identifier: Apache-2.0

// Exponentials, with some 85 digits.

/// The exponential of a number: its digits and their exponent.
struct Exponential {
    /// The first 36 or 37 digits.
    var digits: WideInteger
    /// What follows them, over 2^128.
    var fraction: UInt128
    /// What the last digit counts.
    var exponent: Int

    /// That of a number below 2^20, or of its negative.
    init(_ argument: FixedPoint, isNegative: Bool) {
        let ten = FixedPoint.logarithmOfTen
        var tens = Int(argument.roughly / 2.302_585_092_994_045_7)
        var rest = argument.subtracting(ten.multiplied(by: UInt128(tens.magnitude), tenTo: 0))
        if rest.isNegative {
            rest = rest.adding(ten)
            tens -= 1
        }
        let isOver = !rest.subtracting(ten).isNegative
        if isOver {
            rest = rest.subtracting(ten)
            tens += 1
        }
        if isNegative {
            rest = ten.subtracting(rest)
            tens = -1 - tens
        }
        (digits, fraction) = rest.exponential.multiplied(byWhole: powerOfTen(35))
        exponent = tens - 35
    }
}
