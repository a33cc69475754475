// SPDX-License-Identifier: Apache-2.0

// Names and places: what is the same once it is written alike.

import CompanyMatching
import Testing
import VigieLimits

@Suite struct CompanyNameTests {
    @Test(arguments: [
        ("S.A.R.L. Dupont & Fils", "DUPONT ET FILS SARL"),
        ("Société à responsabilité limitée Dupont", "Dupont SARL"),
        ("L'Atelier du Bois", "ATELIER DU BOIS"),
        ("Ets. Lefèvre", "ETABLISSEMENTS LEFEVRE"),
        ("Ste Générale de Travaux", "Sté GLE de travaux"),
        ("St-Gobain Transp.", "SAINT GOBAIN TRANSPORTS"),
        ("Smith Bros Ltd.", "SMITH BROTHERS LIMITED"),
        ("Cœur de Lys", "COEUR DE LYS"),
        ("J.P. Morel", "JP MOREL"),
        ("Garage  Müller\u{A0}SAS", "garage muller sasu"),
        ("e\u{301}lectricite\u{301} Petit", "Électricité Petit"),
        ("Dupont and Co", "DUPONT ET CIE"),
        ("SA", "S.A."),
    ])
    func sameOnceWrittenAlike(_ left: String, _ right: String) {
        #expect(CompanyName(left).words == CompanyName(right).words)
    }

    @Test(arguments: [
        ("Dupont", "Durand"), ("Le Bon Pain", "Au Bon Pain"), ("Agence 12", "Agence 13"),
    ])
    func notTheSame(_ left: String, _ right: String) {
        #expect(CompanyName(left).words != CompanyName(right).words)
    }

    @Test(arguments: [
        ("Dupont SARL", "SARL"), ("EURL Dupont", "SARL"), ("Dupont S.A.S.U.", "SAS"),
        ("Dupont société anonyme", "SA"), ("Smith Limited", "LTD"), ("Dupont", ""),
        ("SA Dupont", "SA"), ("Casa Nostra", ""),
    ])
    func legalFormIsKeptApart(_ text: String, _ form: String) {
        #expect(CompanyName(text).form == form)
        #expect(!CompanyName(text).words.isEmpty)
    }

    @Test func nothingButSignsIsNoName() {
        #expect(CompanyName(" -- / ?").words.isEmpty)
        #expect(CompanyName("").words.isEmpty)
    }

    @Test func longNamesAreCut() {
        let long = String(repeating: "XY ", count: MatchLimits.matchedTextBytesMax)
        #expect(CompanyName(long).words.count == MatchLimits.wordsMax)
        let word = CompanyName(String(repeating: "x", count: 4_000)).words
        #expect(word.map(\.utf8.count) == [MatchLimits.wordBytesMax])
    }

    @Test(arguments: [
        ("69001", "LYON", "12 rue de la Gare", "69001", "Lyon", "12, R. DE LA GARE", "street"),
        ("69001", "LYON", "12 rue de la Gare", "69001", "Lyon", "14 R. DE LA GARE", "town"),
        ("42000", "ST-ETIENNE", "", "42009", "SAINT ETIENNE CEDEX 2", "", "town"),
        ("75015", "PARIS", "", "75008", "PARIS 8EME ARRONDISSEMENT", "", "town"),
        ("69110", "STE FOY LES LYON", "", "", "Sainte-Foy-lès-Lyon", "", "town"),
        ("69001", "LYON", "", "69400", "VILLEFRANCHE", "", "department"),
        ("97110", "POINTE A PITRE", "", "97400", "SAINT DENIS", "", "elsewhere"),
        ("93200", "SAINT DENIS", "", "97400", "SAINT DENIS", "", "elsewhere"),
        ("1000", "BOURG EN BRESSE", "", "01000", "BOURG-EN-BRESSE", "", "town"),
        ("", "", "", "69001", "LYON", "", "unknown"),
        ("69001", "", "", "", "LYON", "", "unknown"),
        ("SW1A 1AA", "London", "", "sw1a1aa", "LONDON", "", "town"),
    ])
    func placesLieToEachOther(
        _ postcode: String,
        _ town: String,
        _ street: String,
        _ otherPostcode: String,
        _ otherTown: String,
        _ otherStreet: String,
        _ nearness: String
    ) {
        let one = CompanyPlace(postcode: postcode, town: town, street: street)
        let other = CompanyPlace(postcode: otherPostcode, town: otherTown, street: otherStreet)
        #expect("\(one.nearness(to: other))" == nearness)
        #expect("\(other.nearness(to: one))" == nearness)
    }
}
