// SPDX-License-Identifier: Apache-2.0

// One book in the many forms in which packages write it: all must come to the same.

import CompanyPapers
import CreditFacts
import Documents
import Foundation
import Quantities
import Testing

@Suite struct JournalFormsTests {
    private static func sample() throws -> String {
        String(decoding: try Paper.bytes("999100019FEC20251231.txt"), as: UTF8.self)
    }

    private static func rows(_ text: String) -> [[String]] {
        text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static func text(_ rows: [[String]], _ separator: String = "|", end: String = "\r\n")
        -> String
    {
        rows.map { $0.joined(separator: separator) }.joined(separator: end) + end
    }

    /// The rows with the cells of some columns changed, behind the header.
    private static func changing(
        _ columns: [Int],
        _ change: (String) -> String
    ) throws -> String {
        var rows = rows(try sample())
        for row in rows.indices.dropFirst() {
            for column in columns { rows[row][column] = change(rows[row][column]) }
        }
        return text(rows)
    }

    private func expectSame(_ bytes: [UInt8], _ form: String) throws {
        let expected = try Book(file: "999100019FEC20251231.txt")
        let book = try Book(bytes: bytes)
        #expect(book.counts.kept == 1_059, "\(form)")
        #expect(book.summary.accounts == expected.summary.accounts, "\(form)")
        #expect(book.facts(.customers) == expected.facts(.customers), "\(form)")
        #expect(book.facts(.suppliers) == expected.facts(.suppliers), "\(form)")
    }

    @Test func encodings() throws {
        let text = try Self.sample()
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        try expectSame([0xEF, 0xBB, 0xBF] + Array(text.utf8), "UTF-8 with a mark")
        try expectSame([0xFF, 0xFE] + little, "UTF-16 with a mark")
        try expectSame([0xFE, 0xFF] + big, "UTF-16, great end first")
        try expectSame(little, "UTF-16 without a mark")
        try expectSame(big, "UTF-16 without a mark, great end first")
        let windows = try #require(text.data(using: .windowsCP1252, allowLossyConversion: true))
        try expectSame(Array(windows), "Windows-1252")
        let latin = try #require(text.data(using: .isoLatin1, allowLossyConversion: true))
        try expectSame(Array(latin), "ISO 8859-1")
    }

    @Test func linesAndSeparators() throws {
        let rows = Self.rows(try Self.sample())
        try expectSame(Array(Self.text(rows, end: "\r").utf8), "CR")
        try expectSame(Array(Self.text(rows, end: "\n").utf8), "LF")
        try expectSame(Array(Self.text(rows, end: "\r\n\r\n").utf8), "empty lines")
        try expectSame(Array(Self.text(rows, "\t").utf8), "tab")
        try expectSame(Array(Self.text(rows.map { $0 + [""] }).utf8), "a separator at the end")
        try expectSame(Array(Self.text(rows.map { $0 + ["", ""] }).utf8), "two at the end")
        let lines = [rows[0]] + rows.dropFirst().map { $0 + [""] }
        try expectSame(Array(Self.text(lines).utf8), "at the end of all lines but the header")
        let quoted = rows.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" } }
        try expectSame(Array(Self.text(quoted, ";").utf8), "quoted, with semicolons")
        try expectSame(Array(Self.text(quoted, ",").utf8), "quoted, with commas")
        let padded = rows.map { $0.map { " \($0)  " } }
        try expectSame(Array(Self.text(padded).utf8), "blanks around cells")
        let zeros = Array(Self.text(rows).utf8).flatMap { $0 == 0x7C ? [0x00, $0] : [$0] }
        try expectSame(zeros, "NUL before separators")
    }

    @Test func headers() throws {
        var rows = Self.rows(try Self.sample())
        let names = rows[0]
        for (form, change) in [
            ("small", { $0.lowercased() }), ("great", { $0.uppercased() }),
            ("accents", { $0.replacing("Debit", with: "Débit").replacing("Ecr", with: "Écr") }),
            ("broken accents", { $0.replacing("Credit", with: "CrÃ©dit") }),
            ("blanks", { $0.replacing("Num", with: " Num ") }),
            ("aliases", { $0.replacing("CompAux", with: "CompteAux") }),
        ] as [(String, (String) -> String)] {
            rows[0] = names.map(change)
            try expectSame(Array(Self.text(rows).utf8), form)
        }
        rows[0] = names
        let turned = rows.map { Array($0.reversed()) }
        try expectSame(Array(Self.text(turned).utf8), "columns in another order")
    }

    @Test func datesAndAmounts() throws {
        let dates = [3, 9, 14, 15]
        let part = { (date: String, from: Int, count: Int) in
            date.dropFirst(from).prefix(count)
        }
        for (form, change) in [
            ("slashes", { "\(part($0, 6, 2))/\(part($0, 4, 2))/\(part($0, 0, 4))" }),
            ("ISO", { "\(part($0, 0, 4))-\(part($0, 4, 2))-\(part($0, 6, 2))" }),
            ("day first", { "\(part($0, 6, 2))\(part($0, 4, 2))\(part($0, 0, 4))" }),
            ("with a time", { "\($0) 10:25:37" }),
            ("with a T", { "\(part($0, 0, 4))-\(part($0, 4, 2))-\(part($0, 6, 2))T10:25:37Z" }),
        ] as [(String, (String) -> String)] {
            let text = try Self.changing(dates) { $0.isEmpty ? "00000000" : change($0) }
            try expectSame(Array(text.utf8), form)
        }
        for (form, change) in [
            ("points", { $0.replacing(",", with: ".") }), ("plus behind", { "\($0)+" }),
            ("plus before", { "+\($0)" }), ("padded", { "000000\($0)" }),
            ("no-break spaces", { "\u{A0}\($0)\u{202F}" }), ("exponent", { "\($0)E+00" }),
            ("nothing for 0", { $0 == "0,00" ? "" : $0 }),
            (",00", { $0 == "0,00" ? ",00" : $0 }), ("three decimals", { "\($0)0" }),
        ] as [(String, (String) -> String)] {
            try expectSame(Array(try Self.changing([11, 12], change).utf8), form)
        }
    }

    @Test func amountsAndSense() throws {
        for (debit, credit) in [("D", "C"), ("d", "c"), ("+1", "-1")] {
            var rows = Self.rows(try Self.sample())
            for row in rows.indices.dropFirst() {
                let isDebit = rows[row][12] == "0,00"
                rows[row][11] = isDebit ? rows[row][11] : rows[row][12]
                rows[row][12] = isDebit ? debit : credit
            }
            (rows[0][11], rows[0][12]) = ("Montant", "Sens")
            try expectSame(Array(Self.text(rows).utf8), "\(debit)/\(credit)")
        }
    }

    /// A book that was cut into files, each with its header, is one book.
    @Test func partsOfABook() throws {
        let rows = Self.rows(try Self.sample())
        let parts = [Array(rows[..<400]), [rows[0]] + rows[400...]]
        let book = try Book(parts: parts.map { Array(Self.text($0).utf8) })
        let expected = try Book(file: "999100019FEC20251231.txt")
        #expect(book.summary.accounts == expected.summary.accounts)
        #expect(book.facts(.customers) == expected.facts(.customers))
        #expect(Set(book.invoices[.customers, default: []].map(\.source.paper)) == [0, 1])
    }
}
