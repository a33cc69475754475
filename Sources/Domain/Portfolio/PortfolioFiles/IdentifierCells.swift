// SPDX-License-Identifier: Apache-2.0

// Identifiers of companies in cells, and what spreadsheets make of them. What they spoilt is told
// and never mended: the digits that are missing would be a guess.

internal import Documents
internal import Quantities

/// What a cell that should hold a SIREN or a SIRET holds.
enum SIRENCell {
    case siren(SIREN)
    case siret(SIREN)
    case wrong(PortfolioFileProblem.Code, message: String, advice: String)

    /// Reads a cell that is not nine digits alone, which were read before this.
    init(_ text: String) {
        let digits = String(
            String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace })
        )
        let isDigits = digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let count = digits.utf8.count
        do throws(IdentifierError) {
            if isDigits, count == 14 {
                self = .siret(try SIRET(digits).siren)
            } else if isDigits, count == 9 {
                self = .siren(try SIREN(digits))
            } else {
                self = Self.spoilt(digits, isDigits: isDigits) ?? Self.other(digits, isDigits)
            }
        } catch {
            self = .wrong(
                .notSIREN,
                message: "is no \(error.identifier): its last digit does not fit the others",
                advice: "look the company up: a digit is wrong, or two are exchanged"
            )
        }
    }

    private static func other(_ digits: String, _ isDigits: Bool) -> SIRENCell {
        let message =
            isDigits
            ? "has \(digits.utf8.count) digits, where a SIREN has 9 and a SIRET 14"
            : "is no SIREN, which has 9 digits, and no SIRET, which has 14"
        return .wrong(.notSIREN, message: message, advice: "write the digits and nothing else")
    }

    /// What a spreadsheet makes of a SIREN that it takes for a number; nil for anything else.
    private static func spoilt(_ digits: String, isDigits: Bool) -> SIRENCell? {
        let count = digits.utf8.count
        let asText = "make the column one of text in the spreadsheet, and export it again"
        if isDigits {
            guard (5...8).contains(count) || (10...13).contains(count) else { return nil }
            let whole = count < 9 ? ("SIREN", 9) : ("SIRET", 14)
            return .wrong(
                .spoiltSIREN,
                message: "has \(count) digits, where a \(whole.0) has \(whole.1): a spreadsheet "
                    + "takes zeros away from the front",
                advice: asText
            )
        }
        let parts = digits.utf8.split(omittingEmptySubsequences: false) { !isDigit($0) }
        let marks = digits.utf8.filter { !isDigit($0) }
        if parts.count == 2, marks == [0x2E] || marks == [0x2C], parts[0].count >= 5,
            !parts[1].isEmpty, parts[1].allSatisfy({ $0 == 0x30 })
        {
            return .wrong(
                .spoiltSIREN,
                message: "has decimals: a program took the number for an amount",
                advice: asText
            )
        }
        guard isExponential(marks), let first = parts.first, !first.isEmpty,
            parts.last?.isEmpty == false
        else { return nil }
        return .wrong(
            .spoiltSIREN,
            message: "is a number that a spreadsheet rounded: its digits are lost",
            advice: asText
        )
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Whether marks are those of 5.52E+08: a point or comma, an E, a plus.
    private static func isExponential(_ marks: [UInt8]) -> Bool {
        var marks = marks[...]
        if marks.first == 0x2E || marks.first == 0x2C { marks.removeFirst() }
        guard let letter = marks.popFirst(), letter | 0x20 == UInt8(ascii: "e") else {
            return false
        }
        return marks.isEmpty || marks.elementsEqual([UInt8(ascii: "+")])
    }
}
