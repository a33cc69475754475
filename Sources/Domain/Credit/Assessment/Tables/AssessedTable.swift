// SPDX-License-Identifier: Apache-2.0

// Assessments of a block of rows, as contiguous columns that an encoder can point at. Used again
// from block to block, so that a warm one allocates nothing.

internal import Scoring

/// Assessments as columns, one entry a row in each. In rows without a score floating-point entries
/// are NaN and integers are 0.
package final class AssessedTable {
    /// Number of each outcome, by `TableNumbers`.
    package internal(set) var outcomes: [UInt8] = []
    /// Number of what each probability was made from.
    package internal(set) var bases: [UInt8] = []
    /// Probabilities, calibrated by data depth.
    package internal(set) var baseProbabilities: [Double] = []
    /// With what payments add.
    package internal(set) var probabilities: [Double] = []
    /// Scores of these.
    package internal(set) var scores: [UInt32] = []
    /// Their classes, no better than the confidence allows; there are at most 100.
    package internal(set) var riskClasses: [UInt8] = []
    /// Number of each confidence, known of every row.
    package internal(set) var confidences: [UInt8] = []
    /// 1 where the class was lowered because little is known.
    package internal(set) var areCapped: [UInt8] = []
    /// Reasons of each row.
    package internal(set) var reasonCount = 0
    /// Features of the reasons, `reasonCount` a row, of the model or the card.
    package internal(set) var reasonFeatures: [UInt32] = []
    /// What they add, `reasonCount` a row; NaN where there are fewer.
    package internal(set) var reasonContributions: [Double] = []
    /// Number of all issues, also of those that are not told.
    package internal(set) var issueCount = 0
    /// Row of each issue that is told, ascending.
    package internal(set) var issueRows: [UInt32] = []
    /// `RowIssueKind` of each.
    package internal(set) var issueKinds: [UInt8] = []
    /// Column of each, from 1; 0 for none.
    package internal(set) var issueColumns: [UInt32] = []
    /// The value at fault of each.
    package internal(set) var issueValues: [Double] = []

    /// Makes empty columns.
    package init() {}

    /// Rows so far.
    package var rowCount: Int { outcomes.count }

    /// Bytes of a row.
    package static func rowBytes(reasonCount: Int) -> Int { 25 + 12 * max(reasonCount, 0) }

    /// Bytes of an issue.
    package static let issueBytes = 17

    /// Bytes that the columns have taken.
    package var memoryBytes: Int {
        // By the widest, which have grown like all others.
        baseProbabilities.capacity * Self.rowBytes(reasonCount: 0)
            + reasonContributions.capacity * 12 + issueValues.capacity * Self.issueBytes
    }

    /// Forgets all rows.
    ///
    /// - Parameter keepingCapacity: Whether to keep the memory for the next rows.
    package func removeAll(keepingCapacity: Bool = true) {
        outcomes.removeAll(keepingCapacity: keepingCapacity)
        bases.removeAll(keepingCapacity: keepingCapacity)
        baseProbabilities.removeAll(keepingCapacity: keepingCapacity)
        probabilities.removeAll(keepingCapacity: keepingCapacity)
        scores.removeAll(keepingCapacity: keepingCapacity)
        riskClasses.removeAll(keepingCapacity: keepingCapacity)
        confidences.removeAll(keepingCapacity: keepingCapacity)
        areCapped.removeAll(keepingCapacity: keepingCapacity)
        reasonFeatures.removeAll(keepingCapacity: keepingCapacity)
        reasonContributions.removeAll(keepingCapacity: keepingCapacity)
        issueRows.removeAll(keepingCapacity: keepingCapacity)
        issueKinds.removeAll(keepingCapacity: keepingCapacity)
        issueColumns.removeAll(keepingCapacity: keepingCapacity)
        issueValues.removeAll(keepingCapacity: keepingCapacity)
        (reasonCount, issueCount) = (0, 0)
    }

    /// Makes room for rows in one piece.
    package func reserveCapacity(_ rowCount: Int, reasonCount: Int) {
        outcomes.reserveCapacity(rowCount)
        bases.reserveCapacity(rowCount)
        baseProbabilities.reserveCapacity(rowCount)
        probabilities.reserveCapacity(rowCount)
        scores.reserveCapacity(rowCount)
        riskClasses.reserveCapacity(rowCount)
        confidences.reserveCapacity(rowCount)
        areCapped.reserveCapacity(rowCount)
        reasonFeatures.reserveCapacity(rowCount * reasonCount)
        reasonContributions.reserveCapacity(rowCount * reasonCount)
    }

    /// Appends the rows that scratch memory has.
    func append(_ count: Int, _ scratch: TableScratch) {
        func entries<Value>(_ start: UnsafeMutablePointer<Value>) -> UnsafeBufferPointer<Value> {
            UnsafeBufferPointer(start: start, count: count)
        }
        outcomes.append(contentsOf: entries(scratch.outcomes))
        bases.append(contentsOf: entries(scratch.bases))
        baseProbabilities.append(contentsOf: entries(scratch.baseProbabilities))
        probabilities.append(contentsOf: entries(scratch.probabilities))
        scores.append(contentsOf: entries(scratch.scores))
        riskClasses.append(contentsOf: entries(scratch.riskClasses))
        confidences.append(contentsOf: entries(scratch.confidences))
        areCapped.append(contentsOf: entries(scratch.areCapped))
    }

    /// Appends the issues of some rows, by rows, as far as they are told.
    func append(_ issues: [TableIssue], maximum: Int) {
        for issue in issues {
            guard issueRows.count < maximum else { return }
            issueRows.append(UInt32(clamping: issue.row))
            issueKinds.append(UInt8(clamping: issue.kind))
            issueColumns.append(UInt32(clamping: issue.column))
            issueValues.append(issue.value)
        }
    }
}

/// Something about a cell.
struct TableIssue {
    let row: Int
    let kind: Int32
    /// From 1; 0 for none.
    let column: Int
    let value: Double
    /// Its place among the issues of a chunk, so that those of a row keep their order.
    let place: Int
}
