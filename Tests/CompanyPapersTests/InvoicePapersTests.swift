// SPDX-License-Identifier: Apache-2.0

// Electronic invoices and messages of their life cycle.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct InvoicePapersTests {
    private func list(_ file: String) throws -> InvoiceList {
        try XMLPaper.invoices(Paper.bytes(file, folder: "einvoice"))
    }

    private func changed(_ file: String, _ changes: (String, String)...) throws -> InvoiceList {
        try XMLPaper.invoices(XMLPaper.changed(file, folder: "einvoice", changes))
    }

    private func texts(_ invoice: TradeInvoice?) -> [String] {
        guard let invoice else { return [] }
        return [
            invoice.kind.rawValue, invoice.number, invoice.issued.description,
            invoice.due.map(\.description).joined(separator: " "),
        ] + [invoice.total, invoice.prepaid, invoice.payable].map(CentsText.text)
            + [invoice.seller, invoice.buyer].map { $0.siren?.description ?? "" }
    }

    @Test func theSamples() throws {
        let invoice = try list("invoice_380.ubl.xml")
        #expect(
            texts(invoice.invoices.first) == [
                "invoice", "F2025-0200", "2025-11-03", "2025-12-03", "6000.00", "1000.00",
                "5000.00", "999100019", "999100027",
            ]
        )
        #expect(invoice.invoices.first?.terms == "30 jours net")
        #expect(invoice.invoices.first?.buyer.name == "MENUISERIE DU COUCHANT")
        #expect(invoice.findings.kept.isEmpty && invoice.counts.kept == 1)
        let credit = try list("credit_note_381.ubl.xml")
        #expect(
            texts(credit.invoices.first) == [
                "credit", "A2025-0009", "2025-11-20", "2025-12-20", "600.00", "0.00", "600.00",
                "999100019", "999100027",
            ]
        )
        let date = CalendarDate("2025-11-03")
        #expect(credit.invoices.first?.preceding == [.init(number: "F2025-0200", issued: date)])
        let paid = try list("factur-x.xml")
        #expect(
            texts(paid.invoices.first) == [
                "invoice", "F2025-0201", "2025-11-05", "2025-12-05", "1500.00", "1500.00", "0.00",
                "999100019", "999100027",
            ]
        )
        #expect(paid.invoices.first?.isPrepaid == true && paid.findings.kept.isEmpty)
    }

    @Test func messages() throws {
        let dispute = try #require(try list("cdar_207_en_litige.xml").statuses.first)
        #expect(dispute.number == "F2025-0200" && dispute.code == "207")
        #expect(dispute.effect == .disputed && dispute.reason == "QTE_ERR")
        #expect(dispute.date.description == "2025-11-25" && dispute.second == 36_900)
        #expect(dispute.issued?.description == "2025-11-03" && dispute.cents == nil)
        #expect(dispute.seller?.description == "999100019")
        let paid = try #require(try list("cdar_212_encaissee_partielle.xml").statuses.first)
        #expect(paid.effect == .paid && paid.cents == 440_000 && paid.reason.isEmpty)
        #expect(paid.valueDate?.description == "2025-12-20" && paid.currency?.code == "EUR")
    }

    /// What each code does; a message of payment is one only with the amount that says so.
    @Test(arguments: [
        ("200", InvoiceStatusEffect.filed), ("202", .none), ("204", .none), ("205", .settled),
        ("206", .none), ("207", .disputed), ("208", .disputed), ("209", .settled), ("210", .void),
        ("211", .promised), ("212", .paid), ("213", .void), ("220", .void),
    ])
    func codes(code: String, effect: InvoiceStatusEffect) throws {
        let list = try changed(
            "cdar_212_encaissee_partielle.xml",
            ("ConditionCode>212<", "ConditionCode>\(code)<")
        )
        let status = try #require(list.statuses.first)
        #expect(status.effect == effect && status.code == code)
        #expect((status.cents != nil) == (code == "212"))
        #expect(list.findings.counts[.statusIncomplete] == (code == "211" ? 1 : nil))
    }

    @Test func aPromiseHasItsOwnAmount() throws {
        let status = try changed(
            "cdar_212_encaissee_partielle.xml",
            ("ConditionCode>212<", "ConditionCode>211<"),
            ("<ram:TypeCode>MEN<", "<ram:TypeCode>MPA<")
        ).statuses.first
        #expect(status?.effect == .promised && status?.cents == 440_000)
        #expect(status?.valueDate?.description == "2025-12-20")
    }

    /// A payment is told once for each rate of tax.
    @Test func amountsOfAPaymentAddUp() throws {
        let text = String(
            decoding: try Paper.bytes("cdar_212_encaissee_partielle.xml", folder: "einvoice"),
            as: UTF8.self
        )
        let tag = "ram:SpecifiedDocumentCharacteristic>"
        let parts = text.components(of: "<\(tag)", "</\(tag)")
        let twice = text.replacing(parts, with: parts + parts)
        #expect(try XMLPaper.invoices(Array(twice.utf8)).statuses.first?.cents == 880_000)
    }

    @Test func unknownCodesAreNoted() throws {
        let file = "cdar_207_en_litige.xml"
        #expect(throws: DocumentError.self) {
            try changed(file, ("Code>207<", "Code>299<"))
        }
        let reader = try InvoicePapers(paper: 0, findingsPerCodeMax: 5)
        let bytes = try XMLPaper.changed(file, folder: "einvoice", [("Code>207<", "Code>299<")])
        _ = try? bytes.withUnsafeBytes { try reader.read($0, isLast: true) }
        #expect(reader.list.findings.counts[.unknownStatus] == 1)
        #expect(reader.list.counts.setAside == 1)
    }

    /// Where due dates stand: all of them are read.
    @Test func dueDates() throws {
        let file = "credit_note_381.ubl.xml"
        let terms = (
            "<cac:PaymentTerms>",
            "<cac:PaymentTerms><cbc:PaymentDueDate>2025-12-31</cbc:PaymentDueDate>"
        )
        let both = try changed(file, terms)
        #expect(both.invoices.first?.due.map(\.description) == ["2025-12-20", "2025-12-31"])
        #expect(both.findings.counts[.severalDueDates] == 1)
        let other = try changed(
            file,
            ("<cbc:PaymentDueDate>2025-12-20</cbc:PaymentDueDate>", ""),
            terms
        )
        #expect(other.invoices.first?.due.map(\.description) == ["2025-12-31"])
        let none = try changed("invoice_380.ubl.xml", ("<cbc:DueDate>2025-12-03</cbc:DueDate>", ""))
        #expect(none.invoices.first?.due == [])
        let bad = try changed("invoice_380.ubl.xml", ("DueDate>2025-12-03<", "DueDate>2025-13-03<"))
        #expect(bad.invoices.first?.due == [] && bad.findings.counts[.badDate] == 1)
    }

    @Test func otherPrefixesWrappingsAndVersions() throws {
        let text = String(
            decoding: try Paper.bytes("factur-x.xml", folder: "einvoice"),
            as: UTF8.self
        )
        let plain = try list("factur-x.xml").invoices
        for (old, new) in [("ram", "a"), ("udt", "x.y"), ("rsm", "Ä")] {
            let other = text.replacing(old + ":", with: new + ":")
                .replacing("xmlns:\(old)=", with: "xmlns:\(new)=")
            #expect(try XMLPaper.invoices(Array(other.utf8)).invoices == plain)
        }
        let newer = text.replacing("Entity:100", with: "Entity:130").replacing(
            "Invoice:100",
            with: "Invoice:130"
        )
        #expect(try XMLPaper.invoices(Array(newer.utf8)).invoices == plain)
        let body = text.drop { $0 != ">" }.dropFirst()
        let wrapped = "<Envelope><Header/>\(body)\(body)</Envelope>"
        let both = try XMLPaper.invoices(Array(wrapped.utf8))
        #expect(both.invoices.count == 2 && both.counts.read == 2)
        for size in [1, 7, 100] {
            let bytes = try Paper.bytes("factur-x.xml", folder: "einvoice")
            #expect(try XMLPaper.invoices(bytes, partBytes: size).invoices == plain)
        }
    }

    @Test(arguments: [
        ("381", TradeInvoiceKind.credit), ("384", .corrected), ("386", .invoice), ("389", .invoice),
        ("261", .credit), ("393", .invoice),
    ])
    func types(code: String, kind: TradeInvoiceKind) throws {
        let list = try changed("factur-x.xml", ("TypeCode>380<", "TypeCode>\(code)<"))
        #expect(list.invoices.first?.kind == kind && list.invoices.first?.type == code)
        #expect(list.findings.counts[.precedingIncomplete] == (kind == .invoice ? nil : 1))
    }

    @Test func negativeInvoicesAreCreditNotes() throws {
        let negative = try changed(
            "invoice_380.ubl.xml",
            (">6000.00<", ">-6000.00<"),
            (">1000.00</cbc:Prepaid", ">0.00</cbc:Prepaid"),
            (">5000.00</cbc:Payable", ">-6000.00</cbc:Payable")
        )
        let invoice = try #require(negative.invoices.first)
        #expect(invoice.kind == .credit && invoice.total == 600_000 && invoice.payable == 600_000)
        let credit = try changed("credit_note_381.ubl.xml", (">600.00<", ">-600.00<"))
        #expect(credit.invoices.first?.kind == .credit && credit.invoices.first?.payable == 60_000)
        #expect(credit.findings.counts[.creditNegative] == 1)
    }

    @Test func numbersOfCompanies() throws {
        let file = "invoice_380.ubl.xml"
        let number = "<cbc:CompanyID schemeID=\"0002\">999100027</cbc:CompanyID>"
        let of = { (new: String) in
            try changed(file, (number, new)).invoices.first?.buyer.siren?.description
        }
        #expect(try of("<cbc:CompanyID schemeID=\"0009\">99910002700001</cbc:CompanyID>") == nil)
        #expect(try of("<cbc:CompanyID>999 100 027</cbc:CompanyID>") == "999100027")
        #expect(try of("<cbc:CompanyID schemeID=\"0208\">0999100027</cbc:CompanyID>") == nil)
        let party = "<cac:AccountingCustomerParty><cac:Party>"
        let endpoint = "<cbc:EndpointID schemeID=\"0225\">999100027_SERVICE</cbc:EndpointID>"
        let list = try changed(file, (number, ""), (party, party + endpoint))
        #expect(list.invoices.first?.buyer.siren?.description == "999100027")
        let bad = try changed(file, (number, number.replacing("027", with: "028")))
        #expect(bad.invoices.first?.buyer.siren == nil)
        #expect(bad.findings.counts[.badIdentifier] == 1)
    }

    @Test(arguments: [
        ("6000", 600_000), ("+6000.0", 600_000), ("6000.0000", 600_000), ("0006000.", 600_000),
        ("6000.004", 600_000), ("6000.005", 600_001),
    ])
    func amounts(text: String, cents: Int64) throws {
        let list = try changed("invoice_380.ubl.xml", (">6000.00<", ">\(text)<"))
        #expect(list.invoices.first?.total == cents)
        #expect(
            (list.findings.counts[.amountRounded] == 1) == (text.contains(".00") && text.count == 8)
        )
    }

    @Test(arguments: ["", "x", "6 000", "6,000.00", "1e3", "--5", "99999999999999999999", "."])
    func badAmounts(text: String) throws {
        let reader = try InvoicePapers(paper: 0, findingsPerCodeMax: 5)
        let bytes = try XMLPaper.changed(
            "invoice_380.ubl.xml",
            folder: "einvoice",
            [(">6000.00<", ">\(text)<"), (">5000.00</cbc:Payable", "></cbc:Payable")]
        )
        #expect(throws: DocumentError.self) {
            try bytes.withUnsafeBytes { try reader.read($0, isLast: true) }
        }
        #expect(reader.list.counts.setAside == 1 && reader.list.findings.kept.count == 1)
    }

    @Test func whatIsNoInvoiceIsRefusedInWords() throws {
        let words = { (text: String) in
            do {
                _ = try XMLPaper.invoices(Array(text.utf8))
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(words("%PDF-1.7 ...").contains("take the XML out"))
        #expect(words("<?xml version=\"1.0\"?><a><b/></a>").contains("<a> holds no invoice"))
        #expect(words("<Invoice/>").contains("number field_missing"))
        #expect(words("").contains("not well-formed"))
    }

    @Test(arguments: [
        "invoice_380.ubl.xml", "credit_note_381.ubl.xml", "factur-x.xml", "cdar_207_en_litige.xml",
        "cdar_212_encaissee_partielle.xml",
    ])
    func damage(file: String) throws {
        let bytes = try Paper.bytes(file, folder: "einvoice")
        try XMLPaper.damaged(bytes) { damaged in
            // An error, or all of it.
            guard let list = try? XMLPaper.invoices(damaged) else { return }
            try #require(list.counts.kept == 1)
            try #require(list.invoices.count + list.statuses.count == 1)
        }
    }
}

extension String {
    /// The first part between two texts, with both.
    fileprivate func components(of start: String, _ end: String) -> String {
        guard let first = firstRange(of: start), let last = firstRange(of: end) else { return "" }
        return String(self[first.lowerBound..<last.upperBound])
    }
}
