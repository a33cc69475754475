// SPDX-License-Identifier: Apache-2.0

// What stops a paper from being read, in French. Readers say it in English, with names and numbers
// in it; a table has the French of each sentence, with the places of what varies.

internal import CCreditData

/// Sentences about failures.
package enum FailureWords {
    private struct Sentence: Sendable {
        /// What stands before, between and behind the places of what varies.
        let parts: [String]
        let french: String
    }

    private static let all: [Sentence] = FactTable.rows(vigie_failures).compactMap { row in
        guard row.count == 2 else { return nil }
        var parts = [row[0]]
        while let last = parts.last, let hole = last.firstRange(of: "{\(parts.count)}") {
            parts[parts.count - 1] = String(last[..<hole.lowerBound])
            parts.append(String(last[hole.upperBound...]))
        }
        return Sentence(parts: parts, french: row[1])
    }

    /// A sentence in French; as it is where the table does not have it.
    package static func french(_ text: String) -> String {
        for sentence in all {
            let named = values(text, sentence.parts)
            guard let values = named ?? unnamed(text, sentence.parts) else { continue }
            var french = ""
            var rest = sentence.french[...]
            while let open = rest.firstIndex(of: "{"), let close = rest.firstIndex(of: "}"),
                open < close, let place = Int(rest[rest.index(after: open)..<close]),
                values.indices.contains(place - 1)
            {
                // What varies may be a sentence itself, such as the system's reason.
                french += rest[..<open] + self.french(String(values[place - 1]))
                rest = rest[rest.index(after: close)...]
            }
            french += rest
            return named != nil ? french : String(french.drop(while: isJoint))
        }
        return text
    }

    /// The same for a sentence that begins with the name of a paper, which stands elsewhere.
    private static func unnamed(_ text: String, _ parts: [String]) -> [Substring]? {
        guard parts.count > 1, parts[0].isEmpty else { return nil }
        let rest = [String(parts[1].drop(while: isJoint))] + parts[2...]
        return values(text, rest).map { [""] + $0 }
    }

    /// What joins the name of a paper and what is said of it.
    private static func isJoint(_ character: Character) -> Bool { ":, ".contains(character) }

    /// What stands at the places of a sentence; nil where the text is another one.
    private static func values(_ text: String, _ parts: [String]) -> [Substring]? {
        guard let first = parts.first, let last = parts.last, text.hasPrefix(first) else {
            return nil
        }
        guard parts.count > 1 else { return text == first ? [] : nil }
        var rest = text.dropFirst(first.count)
        var values: [Substring] = []
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.firstRange(of: part) else { return nil }
            values.append(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        guard rest.hasSuffix(last) else { return nil }
        return values + [rest.dropLast(last.count)]
    }
}
