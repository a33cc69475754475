// SPDX-License-Identifier: Apache-2.0

// Keys of two reference tables of the same things, such as sectors, that are nearly each other. The
// row with the mistyped one is never found, and no company is noted, for the other table knows what
// it says.

internal import ExactTexts
internal import VigieLimits

/// The keys of a column of a reference table, each with the line of its first row.
private struct KeyColumn {
    let table: String
    let column: String
    private(set) var lines: [ExactText: Int] = [:]

    init(_ table: ReferenceTable, _ column: String, _ place: Int) {
        (self.table, self.column) = (table.name, column)
        for row in table.rows {
            let key = ExactText(row.cells[place])
            if !key.text.isEmpty, key.text != "*", lines[key] == nil { lines[key] = row.line }
        }
    }

    /// Keys that another column has not, in the order of their lines.
    func without(_ other: KeyColumn) -> [(key: String, line: Int)] {
        lines.filter { other.lines[$0.key] == nil }.map { ($0.key.text, $0.value) }
            .sorted { ($0.line, $0.key) < ($1.line, $1.key) }
    }
}

extension UnknownTexts {
    /// Looks at the keys of tables that have some in common: others have other things in them.
    mutating func lookAtKeys(_ policy: Policy, _ mayGoOn: () -> Bool) {
        let columns = zip(policy.manifest.tables, policy.tables).flatMap { declared, table in
            declared.key.compactMap { name in
                table.columns.firstIndex(of: name).map { KeyColumn(table, name, $0) }
            }
        }.filter { $0.lines.count <= LintLimits.knownTexts }
        for (place, one) in columns.enumerated() {
            for other in columns[..<place] where other.table != one.table {
                let (mine, its) = (one.without(other), other.without(one))
                guard mine.count < one.lines.count else { continue }
                for (key, line) in mine {
                    guard mayGoOn() else { return isFinished = false }
                    guard let near = Self.nearest(key, its.map(\.key)) else { continue }
                    let remark = PolicyRemark(
                        .unknownText,
                        "\(ReferenceTable.folder)\(one.table).csv: line \(line), \(one.column)",
                        "\"\(key)\" is none of \(other.table), which has other keys of this "
                            + "table. Did you mean \"\(near)\"?",
                        of: one.table,
                        [key]
                    )
                    remarks.append(remark)
                }
            }
        }
    }
}
