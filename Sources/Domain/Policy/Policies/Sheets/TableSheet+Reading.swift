// SPDX-License-Identifier: Apache-2.0

// The rules of a sheet in the place of those of a table. Rules are known by their ids; those
// without one are new. Columns are those of the model: what they are is changed there.

internal import DecimalNumbers
package import Decisions
package import Documents
internal import FEEL
internal import VigieLimits

/// What a sheet makes of a table.
package struct TableImport: Sendable {
    /// The rules as they are to be.
    package let rules: [WantedRule]
    /// What is otherwise, a line each.
    package let changes: [String]
    /// The row of each rule in the sheet.
    private let rows: [Int]
    private let sheet: Sheet
    private let file: String
    private let source: TableSource

    /// The decision that a sheet is of; nil if it is no table.
    package static func decision(of sheet: Sheet) -> String? {
        guard let first = sheet.rows.first?.cells, first.count > 1,
            first[0] == .text(TableSheet.head[0]), case .text(let name) = first[1]
        else { return nil }
        return trimmedBlanks(name)
    }

    /// Reads a sheet.
    ///
    /// - Parameters:
    ///   - sheet: The sheet.
    ///   - file: The name of its file, for messages.
    ///   - numbers: How numbers are written in texts, if somebody says so beside the sheet.
    ///   - source: The table as it is written.
    ///   - table: The same table as the model has it.
    /// - Throws: All that is wrong with it.
    package init(
        _ sheet: Sheet,
        file: String,
        _ numbers: SheetNumbers?,
        into source: TableSource,
        _ table: DecisionTable
    ) throws(PolicyError) {
        var reader = SheetReader(sheet, file, source, table)
        reader.read(numbers)
        guard reader.problems.isEmpty else { throw PolicyError(problems: reader.problems) }
        (rules, changes, rows) = (reader.rules, reader.allChanges, reader.rows)
        (self.sheet, self.file, self.source) = (sheet, file, source)
    }

    /// What is wrong with the model that comes out, told by its place in the sheet: nobody who
    /// works on a sheet knows lines of the model.
    ///
    /// - Returns: Nil if it is no problem of a rule of the sheet.
    package func problem(_ problem: DocumentProblem) -> DocumentProblem? {
        guard problem.file == source.file.name,
            let place = problem.path.firstRange(of: "decision \"\(source.decision)\", rule ")
        else { return nil }
        let rest = problem.path[place.upperBound...]
        let digits = rest.prefix { $0.isNumber }
        guard let number = Int(digits), rows.indices.contains(number - 1) else { return nil }
        let part = rest.dropFirst(digits.count)
        let column = source.columns.firstIndex { column in
            let name = column.name.isEmpty ? column.expression : column.name
            return part.hasPrefix(", \(column.kind.rawValue) \"\(name)\"")
        }
        return DocumentProblem(
            file: file,
            path: sheet.place(row: rows[number - 1], column.map { $0 + 1 }),
            message: problem.message
        )
    }
}

/// Reads the rules of a sheet.
private struct SheetReader {
    private let sheet: Sheet
    private let file: String
    private let source: TableSource
    private let table: DecisionTable
    private(set) var problems: [DocumentProblem] = []
    private(set) var rules: [WantedRule] = []
    private(set) var rows: [Int] = []
    private var changes: [String] = []

    init(_ sheet: Sheet, _ file: String, _ source: TableSource, _ table: DecisionTable) {
        (self.sheet, self.file, self.source, self.table) = (sheet, file, source, table)
    }

    private mutating func add(_ row: Int, _ column: Int?, _ message: String) {
        guard problems.count < DocumentLimits.problems else { return }
        let path = sheet.place(row: row, column)
        problems.append(DocumentProblem(file: file, path: path, message: message + "."))
    }

    private func text(_ cell: SheetCell) -> String {
        switch cell {
        case .text(let text): trimmedBlanks(text)
        case .number(let number): DecimalNumber(shortest: number)?.plainText ?? ""
        case .boolean(let value): value ? "true" : "false"
        default: ""
        }
    }

    mutating func read(_ named: SheetNumbers?) {
        guard let numbers = numbers(named) else { return }
        let head = source.head
        for (place, wanted) in head.enumerated() {
            guard let row = sheet.rows.first(where: { $0.number == place + 1 }) else {
                guard wanted.dropFirst().contains(where: { !$0.isEmpty }) else { continue }
                add(place + 1, nil, "is missing: \"\(wanted[0])\"")
                continue
            }
            let width = place == 0 ? wanted.count : max(wanted.count, row.cells.count)
            for column in 0..<width {
                let given = column < row.cells.count ? text(row.cells[column]) : ""
                let told = column < wanted.count ? wanted[column] : ""
                guard given != told, place < head.count - 1 || column == 0 else { continue }
                add(
                    place + 1,
                    column,
                    "is \"\(given.prefix(FEELLimits.shownBytes))\", and the model has "
                        + "\"\(told)\"; columns are changed in \(source.file.name), and sheets "
                        + "exported again"
                )
            }
        }
        refuseMerged()
        guard problems.isEmpty else { return }
        readRules(numbers)
    }

