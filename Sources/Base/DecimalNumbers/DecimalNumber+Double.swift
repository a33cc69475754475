// SPDX-License-Identifier: Apache-2.0

// Doubles: what one writes, and the nearest one.

extension DecimalNumber {
    /// The shortest decimal number that reads back as a double, and of the shortest the nearest:
    /// what the double is printed as.
    ///
    /// - Returns: Nil for NaN and the infinities.
    package init?(shortest value: Double) {
        guard value.isFinite else { return nil }
        self.init(parsing: value.description.utf8)
    }

    /// The nearest double, halves to even; beyond the greatest one an infinity.
    package var doubleValue: Double {
        let digits = coefficient
        // One rounding of two exact numbers.
        if digits.magnitude <= 1 << 53 && exponent >= -22 && exponent <= 22 {
            let power = Double(powerOfTen(abs(exponent)))
            let value = Double(digits)
            return exponent < 0 ? value / power : value * power
        }
        return Double("\(digits)E\(exponent)") ?? .nan
    }
}
