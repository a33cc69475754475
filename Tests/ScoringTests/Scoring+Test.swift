// SPDX-License-Identifier: Apache-2.0

// Ways to score arrays, and values that break things.

import Scoring

extension ScoringModel {
    /// Scores a table of float64 values, in pieces of at most `step` rows.
    func score(
        _ values: [Double],
        columns: [String] = [],
        layout: RowBlock.Layout = .rowMajor,
        request: ScoreRequest = ScoreRequest(outputs: .all),
        step: Int = .max,
        result: ScoreColumns = ScoreColumns()
    ) throws -> ScoreColumns {
        try values.withUnsafeBufferPointer {
            try score(.float64($0), columns, layout, request, step, result)
        }
    }

    /// Scores a table of float32 values.
    func score(
        floats values: [Float],
        columns: [String] = [],
        layout: RowBlock.Layout = .rowMajor,
        request: ScoreRequest = ScoreRequest(outputs: .all),
        step: Int = .max,
        result: ScoreColumns = ScoreColumns()
    ) throws -> ScoreColumns {
        try values.withUnsafeBufferPointer {
            try score(.float32($0), columns, layout, request, step, result)
        }
    }

    private func score(
        _ values: RowBlock.Values,
        _ columns: [String],
        _ layout: RowBlock.Layout,
        _ request: ScoreRequest,
        _ step: Int,
        _ result: ScoreColumns
    ) throws -> ScoreColumns {
        let binding = try bind(columns: columns)
        let rowCount = values.count / binding.columnCount
        let block = try RowBlock(
            rowCount: rowCount,
            columnCount: binding.columnCount,
            layout: layout,
            values: values
        )
        let workspace = ScoringWorkspace()
        var start = 0
        while start < rowCount {
            let end = start + min(step, rowCount - start)
            scoreRows(
                block,
                rows: start..<end,
                binding: binding,
                request: request,
                workspace: workspace,
                result: result
            )
            start = end
        }
        return result
    }
}

extension ScoreOutputs {
    static let all: ScoreOutputs = [.standard, .rawScore]
}

extension Sequence<Double> {
    /// Bit patterns, with one for all NaNs, so that missing equals missing.
    var bits: [UInt64] { map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern } }
}

extension Sequence<Float> {
    /// Bit patterns, with one for all NaNs.
    var bits: [UInt32] { map { $0.isNaN ? Float.nan.bitPattern : $0.bitPattern } }
}

extension Array {
    /// A row-major table turned column-major.
    func transposed(columnCount: Int) -> [Element] {
        let rowCount = count / columnCount
        return (0..<count).map { self[($0 % rowCount) * columnCount + $0 / rowCount] }
    }
}

/// Finite values at which arithmetic goes wrong, and the missing one.
let nastyValues: [Double] = [
    .nan, 0, -0.0, 1, -1, 0.5, 2, 3, 1e-3, 0.1, 1e300, -1e300, 1e-300, .greatestFiniteMagnitude,
    -.greatestFiniteMagnitude, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e38, 3.5e38, 1e-46,
    .pi, -7.25, 1_000_000, .ulpOfOne,
]
