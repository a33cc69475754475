// SPDX-License-Identifier: Apache-2.0

// What the naive scorer gives, worked by hand.

import Forest
import Testing

@Suite("Reference scorer")
struct ReferenceScorerTests {
    private func stump(_ left: Double, _ right: Double, output: Int = 0) -> DecisionTree {
        var tree = DecisionTree()
        tree.output = output
        tree.features = [0]
        tree.thresholds = [1]
        tree.kinds = [.numerical(missing: .notANumber, missingGoesLeft: false)]
        tree.leftChildren = [~0]
        tree.rightChildren = [~1]
        tree.categoryRanges = [0..<0]
        tree.splitCovers = [0]
        tree.leafValues = [left, right]
        tree.leafCovers = [0, 0]
        return tree
    }

    private func scores(_ ensemble: TreeEnsemble, _ row: [Double]) -> [Double] {
        row.withUnsafeBufferPointer { ReferenceScorer(ensemble).rawScores(row: $0) }
    }

    @Test("each tree adds to its own output, from that output's start")
    func outputs() throws {
        let ensemble = try TreeEnsemble(
            featureCount: 1,
            sum: .float64(start: [10, 20]),
            trees: [stump(1, 2), stump(3, 4, output: 1), stump(5, 6)]
        )
        #expect(scores(ensemble, [1]) == [16, 23])
        #expect(scores(ensemble, [.nan]) == [18, 24])
    }

    @Test("sums in float32 are rounded after every tree")
    func float32() throws {
        let ensemble = try TreeEnsemble(
            featureCount: 1,
            sum: .float32(start: [16_777_216]),
            trees: [stump(1, 1), stump(1, 1)]
        )
        #expect(scores(ensemble, [0]) == [16_777_216])
    }

    @Test("a tree of an output that is not there is refused")
    func noSuchOutput() {
        #expect(throws: ForestError.self) {
            try TreeEnsemble(featureCount: 1, trees: [stump(1, 2, output: 1)])
        }
    }

    @Test(
        "a category index goes left if it is in the set, missing goes to its side",
        arguments: [(5.0, 1.0), (5.9, 1), (4, 2), (-0.5, 2), (37, 1), (16_777_216, 2), (1e30, 2)]
    )
    func categoryIndex(value: Double, expected: Double) throws {
        for missingGoesLeft in [false, true] {
            var tree = stump(1, 2)
            tree.kinds = [.categoryIndex(missingGoesLeft: missingGoesLeft)]
            tree.categoryWords = [1 << 5, 1 << 5]
            tree.categoryRanges = [0..<2]
            let ensemble = try TreeEnsemble(featureCount: 1, trees: [tree])
            #expect(scores(ensemble, [value]) == [expected])
            #expect(scores(ensemble, [.nan]) == [missingGoesLeft ? 1 : 2])
        }
    }

    @Test("a linear leaf gives its function, or its plain value if one of its values is missing")
    func linear() throws {
        var tree = stump(1, 2)
        tree.linearLeaves = [
            LinearLeaf(constant: 0.5, features: [1, 0], coefficients: [2, 10]),
            LinearLeaf(constant: 7, features: [], coefficients: []),
        ]
        let plain = stump(100, 100)
        let ensemble = try TreeEnsemble(featureCount: 2, trees: [plain, tree])
        #expect(scores(ensemble, [1, 3]) == [116.5])
        #expect(scores(ensemble, [1, .nan]) == [101])
        #expect(scores(ensemble, [2, 3]) == [107])
    }
}
