// SPDX-License-Identifier: Apache-2.0

// The answers for a block of rows, as contiguous columns that an encoder can
// point at. Reused from block to block, so that a warm one allocates nothing.

/// What became of a row. The raw values are those of `RowOutcome` in
/// `scoring_service.proto`.
package enum RowOutcome: Int32, Sendable {
    /// The row was scored.
    case scored = 1
    /// The row could not be scored; its issues say why.
    case notScorable = 2
}

/// Kinds of issue. The raw values are those of `RowIssueKind` in `scoring_service.proto`.
package enum RowIssueKind: Int32, Sendable {
    /// A value is missing without which the model gives no score.
    case requiredValueMissing = 1
    /// A value is outside of its declared range.
    case valueOutOfRange = 2
    /// A value is infinite.
    case valueInfinite = 3
    /// The model gives no score for the row as a whole.
    case noResult = 4
    /// A text, or a number in its place, is no category that the model knows.
    case unknownCategory = 5
}

/// Answers as columns. A column that was not asked for stays empty; each other has
/// one entry a row. In a row without a score floating-point entries are NaN and
/// integers are 0.
package final class ScoreColumns {
    /// `RowOutcome` of each row.
    package internal(set) var outcomes: [Int32] = []
    /// Probability of the event, 0 to 1.
    package internal(set) var probabilities: [Double] = []
    /// Score on the model's scale.
    package internal(set) var scores: [UInt32] = []
    /// Number of the risk class.
    package internal(set) var riskClasses: [UInt32] = []
    /// Share of the reference population that is riskier, 0 to 100.
    package internal(set) var percentiles: [Float] = []
    /// Output of the model before calibration.
    package internal(set) var rawScores: [Double] = []
    /// Features of the reasons, `reasonCount` a row, by index into the manifest's features.
    package internal(set) var reasonFeatures: [UInt32] = []
    /// Contributions of the reasons in calibrated log-odds, `reasonCount` a row; positive
    /// raises the risk. Largest magnitude first, equal ones by feature index.
    package internal(set) var reasonContributions: [Double] = []
    /// Values of the features of the reasons, `reasonCount` a row; NaN for one that is missing.
    /// Empty unless they were asked for.
    package internal(set) var reasonValues: [Double] = []
    /// Reasons of each row.
    package internal(set) var reasonCount = 0
    /// Number of issues of all rows, also of those that are not told.
    package internal(set) var issueCount = 0
    /// Row of each issue that is told, ascending; of one row those first that end its score.
    package internal(set) var issueRows: [UInt32] = []
    /// `RowIssueKind` of each issue.
    package internal(set) var issueKinds: [Int32] = []
    /// Column of each issue: 1 for the caller's first; 0 when no single column is at fault.
    package internal(set) var issueColumns: [UInt32] = []
    /// The value at fault of each issue; NaN where there is none.
    package internal(set) var issueValues: [Double] = []
    /// Whether any row has no score.
    package internal(set) var hasUnscored = false

    /// Makes empty columns.
    package init() {}

    /// Number of rows so far.
    package var rowCount: Int { outcomes.count }

    /// Appends an issue.
    func appendIssue(row: Int, kind: RowIssueKind, column: Int, value: Double) {
        issueRows.append(UInt32(clamping: row))
        issueKinds.append(kind.rawValue)
        issueColumns.append(UInt32(clamping: column))
        issueValues.append(value)
    }

    /// Forgets all rows.
    ///
    /// - Parameter keepingCapacity: Whether to keep the memory for the next rows.
    package func removeAll(keepingCapacity: Bool = true) {
        // Most calls want few of the columns, and to empty an empty array is not free.
        func empty<Value>(_ column: inout [Value]) {
            if !column.isEmpty || !keepingCapacity {
                column.removeAll(keepingCapacity: keepingCapacity)
            }
        }
        empty(&outcomes)
        empty(&probabilities)
        empty(&scores)
        empty(&riskClasses)
        empty(&percentiles)
        empty(&rawScores)
        empty(&reasonFeatures)
        empty(&reasonContributions)
        empty(&reasonValues)
        hasUnscored = false
        guard issueCount > 0 || !keepingCapacity else { return }
        issueCount = 0
        empty(&issueRows)
        empty(&issueKinds)
        empty(&issueColumns)
        empty(&issueValues)
    }
}
