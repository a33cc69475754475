// SPDX-License-Identifier: Apache-2.0

// Whole numbers of 256 bits, so of 77 digits: what a product, a dividend or a sum of two numbers
// has before it is rounded once.

/// A whole number of 256 bits.
struct WideInteger: Equatable {
    var high: UInt128
    var low: UInt128

    init(_ low: UInt128) {
        high = 0
        self.low = low
    }

    init(high: UInt128, low: UInt128) {
        self.high = high
        self.low = low
    }

    /// The product of both.
    init(_ left: UInt128, times right: UInt128) {
        let product = left.multipliedFullWidth(by: right)
        high = product.high
        low = product.low
    }

    /// A number of `digits` digits times a power of ten; together at most 76 digits.
    init(_ value: UInt128, timesTenTo power: Int) {
        let first = max(power - 38, 0)
        self.init(
            first == 0 ? value : value &* powerOfTen(first),
            times: powerOfTen(power - first)
        )
    }

    var isZero: Bool { high == 0 && low == 0 }

    /// The sum, which has to fit.
    func adding(_ other: WideInteger) -> WideInteger {
        let (sum, carry) = low.addingReportingOverflow(other.low)
        return WideInteger(high: high &+ other.high &+ (carry ? 1 : 0), low: sum)
    }

    /// The difference; `other` is not greater.
    func subtracting(_ other: WideInteger) -> WideInteger {
        let (difference, borrow) = low.subtractingReportingOverflow(other.low)
        return WideInteger(high: high &- other.high &- (borrow ? 1 : 0), low: difference)
    }

    /// The number as a double, to some 52 bits.
    var roughly: Double { DecimalNumbers.roughly(high) * 0x1p128 + DecimalNumbers.roughly(low) }

    /// Whether it is less than another.
    func isLess(than other: WideInteger) -> Bool {
        high == other.high ? low < other.low : high < other.high
    }

    /// How many digits it has; 0 has none.
    var digitCount: Int {
        if high == 0 { return DecimalNumbers.digitCount(low) }
        let bits = 256 &- high.leadingZeroBitCount
        let estimate = (bits &* 1233) &>> 12
        // Beyond 76 digits there is no need to know: no operation makes as many.
        let power = WideInteger(1, timesTenTo: min(estimate, 76))
        return isLess(than: power) ? estimate : estimate &+ 1
    }

    /// Quotient and remainder; `divisor` is not 0.
    func divided(by divisor: UInt128) -> (quotient: WideInteger, remainder: UInt128) {
        if high == 0 {
            if divisor &>> 64 == 0 && low &>> 64 == 0 {
                let (quotient, remainder) = UInt64(truncatingIfNeeded: low)
                    .quotientAndRemainder(dividingBy: UInt64(truncatingIfNeeded: divisor))
                return (WideInteger(UInt128(quotient)), UInt128(remainder))
            }
            if low < divisor { return (WideInteger(0), low) }
        }
        var upper: UInt128 = 0
        var rest = high
        if high >= divisor { (upper, rest) = high.quotientAndRemainder(dividingBy: divisor) }
        let (lower, remainder) = Self.divide(rest, low, by: divisor)
        return (WideInteger(high: upper, low: lower), remainder)
    }

    /// Divides two words of 128 bits by one that is greater than the upper: Knuth's algorithm D
    /// with digits of 64 bits, so two of them.
    static func divide(
        _ upper: UInt128,
        _ lower: UInt128,
        by divisor: UInt128
    ) -> (quotient: UInt128, remainder: UInt128) {
        let shift = UInt128(truncatingIfNeeded: divisor.leadingZeroBitCount)
        let scaled = divisor &<< shift
        let first = shift == 0 ? upper : upper &<< shift | lower &>> (128 &- shift)
        let second = lower &<< shift
        let (one, middle) = digit(first, UInt64(truncatingIfNeeded: second &>> 64), scaled)
        let (two, rest) = digit(middle, UInt64(truncatingIfNeeded: second), scaled)
        return (UInt128(one) &<< 64 | UInt128(two), rest &>> shift)
    }

    /// One digit of the quotient: `rest` is less than `divisor`, whose highest bit is 1.
    @inline(__always)
    private static func digit(
        _ rest: UInt128,
        _ next: UInt64,
        _ divisor: UInt128
    ) -> (digit: UInt64, rest: UInt128) {
        let upper = UInt64(truncatingIfNeeded: divisor &>> 64)
        let lower = UInt64(truncatingIfNeeded: divisor)
        let head = UInt64(truncatingIfNeeded: rest &>> 64)
        let middle = UInt64(truncatingIfNeeded: rest)
        var quotient = UInt64.max
        var left: UInt64 = 0
        var isSure = false
        if head < upper {
            (quotient, left) = upper.dividingFullWidth((head, middle))
        } else {
            (left, isSure) = middle.addingReportingOverflow(upper)
        }
        // The guess is at most two too great.
        while !isSure,
            UInt128(quotient) &* UInt128(lower) > UInt128(left) &<< 64 | UInt128(next)
        {
            quotient &-= 1
            (left, isSure) = left.addingReportingOverflow(upper)
        }
        let taken = divisor &* UInt128(quotient)
        return (quotient, (rest &<< 64 | UInt128(next)) &- taken)
    }
}
