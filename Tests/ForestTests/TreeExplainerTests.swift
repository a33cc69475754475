// SPDX-License-Identifier: Apache-2.0

// SHAP values against the definition of the Shapley value, and against the raw score.

import Forest
import TestRandomness
import Testing

/// All ways to explain on this processor.
let explainingPaths = ForestPath.allCases.filter { $0.runsHere && $0 != .walk }

@Suite("Tree explainer")
struct TreeExplainerTests {
    @Test("equals the Shapley values by their definition", arguments: 0..<40)
    func bruteForce(seed: Int) throws {
        let shape = EnsembleShape(
            featureCount: 5,
            leavesMaximum: 12,
            categoricalShare: seed % 2 == 0 ? 0 : 0.3
        )
        let ensemble = try explainedEnsemble(shape, seed: seed)
        let rows = randomRows(ensemble, count: 10, seed: seed)
        let outputs = ensemble.outputCount
        let expected = eachRow(of: rows, 5, body: Array.init).flatMap { row in
            (0..<outputs * 5).map {
                shapleyValue(ensemble, row: row, feature: $0 % 5, output: $0 / 5)
            }
        }
        for path in explainingPaths {
            let found = try explain(ensemble, rows, path: path)
            for (found, expected) in zip(found, expected) {
                #expect(abs(found - expected) < 1e-12, "\(path)")
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
            try expectSums(ensemble, rows)
        }
    }

    @Test("a path over more features than the quadrature is exact for still adds up")
    func longPath() throws {
        let depth = 400
        let ensemble = try chain(depth: depth, featureCount: depth)
        for zeros in [0, 1, 200] {
            try expectSums(ensemble, (0..<depth).map { $0 < depth - zeros ? 1.0 : 0.0 })
        }
    }

    @Test("a path that tests few features again and again adds up")
    func longPathOfFewFeatures() throws {
        let ensemble = try chain(depth: 60, featureCount: 7)
        for zero in -1..<7 {
            try expectSums(ensemble, (0..<7).map { $0 == zero ? 0.0 : 1.0 })
        }
    }

    @Test("a row has the same contributions, to the bit, alone and among others")
    func company() throws {
        let ensemble = try randomEnsemble(EnsembleShape(leavesMaximum: 60), seed: 4)
        let width = ensemble.featureCount
        let rows = randomRows(ensemble, count: 300, seed: 4)
        for path in explainingPaths {
            let together = try explain(ensemble, rows, path: path)
            let few = try explain(ensemble, Array(rows[..<(40 * width)]), path: path)
            #expect(few == Array(together[..<(40 * width)]))
            for row in [0, 7, 63, 64, 255, 256, 299] {
                let range = row * width..<(row + 1) * width
                #expect(
                    try explain(ensemble, Array(rows[range]), path: path) == Array(together[range])
                )
            }
        }
    }

    @Test("float32 rows are explained as the same float64 rows, whatever stands between them")
    func float32() throws {
        let ensemble = try randomEnsemble(EnsembleShape(categoricalShare: 0.2), seed: 9)
        let rows = randomRows(ensemble, count: 50, seed: 9).map { Float($0) }
        let width = ensemble.featureCount
        let apart = eachRow(of: rows, width) { Array($0) + [.nan, 7] }.flatMap { $0 }
        for path in explainingPaths {
            let explainer = try TreeExplainer(ensemble, path: path)
            var found = [Double](repeating: .nan, count: rows.count)
            explainer.contributions(
                rows: apart,
                rowCount: 50,
                rowStride: width + 2,
                output: &found,
                workspace: TreeExplainerWorkspace()
            )
            #expect(try explain(ensemble, rows.map { Double($0) }, path: path) == found)
        }
    }

    @Test("trees without row counts count both sides as even")
    func noCovers() throws {
        var tree = oneSplit()
        tree.splitCovers = [0]
        tree.leafCovers = [0, 0]
        let ensemble = try TreeEnsemble(featureCount: 1, trees: [tree])
        #expect(try TreeExplainer(ensemble).baseValues == [2])
        #expect(try explain(ensemble, [5.0]) == [1])
    }

    @Test("sides that no training row took")
    func emptySides() throws {
        for covers in [[0.0, 4], [4, 0]] {
            var tree = oneSplit()
            tree.leafCovers = covers
            let ensemble = try TreeEnsemble(
                featureCount: 2,
                sum: .float64(start: [10, 20]),
                trees: [tree]
            )
            let base = covers[0] == 0 ? 3.0 : 1.0
            #expect(try TreeExplainer(ensemble).baseValues == [10 + base, 20])
            #expect(try explain(ensemble, [-1, 0]) == [1 - base, 0, 0, 0])
            #expect(try explain(ensemble, [1, 0]) == [3 - base, 0, 0, 0])
        }
    }

    @Test("linear leaves and absurdly long paths are not explained")
    func notExplained() throws {
        var tree = oneSplit()
        tree.linearLeaves = Array(
            repeating: LinearLeaf(constant: 1, features: [0], coefficients: [2]),
            count: 2
        )
        let linear = try TreeEnsemble(featureCount: 1, trees: [tree])
        #expect { try TreeExplainer(linear) } throws: {
            ($0 as? ForestError)?.code == .notExplained
        }
        let long = try chain(depth: 6000, featureCount: 200)
        let wide = try TreeEnsemble(
            featureCount: 1 << 20,
            sum: .float64(start: Array(repeating: 0, count: 1 << 13)),
            trees: [oneSplit()]
        )
        for ensemble in [long, wide] {
            #expect { try TreeExplainer(ensemble) } throws: {
                ($0 as? ForestError)?.code == .tooLarge
            }
        }
    }
}

