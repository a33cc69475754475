// SPDX-License-Identifier: Apache-2.0

// Invoices and bank statements are told by their content, among other papers.

import CompanyPapers
import CreditFacts
import Documents
import Testing

@Suite struct InvoiceStackTests {
    private func stack(_ files: (folder: String, name: String)...) throws -> PaperStack {
        var stack = PaperStack()
        for file in files {
            let bytes = try Paper.bytes(file.name, folder: file.folder)
            let source = ByteSource(name: "x", totalBytes: nil) { _ throws(InputError) in 0 }
            stack.read(source.following(bytes))
        }
        return stack
    }

    @Test func kindsByContent() throws {
        let stack = try stack(
            ("einvoice", "invoice_380.ubl.xml"),
            ("einvoice", "credit_note_381.ubl.xml"),
            ("einvoice", "factur-x.xml"),
            ("einvoice", "cdar_207_en_litige.xml"),
            ("bank", "camt.053.001.02.xml"),
            ("bank", "statement.mt940")
        )
        #expect(
            stack.papers.map { $0.kind?.name ?? "" } == [
                "invoices", "invoices", "invoices", "invoices", "bank", "bank",
            ]
        )
        #expect(stack.papers.allSatisfy { $0.failure == nil })
        #expect(stack.invoices.count == 3 && stack.statuses.count == 1)
        #expect(stack.bankStatements.map(\.transactions.count) == [7, 3])
        #expect(stack.invoices.map(\.source.paper) == [0, 1, 2])
    }

    @Test func aPaperThatGivesNothingSaysWhy() throws {
        let bytes = try XMLPaper.changed(
            "invoice_380.ubl.xml",
            folder: "einvoice",
            [("DocumentCurrencyCode>EUR", "DocumentCurrencyCode>XYZ")]
        )
        var stack = PaperStack()
        let source = ByteSource(name: "x", totalBytes: nil) { _ throws(InputError) in 0 }
        stack.read(source.following(bytes))
        #expect(stack.papers[0].failure?.message.contains("bad_currency") == true)
        #expect(stack.papers[0].findings.counts == [.badCurrency: 1])
    }

    @Test func allFindingsHaveWords() {
        for code in FindingCode.allCases {
            #expect(FindingWords.of(code) != nil, "\(code.rawValue)")
        }
    }
}
