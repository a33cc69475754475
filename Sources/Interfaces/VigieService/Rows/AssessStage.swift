// SPDX-License-Identifier: Apache-2.0

// Rows that are companies: the stage that assesses them, and its columns as a message.

internal import Assessment
internal import BlockPipeline
internal import GRPCTransport
internal import Scoring
internal import VigieLimits

/// Assesses the rows with the models, columns and options of a header.
final class AssessStage: Stage {
    private let assessor: TableAssessor

    init(_ assessor: TableAssessor) { self.assessor = assessor }

    func run(_ rows: Range<Int>, of frame: RowFrame) {
        guard let table = frame.table else { return }
        let assessed = frame.takeAssessed()
        // In one piece: columns that grow are copied, and take more than was set aside.
        if rows.lowerBound == 0, table.rowCount > ScoringLimits.rowsPerBatch {
            assessed.reserveCapacity(table.rowCount, reasonCount: assessor.reasonCount)
        }
        assessor.assess(table, rows: rows, frame.tableScratch, assessed)
    }

    func nanoseconds(of frame: RowFrame) -> Double {
        assessor.estimatedNanoseconds(rowCount: frame.rowCount)
    }

    func columnBytes(of frame: RowFrame) -> Int {
        // The memory of issues doubles as they come.
        frame.rowCount * AssessedTable.rowBytes(reasonCount: assessor.reasonCount)
            + 2 * assessor.toldIssuesMaximum(rowCount: frame.rowCount) * AssessedTable.issueBytes
    }

    /// As of a stage that scores.
    var rowsTogether: Int { assessor.reasonCount > 0 ? 1 : ScoringLimits.rowsPerBatch }
}

extension ServerCall {
    private static let blockTag: UInt8 = 0x12

    /// Sends the assessments of a block of a stream.
    func sendAssessments(_ table: AssessedTable) {
        var content = ColumnWriter(output: nil)
        content.write(table)
        let prefix = FieldPrefix(tag: Self.blockTag, contentBytes: content.byteCount)
        sendMessage(byteCount: prefix.byteCount + content.byteCount) { output in
            _ = prefix.write(to: output)
            var writer = ColumnWriter(
                output: UnsafeMutableRawBufferPointer(rebasing: output[prefix.byteCount...])
            )
            writer.write(table)
        }
    }
}

extension ColumnWriter {
    /// Writes an AssessedBlock.
    mutating func write(_ table: AssessedTable) {
        number(1, table.rowCount)
        column(2, table.outcomes)
        column(3, table.bases)
        column(4, table.baseProbabilities)
        column(5, table.probabilities)
        column(6, table.scores)
        column(7, table.riskClasses)
        column(8, table.confidences)
        column(9, table.areCapped)
        number(10, table.reasonCount)
        column(11, table.reasonFeatures)
        column(12, table.reasonContributions)
        number(13, table.issueCount)
        column(14, table.issueRows)
        column(15, table.issueKinds)
        column(16, table.issueColumns)
        column(17, table.issueValues)
    }
}
