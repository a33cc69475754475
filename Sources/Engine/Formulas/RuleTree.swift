// SPDX-License-Identifier: Apache-2.0

// A decision tree whose every branch has a predicate of its own: PMML's kind of tree.

/// A tree of nodes with predicates and any number of children, after PMML's TreeModel.
///
/// A row starts at the root and goes to the first child whose predicate is true, until it is at a
/// leaf. Predicates have three values: a test of a missing value (NaN) is neither true nor false.
///
/// Each node carries its score, then, in a tree of classes, a probability for each class and a
/// confidence for each class. That is also what the tree gives for a row; all NaN when it gives no
/// prediction.
package struct RuleTree: Sendable {
    /// What happens where a child's predicate is neither true nor false.
    package enum MissingStrategy: Sendable, Equatable {
        /// The child is passed over.
        case none
        /// The node above gives the result.
        case lastPrediction
        /// There is no result.
        case nullPrediction
        /// The row goes on to the node's default child.
        case defaultChild
        /// The row goes to that child and all later ones that are not false; their results are
        /// weighted by their records. The class with the highest confidence wins.
        case weightedConfidence
        /// The row goes to every child that may be true, and the records of all leaves that it
        /// reaches are added up. The class with most records wins.
        case aggregateNodes
    }

    /// One node.
    package struct Node: Sendable {
        /// Where its predicate starts among the tests.
        var predicate: Int
        /// Its children, linked in order.
        var firstChild: Int?
        var nextSibling: Int?
        /// The child for ``MissingStrategy/defaultChild``.
        package var defaultChild: Int?
        /// Whether it can give a result, and whether it names its score itself.
        var hasResult = false
        var hasScore = false
        /// Training records that reached it.
        package var records = 0.0
    }

    /// Classes that the tree tells apart; 0 for a tree that gives a number.
    package let classCount: Int
    /// What happens where a predicate is neither true nor false.
    package let missingStrategy: MissingStrategy
    /// Whether a node none of whose children is true gives its own score, instead of nothing.
    package let returnsLastPrediction: Bool
    /// Factor of all confidences for each time that a default child or a surrogate was used.
    package let missingPenalty: Double

    /// Predicates in prefix order.
    package var tests: [RuleTest] = []
    /// Values that set tests name, sorted for each test.
    package var setValues: [Double] = []
    /// The nodes; 0 is the root.
    package var nodes: [Node] = []
    /// The ``resultCount`` values of each node.
    var values: [Double] = []

    /// A tree without nodes, to be filled.
    package init(
        classCount: Int,
        missingStrategy: MissingStrategy,
        returnsLastPrediction: Bool,
        missingPenalty: Double = 1
    ) {
        self.classCount = classCount
        self.missingStrategy = missingStrategy
        self.returnsLastPrediction = returnsLastPrediction
        self.missingPenalty = missingPenalty
    }

    /// Values that the tree gives for a row: the score, the probabilities, the confidences.
    package var resultCount: Int { 1 + 2 * classCount }

    /// The ``resultCount`` values of a node.
    func result(of node: Int) -> ArraySlice<Double> {
        values[node * resultCount..<(node + 1) * resultCount]
    }

    /// Appends a node below `parent`, after its other children, and gives its number. Its
    /// predicate is the test that begins at `predicate`.
    package mutating func addNode(parent: Int?, previousSibling: Int?, predicate: Int) -> Int {
        let number = nodes.count
        nodes.append(Node(predicate: predicate))
        values.append(contentsOf: repeatElement(.nan, count: resultCount))
        if let previousSibling {
            nodes[previousSibling].nextSibling = number
        } else if let parent {
            nodes[parent].firstChild = number
        }
        return number
    }

    /// Gives a node its result, of ``resultCount`` values.
    package mutating func setResult(_ result: [Double], node: Int, hasScore: Bool) {
        for (index, value) in result.prefix(resultCount).enumerated() {
            values[node * resultCount + index] = value
        }
        nodes[node].hasResult = true
        nodes[node].hasScore = hasScore
    }
}
