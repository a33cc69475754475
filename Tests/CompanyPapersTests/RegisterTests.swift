// SPDX-License-Identifier: Apache-2.0

// Registers in JSON and CSV: the directory of companies, the state's search, the register of
// businesses.

import CompanyPapers
import CreditFacts
import Documents
import LegalHistory
import Quantities
import Testing

@Suite struct RegisterTests {
    private func records(
        _ bytes: [UInt8],
        wants: (SIREN) -> Bool = { _ in true }
    ) throws -> RegisterRecords {
        try RegisterRecords(Paper.buffer(bytes), paper: 2, findingsPerCodeMax: 20, wants: wants)
    }

    private func records(_ text: String) throws -> RegisterRecords {
        try records(Array(text.utf8))
    }

    @Test func theDirectorysAPI() throws {
        let bytes = try Paper.bytes("api_sirene_unite_legale.json", folder: "sirene")
        let entry = try #require(try records(bytes).entries.first)
        #expect(entry.siren.description == "999100035" && entry.isActive == false)
        #expect(entry.since?.description == "2025-04-01" && entry.created?.year == 2_011)
        #expect(entry.name == "TRANSPORTS ZÉNITH" && entry.legalForm == "5710")
        #expect(entry.activity == "49.41A" && entry.nomenclature == "NAFRev2")
        #expect(entry.headcount?.most == 0 && entry.register == .directory)
    }

    /// A period begins with any change: a new name does not make the state a new one.
    @Test func theStateIsOlderThanThePeriod() throws {
        let entry = try records(
            """
            {"unitesLegales":[{"siren":"999100019","periodesUniteLegale":[
            {"dateFin":"2017-12-31","dateDebut":"2011-02-01","etatAdministratifUniteLegale":"C"},
            {"dateFin":"2020-05-31","dateDebut":"2018-01-01","etatAdministratifUniteLegale":"A"},
            {"dateFin":null,"dateDebut":"2020-06-01","etatAdministratifUniteLegale":"A",
            "denominationUniteLegale":"[ND]","activitePrincipaleNAF25UniteLegale":"25.53Y"}]}]}
            """
        ).entries.first
        #expect(entry?.isActive == true && entry?.since?.description == "2018-01-01")
        #expect(entry?.name == nil && entry?.nomenclature == "NAF25")
    }

    @Test func theSearchOfTheState() throws {
        let bytes = try Paper.bytes("recherche_entreprises.json", folder: "sirene")
        let found = try records(bytes)
        #expect(found.entries.map(\.isActive) == [true, false] && found.counts.kept == 2)
        #expect(found.entries.map { $0.since?.description } == [nil, "2025-04-01"])
        #expect(found.entries.first?.headcount?.least == 20)
        #expect(found.entries.first?.updatedAt == "2025-11-02T08:12:00")
    }

