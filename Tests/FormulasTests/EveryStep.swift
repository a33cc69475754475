// SPDX-License-Identifier: Apache-2.0

// Formulas of every kind of step, and numbers that are hard on them.

import Forest
import Formulas

/// Numbers at which arithmetic goes wrong.
let nastyValues: [Double] = [
    0, -0.0, 1, -1, 0.5, 0.1, 1e-40, -1e300, 1e300, 700, -700, .infinity, -.infinity, .nan,
    .leastNonzeroMagnitude, 0.5.nextUp, 16_777_217,
]

/// Every kind of step, over two inputs and over each other's results.
func everyStep(_ arithmetic: Arithmetic) throws -> Formula {
    var formula = Formula(arithmetic: arithmetic, inputCount: 2)
    for operation in UnaryOperation.allCases { _ = formula.append(.unary(operation, 0)) }
    for operation in BinaryOperation.allCases { _ = formula.append(.binary(operation, 0, 1)) }
    let constant = formula.append(.constant(0.1))
    for operation in FoldOperation.allCases {
        _ = formula.append(.fold(operation, 0, constant, 1))
        _ = formula.append(.fold(operation, 1, 0, constant))
    }
    _ = formula.append(.select(condition: 1, then: 0, otherwise: constant))
    _ = formula.append(.choose(condition: 1, then: 0, otherwise: constant))
    for skips in [false, true] {
        let model = LinearModel(
            weights: [[0.1, 3], [-1, 0.7]],
            intercepts: [0.3, 0],
            skipsMissing: skips
        )
        _ = formula.append(.linear(model, arguments: [0, 1]))
    }
    let shares = formula.append(.softmax([0, 1, constant]))
    _ = formula.append(.softmax32([0, 1, constant]))
    _ = formula.append(.argumentOfMaximum([1, 0, shares]))
    // Enough to sort, with equal ones and zeros of both signs among them.
    let many = [1, 0, constant, shares, 1, 0, shares + 1, constant, 0, 1, shares + 2, 0, 0]
    for count in [0, 1, 2, 3, 6, 12, 13] {
        _ = formula.append(.median(Array(many[..<count])))
        if count > 0 { _ = formula.append(.ranking(Array(many[..<count]))) }
    }
    _ = formula.append(.lookup(table: [5, 0.1], otherwise: 7, 1))
    let scores = formula.append(.trees(try ensemble(), arguments: [shares, 1]))
    _ = formula.append(.binary(.add, scores, scores + 1))
    _ = formula.append(.rules(rules(), arguments: [0, 1]))
    return formula
}

private func ensemble() throws -> TreeEnsemble {
    var tree = DecisionTree()
    tree.features = [1]
    tree.thresholds = [0.5]
    tree.kinds = [.numerical(missing: .notANumber, missingGoesLeft: true)]
    (tree.leftChildren, tree.rightChildren) = ([~0], [~1])
    tree.categoryRanges = [0..<0]
    tree.splitCovers = [0]
    (tree.leafValues, tree.leafCovers) = ([0.1, 0.2], [0, 0])
    var other = tree
    other.output = 1
    other.thresholds = [-1]
    return try TreeEnsemble(
        featureCount: 2,
        sum: .float64(start: [1, 2]),
        trees: [tree, other]
    )
}

/// A tree of classes: the first number up to 0.1, the second above it, or neither.
private func rules() -> RuleTree {
    var tree = RuleTree(
        classCount: 2,
        missingStrategy: .lastPrediction,
        returnsLastPrediction: true
    )
    tree.tests = [
        RuleTest(operation: .always, end: 1),
        RuleTest(operation: .lessOrEqual, argument: 0, value: 0.1, end: 2),
        RuleTest(operation: .greater, argument: 1, value: 0.1, end: 3),
    ]
    let root = tree.addNode(parent: nil, previousSibling: nil, predicate: 0)
    let first = tree.addNode(parent: root, previousSibling: nil, predicate: 1)
    let second = tree.addNode(parent: root, previousSibling: first, predicate: 2)
    tree.setResult([0, 0.5, 0.5, 0.5, 0.5], node: root, hasScore: true)
    tree.setResult([0, 0.9, 0.1, 0.9, 0.1], node: first, hasScore: true)
    tree.setResult([1, 0.3, 0.7, 0.3, 0.7], node: second, hasScore: true)
    return tree
}

/// Whether two numbers have the same bits, any NaN for any other.
func areSame(_ left: Double, _ right: Double) -> Bool {
    left.bitPattern == right.bitPattern || (left.isNaN && right.isNaN)
}
