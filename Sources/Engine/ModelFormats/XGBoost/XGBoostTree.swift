// SPDX-License-Identifier: Apache-2.0

// One tree of an XGBoost file: arrays by node, of which some nodes may be deleted ones.

internal import Documents
internal import Forest

/// The fields of one tree. Only nodes that are reached from node 0 count.
struct XGBoostTree {
    let node: DocumentNode
    let featureCount: Int
    let outputCount: Int
    let leftChildren: [Int]
    let rightChildren: [Int]
    let features: [Int]
    /// The threshold of a split, the value of a leaf.
    let conditions: [Float]
    let defaultsLeft: [Int]
    /// 1 for categorical splits; empty in old files, which have none.
    let splitTypes: [Int]
    /// Sums of hessians; empty when there are none.
    let covers: [Float]
    /// Values of a leaf: as many as outputs, or 1.
    let leafSize: Int

    /// Nodes that pruning took away; nil in old files, which do not say.
    let deletedCount: Int?

    /// Reads the arrays.
    init(
        _ node: DocumentNode,
        _ learner: XGBoostLearner,
        number: Int
    ) throws(ModelFormatError) {
        try node.allowMembers(XGBoostMembers.tree)
        self.node = node
        featureCount = learner.featureCount
        outputCount = learner.outputCount
        let parameters = try node.member("tree_param")
        try parameters.allowMembers(XGBoostMembers.treeParameters)
        let count = try parameters.member("num_nodes").integer()
        leftChildren = try node.member("left_children").integers()
        guard count > 0, leftChildren.count == count else {
            throw try node.member("left_children").malformed(
                "\(leftChildren.count) nodes, but num_nodes is \(count)"
            )
        }
        rightChildren = try node.integers("right_children", count: count)
        features = try node.integers("split_indices", count: count)
        conditions = try node.floats("split_conditions", count: count)
        defaultsLeft = try node.integers("default_left", count: count)
        splitTypes =
            try node.optional("split_type") == nil ? [] : node.integers("split_type", count: count)
        covers =
            try node.optional("sum_hessian") == nil ? [] : node.floats("sum_hessian", count: count)
        leafSize = max(1, try parameters.optional("size_leaf_vector")?.integer() ?? 1)
        guard leafSize == 1 || leafSize == outputCount else {
            throw parameters.malformed(
                "leaves of \(leafSize) values in a model of \(outputCount) outputs"
            )
        }
        deletedCount = try parameters.optional("num_deleted")?.integer()
        try check(number: number, nodeCount: count, parameters)
    }

    /// Throws where what is not needed for a score does not fit: the tree is then another one.
    private func check(
        number: Int,
        nodeCount: Int,
        _ parameters: DocumentNode
    ) throws(ModelFormatError) {
        if let identifier = try node.optional("id"), try identifier.integer() != number {
            throw identifier.malformed("is \(try identifier.integer()) for tree \(number)")
        }
        if let features = try parameters.optional("num_feature"),
            ![0, featureCount].contains(try features.integer())
        {
            throw features.malformed(
                "\(try features.integer()) features, but num_feature of the model is "
                    + "\(featureCount)"
            )
        }
        for key in ["leaf_child_counts", "loss_changes", "parents"] {
            try node.checkCount(key, nodeCount)
        }
        if leafSize == 1 { try node.checkCount("base_weights", nodeCount) }
        for (key, values) in [("split_type", splitTypes), ("default_left", defaultsLeft)] {
            guard let place = values.firstIndex(where: { $0 != 0 && $0 != 1 }) else { continue }
            let list = try node.member(key)
            throw list.unsupported("\(values[place]) of node \(place) is neither 0 nor 1")
        }
        guard !splitTypes.contains(1) else { return }
        for key in ["categories", "categories_nodes", "categories_segments", "categories_sizes"] {
            try node.checkCount(key, 0)
        }
    }

    /// Trees of scalar leaves, for one output or for all.
    func trees(
        _ shape: Shape,
        output: Int,
        weight: Float?
    ) throws(ModelFormatError) -> [DecisionTree] {
        let values = try leafValues(shape.leaves).map { Double($0 * (weight ?? 1)) }
        return (0..<leafSize).map { place in
            var tree = shape.tree
            tree.output = leafSize == 1 ? output : place
            tree.leafValues = shape.leaves.indices.map { values[$0 * leafSize + place] }
            return tree
        }
    }

    /// The values of all leaves, leaf by leaf. A vector is kept apart from 3.2 on, under the number
    /// that stands for the right child; before, among the weights of all nodes.
    private func leafValues(_ leaves: [Int]) throws(ModelFormatError) -> [Float] {
        guard leafSize > 1 else { return leaves.map { conditions[$0] } }
        let own = try node.optional("leaf_weights")
        let place: DocumentNode
        if let own { place = own } else { place = try node.member("base_weights") }
        let weights = try place.floats()
        var values: [Float] = []
        for leaf in leaves {
            let vector = own == nil ? leaf : rightChildren[leaf]
            guard vector >= 0, vector < weights.count / leafSize else {
                throw place.malformed("has no vector \(vector), which is the leaf of node \(leaf)")
            }
            values += weights[vector * leafSize..<(vector + 1) * leafSize]
        }
        return values
    }
}

extension DocumentNode {
    /// The whole numbers of a member, which must be there and have `count` of them.
    func integers(_ key: String, count: Int) throws(ModelFormatError) -> [Int] {
        let node = try member(key)
        let integers = try node.integers()
        guard integers.count == count else {
            throw node.malformed("has \(integers.count) values, not \(count)")
        }
        return integers
    }

    /// The float32 numbers of a member, which must be there and have `count` of them.
    func floats(_ key: String, count: Int) throws(ModelFormatError) -> [Float] {
        let node = try member(key)
        let floats = try node.floats()
        guard floats.count == count else {
            throw node.malformed("has \(floats.count) values, not \(count)")
        }
        return floats
    }
}
