// SPDX-License-Identifier: Apache-2.0

// Quantised rows: bins against their definition, and scores of bins against those of rows.

import Forest
import TestRandomness
import Testing

@Suite("Quantiser")
struct QuantiserTests {
    static let paths = SlicedForestTests.paths
    static let shapes = [
        EnsembleShape(featureCount: 1, treeCount: 4, leavesMaximum: 3),
        EnsembleShape(featureCount: 2, treeCount: 90, leavesMaximum: 40),
        EnsembleShape(featureCount: 18, treeCount: 10, leavesMaximum: 64),
        EnsembleShape(featureCount: 67, treeCount: 12, leavesMaximum: 40),
        EnsembleShape(featureCount: 200, treeCount: 60, leavesMaximum: 30),
        EnsembleShape(featureCount: 3, treeCount: 20, leavesMaximum: 40, categoricalShare: 0.3),
        EnsembleShape(featureCount: 5, treeCount: 20, leavesMaximum: 150, indexShare: 0.3),
    ]

    @Test("bins are what their definition says", arguments: shapes, [1, 64, 600])
    func definition(shape: EnsembleShape, rowCount: Int) throws {
        let ensemble = try randomEnsemble(shape, seed: rowCount)
        let quantiser = try #require(ForestPlan(ensemble).quantiser)
        let rows = nastyRows(ensemble, count: rowCount, seed: rowCount)
        let expected = eachRow(of: rows, shape.featureCount) { row in
            quantiser.columns.map { $0.bin(row[$0.feature]) }
        }
        for path in Self.paths {
            #expect(quantise(rows, quantiser, path: path) == expected.flatMap { $0 })
        }
    }

    @Test("bins score as the rows do", arguments: shapes, [1, 64, 600])
    func scores(shape: EnsembleShape, rowCount: Int) throws {
        let ensemble = try randomEnsemble(shape, seed: rowCount)
        let rows = nastyRows(ensemble, count: rowCount, seed: rowCount)
        let scorer = ReferenceScorer(ensemble)
        let expected = eachRow(of: rows, shape.featureCount) { scorer.rawScore(row: $0) }
        for path in Self.paths {
            let plan = ForestPlan(ensemble, forcing: path)
            let quantiser = try #require(plan.quantiser)
            let bins = quantise(rows, quantiser, path: path)
            let scores = score(plan, bins: bins, rowCount: rowCount)
            #expect(scores.map(\.bitPattern) == expected.map(\.bitPattern), "\(path)")
        }
    }

    @Test("any byte is safe, and counts as a number above all thresholds or as NaN")
    func strangeBytes() throws {
        for shape in Self.shapes {
            let ensemble = try randomEnsemble(shape, seed: 5)
            let columns = try #require(ForestPlan(ensemble).quantiser).columns
            var generator = SeededGenerator(seed: 5)
            let strange = (0..<700 * columns.count).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let known = strange.enumerated().map { place, bin in
                let top = columns[place % columns.count].thresholds.count
                let missing = (2...8).map { (1 << $0) - 1 }.first { $0 > top } ?? 255
                return bin >= missing ? 255 : min(bin, UInt8(top))
            }
            let expected = score(ForestPlan(ensemble), bins: known, rowCount: 700)
            for path in Self.paths {
                let plan = ForestPlan(ensemble, forcing: path)
                #expect(score(plan, bins: strange, rowCount: 700) == expected)
            }
        }
    }

    @Test("columns from elsewhere make the same quantiser, with the same canonical bytes")
    func roundTrip() throws {
        let ensemble = try randomEnsemble(Self.shapes[2], seed: 9)
        let quantiser = try #require(ForestPlan(ensemble).quantiser)
        let copy = try Quantiser(featureCount: quantiser.featureCount, columns: quantiser.columns)
        #expect(copy == quantiser)
        #expect(copy.canonicalBytes == quantiser.canonicalBytes)
        let rows = nastyRows(ensemble, count: 100, seed: 9)
        #expect(quantise(rows, copy, path: .best) == quantise(rows, quantiser, path: .best))
        let other = try Quantiser(
            featureCount: 3,
            columns: [
                .init(feature: 0, thresholds: [-0.0]), .init(feature: 2, thresholds: [1, 1]),
            ]
        )
        #expect(other != quantiser)
        #expect(
            other.canonicalBytes == [
                3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0,
                0, 0, 128, 63, 0, 0, 128, 63,
            ]
        )
    }

    static let unsound: [[Quantiser.Column]] = [
        [.init(feature: 3, thresholds: [1])],
        [.init(feature: -1, thresholds: [1])],
        [.init(feature: 1, thresholds: [1]), .init(feature: 0, thresholds: [1])],
        [.init(feature: 0, thresholds: [])],
        [.init(feature: 0, thresholds: [2, 1])],
        [.init(feature: 0, thresholds: [.nan])],
        [.init(feature: 0, thresholds: [1, .nan, 2])],
        [.init(feature: 0, thresholds: [Float](repeating: 1, count: 255))],
    ]

    @Test("unsound columns are refused", arguments: unsound)
    func refused(columns: [Quantiser.Column]) {
        #expect(throws: QuantiserError.self) {
            try Quantiser(featureCount: 3, columns: columns)
        }
    }

    @Test("a row count that cannot be is refused")
    func refusedCount() {
        #expect(throws: QuantiserError.self) { try Quantiser(featureCount: -1, columns: []) }
    }

    private func score(_ plan: ForestPlan, bins: [UInt8], rowCount: Int) -> [Double] {
        var scores = [Double](repeating: .nan, count: rowCount)
        let stride = bins.count / rowCount
        plan.rawScores(bins: bins, rowCount: rowCount, rowStride: stride, output: &scores)
        return scores
    }
}
