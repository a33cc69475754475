// SPDX-License-Identifier: Apache-2.0

// The fast path: an ensemble compiled, when its model loads, into the forms CForest runs.

import CForest

/// A compiled ensemble. Scores are bit-equal to ``ReferenceScorer``'s; scoring takes no lock, and
/// no memory but a workspace at a thread's first block, so one plan serves any number of threads.
///
/// Rows go through the bit-sliced kernel, 512 at a time, if the model fits it. The rows of other
/// models, and a few rows alone, are walked through the trees.
package final class ForestPlan: Sendable {
    // Written in `init`, only read afterwards, freed in `deinit`.
    private nonisolated(unsafe) let plan: vigie_forest_plan
    private let sliced: SlicedForest?
    /// Scores what the compiled forms cannot express; nil for all other ensembles.
    private let reference: ReferenceScorer?

    /// Raw scores of a row.
    package let outputCount: Int

    /// The way that blocks of rows go.
    package let path: ForestPath

    /// Fewest rows that are worth a block; fewer are walked.
    private let blockRowsMinimum: Int

    /// What a row of many costs, in nanoseconds on one core of a current server: an estimate for
    /// deciding where to score, not a measurement.
    package let costNanosecondsPerRow: Double

    /// Compiles the ensemble for the fastest way on this processor.
    package convenience init(_ ensemble: TreeEnsemble) {
        self.init(ensemble, path: .best, blockRowsMinimum: nil)
    }

    /// Compiles the ensemble for one way that runs here, and sends even a single row that
    /// way if the model fits it: for tests and measurements.
    package convenience init(_ ensemble: TreeEnsemble, forcing path: ForestPath) {
        self.init(ensemble, path: path, blockRowsMinimum: 1)
    }

    private init(_ ensemble: TreeEnsemble, path: ForestPath, blockRowsMinimum: Int?) {
        var compiler = PlanCompiler(ensemble)
        compiler.compile()
        plan = compiler.makePlan()
        outputCount = ensemble.outputCount
        let isPlain =
            ensemble.sum == .float64(start: [0]) && ensemble.linearLeaves.isEmpty
            && !ensemble.kinds.contains { $0.isCategoryIndex }
        reference = isPlain ? nil : ReferenceScorer(ensemble)
        sliced = path == .walk || !isPlain ? nil : SlicedForest(ensemble)
        let walkNanoseconds = compiler.costNanosecondsPerRow
        guard let sliced else {
            self.path = .walk
            self.blockRowsMinimum = .max
            costNanosecondsPerRow = walkNanoseconds
            return
        }
        self.path = path
        let blockNanoseconds = sliced.blockNanoseconds(path: path)
        let worthwhile = Int((blockNanoseconds / walkNanoseconds).rounded(.up))
        self.blockRowsMinimum = blockRowsMinimum ?? worthwhile
        costNanosecondsPerRow = min(blockNanoseconds / Double(vigie_slice_rows), walkNanoseconds)
    }

    deinit {
        plan.columns.deallocate()
        plan.trees.deallocate()
        plan.nodes32.deallocate()
        plan.nodes64.deallocate()
        plan.node_values.deallocate()
        plan.splits.deallocate()
        plan.split_values.deallocate()
        plan.category_words.deallocate()
    }

    /// Raw scores of `rowCount` rows of float32, `rowStride` values apart (at least the feature
    /// count), into `output[0 ..< rowCount * outputCount]`, row after row.
    package func rawScores(
        rows: UnsafePointer<Float>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        if let reference {
            reference.rawScores(rows, rowCount: rowCount, rowStride: rowStride, output: output)
            return
        }
        var firstWalked = blockRows(of: rowCount)
        if let sliced, firstWalked > 0,
            !sliced.rawScores(
                path: path,
                rows: rows,
                rowCount: firstWalked,
                rowStride: rowStride,
                output: output
            )
        {
            firstWalked = 0
        }
        withUnsafePointer(to: plan) {
            vigie_forest_walk32(
                $0,
                rows + firstWalked * rowStride,
                rowCount - firstWalked,
                rowStride,
                output + firstWalked
            )
        }
    }

    /// Raw scores of `rowCount` rows of float64, as above, compared in float64.
    package func rawScores(
        rows: UnsafePointer<Double>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        if let reference {
            reference.rawScores(rows, rowCount: rowCount, rowStride: rowStride, output: output)
            return
        }
        var firstWalked = blockRows(of: rowCount)
        if let sliced, firstWalked > 0,
            !sliced.rawScores(
                path: path,
                rows: rows,
                rowCount: firstWalked,
                rowStride: rowStride,
                output: output
            )
        {
            firstWalked = 0
        }
        withUnsafePointer(to: plan) {
            vigie_forest_walk64(
                $0,
                rows + firstWalked * rowStride,
                rowCount - firstWalked,
                rowStride,
                output + firstWalked
            )
        }
    }

    /// What turns rows into bins for this plan; nil if it needs the rows themselves.
    package var quantiser: Quantiser? { sliced?.quantiser }

    /// Raw scores of `rowCount` quantised rows, `rowStride` bytes apart, bit-equal to those of the
    /// rows they were made of. Any byte is safe: one that ``quantiser`` does not give counts as a
    /// value above all thresholds, or as NaN. The plan must have a quantiser.
    package func rawScores(
        bins: UnsafePointer<UInt8>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        guard let sliced else { preconditionFailure("the plan has no quantiser") }
        let isDone = sliced.rawScores(
            path: path,
            bins: bins,
            rowCount: rowCount,
            rowStride: rowStride,
            output: output
        )
        if !isDone { output.update(repeating: .nan, count: rowCount) }
    }

    /// How many rows at the beginning are worth blocks.
    private func blockRows(of rowCount: Int) -> Int {
        guard sliced != nil else { return 0 }
        let rest = rowCount % Int(vigie_slice_rows)
        return rest < blockRowsMinimum ? rowCount - rest : rowCount
    }
}

extension ReferenceScorer {
    /// Scores rows one by one.
    fileprivate func rawScores<Value: BinaryFloatingPoint>(
        _ rows: UnsafePointer<Value>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        var place = output
        for row in 0..<rowCount {
            for score in rawScores(value: { Double(rows[row * rowStride + $0]) }) {
                place.pointee = score
                place += 1
            }
        }
    }
}
