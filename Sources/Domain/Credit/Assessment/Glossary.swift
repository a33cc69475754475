// SPDX-License-Identifier: Apache-2.0

// What the words of an assessment mean, for those who read one: a table in French and English.

internal import CCreditData
internal import CreditFacts

/// A term of the glossary.
package struct GlossaryTerm: Sendable {
    /// Who reads it.
    package enum Reader: String, Sendable, CaseIterable {
        /// Who sells.
        case sales
        /// Who grants credit.
        case credit
        /// The company that is assessed.
        case company
    }

    /// Its name, as in assessments.
    package let name: String
    private let aliases: [String]
    private let cells: [String]

    /// All terms.
    package static let all: [GlossaryTerm] = FactTable.rows(vigie_glossary).compactMap { row in
        guard row.count == 16 else { return nil }
        return GlossaryTerm(
            name: row[0],
            aliases: row[1].split(separator: " ").map(String.init),
            cells: Array(row[2...])
        )
    }

    /// The term of a name or of another name of it, in any case, with blanks or underscores.
    package static func named(_ text: String) -> GlossaryTerm? {
        let name = String(
            text.lowercased().map { $0 == " " || $0 == "-" || $0 == "'" ? "_" : $0 }
        )
        return all.first { $0.name == name || $0.aliases.contains(name) }
    }

    private func cell(_ place: Int, _ inFrench: Bool) -> String {
        cells[2 * place + (inFrench ? 0 : 1)]
    }

    /// What it is called.
    package func title(inFrench: Bool) -> String { cell(0, inFrench) }
    /// What it says.
    package func meaning(inFrench: Bool) -> String { cell(1, inFrench) }
    /// Where it comes from.
    package func origin(inFrench: Bool) -> String { cell(2, inFrench) }
    /// What it does not say.
    package func caveat(inFrench: Bool) -> String { cell(3, inFrench) }

    /// What a reader does with it.
    package func advice(for reader: Reader, inFrench: Bool) -> String {
        switch reader {
        case .sales: cell(4, inFrench)
        case .credit: cell(5, inFrench)
        case .company: cell(6, inFrench)
        }
    }
}
