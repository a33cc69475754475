// SPDX-License-Identifier: Apache-2.0

// Profiles of ledgers: new ones without code, and how a file tells of dates and amounts.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct LedgerProfileTests {
    private static let own = """
        {"name": "own", "columns": {"customer": ["Debiteur"], "reference": ["Factuurnr."],
         "kind": ["Srt"], "issued": ["Datum"], "due": ["Vervaldatum"], "amount": ["Bedrag"],
         "matched_to": ["Bij"], "state": ["St"], "currency": ["Val."], "siren": ["SIREN"]},
         "requires": ["customer", "due", "amount"], "dates": "dmy", "decimal": ",",
         "signs": "by_kind", "kinds": {"invoice": ["F"], "credit_note": ["C"], "payment": ["B"]},
         "posted_states": ["Definitief"], "skip_prefixes": ["Subtotaal"]}
        """

    @Test func aNewProfileNeedsNoCode() throws {
        let profiles = try LedgerProfile.read(json: Array(Self.own.utf8))
        let export = try LedgerText.read(
            """
            Openstaande posten;;
            Debiteur;SIREN;Factuurnr.;Srt;Datum;Vervaldatum;Bedrag;Bij;St;Val.
            D1;999100019;F1;F;04-05-2025;03-06-2025;1.234,00;;Definitief;EUR
            D1;999100019;B9;B;10-06-2025;;1.000,00;F1;Definitief;EUR
            D1;999100019;C1;C;11-06-2025;;34,00;F1;Definitief;EUR
            D1;;F2;F;04-05-2025;03-06-2025;99;;Concept;EUR
            Subtotaal D1;;;;;;200,00;;;
            D2;99910003550001;F3;F;05-05-2025;04-06-2025;10,5;;definitief;USD

            """,
            profiles: profiles + LedgerProfile.standard
        )
        #expect(export.profile == "own" && export.counts.kept == 4)
        #expect(export.counts.leftOut == 1)
        #expect(
            LedgerText.told(export) == [
                "F1 2025-05-04 2025-06-03 123400 open 20000 2025-06-10 100000",
                "F3 2025-05-05 2025-06-04 1050 open 1050",
            ]
        )
        #expect(export.invoices.first?.credited == 3_400)
        #expect(export.parties.map { $0.siren?.description } == ["999100019", "999100035"])
        #expect(export.invoices.map { $0.currency?.code } == ["EUR", "USD"])
    }

    @Test(arguments: [
        ("{}", "\"columns\" is missing"), ("[]", "no profile"), ("{\"nmae\": 1}", "\"nmae\""),
        ("{\"name\":\"a\",\"columns\":{\"custmer\":[\"x\"]},\"requires\":[]}", "custmer"),
        ("{\"name\":\"a\",\"columns\":{},\"requires\":[\"x\"]}", "no field \"x\""),
        ("{\"name\":\"a\",\"columns\":{},\"requires\":[]}", "at least one"),
        ("{\"name\":\"a\",\"columns\":{},\"requires\":[\"due\"],\"dates\":\"ymd\"}", "ymd"),
        ("{\"name\":\"a\",\"columns\":{\"due\":[\"--\"]},\"requires\":[\"due\"]}", "letters"),
        ("{\"name\":\"a\",\"columns\":{\"due\":3},\"requires\":[\"due\"]}", "list"),
        ("3", "list"), ("", "ends early"),
    ])
    func aProfileThatIsWrongSaysWhere(json: String, words: String) {
        let failure = #expect(throws: DocumentError.self) {
            try LedgerProfile.read(json: Array(json.utf8))
        }
        #expect(failure?.description.contains(words) == true, "\(failure?.description ?? "")")
    }

    @Test func theProfilesOfTheProduct() {
        #expect(
            LedgerProfile.standard.map(\.name) == [
                "odoo", "sap_fbl5n", "sap_fbl5n_document_currency", "quickbooks_aging",
                "sage_echeancier", "generic",
            ]
        )
    }

    private func dates(_ rows: [String], more: String = "") throws -> LedgerExport {
        let lines = rows.map { "C1,F,\($0),100.00" }
        return try LedgerText.read(
            "customer,invoice,due,amount\n" + lines.joined(separator: "\n") + "\n" + more
        )
    }

    @Test(arguments: [
        (["04/05/2025", "05/13/2025"], "2025-04-05"), (["04/05/2025", "13/05/2025"], "2025-05-04"),
        (["04-05-25", "31-12-25"], "2025-05-04"), (["04.05.2025"], "2025-05-04"),
        (["2025-05-04 00:00:00"], "2025-05-04"), (["20250504"], "2025-05-04"),
        (["4 mai 2025"], "2025-05-04"), (["2025/05/04"], "2025-05-04"),
    ])
    func theWholeColumnTellsTheOrder(rows: [String], first: String) throws {
        let export = try dates(rows)
        #expect(export.invoices.first?.due?.description == first)
        #expect(export.counts.kept == rows.count)
    }

    @Test func whatNobodyCanTellIsRefused() throws {
        for rows in [["04/05/2025"], ["13/05/2025", "05/13/2025"], ["04/05/2025", "04/04/2025"]] {
            let failure = #expect(throws: InputError.self) { try dates(rows) }
            #expect(failure?.hint?.contains("dates") == true)
        }
        // One that is damaged among many does not stop the others.
        let export = try dates([
            "13/05/2025", "14/05/2025", "15/05/2025", "16/05/2025", "05/13/2025",
        ])
        #expect(export.counts.setAside == 1 && export.findings.counts == [.badDate: 1])
    }

    private func amount(_ text: String, others: [String] = []) throws -> [Int64] {
        let lines = ([text] + others).enumerated().map { place, amount in
            "C1;F\(place);2025-05-04;\"\(amount)\""
        }
        let export = try LedgerText.read(
            "client;facture;échéance;montant\n" + lines.joined(separator: "\n")
        )
        return export.invoices.map(\.cents) + export.credits.map { -$0.cents }
    }

    @Test(arguments: [
        ("1234.5", 123_450), ("1 234,56", 123_456), ("1.234,56", 123_456), ("1,234.56", 123_456),
        ("1.234.567", 123_456_700), ("$1,200.00", 120_000), ("12,00 €", 1_200),
        ("1'234.50", 123_450),
        ("EUR 12,50", 1_250), ("12.5 USD", 1_250), ("0,125", 13), ("1234,567", 123_457),
        ("1\u{202F}234,5", 123_450), ("1\u{A0}234,50", 123_450), ("+7", 700), ("7 Dr", 700),
        ("0.005", 1), (".5", 50),
    ])
    func amounts(text: String, cents: Int64) throws {
        #expect(try amount(text) == [cents])
    }

    @Test(arguments: [
        ("1.234,56-", -123_456), ("(1,234.56)", -123_456), ("-$5.00", -500), ("$(5.00)", -500),
        ("\u{2212}5,00", -500), ("5,00 CR", -500), ("- 5.00", -500),
    ])
    func credits(text: String, cents: Int64) throws {
        #expect(try amount(text) == [cents])
    }

    @Test(arguments: [
        "1,23,45", "1.2345.678", "12,34.56,7", "--5", "(5)-", "5 XXX", "1 23", "abc", "1e5",
        "12345678901234", "5EUR EUR", "1,,5", "1 234 5,00",
    ])
    func whatIsNoAmountIsSetAside(text: String) throws {
        let export = try LedgerText.read(
            "customer;invoice;due;amount\nC;F;2025-01-01;\(text)\nC;G;2025-01-01;1\n"
        )
        #expect(export.findings.counts[.badAmount] == 1 && export.counts.kept == 1, "\(text)")
    }

    @Test func oneMarkBeforeThreeDigitsIsToldByTheOthers() throws {
        #expect(try amount("1.234", others: ["5,50"]) == [123_400, 550])
        #expect(try amount("1.234", others: ["5.50"]) == [123, 550])
        let failure = #expect(throws: InputError.self) { try amount("1.234", others: ["5"]) }
        #expect(failure?.hint?.contains("decimal") == true)
    }
}
