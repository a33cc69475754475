// SPDX-License-Identifier: Apache-2.0

// The bit-sliced kernel on every path of this processor: which models fit it, and very many nasty
// rows against the naive scorer.

import Forest
import Glibc
import Testing

@Suite("Bit-sliced kernel")
struct SlicedForestTests {
    static let paths = ForestPath.allCases.filter { $0.runsHere && $0 != .walk }

    /// Rows for each path: 10 million when VIGIE_LONG_TESTS is set, for a release build.
    static let rowCount = getenv("VIGIE_LONG_TESTS") == nil ? 7_000 : 10_000_000

    /// Kinds of ensembles. The few features have many thresholds, so all widths of bins occur.
    static let shapes = [
        EnsembleShape(featureCount: 2, treeCount: 8, leavesMaximum: 64),
        EnsembleShape(featureCount: 5, treeCount: 8, leavesMaximum: 32, sumsAreFloat32: true),
        EnsembleShape(featureCount: 18, treeCount: 10, leavesMaximum: 64, outputCount: 3),
        EnsembleShape(featureCount: 67, treeCount: 12, leavesMaximum: 40),
        EnsembleShape(featureCount: 90, treeCount: 40, leavesMaximum: 20, sumsAreFloat32: true),
        EnsembleShape(featureCount: 7, treeCount: 6, leavesMaximum: 150, categoricalShare: 0.004),
        EnsembleShape(
            featureCount: 9,
            treeCount: 8,
            leavesMaximum: 90,
            indexShare: 0.01,
            linearShare: 0.1,
            outputCount: 2,
            sumsAreFloat32: true
        ),
    ]

    @Test("very many rows of nasty values score as the reference says, in blocks and alone")
    func manyRows() async throws {
        let rowsPerSeed = 1_000
        for seed in 0..<Self.rowCount / rowsPerSeed {
            let shape = Self.shapes[seed % Self.shapes.count]
            let ensemble = try randomEnsemble(shape, seed: seed)
            let rows = nastyRows(ensemble, count: rowsPerSeed, seed: seed)
            let scorer = ReferenceScorer(ensemble)
            let expected = eachRow(of: rows, shape.featureCount) { scorer.rawScores(row: $0) }
                .flatMap { $0 }
            for path in ForestPath.allCases where path.runsHere {
                for blocks in ForestPlan.Blocks.allCases {
                    let plan = ForestPlan(ensemble, forcing: path, blocks: blocks)
                    let scores = score(plan, rows, width: shape.featureCount)
                    let differences = zip(scores, expected).count { $0.bitPattern != $1.bitPattern }
                    try #require(differences == 0, "seed \(seed), \(path), blocks \(blocks)")
                }
            }
            // Other tests wait for the same few threads, some with a clock running.
            await Task.yield()
        }
    }

    @Test("a feature may have any number of thresholds", arguments: [1, 253, 254, 255, 600])
    func thresholds(count: Int) throws {
        // Every third count without zero as missing.
        let kinds = count % 3 == 0 ? [0, 1, 4, 5] : Array(0..<6)
        let trees = (0..<count).map {
            stump(threshold: Double($0) - 100, missing: kinds[$0 % kinds.count])
        }
        let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
        let values = (0..<count).flatMap {
            [Float($0) - 100, (Float($0) - 100).nextUp, (Float($0) - 100).nextDown]
        }
        expectReference(ensemble, values + nastyValues.map { Float($0) })
    }

    @Test("infinite thresholds, NaN and those about zero are thresholds like others")
    func extremeThresholds() throws {
        let zero = TreeEnsemble.zeroThreshold
        let thresholds: [Double] = [
            .infinity, -.infinity, .nan, 0, -0.0, 1e-300, -1e-300, 1e300, -1e300,
            Double(Float.greatestFiniteMagnitude), 1e-45, -1e-45, zero, -zero, zero.nextUp,
            zero.nextDown, -zero.nextUp, -zero.nextDown, 1, -1,
        ]
        let trees = thresholds.flatMap { threshold in
            (0..<6).map { stump(threshold: threshold, missing: $0) }
        }
        // Together, and each alone: then no other split brings the bounds of zero.
        for trees in [trees] + trees.map({ [$0] }) {
            let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
            expectReference(ensemble, nastyValues.map { Float($0) })
        }
    }

    @Test("a tree may have any number of leaves", arguments: [1, 2, 3, 32, 33, 64, 65, 500])
    func leaves(count: Int) throws {
        let trees = [chain(leaves: count), stump(threshold: 1, missing: 0), chain(leaves: count)]
        let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
        expectReference(ensemble, (-3..<70).map { Float($0) } + [.nan, 498, 1e9])
    }

    @Test("one thread scores models of any size in turn")
    func workspace() throws {
        for seed in [1, 2, 3, 1] {
            let shape = EnsembleShape(featureCount: 9, treeCount: 40 * seed, leavesMaximum: 30)
            let ensemble = try randomEnsemble(shape, seed: seed)
            expectReference(ensemble, nastyRows(ensemble, count: 600, seed: seed))
        }
    }
}
