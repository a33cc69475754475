// SPDX-License-Identifier: Apache-2.0

// Dates, amounts and numbers of companies as XML papers write them.

internal import CreditFacts
internal import Quantities

/// A day and the second of it.
struct XMLMoment: Equatable {
    var date: CalendarDate
    var second: Int32

    /// Reads 2025-12-31 with a time or a zone behind, 20251231, 202512312359 or 20251231235959; nil
    /// for anything else. The day is the one that is written: no zone moves it.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        if bytes.allSatisfy(isDigit) {
            guard [8, 12, 14].contains(bytes.count) else { return nil }
            let number = { (range: Range<Int>) in
                range.upperBound <= bytes.count
                    ? bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) } : 0
            }
            let day = CalendarDate(year: number(0..<4), month: number(4..<6), day: number(6..<8))
            guard let day else { return nil }
            date = day
            second = Int32(
                clamping: number(8..<10) * 3_600 + number(10..<12) * 60 + number(12..<14)
            )
            return
        }
        guard bytes.count >= 10, let day = CalendarDate(String(text.prefix(10))) else { return nil }
        if bytes.count > 10, !"TZ+-".utf8.contains(bytes[10]) { return nil }
        (date, second) = (day, 0)
        // Thh:mm:ss
        let time = bytes.dropFirst(11).prefix(8)
        if bytes.count >= 19, bytes[10] == UInt8(ascii: "T") {
            let parts = time.split(separator: UInt8(ascii: ":"))
            guard parts.count == 3, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(isDigit) })
            else { return nil }
            second = parts.reduce(0) { all, part in
                all * 60 + part.reduce(0) { $0 * 10 + Int32($1 - 0x30) }
            }
        }
    }
}

/// Amounts: decimal numbers with a point.
enum XMLAmount {
    /// Minor units beyond which nothing is meant: sums of hundreds of amounts stay within 63 bits.
    // tidy: limit: of the arithmetic, not of a file
    private static let magnitudeMax: Int64 = 10_000_000_000_000_000

    /// The amount in minor units, and whether it had more decimals than the currency and was
    /// rounded; nil for what is none.
    static func read(_ text: String, _ currency: Currency) -> (units: Int64, isRounded: Bool)? {
        var units: Int64 = 0
        var decimals: Int?
        var digits = 0
        var (isRounded, isUp) = (false, false)
        for (place, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where place == 0, UInt8(ascii: "+") where place == 0: continue
            case UInt8(ascii: ".") where decimals == nil: decimals = 0
            case 0x30...0x39:
                digits += 1
                if let known = decimals {
                    decimals = known + 1
                    if known >= currency.exponent {
                        if known == currency.exponent { isUp = byte >= 0x35 }
                        isRounded = isRounded || byte != 0x30
                        continue
                    }
                }
                units = units * 10 + Int64(byte - 0x30)
                guard units < magnitudeMax else { return nil }
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        for _ in min(decimals ?? 0, currency.exponent)..<currency.exponent {
            units *= 10
            guard units < magnitudeMax else { return nil }
        }
        if isUp { units += 1 }
        return (text.utf8.first == UInt8(ascii: "-") ? -units : units, isRounded)
    }
}

/// The number of a company out of the identifiers that a paper gives for it.
struct PartyNumber {
    /// The number of the best one.
    private(set) var siren: SIREN?
    /// What was given for one and is none.
    private(set) var bad: String?
    private var rank = 0

    /// Takes an identifier. Schemes: 0002 SIREN, 0009 SIRET, 0225 an address that begins with a
    /// SIREN (ISO 6523 as the French reform uses it).
    mutating func add(_ text: String, scheme: String) {
        switch scheme {
        case "0002": take(try? SIREN(text), rank: 5, of: text)
        case "0009": take((try? SIRET(text))?.siren, rank: 4, of: text)
        case "0225", "0240": take(try? SIREN(String(text.prefix(9))), rank: 3, of: nil)
        case "": take((try? SIREN(text)) ?? (try? SIRET(text))?.siren, rank: 1, of: nil)
        default: break
        }
    }

    /// Takes a VAT number.
    mutating func add(vat text: String) { take(try? SIREN(vatNumber: text), rank: 2, of: nil) }

    private mutating func take(_ found: SIREN?, rank: Int, of text: String?) {
        guard let found else {
            bad = text ?? bad
            return
        }
        if rank > self.rank { (siren, self.rank) = (found, rank) }
    }
}
