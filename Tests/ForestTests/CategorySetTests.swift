// SPDX-License-Identifier: Apache-2.0

// Categorical splits by bins: sets of any size at every bound, on every path, in blocks and alone.

import Forest
import TestRandomness
import Testing

@Suite("Sets of categories")
struct CategorySetTests {
    /// Kinds of sets, all ways to treat what is missing.
    static let kinds: [SplitKind] = [
        .categorical, .categoryIndex(missingGoesLeft: true), .categoryIndex(missingGoesLeft: false),
    ]

    /// Trees of one split each, whose sets have random categories below `count`; every fourth has
    /// nearly all of them.
    private func stumps(
        count: Int,
        kinds: [SplitKind] = kinds,
        features: Int = 1,
        seed: Int = 1
    ) -> [DecisionTree] {
        var generator = SeededGenerator(seed: seed)
        return (0..<24).map { index in
            var words = [UInt32](repeating: 0, count: (count + 31) / 32)
            let some = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                Int.random(in: 0..<count, using: &generator)
            }
            for category in some { words[category / 32] |= 1 << (category % 32) }
            if index % 4 == 0 { words = words.map { ~$0 } }
            return stump(
                words,
                kind: kinds[index % kinds.count],
                feature: index % features,
                value: Double(index) * 0.37 + 1
            )
        }
    }

    private func stump(
        _ words: [UInt32],
        kind: SplitKind,
        feature: Int = 0,
        value: Double = 1
    ) -> DecisionTree {
        var tree = chain(leaves: 2)
        tree.features = [feature]
        tree.kinds = [kind]
        tree.categoryWords = words
        tree.categoryRanges = [0..<words.count]
        tree.leafValues = [value, -0.7]
        return tree
    }

    /// Expects the reference's scores on every path, of values and of bins, in blocks and alone.
    private func expectReferenceEverywhere(_ ensemble: TreeEnsemble, _ rows: [Float]) throws {
        let (scorer, width) = (ReferenceScorer(ensemble), ensemble.featureCount)
        let expected = eachRow(of: rows, width) { scorer.rawScore(row: $0).bitPattern }
        let wide = rows.map { Double($0) }
        for path in ForestPath.allCases where path.runsHere {
            for blocks in ForestPlan.Blocks.allCases {
                let plan = ForestPlan(ensemble, forcing: path, blocks: blocks)
                var scores = score(plan, rows, width: width)
                #expect(scores.map(\.bitPattern) == expected, "\(path), \(blocks)")
                plan.rawScores(
                    rows: wide,
                    rowCount: expected.count,
                    rowStride: width,
                    output: &scores
                )
                #expect(scores.map(\.bitPattern) == expected, "\(path), \(blocks), float64")
                let quantiser = try #require(plan.quantiser)
                plan.rawScores(
                    bins: quantise(rows, quantiser, path: path == .walk ? .portable : path),
                    rowCount: expected.count,
                    rowStride: quantiser.columns.count,
                    output: &scores
                )
                #expect(scores.map(\.bitPattern) == expected, "\(path), \(blocks), bins")
            }
        }
    }

    private func values(count: Int) -> [Float] {
        let categories = (0...count).map { Float($0) }
        return categories + categories.map(\.nextUp) + categories.map(\.nextDown)
            + categories.map { $0 + 0.5 } + nastyCategories
    }

    @Test("any number of categories, of both kinds", arguments: [1, 8, 60, 128, 800])
    func counts(count: Int) throws {
        let ensemble = try TreeEnsemble(featureCount: 1, trees: stumps(count: count))
        try expectReferenceEverywhere(ensemble, values(count: count))
    }

    @Test("trees of sets, thresholds and both, sliced, grouped and walked, among each other")
    func mixed() throws {
        var shape = EnsembleShape(featureCount: 1, treeCount: 30, leavesMaximum: 90)
        shape.indexShare = 0.3
        let more = try randomEnsemble(shape, seed: 3)
        var generator = SeededGenerator(seed: 9)
        var plain = EnsembleShape(featureCount: 1, treeCount: 1, leavesMaximum: 30)
        var trees: [DecisionTree] = []
        for tree in stumps(count: 60) {
            trees.append(tree)
            trees.append(randomTree(plain, using: &generator))
            trees.append(randomTree(shape, using: &generator))
            plain.leavesMaximum = 100 - plain.leavesMaximum
        }
        let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
        try expectReferenceEverywhere(ensemble, values(count: 100))
        try expectReferenceEverywhere(more, values(count: 100))
    }

    @Test("the last categories that there are, and those beyond")
    func lastCategories() throws {
        // Up to 2^24, and two words more, which no number is in.
        var words = [UInt32](repeating: 0, count: 524_288 + 2)
        for place in 524_287..<words.count { words[place] = 0xC000_0003 }
        let trees = Self.kinds.enumerated().map { stump(words, kind: $1, value: Double($0) + 2) }
        let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
        let last = (-40...80).map { Float(16_777_216 + $0) }
        try expectReferenceEverywhere(ensemble, last + nastyCategories)
    }

    @Test("empty sets, full ones and the same set twice")
    func plainSets() throws {
        let sets: [[UInt32]] = [[], [0], [.max], [0, 0, 0], [.max, .max], [5], [5, 0], [0, 5]]
        let trees = sets.enumerated().flatMap { place, words in
            Self.kinds.map { stump(words, kind: $0, value: Double(place) + 0.3) }
        }
        for trees in [trees] + trees.map({ [$0] }) {
            let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
            try expectReferenceEverywhere(ensemble, values(count: 70))
        }
    }

    @Test("columns of a quantiser are in order of feature, whatever the sizes of trees")
    func columnOrder() throws {
        var generator = SeededGenerator(seed: 4)
        var shape = EnsembleShape(featureCount: 5, treeCount: 1, leavesMaximum: 40)
        shape.indexShare = 0.2
        let small = (0..<20).map { _ in randomTree(shape, using: &generator) }
        shape.leavesMaximum = 300
        let large = (0..<20).map { _ in randomTree(shape, using: &generator) }
        let ensemble = try TreeEnsemble(featureCount: 5, trees: small + large)
        let columns = try #require(ForestPlan(ensemble).quantiser).columns
        #expect(columns.map(\.feature) == columns.map(\.feature).sorted())
        #expect(try Quantiser(featureCount: 5, columns: columns).columns == columns)
        try expectReferenceEverywhere(ensemble, nastyRows(ensemble, count: 600, seed: 4))
    }

    @Test(
        "rows alone go through trees with sets in groups, but for too many classes",
        arguments: [(count: 100, areGrouped: true), (20_000, false)]
    )
    func groups(count: Int, areGrouped: Bool) throws {
        let words = [UInt32](repeating: 0x5555_5555, count: count / 32 + 1)
        let sets = [words] + (1..<120).map { [UInt32(truncatingIfNeeded: $0 &* 0x9E37_79B9)] }
        let trees = sets.enumerated().map { place, words in
            var tree = chain(leaves: 64)
            for split in [place % 63, 0] {
                tree.kinds[split] = Self.kinds[place % Self.kinds.count]
                tree.categoryRanges[split] = 0..<words.count
            }
            tree.categoryWords = words
            return tree
        }
        let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
        func cost(_ path: ForestPath) -> Double {
            ForestPlan(ensemble, forcing: path, blocks: .never)
                .estimatedNanoseconds(rowCount: 1, isDouble: false)
        }
        for path in [ForestPath.avx2, .avx512Vbmi] where path.runsHere {
            // Plain C has no groups.
            #expect(areGrouped == (cost(path) < 0.9 * cost(.portable)), "\(path)")
        }
        if areGrouped { try expectReferenceEverywhere(ensemble, values(count: 100)) }
    }

    @Test("a set of too many bounds is walked on values, and other trees are not")
    func tooManyBounds() throws {
        let words = [UInt32](repeating: 0x5555_5555, count: 60_000 / 32 + 1)
        let (large, small) = (stump(words, kind: .categorical), stumps(count: 60))
        let fitting = try TreeEnsemble(
            featureCount: 1,
            trees: [stump([UInt32](words.prefix(400)), kind: .categorical)] + small
        )
        let exceeding = try TreeEnsemble(featureCount: 1, trees: [large] + small)
        #expect(hasQuantiser(fitting) && !hasQuantiser(exceeding))
        for ensemble in [fitting, exceeding] { expectReference(ensemble, values(count: 2_100)) }
    }

    private func hasQuantiser(_ ensemble: TreeEnsemble) -> Bool {
        ForestPlan(ensemble).quantiser != nil
    }

    @Test("sets of too many conditions in all are walked on values")
    func tooManyConditions() throws {
        // Each set has bounds of its own: 64 features of some 1,000.
        let words = [UInt32](repeating: 0x5555_5555, count: 32)
        let trees = (0..<64).map { stump(words, kind: .categorical, feature: $0) }
        let ensemble = try TreeEnsemble(featureCount: 64, trees: trees)
        #expect(!hasQuantiser(ensemble))
        let fewer = try TreeEnsemble(featureCount: 64, trees: Array(trees.prefix(50)))
        #expect(hasQuantiser(fewer))
        expectReference(ensemble, nastyRows(ensemble, count: 600, seed: 8))
    }
}
