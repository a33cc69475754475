// SPDX-License-Identifier: Apache-2.0

// The fast path: an ensemble compiled, when its model loads, into the form CForest walks.

import CForest

/// A compiled ensemble. Scores are bit-equal to ``ReferenceScorer``'s; scoring takes no lock and no
/// memory, so one plan serves any number of threads.
package final class ForestPlan: Sendable {
    // Written in `init`, only read afterwards, freed in `deinit`.
    private nonisolated(unsafe) let plan: vigie_forest_plan

    /// What a row costs, in nanoseconds on one core of a current server: an estimate for deciding
    /// where to score, not a measurement.
    package let costNanosecondsPerRow: Double

    /// Compiles the ensemble.
    package init(_ ensemble: TreeEnsemble) {
        var compiler = PlanCompiler(ensemble)
        compiler.compile()
        self.plan = compiler.makePlan()
        self.costNanosecondsPerRow = compiler.costNanosecondsPerRow
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
    /// count), into `output[0 ..< rowCount]`.
    package func rawScores(
        rows: UnsafePointer<Float>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        withUnsafePointer(to: plan) { vigie_forest_walk32($0, rows, rowCount, rowStride, output) }
    }

    /// Raw scores of `rowCount` rows of float64, as above, compared in float64.
    package func rawScores(
        rows: UnsafePointer<Double>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        withUnsafePointer(to: plan) { vigie_forest_walk64($0, rows, rowCount, rowStride, output) }
    }
}
