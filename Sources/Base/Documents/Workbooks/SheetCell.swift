// SPDX-License-Identifier: Apache-2.0

// Cells of sheets, whatever they were read from. Numbers of workbooks are no texts: they are
// written alike in every country.

/// A cell of a sheet.
package enum SheetCell: Equatable, Sendable {
    /// Nothing.
    case empty
    /// A text.
    case text(String)
    /// A number.
    case number(Double)
    /// True or false.
    case boolean(Bool)
    /// A day, counted from 1 January 1970.
    case day(Int)
    /// Something that is no value, in words.
    case unusable(String)

    /// Whether there is nothing in it, or blanks only.
    package var isEmpty: Bool {
        switch self {
        case .empty: true
        case .text(let text): text.utf8.allSatisfy { $0 <= 0x20 }
        default: false
        }
    }
}

/// A sheet of cells.
package struct Sheet: Sendable {
    /// Its name; empty for a table of text.
    package let name: String
    /// The rows that have cells, with their numbers from 1.
    package internal(set) var rows: [(number: Int, cells: [SheetCell])]

    /// Takes name and rows.
    package init(name: String, rows: [(number: Int, cells: [SheetCell])] = []) {
        (self.name, self.rows) = (name, rows)
    }

    /// The name of a place as spreadsheets tell it: `C7`.
    package static func place(row: Int, column: Int) -> String {
        var letters = ""
        var rest = column
        repeat {
            letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
            rest = rest / 26 - 1
        } while rest >= 0
        return "\(letters)\(row)"
    }
}
