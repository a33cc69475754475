// SPDX-License-Identifier: Apache-2.0

// Decimal numbers of 34 digits, IEEE 754's decimal128 with roundTiesToEven: what FEEL calls a
// number. No infinity and no NaN: what has no number is nil, as FEEL has it. No negative zero.
//
// Two words. The coefficient has a sign and 114 bits in two's complement: the low word, and the
// upper 50 bits of the high one. The lowest 14 bits of that are the exponent plus 6176. So two
// numbers of one exponent, which is what amounts are, are added with one addition of 128 bits,
// and a coefficient of 63 bits, which is what nearly all are, is known by one comparison.
//
// A number keeps the zeros behind its point, as decimal128 does and as FEEL's numbers are defined
// (a coefficient and a scale): 1.10 + 1.10 is 2.20. They count for nothing when two are compared.

/// A decimal number of at most 34 digits.
package struct DecimalNumber: Sendable {
    /// The lowest 64 bits of the coefficient.
    @usableFromInline
    let low: UInt64
    /// The rest of the coefficient, and below it the exponent with its bias.
    @usableFromInline
    let high: Int64

    /// How many digits a coefficient has at most.
    package static let digitsMax = 34  // tidy: limit: of decimal128
    /// The smallest exponent.
    package static let exponentMin = -6176
    /// The greatest exponent.
    package static let exponentMax = 6111  // tidy: limit: of decimal128

    /// The bits of the high word that are the exponent.
    @usableFromInline
    static let exponentMask: Int64 = 0x3FFF
    /// How many they are.
    @usableFromInline
    static let exponentBits: Int64 = 14
    /// What is added to an exponent so that it is never negative.
    @usableFromInline
    static let exponentBias: Int64 = 6176
    /// How many exponents there are.
    @usableFromInline
    static let exponentCount: UInt64 = 12288
    /// 10^34 over 2^64, rounded down: a sum or product whose upper word is nearer to 0 than this
    /// has 34 digits or fewer.
    @usableFromInline
    static let upperWordMax: Int64 = 542_101_086_242_752  // tidy: limit: of decimal128

    /// A number of its parts, which have to be in range.
    @inlinable
    @inline(__always)
    init(coefficient: Int128, biasedExponent: Int64) {
        low = UInt64(truncatingIfNeeded: coefficient)
        high =
            Int64(truncatingIfNeeded: coefficient >> 64) &<< Self.exponentBits | biasedExponent
    }

    /// A whole number.
    @inlinable
    @inline(__always)
    package init(_ value: Int) {
        self.init(coefficient: Int128(truncatingIfNeeded: value), biasedExponent: 6176)
    }

    /// `coefficient` times ten to the power of `exponent`, rounded to 34 digits.
    ///
    /// - Returns: Nil when it is beyond the greatest number.
    package init?(coefficient: Int128, exponent: Int) {
        guard
            let number = Self.rounding(
                WideInteger(coefficient.magnitude),
                exponent: min(max(exponent, -20_000), 20_000),
                isNegative: coefficient < 0
            )
        else { return nil }
        self = number
    }

    /// Nothing, with an exponent as near as there is.
    static func zero(exponent: Int) -> DecimalNumber {
        DecimalNumber(
            coefficient: 0,
            biasedExponent: Int64(min(max(exponent, exponentMin), exponentMax)) + exponentBias
        )
    }

    /// The coefficient: all digits, with the sign.
    @inlinable
    @inline(__always)
    package var coefficient: Int128 {
        Int128(truncatingIfNeeded: high &>> Self.exponentBits) &<< 64
            | Int128(truncatingIfNeeded: low)
    }

    /// The power of ten that the coefficient counts.
    @inlinable
    @inline(__always)
    package var exponent: Int { Int(truncatingIfNeeded: biasedExponent &- Self.exponentBias) }

    /// The exponent as it is kept.
    @inlinable
    @inline(__always)
    var biasedExponent: Int64 { high & Self.exponentMask }

    /// Whether the coefficient is all in the low word.
    @inlinable
    @inline(__always)
    var isSmall: Bool { high &>> Self.exponentBits == Int64(bitPattern: low) &>> 63 }

    /// Whether it is 0.
    @inlinable
    @inline(__always)
    package var isZero: Bool { low == 0 && high & ~Self.exponentMask == 0 }

    /// Whether it is less than 0.
    @inlinable
    @inline(__always)
    package var isNegative: Bool { high < 0 }
}

extension DecimalNumber: ExpressibleByIntegerLiteral {
    /// A number written in code.
    @inlinable
    @inline(__always)
    package init(integerLiteral value: Int) {
        self.init(value)
    }
}
