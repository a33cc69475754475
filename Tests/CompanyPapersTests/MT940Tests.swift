// SPDX-License-Identifier: Apache-2.0

// Statements in the old format of SWIFT.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct MT940Tests {
    private func read(_ text: String) throws -> BankStatementList {
        try MT940.statements(Array(text.utf8), paper: 0, findingsPerCodeMax: 9)
    }

    private func entry(_ field: String, _ text: String = "") throws -> BankTransaction? {
        try read(":20:X\n:60F:C251201EUR0,\n:61:\(field)\n:86:\(text)\n").statements.first?
            .transactions.first
    }

    @Test func theSample() throws {
        let bytes = try Paper.bytes("statement.mt940", folder: "bank")
        let list = try MT940.statements(bytes, paper: 0, findingsPerCodeMax: 9)
        let statement = try #require(list.statements.first)
        #expect(statement.account == "FR7699999999990000000000000")
        #expect(statement.opening == -1_859 && statement.closing == -61_859)
        #expect(statement.transactions.map(\.cents) == [120_000, -120_000, -60_000])
        #expect(statement.balanceFits == true && list.findings.counts.isEmpty)
        #expect(statement.transactions.map(\.isReversal) == [false, true, false])
        #expect(statement.transactions.map(\.endToEnd) == ["F2025-0101", "F2025-0101", ""])
        #expect(statement.transactions.map(\.reference) == ["E1", "E3", ""])
        #expect(statement.transactions[0].texts == ["BETON & CIE F2025-0101"])
    }

    @Test func entries() throws {
        let newYear = try entry("2601020102C1,5NTRFX//Y")
        #expect(newYear?.date.description == "2026-01-02" && newYear?.cents == 150)
        #expect(try entry("2512310102CR1,50NTRFX")?.date.description == "2026-01-02")
        #expect(try entry("2601021231D7,NTRFX")?.date.description == "2025-12-31")
        #expect(try entry("251201RD7,NTRFX")?.cents == 700)
        let cut = try entry("251201C7,NTRFX", "166?00VIR?20Facture F20?2125-01?31FR1?32CLIENT")
        #expect(cut?.texts == ["Facture F20", "25-01"] && cut?.party == "CLIENT")
        #expect(cut?.partyAccount == "FR1")
    }

    @Test func whatCannotBeRead() throws {
        #expect(throws: DocumentError.self) { try read("hello\n") }
        #expect(throws: DocumentError.self) { try read(":20:X\n:60F:C251201EUR0,\n:61:x\n") }
        let list = try read(
            ":20:X\n:60F:C251201EUR0,\n:61:x\n:61:251201C7,NTRFX\n:62F:C251231EUR9,00\n"
        )
        #expect(list.counts.setAside == 1 && list.counts.kept == 1)
        #expect(list.findings.counts == [.badAmount: 1, .balanceDiffers: 1])
    }

    @Test func damage() throws {
        let bytes = try Paper.bytes("statement.mt940", folder: "bank")
        let sound = try MT940.statements(bytes, paper: 0, findingsPerCodeMax: 9)
        XMLPaper.damaged(bytes) { damaged in
            let list = try? MT940.statements(damaged, paper: 0, findingsPerCodeMax: 9)
            guard let list, list.findings.counts.isEmpty else { return }
            #expect(
                list.statements.first?.transactions.map(\.cents)
                    == sound.statements.first?.transactions.map(\.cents)
            )
        }
    }
}
