// SPDX-License-Identifier: Apache-2.0

// A table within a letter: in columns of plain text, and as HTML.

/// A table of a letter.
struct LetterTable {
    /// A heading, and whether its cells are numbers, which stand to the right.
    typealias Column = (heading: String, isNumber: Bool)

    private let columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; a text of others in it is made one line.
    mutating func append(_ cells: [String]) { rows.append(cells.map(LetterTextSafety.line)) }

    /// In columns, with two blanks between them.
    var text: String {
        let all = [columns.map(\.heading)] + rows
        let widths = columns.indices.map { column in
            all.map { $0[column].count }.max() ?? 0
        }
        return all.map { cells in
            let padded = columns.indices.map { column -> String in
                let blanks = String(repeating: " ", count: widths[column] - cells[column].count)
                return columns[column].isNumber ? blanks + cells[column] : cells[column] + blanks
            }
            var line = padded.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    /// As HTML, all of it escaped.
    var html: String {
        func row(_ cells: [String], _ tag: String) -> String {
            let marked = cells.enumerated().map { column, cell in
                let side = columns[column].isNumber ? " style=\"text-align:right\"" : ""
                return "<\(tag)\(side)>\(LetterTextSafety.html(cell))</\(tag)>"
            }
            return "<tr>\(marked.joined())</tr>"
        }
        let head = "<thead>\(row(columns.map(\.heading), "th"))</thead>"
        let body = "<tbody>\(rows.map { row($0, "td") }.joined(separator: "\n"))</tbody>"
        return "<table>\n\(head)\n\(body)\n</table>"
    }
}
