// SPDX-License-Identifier: Apache-2.0

// How people write the name and the place of a company that a directory has in its own way.

import TestRandomness

/// Kinds of noise.
enum MadeUpNoise: String, CaseIterable {
    case none, accents, form, dotted, ampersand, abbreviation, order, typing, transposed, joined
    case lost, initials, saint, cedex, otherTown, noPlace, twice

    /// A line that means a company.
    static func line(
        _ company: MadeUpCompany,
        _ truth: Int,
        _ noise: MadeUpNoise,
        _ random: inout SeededGenerator
    ) -> MadeUpLine {
        var company = company
        var kinds = [noise]
        if noise == .twice {
            kinds = [random.pick([.typing, .abbreviation, .form]), random.pick([.order, .cedex])]
        }
        for kind in kinds { kind.change(&company, &random) }
        var line = MadeUpLine(
            name: company.name,
            postcode: company.postcode,
            town: company.town,
            street: "\(company.number) \(company.street)",
            truth: truth,
            noise: noise.rawValue
        )
        if noise == .noPlace { (line.postcode, line.town, line.street) = ("", "", "") }
        return line
    }

    private func change(_ company: inout MadeUpCompany, _ random: inout SeededGenerator) {
        switch self {
        case .none, .noPlace, .twice: break
        case .accents:
            company.words = company.words.map { $0.replacing("E", with: "é").lowercased() }
        case .form: company.form = company.form.isEmpty ? "SARL" : ""
        case .dotted: company.form = company.form.map { "\($0)." }.joined()
        case .ampersand: company.words = company.words.map { $0 == "ET" ? "&" : $0 }
        case .abbreviation: Self.abbreviate(&company)
        case .order: company.words.append(company.words.removeFirst())
        case .typing: Self.mistype(&company, &random)
        case .transposed: Self.transpose(&company, &random)
        case .joined: company.words = [company.words.joined()]
        case .lost:
            if company.words.count > 2 { company.words.removeLast() } else { company.form = "" }
        case .initials:
            if let first = company.words.first, company.words.count > 1 {
                company.words[0] = "\(first.prefix(1))."
            }
        case .saint:
            company.town = company.town.replacing("SAINT ", with: "ST-")
            company.street = company.street.replacing("SAINT ", with: "ST ")
                .replacing("AVENUE", with: "AV.").replacing("BOULEVARD", with: "BD")
        case .cedex:
            company.postcode = String(company.postcode.prefix(3)) + "09"
            company.town += " CEDEX 9"
        case .otherTown: company.town = ""
        }
    }

    private static let short = [
        "TRANSPORTS": "TRANSP", "CONSTRUCTIONS": "CONST.", "DISTRIBUTION": "DISTRIB.",
        "ETABLISSEMENTS": "ETS", "INTERNATIONAL": "INTL", "SERVICES": "SCES", "GENERALE": "GLE",
        "INFORMATIQUE": "INFORM", "MENUISERIE": "MENUIS", "PEINTURE": "PEINT",
    ]

    private static func abbreviate(_ company: inout MadeUpCompany) {
        company.words = company.words.map { short[$0] ?? $0 }
    }

    /// A letter in the longest word becomes another one, goes, or comes twice.
    private static func mistype(_ company: inout MadeUpCompany, _ random: inout SeededGenerator) {
        change(&company) { letters in
            let place = random.upTo(letters.count - 1)
            switch random.upTo(3) {
            case 1: letters[place] = random.pick(Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            case 2: letters.remove(at: place)
            default: letters.insert(letters[place], at: place)
            }
        }
    }

    private static func transpose(_ company: inout MadeUpCompany, _ random: inout SeededGenerator) {
        change(&company) { letters in
            let place = random.upTo(letters.count - 2)
            letters.swapAt(place, place + 1)
        }
    }

    private static func change(
        _ company: inout MadeUpCompany,
        _ body: (inout [Character]) -> Void
    ) {
        let longest = company.words.indices.max {
            company.words[$0].count < company.words[$1].count
        }
        guard let longest, company.words[longest].count > 3 else { return }
        var letters = Array(company.words[longest])
        body(&letters)
        company.words[longest] = String(letters)
    }
}

extension MadeUpDirectory {
    /// Lines of all kinds of noise, and one in ten that means no company of the directory.
    func lines(_ count: Int, seed: Int) -> [MadeUpLine] {
        var random = SeededGenerator(seed: seed)
        // Other companies of the same kinds of words and towns.
        var strangers = SeededGenerator(seed: seed ^ 0x5EED)
        let parts = MadeUpParts(&strangers)
        return (0..<count).map { _ in
            if random.once(in: 10) {
                let company = parts.company(&strangers)
                return MadeUpLine(
                    name: company.name,
                    postcode: company.postcode,
                    town: company.town,
                    street: "\(company.number) \(company.street)",
                    noise: "stranger"
                )
            }
            let truth = Int.random(in: companies.indices, using: &random)
            let noise = random.pick(MadeUpNoise.allCases)
            return MadeUpNoise.line(companies[truth], truth, noise, &random)
        }
    }
}
