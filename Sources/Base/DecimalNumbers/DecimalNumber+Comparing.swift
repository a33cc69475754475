// SPDX-License-Identifier: Apache-2.0

// Order, equality and hash, all by value: 1.0 is 1.

extension DecimalNumber: Comparable {
    /// Whether the first is less.
    @inlinable
    @inline(__always)
    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        if (left.high ^ right.high) & exponentMask == 0 {
            return left.coefficient < right.coefficient
        }
        return left.order(against: right) < 0
    }

    /// Whether both have one value.
    @inlinable
    @inline(__always)
    package static func == (left: DecimalNumber, right: DecimalNumber) -> Bool {
        if (left.high ^ right.high) & exponentMask == 0 {
            return left.low == right.low && left.high == right.high
        }
        return left.order(against: right) == 0
    }

    /// Less than, equal to or greater than 0, as the number is less than, equal to or greater
    /// than another.
    @usableFromInline
    func order(against other: DecimalNumber) -> Int {
        let distance = biasedExponent - other.biasedExponent
        if distance >= 0 && distance <= 18 && isSmall {
            return Self.order(aligned(distance), other.coefficient)
        }
        if distance < 0 && distance >= -18 && other.isSmall {
            return Self.order(coefficient, other.aligned(-distance))
        }
        return wideOrder(against: other)
    }

    /// The coefficient in a finer unit.
    private func aligned(_ distance: Int64) -> Int128 {
        Int128(Int64(bitPattern: low)) &* Int128(smallPowersOfTen[Int(distance)])
    }

    private static func order(_ left: Int128, _ right: Int128) -> Int {
        left < right ? -1 : (left == right ? 0 : 1)
    }

    /// The order of numbers that do not meet in two words, or might not.
    private func wideOrder(against other: DecimalNumber) -> Int {
        let signs = Self.order(coefficient.signum(), other.coefficient.signum())
        guard signs == 0, !isZero else { return signs }
        let left = coefficient.magnitude
        let right = other.coefficient.magnitude
        let magnitudes: Int
        let leftEnd = digitCount(left) + exponent
        let rightEnd = digitCount(right) + other.exponent
        if leftEnd != rightEnd {
            magnitudes = leftEnd < rightEnd ? -1 : 1
        } else if exponent >= other.exponent {
            // As many digits as the other has, so it fits.
            let aligned = left &* powerOfTen(exponent - other.exponent)
            magnitudes = aligned < right ? -1 : (aligned == right ? 0 : 1)
        } else {
            let aligned = right &* powerOfTen(other.exponent - exponent)
            magnitudes = left < aligned ? -1 : (left == aligned ? 0 : 1)
        }
        return isNegative ? 0 - magnitudes : magnitudes
    }
}

extension DecimalNumber: Hashable {
    /// Hashes the value.
    package func hash(into hasher: inout Hasher) {
        guard !isZero else { return hasher.combine(0) }
        let (digits, zeros) = strippingZeros(coefficient.magnitude, atMost: Self.digitsMax)
        hasher.combine(digits)
        hasher.combine(isNegative)
        hasher.combine(exponent + zeros)
    }
}
