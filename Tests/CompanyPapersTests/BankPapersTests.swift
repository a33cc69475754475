// SPDX-License-Identifier: Apache-2.0

// Statements and notifications of banks.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct BankPapersTests {
    private func read(_ file: String) throws -> BankStatementList {
        try XMLPaper.statements(Paper.bytes(file, folder: "bank"))
    }

    private func changed(_ file: String, _ changes: (String, String)...) throws
        -> BankStatementList
    {
        try XMLPaper.statements(XMLPaper.changed(file, folder: "bank", changes))
    }

    private func amounts(_ list: BankStatementList) -> [String] {
        list.statements.flatMap(\.transactions).map { CentsText.text($0.cents) }
    }

    @Test(arguments: ["camt.053.001.02.xml", "camt.053.001.08.xml"])
    func theSample(file: String) throws {
        let list = try read(file)
        let statement = try #require(list.statements.first)
        #expect(statement.account == "FR7699999999990000000000000")
        #expect(statement.opening.map(CentsText.text) == "-18.59")
        #expect(statement.closing.map(CentsText.text) == "3605.91")
        #expect(statement.booked == 362_450 && statement.balanceFits == true)
        #expect(statement.through?.description == "2025-12-31")
        #expect(
            amounts(list) == [
                "1200.00", "1000.00", "1450.50", "-1200.00", "1474.00", "-600.00", "300.00",
            ]
        )
        let transactions = statement.transactions
        #expect(transactions.map(\.reference) == ["E1", "E2", "E2", "E3", "E4", "E5", "E6"])
        #expect(
            transactions.map(\.party) == [
                "BÉTON & CIE", "OMÉGA DISTRIBUTION", "GARAGE DES PRÉS", "BÉTON & CIE",
                "ÉCLAIRAGES NOVA", "", "",
            ]
        )
        #expect(
            transactions.map(\.date.description).map { $0.suffix(2) } == [
                "01", "02", "02", "05", "09", "12", "15",
            ]
        )
        #expect(transactions.map(\.isReversal) == [false, false, false, true, false, false, false])
        #expect(transactions.map(\.charges) == [0, 0, 0, 0, 2_600, 0, 0])
        #expect(transactions[0].endToEnd == "F2025-0101" && transactions[1].endToEnd.isEmpty)
        #expect(
            transactions[2].documents == [
                .init(number: "F2025-0103", cents: 90_000),
                .init(number: "F2025-0104", cents: 55_050),
            ]
        )
        #expect(transactions[6].texts == ["VIR SEPA RECU /DE HOTEL DU FORET /MOTIF F2025-0106"])
        #expect(statement.entriesLeftOut == 1 && list.findings.counts == [.entryNotBooked: 1])
        #expect(list.counts.read == 7 && list.counts.setAside == 1)
    }

    @Test func bothVersionsAreOne() throws {
        var one = try #require(try read("camt.053.001.02.xml").statements.first)
        let other = try #require(try read("camt.053.001.08.xml").statements.first)
        #expect(one == other)
        for version in ["04", "13"] {
            let list = try changed("camt.053.001.08.xml", ("053.001.08", "053.001.\(version)"))
            #expect(list.statements == [other])
        }
        for size in [1, 13] {
            let bytes = try Paper.bytes("camt.053.001.02.xml", folder: "bank")
            one = try #require(try XMLPaper.statements(bytes, partBytes: size).statements.first)
            #expect(one == other)
        }
    }

    @Test func reversalsAreTurnedOnlyByTheBalance() throws {
        let list = try read("case_18.xml")
        #expect(amounts(list) == ["100.00", "-100.00"])
        #expect(list.statements.first?.balanceFits == true)
        #expect(list.findings.counts == [.reversalFlipped: 1])
        // As the standard says: nothing to turn.
        let side = "<CdtDbtInd>CRDT</CdtDbtInd><RvslInd>"
        let plain = try changed("case_18.xml", (side, side.replacing("CRDT", with: "DBIT")))
        #expect(amounts(plain) == ["100.00", "-100.00"] && plain.findings.counts.isEmpty)
        // Neither way.
        let neither = try changed("case_18.xml", (">207.45<", ">207.44<"))
        #expect(amounts(neither) == ["100.00", "100.00"])
        #expect(neither.statements.first?.balanceFits == false)
        #expect(neither.findings.counts == [.balanceDiffers: 1])
        // No balances: nothing says so.
        let bare = try changed("case_18.xml", ("OPBD", "XXXX"))
        #expect(amounts(bare) == ["100.00", "100.00"])
        #expect(bare.statements.first?.balanceFits == nil)
    }

    @Test func notificationsHaveNoBalances() throws {
        let list = try changed(
            "case_18.xml",
            ("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"),
            ("Stmt>", "Ntfctn>"),
            ("OPBD", "XXXX"),
            ("CLBD", "XXXX"),
            ("camt.053", "camt.054")
        )
        #expect(amounts(list) == ["100.00", "100.00"] && list.findings.counts.isEmpty)
    }

    @Test func balances() throws {
        let list = { (old: String, new: String) in
            try changed("case_18.xml", (old, new)).statements.first
        }
        #expect(try list("OPBD", "PRCD")?.opening == 20_745)
        #expect(try list("CLBD", "CLAV")?.closing == nil)
        // Pages of one statement.
        #expect(try list("CLBD", "ITBD")?.closing == 20_745)
        #expect(try list("OPBD", "ITBD")?.opening == 20_745)
        let pages = try changed("case_18.xml", ("OPBD", "ITBD"), ("CLBD", "ITBD"))
        #expect(pages.statements.first?.balanceFits == true)
    }

    /// A part never has the amount of the whole, and all parts come to it.
    @Test func batches() throws {
        let file = "camt.053.001.08.xml"
        let second = "<Amt Ccy=\"EUR\">1450.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
        let first = "<Amt Ccy=\"EUR\">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
        // One unknown part is what is left.
        let one = try changed(file, (second, ""))
        #expect(amounts(one)[1...2] == ["1000.00", "1450.50"])
        // Of two nobody knows.
        let none = try changed(file, (second, ""), (first, ""))
        #expect(amounts(none)[1] == "2450.50" && amounts(none).count == 6)
        #expect(none.findings.counts[.batchNotSplit] == 1)
        // What is left is told by itself.
        let less = try changed(file, (second, second.replacing("1450.50", with: "1400.50")))
        #expect(amounts(less)[1...3] == ["1000.00", "1400.50", "50.00"])
        #expect(less.findings.counts[.batchDiffers] == 1)
        #expect(less.statements.first?.booked == 362_450)
        // Charges explain it.
        let charged = try changed(
            file,
            (
                second,
                second.replacing("1450.50", with: "1460.50")
                    + "<Chrgs><Rcrd><Amt Ccy=\"EUR\">10.00</Amt></Rcrd></Chrgs>"
            )
        )
        #expect(amounts(charged)[1...3] == ["1000.00", "1460.50", "-10.00"])
        #expect(charged.findings.counts[.batchDiffers] == nil)
        let unexplained = try changed(file, (">26.00<", ">25.00<"))
        #expect(unexplained.findings.counts[.batchDiffers] == 1)
    }

    @Test func returnsAndTexts() throws {
        let file = "camt.053.001.08.xml"
        let list = try changed(
            file,
            (
                "<Ustrd>Frais</Ustrd></RmtInf>",
                "<Ustrd>Frais 1</Ustrd><Ustrd>Frais 2</Ustrd></RmtInf>"
                    + "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf><AddtlTxInf>x</AddtlTxInf>"
            ),
            (
                "<Nb>F2025-0102</Nb></RfrdDocInf>",
                "<Nb>F2025-0102</Nb></RfrdDocInf>"
                    + "<CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf>"
            )
        )
        let transactions = try #require(list.statements.first?.transactions)
        #expect(transactions[5].texts == ["Frais 1", "Frais 2", "x"])
        #expect(transactions[5].isReturn && transactions[5].returnReason == "AC04")
        #expect(transactions[1].creditorReference == "RF18539007547034")
        let coded = try changed(file, ("<SubFmlyCd>ESCT", "<SubFmlyCd>UPDD"))
        #expect(coded.statements.first?.transactions.allSatisfy(\.isReturn) == true)
    }

    @Test func badEntriesAreSetAside() throws {
        let file = "camt.053.001.02.xml"
        for (change, code) in [
            (("\"EUR\">300.00<", "\"EUR\">3OO.00<"), FindingCode.badAmount),
            (("\"EUR\">300.00<", "\"XXX\">300.00<"), .badCurrency),
            (
                ("\"EUR\">300.00</Amt><CdtDbtInd>CRDT", "\"EUR\">300.00</Amt><CdtDbtInd>CRED"),
                .fieldMissing
            ),
            (
                (
                    "<BookgDt><Dt>2025-12-15</Dt></BookgDt><ValDt><Dt>2025-12-15",
                    "<BookgDt><Dt>2025-12-32</Dt></BookgDt><ValDt><Dt>2025-12-15"
                ), .badDate
            ),
        ] {
            let list = try changed(file, change)
            #expect(list.counts.setAside == 2 && list.counts.kept == 5)
            #expect(list.findings.counts[code] == 1 && list.findings.counts[.balanceDiffers] == 1)
        }
        // The day of the value where that of booking is missing.
        let list = try changed(file, ("<BookgDt><Dt>2025-12-15</Dt></BookgDt>", ""))
        #expect(list.counts.setAside == 1)
        #expect(throws: DocumentError.self) { try changed("case_18.xml", ("100.00", "x")) }
    }

    @Test func severalStatementsAndNone() throws {
        let text = String(
            decoding: try Paper.bytes("case_18.xml", folder: "bank"),
            as: UTF8.self
        )
        let body = text.split(separator: "<BkToCstmrStmt>")[1].split(separator: "</BkToCstmrStmt>")[
            0
        ]
        let two = text.replacing("<BkToCstmrStmt>", with: "<BkToCstmrStmt>" + body)
        #expect(try XMLPaper.statements(Array(two.utf8)).statements.count == 2)
        let report = text.replacing("Stmt>", with: "Rpt>")
        #expect(throws: DocumentError.self) { try XMLPaper.statements(Array(report.utf8)) }
        // A day on which nothing was booked.
        let quiet =
            "<Document><Stmt><Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp></Bal></Stmt>"
            + "</Document>"
        #expect(try XMLPaper.statements(Array(quiet.utf8)).statements.count == 1)
    }

    @Test func damage() throws {
        try damage("case_18.xml", step: 1)
    }

    @Test func damageHereAndThere() throws {
        try damage("camt.053.001.08.xml", step: 11)
        try damage("camt.053.001.02.xml", step: 13)
    }

    /// An error, or something that is noted, or all of it.
    private func damage(_ file: String, step: Int) throws {
        let bytes = try Paper.bytes(file, folder: "bank")
        let sound = try XMLPaper.statements(bytes)
        let count = sound.statements.flatMap(\.transactions).count
        try XMLPaper.damaged(bytes, step: step) { damaged in
            guard let list = try? XMLPaper.statements(damaged) else { return }
            let transactions = list.statements.flatMap(\.transactions)
            let isSame = list.findings.counts == sound.findings.counts
            try #require(!isSame || transactions.count == count)
            try #require(!isSame || list.statements.first?.booked == sound.statements.first?.booked)
        }
    }
}
