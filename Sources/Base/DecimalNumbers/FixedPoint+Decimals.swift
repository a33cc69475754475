// SPDX-License-Identifier: Apache-2.0

// From decimal numbers to fixed point and back.

extension FixedPoint {
    /// The number times whole numbers and a power of ten, rounded down.
    ///
    /// - Parameters:
    ///   - first: A factor.
    ///   - second: Another.
    ///   - power: The power of ten, at most 10. With a product of 2^63 or more, or of less than
    ///     2^-320, the result means nothing: callers look at the digits first.
    func multiplied(by first: UInt128, _ second: UInt128 = 1, tenTo power: Int) -> FixedPoint {
        var product = InlineArray<12, UInt64>(repeating: 0)
        for index in 0..<6 { product[index] = words[index] }
        Self.multiply(&product, by: first)
        if second != 1 { Self.multiply(&product, by: second) }
        if power > 0 { Self.multiply(&product, by: powerOfTen(min(power, 10))) }
        var left = max(0 - power, 0)
        // Six words and two factors of 34 digits are gone after 160 digits.
        while left > 0 && left < 400 {
            let step = min(left, 18)
            Self.divide(&product, by: UInt64(bitPattern: smallPowersOfTen[step]))
            left -= step
        }
        var result = self
        for index in 0..<6 { result.words[index] = product[index] }
        return result
    }

    /// The whole part of the product with a whole number, and what is behind its point.
    func multiplied(byWhole factor: UInt128) -> (whole: WideInteger, fraction: UInt128) {
        var product = InlineArray<12, UInt64>(repeating: 0)
        for index in 0..<6 { product[index] = words[index] }
        Self.multiply(&product, by: factor)
        return (
            WideInteger(
                high: Self.pair(product[8], product[7]),
                low: Self.pair(product[6], product[5])
            ),
            Self.pair(product[4], product[3])
        )
    }

    private static func pair(_ high: UInt64, _ low: UInt64) -> UInt128 {
        UInt128(high) &<< 64 | UInt128(low)
    }

    /// Multiplies twelve words, which have room.
    private static func multiply(_ words: inout InlineArray<12, UInt64>, by factor: UInt128) {
        let lower = UInt128(UInt64(truncatingIfNeeded: factor))
        let upper = UInt128(UInt64(truncatingIfNeeded: factor &>> 64))
        var previous: UInt128 = 0
        var lowerCarry: UInt128 = 0
        var upperCarry: UInt128 = 0
        for index in 0..<12 {
            let word = UInt128(words[index])
            lowerCarry &+= lower &* word
            upperCarry &+= upper &* previous
            let sum =
                UInt128(UInt64(truncatingIfNeeded: lowerCarry))
                &+ UInt128(UInt64(truncatingIfNeeded: upperCarry))
            words[index] = UInt64(truncatingIfNeeded: sum)
            lowerCarry &>>= 64
            upperCarry = upperCarry &>> 64 &+ sum &>> 64
            previous = word
        }
    }

    /// Divides twelve words.
    private static func divide(_ words: inout InlineArray<12, UInt64>, by divisor: UInt64) {
        var rest: UInt64 = 0
        for index in stride(from: 11, through: 0, by: -1) where words[index] != 0 || rest != 0 {
            (words[index], rest) = divisor.dividingFullWidth((rest, words[index]))
        }
    }
}
