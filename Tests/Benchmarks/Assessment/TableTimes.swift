// SPDX-License-Identifier: Apache-2.0

// What assessments of rows cost, and what part of them is what.

import Assessment
import Quantities
import Scoring

struct TableTimes {
    private static let rowCount = 65_536
    private static let facts = [
        "legal_state", "directory_activity", "directory_since_day", "struck_off_day",
        "closing_day", "closing_day@1", "closing_day@2", "payment_index", "payment_count",
        "doubtful",
    ]

    private let models: [ScoringModel]
    private let items: [String]
    private var options = Assessor.Options(
        asOf: CalendarDate(year: 2025, month: 6, day: 30) ?? .first
    )
    private var state: UInt64 = 1

    init() throws {
        models = try ScoringModel.bundledModels()
        items = models[0].inputColumns.map(\.name)
    }

    /// Measures rows of which all have statements, of which few have, and of which none has.
    mutating func run() throws {
        let full = columns(withStatements: 1)
        options.reasonCount = 0
        try measure("three statements each", full)
        try measure("with payments", columns(withStatements: 1, withPayments: true))
        try measure("a fifth has statements", columns(withStatements: 0.2))
        try measure("none has", columns(withStatements: 0))
        options.reasonCount = 5
        try measure("three statements each, five reasons", full, rowCount: 4_096)
        scoreOnly(full)
    }

    /// The same numbers in every run.
    private mutating func random(_ least: Double, _ most: Double) -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return least + (most - least) * Double(state >> 33) / Double(1 << 31)
    }

    /// Columns, one after the other.
    private mutating func columns(
        withStatements part: Double,
        withPayments: Bool = false
    ) -> [[Double]] {
        let days = [20_088.0, 19_722, 19_357]
        let known = (0..<Self.rowCount).map { _ in
            random(0, 1) < part
        }
        var columns = [[Double]](
            repeating: [Double](repeating: .nan, count: Self.rowCount),
            count: Self.facts.count
        )
        for row in 0..<Self.rowCount {
            columns[0][row] = 1
            columns[1][row] = 1
            columns[2][row] = 15_000
            for year in 0..<3 where known[row] { columns[4 + year][row] = days[year] }
            guard withPayments else { continue }
            columns[7][row] = random(20, 90)
            columns[8][row] = 9
        }
        for _ in items {
            columns.append(
                known.map { $0 ? random(1e4, 1e8) : .nan }
            )
        }
        return columns
    }

    /// Tells the best and the middle time of a row over some rounds.
    private func measure(
        _ name: String,
        _ columns: [[Double]],
        rowCount: Int = rowCount
    ) throws {
        let assessor = try TableAssessor(
            model: models[0],
            card: models.dropFirst().first,
            factColumns: Self.facts,
            itemColumns: items,
            options: options
        )
        let cells = columns.flatMap { $0.prefix(rowCount) }
        let (scratch, answers) = (TableScratch(), AssessedTable())
        var times: [Double] = []
        for _ in 0..<9 {
            answers.removeAll()
            let began = threadMicroseconds()
            try cells.withUnsafeBufferPointer { values in
                let block = try RowBlock(
                    rowCount: rowCount,
                    columnCount: columns.count,
                    layout: .columnMajor,
                    values: .float64(values)
                )
                assessor.assess(block, rows: 0..<rowCount, scratch, answers)
            }
            times.append((threadMicroseconds() - began) * 1e3 / Double(rowCount))
        }
        tell(name, times, answers.outcomes.count { $0 == 1 })
    }

    /// What the model alone takes for the same items.
    private func scoreOnly(_ columns: [[Double]]) {
        let cells = columns.dropFirst(Self.facts.count).flatMap { $0 }
        var times: [Double] = []
        let (workspace, answers) = (ScoringWorkspace(), ScoreColumns())
        for _ in 0..<9 {
            answers.removeAll()
            let began = threadMicroseconds()
            cells.withUnsafeBufferPointer { values in
                guard let binding = try? models[0].bind(columns: items),
                    let block = try? RowBlock(
                        rowCount: Self.rowCount,
                        columnCount: items.count,
                        layout: .columnMajor,
                        values: .float64(values)
                    )
                else { return }
                models[0].scoreRows(
                    block,
                    rows: 0..<Self.rowCount,
                    binding: binding,
                    request: ScoreRequest(outputs: [.probability, .score, .riskClass]),
                    workspace: workspace,
                    result: answers
                )
            }
            times.append((threadMicroseconds() - began) * 1e3 / Double(Self.rowCount))
        }
        tell("the model alone", times, answers.outcomes.count { $0 == 1 })
    }

    private func tell(_ name: String, _ times: [Double], _ scored: Int) {
        let sorted = times.sorted()
        let best = Int(sorted[0].rounded())
        print(
            "\(name): best \(best), middle \(Int(sorted[4].rounded())) ns a row; \(scored) scored"
        )
    }
}
