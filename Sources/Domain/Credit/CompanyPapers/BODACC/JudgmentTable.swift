// SPDX-License-Identifier: Apache-2.0

// What a judgment does, by its nature. The wording of natures is that of the notices; a nature that
// only says "another judgment" is decided by the words of the judgment, or by nobody: it is never
// taken for "nothing happened".

internal import CCreditData
package import CreditFacts

/// Natures of judgments and what they do.
package struct JudgmentTable: Sendable {
    /// What a judgment does.
    package struct Meaning: Sendable, Hashable {
        /// The event.
        package let kind: LegalEventKind
        /// The proceedings that its nature names.
        package let proceeding: Proceeding?
    }

    /// The table that comes with the product.
    package static let standard = JudgmentTable(rows: FactTable.rows(vigie_judgments))

    private let meanings: [String: Meaning]
    private let readsWords: Set<String>

    private init(rows: [[String]]) {
        var meanings: [String: Meaning] = [:]
        var readsWords: Set<String> = []
        for row in rows where row.count >= 2 {
            let nature = Self.nature(row[0])
            if let kind = LegalEventKind(rawValue: row[1]) {
                meanings[nature] = Meaning(kind: kind, proceeding: Self.proceeding(in: nature))
            } else {
                readsWords.insert(nature)
            }
        }
        self.meanings = meanings
        self.readsWords = readsWords
    }

    /// What a judgment does.
    ///
    /// - Parameters:
    ///   - nature: As the notice has it.
    ///   - words: The judgment's own words, which decide when the nature does not.
    package func meaning(nature: String, words: String) -> Meaning {
        let nature = Self.nature(nature)
        if let known = meanings[nature] { return known }
        let unclear = Meaning(kind: .unclear, proceeding: nil)
        return JudgmentWords.meaning(FrenchText.folded(words))
            ?? (readsWords.contains(nature) ? nil : JudgmentWords.meaning(nature)) ?? unclear
    }

    /// A nature as the table has it: folded, and without a mark at its end.
    private static func nature(_ text: String) -> String {
        var nature = FrenchText.folded(text)
        while let last = nature.last, " .,;:".contains(last) { nature.removeLast() }
        return nature
    }

    /// The proceedings that a folded text names; nil for none, or for more than one.
    static func proceeding(in folded: String) -> Proceeding? {
        let found = [
            (Proceeding.sauvegarde, folded.contains("sauvegarde")),
            (.sauvegarde, folded.contains("sortie de crise")),
            (.reorganisation, folded.contains("redressement")),
            (.liquidation, folded.contains("liquidation")),
        ].filter(\.1).map(\.0)
        // "Plan de continuation" is the old name of the plan of a reorganisation.
        if found.isEmpty { return folded.contains("continuation") ? .reorganisation : nil }
        return found.count == 1 ? found[0] : nil
    }
}
