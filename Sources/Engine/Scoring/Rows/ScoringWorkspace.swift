// SPDX-License-Identifier: Apache-2.0

// Scratch memory of one thread. It grows to what the largest model needs and is
// reused from block to block and from model to model.

internal import Forest
internal import Formulas

/// Scratch of one thread for `ScoringModel.scoreRows`; not for two at a time.
package final class ScoringWorkspace {
    /// Registers of an expression program.
    let registers = ScratchBuffer<Double>()
    /// Row-major float32 features of a batch.
    let features32 = ScratchBuffer<Float>()
    /// Row-major float64 features of a batch.
    let features64 = ScratchBuffer<Double>()
    /// Raw scores of a batch.
    let rawScores = ScratchBuffer<Double>()
    /// Contributions of some rows.
    let contributions = ScratchBuffer<Double>()
    /// The first issue of each row of a batch.
    let issues = ScratchBuffer<RowIssue?>()

    /// Calibrated log-odds of a batch before the prior correction.
    let logOdds = ScratchBuffer<Double>()
    /// Probabilities of a batch.
    let probabilities = ScratchBuffer<Double>()
    /// Features of the reasons of one row.
    let reasonFeatures = ScratchBuffer<UInt32>()
    private var formulas: FormulaWorkspace?
    /// Scratch of explainers.
    let explainer = TreeExplainerWorkspace()

    /// Makes an empty workspace; the first block sizes it.
    package init() {}

    /// Scratch of a program; made anew only when another model asks.
    func programWorkspace(for plan: FormulaPlan) -> FormulaWorkspace {
        let workspace = formulas ?? FormulaWorkspace(plan)
        workspace.prepare(for: plan)
        formulas = workspace
        return workspace
    }
}

/// Memory for trivial values that grows and never shrinks.
final class ScratchBuffer<Value: BitwiseCopyable> {
    private var start: UnsafeMutablePointer<Value>?
    private var capacity = 0

    /// Memory for `count` values, contents undefined, valid until the next call.
    func reserve(_ count: Int) -> UnsafeMutablePointer<Value> {
        if let start, count <= capacity { return start }
        start?.deallocate()
        let grown = UnsafeMutablePointer<Value>.allocate(capacity: max(count, 1))
        start = grown
        capacity = max(count, 1)
        return grown
    }

    deinit {
        start?.deallocate()
    }
}
