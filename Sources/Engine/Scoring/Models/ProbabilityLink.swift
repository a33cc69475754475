// SPDX-License-Identifier: Apache-2.0

// The library's own way from the sum of trees to a probability.

internal import Formulas
internal import ModelFormats
internal import VigieLimits

/// Makes probabilities of raw scores as the library that trained the model does, bit for bit.
final class ProbabilityLink: Sendable {
    private let plan: ProgramPlan
    private let register: Int

    /// A link, whose program has one input and one output.
    init?(_ program: ModelProgram?) {
        guard let program, program.inputs.count == 1, let output = program.outputs.first else {
            return nil
        }
        plan = ProgramPlan(program)
        register = output.register
    }

    /// Writes the probability of each raw score.
    func probabilities(
        of rawScores: UnsafePointer<Double>,
        rowCount: Int,
        output: UnsafeMutablePointer<Double>,
        workspace: ScoringWorkspace
    ) {
        let workspace = workspace.programWorkspace(for: plan)
        for start in stride(from: 0, to: rowCount, by: plan.blockRowsMax) {
            let count = min(plan.blockRowsMax, rowCount - start)
            workspace.register(0).update(from: rawScores + start, count: count)
            plan.run(workspace, rowCount: count)
            (output + start).update(from: workspace.register(register), count: count)
        }
    }
}
