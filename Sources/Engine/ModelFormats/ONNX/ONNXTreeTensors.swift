// SPDX-License-Identifier: Apache-2.0

// The trees of the TreeEnsemble operator, from its tensors: nodes and leaves by their places.

internal import Documents
internal import Forest

extension ONNXTrees {
    /// Reads the attributes.
    init(tensorsOf node: ONNXNode, isDoubleInput: Bool) throws(ModelFormatError) {
        isDouble = isDoubleInput
        let modes = try Self.tensor(node, "nodes_modes")
        let splits = try Self.tensor(node, "nodes_splits")
        let features = try node.integers("nodes_featureids")
        let missing = try node.integers("nodes_missing_value_tracks_true")
        let whenTrue = try Self.children(node, "true", count: features.count)
        let whenFalse = try Self.children(node, "false", count: features.count)
        let count = features.count
        guard
            [modes.count, splits.count, missing.isEmpty ? count : missing.count].allSatisfy({
                $0 == count
            })
        else {
            throw node.malformed("the lists of its nodes differ in length")
        }
        for index in 0..<count {
            guard let number = Int(exactly: modes[index]), let mode = ONNXNodeMode(rawValue: number)
            else { throw node.unsupported("nodes of mode \(modes[index])") }
            nodes.append(Node(mode: mode, feature: features[index], value: splits[index]))
            nodes[index].missingIsTrue = !missing.isEmpty && missing[index] == 1
            nodes[index].whenTrue = whenTrue[index]
            nodes[index].whenFalse = whenFalse[index]
        }
        try readMembers(node)
        let weights = try Self.tensor(node, "leaf_weights")
        let targets = try node.integers("leaf_targetids")
        guard weights.count == targets.count else {
            throw node.malformed("\(targets.count) targets for \(weights.count) leaves")
        }
        leaves = zip(targets, weights).map { [Weight(target: $0, value: $1)] }
        roots = try node.integers("tree_roots")
        guard roots.allSatisfy({ nodes.indices.contains($0) }) else {
            throw node.malformed("a tree starts at no node")
        }
    }

    /// Children as this form numbers them.
    private static func children(
        _ node: ONNXNode,
        _ side: String,
        count: Int
    ) throws(ModelFormatError) -> [Int] {
        let places = try node.integers("nodes_\(side)nodeids")
        let areLeaves = try node.integers("nodes_\(side)leafs")
        guard places.count == count, areLeaves.count == count, places.allSatisfy({ $0 >= 0 }) else {
            throw node.malformed("the lists of its nodes differ in length or are negative")
        }
        return zip(places, areLeaves).map { $1 == 0 ? $0 : ~$0 }
    }

    /// The sets of the nodes that test membership, in their order, each ended by NaN.
    private mutating func readMembers(_ node: ONNXNode) throws(ModelFormatError) {
        let values = try node.tensor("membership_values")?.numbers() ?? []
        let sets = values.split(omittingEmptySubsequences: false) { $0.isNaN }
        var next = 0
        for index in nodes.indices where nodes[index].mode == .member {
            guard next < sets.count else {
                throw node.malformed("fewer sets of members than nodes that test them")
            }
            nodes[index].members = members.count..<members.count + sets[next].count
            members += sets[next]
            next += 1
        }
    }

    private static func tensor(
        _ node: ONNXNode,
        _ name: String
    ) throws(ModelFormatError) -> [Double] {
        guard let tensor = try node.tensor(name) else { throw node.malformed("no \(name)") }
        return try tensor.numbers()
    }
}
