// SPDX-License-Identifier: Apache-2.0

// Programs that are no more than trees over their inputs, which the fastest path takes.

package import Forest
internal import Formulas

/// Trees whose features are a model's inputs, in order.
package struct DirectTrees: Sendable {
    /// The trees; they have one output.
    package let ensemble: TreeEnsemble
    /// What their sum is divided by: the number of trees of a random forest, else 1.
    package let divisor: Double
    /// What makes the library's own probability of their sum, the one input of this program, whose
    /// one output it is; nil if the library predicts none.
    package let link: ModelProgram?
}

extension ModelProgram {
    /// The trees that give a register; nil if it takes more than them.
    package func directTrees(register: Int) -> DirectTrees? {
        if let ensemble = directEnsemble(register) {
            return DirectTrees(ensemble: ensemble, divisor: 1, link: link(from: register))
        }
        guard case .binary(.divide, let sum, let divisor) = formula.step(of: register)?.step,
            let ensemble = directEnsemble(sum),
            case .constant(let value) = formula.step(of: divisor)?.step,
            arithmetic == .float64, value > 0
        else { return nil }
        return DirectTrees(ensemble: ensemble, divisor: value, link: link(from: sum))
    }

    /// The steps from a register to the probability; nil if it takes anything else of the row.
    private func link(from register: Int) -> ModelProgram? {
        guard let probability else { return nil }
        let input = Input(name: "raw_score")
        var link = ModelProgram(format: format, arithmetic: arithmetic, inputs: [input])
        var places = [register: 0]
        var first = inputs.count
        for step in steps where first <= probability {
            defer { first += step.resultCount }
            guard step.arguments.allSatisfy({ places[$0] != nil }) else { continue }
            let place = link.append(step.mapArguments { places[$0] ?? 0 })
            for result in 0..<step.resultCount { places[first + result] = place + result }
        }
        guard let place = places[probability] else { return nil }
        link.outputs = [Output(name: "probability", register: place)]
        return link
    }

    private func directEnsemble(_ register: Int) -> TreeEnsemble? {
        guard case .trees(let ensemble, let arguments) = formula.step(of: register)?.step,
            ensemble.outputCount == 1, arguments == Array(inputs.indices)
        else { return nil }
        return ensemble
    }
}
