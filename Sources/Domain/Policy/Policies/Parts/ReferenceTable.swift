// SPDX-License-Identifier: Apache-2.0

// Reference tables: what is so on a day, whoever is decided about. Decisions ask for one as for
// any input, by its name: a list with a context a row, of the rows that hold on the day that is
// decided for.

internal import Documents
package import FEEL
package import Quantities
internal import VigieLimits

/// A dated reference table.
package struct ReferenceTable: Sendable {
    /// A row.
    package struct Row: Sendable {
        /// The line of the file on which it stands.
        package let line: Int
        /// The first day on which it holds.
        package let validFrom: CalendarDate
        /// The last day on which it holds; nil if none is set.
        package let validTo: CalendarDate?
        /// Its cells, as they are written.
        let cells: [String]
        let value: FEELValue

        /// Whether it holds on a day.
        package func holds(on day: CalendarDate) -> Bool {
            validFrom <= day && validTo.map { day <= $0 } ?? true
        }

        /// The last day on which it holds, or the last one of all.
        var end: CalendarDate { validTo ?? .last }
    }

    /// Its name.
    package let name: String
    /// The columns of its file.
    package let columns: [String]
    /// Its rows.
    package let rows: [Row]

    /// The folder of all tables.
    static let folder = "tables/"

    /// The rows that hold on a day, as decisions see them.
    package func value(on day: CalendarDate) -> FEELValue {
        .list(rows.filter { $0.holds(on: day) }.map(\.value))
    }

    /// What a column says in the rows that hold on a day.
    package func texts(_ column: String, on day: CalendarDate) -> [String] {
        guard let place = columns.firstIndex(of: column) else { return [] }
        return rows.filter { $0.holds(on: day) }.map { $0.cells[place] }
    }

    /// What a cell says on a day in the row whose column is a text, or else in the row whose column
    /// is `*`; nil without one.
    package func text(
        _ column: String,
        where key: String,
        is value: String,
        on day: CalendarDate
    ) -> (text: String, line: Int)? {
        guard let wanted = columns.firstIndex(of: column), let key = columns.firstIndex(of: key)
        else { return nil }
        let valid = rows.filter { $0.holds(on: day) }
        // Byte for byte, as the language of the model compares texts.
        let row =
            valid.first { $0.cells[key].utf8.elementsEqual(value.utf8) }
            ?? valid.first { $0.cells[key] == "*" }
        return row.map { ($0.cells[wanted], $0.line) }
    }
}

extension ReferenceTable {
    /// Reads the file of a table that the policy names; `type` is that of the model's input, nil if
    /// it has none of that name.
    init?(
        _ declared: PolicyManifest.Table,
        _ file: PolicyFile,
        type: FEELType?,
        _ problems: PolicyProblems
    ) {
        guard
            let table = PolicyTable(file, rowsMaximum: PolicyLimits.tableRows, problems)
        else { return nil }
        name = declared.name
        columns = table.header
        for wanted in declared.key + ["valid_from", "valid_to"]
        where !columns.contains(wanted) {
            let hint = NearestName.hint(columns, to: wanted)
            problems.add(file.path, "line 1", "has no column \"\(wanted)\".\(hint)")
        }
        let fields = Self.fields(type, table.header, file.path, problems)
        // A share in one column says nothing of how an amount is written in another.
        let numbers = fields.filter { $0.type == .number }.map { table.header[$0.column] }
        table.checkPoints(problems, numbers: numbers, amounts: numbers)
        guard let from = columns.firstIndex(of: "valid_from"),
            let to = columns.firstIndex(of: "valid_to")
        else { return nil }
        var rows: [Row] = []
        for (line, cells) in table.rows {
            let validFrom = CalendarDate(cells[from])
            let validTo = CalendarDate(cells[to])
            let place = "line \(line)"
            if validFrom == nil || (validTo == nil && !cells[to].isEmpty) {
                problems.add(
                    file.path,
                    place,
                    "valid_from has to be a day written as 2026-01-31, and valid_to one or empty."
                )
            } else if let validTo, let validFrom, validTo < validFrom {
                problems.add(file.path, place, "valid_to is before valid_from.")
            }
            var context = FEELContext()
            for (column, type) in fields {
                guard let value = PolicyValue.cell(cells[column], type) else {
                    let text = cells[column].prefix(FEELLimits.shownBytes)
                    problems.add(
                        file.path,
                        place,
                        "\(columns[column]): \"\(text)\" is no \(type); numbers have a point, days "
                            + "are written as 2026-01-31."
                    )
                    continue
                }
                context[columns[column]] = value
            }
            rows.append(
                Row(
                    line: line,
                    validFrom: validFrom ?? .first,
                    validTo: validTo,
                    cells: cells,
                    value: .context(context)
                )
            )
        }
        self.rows = rows
        refuseOverlaps(declared.key, file.path, problems)
    }

    /// The columns that decisions see, with their types.
    private static func fields(
        _ type: FEELType?,
        _ header: [String],
        _ file: String,
        _ problems: PolicyProblems
    ) -> [(column: Int, type: FEELType)] {
        guard let type else { return [] }
        guard case .list(.context(let fields, _)) = type, !fields.isEmpty else {
            problems.add(
                file,
                "",
                "the input of that name in the model is a \(type); make it a list of contexts: an "
                    + "item definition with isCollection=\"true\" and an item component a column."
            )
            return []
        }
        return fields.compactMap { field in
            guard let column = header.firstIndex(of: field.name) else {
                let hint = NearestName.hint(header, to: field.name)
                problems.add(
                    file,
                    "line 1",
                    "has no column \"\(field.name)\", which the model's input has.\(hint)"
                )
                return nil
            }
            return (column, field.type)
        }
    }

    /// Two rows that say something of the same thing on the same day leave open which one counts.
    private func refuseOverlaps(_ key: [String], _ file: String, _ problems: PolicyProblems) {
        let places = key.compactMap { columns.firstIndex(of: $0) }
        guard places.count == key.count, !places.isEmpty else { return }
        let groups = Dictionary(grouping: rows) { row in places.map { row.cells[$0] } }
        // In the order of the file, so that the same is told each time.
        let inOrder = groups.sorted { ($0.value.first?.line ?? 0) < ($1.value.first?.line ?? 0) }
        for (own, rows) in inOrder {
            // In the order of their beginnings, each is held against the one that ends last.
            let ordered = rows.sorted {
                ($0.validFrom, $0.line) < ($1.validFrom, $1.line)
            }
            guard var last = ordered.first else { continue }
            for row in ordered.dropFirst() {
                if row.validFrom <= last.end {
                    let (line, other) = (max(row.line, last.line), min(row.line, last.line))
                    problems.add(
                        file,
                        "line \(line)",
                        "holds on days on which line \(other) holds, too, for "
                            + own.joined(separator: ", ") + "; end one where the other begins."
                    )
                }
                if row.end > last.end { last = row }
            }
        }
    }
}
