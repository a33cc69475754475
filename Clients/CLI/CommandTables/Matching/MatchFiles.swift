// SPDX-License-Identifier: Apache-2.0

// What is written: the list with the numbers in it, which can be imported, and a file of what
// somebody has to choose, which is read again once it is filled in.

package import CommandFiles
internal import CompanyMatching
internal import Documents
internal import VigieClient

/// Writes what became of lines.
package struct MatchFiles {
    private let list: MatchLines
    private let directory: CompanyDirectory
    private let choices: [MatchChoice]

    /// The columns of the file that is filled in.
    static let answerHeadings = [
        "take", "line", "name", "postcode", "town", "siren", "lei", "company_id", "known_name",
        "known_place", "grade", "reasons",
    ]

    /// Takes a list, and what became of it.
    package init(_ list: MatchLines, _ directory: CompanyDirectory, _ choices: MatchChoices) {
        (self.list, self.directory) = (list, directory)
        self.choices = choices.choices
    }

    /// Writes the lines whose company is known, with its number before their cells.
    package func writeMatched(to sink: ByteSink) throws(CommandFailure) {
        // Other columns of identifiers would say another company than the one that was found.
        let others = list.fields.indices.filter {
            switch list.fields[$0] {
            case .siren, .siret, .lei, .own: false
            case .name, .postcode, .town, .street, nil: true
            }
        }
        write(
            ["siren", "lei", "company_id"] + others.map { list.headings[$0] }
                + ["match_grade", "match_reasons"],
            to: sink
        )
        for (line, choice) in zip(list.lines, choices) {
            guard let (identity, grade, reasons) = told(line, choice) else { continue }
            write(identity + others.map { line.cells[$0] } + [grade, reasons], to: sink)
            try sink.flushIfFull()
        }
    }

    /// Writes the lines that somebody has to look at, a row for each candidate.
    package func writeOpen(to sink: ByteSink) throws(CommandFailure) {
        // People open it with spreadsheets, which take a text without the mark for one of Windows.
        sink.write("\u{FEFF}")
        write(Self.answerHeadings, to: sink)
        for (line, choice) in zip(list.lines, choices) {
            guard case .open(let outcome) = choice else { continue }
            let start =
                ["", "\(line.line)"]
                + [line.name, line.place.postcode, line.place.town].map(Self.shielded)
            if outcome.candidates.isEmpty {
                write(start + [String](repeating: "", count: 7), to: sink)
            }
            for candidate in outcome.candidates {
                let company = candidate.company
                write(
                    start + Self.cells(directory.identifiers[company]).map(Self.shielded)
                        + [directory.names[company], directory.places[company]].map(Self.shielded)
                        + [candidate.grade.rawValue, reasons(candidate, outcome)],
                    to: sink
                )
            }
            try sink.flushIfFull()
        }
    }

    private func told(
        _ line: MatchLine,
        _ choice: MatchChoice
    ) -> (identity: [String], grade: String, reasons: String)? {
        switch choice {
        case .kept:
            let place = list.fields.indices.first {
                !line.cells[$0].isEmpty && line.cells[$0] == line.identifier
                    && [.siren, .siret, .lei].contains(list.fields[$0])
            }
            let isLEI = place.map { list.fields[$0] == .lei } ?? false
            return (isLEI ? ["", line.identifier, ""] : [line.identifier, "", ""], "", "")
        case .answered(let company): return (Self.cells(company), "", "ANSWERED")
        case .taken(let candidate):
            return (
                Self.cells(directory.identifiers[candidate.company]), candidate.grade.rawValue,
                candidate.reasons.map(\.rawValue).joined(separator: " ")
            )
        case .open: return nil
        }
    }

    private func reasons(_ candidate: MatchCandidate, _ outcome: MatchOutcome) -> String {
        let isOne = outcome.isAmbiguous && outcome.candidates.prefix(2).contains(candidate)
        return (candidate.reasons.map(\.rawValue) + (isOne ? ["AMBIGUOUS"] : []))
            .joined(separator: " ")
    }

    private static func cells(_ company: CompanyIdentifier) -> [String] {
        switch company {
        case .siren(let text): [text, "", ""]
        case .lei(let text): ["", text, ""]
        case .own(let text): ["", "", text]
        }
    }

    /// A text that no spreadsheet takes for a formula.
    static func shielded(_ text: String) -> String {
        guard let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) else { return text }
        return "'" + text
    }

    /// The text that was shielded.
    static func unshielded(_ text: String) -> String {
        let rest = String(text.dropFirst())
        return text.utf8.first == UInt8(ascii: "'") && shielded(rest) != rest ? rest : text
    }

    private func write(_ cells: [String], to sink: ByteSink) {
        for (place, cell) in cells.enumerated() {
            if place > 0 { sink.write(byte: list.delimiter) }
            sink.writeCSV(Array(cell.utf8)[...], delimiter: list.delimiter)
        }
        sink.write(byte: UInt8(ascii: "\n"))
    }
}
