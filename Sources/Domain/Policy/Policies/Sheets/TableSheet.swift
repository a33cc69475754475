// SPDX-License-Identifier: Apache-2.0

// A decision table as a sheet of cells, for people who have a spreadsheet:
//
//     decision  Limit   hit policy  UNIQUE  dialect  plain
//     column    input   input       output  annotation
//     name      class   …
//     expression, type, values, default: a line each
//     id
//     limit-a   "A"     not("high") 0.20    solid
//
// Cells are expressions, as in the model; plain numbers are numbers.

internal import DecimalNumbers
package import Decisions

/// A decision table as a sheet.
package struct TableSheet: Sendable {
    /// A cell.
    package enum Cell: Sendable, Equatable {
        /// A text.
        case text(String)
        /// A number in its digits, of which a spreadsheet keeps all.
        case number(String)
    }

    /// The decision.
    package let name: String
    /// The rows.
    package let rows: [[Cell]]

    /// What stands in the first column, above the rules.
    static let head = [
        "decision", "column", "name", "expression", "type", "values", "default", "id",
    ]
    /// Rows above the first rule.
    package static let headRows = head.count
    /// What stands in the first row, beside the decision.
    static let (hitPolicy, dialect) = ("hit policy", "dialect")

    /// Lays a table out.
    package init(_ source: TableSource, _ numbers: SheetNumbers) {
        name = source.decision
        var rows = source.head.map { $0.map { Cell.text($0) } }
        rows[0] += [.text(Self.dialect), .text(numbers.name)]
        for (number, rule) in source.rules.enumerated() {
            let cells = zip(source.columns, source.cells(of: rule)).map { column, text in
                column.kind == .annotation ? .text(text) : Self.cell(text, numbers)
            }
            rows.append([.text(source.name(ofRule: number))] + cells)
        }
        self.rows = rows
    }

    /// An expression as a cell.
    private static func cell(_ text: String, _ numbers: SheetNumbers) -> Cell {
        plainNumber(text) == nil ? .text(numbers.local(text)) : .number(text)
    }

    /// The number that an expression is, if a spreadsheet keeps all of its digits: of more than 15
    /// it does not, and 0100 it would write otherwise.
    static func plainNumber(_ text: String) -> DecimalNumber? {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
        let isPlain =
            digits.count >= text.utf8.count - 1
            && digits.first.map { $0 >= 0x30 && $0 <= 0x39 } == true
            && digits.last.map { $0 >= 0x30 && $0 <= 0x39 } == true
            && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2E }
            && (digits.first != 0x30 || digits.count == 1 || digits.dropFirst().first == 0x2E)
        guard isPlain, digits.count(where: { $0 != 0x2E }) <= 15 else { return nil }
        return DecimalNumber(parsing: text.utf8)
    }
}

extension TableSource {
    /// The rows above the rules, without what is said of numbers.
    var head: [[String]] {
        let lines: [(String) -> [String]] = [
            { [$0, self.decision, TableSheet.hitPolicy, self.hitPolicy] },
            { [$0] + self.columns.map(\.kind.rawValue) }, { [$0] + self.columns.map(\.name) },
            { [$0] + self.columns.map(\.expression) }, { [$0] + self.columns.map(\.type) },
            { [$0] + self.columns.map(\.values) }, { [$0] + self.columns.map(\.standard) },
            { [$0] },
        ]
        return zip(TableSheet.head, lines).map { $1($0) }
    }

    /// The cells of a rule, one for each column.
    func cells(of rule: Rule) -> [String] {
        let cells = rule.cells.prefix(columns.count)
        return cells + Array(repeating: "", count: columns.count - cells.count)
    }

    /// The id of a rule, or its number after `#`, which no id begins with.
    func name(ofRule place: Int) -> String {
        rules[place].id.isEmpty ? "#\(place + 1)" : rules[place].id
    }
}
