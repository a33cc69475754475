// SPDX-License-Identifier: Apache-2.0

// Numbers as people read them in a report, and what they are (Inline XBRL 1.1 §15, and the
// registries of transformations 1 to 5): a format tells which marks are decimal ones, a scale moves
// the decimal mark, a sign negates. Parentheses are only how a report shows that.

internal import Documents

/// Reads displayed numbers.
enum InlineNumber {
    /// Why a displayed number is none.
    enum Failure: Error {
        /// Its format is not known.
        case unknownFormat
        /// It is no number of its format.
        case noNumber
    }

    /// The mark of decimals by format, in small letters without hyphens; nil of those that are zero
    /// whatever is shown.
    private static func decimalMark(_ format: String) throws(Failure) -> UInt8? {
        switch format {
        case "", "numdotdecimal", "numdotdecimalapos", "numcommadot", "numspacedot":
            UInt8(ascii: ".")
        case "numcommadecimal", "numcommadecimalapos", "numdotcomma", "numspacecomma", "numcomma":
            UInt8(ascii: ",")
        case "zerodash", "numdash", "fixedzero": nil
        default: throw .unknownFormat
        }
    }

    /// The number that is meant.
    ///
    /// - Parameters:
    ///   - text: What is shown.
    ///   - format: The name of its format, with or without prefix; empty for none.
    ///   - scale: The power of ten that it is shown in; empty for none.
    ///   - isNegated: Whether its sign says so.
    static func value(
        _ text: [UInt8],
        format: String,
        scale: String,
        isNegated: Bool
    ) throws(Failure) -> Double {
        let name = format.split(separator: ":").last ?? ""
        let folded = String(name.lowercased().filter { $0 != "-" })
        guard let mark = try decimalMark(folded) else { return 0 }
        guard let power = scale.isEmpty ? 0 : Int(scale), abs(power) <= 20 else { throw .noNumber }
        // Without a format it is a number as programs write it: nothing groups its digits.
        guard let digits = plain(text, mark, isGrouped: !folded.isEmpty),
            // The exponent does what the scale says, exactly.
            let value = (digits + Array("e\(power)".utf8))[...].double, value.isFinite
        else { throw .noNumber }
        return isNegated ? -value : value
    }

    /// The digits, with a point for the decimal mark; nil for what is no number.
    private static func plain(_ text: [UInt8], _ mark: UInt8, isGrouped: Bool) -> [UInt8]? {
        var digits: [UInt8] = []
        var hasDigit = false
        var hasMark = false
        var shown = text[...].trimmed
        if shown.first == UInt8(ascii: "("), shown.last == UInt8(ascii: ")"), shown.count > 2 {
            shown = shown.dropFirst().dropLast().trimmed
        }
        for scalar in String(decoding: shown, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "0"..."9":
                hasDigit = true
                digits.append(UInt8(scalar.value))
            case _ where scalar.value == UInt32(mark) && !hasMark:
                hasMark = true
                digits.append(UInt8(ascii: "."))
            // Blanks of all widths, points, commas and apostrophes group digits before the mark.
            case " ", "\u{A0}", "\u{202F}", "\u{2009}", ".", ",", "'", "\u{2019}":
                guard isGrouped, !hasMark, hasDigit else { return nil }
            default: return nil
            }
        }
        return hasDigit ? digits : nil
    }
}
