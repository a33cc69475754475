// SPDX-License-Identifier: Apache-2.0

// The trees of an XGBoost file.

internal import Documents
internal import Forest
internal import Formulas
internal import VigieLimits

/// Turns the trees of a `model` object into an ensemble.
struct XGBoostForest {
    let model: DocumentNode
    let learner: XGBoostLearner

    init(_ model: DocumentNode, _ learner: XGBoostLearner) throws(ModelFormatError) {
        try model.allowMembers(XGBoostMembers.treeModel)
        self.model = model
        self.learner = learner
    }

    /// The trees that count, in the order of the file; one with vectors in its leaves becomes a
    /// tree for each output.
    ///
    /// - Parameters:
    ///   - treeWeights: What DART multiplies the leaves of each tree by.
    ///   - choice: Which trees count where early stopping found an iteration best.
    func ensemble(
        treeWeights: DocumentNode?,
        choice: ModelTrees?
    ) throws(ModelFormatError) -> TreeEnsemble {
        let nodes = try model.member("trees").list()
        let outputs = try model.integers("tree_info", count: nodes.count)
        let weights = try treeWeights?.floats()
        if let weights, weights.count != nodes.count, let treeWeights {
            throw treeWeights.malformed("\(weights.count) weights for \(nodes.count) trees")
        }
        try checkParameters(treeCount: nodes.count)
        let iterations = try XGBoostIterations(
            model,
            learner,
            treeCount: nodes.count,
            choice: choice
        )
        var wordsLeft = learner.byteCount * ModelFormatLimits.categoryWordsPerByte
        var trees: [DecisionTree] = []
        for (index, node) in nodes.enumerated() {
            guard outputs[index] >= 0, outputs[index] < learner.outputCount else {
                throw try model.member("tree_info").malformed(
                    "tree \(index) is of output \(outputs[index]) of \(learner.outputCount)"
                )
            }
            let tree = try XGBoostTree(node, learner, number: index)
            let shape = try tree.shape(wordsLeft: &wordsLeft)
            let read = try tree.trees(shape, output: outputs[index], weight: weights?[index])
            if index < iterations.treeCount { trees += read }
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

    private func checkParameters(treeCount: Int) throws(ModelFormatError) {
        guard let parameters = try model.optional("gbtree_model_param") else { return }
        try parameters.allowMembers(XGBoostMembers.treeModelParameters)
        if let count = try parameters.optional("num_trees"), try count.integer() != treeCount {
            throw count.malformed("\(treeCount) trees, but num_trees is \(try count.integer())")
        }
        if let size = try parameters.optional("size_leaf_vector"),
            ![0, 1, learner.outputCount].contains(try size.integer())
        {
            throw size.malformed(
                "leaves of \(try size.integer()) values in a model of \(learner.outputCount) "
                    + "outputs"
            )
        }
    }
}
