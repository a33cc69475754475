// SPDX-License-Identifier: Apache-2.0

// Doubles: what one writes, and the nearest one.

extension DecimalNumber {
    /// The shortest decimal number that reads back as a double, and of the shortest the nearest:
    /// what the double is printed as.
    ///
    /// - Returns: Nil for NaN and the infinities.
    package init?(shortest value: Double) {
        guard value.isFinite else { return nil }
        // Amounts and rates have few digits. With 15 of them there is one number only that reads
        // back as the double, so the first that does is the shortest.
        if value.magnitude < 1e15 {
            for decimals in 0...4 {
                let power = Double(smallPowersOfTen[decimals])
                // To the nearest whole number, without asking a library.
                let digits = value * power + 0x1.8p52 - 0x1.8p52
                if digits.magnitude >= 1e15 { break }
                if digits / power == value {
                    self.init(
                        coefficient: Int128(Int64(digits)),
                        biasedExponent: Self.exponentBias - Int64(decimals)
                    )
                    return
                }
            }
        }
        if let number = Self.shortest(value) {
            self = number
        } else {
            self.init(parsing: value.description.utf8)
        }
    }

    /// The same by whole numbers, of what is neither very small nor very great: probabilities and
    /// ratios have all the digits that there are.
    ///
    /// A number of so many decimals reads as the double if it is within half of the double's last
    /// bit, at that bound if the double is even. More decimals are never further off, so the fewest
    /// are found by halves; of two that are equally near it is the even one. Cost: five products of
    /// 128 bits, 15 ns.
    private static func shortest(_ value: Double) -> DecimalNumber? {
        let magnitude = value.magnitude
        let digits = UInt128(magnitude.significandBitPattern | 1 << 52)
        // Below a power of two doubles are nearer to each other.
        guard magnitude >= 1e-5, magnitude < 0x1p50, digits != 1 << 52 else { return nil }
        let shift = UInt128(52 - Int(magnitude.exponent))
        var (low, high) = (1, 22)
        while low < high {
            let decimals = (low + high) / 2
            let power = powerOfTen(decimals)
            let scaled = digits &* power
            let whole = nearest(scaled, shift) &<< shift
            let twice = 2 &* (scaled > whole ? scaled &- whole : whole &- scaled)
            if twice < power || twice == power && digits & 1 == 0 {
                high = decimals
            } else {
                low = decimals + 1
            }
        }
        let found = Int128(truncatingIfNeeded: nearest(digits &* powerOfTen(low), shift))
        return DecimalNumber(
            coefficient: value < 0 ? 0 &- found : found,
            biasedExponent: exponentBias - Int64(low)
        )
    }

    private static func nearest(_ scaled: UInt128, _ shift: UInt128) -> UInt128 {
        let raised = scaled &+ 1 &<< (shift &- 1)
        let whole = raised &>> shift
        return whole &<< shift == raised ? whole & ~1 : whole
    }

    /// The double that is read as the number: with 15 digits or fewer there is always one.
    ///
    /// - Returns: Nil for a number of more digits, or very far from 1.
    @inlinable
    package var exactDouble: Double? {
        guard isSmall, Int64(bitPattern: low).magnitude < 1_000_000_000_000_000,
            exponent >= -22, exponent <= 22
        else { return nil }
        return doubleValue
    }

    /// The nearest double, halves to even; beyond the greatest one an infinity.
    package var doubleValue: Double {
        let digits = coefficient
        if digits.magnitude <= 1 << 53 && exponent >= -22 && exponent <= 22 {
            // One rounding of two exact numbers: the power has 52 bits or fewer that are not 0.
            let power = roughly(powerOfTen(abs(exponent)))
            let value = Double(Int64(truncatingIfNeeded: digits))
            return exponent < 0 ? value / power : value * power
        }
        if exponent >= -38 && exponent <= 38 {
            let magnitude = Self.nearest(digits.magnitude, exponent)
            return isNegative ? -magnitude : magnitude
        }
        return Double("\(digits)E\(exponent)") ?? .nan
    }

    /// The nearest double of digits, not 0, times ten to the power of -38 to 38.
    private static func nearest(_ digits: UInt128, _ exponent: Int) -> Double {
        if exponent >= 0 {
            let product = WideInteger(digits, times: powerOfTen(exponent))
            if product.high == 0 { return nearest(product.low, isMore: false, binary: 0) }
            let shift = 128 - product.high.leadingZeroBitCount
            let kept = product.shiftedRight(by: shift)
            return nearest(
                kept,
                isMore: product.low << (128 - shift) != 0,
                binary: shift
            )
        }
        // A quotient of 126 or 127 bits.
        let power = powerOfTen(-exponent)
        let shift = 126 + digits.leadingZeroBitCount - power.leadingZeroBitCount
        let (quotient, remainder) = WideInteger(digits, shiftedLeftBy: shift).divided(by: power)
        return nearest(quotient.low, isMore: remainder != 0, binary: -shift)
    }

    /// The nearest double of a whole number times 2 to the power of `binary`.
    private static func nearest(_ value: UInt128, isMore: Bool, binary: Int) -> Double {
        let surplus = max(64 - value.leadingZeroBitCount, 0)
        var word = UInt64(truncatingIfNeeded: value >> surplus)
        // The lowest of 64 bits stands for all below: a double takes 53.
        if isMore || value << (128 - surplus) != 0 { word |= 1 }
        return Double(sign: .plus, exponent: binary + surplus, significand: Double(word))
    }
}

extension WideInteger {
    /// A number of at most 128 bits times 2 to the power of 0 to 255; both together fit.
    init(_ value: UInt128, shiftedLeftBy shift: Int) {
        self.init(
            high: shift >= 128 ? value << (shift - 128) : value >> (128 - shift),
            low: value << shift
        )
    }

    /// The lower 128 bits over 2 to the power of 0 to 128.
    func shiftedRight(by shift: Int) -> UInt128 {
        low >> shift | high << (128 - shift)
    }
}
