// SPDX-License-Identifier: Apache-2.0

// Journals of entries (FEC): the books of a made-up company, and what broke other readers.

import CompanyPapers
import CreditFacts
import Documents
import PaymentTerms
import Quantities
import Testing

@Suite struct JournalTests {
    @Test(arguments: [("2024", 1_074, 410, "4294077.32"), ("2025", 1_059, 404, "4389096.55")])
    func sumsOfABook(year: String, lines: Int, entries: Int, total: String) throws {
        let book = try Book(file: "999100019FEC\(year)1231.txt")
        #expect(book.summary.lines == lines && book.summary.entries == entries)
        #expect(CentsText.text(book.summary.debit) == total)
        #expect(CentsText.text(book.summary.credit) == total)
        var balances: [String: Int64] = [:]
        for account in book.summary.accounts {
            balances[account.number, default: 0] += account.totals.balance
        }
        let expected = try Paper.rows("trial_balance_\(year).csv")
        #expect(balances.filter { $0.value != 0 }.count == expected.count)
        for row in expected {
            let balance = balances[row["account"] ?? ""].map(CentsText.text)
            #expect(balance == row["balance"], "\(row)")
        }
        #expect(book.findings.kept.isEmpty, "\(book.findings.kept)")
    }

    /// Another export of the same year: Montant and Sens, a mark before the text, other names of
    /// columns, padded numbers, times behind dates.
    @Test func anotherExportOfTheSameYearIsTheSame() throws {
        let book = try Book(file: "999100019FEC20251231.txt")
        let other = try Book(file: "variants_2025_montant_sens.txt")
        #expect(other.summary.accounts == book.summary.accounts)
        #expect(other.invoices == book.invoices)
    }