extension TreeExplainerTests {
    /// Trees of two outputs, some with covers that do not add up, and some with XGBoost's
    /// categories.
    private func explainedEnsemble(_ shape: EnsembleShape, seed: Int) throws -> TreeEnsemble {
        var generator = SeededGenerator(seed: seed)
        let trees = (0..<4).map { number in
            var tree = randomTree(shape, using: &generator)
            tree.output = number % 2
            if number < 2 { return tree }
            for split in tree.kinds.indices {
                if tree.kinds[split].isCategorical {
                    tree.kinds[split] = .categoryIndex(missingGoesLeft: number == 2)
                }
                if Int.random(in: 0..<3, using: &generator) == 0 {
                    tree.splitCovers[split] *= .random(in: 0.5...2, using: &generator)
                }
            }
            return tree
        }
        return try TreeEnsemble(
            featureCount: shape.featureCount,
            sum: .float64(start: [0, 0]),
            trees: trees
        )
    }

    /// A tree of one split, worth 1 on the left and 3 on the right of 0.
    private func oneSplit() -> DecisionTree {
        var tree = DecisionTree()
        tree.features = [0]
        tree.thresholds = [0]
        tree.kinds = [.numerical(missing: .none, missingGoesLeft: false)]
        tree.leftChildren = [~0]
        tree.rightChildren = [~1]
        tree.categoryRanges = [0..<0]
        tree.splitCovers = [4]
        tree.leafCovers = [2, 2]
        tree.leafValues = [1, 3]
        return tree
    }

    /// A tree each of whose splits has a leaf on the left.
    private func chain(depth: Int, featureCount: Int) throws -> TreeEnsemble {
        var tree = DecisionTree()
        for split in 0..<depth {
            tree.features.append(split % featureCount)
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
        return try TreeEnsemble(featureCount: featureCount, trees: [tree])
    }

    /// Expects the contributions of each row to add up to what it scores above the base value.
    private func expectSums(_ ensemble: TreeEnsemble, _ rows: [Double]) throws {
        let width = ensemble.featureCount
        let scorer = ReferenceScorer(ensemble)
        let scores = eachRow(of: rows, width) { scorer.rawScore(row: $0) }
        let base = try TreeExplainer(ensemble).baseValues[0]
        for path in explainingPaths {
            let sums = eachRow(of: try explain(ensemble, rows, path: path), width) {
                $0.reduce(base, +)
            }
            for (sum, score) in zip(sums, scores) { #expect(abs(sum - score) < 1e-9, "\(path)") }
        }
    }

    @Test("tables give the bits of the steps, for few rows and for many", arguments: 0..<12)
    func tables(seed: Int) throws {
        var shape = EnsembleShape(leavesMaximum: seed % 2 == 0 ? 9 : 4)
        shape.categoricalShare = seed % 3 == 0 ? 0.3 : 0
        let ensemble = try randomEnsemble(shape, seed: seed)
        let width = ensemble.featureCount
        let rows = randomRows(ensemble, count: 300, seed: seed)
        for path in explainingPaths {
            #expect(try TreeExplainer(ensemble, path: path).usesTables)
            #expect(try !TreeExplainer(ensemble, path: path, tableBytesMax: 0).usesTables)
            for count in [1, 3, 8, 9, 64, 65, 257, 300] {
                let some = Array(rows[..<(count * width)])
                let looked = try explain(ensemble, some, path: path).map(\.bitPattern)
                let stepped = try explain(ensemble, some, path: path, tableBytesMax: 0)
                #expect(looked == stepped.map(\.bitPattern), "\(path), \(count) rows")
            }
        }
    }

    @Test("a tree of nine splits has no table, nor have trees whose tables take too much memory")
    func noTables() throws {
        #expect(try !TreeExplainer(chain(depth: 9, featureCount: 9)).usesTables)
        let ensemble = try chain(depth: 8, featureCount: 8)
        #expect(try TreeExplainer(ensemble, tableBytesMax: 256 * 64).usesTables)
        #expect(try !TreeExplainer(ensemble, tableBytesMax: 256 * 64 - 1).usesTables)
        try expectSums(ensemble, Array(repeating: 1, count: 8))
    }

    /// Contributions of rows, one after the other.
    private func explain(
        _ ensemble: TreeEnsemble,
        _ rows: [Double],
        path: ForestPath = .bestForExplaining,
        tableBytesMax: Int = 16 << 20
    ) throws -> [Double] {
        let explainer = try TreeExplainer(ensemble, path: path, tableBytesMax: tableBytesMax)
        let rowCount = rows.count / ensemble.featureCount
        var output = [Double](repeating: .nan, count: rows.count * ensemble.outputCount)
        explainer.contributions(
            rows: rows,
            rowCount: rowCount,
            rowStride: ensemble.featureCount,
            output: &output,
            workspace: TreeExplainerWorkspace()
        )
        return output
    }
}
