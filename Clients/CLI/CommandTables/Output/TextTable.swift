// SPDX-License-Identifier: Apache-2.0

// Texts in aligned columns.

internal import Documents

/// A table for people.
package struct TextTable: Sendable {
    /// How the texts of a column stand.
    package enum Alignment: Sendable {
        /// At the left edge: words.
        case left
        /// At the right edge: numbers.
        case right
    }

    /// The columns: what stands above each, and how its texts stand.
    package let columns: [(title: String, alignment: Alignment)]
    /// Width of each column in places of a terminal.
    package private(set) var widths: [Int]

    /// Creates a table whose columns are as wide as their titles.
    package init(columns: [(title: String, alignment: Alignment)]) {
        self.columns = columns
        widths = columns.map(\.title.displayWidth)
    }

    /// Makes the columns wide enough for a row.
    package mutating func fit(_ cells: [String]) {
        for (index, cell) in cells.enumerated() where index < widths.count {
            widths[index] = max(widths[index], cell.displayWidth)
        }
    }

    /// One line with the cells of a row, without blanks at its end.
    package func line(_ cells: [String]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() where index < columns.count {
            if index > 0 { line += "  " }
            let padding = String(repeating: " ", count: max(0, widths[index] - cell.displayWidth))
            line += columns[index].alignment == .left ? cell + padding : padding + cell
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// The line of the titles.
    package var header: String { line(columns.map(\.title)) }

    /// A whole table, header and rows, each line ended. No cell can command a terminal.
    package static func text(
        columns: [(title: String, alignment: Alignment)],
        rows: [[String]],
        terminal: Terminal
    ) -> String {
        var table = TextTable(columns: columns)
        let rows = rows.map { $0.map { escaped($0) } }
        for row in rows { table.fit(row) }
        return ([terminal.bold(table.header)] + rows.map(table.line)).map { $0 + "\n" }.joined()
    }
}
