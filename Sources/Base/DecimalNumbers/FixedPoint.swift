// SPDX-License-Identifier: Apache-2.0

// Numbers with 320 bits behind the point, for what has no last digit: exponentials and
// logarithms. 96 decimals are kept where 34 digits are wanted. So many because of results next to
// which there is the middle between two numbers: the exponential of 5E-34 is 1.25E-67 above one.

/// A number with 64 bits before its point and 320 behind it, in two's complement.
struct FixedPoint {
    /// From the lowest to the one before the point.
    var words: InlineArray<6, UInt64>

    /// A whole number.
    init(_ whole: UInt64) {
        words = [0, 0, 0, 0, 0, whole]
    }

    private init(words: InlineArray<6, UInt64>) {
        self.words = words
    }

    /// A number of two words: the one before the point and the one behind it.
    init(whole: UInt64, fraction: UInt64) {
        words = [0, 0, 0, 0, fraction, whole]
    }

    static let one = FixedPoint(1)

    /// The natural logarithm of 10, rounded down.
    static let logarithmOfTen = FixedPoint(words: [
        0x58BC_0B5E_C6A0_4173, 0x0F18_7A08_07C0_B5CA, 0x8A3F_B3E7_6977_E43A,
        0xA95B_58AE_0B4C_28A3, 0x4D76_3776_AAA2_B05B, 0x0000_0000_0000_0002,
    ])

    var isNegative: Bool { words[5] &>> 63 == 1 }

    /// The number as a double, roughly; not of a negative one.
    var roughly: Double { Double(words[5]) + Double(words[4]) * 0x1p-64 }

    var negated: FixedPoint { FixedPoint(0).subtracting(self) }

    func adding(_ other: FixedPoint) -> FixedPoint {
        var sum = self
        var carry: UInt128 = 0
        for index in 0..<6 {
            carry &+= UInt128(words[index]) &+ UInt128(other.words[index])
            sum.words[index] = UInt64(truncatingIfNeeded: carry)
            carry &>>= 64
        }
        return sum
    }

    func subtracting(_ other: FixedPoint) -> FixedPoint {
        var difference = self
        var borrow = false
        for index in 0..<6 {
            let (first, isBelow) = words[index].subtractingReportingOverflow(other.words[index])
            let (second, isStillBelow) = first.subtractingReportingOverflow(borrow ? 1 : 0)
            difference.words[index] = second
            borrow = isBelow || isStillBelow
        }
        return difference
    }

    /// The product of numbers that are not negative and whose product fits, rounded down; at most
    /// 7 units of the last bit too small.
    func multiplied(by other: FixedPoint) -> FixedPoint {
        var product = InlineArray<12, UInt64>(repeating: 0)
        for row in 0..<6 {
            var carry: UInt128 = 0
            // What is below the fourth word reaches the last bits only.
            for column in max(4 &- row, 0)..<6 {
                carry &+= UInt128(words[row]) &* UInt128(other.words[column])
                carry &+= UInt128(product[row &+ column])
                product[row &+ column] = UInt64(truncatingIfNeeded: carry)
                carry &>>= 64
            }
            product[row &+ 6] = UInt64(truncatingIfNeeded: carry)
        }
        var result = self
        for index in 0..<6 { result.words[index] = product[index &+ 5] }
        return result
    }

    /// The quotient of a number that is not negative, rounded down.
    func divided(by divisor: UInt64) -> FixedPoint {
        var quotient = self
        var rest: UInt64 = 0
        for index in stride(from: 5, through: 0, by: -1) {
            (quotient.words[index], rest) = divisor.dividingFullWidth((rest, words[index]))
        }
        return quotient
    }

    /// The number over 2^16.
    var dividedBy65536: FixedPoint {
        var quotient = self
        for index in 0..<5 {
            quotient.words[index] = words[index] &>> 16 | words[index &+ 1] &<< 48
        }
        quotient.words[5] = words[5] &>> 16
        return quotient
    }

    /// How many of the bits behind the point are 0 before the first that is not; of a number below
    /// one.
    var leadingZeroBits: Int {
        for index in 0..<5 where words[4 &- index] != 0 {
            return index &* 64 &+ words[4 &- index].leadingZeroBitCount
        }
        return 320
    }
}
