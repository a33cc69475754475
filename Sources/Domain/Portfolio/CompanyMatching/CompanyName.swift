// SPDX-License-Identifier: Apache-2.0

// A name of a company as it is compared: its words, and the legal form that stood among them.

internal import VigieLimits

/// A name that can be compared.
package struct CompanyName: Sendable, Hashable {
    /// Its words: without accents, abbreviations written out, without words that only bind.
    package private(set) var words: [String] = []
    /// The family of its legal form, such as `SARL`; empty where it shows none.
    package private(set) var form = ""

    /// Reads a name as somebody wrote it. A name of nothing but signs has no words.
    package init(_ text: String) {
        var words = FoldedWords.words(of: text)
        takePhrase(&words)
        let all = words
        words = words.enumerated()
            .filter { !isForm($0.element, at: $0.offset, of: all.count) }
            .map(\.element)
        // A name that is nothing but its form, such as "SA", keeps it.
        if words.isEmpty { (words, form) = (all, "") }
        let bound = words.filter { !NameTables.connectors.contains($0) }
        self.words = (bound.isEmpty ? words : bound).map { NameTables.words[$0] ?? $0 }
    }

    /// A name whose parts are known.
    init(form: String, words: [String]) { (self.form, self.words) = (form, words) }

    /// All words in a row, by which "Bati Concept" and "Baticoncept" are the same.
    var joined: String { words.joined() }

    /// The first letters of its words; nil for fewer than two.
    var initials: String? {
        let counted = words.filter { !NameTables.small.contains($0) }
        guard counted.count > 1 else { return nil }
        return String(counted.compactMap(\.first))
    }

    private mutating func takePhrase(_ words: inout [String]) {
        for (phrase, name) in NameTables.phrases where words.count > phrase.count {
            if words.starts(with: phrase) {
                words.removeFirst(phrase.count)
            } else if words.suffix(phrase.count).elementsEqual(phrase) {
                words.removeLast(phrase.count)
            } else {
                continue
            }
            form = name
            return
        }
    }

    private mutating func isForm(_ word: String, at place: Int, of count: Int) -> Bool {
        if let family = NameTables.forms[word] {
            if form.isEmpty { form = family }
            return true
        }
        guard place == 0 || place == count - 1, count > 1,
            let family = NameTables.formsAtEnds[word]
        else { return false }
        if form.isEmpty { form = family }
        return true
    }
}
