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
        var content = AssessedBlockWriter(output: nil)
        content.write(table)
        let prefix = FieldPrefix(tag: Self.blockTag, contentBytes: content.byteCount)
        sendMessage(byteCount: prefix.byteCount + content.byteCount) { output in
            _ = prefix.write(to: output)
            var writer = AssessedBlockWriter(
                output: UnsafeMutableRawBufferPointer(rebasing: output[prefix.byteCount...])
            )
            writer.write(table)
        }
    }
}

/// Writes an AssessedBlock, or only counts its bytes. All its columns have entries of one width:
/// one byte, where no number is above 127, or 4 or 8, least byte first, so that each is one copy.
private struct AssessedBlockWriter {
    /// Where it goes; nil to count only.
    let output: UnsafeMutableRawBufferPointer?
    private(set) var byteCount = 0

    init(output: UnsafeMutableRawBufferPointer?) { self.output = output }

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

    private mutating func number(_ field: Int, _ value: Int) {
        guard value > 0 else { return }
        varint(field << 3)
        varint(value)
    }

    private mutating func column<Value: BitwiseCopyable>(_ field: Int, _ values: [Value]) {
        guard !values.isEmpty else { return }
        varint(field << 3 | 2)
        values.withUnsafeBytes { bytes in
            varint(bytes.count)
            if let output {
                UnsafeMutableRawBufferPointer(rebasing: output[byteCount...])
                    .copyMemory(from: bytes)
            }
            byteCount += bytes.count
        }
    }

    private mutating func varint(_ value: Int) {
        var rest = UInt64(value)
        repeat {
            let byte = UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0)
            if let output { output[byteCount] = byte }
            byteCount += 1
            rest >>= 7
        } while rest > 0
    }
}
