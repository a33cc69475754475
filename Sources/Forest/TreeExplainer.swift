// SPDX-License-Identifier: Apache-2.0

// Why a row scores what it scores: exact Shapley values of the features.

/// Exact path-dependent SHAP values (Lundberg et al., "Consistent Individualized Feature
/// Attribution for Tree Ensembles", 2018), equal to LightGBM's `pred_contrib` up to rounding.
///
/// A leaf of value v is reached along features i = 1…n of its path. Let `o_i` be 1 if the row
/// keeps to the path at every split on i, else 0, and `z_i` the share of training rows that do,
/// given that they came so far. The leaf gives feature i
///
///     v (o_i − z_i) ∫₀¹ ∏_{j≠i} (t o_j + (1 − t) z_j) dt
///
/// because the integral of t^s (1−t)^(n−1−s) is the Shapley weight s! (n−1−s)! / n!. Quadrature
/// takes the integral exactly, and every term is positive, so that nothing cancels.
package struct TreeExplainer: Sendable {
    let ensemble: TreeEnsemble
    /// Share of each split's training rows that went left, and right.
    let leftShares: [Double]
    let rightShares: [Double]
    /// Quadrature rule `n - 1` has n points.
    let rules: [GaussLegendre]
    /// Splits on the longest path from a root to a leaf.
    let depthMaximum: Int

    /// Expected raw score over the training rows: what contributions add to.
    package let baseValue: Double

    /// An explainer of the ensemble. Splits that the model file gave no row counts count as even.
    package init(_ ensemble: TreeEnsemble) {
        self.ensemble = ensemble
        (leftShares, rightShares) = Self.shares(ensemble)
        var depthMaximum = 0
        var base = 0.0
        for tree in 0..<ensemble.treeCount {
            var expected = 0.0
            Self.visitLeaves(ensemble, tree: tree, shares: (leftShares, rightShares)) {
                expected += ensemble.leafValues[$0] * $1
                depthMaximum = max(depthMaximum, $2)
            }
            base += expected
        }
        self.depthMaximum = depthMaximum
        self.baseValue = base
        let features = min(depthMaximum, ensemble.featureCount)
        let points = min((features + 1) / 2, GaussLegendre.pointsMaximum)
        self.rules = (1..<max(points, 1) + 1).map { GaussLegendre(count: $0) }
    }

    /// Contributions of one row of `featureCount` float32 values, in the order of the features, on
    /// the scale of the raw score. Overwrites `into[0 ..< featureCount]`; with ``baseValue`` they
    /// sum to the raw score. The workspace must be this explainer's.
    package func contributions(
        row: UnsafeBufferPointer<Float>,
        into output: UnsafeMutableBufferPointer<Double>,
        workspace: TreeExplainerWorkspace
    ) {
        explain(into: output, path: &workspace.path) { Double(row[$0]) }
    }

    /// Contributions of one row of float64 values, as above.
    package func contributions(
        row: UnsafeBufferPointer<Double>,
        into output: UnsafeMutableBufferPointer<Double>,
        workspace: TreeExplainerWorkspace
    ) {
        explain(into: output, path: &workspace.path) { row[$0] }
    }

    private func explain(
        into output: UnsafeMutableBufferPointer<Double>,
        path: inout ExplainedPath,
        value: (Int) -> Double
    ) {
        for feature in 0..<ensemble.featureCount { output[feature] = 0 }
        for tree in 0..<ensemble.treeCount {
            walk(tree: tree, path: &path, into: output, value: value)
        }
    }

    /// Visits every leaf of the tree, keeping the path that leads to it.
    private func walk(
        tree: Int,
        path: inout ExplainedPath,
        into output: UnsafeMutableBufferPointer<Double>,
        value: (Int) -> Double
    ) {
        let firstSplit = ensemble.splitOffsets[tree]
        let firstLeaf = ensemble.leafOffsets[tree]
        guard ensemble.splitOffsets[tree + 1] > firstSplit else { return }
        path.start()
        var node: Int32? = 0
        while let current = node {
            if current >= 0 {
                let split = firstSplit + Int(current)
                let feature = Int(ensemble.features[split])
                path.descend(
                    feature: feature,
                    left: .init(child: ensemble.leftChildren[split], share: leftShares[split]),
                    right: .init(child: ensemble.rightChildren[split], share: rightShares[split]),
                    rowGoesLeft: ensemble.goesLeft(value(feature), split: split)
                )
            } else {
                let leafValue = ensemble.leafValues[firstLeaf + Int(~current)]
                path.addLeaf(value: leafValue, rules: rules, into: output)
            }
            node = path.next()
        }
    }
}

/// The scratch memory of one explaining thread; made by ``TreeExplainer/makeWorkspace()`` and
/// reused for any number of rows, one at a time.
package final class TreeExplainerWorkspace {
    var path: ExplainedPath

    init(path: ExplainedPath) {
        self.path = path
    }
}

extension TreeExplainer {
    /// Scratch memory for one thread.
    package func makeWorkspace() -> TreeExplainerWorkspace {
        TreeExplainerWorkspace(
            path: ExplainedPath(featureCount: ensemble.featureCount, depthMaximum: depthMaximum)
        )
    }
}
