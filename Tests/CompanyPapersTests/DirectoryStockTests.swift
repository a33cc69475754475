// SPDX-License-Identifier: Apache-2.0

// The stock file of the directory of companies.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct DirectoryStockTests {
    private func entries(_ bytes: [UInt8]) throws -> ([RegisterEntry], NamedRecords) {
        var stock = try DirectoryStock(Paper.buffer(bytes), paper: 3, findingsPerCodeMax: 10)
        var entries: [RegisterEntry] = []
        while let entry = try stock.next() { entries.append(entry) }
        return (entries, stock.records)
    }

    @Test func theSampleFile() throws {
        let bytes = try Paper.bytes("StockUniteLegale_utf8.csv", folder: "sirene")
        let (entries, records) = try entries(bytes)
        #expect(entries.count == 12 && records.counts.setAside == 0)
        let first = try #require(entries.first)
        #expect(first.siren.description == "999100019" && first.name == "ATELIERS DU LEVANT")
        #expect(first.isActive == true && first.since?.description == "2018-01-01")
        #expect(first.created?.description == "2011-02-01" && first.legalForm == "5710")
        #expect(first.activity == "25.62B" && first.nomenclature == "NAFRev2")
        #expect(first.headcount?.least == 20 && first.headcount?.most == 49)
        let closed = try #require(entries.first { $0.isActive == false })
        #expect(closed.siren.description == "999100035" && closed.headcount?.most == 0)
        let hidden = try #require(entries.first { $0.isHidden })
        #expect(hidden.name == nil && hidden.isSoleTrader && hidden.isActive == true)
        // An empty band is not 0.
        #expect(entries.last?.headcount == nil && entries.last?.nomenclature == "NAP")
    }

    @Test func badRecordsAreSetAsideAndTheRestGoesOn() throws {
        let text = """
            dateDebut,siren,etatAdministratifUniteLegale
            2018-01-01,999100019,A
            2018-01-01,999100018,A
            2018-01-01,999100027,X
            2018-02-31,999100035,C
            2018-01-01,999100043
            2018-01-01,"999100050,A
            2018-01-01,999100068,A,

            """
        let (entries, records) = try entries(Array(text.utf8))
        #expect(entries.map(\.siren.description) == ["999100019", "999100035"])
        #expect(records.counts.read == 7 && records.counts.setAside == 5)
        let codes = records.findings.kept.map { "\($0.source.line) \($0.code.rawValue)" }
        #expect(
            codes == [
                "3 bad_identifier", "4 bad_state", "5 bad_date", "6 too_few_cells",
                "7 broken_quotes", "8 too_many_cells",
            ]
        )
    }

    @Test func anotherTableSaysWhatItLacks() throws {
        let failure = #expect(throws: InputError.self) { try entries(Array("a,siren\n".utf8)) }
        #expect(failure?.message.contains("etatAdministratifUniteLegale") == true)
    }
}
