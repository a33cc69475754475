// SPDX-License-Identifier: Apache-2.0

// Requests for the test model, and what the engine itself says to them.

import ProtobufCoding
import Scoring
import TestRandomness
import VigieProtos

extension Vigie_V1_RowBlock {
    /// A row-major block of float32 values.
    init(_ values: [Float], rowCount: Int) {
        self.init()
        self.rowCount = UInt32(rowCount)
        floatValues = values
    }
}

extension Vigie_V1_ScoreRowsRequest {
    /// A request with a header.
    init(_ block: Vigie_V1_RowBlock, header: Vigie_V1_ScoreHeader = .init()) {
        self.init()
        self.header = header
        self.block = block
    }
}

extension Vigie_V1_StreamScoreRowsRequest {
    /// A message with a header.
    static func header(_ header: Vigie_V1_ScoreHeader) -> Self {
        .with { $0.header = header }
    }

    /// A message with a block.
    static func block(_ block: Vigie_V1_RowBlock) -> Self {
        .with { $0.block = block }
    }
}

/// Rows of the test model, some of which cannot be scored.
func randomRows(_ rowCount: Int, seed: UInt64) -> [Float] {
    var random = SeededGenerator(seed: seed)
    return (0..<rowCount * 3).map { _ in
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return .nan
        case 1: return .infinity
        default: return Float.random(in: -1...12, using: &random)
        }
    }
}

/// What the engine says to rows when it is called directly.
func scoreInProcess(
    _ values: [Float],
    rowCount: Int,
    model: ScoringModel,
    request: ScoreRequest = .init()
) throws -> ScoreColumns {
    let columns = ScoreColumns()
    try values.withUnsafeBufferPointer { values in
        let binding = try model.bind(columns: [])
        let block = try RowBlock(
            rowCount: rowCount,
            columnCount: binding.columnCount,
            layout: .rowMajor,
            values: .float32(values)
        )
        model.scoreRows(
            block,
            rows: 0..<rowCount,
            binding: binding,
            request: request,
            workspace: ScoringWorkspace(),
            result: columns
        )
    }
    return columns
}

/// Whether a response has the very bits of the engine's columns.
func isEqual(_ block: Vigie_V1_ScoreBlock, _ columns: ScoreColumns) -> Bool {
    let outcomes = columns.hasUnscored ? columns.outcomes : []
    return block.rowCount == UInt32(columns.rowCount)
        && block.outcomes.map { Int32($0.rawValue) } == outcomes
        && block.probabilities.map(\.bitPattern) == columns.probabilities.map(\.bitPattern)
        && block.scores == columns.scores && block.riskClasses == columns.riskClasses
        && block.percentiles.map(\.bitPattern) == columns.percentiles.map(\.bitPattern)
        && block.rawScores.map(\.bitPattern) == columns.rawScores.map(\.bitPattern)
        && block.reasonFeatures == columns.reasonFeatures
        && block.reasonContributions.map(\.bitPattern)
            == columns.reasonContributions.map(\.bitPattern)
        && block.reasonCount == UInt32(columns.reasonCount)
}

/// Whether a response tells all the issues of the engine's columns.
func hasIssues(_ block: Vigie_V1_ScoreBlock, _ columns: ScoreColumns) -> Bool {
    block.issueCount == UInt32(columns.issueCount) && block.issueRows == columns.issueRows
        && block.issueKinds.map { Int32($0.rawValue) } == columns.issueKinds
        && block.issueColumns == columns.issueColumns
        && block.issueValues.map(\.bitPattern) == columns.issueValues.map(\.bitPattern)
}
