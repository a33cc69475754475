// SPDX-License-Identifier: Apache-2.0

// Some rows of a block on their way to the model: checked, and brought into the
// form that the model takes. The model reads the caller's memory wherever it takes the
// width of the values: row by row, column by column, and whatever the order of the columns.

internal import VigieLimits

/// A run of rows of a block.
struct RowBatch {
    let block: RowBlock
    let firstRow: Int
    let rowCount: Int
    let binding: ColumnBinding
    let workspace: ScoringWorkspace

    /// The features of all rows, as bytes or columns only where no reasons are wanted.
    ///
    /// - Parameter blanksInvalid: Whether there are values that count as missing.
    func features(
        of model: ScoringModel,
        givesReasons: Bool,
        blanksInvalid: Bool
    ) -> FeatureRows {
        let invalidRules = blanksInvalid ? model.rules : []
        if let program = model.program {
            return derivedFeatures(program, invalidRules: invalidRules)
        }
        if case .quantised(let bins) = block.values, let first = bins.baseAddress {
            let start = first + firstRow * block.columnCount
            return givesReasons
                ? restored(start, model: model) : .quantised(start, stride: block.columnCount)
        }
        let takesFloat64 = model.form.takesFloat64
        if !blanksInvalid, binding.categoryInputs.isEmpty, takesFloat64 || !block.values.isFloat64 {
            if binding.isIdentity && block.layout == .rowMajor { return ownRows() }
            if !givesReasons { return ownColumns() }
        }
        if block.values.isFloat64 && takesFloat64 {
            let rows = workspace.features64.reserve(rowCount * binding.sources.count)
            gatherAll(into: rows, invalidRules: invalidRules)
            return .float64(rows, stride: binding.sources.count)
        }
        let rows = workspace.features32.reserve(rowCount * binding.sources.count)
        gatherAll(into: rows, invalidRules: invalidRules)
        return .float32(rows, stride: binding.sources.count)
    }

    /// The caller's own rows, which are as the model wants them.
    private func ownRows() -> FeatureRows {
        switch column(0) {
        case .float32(let column): .float32(column.start, stride: column.stride)
        case .float64(let column): .float64(column.start, stride: column.stride)
        case .absent: preconditionFailure("a table of all inputs has the first one")
        }
    }

    /// The caller's own columns, in the order of the model's inputs.
    private func ownColumns() -> FeatureRows {
        let stride = block.layout == .rowMajor ? block.columnCount : 1
        let inputs = binding.sources.indices
        if block.values.isFloat64 {
            let columns = workspace.columns64.reserve(inputs.count)
            for input in inputs {
                if case .float64(let column) = column(input) {
                    columns[input] = column.start
                } else {
                    columns[input] = missing(workspace.missing64, stride: stride)
                }
            }
            return .columns64(columns, stride: stride)
        }
        let columns = workspace.columns32.reserve(inputs.count)
        for input in inputs {
            if case .float32(let column) = column(input) {
                columns[input] = column.start
            } else {
                columns[input] = missing(workspace.missing32, stride: stride)
            }
        }
        return .columns32(columns, stride: stride)
    }

    /// A column without values.
    private func missing<Value>(
        _ memory: ScratchBuffer<Value>,
        stride: Int
    ) -> UnsafePointer<Value> {
        UnsafePointer(memory.reserve((ScoringLimits.rowsPerBatch - 1) * stride + 1))
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

    private func derivedFeatures(
        _ program: ExpressionProgram,
        invalidRules: [ColumnRule]
    ) -> FeatureRows {
        let chunk = ScoringLimits.rowsPerChunk
        let registers = workspace.registers.reserve(program.registerCount * chunk)
        let features = workspace.features32.reserve(rowCount * program.featureCount)
        for start in stride(from: 0, to: rowCount, by: chunk) {
            let rows = start..<min(start + chunk, rowCount)
            for column in 0..<program.columnCount {
                gather(column, rows: rows, into: registers + column * chunk, stride: 1)
            }
            blank(invalidRules, rows: rows, registers, rowStride: 1, columnStride: chunk)
            program.run(
                registers: registers,
                rowCount: rows.count,
                features: features + start * program.featureCount
            )
        }
        return .float32(features, stride: program.featureCount)
    }

    /// Copies all inputs, row-major, without the values that count as missing.
    private func gatherAll<Target: BinaryFloatingPoint>(
        into target: UnsafeMutablePointer<Target>,
        invalidRules: [ColumnRule]
    ) {
        let columnCount = binding.sources.count
        for column in 0..<columnCount {
            gather(column, rows: 0..<rowCount, into: target + column, stride: columnCount)
        }
        blank(invalidRules, rows: 0..<rowCount, target, rowStride: columnCount, columnStride: 1)
    }

    /// Copies one input; NaN where the caller does not send it.
    @inline(__always)
    private func gather<Target: BinaryFloatingPoint>(
        _ inputColumn: Int,
        rows: Range<Int>,
        into target: UnsafeMutablePointer<Target>,
        stride: Int
    ) {
        switch column(inputColumn) {
        case .float32(let column): column.copy(rows: rows, to: target, stride: stride)
        case .float64(let column): column.copy(rows: rows, to: target, stride: stride)
        case .absent: for row in 0..<rows.count { target[row * stride] = .nan }
        }
    }

    /// Makes invalid values of copied rows missing.
    private func blank<Target: BinaryFloatingPoint>(
        _ rules: [ColumnRule],
        rows: Range<Int>,
        _ target: UnsafeMutablePointer<Target>,
        rowStride: Int,
        columnStride: Int
    ) {
        for rule in rules {
            let column = target + rule.inputColumn * columnStride
            forEachInvalid(rule, rows: rows) { row in
                column[(row - rows.lowerBound) * rowStride] = .nan
            }
        }
    }
}
