// SPDX-License-Identifier: Apache-2.0

// What a compiler of tables has to know of a program, without evaluating it.

extension FEELProgram {
    /// The input whose value it gives, or an entry of it, without more ado; nil for any other
    /// program.
    package var namedInput: (input: Int, path: [String])? {
        var (node, path) = (root, [String]())
        while case .path(let base, let name) = nodes[Int(node)] {
            path.insert(tables.names[Int(name)], at: 0)
            node = base
        }
        guard case .slot(let slot) = nodes[Int(node)], Int(slot) < inputCount else { return nil }
        return (Int(slot), path)
    }

    /// Whether it may ask for the time, so that it does not always give the same for the same
    /// inputs.
    package var mayAskForTime: Bool {
        nodes.contains { node in
            switch node {
            case .builtin(let index):
                ["now", "today"].contains(tables.builtinCalls[Int(index)].builtin.name)
            case .builtinValue: true
            default: false
            }
        }
    }
}

extension FEELUnaryTests {
    /// The order to another input that is all that they ask for: `> limit`; nil for other tests.
    package var comparedInput: (comparison: FEELComparison, input: Int)? {
        guard !isNegated, case .tests(let span, _) = program.nodes[Int(program.root)] else {
            return nil
        }
        let tests = program.tables.children[span.indices]
        let tested = Int32(clamping: program.inputCount - 1)
        guard tests.count == 1, let test = tests.first,
            case .comparison(let comparison, let left, let right) = program.nodes[Int(test)],
            comparison != .equal, comparison != .notEqual,
            case .slot(tested) = program.nodes[Int(left)],
            case .slot(let other) = program.nodes[Int(right)], other < tested
        else { return nil }
        return (comparison, Int(other))
    }
}

extension FEELProgram {
    /// How many steps an evaluation takes at most, if nothing in it is repeated.
    package var stepCount: Int { nodes.count }

    /// The first step that may take longer than a step does: a loop, a filter, a power, a function
    /// that is not among some; nil if there is none.
    ///
    /// - Parameter functions: Functions of the language that may be used.
    package func firstUnbounded(
        _ functions: Set<String>
    ) -> (words: String, position: FEELPosition)? {
        for (node, position) in zip(nodes, positions) {
            if let words = unboundedWords(node, functions) { return (words, position) }
        }
        return nil
    }

    private func unboundedWords(_ node: Node, _ functions: Set<String>) -> String? {
        switch node {
        case .constant, .slot, .failure, .negate, .comparison, .conjunction, .disjunction,
            .between, .conditional, .list, .range, .comparisonRange, .within, .matches, .tests:
            return nil
        case .arithmetic(let sign, _, _): return sign == .power ? "powers" : nil
        case .builtin(let index):
            let name = tables.builtinCalls[Int(index)].builtin.name
            return functions.contains(name) ? nil : "the function \(name)"
        case .iteration, .quantified, .filter: return "loops or filters"
        case .context, .path, .field: return "contexts"
        case .function, .builtinValue, .call, .namedCall: return "functions as values"
        case .instance: return "types"
        }
    }
}
