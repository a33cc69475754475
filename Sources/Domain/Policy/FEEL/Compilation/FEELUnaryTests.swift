// SPDX-License-Identifier: Apache-2.0

// The tests of a cell of a decision table, both as a program and in a form that can be looked at:
// what compares the value with constants can be compiled to classes of values.

/// The tests of a cell.
package struct FEELUnaryTests: Sendable {
    /// A test, as far as it can be told without evaluating anything.
    package enum Test: Sendable {
        /// A comparison with a constant.
        case comparison(FEELComparison, FEELValue)
        /// A range between constants.
        case range(FEELRange)
        /// A constant that the value has to equal; null is one of them.
        case equal(FEELValue)
        /// Only the program can tell.
        case other
    }

    /// What decides: it takes the values of the scope, then the tested value, and gives true, false
    /// or null.
    package let program: FEELProgram
    /// Whether every value is let through: `-`.
    package let isAny: Bool
    /// Whether the tests are negated: `not(...)`.
    package let isNegated: Bool
    /// The tests, one of which has to hold.
    package let tests: [Test]

    /// Whether all tests are told: none is `other`.
    package var isConstant: Bool {
        tests.allSatisfy {
            if case .other = $0 { return false }
            return true
        }
    }

    /// What is wrong with them.
    package var problems: [FEELProblem] { program.problems }

    /// Compiles the tests of a value of a type.
    package init(_ text: String, input: FEELType = .any, _ scope: FEELScope = FEELScope()) {
        let slot = Int32(clamping: scope.count)
        program = FEELProgram(text, scope, inputCount: scope.count + 1) {
            (compiler: inout Compiler) throws(FEELProblem) -> Int32 in
            compiler.slotCount += 1
            return try compiler.cell(slot: slot, type: input)
        }
        switch program.nodes[Int(program.root)] {
        case .tests(let span, let isNegated):
            isAny = false
            self.isNegated = isNegated
            tests = program.tables.children[span.indices].flatMap { [program] in
                program.tests(of: $0, slot)
            }
        case .constant:
            (isAny, isNegated, tests) = (true, false, [])
        default:
            (isAny, isNegated, tests) = (false, false, [.other])
        }
    }
}

extension FEELProgram {
    /// What a step tests, if the value in a slot is compared with constants only.
    fileprivate func tests(of node: Int32, _ slot: Int32) -> [FEELUnaryTests.Test] {
        switch nodes[Int(node)] {
        case .comparison(let comparison, let left, let right):
            guard case .slot(slot) = nodes[Int(left)], let bound = constant(right) else {
                return [.other]
            }
            return [.comparison(comparison, bound)]
        case .matches(slot: slot, let value): return matches(value)
        default: return [.other]
        }
    }

    private func matches(_ node: Int32) -> [FEELUnaryTests.Test] {
        switch nodes[Int(node)] {
        case .constant(let index): return [.equal(tables.constants[Int(index)])]
        case .comparisonRange(let comparison, let bound):
            return constant(bound).map { [.comparison(comparison, $0)] } ?? [.other]
        case .range(let start, let isStartIncluded, let end, let isEndIncluded):
            guard let low = constant(start), let high = constant(end) else { return [.other] }
            return [
                .range(
                    FEELRange(
                        start: low,
                        isStartIncluded: isStartIncluded,
                        end: high,
                        isEndIncluded: isEndIncluded
                    )
                )
            ]
        case .list(let span):
            // A list in a list would have to be equal to an element: that is left to the program.
            return tables.children[span.indices].flatMap { child -> [FEELUnaryTests.Test] in
                if case .list = nodes[Int(child)] { return [.other] }
                return matches(child)
            }
        default: return [.other]
        }
    }
}
