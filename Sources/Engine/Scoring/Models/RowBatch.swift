// SPDX-License-Identifier: Apache-2.0

// Some rows of a block on their way to the model: checked, and brought into the
// form that the model takes. Where a caller sends exactly that form, the model reads
// the caller's memory.

internal import VigieLimits

/// A run of rows of a block.
struct RowBatch {
    let block: RowBlock
    let firstRow: Int
    let rowCount: Int
    let binding: ColumnBinding
    let workspace: ScoringWorkspace

    /// Notes the first issue of each row; whether there is any.
    func check(_ rules: [ColumnRule], issues: UnsafeMutablePointer<RowIssue?>) -> Bool {
        var found = false
        for rule in rules {
            let source = binding.sources[rule.inputColumn]
            guard source >= 0 else { continue }
            let (place, stride) = place(of: source)
            let noted =
                switch block.values {
                case .float32(let values):
                    rule.note(
                        values.baseAddress! + place,
                        stride: stride,
                        rowCount: rowCount,
                        issues: issues
                    )
                case .float64(let values):
                    rule.note(
                        values.baseAddress! + place,
                        stride: stride,
                        rowCount: rowCount,
                        issues: issues
                    )
                case .quantised: false
                }
            found = found || noted
        }
        return found
    }

    /// The features of all rows, as bytes only where no reasons are wanted.
    func features(of model: ScoringModel, givesReasons: Bool) -> FeatureRows {
        if let program = model.program { return derivedFeatures(program) }
        if case .quantised(let bins) = block.values {
            let start = bins.baseAddress! + firstRow * block.columnCount
            return givesReasons
                ? restored(start, model: model) : .quantised(start, stride: block.columnCount)
        }
        let isReady = binding.isIdentity && block.layout == .rowMajor
        let columnCount = model.inputColumns.count
        let takesFloat64 = model.form.takesFloat64
        switch block.values {
        case .float32(let values) where isReady:
            return .float32(values.baseAddress! + firstRow * columnCount, stride: columnCount)
        case .float64(let values) where isReady && takesFloat64:
            return .float64(values.baseAddress! + firstRow * columnCount, stride: columnCount)
        case .float64 where takesFloat64:
            let rows = workspace.features64.reserve(rowCount * columnCount)
            gatherAll(into: rows)
            return .float64(rows, stride: columnCount)
        default:
            let rows = workspace.features32.reserve(rowCount * columnCount)
            gatherAll(into: rows)
            return .float32(rows, stride: columnCount)
        }
    }

    /// Values that the model takes for those of the quantised rows.
    private func restored(_ bins: UnsafePointer<UInt8>, model: ScoringModel) -> FeatureRows {
        let columnCount = model.inputColumns.count
        let rows = workspace.features32.reserve(rowCount * columnCount)
        model.quantisation.quantiser?.restore(
            rows: bins,
            rowCount: rowCount,
            into: rows,
            stride: columnCount
        )
        return .float32(rows, stride: columnCount)
    }

    private func derivedFeatures(_ program: ExpressionProgram) -> FeatureRows {
        let chunk = ScoringLimits.rowsPerChunk
        let registers = workspace.registers.reserve(program.registerCount * chunk)
        let features = workspace.features32.reserve(rowCount * program.featureCount)
        for start in stride(from: 0, to: rowCount, by: chunk) {
            let count = min(chunk, rowCount - start)
            for column in 0..<program.columnCount {
                gather(
                    column,
                    rows: start..<start + count,
                    into: registers + column * chunk,
                    stride: 1
                )
            }
            program.run(
                registers: registers,
                rowCount: count,
                features: features + start * program.featureCount
            )
        }
        return .float32(features, stride: program.featureCount)
    }

    /// Copies all inputs, row-major.
    private func gatherAll<Target: BinaryFloatingPoint>(into target: UnsafeMutablePointer<Target>) {
        let columnCount = binding.sources.count
        for column in 0..<columnCount {
            gather(column, rows: 0..<rowCount, into: target + column, stride: columnCount)
        }
    }

    /// Copies one input; NaN where the caller does not send it.
    @inline(__always)
    private func gather<Target: BinaryFloatingPoint>(
        _ column: Int,
        rows: Range<Int>,
        into target: UnsafeMutablePointer<Target>,
        stride targetStride: Int
    ) {
        let source = binding.sources[column]
        guard source >= 0 else {
            for row in 0..<rows.count { target[row * targetStride] = .nan }
            return
        }
        let (place, stride) = place(of: source)
        let first = place + rows.lowerBound * stride
        switch block.values {
        case .float32(let values):
            let start = values.baseAddress! + first
            for row in 0..<rows.count { target[row * targetStride] = Target(start[row * stride]) }
        case .float64(let values):
            let start = values.baseAddress! + first
            for row in 0..<rows.count { target[row * targetStride] = Target(start[row * stride]) }
        case .quantised:
            preconditionFailure("quantised rows are not gathered")
        }
    }

    /// Where the batch's values of a caller's column begin, and how far apart they are.
    private func place(of source: Int) -> (place: Int, stride: Int) {
        switch block.layout {
        case .rowMajor: (firstRow * block.columnCount + source, block.columnCount)
        case .columnMajor: (source * block.rowCount + firstRow, 1)
        }
    }
}
