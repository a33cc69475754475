// SPDX-License-Identifier: Apache-2.0

// The trees of an XGBoost file.

import Forest
internal import Formulas
import VigieLimits

/// Turns the trees of a `model` object into an ensemble.
struct XGBoostForest {
    let model: DocumentNode
    let learner: XGBoostLearner

    init(_ model: DocumentNode, _ learner: XGBoostLearner) {
        self.model = model
        self.learner = learner
    }

    /// All trees, in the order of the file; one with vectors in its leaves becomes a tree for each
    /// output.
    ///
    /// - Parameter treeWeights: What DART multiplies the leaves of each tree by.
    func ensemble(treeWeights: DocumentNode?) throws(ModelFormatError) -> TreeEnsemble {
        let nodes = try model.member("trees").list()
        let outputs = try integers("tree_info", count: nodes.count)
        let weights = try treeWeights?.floats()
        if let weights, weights.count != nodes.count, let treeWeights {
            throw treeWeights.malformed("\(weights.count) weights for \(nodes.count) trees")
        }
        if let count = try model.optional("gbtree_model_param")?.optional("num_trees"),
            try count.integer() != nodes.count
        {
            throw count.malformed("\(nodes.count) trees, but num_trees is \(try count.integer())")
        }
        var wordsLeft = learner.byteCount * ModelFormatLimits.categoryWordsPerByte
        var trees: [DecisionTree] = []
        for (index, node) in nodes.enumerated() {
            guard outputs[index] >= 0, outputs[index] < learner.outputCount else {
                throw try model.member("tree_info").malformed(
                    "tree \(index) is of output \(outputs[index]) of \(learner.outputCount)"
                )
            }
            let tree = try XGBoostTree(node, learner)
            let shape = try tree.shape(wordsLeft: &wordsLeft)
            trees += try tree.trees(shape, output: outputs[index], weight: weights?[index])
        }
        do {
            return try TreeEnsemble(
                featureCount: learner.featureCount,
                sum: .float32(start: learner.starts),
                trees: trees
            )
        } catch {
            throw model.malformed("\(error)")
        }
    }

    private func integers(_ key: String, count: Int) throws(ModelFormatError) -> [Int] {
        let node = try model.member(key)
        let integers = try node.integers()
        guard integers.count == count else {
            throw node.malformed("has \(integers.count) values, not \(count)")
        }
        return integers
    }
}