    /// Of merged cells one has a value, and the others would let everything through.
    private mutating func refuseMerged() {
        let lastRow = sheet.rows.last?.number ?? 0
        for cells in sheet.merged
        where cells.columns.lowerBound <= source.columns.count && cells.rows.lowerBound <= lastRow
            && cells.rows.upperBound > TableSheet.headRows
        {
            let (row, column) = (cells.rows.lowerBound, cells.columns.lowerBound)
            let last = Sheet.place(row: cells.rows.upperBound, column: cells.columns.upperBound)
            add(
                row,
                column,
                "is merged with the cells to \(last), of which it alone has a value; part them, "
                    + "and write into each what it says"
            )
        }
    }

    /// How numbers are written: by the option, or by the sheet.
    private mutating func numbers(_ named: SheetNumbers?) -> SheetNumbers? {
        let first = sheet.rows.first?.cells ?? []
        guard first.count > 5, text(first[4]) == TableSheet.dialect else { return named ?? .plain }
        let name = text(first[5])
        guard let own = SheetNumbers(named: name.isEmpty ? "plain" : name) else {
            let known = TableDialect.named.map(\.name).joined(separator: ", ")
            add(1, 5, "there is no dialect \"\(name.prefix(40))\"; there are \(known)")
            return nil
        }
        guard let named, named.name != own.name, own.name != "plain" else { return named ?? own }
        add(1, 5, "says that numbers are written as \(own.name), and --dialect \(named.name)")
        return nil
    }

    private mutating func readRules(_ numbers: SheetNumbers) {
        var places: [String: Int] = [:]
        for place in source.rules.indices { places[source.name(ofRule: place)] = place }
        var seen: [String: Int] = [:]
        let reader = SheetCells(source, table, numbers)
        for row in sheet.rows where row.number > TableSheet.headRows {
            guard row.cells.contains(where: { !$0.isEmpty }) else { continue }
            let id = row.cells.first.map(text) ?? ""
            if case .unusable(let words) = row.cells.first { add(row.number, 0, words) }
            if !id.isEmpty, let other = seen.updateValue(row.number, forKey: id) {
                add(
                    row.number,
                    0,
                    "\"\(id)\" is there twice, also in row \(other); a new rule has no id yet"
                )
            }
            if id.hasPrefix("#"), places[id] == nil {
                add(
                    row.number,
                    0,
                    "\"\(id)\" is no rule of the table; leave the id of a new rule empty"
                )
            }
            for (column, cell) in row.cells.enumerated().dropFirst(source.columns.count + 1)
            where !cell.isEmpty {
                add(row.number, column, "stands beside the columns of the table")
            }
            let place = places[id]
            var cells: [String] = []
            for column in source.columns.indices {
                let cell = column + 1 < row.cells.count ? row.cells[column + 1] : .empty
                do throws(SheetFault) {
                    cells.append(try reader.expression(cell, column, of: place))
                } catch {
                    add(row.number, column + 1, error.message)
                    cells.append("")
                }
            }
            let name = place == nil && id.isEmpty ? newID() : id
            note(place, name, row.number, cells)
            rules.append(WantedRule(place: place, id: name, cells: cells))
            rows.append(row.number)
        }
        if rules.isEmpty { add(TableSheet.headRows + 1, nil, "there is no rule") }
    }

    /// An id that nothing in the file has; none where rules have none.
    private func newID() -> String {
        guard let first = source.rules.first(where: { !$0.id.isEmpty })?.id else { return "" }
        let stem = first.split(separator: "-").dropLast().joined(separator: "-")
        let text = String(decoding: source.file.bytes, as: UTF8.self)
        var number = rules.count + 1
        while true {
            let id = (stem.isEmpty ? first : stem) + "-\(number)"
            let isTaken =
                text.contains("\"\(id)\"") || text.contains("'\(id)'")
                || rules.contains { $0.id == id }
            if !isTaken { return id }
            number += 1
        }
    }

    private mutating func note(_ place: Int?, _ id: String, _ row: Int, _ cells: [String]) {
        let name = "\(source.decision), rule \(id.isEmpty ? "of row \(row)" : id)"
        guard let place else {
            changes.append("\(name): is new, row \(row)")
            return
        }
        let old = source.cells(of: source.rules[place])
        for (column, (before, after)) in zip(source.columns, zip(old, cells)) where before != after
        {
            let title = column.name.isEmpty ? column.expression : column.name
            let shown = title.isEmpty ? column.kind.rawValue : title
            let (was, will) = (inOneLine(before), inOneLine(after))
            // Texts that differ in how lines end only.
            let words = was == will ? "has other line breaks" : "was \(was), is \(will)"
            changes.append("\(name), \(shown): \(words)")
        }
    }

    /// All that is otherwise.
    var allChanges: [String] {
        let kept = rules.compactMap(\.place)
        var all = changes
        for place in source.rules.indices where !kept.contains(place) {
            all.append("\(source.decision), rule \(source.name(ofRule: place)): is gone")
        }
        if kept != kept.sorted() { all.append("\(source.decision): rules are in another order") }
        return all
    }
}

extension Sheet {
    /// A place as messages tell it; the row without a column.
    fileprivate func place(row: Int, _ column: Int?) -> String {
        let place = column.map { Sheet.place(row: row, column: $0) } ?? "row \(row)"
        return name.isEmpty ? place : "sheet \"\(name)\", \(place)"
    }
}
