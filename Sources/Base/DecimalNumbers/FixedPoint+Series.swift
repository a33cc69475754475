// SPDX-License-Identifier: Apache-2.0

// The two series that everything here is made of.

extension FixedPoint {
    /// The exponential of a number from 0 to the logarithm of 10, less than 2^-300 away.
    var exponential: FixedPoint {
        // 2^-14.8 at most: nineteen terms of Taylor's series reach 2^-337.
        let small = dividedBy65536
        var sum = FixedPoint.one
        for term in (1...19 as ClosedRange<UInt64>).reversed() {
            sum = sum.multiplied(by: small).divided(by: term).adding(.one)
        }
        for _ in 0..<16 { sum = sum.multiplied(by: sum) }
        return sum
    }

    /// The logarithm of one plus or minus a number of at most 1/500, over that number and its sign.
    func logarithmRatio(isNegative: Bool) -> FixedPoint {
        // Each term has at least as many more zeros as the number.
        let terms = UInt64(322 / max(leadingZeroBits, 1) + 1)
        var sum = FixedPoint.one.divided(by: terms + 1)
        for term in stride(from: terms, to: 0, by: -1) {
            let part = sum.multiplied(by: self)
            let next = FixedPoint.one.divided(by: term)
            sum = isNegative ? next.adding(part) : next.subtracting(part)
        }
        return sum
    }
}
