// SPDX-License-Identifier: Apache-2.0

// Amounts of books with marks between thousands: read where the book tells how, refused where
// nothing does.

import CompanyPapers
import CreditFacts
import Testing

@Suite struct JournalAmountsTests {
    private static let header =
        "JournalCode\tEcritureNum\tEcritureDate\tCompteNum\tPieceRef\tPieceDate\tEcritureLib\t"
        + "Debit\tCredit\n"

    /// A book with an entry for each amount, as it stands there.
    private static func book(_ amounts: [String], encoded: (String) -> [UInt8] = { Array($0.utf8) })
        throws -> Book
    {
        var text = header
        for (number, amount) in amounts.enumerated() {
            let head = "VE\t\(number)\t20250110\t"
            text += "\(head)512000\tP\t20250110\tx\t\(amount)\t0\n"
            text += "\(head)706000\tP\t20250110\tx\t0\t\(amount)\n"
        }
        return try Book(bytes: encoded(text))
    }

    @Test(arguments: [
        "1 234,56", "1\u{A0}234,56", "1\u{202F}234,56", "1\u{2009}234,56", "1.234,56", "1,234.56",
        "1'234.56", "1\u{2019}234,56", "1 234.56", "  1 234,56 ",
    ])
    func marksBetweenThousands(amount: String) throws {
        let book = try Self.book([amount])
        #expect(book.counts.setAside == 0 && book.summary.debit == 123_456, "\(amount)")
        let grouped = try Self.book(["12" + amount.trimming().dropFirst()])
        #expect(grouped.summary.debit == 1_223_456, "\(amount)")
    }

    @Test func apostrophesOfWindows() throws {
        let book = try Self.book(["1\u{92}234,56", "é"]) { text in
            text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        }
        #expect(book.summary.debit == 123_456 && book.counts.setAside == 2)
    }

    /// 1.234 is told by the others: more than a thousand where the comma is before decimals.
    @Test func theBookTells() throws {
        #expect(try Self.book(["1.234", "12,50"]).summary.debit == 123_400 + 1_250)
        #expect(try Self.book(["1,234", "12.50"]).summary.debit == 123_400 + 1_250)
        let decimals = try Self.book(["1,234", "12,500", "0,500"])
        #expect(decimals.summary.debit == 123 + 1_250 + 50)
        #expect(decimals.findings.counts[.amountRounded] == 2)
        let told = try Self.book(["1.234", "12,50"]).findings.kept.first {
            $0.code == .amountsGrouped
        }
        #expect(told?.field == "Debit" && told?.values == ["1.234", "1234.00"])
    }

    @Test func nothingTells() throws {
        let book = try Self.book(["1.234", "500"])
        #expect(book.counts.setAside == 2 && book.summary.debit == 50_000)
        #expect(book.findings.counts[.ambiguousAmount] == 2)
        // Two ways of writing in one book.
        let both = try Self.book(["1.234", "12,50", "12.50"])
        #expect(both.findings.counts[.ambiguousAmount] == 2)
    }

    @Test(arguments: ["12 34,56", "1 2", "1.23,456", "1,23,456", "1.234.56", "1 23 456", "12'34"])
    func groupsThatAreNone(amount: String) throws {
        let book = try Self.book([amount, "5,00"])
        #expect(book.counts.setAside == 2 && book.findings.counts[.badAmount] == 2, "\(amount)")
    }
}

extension String {
    fileprivate func trimming() -> Substring { self[...].drop { $0 == " " } }
}
