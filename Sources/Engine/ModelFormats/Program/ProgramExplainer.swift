// SPDX-License-Identifier: Apache-2.0

// What each input adds to a register, for a block of rows that a plan has run.

import Forest

/// Explains registers of a program, such as its raw outputs.
package final class ProgramExplainer: Sendable {
    private let program: ModelProgram
    private let explanations: [ProgramExplanation]

    /// What the contributions to each register add to.
    package var baseValues: [Double] { explanations.map(\.base) }

    /// Prepares explanations of some registers; nil if one of them mixes inputs in a way that has
    /// none.
    package init?(_ program: ModelProgram, registers: [Int]) {
        var explanations: [ProgramExplanation] = []
        for register in registers {
            guard let explanation = ProgramExplanation(program, register: register) else {
                return nil
            }
            explanations.append(explanation)
        }
        self.program = program
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

    /// Contributions of the first `rowCount` rows of a workspace that the program has run in: for
    /// each row and register as many values as the program has inputs, in their order.
    package func contributions(
        _ workspace: ProgramWorkspace,
        rowCount: Int,
        output: UnsafeMutablePointer<Double>
    ) {
        let width = program.inputs.count
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
        _ trees: ProgramExplanation.Trees,
        _ workspace: ProgramWorkspace,
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

/// Numbers that grow and never shrink.
final class NumberScratch {
    private var memory: UnsafeMutableBufferPointer<Double> = .init(start: nil, count: 0)

    /// Memory for some numbers, contents undefined, valid until the next call.
    func reserve(_ count: Int) -> UnsafeMutablePointer<Double> {
        if memory.count < max(count, 1) {
            memory.deallocate()
            memory = .allocate(capacity: max(count, 1))
        }
        return memory.baseAddress!
    }

    deinit { memory.deallocate() }
}