    @Test func theRegisterOfBusinesses() throws {
        let bytes = try Paper.bytes("stock_formalites.json", folder: "rne")
        let found = try records(bytes)
        #expect(found.counts.read == 3 && found.entries.count == 2)
        #expect(found.findings.counts == [.recordReplaced: 1])
        let first = try #require(found.entries.first)
        #expect(first.updatedAt == "2025-06-01T10:00:00+02:00" && first.isActive == true)
        #expect(first.struckOff == nil && first.register == .businesses)
        let second = try #require(found.entries.last)
        #expect(second.updatedAt == "2025-05-02T10:00:00+02:00" && second.isActive == false)
        #expect(second.struckOff?.description == "2025-04-30")
        #expect(
            second.observations == [
                RegisterObservation(
                    added: CalendarDate("2025-04-10"),
                    text: "Jugement de clôture pour insuffisance d'actif"
                )
            ]
        )
        #expect(second.registered?.description == "2011-02-04")
    }

    private func formality(_ updated: String, _ body: String, state: String = "") -> String {
        let cessation =
            state.isEmpty
            ? "" : "\"natureCessationEntreprise\":{\"etatAdministratifInsee\":\"\(state)\"},"
        return "{\"siren\":\"999100019\",\"updatedAt\":\"\(updated)\",\"formality\":{\"content\":{"
            + cessation + "\"personneMorale\":{\(body)}}}}"
    }

    private static let struckOff =
        "\"detailCessationEntreprise\":{\"dateRadiation\":\"2025-04-30\"}"

    /// In whatever order they come, and whatever the clock of whoever wrote them.
    @Test func theNewestCountsAndAbsenceErasesNothing() throws {
        let old = formality("2025-05-01T23:30:00-02:00", Self.struckOff, state: "C")
        let new = formality(
            "2025-05-02T01:00:00+02:00",
            "\"identite\":{\"entreprise\":{\"denomination\":\"A\"}}",
            state: "A"
        )
        // The first is two and a half hours later than the second.
        for pair in [[old, new], [new, old]] {
            let entry = try records("[\(pair.joined(separator: ","))]").entries.first
            #expect(entry?.isActive == false && entry?.name == "A")
            #expect(entry?.struckOff?.description == "2025-04-30")
        }
        let partial = formality("2025-09-01T00:00:00Z", "\"detailCessationEntreprise\":null")
        let entry = try records(old + "\n" + partial).entries.first
        #expect(entry?.struckOff != nil && entry?.isActive == false)
        #expect(entry?.updatedAt == "2025-09-01T00:00:00Z")
    }

    @Test func whoIsRegisteredAgainIsNotStruckOff() throws {
        let old = formality("2025-05-01T00:00:00Z", Self.struckOff, state: "C")
        let again = formality(
            "2025-09-01T00:00:00Z",
            "\"identite\":{\"entreprise\":{\"dateImmat\":\"2025-08-01\"}}",
            state: "A"
        )
        let entry = try records("[\(old),\n\(again)]").entries.first
        #expect(entry?.struckOff == nil && entry?.isActive == true)
    }

    @Test func whatTheRegisterKnowsIsEvidence() throws {
        let none = LegalHistory([]).status(on: .last)
        let day = try #require(CalendarDate("2025-04-30"))
        let reference = PaperReference(paper: 0, line: 1)
        let active = DirectoryStatus(
            isActive: true,
            since: CalendarDate("2006-01-01"),
            source: reference
        )
        let struckOff = LegalEvidence.StrikeOff(day: day, source: reference)
        let evidence = LegalEvidence(none, directory: active, struckOff: struckOff)
        #expect(evidence.outcome == .closed && evidence.since == day)
        #expect(evidence.conflicts.count == 1)
        let again = DirectoryStatus(
            isActive: true,
            since: CalendarDate("2025-06-01"),
            source: reference
        )
        #expect(evidence.register == .struckOff && evidence.strikeOff?.source == reference)
        let back = LegalEvidence(none, directory: again, struckOff: struckOff)
        #expect(back.outcome == .scorable && back.register == .active)
        #expect(LegalEvidence(none, directory: active).outcome == .scorable)
        let ceased = DirectoryStatus(isActive: false, since: day, source: reference)
        #expect(LegalEvidence(none, directory: ceased).register == .ceased)
    }

    @Test func theDirectoryOfTheConflict() throws {
        var stock = try DirectoryStock(
            Paper.buffer(Paper.bytes("case_13.csv", folder: "sirene")),
            paper: 0,
            findingsPerCodeMax: 5
        )
        let entry = try #require(try stock.next())
        #expect(entry.isActive == true && entry.since?.description == "2006-01-01")
    }

    @Test func hiddenUnitsKeepTheirState() throws {
        let text = """
            siren,statutDiffusionUniteLegale,etatAdministratifUniteLegale,dateDebut,\
            denominationUniteLegale,categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale
            999100084,P,C,2024-08-01,[ND],1000,[ND]
            999100019,N,A,[ND],[ND],[ND],

            """
        var stock = try DirectoryStock(
            Paper.buffer(Array(text.utf8)),
            paper: 0,
            findingsPerCodeMax: 5
        )
        let first = try #require(try stock.next())
        #expect(first.isHidden && first.isActive == false && first.since?.year == 2_024)
        #expect(first.name == nil && first.activity == nil && first.isSoleTrader)
        let second = try #require(try stock.next())
        #expect(second.isHidden && second.legalForm == nil && second.since == nil)
        #expect(stock.records.findings.kept.isEmpty)
    }

    @Test func establishmentsSayNothingOfTheUnit() throws {
        let bytes = try Paper.bytes("StockEtablissement_extract.csv", folder: "sirene")
        var stock = try EstablishmentStock(Paper.buffer(bytes), paper: 0, findingsPerCodeMax: 5)
        var found: [Establishment] = []
        while let next = try stock.next() { found.append(next) }
        #expect(found.count == 12 && found.allSatisfy { $0.isSeat && $0.siret != nil })
        #expect(found.filter { !$0.isOpen }.map(\.siren.description) == ["999100035"])
    }

    @Test func numbersOfTheSocialInsurance() throws {
        let pseudo = try #require(CompanyNumber("99910001950001"))
        #expect(pseudo.siren.description == "999100019" && pseudo.establishment == nil)
        #expect(pseudo.isPseudo)
        #expect(CompanyNumber("999 100 019 00010")?.establishment != nil)
        #expect(CompanyNumber("99910001900011") == nil && CompanyNumber("99910001850001") == nil)
        #expect(CompanyNumber("999 100 019")?.siren == pseudo.siren)
        let text = "siret,etatAdministratifEtablissement\n99910001970001,A\n1,A\n99910001900010,X\n"
        var stock = try EstablishmentStock(
            Paper.buffer(Array(text.utf8)),
            paper: 0,
            findingsPerCodeMax: 5
        )
        #expect(try stock.next()?.siret == nil)
        #expect(try stock.next() == nil)
        #expect(stock.records.counts.setAside == 2)
        #expect(stock.records.findings.counts[.pseudoEstablishment] == 1)
    }

    @Test func brokenRecordsTakeNoOtherAlong() throws {
        let lines = (0..<4).map { number in
            formality("2025-05-0\(number + 1)T00:00:00Z", Self.struckOff, state: "C")
        }
        for damage in [
            String(lines[1].dropLast(3)), lines[1].replacing(":\"C\"", with: ":\"C"), "{\"siren\":",
            "{}", "3",
        ] {
            let text =
                "[\n" + [lines[0], damage, lines[2], lines[3]].joined(separator: ",\n") + "\n]"
            let found = try records(text)
            #expect(found.counts.setAside >= 1, "\(damage)")
            #expect(found.entries.first?.updatedAt == "2025-05-04T00:00:00Z", "\(damage)")
            #expect(found.counts.kept >= 2, "\(damage)")
        }
    }

    @Test func onlyThoseThatAreWanted() throws {
        let bytes = try Paper.bytes("stock_formalites.json", folder: "rne")
        let found = try records(bytes) { $0.description == "999100035" }
        #expect(found.entries.count == 1 && found.counts.leftOut == 1)
    }

    @Test(arguments: ["", "{}", "[]", "[1,2]", "{\"results\":[]}", "siren\n1", "[{\"siren\":1}]"])
    func whatHasNoCompanyIsAnError(text: String) {
        #expect(throws: InputError.self) { try records(text) }
    }
}

extension CalendarDate {
    fileprivate var year: Int { components.year }
}
