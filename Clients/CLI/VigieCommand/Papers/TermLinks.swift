// SPDX-License-Identifier: Apache-2.0

// Words of a page that the glossary at its end explains.

internal import Assessment
internal import CommandTables
internal import CreditFacts

/// Links words to a glossary, and writes of it what was linked.
struct TermLinks {
    private let isFrench: Bool
    private var used: Set<String> = []

    init(inFrench: Bool) { isFrench = inFrench }

    /// The text as a link to a term, by any of its names; as it is where the glossary has none.
    mutating func link(_ name: String?, _ text: String) -> String {
        guard let term = name.flatMap(GlossaryTerm.named) else { return markup(text) }
        used.insert(term.name)
        return "<a href=\"#term-\(term.name)\">\(markup(text))</a>"
    }

    /// The terms that were linked, in the order of the glossary, for a reader.
    func glossary(for reader: GlossaryTerm.Reader) -> String {
        let terms = GlossaryTerm.all.filter { used.contains($0.name) }
        guard !terms.isEmpty else { return "" }
        let advice = FactWords.text(reader.rawValue, inFrench: isFrench)
        let names = isFrench ? ("D'où", "Ne dit pas", " :") : ("From", "Does not say", ":")
        var text = "<section class=\"glossary\"><h1>"
        text += (isFrench ? "Ce que les mots veulent dire" : "What the words mean") + "</h1><dl>\n"
        for term in terms {
            text += "<dt id=\"term-\(term.name)\">\(markup(term.title(inFrench: isFrench)))</dt>"
            text += "<dd>\(markup(term.meaning(inFrench: isFrench)))"
            for (name, words) in [
                (names.0, term.origin(inFrench: isFrench)),
                (names.1, term.caveat(inFrench: isFrench)),
                (advice, term.advice(for: reader, inFrench: isFrench)),
            ] {
                text += "<small>\(markup(name + names.2)) \(markup(words))</small>"
            }
            text += "</dd>\n"
        }
        return text + "</dl></section>\n"
    }
}
