// SPDX-License-Identifier: Apache-2.0

// Programs that are no more than trees over their inputs, which the fastest path takes.

package import Forest

/// Trees whose features are a model's inputs, in order.
package struct DirectTrees: Sendable {
    /// The trees; they have one output.
    package let ensemble: TreeEnsemble
    /// What their sum is divided by: the number of trees of a random forest, else 1.
    package let divisor: Double
}

extension ModelProgram {
    /// The trees that give a register; nil if it takes more than them.
    package func directTrees(register: Int) -> DirectTrees? {
        if let ensemble = directEnsemble(register) {
            return DirectTrees(ensemble: ensemble, divisor: 1)
        }
        guard case .binary(.divide, let sum, let divisor) = step(of: register),
            let ensemble = directEnsemble(sum), case .constant(let value) = step(of: divisor),
            arithmetic == .float64, value > 0
        else { return nil }
        return DirectTrees(ensemble: ensemble, divisor: value)
    }

    private func directEnsemble(_ register: Int) -> TreeEnsemble? {
        guard case .trees(let ensemble, let arguments) = step(of: register),
            ensemble.outputCount == 1, arguments == Array(inputs.indices)
        else { return nil }
        return ensemble
    }

    /// The step whose result a register is; nil for an input.
    package func step(of register: Int) -> ModelStep? {
        var first = inputs.count
        guard register >= first else { return nil }
        for step in steps {
            first += step.resultCount
            if register < first { return step }
        }
        return nil
    }
}
