// SPDX-License-Identifier: Apache-2.0

// A model that is more than trees: preparatory steps, linear models, several models in one.

internal import Forest
internal import Formulas
internal import ModelFormats

/// A model program, compiled for scoring.
final class ProgramModel: Sendable {
    let plan: ProgramPlan
    /// Nil if the program mixes its inputs in a way that has no exact contributions.
    let explainer: ProgramExplainer?
    /// The register with the raw score.
    private let register: Int
    /// The register with the library's own probability, where the bundle does not calibrate.
    private let probability: Int?

    /// Where raw scores go, and probabilities if they are wanted.
    typealias Target = (
        scores: UnsafeMutablePointer<Double>, probabilities: UnsafeMutablePointer<Double>?
    )

    init(_ program: ModelProgram, logOdds: Int, probability: Int?) {
        plan = ProgramPlan(program)
        explainer = ProgramExplainer(program, registers: [logOdds])
        register = logOdds
        self.probability = probability
    }

    /// Whether it gives the library's own probability.
    var givesProbability: Bool { probability != nil }

    /// Raw scores of some rows; NaN for a row that the model gives none for.
    func rawScores(
        _ features: FeatureRows,
        rowCount: Int,
        output: Target,
        workspace: ProgramWorkspace
    ) {
        run(features, rows: 0..<rowCount, workspace) { rows in
            let scores = workspace.register(register)
            (output.scores + rows.lowerBound).update(from: scores, count: rows.count)
            guard let probability, let probabilities = output.probabilities else { return }
            let values = workspace.register(probability)
            (probabilities + rows.lowerBound).update(from: values, count: rows.count)
        }
    }

    /// What each feature of some rows adds to the explainer's base value.
    func contributions(
        _ features: FeatureRows,
        rows: Range<Int>,
        output: UnsafeMutablePointer<Double>,
        workspace: ProgramWorkspace
    ) {
        let width = plan.formula.inputCount
        run(features, rows: rows, workspace) {
            explainer?.contributions(
                workspace,
                rowCount: $0.count,
                output: output + ($0.lowerBound - rows.lowerBound) * width
            )
        }
    }

    /// Runs the program for some rows, a block at a time.
    private func run(
        _ features: FeatureRows,
        rows: Range<Int>,
        _ workspace: ProgramWorkspace,
        _ body: (Range<Int>) -> Void
    ) {
        let blockRows = plan.blockRowsMax
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
            let block = start..<min(start + blockRows, rows.upperBound)
            for input in 0..<plan.formula.inputCount {
                features.copy(feature: input, rows: block, to: workspace.register(input))
            }
            plan.run(workspace, rowCount: block.count)
            body(block)
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
        case .columns32(let columns, let stride):
            let first = columns[feature] + rows.lowerBound * stride
            for row in 0..<rows.count { target[row] = Double(first[row * stride]) }
        case .columns64(let columns, let stride):
            let first = columns[feature] + rows.lowerBound * stride
            for row in 0..<rows.count { target[row] = first[row * stride] }
        case .quantised:
            preconditionFailure("a program has no quantiser")
        }
    }
}
