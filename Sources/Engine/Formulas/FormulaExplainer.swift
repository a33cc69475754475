// SPDX-License-Identifier: Apache-2.0

// What each input adds to a register, for a block of rows that a plan has run.

internal import Forest

/// Explains registers of a formula, such as its raw outputs.
package final class FormulaExplainer: Sendable {
    private let formula: Formula
    private let explanations: [FormulaExplanation]

    /// What the contributions to each register add to.
    package var baseValues: [Double] { explanations.map(\.base) }

    /// Prepares explanations of some registers; nil if one of them mixes inputs in a way that has
    /// none.
    package init?(_ formula: Formula, registers: [Int]) {
        var explanations: [FormulaExplanation] = []
        for register in registers {
            guard let explanation = FormulaExplanation(formula, register: register) else {
                return nil
            }
            explanations.append(explanation)
        }
        self.formula = formula
        self.explanations = explanations
    }

    /// What explaining some rows costs, in nanoseconds; an estimate.
    package func costNanoseconds(rowCount: Int) -> Double {
        explanations.reduce(0) { sum, explanation in
            let trees = explanation.trees.reduce(0) {
                $0 + $1.explainer.costNanoseconds(rowCount: rowCount)
            }
            return sum + trees + Double(explanation.values.count * rowCount)
        }
    }

    /// Contributions of the first `rowCount` rows of a workspace that the formula has run in: for
    /// each row and register as many values as the formula has inputs, in their order.
    package func contributions(
        _ workspace: FormulaWorkspace,
        rowCount: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        let width = formula.inputCount
        let stride = width * explanations.count
        output.update(repeating: 0, count: rowCount * stride)
        for (place, explanation) in explanations.enumerated() {
            let target = output + place * width
            for value in explanation.values {
                let numbers = workspace.register(value.register)
                for row in 0..<rowCount where !(value.skipsMissing && numbers[row].isNaN) {
                    target[row * stride + value.input] += value.scale * numbers[row]
                }
            }
            for trees in explanation.trees {
                add(trees, workspace, rowCount: rowCount, to: target, stride: stride)
            }
        }
    }

    private func add(
        _ trees: FormulaExplanation.Trees,
        _ workspace: FormulaWorkspace,
        rowCount: Int,
        to target: UnsafeMutablePointer<Double>,
        stride: Int
    ) {
        let width = trees.arguments.count
        let rowWidth = width * trees.explainer.outputCount
        // As many rows at a time as are explained together, so that the shares stay small.
        let rowsMaximum = max(1, min(rowCount, (1 << 16) / max(rowWidth, 1)))
        for first in Swift.stride(from: 0, to: rowCount, by: rowsMaximum) {
            let count = min(rowsMaximum, rowCount - first)
            let rows = workspace.explainedRows.reserve(count * width)
            for (feature, argument) in trees.arguments.enumerated() {
                let numbers = workspace.register(argument) + first
                for row in 0..<count { rows[row * width + feature] = numbers[row] }
            }
            let shares = workspace.explainedShares.reserve(count * rowWidth)
            trees.explainer.contributions(
                rows: rows,
                rowCount: count,
                rowStride: width,
                output: shares,
                workspace: workspace.explainerWorkspace
            )
            for (feature, input) in trees.inputs.enumerated() {
                guard let input else { continue }
                let share = shares + trees.output * width + feature
                let own = target + first * stride + input
                for row in 0..<count { own[row * stride] += trees.scale * share[row * rowWidth] }
            }
        }
    }
}
