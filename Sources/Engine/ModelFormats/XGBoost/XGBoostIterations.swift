// SPDX-License-Identifier: Apache-2.0

// Which trees of a file count: all, or those up to the iteration that early stopping found best.

internal import Documents

/// The trees of each iteration, and the best iteration that the file names.
struct XGBoostIterations {
    /// How many trees of the file count, the first ones.
    let treeCount: Int

    /// Finds out how many trees count; throws when the file names a best iteration before its last
    /// and nobody said whether it counts.
    init(
        _ model: DocumentNode,
        _ learner: XGBoostLearner,
        treeCount count: Int,
        choice: ModelTrees?
    ) throws(ModelFormatError) {
        let bounds = try Self.bounds(model, learner, treeCount: count)
        guard let best = try learner.bestIteration() else {
            treeCount = count
            return
        }
        let (iteration, node) = best
        guard iteration >= 0 else { throw node.malformed("iteration \(iteration)") }
        guard let bounds else {
            throw node.unsupported("the file does not say which trees an iteration has")
        }
        // A file that was cut to its best trees has no later ones.
        guard iteration + 1 < bounds.count - 1 else {
            treeCount = count
            return
        }
        guard let choice else {
            throw node.unsupported(
                "early stopping found iteration \(iteration) of \(bounds.count - 1) best; say "
                    + "whether the trees up to it count, as in scikit-learn's predict (best), or "
                    + "all, as in Booster.predict (all): --trees best or --trees all, \"trees\" of "
                    + "the model in a manifest"
            )
        }
        treeCount = choice == .all ? count : bounds[iteration + 1]
    }

    /// The first tree of each iteration, and the end; nil when an old file does not say.
    private static func bounds(
        _ model: DocumentNode,
        _ learner: XGBoostLearner,
        treeCount: Int
    ) throws(ModelFormatError) -> [Int]? {
        if let node = try model.optional("iteration_indptr") {
            let bounds = try node.integers()
            guard bounds.first == 0, bounds.last == treeCount,
                zip(bounds, bounds.dropFirst()).allSatisfy(<=)
            else { throw node.malformed("does not ascend from 0 to the \(treeCount) trees") }
            return bounds
        }
        let parameters = try model.optional("gbtree_model_param")
        guard let parallel = try parameters?.optional("num_parallel_tree")?.integer() else {
            return nil
        }
        // A model without a tree may say 0.
        let (step, overflow) = max(parallel, 1).multipliedReportingOverflow(by: learner.outputCount)
        guard parallel >= 0, !overflow, treeCount % step == 0 else { return nil }
        return Array(stride(from: 0, through: treeCount, by: step))
    }
}

extension XGBoostLearner {
    /// The best iteration, from 0, that training noted, and where.
    func bestIteration() throws(ModelFormatError) -> (Int, DocumentNode)? {
        guard let attributes = try node.optional("attributes"),
            let best = try attributes.optional("best_iteration")
        else { return nil }
        let iteration = try best.integer()
        guard iteration < Int(Int32.max) else { throw best.malformed("iteration \(iteration)") }
        return (iteration, best)
    }
}
