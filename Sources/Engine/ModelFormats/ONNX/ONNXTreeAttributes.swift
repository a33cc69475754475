// SPDX-License-Identifier: Apache-2.0

// The trees of TreeEnsembleClassifier and TreeEnsembleRegressor, from their attributes: a list of
// nodes, leaves among them, and a list of weights, both by numbers of tree and node.

internal import Documents
internal import Forest

extension ONNXTrees {
    private struct Key: Hashable {
        var tree: Int
        var node: Int
    }

    /// Reads the attributes; `prefix` is that of the weights' attributes, `idName` that of their
    /// targets.
    init(
        _ node: ONNXNode,
        weights prefix: String,
        isDoubleInput: Bool
    ) throws(ModelFormatError) {
        let treeNumbers = try node.integers("nodes_treeids")
        let nodeNumbers = try node.integers("nodes_nodeids")
        let values = try node.numbers("nodes_values")
        isDouble = isDoubleInput
        let names = try node.texts("nodes_modes")
        let features = try node.integers("nodes_featureids")
        let children = (
            whenTrue: try node.integers("nodes_truenodeids"),
            whenFalse: try node.integers("nodes_falsenodeids")
        )
        let missing = try node.integers("nodes_missing_value_tracks_true")
        let count = treeNumbers.count
        let lengths = [
            nodeNumbers.count, values.count, names.count, features.count, children.whenTrue.count,
            children.whenFalse.count, missing.isEmpty ? count : missing.count,
        ]
        guard count > 0, lengths.allSatisfy({ $0 == count }) else {
            throw node.malformed("the lists of its nodes are empty or differ in length")
        }
        var places: [Key: Int] = [:]
        places.reserveCapacity(count)
        // Which tree starts at a place: the first node listed of it is its root.
        var seenTrees: Set<Int> = []
        var inner: [(place: Int, index: Int)] = []
        for index in 0..<count {
            let key = Key(tree: treeNumbers[index], node: nodeNumbers[index])
            let place: Int
            if names[index] == "LEAF" {
                place = ~leaves.count
                leaves.append([])
            } else {
                guard let mode = ONNXNodeMode(name: names[index]) else {
                    throw node.unsupported("nodes of mode \"\(names[index].prefix(80))\"")
                }
                place = nodes.count
                inner.append((place, index))
                nodes.append(Node(mode: mode, feature: features[index], value: values[index]))
                nodes[place].missingIsTrue = !missing.isEmpty && missing[index] == 1
            }
            guard places.updateValue(place, forKey: key) == nil else {
                throw node.malformed("tree \(key.tree) has node \(key.node) twice")
            }
            if seenTrees.insert(key.tree).inserted { roots.append(place) }
        }
        for (place, index) in inner {
            let tree = treeNumbers[index]
            guard let whenTrue = places[Key(tree: tree, node: children.whenTrue[index])],
                let whenFalse = places[Key(tree: tree, node: children.whenFalse[index])]
            else {
                throw node.malformed("tree \(tree), node \(nodeNumbers[index]): no such child")
            }
            nodes[place].whenTrue = whenTrue
            nodes[place].whenFalse = whenFalse
        }
        try readWeights(node, prefix, places)
    }

    private mutating func readWeights(
        _ node: ONNXNode,
        _ prefix: String,
        _ places: [Key: Int]
    ) throws(ModelFormatError) {
        let treeNumbers = try node.integers("\(prefix)_treeids")
        let nodeNumbers = try node.integers("\(prefix)_nodeids")
        let targets = try node.integers("\(prefix)_ids")
        let weights = try node.numbers("\(prefix)_weights")
        guard
            [nodeNumbers.count, targets.count, weights.count].allSatisfy({
                $0 == treeNumbers.count
            })
        else {
            throw node.malformed("the lists of its weights differ in length")
        }
        for index in treeNumbers.indices {
            let key = Key(tree: treeNumbers[index], node: nodeNumbers[index])
            guard let place = places[key] else {
                throw node.malformed("a weight for node \(key.node) of tree \(key.tree)")
            }
            // Old converters give weights to other nodes too, which mean nothing.
            guard place < 0 else { continue }
            leaves[~place].append(Weight(target: targets[index], value: weights[index]))
        }
    }
}

extension ONNXNode {
    /// Numbers of an attribute, or of the tensor that stands for it in float64.
    func numbers(_ name: String) throws(ModelFormatError) -> [Double] {
        if let tensor = try tensor("\(name)_as_tensor") {
            let numbers = try tensor.numbers()
            if !numbers.isEmpty { return numbers }
        }
        return try floats(name)
    }
}
