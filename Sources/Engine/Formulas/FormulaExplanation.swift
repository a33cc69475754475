// SPDX-License-Identifier: Apache-2.0

// Which inputs make a register of a formula what it is.

internal import Forest

/// A register as a sum: a base, and parts that each belong to inputs.
///
/// Sums, differences and weighted sums fall into their parts. A part that depends on one input
/// belongs to it whole: a term of a linear model, the points of a scorecard's characteristic. Trees
/// give their features the Shapley values of ``TreeExplainer``, and a feature that depends on one
/// input gives its share to it. What mixes inputs in any other way has no explanation.
struct FormulaExplanation: Sendable {
    /// A register that depends on one input.
    struct Value: Sendable {
        let register: Int
        let scale: Double
        let input: Int
        /// Whether a missing value adds nothing.
        let skipsMissing: Bool
    }

    /// Trees in a formula.
    struct Trees: Sendable {
        let explainer: TreeExplainer
        /// Which of their outputs.
        let output: Int
        let arguments: [Int]
        /// The input that each feature depends on; nil for one that is the same in every row.
        let inputs: [Int?]
        let scale: Double
    }

    /// What all parts add to.
    private(set) var base = 0.0
    private(set) var values: [Value] = []
    private(set) var trees: [Trees] = []

    /// Explains a register; nil where there is no explanation.
    init?(_ formula: Formula, register: Int) {
        let steps = FormulaSteps(formula)
        // Registers still to be taken apart. Each comes from one addend, so there are no more of
        // them than the formula has arguments; a hostile file could repeat one without end.
        var pending = [(register: register, scale: 1.0, skipsMissing: false)]
        var count = 0
        while let next = pending.popLast() {
            count += 1
            guard count <= 4 * formula.registerCount + 16 else { return nil }
            let (register, scale, skipsMissing) = next
            if let value = steps.constant(register) {
                base += scale * value
                continue
            }
            guard let (step, result) = steps.step(of: register) else {
                append(register, scale, input: register, skipsMissing)
                continue
            }
            switch step {
            case .unary(.negate, let argument):
                pending.append((argument, -scale, false))
            case .binary(.add, let left, let right):
                pending += [(right, scale, false), (left, scale, false)]
            case .binary(.subtract, let left, let right):
                pending += [(right, -scale, false), (left, scale, false)]
            case .binary(.multiply, let left, let right) where steps.constant(right) != nil:
                pending.append((left, scale * (steps.constant(right) ?? 1), false))
            case .binary(.multiply, let left, let right) where steps.constant(left) != nil:
                pending.append((right, scale * (steps.constant(left) ?? 1), false))
            case .binary(.divide, let left, let right) where steps.constant(right) != nil:
                pending.append((left, scale / (steps.constant(right) ?? 1), false))
            case .linear(let model, let arguments):
                base += scale * model.intercepts[result]
                for (argument, weight) in zip(arguments, model.weights[result]).reversed() {
                    pending.append((argument, scale * weight, model.skipsMissing))
                }
            case .trees(let ensemble, let arguments):
                guard append(ensemble, result, arguments, scale, steps) else { return nil }
            default:
                if case .one(let input) = steps.origin(register) {
                    append(register, scale, input: input, skipsMissing)
                } else if case .select(_, let then, let otherwise) = step,
                    steps.constant(then)?.isNaN == true
                {
                    // Rows for which the condition holds get no result; the others are explained.
                    pending.append((otherwise, scale, false))
                } else {
                    return nil
                }
            }
        }
    }

    private mutating func append(
        _ register: Int,
        _ scale: Double,
        input: Int,
        _ skipsMissing: Bool
    ) {
        values.append(
            Value(register: register, scale: scale, input: input, skipsMissing: skipsMissing)
        )
    }

    private mutating func append(
        _ ensemble: TreeEnsemble,
        _ output: Int,
        _ arguments: [Int],
        _ scale: Double,
        _ steps: FormulaSteps
    ) -> Bool {
        let origins = arguments.map(steps.origin)
        guard !origins.contains(.several), let explainer = try? TreeExplainer(ensemble) else {
            return false
        }
        base += scale * explainer.baseValues[output]
        trees.append(
            Trees(
                explainer: explainer,
                output: output,
                arguments: arguments,
                inputs: origins.map(\.input),
                scale: scale
            )
        )
        return true
    }
}
