// SPDX-License-Identifier: Apache-2.0

// Sums and products. What is inline decides in a few instructions whether the result is exact in
// two words, and gives it; everything else is done in 256 bits and rounded once.

extension DecimalNumber {
    /// The number with the other sign.
    @inlinable
    @inline(__always)
    package var negated: DecimalNumber {
        DecimalNumber(coefficient: 0 &- coefficient, biasedExponent: biasedExponent)
    }

    /// The number without its sign.
    @inlinable
    @inline(__always)
    package var magnitude: DecimalNumber { isNegative ? negated : self }

    /// The sum of both.
    ///
    /// - Returns: Nil when it is beyond the greatest number.
    @inlinable
    @inline(__always)
    package func adding(_ other: DecimalNumber) -> DecimalNumber? {
        if (high ^ other.high) & Self.exponentMask == 0 {
            let sum = coefficient &+ other.coefficient
            if Self.hasRoom(sum) {
                return DecimalNumber(coefficient: sum, biasedExponent: biasedExponent)
            }
        }
        return addingAligned(other)
    }

    /// What is left when another number is taken away.
    ///
    /// - Returns: Nil when it is beyond the greatest number.
    @inlinable
    @inline(__always)
    package func subtracting(_ other: DecimalNumber) -> DecimalNumber? {
        adding(other.negated)
    }

    /// The product of both.
    ///
    /// - Returns: Nil when it is beyond the greatest number.
    @inlinable
    @inline(__always)
    package func multiplied(by other: DecimalNumber) -> DecimalNumber? {
        if isSmall && other.isSmall {
            let product = Int64(bitPattern: low).multipliedFullWidth(
                by: Int64(bitPattern: other.low)
            )
            let biased = biasedExponent &+ other.biasedExponent &- Self.exponentBias
            if Self.hasRoom(upperWord: product.high),
                UInt64(bitPattern: biased) < Self.exponentCount
            {
                let coefficient =
                    Int128(truncatingIfNeeded: product.high) &<< 64
                    | Int128(truncatingIfNeeded: product.low)
                return DecimalNumber(coefficient: coefficient, biasedExponent: biased)
            }
        }
        return multipliedWide(by: other)
    }

    /// Whether a coefficient surely has 34 digits or fewer.
    @inlinable
    @inline(__always)
    static func hasRoom(_ coefficient: Int128) -> Bool {
        hasRoom(upperWord: Int64(truncatingIfNeeded: coefficient &>> 64))
    }

    /// The same of its upper word.
    @inlinable
    @inline(__always)
    static func hasRoom(upperWord: Int64) -> Bool {
        UInt64(bitPattern: upperWord &+ upperWordMax)
            < UInt64(truncatingIfNeeded: upperWordMax &* 2)
    }

    /// The sum of numbers of different exponents.
    @usableFromInline
    func addingAligned(_ other: DecimalNumber) -> DecimalNumber? {
        let isGreater = biasedExponent >= other.biasedExponent
        let (coarse, fine) = isGreater ? (self, other) : (other, self)
        let distance = coarse.biasedExponent - fine.biasedExponent
        if distance <= 18 && coarse.isSmall {
            let aligned =
                Int128(Int64(bitPattern: coarse.low)) &* Int128(smallPowersOfTen[Int(distance)])
            let sum = aligned &+ fine.coefficient
            if Self.hasRoom(sum) {
                return DecimalNumber(coefficient: sum, biasedExponent: fine.biasedExponent)
            }
        }
        return Self.wideSum(coarse, fine, distance: Int(distance))
    }

    /// The sum in 256 bits.
    ///
    /// - Parameters:
    ///   - coarse: The number of the greater exponent.
    ///   - fine: The other.
    ///   - distance: The difference of the exponents.
    private static func wideSum(
        _ coarse: DecimalNumber,
        _ fine: DecimalNumber,
        distance: Int
    ) -> DecimalNumber? {
        let great = coarse.coefficient.magnitude
        var small = WideInteger(fine.coefficient.magnitude)
        guard great != 0 else { return fine }
        var shift = distance
        var exponent = fine.exponent
        // With 74 digits the coarse number ends in 40 zeros at least, and 34 digits that begin
        // below its last one can only tip it: all of them weigh as much as a 1.
        let room = 74 - digitCount(great)
        if distance > room {
            exponent += distance - room
            shift = room
            if !small.isZero { small = WideInteger(1) }
        }
        let aligned = WideInteger(great, timesTenTo: shift)
        if coarse.isNegative == fine.isNegative {
            return rounding(
                aligned.adding(small),
                exponent: exponent,
                isNegative: coarse.isNegative
            )
        }
        if aligned.isLess(than: small) {
            return rounding(
                small.subtracting(aligned),
                exponent: exponent,
                isNegative: fine.isNegative
            )
        }
        return rounding(
            aligned.subtracting(small),
            exponent: exponent,
            isNegative: coarse.isNegative
        )
    }

    /// The product in 256 bits.
    @usableFromInline
    func multipliedWide(by other: DecimalNumber) -> DecimalNumber? {
        Self.rounding(
            WideInteger(coefficient.magnitude, times: other.coefficient.magnitude),
            exponent: exponent + other.exponent,
            isNegative: isNegative != other.isNegative
        )
    }
}
