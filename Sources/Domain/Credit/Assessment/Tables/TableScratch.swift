// SPDX-License-Identifier: Apache-2.0

// What tables of companies are assessed in: some rows at a time, column by column, in memory that
// is used again.

internal import Scoring

/// Memory that rows are assessed in. One serves one thread, any number of times, with any assessor.
package final class TableScratch {
    /// Rows at a time: as many as the kernel of trees takes.
    static let rowsMax = 512  // tidy: limit: the size of our own batches
    private static let factCount = TableFact.rules.count
    private static let statementsMax = TableFact.statementsMax

    private let doubles: UnsafeMutablePointer<Double>
    private let bytes: UnsafeMutablePointer<UInt8>
    private let numbers: UnsafeMutablePointer<Int32>
    let scores: UnsafeMutablePointer<UInt32>
    /// Where the cells of an item stand, by the place of a statement; the last for none.
    let lanes: UnsafeMutablePointer<TableCells.Lane>
    /// Values of the rows of a model, column after column.
    let values = InputValues()
    let scoring = ScoringWorkspace()
    let answers = ScoreColumns()
    var issues: [TableIssue] = []

    /// Takes its memory.
    package init() {
        let rows = Self.rowsMax
        doubles = .allocate(capacity: rows * (Self.factCount + 2))
        doubles.initialize(repeating: .nan, count: rows * (Self.factCount + 2))
        bytes = .allocate(capacity: rows * (8 + Self.statementsMax))
        bytes.initialize(repeating: 0, count: rows * (8 + Self.statementsMax))
        numbers = .allocate(capacity: rows * 3)
        numbers.initialize(repeating: 0, count: rows * 3)
        scores = .allocate(capacity: rows)
        scores.initialize(repeating: 0, count: rows)
        lanes = .allocate(capacity: Self.statementsMax + 1)
        lanes.initialize(repeating: TableCells.none, count: Self.statementsMax + 1)
    }

    deinit {
        doubles.deallocate()
        bytes.deallocate()
        numbers.deallocate()
        scores.deallocate()
        lanes.deallocate()
    }

    /// The cells of a fact.
    @inline(__always)
    func cells(_ fact: Int) -> UnsafeMutablePointer<Double> { doubles + fact * Self.rowsMax }

    var baseProbabilities: UnsafeMutablePointer<Double> { cells(Self.factCount) }
    var probabilities: UnsafeMutablePointer<Double> { cells(Self.factCount + 1) }

    var outcomes: UnsafeMutablePointer<UInt8> { bytes }
    var bases: UnsafeMutablePointer<UInt8> { bytes + Self.rowsMax }
    var riskClasses: UnsafeMutablePointer<UInt8> { bytes + 2 * Self.rowsMax }
    var confidences: UnsafeMutablePointer<UInt8> { bytes + 3 * Self.rowsMax }
    var areCapped: UnsafeMutablePointer<UInt8> { bytes + 4 * Self.rowsMax }
    /// What bad cells a row has.
    var faults: UnsafeMutablePointer<UInt8> { bytes + 5 * Self.rowsMax }
    /// Whether nothing keeps a row from being scored: 0 or 1.
    var areScorable: UnsafeMutablePointer<UInt8> { bytes + 6 * Self.rowsMax }
    /// How many statements of a row count.
    var years: UnsafeMutablePointer<UInt8> { bytes + 7 * Self.rowsMax }

    /// For each row which of its statements is looked at as that of so many years before.
    @inline(__always)
    func slots(_ year: Int) -> UnsafeMutablePointer<UInt8> {
        bytes + (8 + year) * Self.rowsMax
    }

    /// Rows of the model of statements, and of the card.
    var treeRows: UnsafeMutablePointer<Int32> { numbers }
    var cardRows: UnsafeMutablePointer<Int32> { numbers + Self.rowsMax }
    /// Items of the last year that are missing, by the rows of the model of statements.
    var missing: UnsafeMutablePointer<Int32> { numbers + 2 * Self.rowsMax }

    /// Forgets what was found of the last rows.
    func clear(_ count: Int) {
        bytes.update(repeating: 0, count: 8 * Self.rowsMax)
        baseProbabilities.update(repeating: .nan, count: count)
        probabilities.update(repeating: .nan, count: count)
        scores.update(repeating: 0, count: count)
        issues.removeAll(keepingCapacity: true)
    }

    /// Notes an issue.
    func note(_ row: Int, _ kind: RowIssueKind, column: Int, _ value: Double) {
        issues.append(
            TableIssue(
                row: row,
                kind: kind.rawValue,
                column: column,
                value: value,
                place: issues.count
            )
        )
    }
}
