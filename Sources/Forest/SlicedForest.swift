// SPDX-License-Identifier: Apache-2.0

// An ensemble in the bit-sliced form, in memory of its own.

import CForest

/// A compiled ensemble for the bit-sliced kernel. Its scores are bit-equal to the reference's.
final class SlicedForest: Sendable {
    // Written in `init`, only read afterwards, freed in `deinit`.
    private nonisolated(unsafe) let plan: vigie_slice_plan

    /// What a block of up to 512 rows costs on each path; an estimate.
    private let work: SliceWork

    /// Turns float32 rows into what the kernel needs to know of them.
    let quantiser: Quantiser

    /// Compiles the ensemble; nil if it does not fit the form.
    init?(_ ensemble: TreeEnsemble) {
        guard let compiler = SliceCompiler(ensemble) else { return nil }
        plan = vigie_slice_plan(
            features: copied(compiler.features),
            feature_count: compiler.features.count,
            pivots32: copied(compiler.pivots32),
            pivots64: copied(compiler.pivots64),
            patches: copied(compiler.patches),
            trees: copied(compiler.trees),
            tree_count: compiler.trees.count,
            steps: copied(compiler.steps),
            leaves: copied(compiler.leaves),
            vector_count: compiler.vectorCount,
            result_start: compiler.resultStart,
            row_width: ensemble.featureCount
        )
        quantiser = Quantiser(
            checked: compiler.columns.columns.map {
                Quantiser.Column(
                    feature: Int($0.feature),
                    thresholds: $0.thresholds.map(SplitCondition.roundedDown)
                )
            },
            featureCount: ensemble.featureCount
        )
        work = SliceWork(
            features: compiler.features.count,
            conditions: compiler.resultStart,
            steps: compiler.steps.count,
            trees: compiler.trees.count
        )
    }

    deinit {
        plan.features.deallocate()
        plan.pivots32.deallocate()
        plan.pivots64.deallocate()
        plan.patches.deallocate()
        plan.trees.deallocate()
        plan.steps.deallocate()
        plan.leaves.deallocate()
    }

    /// Scores rows of float32; false, with nothing done, if there is no memory for a workspace.
    func rawScores(
        path: ForestPath,
        rows: UnsafePointer<Float>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) -> Bool {
        withUnsafePointer(to: plan) {
            vigie_slice_score32($0, path.number, rows, rowCount, rowStride, output)
        }
    }

    /// Scores rows of float64; false, with nothing done, if there is no memory for a workspace.
    func rawScores(
        path: ForestPath,
        rows: UnsafePointer<Double>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) -> Bool {
        withUnsafePointer(to: plan) {
            vigie_slice_score64($0, path.number, rows, rowCount, rowStride, output)
        }
    }

    /// Scores rows of bins; false, with nothing done, if there is no memory for a workspace.
    func rawScores(
        path: ForestPath,
        bins: UnsafePointer<UInt8>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) -> Bool {
        withUnsafePointer(to: plan) {
            vigie_slice_score_bins($0, path.number, bins, rowCount, rowStride, output)
        }
    }

    /// What a block costs on a path, whatever its rows are, in nanoseconds; an estimate.
    func blockNanoseconds(path: ForestPath) -> Double { work.nanoseconds(path: path) }
}

/// What the kernel does for a block of 512 rows, and what that takes.
private struct SliceWork: Sendable {
    let features: Int
    let conditions: Int
    let steps: Int
    let trees: Int

    /// Measured on one core at 3 to 4 GHz: a feature is searched, a condition and a step are a
    /// vector each, a tree is turned into bytes, looked up and added.
    func nanoseconds(path: ForestPath) -> Double {
        let (feature, vector, tree): (Double, Double, Double) =
            switch path {
            case .avx512: (500, 1.3, 60)
            case .avx2: (2400, 1.8, 240)
            case .portable, .walk: (2400, 2.5, 270)
            }
        return Double(features) * feature + Double(conditions + steps) * vector
            + Double(trees) * tree
    }
}

/// The elements in memory that the caller frees.
func copied<Element>(_ array: [Element]) -> UnsafePointer<Element> {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(array.count, 1))
    _ = memory.initialize(from: array)
    return UnsafePointer(memory.baseAddress!)
}
