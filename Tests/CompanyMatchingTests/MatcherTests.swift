// SPDX-License-Identifier: Apache-2.0

// Lines looked for among a few companies: grades, reasons, and what is left to somebody.

import CompanyMatching
import Testing
import VigieLimits

@Suite struct MatcherTests {
    /// Looks for a line among companies of a name, a postcode and a town.
    private func find(
        _ name: String,
        _ place: CompanyPlace = CompanyPlace(),
        among companies: [(name: String, postcode: String, town: String)]
    ) throws -> MatchOutcome {
        var builder = CompanyIndexBuilder()
        for company in companies {
            let number = try builder.add()
            builder.add(name: company.name, of: number)
            builder.add(
                CompanyPlace(postcode: company.postcode, town: company.town),
                of: number
            )
        }
        var matcher = CompanyMatcher(CompanyIndex(builder))
        return matcher.find(MatchQuery(name: name, place: place))
    }

    private let lyon = CompanyPlace(postcode: "69001", town: "Lyon")
    private let companies = [
        (name: "MENUISERIE DUPONT SARL", postcode: "69001", town: "LYON"),
        (name: "DURAND TRANSPORTS", postcode: "69003", town: "LYON"),
        (name: "BATI CONCEPT", postcode: "13001", town: "MARSEILLE"),
        (name: "SOCIETE NATIONALE DES CHARPENTES", postcode: "69002", town: "LYON"),
        (name: "GARAGE MARTIN", postcode: "69001", town: "LYON"),
        (name: "GARAGE MARTIN", postcode: "69001", town: "LYON"),
        (name: "BOULANGERIE LEROY", postcode: "59000", town: "LILLE"),
    ]

    @Test(arguments: [
        ("Menuiserie Dupont", 0, "A", [MatchReason.sameName, .sameTown]),
        ("DUPONT MENUISERIE", 0, "B", [.otherOrder, .sameTown]),
        ("Menuiserie Duponnt", 0, "B", [.nearSpelling, .sameTown]),
        ("Menuiserie Dupont SAS", 0, "B", [.sameName, .otherForm, .sameTown]),
        ("Durand Transp.", 1, "A", [.sameName, .sameTown]),
        ("Baticoncept", 2, "D", [.joinedWords, .otherPlace]),
        ("Boulangerie Leroy", 6, "C", [.sameName, .otherPlace]),
    ])
    func gradesAndReasons(
        _ name: String,
        _ company: Int,
        _ grade: String,
        _ reasons: [MatchReason]
    ) throws {
        let outcome = try find(name, lyon, among: companies)
        let first = try #require(outcome.candidates.first)
        #expect(first.company == company && first.grade.rawValue == grade)
        #expect(first.reasons == reasons)
        #expect(!outcome.isAmbiguous)
    }

    @Test func firstLettersAreFound() throws {
        let outcome = try find(
            "S.N.C.",
            lyon,
            among: [
                (name: "SOCIETE NOUVELLE CHARPENTES", postcode: "69002", town: "LYON"),
                (name: "GARAGE MARTIN", postcode: "69001", town: "LYON"),
            ]
        )
        // SNC is a legal form, too: a name that is nothing else is that name.
        #expect(outcome.candidates.first?.company == 0)
        #expect(outcome.candidates.first?.reasons.first == .initials)
        #expect(outcome.taken(upTo: .likely) == nil)
    }

    @Test func withoutAPlaceTheSameNameIsLikelyAtMost() throws {
        let outcome = try find("Menuiserie Dupont", among: companies)
        #expect(outcome.candidates.first?.grade == .likely)
        #expect(outcome.candidates.first?.reasons == [.sameName, .noPlace])
        #expect(outcome.taken(upTo: .exact) == nil)
        #expect(outcome.taken(upTo: .likely)?.company == 0)
    }

