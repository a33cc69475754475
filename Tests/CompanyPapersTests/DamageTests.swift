// SPDX-License-Identifier: Apache-2.0

// Each file with each of its bytes damaged: flipped, taken away, cut off there. Nothing may trap,
// and a record that is lost is counted or told of.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct DamageTests {
    /// What a reader says of a file: how many records it kept, how many it set aside, and what else
    /// it told of.
    struct Told: Equatable {
        var kept: Int
        var setAside: Int
        var told: Int

        init(_ counts: RecordCounts, _ findings: Findings) {
            (kept, setAside) = (counts.kept, counts.setAside)
            told = counts.leftOut + findings.counts[.linesSkipped, default: 0]
        }
    }

    private func damaged(_ bytes: [UInt8], step: Int = 1) -> [[UInt8]] {
        var files: [[UInt8]] = []
        for place in stride(from: 0, to: bytes.count, by: step) {
            var file = bytes
            file[place] ^= ([0x01, 0x20, 0xFF] as [UInt8])[place % 3]
            files.append(file)
            file = bytes
            file.remove(at: place)
            files.append(file)
            files.append(Array(bytes[..<place]))
        }
        return files
    }

    private func check(
        _ bytes: [UInt8],
        step: Int = 1,
        _ read: ([UInt8]) throws -> Told
    ) throws {
        let sound = try read(bytes)
        for file in damaged(bytes, step: step) {
            guard let told = try? read(file) else { continue }
            // Cut at the end of a line, a shorter file is as sound as the whole one.
            let isShorter = file.count < bytes.count - 1
            #expect(
                told.kept >= sound.kept || told.setAside > sound.setAside || told.told > sound.told
                    || isShorter,
                "\(String(decoding: file, as: UTF8.self))"
            )
        }
    }

    @Test(arguments: [
        "odoo_account_move_line.csv", "sap_fbl5n.txt", "quickbooks_ar_aging_detail.csv",
        "case_20.csv",
    ])
    func ledgers(file: String) throws {
        try check(Paper.bytes(file, folder: "erp"), step: 2) { bytes in
            let export = try LedgerExport.read(
                Paper.buffer(bytes),
                paper: 0,
                findingsPerCodeMax: 3
            )
            for invoice in export.invoices {
                let paid = invoice.payments.reduce(0) { $0 + $1.cents }
                #expect(invoice.cents == invoice.open + invoice.credited + paid)
                #expect(invoice.open >= 0 && Int(invoice.party) < export.parties.count)
            }
            #expect(export.counts.kept > 0)
            return Told(export.counts, export.findings)
        }
    }

    @Test func profiles() throws {
        let text = """
            [{"name": "a", "columns": {"customer": ["K"], "due": ["D"], "amount": ["A"]},
              "requires": ["customer", "due|issued", "amount"], "kinds": {"payment": ["P"]}}]
            """
        for file in damaged(Array(text.utf8)) {
            guard let profiles = try? LedgerProfile.read(json: file) else { continue }
            _ = try? LedgerText.read("K;D;A\nx;2025-01-01;5\n", profiles: profiles)
        }
    }

    @Test(arguments: [
        "rne/stock_formalites.json", "sirene/api_sirene_unite_legale.json",
        "sirene/recherche_entreprises.json",
    ])
    func registers(path: String) throws {
        let parts = path.split(separator: "/").map(String.init)
        try check(Paper.bytes(parts[1], folder: parts[0]), step: 31) { bytes in
            let found = try RegisterRecords(Paper.buffer(bytes), paper: 0, findingsPerCodeMax: 3)
            return Told(found.counts, found.findings)
        }
    }

    @Test(arguments: ["StockUniteLegale_utf8.csv", "StockEtablissement_extract.csv"])
    func stocks(file: String) throws {
        let bytes = Array(try Paper.bytes(file, folder: "sirene").prefix(1_300))
        let end = (bytes.lastIndex(of: 0x0A) ?? 0) + 1
        try check(Array(bytes[..<end]), step: 7) { bytes in
            let buffer = Paper.buffer(bytes)
            if file.hasPrefix("StockU") {
                var stock = try DirectoryStock(buffer, paper: 0, findingsPerCodeMax: 3)
                while try stock.next() != nil {}
                return told(stock.records)
            }
            var stock = try EstablishmentStock(buffer, paper: 0, findingsPerCodeMax: 3)
            while try stock.next() != nil {}
            return told(stock.records)
        }
    }

    private func told(_ records: NamedRecords) -> Told {
        Told(records.counts, records.findings)
    }

    @Test func ratiosTermsAndLines() throws {
        try check(Paper.bytes("ratios_inpi_bce.csv", folder: "inpi"), step: 3) { bytes in
            let list = try PublishedRatiosList(
                Paper.buffer(bytes),
                paper: 0,
                findingsPerCodeMax: 3
            )
            return Told(list.counts, list.findings)
        }
        try check(Paper.bytes("terms.csv")) { bytes in
            let terms = try TermsOfCustomers(
                Paper.buffer(bytes),
                paper: 0,
                findingsPerCodeMax: 3
            )
            return Told(terms.counts, terms.findings)
        }
        for text in [
            "code;montant;n-1\nFJ;5;6\nFL;7;8\n030;1;2\n",
            "code,page,m1,m2,m3,m4\nFJ,3,1,2,3,4\nHN,4,1,2,,\nBJ,1,9,8,1,\n",
        ] {
            try check(Array(text.utf8)) { bytes in
                let lines = try FormLines(
                    Paper.buffer(bytes),
                    heading: FormLines.Heading(closing: .last),
                    paper: 0,
                    findingsPerCodeMax: 3
                )
                return Told(lines.counts, lines.findings)
            }
        }
    }

    @Test func filings() throws {
        let filing = { (type: String) in
            """
            {"siren":"999100019","dateCloture":"2025-12-31","dateDepot":"2026-05-01",\
            "typeBilan":"\(type)","bilanSaisi":{"bilan":{"detail":{"pages":[{"numero":3,\
            "liasses":[{"code":"FJ","m1":"-000000000012345","m3":"1"}]}]}}}}
            """
        }
        let text = "[\(filing("C")),\n\(filing("K"))]"
        try check(Array(text.utf8)) { bytes in
            let list = try FiledAccountsList(
                json: Paper.buffer(bytes),
                paper: 0,
                findingsPerCodeMax: 3
            )
            return Told(list.counts, list.findings)
        }
    }

    @Test func foreignFacts() throws {
        let bytes = try Paper.bytes("companyfacts_CIK0009999999.json", folder: "xbrl")
        for file in damaged(bytes, step: 397) {
            guard let facts = try? ForeignFilings(json: file, paper: 0, findingsPerCodeMax: 3)
            else {
                continue
            }
            var findings = Findings(keptPerCodeMax: 3)
            _ = facts.statements(asOf: .last, findings: &findings)
        }
    }
}
