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
    static let rowCount = getenv("VIGIE_LONG_TESTS") == nil ? 1_000 * shapes.count : 10_000_000

    /// Kinds of ensembles. The few features have many thresholds, so all widths of bins occur.
    static let shapes = [
        EnsembleShape(featureCount: 2, treeCount: 8, leavesMaximum: 64),
        EnsembleShape(featureCount: 5, treeCount: 8, leavesMaximum: 32, sumsAreFloat32: true),
        EnsembleShape(featureCount: 18, treeCount: 10, leavesMaximum: 64, outputCount: 3),
        EnsembleShape(featureCount: 67, treeCount: 12, leavesMaximum: 40),
        EnsembleShape(featureCount: 90, treeCount: 40, leavesMaximum: 20, sumsAreFloat32: true),
        EnsembleShape(featureCount: 7, treeCount: 6, leavesMaximum: 150, categoricalShare: 0.004),
        EnsembleShape(featureCount: 12, treeCount: 9, leavesMaximum: 64, isBalanced: true),
        EnsembleShape(featureCount: 5, treeCount: 21, leavesMaximum: 8, outputCount: 2),
        EnsembleShape(featureCount: 4, treeCount: 9, leavesMaximum: 16, sumsAreFloat32: true),
        EnsembleShape(featureCount: 40, treeCount: 11, leavesMaximum: 16, isBalanced: true),
        EnsembleShape(featureCount: 3, treeCount: 24, leavesMaximum: 31, categoricalShare: 0.4),
        EnsembleShape(
            featureCount: 8,
            treeCount: 12,
            leavesMaximum: 64,
            categoricalShare: 0.1,
            indexShare: 0.2,
            outputCount: 2,
            sumsAreFloat32: true
        ),
        EnsembleShape(featureCount: 6, treeCount: 6, leavesMaximum: 200, indexShare: 0.3),
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

    @Test("any number of rows scores as the reference says, in blocks", arguments: shapes)
    func rowCounts(shape: EnsembleShape) throws {
        let ensemble = try randomEnsemble(shape, seed: 5)
        let width = shape.featureCount
        let rows = nastyRows(ensemble, count: 600, seed: 5)
        let scorer = ReferenceScorer(ensemble)
        let expected = eachRow(of: rows, width) { scorer.rawScores(row: $0) }.flatMap { $0 }
        for path in Self.paths {
            let plan = ForestPlan(ensemble, forcing: path)
            // From one block to two, and what comes around a half, a quarter and an eighth of one.
            for count in [1, 2, 31, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 600] {
                let scores = score(plan, Array(rows.prefix(count * width)), width: width)
                let isEqual = zip(scores, expected).allSatisfy { $0.bitPattern == $1.bitPattern }
                #expect(isEqual, "\(path), \(count) rows")
            }
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

    @Test("a path that may be forced is known by its name, if it runs here")
    func pathNames() {
        for path in ForestPath.allCases {
            #expect(ForestPath(name: "\(path)") == (path.runsHere ? path : nil))
        }
        #expect(ForestPath(name: "neon") == nil && ForestPath(name: "") == nil)
        #expect(ForestPath.namesHere.hasPrefix("walk, portable"))
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
