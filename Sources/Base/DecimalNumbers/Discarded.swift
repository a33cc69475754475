// SPDX-License-Identifier: Apache-2.0

// What is cut off when digits are dropped, and what that does to the digits that stay.

/// What was cut off, against half a unit of the last digit that stays.
enum Discarded {
    /// Nothing but zeros.
    case nothing
    /// Less than half a unit.
    case belowHalf
    /// Exactly half a unit.
    case half
    /// More than half a unit.
    case aboveHalf

    /// What is left of a division by `divisor`, which is even; `isMore` when something follows.
    init(remainder: UInt128, of divisor: UInt128, isMore: Bool) {
        let half = divisor &>> 1
        if remainder == 0 {
            self = isMore ? .belowHalf : .nothing
        } else if remainder == half {
            self = isMore ? .aboveHalf : .half
        } else {
            self = remainder < half ? .belowHalf : .aboveHalf
        }
    }
}

/// A rule of rounding decimal numbers.
package enum DecimalRounding: Sendable, CaseIterable {
    /// To the nearest; halves to the even digit. FEEL's `decimal`.
    case halfEven
    /// To the nearest; halves away from zero. FEEL's `round half up`.
    case halfUp
    /// To the nearest; halves towards zero. FEEL's `round half down`.
    case halfDown
    /// Away from zero. FEEL's `round up`.
    case up
    /// Towards zero. FEEL's `round down`.
    case down
    /// To the next greater. FEEL's `ceiling`.
    case ceiling
    /// To the next smaller. FEEL's `floor`.
    case floor

    /// Whether the magnitude becomes one greater.
    func raises(_ discarded: Discarded, isOdd: Bool, isNegative: Bool) -> Bool {
        guard discarded != .nothing else { return false }
        switch self {
        case .halfEven: return discarded == .aboveHalf || (discarded == .half && isOdd)
        case .halfUp: return discarded != .belowHalf
        case .halfDown: return discarded == .aboveHalf
        case .up: return true
        case .down: return false
        case .ceiling: return !isNegative
        case .floor: return isNegative
        }
    }
}

extension WideInteger {
    /// The number without its last digits.
    ///
    /// - Parameters:
    ///   - count: How many; any number.
    ///   - isMore: Whether something other than 0 follows the last digit.
    func droppingDigits(
        _ count: Int,
        isMore: Bool = false
    ) -> (kept: WideInteger, discarded: Discarded) {
        var kept = self
        var isMore = isMore
        var left = max(count, 0)
        // More digits than there are: less than half of a unit, however many more.
        guard left <= 78 else {
            return (WideInteger(0), isZero && !isMore ? .nothing : .belowHalf)
        }
        while true {
            let step = min(left, 38)
            left -= step
            guard step > 0 else { return (kept, isMore ? .belowHalf : .nothing) }
            let divisor = powerOfTen(step)
            let (quotient, remainder) = kept.divided(by: divisor)
            kept = quotient
            if left == 0 {
                return (kept, Discarded(remainder: remainder, of: divisor, isMore: isMore))
            }
            isMore = isMore || remainder != 0
        }
    }
}

extension UInt128 {
    /// The number without its last digits; `count` is any number.
    func droppingDigits(_ count: Int) -> (kept: UInt128, discarded: Discarded) {
        guard self >> 64 == 0, count > 0, count <= 18 else {
            let (kept, discarded) = WideInteger(self).droppingDigits(count)
            return (kept.low, discarded)
        }
        let divisor = UInt64(bitPattern: smallPowersOfTen[count])
        let (quotient, remainder) = UInt64(truncatingIfNeeded: self)
            .quotientAndRemainder(dividingBy: divisor)
        return (
            UInt128(quotient),
            Discarded(remainder: UInt128(remainder), of: UInt128(divisor), isMore: false)
        )
    }
}

extension DecimalNumber {
    /// The number of a magnitude and a sign, rounded once to what decimal128 has.
    ///
    /// - Parameters:
    ///   - magnitude: At most 76 digits.
    ///   - exponent: What its last digit counts, below 2^60 and above its negative.
    ///   - isNegative: The sign.
    ///   - isMore: Whether something other than 0 follows the last digit; then there is at least
    ///     one digit more than stays.
    /// - Returns: Nil when it is beyond the greatest number.
    static func rounding(
        _ magnitude: WideInteger,
        exponent: Int,
        isNegative: Bool,
        isMore: Bool = false
    ) -> DecimalNumber? {
        var exponent = exponent
        var coefficient = magnitude.low
        let surplus = max(
            magnitude.digitCount - digitsMax,
            magnitude.isZero ? 0 : exponentMin - exponent
        )
        if surplus > 0 {
            let (kept, discarded) = magnitude.droppingDigits(surplus, isMore: isMore)
            coefficient = kept.low
            exponent += surplus
            let isOdd = coefficient & 1 == 1
            if DecimalRounding.halfEven.raises(discarded, isOdd: isOdd, isNegative: false) {
                coefficient += 1
                if coefficient == powerOfTen(digitsMax) {
                    coefficient = powerOfTen(digitsMax - 1)
                    exponent += 1
                }
            }
        }
        guard coefficient != 0 else { return zero(exponent: exponent) }
        if exponent > exponentMax {
            // Exponents above the greatest become zeros of the coefficient, where there is room.
            let padding = exponent - exponentMax
            guard digitCount(coefficient) + padding <= digitsMax else { return nil }
            coefficient *= powerOfTen(padding)
            exponent = exponentMax
        }
        let signed = Int128(truncatingIfNeeded: coefficient)
        return DecimalNumber(
            coefficient: isNegative ? 0 &- signed : signed,
            biasedExponent: Int64(exponent) + exponentBias
        )
    }
}
