// SPDX-License-Identifier: Apache-2.0

// Names and addresses of the directory's stock files.

import CompanyPapers
import CreditFacts
import Documents
import Quantities
import Testing

@Suite struct DirectoryNamesTests {
    @Test func theSampleFile() throws {
        let bytes = try Paper.bytes("StockUniteLegale_utf8.csv", folder: "sirene")
        var names = try DirectoryNames(Paper.buffer(bytes))
        let first = try #require(try names.next())
        #expect(first.siren.description == "999100019" && first.name == "ATELIERS DU LEVANT")
        #expect(first.category == "5710" && !first.isEnded && first.tradeNames.isEmpty)
        var companies = [first]
        while let company = try names.next() { companies.append(company) }
        #expect(companies.contains { $0.isEnded && $0.siren.description == "999100035" })
        // Who is hidden has no name to be found by.
        #expect(!companies.contains { $0.name.contains("[ND]") })
    }

    @Test func personsHaveTwoNamesAndCompaniesSeveral() throws {
        let text = """
            siren,etatAdministratifUniteLegale,denominationUniteLegale,sigleUniteLegale,\
            nomUniteLegale,nomUsageUniteLegale,prenom1UniteLegale
            552100554,A,,,MARTIN,LEROY,JEAN
            732829320,A,SOCIETE DES EAUX,SDE,,,
            999100019,A,[ND],[ND],[ND],,[ND]
            nobody,A,X,,,,
            """
        var names = try DirectoryNames(Paper.buffer(Array(text.utf8)))
        #expect(try names.next()?.name == "JEAN LEROY")
        let second = try #require(try names.next())
        #expect(second.name == "SOCIETE DES EAUX" && second.tradeNames == ["SDE"])
        #expect(try names.next() == nil)
        #expect(names.records.counts.setAside == 1)
    }

    @Test func addresses() throws {
        let text = """
            siret,etatAdministratifEtablissement,etablissementSiege,codePostalEtablissement,\
            libelleCommuneEtablissement,numeroVoieEtablissement,typeVoieEtablissement,\
            libelleVoieEtablissement,enseigne1Etablissement
            55210055400013,A,true,69001,LYON,12,RUE,DE LA GARE,CHEZ JEAN
            73282932000074,F,false,13001,MARSEILLE,,,,
            """
        var addresses = try DirectoryAddresses(Paper.buffer(Array(text.utf8)))
        let first = try #require(try addresses.next())
        #expect(first.street == "12 RUE DE LA GARE" && first.signs == ["CHEZ JEAN"])
        #expect(first.isSeat && first.isOpen && first.postcode == "69001")
        let second = try #require(try addresses.next())
        #expect(!second.isSeat && !second.isOpen && second.street.isEmpty)
        #expect(try addresses.next() == nil)
    }

    @Test(arguments: ["", "a,b\n1,2\n", "siren,etatAdministratifUniteLegale\n552100554,A\n"])
    func otherFilesAreRefused(_ text: String) {
        #expect(throws: InputError.self) {
            _ = try DirectoryNames(Paper.buffer(Array(text.utf8)))
        }
        #expect(throws: InputError.self) {
            _ = try DirectoryAddresses(Paper.buffer(Array(text.utf8)))
        }
    }
}
