// SPDX-License-Identifier: Apache-2.0

// A bundle as tables use it: each of its inputs comes from a caller's column, or from none.

internal import Scoring

/// A bundle that scores rows of a table.
struct TableModel: Sendable {
    /// Where an input comes from.
    struct Source: Sendable {
        /// How many years before the last one it is of.
        var year: Int
        /// The caller's columns, by the place of the statement; -1 for none, the last always.
        var columns: SIMD4<Int32>
    }

    let scorer: ModelScorer
    let binding: ColumnBinding
    /// Of each of its columns.
    let sources: [Source]
    /// Places of those of the last year.
    private let lastYear: [Int]

    /// Takes a bundle.
    ///
    /// - Parameter places: The caller's columns by name.
    init(
        _ model: ScoringModel,
        _ table: AssessmentTable,
        _ places: [String: Int]
    ) throws(ScoringError) {
        scorer = try ModelScorer(model, table)
        let names = model.inputColumns.map(\.name)
        binding = try model.bind(columns: names)
        sources = names.map { name in
            let (item, year) = Self.parts(name)
            var source = Source(year: year, columns: SIMD4(repeating: -1))
            for slot in 0..<TableFact.statementsMax {
                source.columns[slot] = Int32(places[Self.name(item, slot)] ?? -1)
            }
            return source
        }
        lastYear = names.indices.filter { !names[$0].utf8.contains(UInt8(ascii: "@")) }
    }

    /// The names that callers may give columns of items.
    static func names(_ model: ScoringModel) -> Set<String> {
        var names: Set<String> = []
        for column in model.inputColumns {
            for slot in 0..<TableFact.statementsMax {
                names.insert(name(parts(column.name).item, slot))
            }
        }
        return names
    }

    private static func name(_ item: String, _ slot: Int) -> String {
        slot == 0 ? item : "\(item)@\(slot)"
    }

    /// The item and the year of a column's name.
    private static func parts(_ name: String) -> (item: String, year: Int) {
        for year in 1..<TableFact.statementsMax where name.utf8.count > 2 {
            if name.hasSuffix("@\(year)") { return (String(name.dropLast(2)), year) }
        }
        return (name, 0)
    }

    /// Has the lanes of an input ready.
    private func point(_ source: Source, _ cells: TableCells, _ first: Int, _ lanes: Lanes) {
        for slot in 0...TableFact.statementsMax {
            lanes[slot] = cells.lane(Int(source.columns[slot]), from: first)
        }
    }

    private typealias Lanes = UnsafeMutablePointer<TableCells.Lane>

    /// Counts the items of the last year that are missing in rows.
    func countMissing(
        _ rows: UnsafeBufferPointer<Int32>,
        _ cells: TableCells,
        from first: Int,
        _ scratch: TableScratch
    ) {
        let missing = scratch.missing
        missing.update(repeating: 0, count: rows.count)
        let values = scratch.values.reserve(rows.count)
        for place in lastYear {
            point(sources[place], cells, first, scratch.lanes)
            cells.gather(scratch.lanes, scratch.slots(0), rows: rows, to: values)
            for row in 0..<rows.count where values[row].isNaN { missing[row] += 1 }
        }
    }

    /// Scores rows; their answers stand in their order.
    func score(
        _ rows: UnsafeBufferPointer<Int32>,
        _ cells: TableCells,
        from first: Int,
        _ request: ScoreRequest,
        _ scratch: TableScratch
    ) {
        scratch.answers.removeAll()
        let values = scratch.values.reserve(rows.count * sources.count)
        for (place, source) in sources.enumerated() {
            point(source, cells, first, scratch.lanes)
            cells.gather(
                scratch.lanes,
                scratch.slots(source.year),
                rows: rows,
                to: values + place * rows.count
            )
        }
        let block = try? RowBlock(
            rowCount: rows.count,
            columnCount: sources.count,
            layout: .columnMajor,
            values: .float64(UnsafeBufferPointer(start: values, count: rows.count * sources.count))
        )
        guard let block else { return }
        scorer.model.scoreRows(
            block,
            rows: 0..<rows.count,
            binding: binding,
            request: request,
            workspace: scratch.scoring,
            result: scratch.answers
        )
    }
}