    @Test func twoThatAreEquallyLikelyAreNeverTaken() throws {
        let outcome = try find("Garage Martin", lyon, among: companies)
        #expect(outcome.isAmbiguous && outcome.candidates.map(\.grade) == [.exact, .exact])
        for grade in MatchGrade.allCases { #expect(outcome.taken(upTo: grade) == nil) }
    }

    @Test func theStreetTellsTwoOfATownApart() throws {
        var builder = CompanyIndexBuilder()
        for street in ["3 rue Pasteur", "40 avenue Foch"] {
            let number = try builder.add()
            builder.add(name: "GARAGE MARTIN", of: number)
            builder.add(
                CompanyPlace(postcode: "69001", town: "LYON", street: street),
                of: number
            )
        }
        var matcher = CompanyMatcher(CompanyIndex(builder))
        let place = CompanyPlace(postcode: "69001", town: "LYON", street: "40, av. Foch")
        let outcome = matcher.find(MatchQuery(name: "Garage Martin", place: place))
        #expect(outcome.taken(upTo: .exact)?.company == 1)
    }

    @Test func oneThatHasEndedIsLikelyAtMost() throws {
        var builder = CompanyIndexBuilder()
        let ended = try builder.add(isEnded: true)
        builder.add(name: "GARAGE MARTIN", of: ended)
        builder.add(lyon, of: ended)
        var matcher = CompanyMatcher(CompanyIndex(builder))
        let outcome = matcher.find(MatchQuery(name: "Garage Martin", place: lyon))
        #expect(outcome.candidates.first?.grade == .likely)
        #expect(outcome.candidates.first?.reasons.last == .ended)
    }

    @Test func theLegalCategoryCountsAsAForm() throws {
        var builder = CompanyIndexBuilder()
        let number = try builder.add(category: "5710")
        builder.add(name: "GARAGE MARTIN", of: number)
        builder.add(lyon, of: number)
        var matcher = CompanyMatcher(CompanyIndex(builder))
        let other = matcher.find(MatchQuery(name: "Garage Martin SARL", place: lyon))
        #expect(other.candidates.first?.grade == .likely)
        let same = matcher.find(MatchQuery(name: "Garage Martin SASU", place: lyon))
        #expect(same.candidates.first?.grade == .exact)
    }

    @Test func namesAndPlacesBesideTheFirstCount() throws {
        var builder = CompanyIndexBuilder()
        let number = try builder.add()
        builder.add(name: "HOLDING LEVANT", of: number)
        builder.add(name: "LE COMPTOIR VERT", of: number, isTrade: true)
        builder.add(CompanyPlace(postcode: "75001", town: "PARIS"), of: number)
        builder.add(lyon, of: number)
        var matcher = CompanyMatcher(CompanyIndex(builder))
        let outcome = matcher.find(MatchQuery(name: "Le Comptoir vert", place: lyon))
        #expect(outcome.candidates.count == 1)
        #expect(outcome.candidates.first?.reasons == [.sameName, .tradeName, .sameTown])
    }

    @Test func limitsHold() throws {
        var builder = CompanyIndexBuilder(companiesMax: 1)
        let number = try builder.add()
        #expect(throws: MatchLimitError.self) { try builder.add() }
        #expect(MatchLimits.companiesMax > 10_000_000)
        for count in 0..<MatchLimits.namesMax + 5 { builder.add(name: "NAME \(count)", of: number) }
        for count in 0..<MatchLimits.placesMax + 5 {
            builder.add(CompanyPlace(postcode: "\(10_000 + count)", town: ""), of: number)
        }
        builder.add(name: "NOBODY'S", of: 7)
        #expect(CompanyIndex(builder).nameCount == MatchLimits.namesMax)
    }

    @Test func noMoreThanAFewAreTold() throws {
        let many = (0..<MatchLimits.comparedMax * 2).map { _ in
            (name: "GARAGE MARTIN", postcode: "69001", town: "LYON")
        }
        let outcome = try find("Garage Martin", lyon, among: many)
        #expect(outcome.candidates.count == MatchLimits.candidatesMax && outcome.isAmbiguous)
    }

    @Test func aWordOfAllIsLookedForInTheDepartment() throws {
        var many = (0..<MatchLimits.listedMax + 10).map {
            (name: "GARAGE N\($0)", postcode: "13001", town: "MARSEILLE")
        }
        many.append((name: "GARAGE", postcode: "69001", town: "LYON"))
        let outcome = try find("Garages", lyon, among: many)
        #expect(outcome.candidates.first?.company == many.count - 1)
    }

    @Test(arguments: ["", " ", "!!!", "\u{0}", String(repeating: "é", count: 10_000)])
    func nothingIsFoundForNoName(_ name: String) throws {
        #expect(try find(name, lyon, among: companies).candidates.isEmpty)
    }
}
