// SPDX-License-Identifier: Apache-2.0

// Lists of customers: each line with a name, and where it is, as somebody wrote it. All cells are
// kept as they are, so that what is written is the list again with the numbers in it.

internal import CommandFiles
package import CompanyMatching
package import Documents
internal import VigieLimits

/// A line of a list of customers.
package struct MatchLine: Sendable {
    /// Its line of the file, from 1.
    package var line: Int
    /// Its cells.
    package var cells: [String]
    /// The name.
    package var name: String
    /// Postcode, town and street as they stand there.
    package var place: (postcode: String, town: String, street: String)
    /// The identifier that it has already; empty for none.
    package var identifier: String

    /// What is looked for.
    package var query: MatchQuery {
        MatchQuery(
            name: name,
            place: CompanyPlace(postcode: place.postcode, town: place.town, street: place.street)
        )
    }
}

/// A list of customers.
package struct MatchLines: Sendable {
    /// The headings of the file.
    package private(set) var headings: [String]
    /// What parts its cells.
    package private(set) var delimiter: UInt8
    /// Its lines.
    package private(set) var lines: [MatchLine] = []
    /// What was done with the file that its owner may not expect.
    package private(set) var notes: [String] = []
    /// The fields of its columns, by the place of each.
    let fields: [MatchField?]

    /// Reads a list.
    ///
    /// - Throws: That it has no column of names, too many lines, or lines that cannot be read.
    package init(
        _ source: ByteSource,
        dialect: TableDialect,
        linesMax: Int = MatchLimits.linesMax
    ) throws {
        let text = try TextInput(source, encoding: dialect.encoding)
        var options = TableOptions()
        options.dialect = dialect
        let table = try TableReader(text.buffer, options: options, inputs: MatchHeadings.inputs)
        (headings, delimiter) = (table.header, table.delimiter)
        fields = try Self.fields(of: table.header, source.name)
        while try table.next() {
            if table.hasProblem {
                throw CommandFailure(
                    .badInput,
                    "\(source.name), line \(table.line): \(table.problem ?? "it cannot be read")",
                    hint: "mend the line"
                )
            }
            guard lines.count < linesMax else {
                throw CommandFailure(
                    .badInput,
                    "\(source.name) has more than \(linesMax) lines",
                    hint: "cut it into several files"
                )
            }
            lines.append(line(table))
        }
        notes = table.notices
    }

    /// The first cell of a line that has a field; empty for none.
    private func line(_ table: TableReader) -> MatchLine {
        var cells = table.cells.prefix(headings.count).map { trimmedBlanks(table.text($0)) }
        while cells.count < headings.count { cells.append("") }
        func text(_ field: MatchField) -> String {
            for (place, other) in fields.enumerated() where other == field {
                if !cells[place].isEmpty { return cells[place] }
            }
            return ""
        }
        return MatchLine(
            line: table.line,
            cells: cells,
            name: text(.name),
            place: (text(.postcode), text(.town), text(.street)),
            identifier: [MatchField.siren, .siret, .lei].map(text).first { !$0.isEmpty } ?? ""
        )
    }

    private static func fields(
        of headings: [String],
        _ source: String
    ) throws(CommandFailure) -> [MatchField?] {
        let found = headings.map { MatchHeadings.field(of: $0) }
        guard found.contains(where: { $0?.field == .name }) else {
            throw CommandFailure(
                .badInput,
                "\(source) has no column of names; its columns are "
                    + headings.filter { !$0.isEmpty }.joined(separator: ", "),
                hint: "call it \"name\", and the others \"postcode\", \"town\", \"street\""
            )
        }
        return found.map { $0?.field }
    }
}
