// SPDX-License-Identifier: Apache-2.0

// Which input a column with another name may be: the same words in another form,
// the words of the input's description in any language that it has, or a slip of
// the keyboard. A guess is only ever told, never taken.

internal import VigieLimits

/// Guesses what columns mean.
package struct ColumnGuess {
    private struct Candidate {
        let name: String
        let joined: String
        /// The words of each description up to its first stop.
        let clauses: [[String]]
    }

    private static let identifiers: Set<String> = [
        "id", "identifier", "identifiant", "ident", "siren", "siret", "lei", "duns", "companyid",
        "companynumber", "company", "code", "numero", "number", "nummer", "key", "cle", "kennung",
        "firmennummer", "customerid", "clientid", "reference", "ref", "crefonummer", "bvd",
        "bvdid", "vat", "cik", "gvkey", "ticker", "permno",
    ]
    private static let smallWords: Set<String> = [
        "de", "des", "du", "d", "l", "la", "le", "les", "a", "au", "aux", "en", "et", "of", "the",
        "and", "in", "to", "und", "der", "die", "das",
    ]
    private let candidates: [Candidate]

    /// Prepares to guess among `inputs`.
    package init(_ inputs: [TableInput]) {
        candidates = inputs.map { input in
            Candidate(
                name: input.name,
                joined: Self.joined(input.name),
                clauses: input.descriptions.map { description in
                    Self.words(String(description.prefix { !".:,;(".contains($0) }))
                }
            )
        }
    }

    /// Whether a column's name says that it identifies rows.
    package static func isIdentifier(_ name: String) -> Bool { identifiers.contains(joined(name)) }

    /// The input that a column may be, but for those that are `taken`; nil for no idea.
    package func input(for column: String, taken: Set<String> = []) -> String? {
        let free = candidates.filter { !taken.contains($0.name) }
        let joined = Self.joined(column)
        guard !joined.isEmpty else { return nil }
        if let same = free.first(where: { $0.joined == joined }) { return same.name }
        let words = Self.words(column)
        let described = free.compactMap { candidate in
            candidate.clauses.filter { Self.covers($0, words) }.map(\.count).min()
                .map { (name: candidate.name, count: $0) }
        }
        if let best = described.min(by: { $0.count < $1.count }) { return best.name }
        return Self.nearest(joined, free)
    }

    /// How many of the names are inputs, in this or another form, or are described as one.
    func matchCount(_ names: [String]) -> Int {
        var known: [String: String] = [:]
        for candidate in candidates { known[candidate.joined] = candidate.name }
        var matched: Set<String> = []
        for (index, name) in names.enumerated() {
            if let same = known[Self.joined(name)] {
                matched.insert(same)
            } else if index < InputLimits.namedColumnsMaximum {
                let words = Self.words(name)
                let match = candidates.first { $0.clauses.contains { Self.covers($0, words) } }
                if let match { matched.insert(match.name) }
            }
        }
        return matched.count
    }

    // MARK: Words

    /// Letters and digits of a name in small letters, without accents; a year's mark stays.
    package static func joined(_ name: String) -> String {
        plain(name).filter { $0.isLetter || $0.isNumber || $0 == "@" }
    }

    private static func words(_ text: String) -> [String] {
        plain(text).split { !$0.isLetter && !$0.isNumber }.map(String.init)
            .filter { !smallWords.contains($0) }
    }

    /// Small letters without their accents.
    private static func plain(_ text: String) -> String {
        var result = ""
        for scalar in text.lowercased().unicodeScalars.prefix(
            4 * InputLimits.comparedNameBytesMaximum
        ) {
            if scalar.isASCII {
                result.unicodeScalars.append(scalar)
            } else if scalar == "ß" {
                result += "ss"
            } else if scalar == "œ" {
                result += "oe"
            } else if scalar.properties.generalCategory == .nonspacingMark {
                continue
            } else if let name = scalar.properties.name,
                let letter = name.split(separator: " WITH ").first,
                name.hasPrefix("LATIN SMALL LETTER ")
            {
                result += letter.dropFirst("LATIN SMALL LETTER ".count).lowercased()
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether a description's words hold all words of a column. One word alone says too little,
    /// unless the description is that word.
    private static func covers(_ clause: [String], _ words: [String]) -> Bool {
        guard !words.isEmpty, words.count > 1 || clause.count == 1 else { return false }
        return words.allSatisfy { word in clause.contains { isAlike($0, word) } }
    }

    /// Whether two words are one, or forms of one: "total" and "totales".
    private static func isAlike(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        let common = zip(left, right).prefix { $0 == $1 }.count
        return common >= 4 && common >= min(left.count, right.count) - 1
    }

    // MARK: Slips

    private static func nearest(_ joined: String, _ free: [Candidate]) -> String? {
        let length = joined.utf8.count
        guard length >= 4, length <= InputLimits.comparedNameBytesMaximum else { return nil }
        let names = free.lazy.map(\.joined)
        let found = NearestName.among(names, to: joined, atMost: max(1, length / 5))
        return free.first { $0.joined == found }?.name
    }
}
