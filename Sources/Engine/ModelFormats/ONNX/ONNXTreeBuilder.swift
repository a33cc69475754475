// SPDX-License-Identifier: Apache-2.0

// Makes the engine's trees of an operator's.

internal import Forest
internal import VigieLimits

/// Builds one engine tree after another. Tests for equality and membership become conditions, which
/// the engine sees as features after those of the rows.
struct ONNXTreeBuilder {
    private let trees: ONNXTrees
    private let featureCount: Int
    private var isVisited: [Bool]
    /// The conditions, in the order of their features.
    private(set) var conditions: [ONNXCondition] = []
    private var conditionPlaces: [ONNXCondition: Int] = [:]
    /// Nodes that may still be made: a leaf that names many targets makes the tree once for each.
    private var nodesLeft: Int

    init(_ trees: ONNXTrees, featureCount: Int) {
        self.trees = trees
        self.featureCount = featureCount
        isVisited = [Bool](repeating: false, count: trees.nodes.count)
        let weights = trees.leaves.reduce(0) { $0 + $1.count }
        let count = trees.nodes.count + trees.leaves.count + weights + trees.roots.count
        nodesLeft = ModelFormatLimits.treeNodesPerNode * count
    }

    /// The tree from a root, once for each target that one of its leaves has a weight for.
    mutating func build(root: Int) throws(ONNXTreeError) -> [DecisionTree] {
        var shape = DecisionTree()
        var leaves: [Int] = []
        // Children that are to be made: their place in the file, their parent, their side.
        var pending: [(place: Int, parent: Int, isLeft: Bool)] = [(root, -1, false)]
        while let (place, parent, isLeft) = pending.popLast() {
            nodesLeft -= 1
            guard nodesLeft >= 0 else { throw ONNXTreeError("its leaves are used too often") }
            let child = place < 0 ? ~leaves.count : shape.features.count
            if parent >= 0 {
                if isLeft {
                    shape.leftChildren[parent] = child
                } else {
                    shape.rightChildren[parent] = child
                }
            }
            if place < 0 {
                guard ~place < trees.leaves.count else { throw ONNXTreeError("no leaf \(~place)") }
                leaves.append(~place)
                continue
            }
            guard place < trees.nodes.count else { throw ONNXTreeError("no node \(place)") }
            guard !isVisited[place] else {
                throw ONNXTreeError("node \(place) is reached twice")
            }
            isVisited[place] = true
            let node = trees.nodes[place]
            let trueIsLeft = try addSplit(node, to: &shape)
            pending.append((trueIsLeft ? node.whenFalse : node.whenTrue, child, false))
            pending.append((trueIsLeft ? node.whenTrue : node.whenFalse, child, true))
        }
        return try withWeights(shape, leaves: leaves)
    }

    private mutating func withWeights(
        _ shape: DecisionTree,
        leaves: [Int]
    ) throws(ONNXTreeError) -> [DecisionTree] {
        var values: [Int: [Double]] = [:]
        for (place, leaf) in leaves.enumerated() {
            for weight in trees.leaves[leaf] {
                if values[weight.target] == nil {
                    nodesLeft -= 2 * leaves.count
                    guard nodesLeft >= 0 else {
                        throw ONNXTreeError("its leaves have weights for too many targets")
                    }
                    values[weight.target] = [Double](repeating: 0, count: leaves.count)
                }
                let sum = (values[weight.target]?[place] ?? 0) + weight.value
                values[weight.target]?[place] = trees.isDouble ? sum : Double(Float(sum))
            }
        }
        return values.sorted { $0.key < $1.key }.map { target, values in
            var tree = shape
            tree.output = target
            tree.leafValues = values
            tree.leafCovers = [Double](repeating: 0, count: values.count)
            return tree
        }
    }

    /// Appends a split; whether its left side is the true one.
    private mutating func addSplit(
        _ node: ONNXTrees.Node,
        to tree: inout DecisionTree
    ) throws(ONNXTreeError) -> Bool {
        guard node.feature >= 0, node.feature < featureCount else {
            throw ONNXTreeError("a node tests feature \(node.feature) of \(featureCount)")
        }
        var feature = node.feature
        var threshold = node.value
        var trueIsLeft = true
        switch node.mode {
        case .lessOrEqual: break
        case .less: threshold = below(threshold)
        case .greater, .greaterOrEqual:
            trueIsLeft = false
            if node.mode == .greaterOrEqual { threshold = below(threshold) }
            // No number is greater than NaN: all go left.
            if node.value.isNaN { threshold = .infinity }
        case .equal, .notEqual, .member:
            feature = featureCount + place(of: condition(node))
            threshold = 0.5
            trueIsLeft = node.mode == .notEqual
        }
        // A condition is never missing.
        let missingGoesLeft = node.missingIsTrue == trueIsLeft
        tree.features.append(feature)
        tree.thresholds.append(threshold)
        tree.kinds.append(.numerical(missing: .notANumber, missingGoesLeft: missingGoesLeft))
        tree.leftChildren.append(0)
        tree.rightChildren.append(0)
        tree.categoryRanges.append(0..<0)
        tree.splitCovers.append(0)
        return trueIsLeft
    }

    /// The next number below; below -infinity NaN, which no number is less than or equal to.
    private func below(_ value: Double) -> Double {
        value == -.infinity ? .nan : value.nextDown
    }

    private func condition(_ node: ONNXTrees.Node) -> ONNXCondition {
        let values = node.mode == .member ? Array(trees.members[node.members]) : [node.value]
        return ONNXCondition(
            feature: node.feature,
            values: values.map(\.bitPattern),
            // NaN is not equal to anything, whatever the file says.
            missingIsTrue: node.missingIsTrue && node.mode != .notEqual
        )
    }

    private mutating func place(of condition: ONNXCondition) -> Int {
        if let place = conditionPlaces[condition] { return place }
        conditions.append(condition)
        conditionPlaces[condition] = conditions.count - 1
        return conditions.count - 1
    }
}

/// What is wrong with a tree.
struct ONNXTreeError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
