// SPDX-License-Identifier: Apache-2.0

// Amounts as decimal numbers with a point, exact both ways.

extension Money {
    /// Reads a decimal number such as "-1234.5": digits, and behind a point as many as the currency
    /// has decimals, or fewer. Nothing is rounded.
    package init(decimal text: String, currency: Currency) throws(MoneyError) {
        var magnitude: UInt64 = 0
        var decimals: Int?
        var digitCount = 0
        let bytes = Array(text.utf8)
        let isNegative = bytes.first == UInt8(ascii: "-")
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where place == 0: continue
            case UInt8(ascii: ".") where decimals == nil && digitCount > 0: decimals = 0
            case 0x30...0x39:
                digitCount += 1
                decimals = decimals.map { $0 + 1 }
                guard decimals ?? 0 <= currency.exponent else { throw .tooManyDecimals(currency) }
                magnitude = try Self.appended(byte - 0x30, to: magnitude)
            default: throw .notANumber(place: place)
            }
        }
        // Neither nothing nor a point without digits behind it.
        guard digitCount > 0, decimals != 0 else { throw .notANumber(place: bytes.count) }
        for _ in 0..<currency.exponent - (decimals ?? 0) {
            magnitude = try Self.appended(0, to: magnitude)
        }
        self.init(minorUnits: try Self.signed(magnitude, isNegative), currency: currency)
    }

    private static func appended(
        _ digit: UInt8,
        to magnitude: UInt64
    ) throws(MoneyError) -> UInt64 {
        let (tenfold, isOver) = magnitude.multipliedReportingOverflow(by: 10)
        let (sum, isOverToo) = tenfold.addingReportingOverflow(UInt64(digit))
        guard !isOver, !isOverToo else { throw .overflow }
        return sum
    }

    /// The amount as a decimal number with all decimals of its currency, such as "-1234.50".
    package var decimal: String {
        let digits = String(minorUnits.magnitude)
        let exponent = currency.exponent
        let padded = String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + digits
        let sign = minorUnits < 0 ? "-" : ""
        guard exponent > 0 else { return sign + padded }
        return sign + padded.dropLast(exponent) + "." + padded.suffix(exponent)
    }
}

extension Money: CustomStringConvertible {
    /// The amount and its currency, such as "-1234.50 EUR".
    package var description: String { "\(decimal) \(currency)" }
}
