// SPDX-License-Identifier: Apache-2.0

// A model that is more than trees: preparatory steps, linear models, several models in one.

internal import Forest
internal import ModelFormats
internal import VigieLimits

/// A model program, compiled for scoring.
final class ProgramModel: Sendable {
    let plan: ProgramPlan
    /// The register with the raw score.
    private let register: Int

    init(_ program: ModelProgram, logOdds: Int) {
        plan = ProgramPlan(program)
        register = logOdds
    }

    /// Raw scores of some rows; NaN for a row that the model gives none for. A probability of
    /// exactly 0 or 1 has infinite log-odds, which become the greatest that later sums bear.
    func rawScores(
        _ rows: FeatureRows,
        rowCount: Int,
        output: UnsafeMutablePointer<Double>,
        workspace: ProgramWorkspace
    ) {
        let limit = ScoringLimits.rawScoreMagnitude
        for start in stride(from: 0, to: rowCount, by: ProgramPlan.blockRowsMax) {
            let count = min(ProgramPlan.blockRowsMax, rowCount - start)
            for input in plan.program.inputs.indices {
                rows.copy(
                    feature: input,
                    rows: start..<start + count,
                    to: workspace.register(input)
                )
            }
            plan.run(workspace, rowCount: count)
            let scores = workspace.register(register)
            for row in 0..<count {
                output[start + row] =
                    scores[row].isNaN ? .nan : min(max(scores[row], -limit), limit)
            }
        }
    }
}

extension FeatureRows {
    /// Copies one feature of some rows.
    fileprivate func copy(
        feature: Int,
        rows: Range<Int>,
        to target: UnsafeMutablePointer<Double>
    ) {
        switch self {
        case .float32(let start, let stride):
            let first = start + rows.lowerBound * stride + feature
            for row in 0..<rows.count { target[row] = Double(first[row * stride]) }
        case .float64(let start, let stride):
            let first = start + rows.lowerBound * stride + feature
            for row in 0..<rows.count { target[row] = first[row * stride] }
        case .quantised:
            preconditionFailure("a program has no quantiser")
        }
    }
}
