// SPDX-License-Identifier: Apache-2.0

// Plain lines of journals and ledgers are read where they lie, all others the long way: whatever a
// file holds, both give the same.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct PlainLineTests {
    private struct Told: Equatable {
        var facts: [String]
        var findings: [Finding]
        var counts: [FindingCode: Int]
        var records: RecordCounts
    }

    // MARK: Journals

    private func book(_ bytes: [UInt8], plain: Bool) -> Told? {
        (try? Book(bytes: bytes, takesPlainLines: plain)).map(told)
    }

    private func told(_ book: Book) -> Told {
        let summary = book.summary
        var facts = summary.accounts.map { "\($0)" }
        for side in LedgerSide.allCases {
            facts += book.invoices[side, default: []].map { "\($0)" }
        }
        facts += [summary.customers, summary.suppliers].map { "\($0)" }
        facts += (summary.customerCredits + summary.supplierCredits).map { "\($0)" }
        facts += summary.salesByMonth.sorted { $0.key < $1.key }.map { "\($0)" }
        facts.append("\(summary.firstDay?.description ?? "") \(summary.entries) \(summary.debit)")
        return Told(
            facts: facts,
            findings: book.findings.kept,
            counts: book.findings.counts,
            records: book.counts
        )
    }

    private func expectSameBook(_ bytes: [UInt8], _ note: String) {
        let plain = try? Book(bytes: bytes)
        let naive = try? Book(bytes: bytes, takesPlainLines: false)
        #expect(plain?.labels == naive?.labels, "\(note)")
        #expect(plain.map(told) == naive.map(told), "\(note)")
        #expect((try? Book(atOnce: bytes)).map(told) == naive.map(told), "at once, \(note)")
    }

    @Test(arguments: [
        "999100019FEC20241231.txt", "999100019FEC20251231.txt", "variants_2025_montant_sens.txt",
    ])
    func aBookIsTheSameReadEitherWay(file: String) throws {
        let bytes = try Paper.bytes(file)
        expectSameBook(bytes, file)
        #expect(book(bytes, plain: true) != nil)
        // With other ends of lines.
        let ends: [[UInt8]] = [[0x0A], [0x0D], [0x0D, 0x0A], [0x0D, 0x0D, 0x0A], [0x0A, 0x0A]]
        for end in ends {
            let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
            expectSameBook(Array(lines.joined(separator: end)) + end, "\(file) \(end)")
        }
    }

    @Test func damagedBooksAreTheSameReadEitherWay() throws {
        var random = SystemRandomNumberGenerator()
        let whole = try Paper.bytes("999100019FEC20251231.txt")
        let lines = whole.split(separator: 0x0A, omittingEmptySubsequences: false)
        let nasty = Array("\t|;,\"\r\n\0 -+.0139AZa\u{1A}".utf8) + [0x80, 0xA0, 0xC2, 0xE9, 0xFF]
        for round in 0..<120 {
            let first = Int.random(in: 1..<(lines.count - 60), using: &random)
            var bytes = Array(([lines[0]] + lines[first..<(first + 60)]).joined(separator: [0x0A]))
            let header = lines[0].count
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                let place = Int.random(in: header..<bytes.count, using: &random)
                let byte = nasty.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = byte
                case 1: bytes.insert(byte, at: place)
                default: bytes.remove(at: place)
                }
            }
            expectSameBook(bytes, "round \(round): \(bytes)")
        }
    }

    /// Cells of every kind in every column, and texts as long as what is kept of them in one piece.
    @Test func randomLinesAreTheSameReadEitherWay() {
        var random = SystemRandomNumberGenerator()
        let texts = [
            "", "A", "AB", "ABC", "ABCDEFG", "ABCDEFGH", "ABCDEFGI", "ABCDEFGHI", "ABCDEFGHIJKLMNO",
            "ABCDEFGHIJKLMNOP", "ABCDEFGHIJKLMNOQ", "ABCDEFGHIJKLMNOPQ", "ABCDEFGHIJKLMNOPQRSTUVW",
            "ABCDEFGHIJKLMNOPQRSTUVWX", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", " A ", "A\0", "A\0B", "É",
            " ",
        ]
        let dates = [
            "20250101", "20250228", "20250229", "20251231", "", "00000000", "01/02/2025", " ",
        ]
        let amounts = [
            "0,00", "0.00", "1,00", "12,34", "123,45", "1234,56", "12345,67", "123456,78",
            "1234567,89",
            "12345678,90", "123456789,01", "99999999999999,99", "999999999999999,99", "", "1",
            ",50",
            "1,5", "-12,00", "1 234,00", "12,3a", "1a,00", "/1,00", ":1,00", "1/,00", "00000012,00",
        ]
        let accounts = [
            "411000", "4110", "401", "512000", "707000", "607", "41", "4x1", "411É", "416",
        ]
        func pick(_ list: [String], _ usual: String) -> String {
            Bool.random(using: &random) ? usual : list.randomElement(using: &random) ?? ""
        }
        for round in 0..<60 {
            var text =
                "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum"
                + "|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet"
                + "|ValidDate|Montantdevise|Idevise\n"
            for line in 0..<80 {
                let cents = pick(amounts, "\(line % 5),00")
                let isDebit = Bool.random(using: &random)
                let cells = [
                    pick(texts, "VT"), "", pick(texts, "\(line / 2)"), pick(dates, "20250105"),
                    pick(accounts, "411000"), "", pick(texts, "C\(line % 7)"), "",
                    pick(texts, "F\(line)"), pick(dates, "20250105"), pick(texts, "label"),
                    isDebit ? cents : "0,00", isDebit ? "0,00" : cents, pick(texts, ""),
                    pick(dates, ""), pick(dates, "20250110"), "", "",
                ]
                text += cells.joined(separator: "|") + "\n"
            }
            expectSameBook(Array(text.utf8), "round \(round): \(text)")
        }
    }

    // MARK: Ledgers

    private func ledger(_ bytes: [UInt8], plain: Bool) -> Told? {
        let export = try? LedgerExport.read(
            Paper.buffer(bytes),
            paper: 4,
            findingsPerCodeMax: 50,
            takesPlainLines: plain
        )
        guard let export else { return nil }
        return Told(
            facts: export.invoices.map { "\($0)" } + export.parties.map { "\($0)" }
                + export.credits.map { "\($0)" },
            findings: export.findings.kept,
            counts: export.findings.counts,
            records: export.counts
        )
    }

    private func expectSameLedger(_ bytes: [UInt8], _ note: String) {
        let (plain, naive) = (ledger(bytes, plain: true), ledger(bytes, plain: false))
        #expect(plain == naive, "\(note)")
    }

    @Test(arguments: [
        "case_20.csv", "odoo_account_move_line.csv", "quickbooks_ar_aging_detail.csv",
        "sap_fbl5n.txt",
    ])
    func damagedLedgersAreTheSameReadEitherWay(file: String) throws {
        var random = SystemRandomNumberGenerator()
        let whole = try Paper.bytes(file, folder: "erp")
        #expect(ledger(whole, plain: true) != nil)
        expectSameLedger(whole, file)
        let nasty = Array("\t|;,\"\r\n\0 -+.=_0139AZa".utf8) + [0x80, 0xA0, 0xC2, 0xE9, 0xFF]
        for round in 0..<60 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = nasty.randomElement(using: &random) ?? 0
            }
            expectSameLedger(bytes, "\(file), round \(round): \(bytes)")
        }
    }

    @Test func randomLedgersAreTheSameReadEitherWay() {
        var random = SystemRandomNumberGenerator()
        let customers = [
            "C1", "C2", "Total", "-", "__", "=x", "É", " C1 ", "", "CUSTOMER 1234567", "C\u{A0}",
        ]
        let numbers = ["F1", "F2", "F3", "", "FACTURE-2025-00012345", "É", " F9 ", "-F4"]
        let dates = [
            "2025-01-31", "2025-02-29", "31/01/2025", "04/05/2025", "12/31/2025", "31.01.2025",
            "20250131", "", "2025-01-31 10:00", "x", "2025-1-1", " 2025-01-31 ", "2O25-01-31",
        ]
        let amounts = [
            "10.00", "10,00", "1.234", "1,234.50", "", "-5.00", "5.00-", "1234567890123.00",
            "12345678901234.00", "99999999999.99", "12", "12.5", "12.345", "EUR 5.00", "1O.00",
            "0.00",
        ]
        func pick(_ list: [String], _ usual: String) -> String {
            Int.random(in: 0..<3, using: &random) > 0
                ? usual : list.randomElement(using: &random) ?? ""
        }
        for round in 0..<80 {
            var text = "customer,invoice,issue_date,due_date,paid_date,amount\n"
            for line in 0..<60 {
                let cells = [
                    pick(customers, "C\(line % 9)"), pick(numbers, "N\(line)"),
                    pick(dates, "2025-01-0\(1 + line % 9)"), pick(dates, "2025-02-1\(line % 9)"),
                    pick(dates, line % 3 == 0 ? "" : "2025-03-01"), pick(amounts, "\(line).25"),
                ]
                text += cells.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",")
                text += ["\n", "\r\n"].randomElement(using: &random) ?? "\n"
            }
            expectSameLedger(Array(text.utf8), "round \(round): \(text)")
        }
    }
}
