// SPDX-License-Identifier: Apache-2.0

// A directory of made-up companies, and lines of customers in it as people write them: the truth of
// each is known.

import CompanyMatching
import TestRandomness

/// A made-up company.
struct MadeUpCompany {
    var words: [String]
    var form: String
    var postcode: String
    var town: String
    var number: Int
    var street: String

    var name: String { (words + [form]).filter { !$0.isEmpty }.joined(separator: " ") }
}

/// A line of a list of customers, and the company that it means; nil for one that is in no
/// directory.
struct MadeUpLine {
    var name: String
    var postcode = ""
    var town = ""
    var street = ""
    var truth: Int?
    var noise = ""

    var query: MatchQuery {
        MatchQuery(
            name: name,
            place: CompanyPlace(postcode: postcode, town: town, street: street)
        )
    }
}

/// Companies by the numbers that the index gives them.
struct MadeUpDirectory {
    private(set) var companies: [MadeUpCompany] = []
    let index: CompanyIndex

    init(count: Int, seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let parts = MadeUpParts(&random)
        var builder = CompanyIndexBuilder()
        for _ in 0..<count {
            let company = parts.company(&random)
            companies.append(company)
            let number = try builder.add()
            builder.add(name: company.name, of: number)
            builder.add(
                CompanyPlace(
                    postcode: company.postcode,
                    town: company.town,
                    street: "\(company.number) \(company.street)"
                ),
                of: number
            )
        }
        index = CompanyIndex(builder)
    }
}

/// What companies are made of.
struct MadeUpParts {
    private let surnames: [String]
    private let towns: [(postcode: String, town: String)]
    private static let trades = [
        "TRANSPORTS", "MENUISERIE", "BOULANGERIE", "GARAGE", "PLOMBERIE", "SERVICES", "BATIMENT",
        "CONSTRUCTIONS", "INFORMATIQUE", "CONSEIL", "DISTRIBUTION", "IMMOBILIERE", "PHARMACIE",
        "RESTAURANT", "ELECTRICITE", "PEINTURE", "INDUSTRIES", "TECHNOLOGIES", "INTERNATIONAL",
        "MACONNERIE", "CHARPENTE", "COIFFURE", "AMBULANCES", "PAYSAGES", "LOGISTIQUE",
    ]
    private static let first = [
        "JEAN", "MARIE", "PIERRE", "ANNE", "PAUL", "LUCIE", "HENRI", "CLAIRE", "LOUIS", "EMMA",
    ]
    private static let qualities = [
        "NOUVELLE", "MODERNE", "EUROPEENNE", "GENERALE", "ALPINE", "MARITIME", "CENTRALE", "VERTE",
        "DU MARCHE", "DE LA GARE", "DES HALLES", "DU PORT", "DE L'OUEST", "DU MIDI",
    ]
    private static let forms = ["SARL", "SARL", "SAS", "SAS", "SA", "SCI", "EURL", "", ""]
    private static let streets = [
        "RUE DES LILAS", "RUE VICTOR HUGO", "AVENUE DE LA REPUBLIQUE", "BOULEVARD PASTEUR",
        "CHEMIN DES VIGNES", "PLACE DU MARCHE", "RUE SAINT MARTIN", "ROUTE DE LYON",
        "ALLEE DES CHENES", "IMPASSE DU MOULIN", "QUAI JULES FERRY", "RUE DE L'EGLISE",
    ]

    init(_ random: inout SeededGenerator) {
        var surnames: [String] = []
        for _ in 0..<20_000 { surnames.append(Self.word(&random)) }
        self.surnames = surnames
        var towns: [(String, String)] = []
        for _ in 0..<2_000 {
            let postcode = "\(Int.random(in: 10_000...95_990, using: &random) / 10 * 10)"
            let saint = random.once(in: 5) ? "SAINT " : ""
            let name = saint + Self.word(&random) + (random.once(in: 6) ? " SUR SEINE" : "")
            towns.append((postcode, name))
        }
        self.towns = towns
    }

    private static let syllables = [
        "BA", "BER", "CHA", "CO", "DU", "DE", "FA", "GAR", "GI", "LA", "LE", "LO", "MAR", "MO",
        "NI", "PA", "PER", "RO", "SAU", "TE", "TOU", "VI", "VAL", "ZA", "RE", "SI", "CAN",
    ]
    private static let endings = ["", "T", "N", "R", "ND", "RD", "LLE", "UX", "IER", "EAU", "ON"]

    private static func word(_ random: inout SeededGenerator) -> String {
        (0..<random.upTo(2) + 1).map { _ in random.pick(syllables) }.joined()
            + random.pick(endings)
    }

    func company(_ random: inout SeededGenerator) -> MadeUpCompany {
        // A few surnames are frequent, most are rare.
        let rank = Double.random(in: 0..<1, using: &random)
        let surname = surnames[Int(Double(surnames.count) * rank * rank * rank)]
        let trade = random.pick(Self.trades)
        let words: [String] =
            switch random.upTo(7) {
            case 1: [trade, surname]
            case 2: [surname, trade]
            case 3: [surname, "ET", "FILS"]
            case 4: [random.pick(Self.first), surname]
            case 5: [trade, random.pick(Self.qualities)]
            case 6: ["ETABLISSEMENTS", surname, random.pick(surnames)]
            default: [surname, trade, random.pick(Self.qualities)]
            }
        let place = random.pick(towns)
        return MadeUpCompany(
            words: words.flatMap { $0.split(separator: " ").map(String.init) },
            form: random.pick(Self.forms),
            postcode: place.postcode,
            town: place.town,
            number: random.upTo(120),
            street: random.pick(Self.streets)
        )
    }
}
