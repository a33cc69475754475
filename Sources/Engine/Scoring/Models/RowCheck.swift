// SPDX-License-Identifier: Apache-2.0

// Finds the values of a table that a model cannot take, before anything is computed.

/// What a value of one input column must be.
struct ColumnRule: Sendable {
    /// The input column.
    let inputColumn: Int
    /// Least valid value; finite where infinities are invalid, and the next value above a
    /// minimum that is itself excluded.
    let least: Double
    /// Greatest valid value.
    let greatest: Double
    /// Whether NaN is valid.
    let isMissingAllowed: Bool
    /// Whether an invalid value counts as missing. Otherwise its row has no score.
    let isInvalidAllowed: Bool

    /// The rule of a column; nil when every value is valid.
    ///
    /// - Parameter allowsInfinity: Whether a column without bounds takes infinities.
    init?(_ column: InputColumn, at inputColumn: Int, allowsInfinity: Bool) {
        let range = column.range
        if allowsInfinity && !range.isBounded && column.isMissingAllowed { return nil }
        let admitsInfinity = allowsInfinity && !range.isBounded
        let least = range.excludesMinimum ? range.minimum.nextUp : range.minimum
        self.inputColumn = inputColumn
        self.least = admitsInfinity ? least : max(least, -.greatestFiniteMagnitude)
        self.greatest =
            admitsInfinity ? range.maximum : min(range.maximum, .greatestFiniteMagnitude)
        isMissingAllowed = column.isMissingAllowed
        isInvalidAllowed = column.isInvalidAllowed
    }

    /// Whether a value is as it must be.
    @inline(__always)
    func accepts(_ value: Double) -> Bool {
        (value >= least && value <= greatest) || (isMissingAllowed && value.isNaN)
    }

    /// What is wrong with a value that is not accepted.
    func issue(of value: Double) -> RowIssueKind {
        if value.isNaN { return .requiredValueMissing }
        return value.isInfinite ? .valueInfinite : .valueOutOfRange
    }
}

/// What is wrong with a row, as bits of a byte.
enum RowMark {
    /// A value counts as missing.
    static let value: UInt8 = 1
    /// The row has no score because of a value.
    static let unscorable: UInt8 = 2
    /// The model gives the row no score.
    static let noResult: UInt8 = 4
}

/// What was found in a batch of rows.
struct BatchIssues {
    /// Issues of all rows.
    var count = 0
    /// The marks of all rows, joined.
    var marks: UInt8 = 0
}

extension RowBatch {
    /// Marks the rows with values that break a rule.
    ///
    /// - Parameter marks: One entry a row, 0 before.
    func check(
        _ rules: [ColumnRule],
        marks: UnsafeMutablePointer<UInt8>,
        _ found: inout BatchIssues
    ) {
        for rule in rules {
            let mark = rule.isInvalidAllowed ? RowMark.value : RowMark.unscorable
            forEachInvalid(rule, rows: 0..<rowCount) { row in
                found.count += 1
                found.marks |= mark
                marks[row] |= mark
            }
        }
    }

    /// Calls `body` with each of some rows whose value breaks a rule.
    @inline(__always)
    func forEachInvalid(_ rule: ColumnRule, rows: Range<Int>, _ body: (Int) -> Void) {
        switch column(rule.inputColumn) {
        case .float32(let column): column.forEachInvalid(rule, rows: rows, body)
        case .float64(let column): column.forEachInvalid(rule, rows: rows, body)
        case .absent: break
        }
    }

    /// Appends the issues of marked rows, until so many are told as may be.
    func tellIssues(
        _ rules: [ColumnRule],
        _ inputs: [InputColumn],
        marks: UnsafePointer<UInt8>,
        issuesMaximum: Int,
        result: ScoreColumns
    ) {
        let firstResult = result.rowCount - rowCount
        for row in 0..<rowCount where marks[row] != 0 {
            guard result.issueRows.count < issuesMaximum else { return }
            let place = firstResult + row
            if marks[row] & RowMark.noResult != 0 {
                result.appendIssue(row: place, kind: .noResult, column: 0, value: .nan)
            }
            // What ends the score comes first.
            if marks[row] & RowMark.unscorable != 0 {
                tellUnknownCategories(
                    inputs,
                    row,
                    at: place,
                    issuesMaximum: issuesMaximum,
                    result: result
                )
            }
            tell(rules, false, row, at: place, issuesMaximum, result)
            tell(rules, true, row, at: place, issuesMaximum, result)
        }
    }

    private func tell(
        _ rules: [ColumnRule],
        _ isInvalidAllowed: Bool,
        _ row: Int,
        at place: Int,
        _ issuesMaximum: Int,
        _ result: ScoreColumns
    ) {
        for rule in rules where rule.isInvalidAllowed == isInvalidAllowed {
            guard let value = column(rule.inputColumn).value(row), !rule.accepts(value) else {
                continue
            }
            guard result.issueRows.count < issuesMaximum else { return }
            result.appendIssue(
                row: place,
                kind: rule.issue(of: value),
                column: binding.columnNumbers[rule.inputColumn],
                value: value
            )
        }
    }
}
