// SPDX-License-Identifier: Apache-2.0

// The fast path: an ensemble compiled, when its model loads, into the forms CForest runs.

internal import CForest

/// A compiled ensemble. Scores are bit-equal to ``ReferenceScorer``'s; scoring takes no lock, and
/// no memory but a workspace at a thread's first rows, so one plan serves any number of threads.
///
/// Many rows go in blocks of 512: the bit-sliced kernel takes the trees that fit it, and the others
/// are walked between them, in the order of the trees. Where rows are too few for a block, they go
/// in tiles of 128, if the path has these, and the fewest are walked alone. Rows may be float32,
/// float64 or quantised, row by row or column by column.
package final class ForestPlan: Sendable {
    let compiled: CompiledForest

    /// Raw scores of a row.
    package let outputCount: Int

    /// The way that blocks of rows go.
    package let path: ForestPath

    /// How rows of float32 and of float64 are divided.
    private let division: RowDivision
    private let division64: RowDivision

    /// Compiles the ensemble for the fastest way on this processor, or the path that is forced.
    package convenience init(_ ensemble: TreeEnsemble) {
        self.init(ensemble, path: .best, forced: ForestPath.best == .walk ? .never : nil)
    }

    /// Whether rows are put into blocks.
    package enum Blocks: Sendable, CaseIterable {
        /// Even a single row is.
        case always
        /// Rows are put into tiles instead, if the path has any.
        case tiles
        /// No row is.
        case never
    }

    /// Compiles the ensemble for one way that runs here, and sends all rows one way, for tests and
    /// measurements: in blocks, unless the path is that without, or alone.
    package convenience init(
        _ ensemble: TreeEnsemble,
        forcing path: ForestPath,
        blocks: Blocks = .always
    ) {
        self.init(ensemble, path: path, forced: path == .walk ? .never : blocks)
    }

    private init(_ ensemble: TreeEnsemble, path: ForestPath, forced: Blocks?) {
        compiled = CompiledForest(ensemble, path: path)
        outputCount = ensemble.outputCount
        if let forced {
            division = RowDivision(forced, hasTiles: compiled.work.hasTiles)
            division64 = division
        } else {
            division = RowDivision(compiled.work, path: path, isDouble: false)
            division64 = RowDivision(compiled.work, path: path, isDouble: true)
        }
        self.path = path
    }

    /// What turns rows into bins for this plan; nil if it needs the rows themselves.
    package var quantiser: Quantiser? { compiled.quantiser }

    /// What scoring takes, in nanoseconds on one core of a current server: an estimate for deciding
    /// where to score, not a measurement.
    package func estimatedNanoseconds(rowCount: Int, isDouble: Bool) -> Double {
        let parts = (isDouble ? division64 : division).parts(of: rowCount)
        return compiled.work.nanoseconds(path: path, parts, isDouble: isDouble)
    }

    /// Scores rows: first those in blocks, then those in tiles, then those alone.
    fileprivate func score(_ rows: vigie_rows, output: UnsafeMutablePointer<Double>) {
        let parts = (rows.value == vigie_float64 ? division64 : division).parts(of: rows.count)
        var (rest, output) = (rows, output)
        func next(_ count: Int, _ score: (vigie_rows) -> Bool) {
            guard count > 0 else { return }
            rest.count = count
            precondition(score(rest), "no memory to score with")
            rest.first += count
            output += count * outputCount
        }
        withUnsafePointer(to: compiled.plan) { plan in
            next(parts.inBlocks) { vigie_slice_score(plan, path.number, $0, output) }
            next(parts.inTiles) { vigie_tile_score(plan, path.number, $0, output) }
            next(parts.alone) { vigie_walk_score(plan, $0, output) }
        }
    }
}

// MARK: Rows in all their forms

/// A type that values of rows have.
package protocol ForestValue: BitwiseCopyable {
    /// Its name in CForest.
    static var forestValue: ForestValueKind { get }
}

/// The name of a type of values in CForest.
package struct ForestValueKind: Sendable {
    fileprivate let value: vigie_value
}

extension Float: ForestValue {
    package static var forestValue: ForestValueKind { .init(value: vigie_float32) }
}

extension Double: ForestValue {
    package static var forestValue: ForestValueKind { .init(value: vigie_float64) }
}

extension ForestPlan {
    /// Raw scores of `rowCount` rows of float32 or float64, compared in their type, that lie row by
    /// row, `rowStride` values apart (at least the feature count), into
    /// `output[0 ..< rowCount * outputCount]`, row after row.
    package func rawScores<Value: ForestValue>(
        rows: UnsafePointer<Value>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        var input = vigie_rows(Value.forestValue, rowCount: rowCount)
        input.start = UnsafeRawPointer(rows)
        input.row_stride = rowStride
        input.column_stride = 1
        score(input, output: output)
    }

    /// The same of rows that lie column by column, `columnStride` values from one to the next
    /// (at least the row count).
    package func rawScores<Value: ForestValue>(
        columns: UnsafePointer<Value>,
        columnStride: Int,
        rowCount: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        var input = vigie_rows(Value.forestValue, rowCount: rowCount)
        input.start = UnsafeRawPointer(columns)
        input.row_stride = 1
        input.column_stride = columnStride
        score(input, output: output)
    }

    /// The same of rows whose columns each are elsewhere, as many as there are features, with the
    /// values of a column `rowStride` apart.
    package func rawScores<Value: ForestValue>(
        columns: UnsafePointer<UnsafePointer<Value>>,
        rowCount: Int,
        rowStride: Int = 1,
        output: UnsafeMutablePointer<Double>
    ) {
        var input = vigie_rows(Value.forestValue, rowCount: rowCount)
        input.columns = UnsafeRawPointer(columns)
            .assumingMemoryBound(to: UnsafeRawPointer?.self)
        input.row_stride = rowStride
        score(input, output: output)
    }

    /// Raw scores of `rowCount` quantised rows, `rowStride` bytes apart, bit-equal to those of the
    /// rows they were made of. Any byte is safe: one that ``quantiser`` does not give counts as a
    /// value above all thresholds, or as NaN. The plan must have a quantiser.
    package func rawScores(
        bins: UnsafePointer<UInt8>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        precondition(quantiser != nil, "the plan has no quantiser")
        var input = vigie_rows(ForestValueKind(value: vigie_bins), rowCount: rowCount)
        input.start = UnsafeRawPointer(bins)
        input.row_stride = rowStride
        input.column_stride = 1
        score(input, output: output)
    }
}

extension vigie_rows {
    fileprivate init(_ kind: ForestValueKind, rowCount: Int) {
        self.init()
        value = kind.value
        count = rowCount
    }
}
