// SPDX-License-Identifier: Apache-2.0

// SHAP values against the definition of the Shapley value, and against the raw score.

import Forest
import Testing

@Suite("Tree explainer")
struct TreeExplainerTests {
    @Test("equals the Shapley values by their definition", arguments: 0..<40)
    func bruteForce(seed: Int) throws {
        let shape = EnsembleShape(
            featureCount: 5,
            treeCount: 3,
            leavesMaximum: 12,
            categoricalShare: seed % 2 == 0 ? 0 : 0.3
        )
        let ensemble = try randomEnsemble(shape, seed: seed)
        let rows = randomRows(ensemble, count: 10, seed: seed)
        for (row, found) in zip(eachRow(of: rows, 5, body: Array.init), explain(ensemble, rows)) {
            for feature in 0..<5 {
                let expected = shapleyValue(ensemble, row: row, feature: feature)
                #expect(abs(found[feature] - expected) < 1e-12)
            }
        }
    }

    @Test("adds up to the raw score", arguments: [2, 40, 400])
    func efficiency(leavesMaximum: Int) throws {
        for seed in 0..<10 {
            let shape = EnsembleShape(
                featureCount: 30,
                leavesMaximum: leavesMaximum,
                categoricalShare: 0.1
            )
            let ensemble = try randomEnsemble(shape, seed: seed)
            let rows = randomRows(ensemble, count: 20, seed: seed)
            let scorer = ReferenceScorer(ensemble)
            let base = TreeExplainer(ensemble).baseValue
            let raw = eachRow(of: rows, 30) { scorer.rawScore(row: $0) }
            for (score, found) in zip(raw, explain(ensemble, rows)) {
                #expect(abs(base + found.reduce(0, +) - score) < 1e-9)
            }
        }
    }

    @Test("a path over more features than the quadrature is exact for still adds up")
    func longPath() throws {
        let depth = 400
        var tree = DecisionTree()
        for split in 0..<depth {
            tree.features.append(split)
            tree.thresholds.append(0.5)
            tree.kinds.append(.numerical(missing: .none, missingGoesLeft: false))
            tree.leftChildren.append(~split)
            tree.rightChildren.append(split + 1 < depth ? split + 1 : ~depth)
            tree.categoryRanges.append(0..<0)
            tree.splitCovers.append(Double(2 * depth - split))
            tree.leafCovers.append(1)
            tree.leafValues.append(Double(split % 7))
        }
        tree.leafCovers.append(Double(depth))
        tree.leafValues.append(5)
        let ensemble = try TreeEnsemble(featureCount: depth, trees: [tree])
        for zeros in [0, 1, 200] {
            let row = (0..<depth).map { $0 < depth - zeros ? 1.0 : 0.0 }
            let score = eachRow(of: row, depth) { ReferenceScorer(ensemble).rawScore(row: $0) }[0]
            let sum = explain(ensemble, row)[0].reduce(TreeExplainer(ensemble).baseValue, +)
            #expect(abs(sum - score) < 1e-9)
        }
    }

    @Test("float32 rows are explained as the same float64 rows")
    func float32() throws {
        let ensemble = try randomEnsemble(EnsembleShape(), seed: 9)
        let rows = randomRows(ensemble, count: 50, seed: 9).map { Float($0) }
        let explainer = TreeExplainer(ensemble)
        let workspace = explainer.makeWorkspace()
        let found = eachRow(of: rows, ensemble.featureCount) { row in
            var output = [Double](repeating: .nan, count: row.count)
            output.withUnsafeMutableBufferPointer {
                explainer.contributions(row: row, into: $0, workspace: workspace)
            }
            return output
        }
        #expect(found == explain(ensemble, rows.map { Double($0) }))
    }

    @Test("trees without row counts count both sides as even")
    func noCovers() throws {
        var tree = DecisionTree()
        tree.features = [0]
        tree.thresholds = [0]
        tree.kinds = [.numerical(missing: .none, missingGoesLeft: false)]
        tree.leftChildren = [~0]
        tree.rightChildren = [~1]
        tree.categoryRanges = [0..<0]
        tree.splitCovers = [0]
        tree.leafValues = [1, 3]
        tree.leafCovers = [0, 0]
        let ensemble = try TreeEnsemble(featureCount: 1, trees: [tree])
        #expect(TreeExplainer(ensemble).baseValue == 2)
        #expect(explain(ensemble, [5.0]) == [[1]])
    }

    /// Contributions of each row, all with one workspace.
    private func explain(_ ensemble: TreeEnsemble, _ rows: [Double]) -> [[Double]] {
        let explainer = TreeExplainer(ensemble)
        let workspace = explainer.makeWorkspace()
        return eachRow(of: rows, ensemble.featureCount) { row in
            var output = [Double](repeating: .nan, count: row.count)
            output.withUnsafeMutableBufferPointer {
                explainer.contributions(row: row, into: $0, workspace: workspace)
            }
            return output
        }
    }
}
