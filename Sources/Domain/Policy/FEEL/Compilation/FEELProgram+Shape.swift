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
