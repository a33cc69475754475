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
    /// Marks of the rows of a batch.
    let marks = ScratchBuffer<UInt8>()
    /// Codes of the columns of categories of a batch, column after column.
    let codes = ScratchBuffer<Double>()
    /// Where the columns of a batch begin.
    let columns32 = ScratchBuffer<UnsafePointer<Float>>()
    let columns64 = ScratchBuffer<UnsafePointer<Double>>()
    /// Values of columns that are not sent.
    let missing32 = ScratchBuffer<Float>(filledWith: .nan)
    let missing64 = ScratchBuffer<Double>(filledWith: .nan)
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
    private let filling: Value?

    /// Takes no memory yet.
    ///
    /// - Parameter filling: What all values are, if nobody changes them.
    init(filledWith filling: Value? = nil) {
        self.filling = filling
    }

    /// Memory for `count` values, contents undefined unless there is a filling, valid until the
    /// next call.
    func reserve(_ count: Int) -> UnsafeMutablePointer<Value> {
        if let start, count <= capacity { return start }
        start?.deallocate()
        let grown = UnsafeMutablePointer<Value>.allocate(capacity: max(count, 1))
        if let filling { grown.initialize(repeating: filling, count: max(count, 1)) }
        start = grown
        capacity = max(count, 1)
        return grown
    }

    deinit {
        start?.deallocate()
    }
}
