// SPDX-License-Identifier: Apache-2.0

// Evaluates the steps of a program. What each step does is in functions of its own, so that the one
// that calls itself takes little of the stack.

internal import VigieLimits

/// A program that runs.
struct Run {
    let program: FEELProgram
    let evaluation: FEELEvaluation
    /// Where its values begin on the stack.
    let base: Int

    var tables: ProgramTables { program.tables }

    /// The value of a step.
    func value(_ node: Int32) -> FEELValue {
        guard evaluation.take(1) else { return .null }
        evaluation.depth += 1
        defer { evaluation.depth -= 1 }
        guard evaluation.depth <= FEELLimits.evaluationDepth else {
            return fail(node, "the evaluation goes deeper than \(FEELLimits.evaluationDepth)")
        }
        switch program.nodes[Int(node)] {
        case .constant(let index): return tables.constants[Int(index)]
        case .slot(let slot): return self[slot]
        case .failure(let index): return fail(node, tables.failures[Int(index)])
        case .conditional(let condition, let yes, let no):
            return value(holds(condition, node) ? yes : no)
        default: return compound(node)
        }
    }

    @inline(never)
    private func compound(_ node: Int32) -> FEELValue {
        switch program.nodes[Int(node)] {
        case .negate(let operand): negated(operand, node)
        case .arithmetic(let sign, let left, let right): arithmetic(sign, left, right, node)
        case .comparison(let comparison, let left, let right):
            compared(comparison, value(left), value(right), node)
        case .conjunction(let left, let right): junction(left, right, decisive: false)
        case .disjunction(let left, let right): junction(left, right, decisive: true)
        case .between(let tested, let low, let high): between(tested, low, high, node)
        case .within(let tested, let slot, let tests): within(tested, slot, tests)
        case .matches(let slot, let wanted): matched(self[slot], value(wanted), node)
        case .tests(let tests, let isNegated): tested(tests, isNegated)
        case .instance(let tested, let type): instance(tested, type)
        default: structure(node)
        }
    }

    @inline(never)
    private func structure(_ node: Int32) -> FEELValue {
        switch program.nodes[Int(node)] {
        case .list(let span): list(tables.children[span.indices].map(value), node)
        case .context(let span): context(span, node)
        case .range(let start, let isStartIncluded, let end, let isEndIncluded):
            range(value(start), isStartIncluded, value(end), isEndIncluded, node)
        case .comparisonRange(let comparison, let bound):
            .range(FEELRange.comparison(comparison, value(bound)))
        case .filter(let list, let predicate, let slot): filtered(list, predicate, slot, node)
        case .path(let value, let name): path(self.value(value), name, node)
        case .field(let slot, let name, let otherwise): field(slot, name, otherwise, node)
        case .iteration(let span, let body, let partial): iterated(span, body, partial, node)
        case .quantified(let isEvery, let span, let body): quantified(isEvery, span, body, node)
        case .function(let index): defined(index, node)
        case .builtinValue(let index): builtin(index)
        case .call(let function, let span): called(function, span, nil, node)
        case .namedCall(let function, let span, let first): called(function, span, first, node)
        case .builtin(let index): builtinCall(index, node)
        default: .null
        }
    }

    subscript(slot: Int32) -> FEELValue {
        get { evaluation.stack[base + Int(slot)] }
        nonmutating set { evaluation.stack[base + Int(slot)] = newValue }
    }

    func fail(_ node: Int32, _ message: @autoclosure () -> String) -> FEELValue {
        evaluation.fail(message(), program.positions[Int(node)])
    }

    /// A list, if it is within the limits.
    func list(_ elements: [FEELValue], _ node: Int32) -> FEELValue {
        bounded(.list(elements), node)
    }

    /// A value, if it is not nested too deep.
    func bounded(_ value: FEELValue, _ node: Int32) -> FEELValue {
        evaluation.bounded(value, program.positions[Int(node)])
    }

    /// Whether a condition holds; what is neither true nor false does not.
    private func holds(_ condition: Int32, _ node: Int32) -> Bool {
        switch value(condition) {
        case .boolean(let value): return value
        case .null: return false
        case let other:
            _ = fail(node, "the condition of \"if\" is a \(other.typeName)")
            return false
        }
    }
}
