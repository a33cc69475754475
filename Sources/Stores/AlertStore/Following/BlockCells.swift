// SPDX-License-Identifier: Apache-2.0

// Where the companies of a block stand with the rules of a portfolio, as columns, and back into the
// store where they moved.

internal import Alerts
internal import Databases

/// Cells of a block: a column for each rule.
final class BlockCells {
    let rules: [StoredRule]
    let cells: [UnsafeMutablePointer<UInt64>]
    private let rows: Int
    /// As they are in the store.
    private var kept: [[UInt64]] = []

    /// Reads the cells of companies, which are in the order of their slots.
    init(
        _ rules: [StoredRule],
        of portfolio: Int,
        _ members: [BlockMember],
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        (self.rules, rows) = (rules, members.count)
        let rows = rows
        cells = rules.map { _ in
            let column = UnsafeMutablePointer<UInt64>.allocate(capacity: max(rows, 1))
            column.initialize(repeating: AlertCell.initial.word, count: max(rows, 1))
            return column
        }
        try read(portfolio, members, connection)
        kept = cells.map { Array(UnsafeBufferPointer(start: $0, count: rows)) }
    }

    deinit { for column in cells { column.deallocate() } }

    private func read(
        _ portfolio: Int,
        _ members: [BlockMember],
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        guard let first = members.first, let last = members.last else { return }
        let places = Dictionary(
            rules.enumerated().map { ($1.number, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var row = 0
        try connection.query(
            """
            select slot, rule, word from alert_cell
            where portfolio = $1 and slot >= $2 and slot <= $3 order by slot
            """,
            [.integer(portfolio), .integer(first.slot), .integer(last.slot)]
        ) { found throws(DatabaseError) in
            let slot = try found.integer(0)
            while row < members.count, members[row].slot < slot { row += 1 }
            guard row < members.count else { return false }
            if members[row].slot == slot, let place = places[try found.integer(1)] {
                self.cells[place][row] = try AlertCell.kept(try found.integer(2)).word
            }
            return true
        }
    }

    /// A cell.
    subscript(place: Int, row: Int) -> AlertCell {
        get { AlertCell(word: cells[place][row]) ?? .initial }
        set { cells[place][row] = newValue.word }
    }

    /// The words of a rule as they are in the store.
    func keptWord(_ place: Int, _ row: Int) -> UInt64 { kept[place][row] }

    /// Writes the cells that moved.
    func write(
        of portfolio: Int,
        _ members: [BlockMember],
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        var moved: [(row: Int, place: Int, cell: AlertCell)] = []
        for place in rules.indices {
            let noDataRuns = rules[place].rule.noDataRuns
            for row in 0..<rows where cells[place][row] != kept[place][row] {
                let cell = self[place, row].settled(noDataRuns: noDataRuns)
                if cell.word != kept[place][row] { moved.append((row, place, cell)) }
            }
        }
        guard !moved.isEmpty else { return }
        moved.sort { ($0.row, $0.place) < ($1.row, $1.place) }
        try connection.execute("drop table if exists moved_cell")
        try connection.execute(
            "create temporary table moved_cell (slot bigint, rule bigint, word bigint)"
        )
        _ = try connection.load(into: "moved_cell", columns: ["slot", "rule", "word"]) {
            writer throws(DatabaseError) in
            for (row, place, cell) in moved {
                try writer.write(members[row].slot)
                try writer.write(self.rules[place].number)
                try writer.write(cell.kept)
                try writer.endRow()
            }
        }
        // A company that left the portfolio meanwhile is not watched any more.
        let lock = connection.dialect == .postgresql ? "for key share of p" : ""
        _ = try connection.execute(
            """
            insert into alert_cell (portfolio, slot, rule, word)
            select p.portfolio, m.slot, m.rule, m.word
            from moved_cell m join portfolio_company p on p.portfolio = $1 and p.slot = m.slot
            where true \(lock)
            on conflict (portfolio, slot, rule) do update set word = excluded.word
            """,
            [.integer(portfolio)]
        )
        try connection.execute("drop table moved_cell")
    }
}
