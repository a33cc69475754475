// SPDX-License-Identifier: Apache-2.0

// Square roots.

extension DecimalNumber {
    /// The square root, rounded half to even.
    ///
    /// - Returns: Nil of a negative number.
    package func squareRoot() -> DecimalNumber? {
        guard !isNegative else { return nil }
        // Rounds down, of negative exponents too.
        let half = exponent >> 1
        guard !isZero else { return Self.zero(exponent: half) }
        var digits = coefficient.magnitude
        if exponent & 1 == 1 { digits *= 10 }
        // 35 digits of the root, one more than stay.
        let shift = Self.digitsMax + 1 - (digitCount(digits) + 1) / 2
        let square = WideInteger(digits, timesTenTo: 2 * shift)
        var root = square.squareRootRoundedDown
        var rootExponent = half - shift
        let isExact = WideInteger(root, times: root) == square
        if isExact {
            let (stripped, zeros) = strippingZeros(root, atMost: shift)
            root = stripped
            rootExponent += zeros
        }
        return Self.rounding(
            WideInteger(root),
            exponent: rootExponent,
            isNegative: false,
            isMore: !isExact
        )
    }
}

extension WideInteger {
    /// The greatest number whose square is not greater; of numbers below 10^70.
    var squareRootRoundedDown: UInt128 {
        guard !isZero else { return 0 }
        // From above, Newton's steps fall until the root is reached.
        let estimate = roughly.squareRoot() * (1 + 0x1p-50)
        var root = UInt128(UInt64(estimate * 0x1p-60) + 1) << 60
        while true {
            let next = (root + divided(by: root).quotient.low) >> 1
            if next >= root { return root }
            root = next
        }
    }
}
