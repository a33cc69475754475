// SPDX-License-Identifier: Apache-2.0

// How a quotient becomes a whole number. There is no default: whoever divides money says how.

/// A rule of rounding to whole numbers.
package enum Rounding: Sendable, CaseIterable {
    /// To the nearest; halves to the even one ("banker's rounding", IEEE 754's roundTiesToEven).
    case halfEven
    /// To the nearest; halves away from zero (commercial rounding, DIN 1333; Article 5 of Council
    /// Regulation (EC) 1103/97 rounds euro conversions so).
    case halfAwayFromZero
    /// Towards zero: the fraction is cut off.
    case towardZero
    /// Away from zero: any fraction counts as one.
    case awayFromZero

    /// Whether the magnitude of a quotient becomes one greater.
    ///
    /// - Parameters:
    ///   - quotient: The magnitude, rounded towards zero.
    ///   - remainder: What is left of it, less than `divisor`.
    func raises(quotient: UInt64, remainder: UInt64, divisor: UInt64) -> Bool {
        guard remainder > 0 else { return false }
        // Without doubling, which could overflow.
        let other = divisor - remainder
        switch self {
        case .towardZero: return false
        case .awayFromZero: return true
        case .halfAwayFromZero: return remainder >= other
        case .halfEven:
            return remainder > other || (remainder == other && quotient % 2 == 1)
        }
    }
}
