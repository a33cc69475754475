// SPDX-License-Identifier: Apache-2.0

// The answers for a block of rows, as contiguous columns that an encoder can
// point at. Reused from block to block, so that a warm one allocates nothing.

/// What became of a row. The raw values are those of `RowOutcome` in
/// `scoring_service.proto`.
package enum RowOutcome: Int32, Sendable {
    /// The row was scored.
    case scored = 1
    /// The row could not be scored; a `RowIssue` says why.
    case notScorable = 2
}

/// Why a row has no score.
package struct RowIssue: Sendable, Equatable, BitwiseCopyable {
    /// Kinds of issue. The raw values are those of `RowIssueKind` in
    /// `scoring_service.proto`.
    package enum Kind: Int32, Sendable, BitwiseCopyable {
        /// A value is missing without which the model gives no score.
        case requiredValueMissing = 1
        /// A value is outside of its declared range.
        case valueOutOfRange = 2
        /// A value is infinite.
        case valueInfinite = 3
        /// The model gives no score for the row as a whole.
        case noResult = 4
    }

    /// Row, counted from the first row that was scored into these columns.
    package var rowIndex: Int
    /// Kind of issue.
    package var kind: Kind
    /// The column at fault, as an index into `ScoringModel.inputColumns`; nil when no
    /// single column is.
    package var inputColumn: Int?
    /// The value at fault; NaN when it is missing.
    package var value: Double

    /// Makes an issue.
    package init(rowIndex: Int, kind: Kind, inputColumn: Int?, value: Double) {
        self.rowIndex = rowIndex
        self.kind = kind
        self.inputColumn = inputColumn
        self.value = value
    }
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
    /// Reasons of each row.
    package internal(set) var reasonCount = 0
    /// The first issue of each row without a score, in the order of the rows.
    package internal(set) var issues: [RowIssue] = []

    /// Makes empty columns.
    package init() {}

    /// Number of rows so far.
    package var rowCount: Int { outcomes.count }

    /// Whether any row has no score.
    package var hasUnscored: Bool { !issues.isEmpty }

    /// Forgets all rows.
    ///
    /// - Parameter keepingCapacity: Whether to keep the memory for the next rows.
    package func removeAll(keepingCapacity: Bool = true) {
        // Most calls want few of the columns, and to empty an empty array is not free.
        func empty<Value>(_ column: inout [Value]) {
            if !column.isEmpty { column.removeAll(keepingCapacity: keepingCapacity) }
        }
        empty(&outcomes)
        empty(&probabilities)
        empty(&scores)
        empty(&riskClasses)
        empty(&percentiles)
        empty(&rawScores)
        empty(&reasonFeatures)
        empty(&reasonContributions)
        empty(&issues)
    }
}
