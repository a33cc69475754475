// SPDX-License-Identifier: Apache-2.0

// Some consecutive rows of an input, ready to be sent.

package import Documents
package import VigieClient

/// A block of rows.
package struct InputBlock: Equatable, Sendable {
    /// Number of rows.
    package var rowCount = 0
    /// The values row by row, as many for each row as there are value columns; NaN is missing. A
    /// bad row has only missing values.
    package var values: [Double] = []
    /// The line of the input on which each row starts, from 1.
    package var lines: [Int] = []
    /// The texts that pass through, one column for each text column of the reader.
    package var texts: [TextColumn]
    /// The texts that are sent, one column for each category column of the reader.
    package var categories: [TextColumnBuffer] = []
    /// The rows that could not be read, in the order of the rows.
    package var badRows: [BadRow] = []
    /// Bytes of the input consumed up to the end of the block.
    package var consumedBytes = 0

    /// Creates an empty block.
    package init(textColumnCount: Int, categoryColumnCount: Int = 0) {
        categories = Array(repeating: TextColumnBuffer(), count: categoryColumnCount)
        texts = Array(repeating: TextColumn(), count: textColumnCount)
    }
}

/// What is wrong with a row that could not be read.
package struct BadRow: Equatable, Sendable {
    /// Index of the row in its block.
    package var row: Int
    /// Line of the input on which the row starts, from 1.
    package var line: Int
    /// Name of the column at fault; empty when it is the row as a whole.
    package var column: String
    /// The value at fault as it stands in the input, shortened when it is long.
    package var value: String
    /// What is wrong, without a full stop.
    package var problem: String

    /// All of it in one line, such as "line 3, sales: 'abc' is not a finite number".
    package var message: String {
        column.isEmpty ? "line \(line): \(problem)" : "line \(line), \(column): \(problem)"
    }

    /// A cell that holds no number.
    package static func notANumber(row: Int, line: Int, column: String, value: String) -> BadRow {
        let value = shortened(value)
        return BadRow(
            row: row,
            line: line,
            column: column,
            value: value,
            problem: "'\(value)' is not a finite number"
        )
    }
}

/// Reads an input block by block.
package protocol BlockReader: AnyObject {
    /// Names of the value columns, in the order of the values of a row.
    var valueColumns: [String] { get }
    /// Names of the category columns, in the order of the texts of a row.
    var categoryColumns: [String] { get }
    /// Names of the columns that pass through, the identifier first where there is one.
    var textColumns: [String] { get }
    /// Whether the first text column is the identifier of the rows.
    var hasIdentifier: Bool { get }
    /// What is worth telling before the first row.
    var openingNotices: [String] { get }
    /// What is worth telling behind the last row.
    var closingNotices: [String] { get }
    /// What the file was found to be, in a few words each.
    var summary: [String] { get }
    /// Reads the next block of at most `rowCountMaximum` rows; nil at the end.
    func readBlock(rowCountMaximum: Int) throws(InputError) -> InputBlock?
}
