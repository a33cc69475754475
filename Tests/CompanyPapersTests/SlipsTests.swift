// SPDX-License-Identifier: Apache-2.0

// Slips in papers that change a figure, or nearly: each is told, with its place.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct SlipsTests {
    private static func read(
        _ bytes: [UInt8],
        _ name: String = "paper",
        owner: SIREN? = nil
    ) -> PaperStack {
        var stack = PaperStack(owner: owner)
        stack.read(
            ByteSource(name: name, totalBytes: nil) { _ throws(InputError) in 0 }.following(bytes)
        )
        stack.finish()
        return stack
    }

    private static func told(_ stack: PaperStack, _ code: FindingCode) -> [Finding] {
        stack.papers.flatMap { $0.findings.kept }.filter { $0.code == code }
    }

    @Test func linesOfNoForm() throws {
        let filing = String(
            decoding: try Paper.bytes("bilan_saisi_2025.json", folder: "inpi"),
            as: UTF8.self
        )
        let stack = Self.read(Array(filing.replacing("\"FZ\"", with: "\"GX\"").utf8))
        #expect(Self.told(stack, .lineUnknown).map(\.field) == ["GX"])
        #expect(Self.told(Self.read(Array(filing.utf8)), .lineUnknown).isEmpty)
        let twice = Self.read(Array(filing.replacing("\"FZ\"", with: "\"FY\"").utf8))
        let found = Self.told(twice, .lineTwice)
        #expect(found.map(\.field) == ["FY"] && found.first?.values.count == 2)
        let table = try FormLines(
            Paper.buffer(Array("code;montant\nFL;10\nGX;5\nHN;1\n".utf8)),
            heading: FormLines.Heading(closing: CalendarDate("2025-12-31")),
            paper: 0,
            findingsPerCodeMax: 9
        )
        #expect(table.findings.kept.map(\.field) == ["GX"])
    }

    @Test func invoicesDueBeforeTheyWereIssued() {
        let stack = Self.read(
            Array(
                """
                customer;invoice;date;due;amount;open
                C1;F1;2025-03-10;2025-02-10;10,00;10,00
                C1;F2;2025-03-10;2025-03-10;10,00;10,00
                C1;A1;2025-03-10;2025-02-10;-5,00;-5,00

                """.utf8
            )
        )
        let found = Self.told(stack, .dueBeforeIssue)
        #expect(found.map(\.values) == [["F1", "2025-02-10", "2025-03-10"]])
    }

    @Test func wideTextWithoutAMark() throws {
        for (folder, name) in [
            ("fec", "999100019FEC20251231.txt"), ("inpi", "bilan_saisi_2025.json"),
            ("sirene", "StockUniteLegale_utf8.csv"), ("erp", "case_20.csv"),
        ] {
            let bytes = try Paper.bytes(name, folder: folder)
            let plain = Self.read(bytes)
            let units = Array(String(decoding: bytes, as: UTF8.self).utf16)
            let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            let big = units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
            for wide in [little, big] {
                let paper = Self.read(wide).papers.first
                #expect(paper?.failure == nil && paper?.kind == plain.papers.first?.kind)
                #expect(paper?.counts.kept == plain.papers.first?.counts.kept, "\(name)")
            }
        }
    }

    @Test func whoseBookItIs() throws {
        let bytes = try Paper.bytes("999100019FEC20251231.txt")
        let nobody = Self.read(bytes, "export.txt")
        #expect(nobody.statements.first?.siren == nil)
        #expect(Self.told(nobody, .bookOwnerUnknown).count == 1)
        let owner = try SIREN("999100027")
        let given = Self.read(bytes, "export.txt", owner: owner)
        #expect(given.statements.first?.siren == owner && given.books.first?.siren == owner)
        #expect(Self.told(given, .bookOwnerGiven).first?.values == ["999100027"])
        // A name that says it goes before.
        let named = Self.read(bytes, "999100019FEC20251231.txt", owner: owner)
        #expect(named.statements.first?.siren?.description == "999100019")
    }

    /// One bad line of a few leaves the others; of many, no figure is right.
    @Test func badLinesOfABook() {
        let header =
            "JournalCode\tEcritureNum\tEcritureDate\tCompteNum\tPieceRef\tPieceDate\tEcritureLib\t"
            + "Debit\tCredit\n"
        let good = "VE\t1\t20250110\t411000\tP\t20250110\tx\t1,00\t0\n"
        let bad = "VE\t1\t20250110\tABC\tP\t20250110\tx\t1,00\t0\n"
        let few = Self.read(Array((header + good + good + bad).utf8))
        #expect(few.papers.first?.failure == nil && few.books.count == 1)
        #expect(Self.told(few, .badAccount).first?.source.line == 4)
        let many = Self.read(
            Array((header + good + String(repeating: bad, count: 11)).utf8)
        )
        #expect(many.papers.first?.failure != nil && many.books.isEmpty)
    }

    /// What would take hours if time went with the square: twenty thousand payments of as many
    /// invoices of one number, and as many entries of one bank statement. The limit counts the time
    /// that it waits for other tests, too.
    @Test(.timeLimit(.minutes(20))) func timeGoesWithTheLength() throws {
        var journal =
            "JournalCode\tEcritureNum\tEcritureDate\tCompteNum\tPieceRef\tPieceDate\tEcritureLib\t"
            + "Debit\tCredit\tCompAuxNum\n"
        let entry =
            "V\t1\t20250110\t411\tP\t20250110\tx\t1,00\t0,00\tC\n"
            + "V\t1\t20250110\t416\tP\t20250110\tx\t0,00\t1,00\tC\n"
        journal += String(repeating: entry, count: 20_000)
        #expect(Self.read(Array(journal.utf8)).books.count == 1)
        let sample = String(
            decoding: try Paper.bytes("statement.mt940", folder: "bank"),
            as: UTF8.self
        )
        let lines = sample.split(whereSeparator: \.isNewline).map(String.init)
        let place = try #require(lines.firstIndex { $0.hasPrefix(":61:") })
        let many = [String](repeating: lines[place], count: 20_000)
        let long = lines[..<place] + many + [":62F:C251231EUR0,00", "-", ""]
        let stack = Self.read(Array(long.joined(separator: "\r\n").utf8))
        #expect(stack.bankStatements.first?.transactions.count == 20_000)
    }
}
