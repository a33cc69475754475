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
    /// Cells that are merged, of which the first alone has a value.
    package internal(set) var merged: [MergedCells] = []

    /// Takes name, rows and what is merged.
    package init(
        name: String,
        rows: [(number: Int, cells: [SheetCell])] = [],
        merged: [MergedCells] = []
    ) {
        (self.name, self.rows, self.merged) = (name, rows, merged)
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

/// Cells of a sheet that are shown as one.
package struct MergedCells: Equatable, Sendable {
    /// Their rows, from 1.
    package let rows: ClosedRange<Int>
    /// Their columns, from 0.
    package let columns: ClosedRange<Int>

    /// Takes rows and columns.
    package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
        (self.rows, self.columns) = (rows, columns)
    }

    /// Reads a place such as `B11:B12`; nil if it is none, or a single cell.
    init?(_ place: String) {
        let ends = place.split(separator: ":").map(String.init)
        guard ends.count == 2, let first = SheetHandler.column(ends[0]),
            let last = SheetHandler.column(ends[1]),
            let top = Int(ends[0].drop { $0.isLetter }),
            let bottom = Int(ends[1].drop { $0.isLetter }),
            first <= last, top >= 1, top <= bottom, first < last || top < bottom
        else { return nil }
        self.init(rows: top...bottom, columns: first...last)
    }
}