    @Test func invoicesOfCustomers() throws {
        let book = try Book(file: "999100019FEC20251231.txt")
        let found = Dictionary(
            book.invoices[.customers, default: []].map { ($0.reference, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let rows = try Paper.rows("invoices_expected.csv")
        #expect(found.count > 60)
        for invoice in found.values {
            let row = try #require(rows.first { $0["number"] == invoice.reference })
            #expect(book.summary.customers[Int(invoice.party)] == row["customer"])
            #expect(invoice.issued?.description == row["date"], "\(row)")
            #expect(invoice.due?.description == row["due"], "\(row)")
            #expect(invoice.dueSource == .terms)
            #expect(CentsText.text(invoice.open) == plain(row["open"]), "\(row)")
            #expect(CentsText.text(invoice.cents) == plain(row["amount"]), "\(row)")
            #expect(invoice.payments.last?.date.description ?? "" == row["last_payment"], "\(row)")
            #expect(invoice.isDoubtful == (row["doubtful"] == "1"), "\(row)")
        }
        let open = found.values.filter { $0.open > 0 }
        #expect(open.count == 10)
        #expect(CentsText.text(open.reduce(0) { $0 + $1.open }) == "126079.26")
        #expect(book.summary.customerCredits.map { CentsText.text($0.cents) } == ["2640.00"])
        let sales = book.summary.salesByMonth.values.reduce(0, +)
        #expect(CentsText.text(sales) == "779721.72")
    }

    private func plain(_ amount: String?) -> String {
        let amount = amount ?? ""
        return amount == "0" ? "0.00" : amount
    }

    // MARK: What broke other readers

    private static let header =
        "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib"
        + "|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate"
        + "|Montantdevise|Idevise"

    private func book(_ lines: [String], header: String = header) throws -> Book {
        try Book(text: ([header] + lines).joined(separator: "\r\n") + "\r\n")
    }

    @Test func aSeparatorInALabelIsPutBackOrTheLineIsSetAside() throws {
        let book = try book([
            "VT|V|1|20250110|411000|C|C1|A|F1|20250110|Lot A | reprise|120,00|0,00|||20250110||",
            "VT|V|1|20250110|707000|V|||F1|20250110|Lot A | x | y|0,00|120,00|||20250110||",
            "VT|V|2|20250111|41|1000|Cli|ents|C1|ALPHA|F2|20250111|z|50,00|0,00|||20250111||",
        ])
        #expect(book.labels == ["Lot A | reprise", "Lot A | x | y"])
        #expect(book.summary.debit == 12_000 && book.summary.credit == 12_000)
        #expect(book.counts.kept == 2 && book.counts.setAside == 1)
        let finding = try #require(book.findings.kept.first { $0.code == .tooManyCells })
        #expect(finding.source.line == 4)
    }

    @Test func columnsAreFoundByName() throws {
        let swapped = Self.header.split(separator: "|").map(String.init)
        var names = swapped
        names.swapAt(3, 9)
        let book = try book(
            [
                "VT|V|1|20250105|411000|C|C1|ALPHA|F1|20250131|Fact|120,00|0,00|||||",
                "VT|V|1|20250105|707000|V|||F1|20250131|Fact|0,00|120,00|||||",
            ],
            header: names.joined(separator: "|")
        )
        let invoice = try #require(book.invoices[.customers]?.first)
        #expect(invoice.issued?.description == "2025-01-05")
        #expect(book.summary.firstDay?.description == "2025-01-31")
        #expect(book.findings.counts[.validationDateMissing] == 2)
    }

    @Test func oddZeros() throws {
        let book = try book(
            [
                "AN|A|1|20250101|411000|C|  999|X|22960|20240404|F|,000|,000||00000000||,0|EUR|BAT",
                "AN|A|2|20250101|411000|C|  999|X|22961|20240405|F|   125,5|,000||00000000||||",
                "AN|A|2|20250101|110000|RAN|||AN|20250101|RAN|0|00000125,50||00000000|20250101|||",
            ],
            header: Self.header + "|Extra"
        )
        #expect(book.counts.kept == 3)
        #expect(book.summary.customers == ["999"])
        #expect(book.invoices[.customers]?.map(\.open) == [12_550])
        #expect(book.findings.counts[.zeroLines] == 1)
        #expect(book.findings.kept.first { $0.code == .extraColumns }?.values == ["Extra"])
    }

    @Test func codesOfMatchingBelongToOneCustomer() throws {
        let book = try book([
            "VT|V|1|20250101|411000|C|C1|A|F1|20250101|f|120,00|0,00|A|20250210|20250101||",
            "VT|V|1|20250101|707000|V|||F1|20250101|f|0,00|120,00|||20250101||",
            "BQ|B|2|20250210|411000|C|C1|A|R1|20250210|r|0,00|120,00|A|20250210|20250210||",
            "BQ|B|2|20250210|512000|B|||R1|20250210|r|120,00|0,00|||20250210||",
            "VT|V|3|20250105|411000|C|C2|B|F2|20250105|f|60,00|0,00|A|20250301|20250105||",
            "VT|V|3|20250105|707000|V|||F2|20250105|f|0,00|60,00|||20250105||",
            "BQ|B|4|20250301|411000|C|C2|B|R2|20250301|r|0,00|50,00|A|20250301|20250301||",
            "BQ|B|4|20250301|512000|B|||R2|20250301|r|50,00|0,00|||20250301||",
            "AC|A|5|20250107|401000|F|F1|G|S1|20250107|f|0,00|30,00|A|20250107|20250107||",
            "AC|A|5|20250107|607000|F|||S1|20250107|f|30,00|0,00|||20250107||",
        ])
        let open = book.invoices[.customers, default: []].map { ($0.reference, $0.open) }
        #expect(open.map(\.0).sorted() == ["F1", "F2"])
        #expect(open.first { $0.0 == "F2" }?.1 == 1_000)
        let partial = book.findings.kept.filter { $0.code == .letteringPartial }
        #expect(partial.map(\.values) == [["A", "10.00"], ["A", "30.00"]])
    }

    @Test(arguments: [
        ("x|12,5o|0,00", FindingCode.badAmount), ("x|1,2,3|0,00", .badAmount),
        ("x|--1|0,00", .badAmount), ("x|1e-9223372036854775808|0,00", .badAmount),
        ("x|1e9223372036854775807|0,00", .badAmount),
        ("x|99999999999999999999999|0,00", .badAmount),
    ])
    func badAmountsAreSetAside(cells: String, code: FindingCode) throws {
        let book = try book([
            "VT|V|1|20250110|411000|C|C1|A|F1|20250110|\(cells)|||20250110||",
            "VT|V|1|20250110|411000|C|C1|A|F1|20250110|x|1,00|0,00|||20250110||",
        ])
        #expect(book.counts.setAside == 1 && book.findings.counts[code] == 1)
    }

    /// Sums never overflow: what a book cannot hold is told.
    @Test func hugeAmountsInAnyNumberTrapNothing() throws {
        let line = "VT|V|1|20250110|411000|C|C1|A|F1|20250110|x|99999999999999,99|0,00|||20250110||"
        let lines = [String](repeating: line, count: 2_000)
        let book = try book(lines)
        #expect(book.summary.lines + (book.findings.counts[.badAmount] ?? 0) == 2_000)
        #expect((book.findings.counts[.badAmount] ?? 0) > 0)
    }

    @Test func marksOfQuotationJoinNothing() throws {
        let line = { (label: String) in
            "VT|V|1|20250110|411000|C|C1|A|F1|20250110|\(label)|1,00|0,00|||20250110||"
        }
        let book = try book([
            line("\"Lot A"), line("b"), line("c\""), line("\"d\""), line("\"e\" f"),
        ])
        #expect(book.counts.kept == 5 && book.summary.debit == 500)
    }

    @Test func whatIsNoJournalSaysWhatItLacks() throws {
        let failure = #expect(throws: InputError.self) { try book([], header: "a|b|CompteNum") }
        #expect(failure?.message.contains("EcritureDate") == true)
        #expect(failure?.message.contains("Debit and Credit") == true)
    }
}
