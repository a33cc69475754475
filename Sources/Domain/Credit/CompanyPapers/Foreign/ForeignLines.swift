// SPDX-License-Identifier: Apache-2.0

// Which names of a taxonomy a generic line is taken from: a table, whose rows are tried in order.

internal import CCreditData
internal import CreditFacts

/// One way to a generic line.
struct ForeignLine: Sendable {
    let taxonomy: String
    let line: String
    /// Whether it is an amount of a year, not of a day.
    let isOfYear: Bool
    /// The names, each with whether it is taken away.
    let terms: [(name: String, isNegative: Bool)]
    /// The names as the table has them.
    let names: String
    /// What is not quite the line about it.
    let mark: String

    /// The table, in its order.
    static let table: [ForeignLine] = {
        var lines: [ForeignLine] = []
        for row in FactTable.rows(vigie_foreign_lines) where row.count == 5 {
            var terms: [(name: String, isNegative: Bool)] = []
            var isNegative = false
            for word in row[3].split(separator: " ") {
                switch word {
                case "+": isNegative = false
                case "-": isNegative = true
                default: terms.append((String(word), isNegative))
                }
            }
            lines.append(
                ForeignLine(
                    taxonomy: row[0],
                    line: row[1],
                    isOfYear: row[2] == "year",
                    terms: terms,
                    names: row[3],
                    mark: row[4]
                )
            )
        }
        return lines
    }()

    /// The taxonomies.
    private static let taxonomies = ["us-gaap", "ifrs-full"]

    /// All names that are used, with the prefix of their taxonomy.
    private static let prefixed: Set<String> = {
        var all: Set<String> = []
        for taxonomy in taxonomies {
            for name in names(of: taxonomy) { all.insert("\(taxonomy):\(name)") }
        }
        return all
    }()

    /// Whether a name with its prefix is used.
    static func isKnown(_ name: String) -> Bool { prefixed.contains(name) }

    /// The taxonomy of a name with its prefix; nil for another.
    static func taxonomy(of name: String) -> String? {
        taxonomies.first { name.hasPrefix("\($0):") }
    }

    /// All names that a taxonomy's lines are taken from.
    static func names(of taxonomy: String) -> Set<String> {
        var names: Set<String> = []
        for line in table where line.taxonomy == taxonomy {
            for term in line.terms { names.insert(term.name) }
        }
        return names
    }
}
