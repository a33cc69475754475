// SPDX-License-Identifier: Apache-2.0

// The fast path against the naive scorer, bit for bit.

import Forest
import TestRandomness
import Testing

@Suite("Forest plan")
struct ForestPlanTests {
    static let shapes = [
        EnsembleShape(),
        EnsembleShape(treeCount: 0),
        EnsembleShape(treeCount: 0, outputCount: 3),
        EnsembleShape(featureCount: 1, treeCount: 1),
        EnsembleShape(treeCount: 30, leavesMaximum: 1),
        EnsembleShape(sumsAreFloat32: true),
        EnsembleShape(treeCount: 60, outputCount: 7),
        EnsembleShape(treeCount: 60, leavesMaximum: 64, outputCount: 3, sumsAreFloat32: true),
        EnsembleShape(treeCount: 9, leavesMaximum: 200),
        EnsembleShape(treeCount: 9, leavesMaximum: 700, sumsAreFloat32: true),
        EnsembleShape(featureCount: 1, treeCount: 40, leavesMaximum: 64),
        EnsembleShape(categoricalShare: 0.03),
        EnsembleShape(categoricalShare: 1),
        EnsembleShape(indexShare: 0.03, sumsAreFloat32: true),
        EnsembleShape(linearShare: 0.2),
        EnsembleShape(
            treeCount: 40,
            leavesMaximum: 80,
            categoricalShare: 0.003,
            indexShare: 0.003,
            linearShare: 0.1,
            outputCount: 3,
            sumsAreFloat32: true
        ),
        EnsembleShape(
            treeCount: 40,
            leavesMaximum: 80,
            categoricalShare: 0.003,
            linearShare: 0.1,
            outputCount: 2
        ),
        EnsembleShape(featureCount: 900, treeCount: 60, leavesMaximum: 40),
        // With AVX2, a row alone has up to 64, 128 or 256 bins, columns for zero among them.
        EnsembleShape(featureCount: 50, treeCount: 30, leavesMaximum: 40),
        EnsembleShape(featureCount: 40, treeCount: 30, leavesMaximum: 90, sumsAreFloat32: true),
        EnsembleShape(featureCount: 110, treeCount: 60, leavesMaximum: 40),
    ]

    @Test(
        "rows of every kind score as the reference says, on every path",
        arguments: shapes,
        [1, 65, 577]
    )
    func reference(shape: EnsembleShape, rowCount: Int) throws {
        let ensemble = try randomEnsemble(shape, seed: rowCount)
        let rows = randomRows(ensemble, count: rowCount, seed: rowCount)
        let plans = ForestPath.allCases.filter(\.runsHere).flatMap { path in
            ForestPlan.Blocks.allCases.map { ForestPlan(ensemble, forcing: path, blocks: $0) }
        }
        let rows32 = rows.map { Float($0) }
        let expected = referenceScores(ensemble, rows)
        let expected32 = referenceScores(ensemble, rows32)
        for plan in plans + [ForestPlan(ensemble)] {
            expectScores(expected32, plan, quantised: rows32)
        }
        expectScores(expected, plans, rows, width: shape.featureCount)
        expectScores(expected32, plans, rows32, width: shape.featureCount)
    }

    /// Expects these scores of rows, row by row and column by column.
    private func expectScores<Value: ForestValue & BinaryFloatingPoint>(
        _ expected: [Double],
        _ plans: [ForestPlan],
        _ rows: [Value],
        width: Int
    ) {
        let count = rows.count / width
        var columns = [Value](repeating: 7, count: width * (count + 3))
        for column in 0..<width {
            for row in 0..<count {
                columns[column * (count + 3) + row] = rows[row * width + column]
            }
        }
        for plan in plans {
            var found = [[Double]](
                repeating: .init(repeating: .nan, count: expected.count),
                count: 4
            )
            plan.rawScores(rows: rows, rowCount: count, rowStride: width, output: &found[0])
            plan.rawScores(
                columns: columns,
                columnStride: count + 3,
                rowCount: count,
                output: &found[1]
            )
            columns.withUnsafeBufferPointer { columns in
                let places = (0..<width).map { columns.baseAddress! + $0 * (count + 3) }
                plan.rawScores(columns: places, rowCount: count, output: &found[2])
            }
            // Columns in another order, within rows.
            let reversed = rows.indices.map { rows[$0 - 2 * ($0 % width) + width - 1] }
            reversed.withUnsafeBufferPointer { reversed in
                let places = (0..<width).map { reversed.baseAddress! + (width - 1 - $0) }
                plan.rawScores(
                    columns: places,
                    rowCount: count,
                    rowStride: width,
                    output: &found[3]
                )
            }
            for scores in found {
                let isEqual = scores.map(\.bitPattern) == expected.map(\.bitPattern)
                #expect(isEqual, "\(plan.path)")
            }
        }
    }

    private func expectScores(_ expected: [Double], _ plan: ForestPlan, quantised rows: [Float]) {
        guard let quantiser = plan.quantiser else { return }
        let count = rows.count / quantiser.featureCount
        var scores = [Double](repeating: .nan, count: expected.count)
        plan.rawScores(
            bins: quantise(rows, quantiser, path: .best),
            rowCount: count,
            rowStride: quantiser.columns.count,
            output: &scores
        )
        let isEqual = scores.map(\.bitPattern) == expected.map(\.bitPattern)
        #expect(isEqual, "\(plan.path), quantised")
    }

    private func referenceScores<Value: BinaryFloatingPoint>(
        _ ensemble: TreeEnsemble,
        _ rows: [Value]
    ) -> [Double] {
        let scorer = ReferenceScorer(ensemble)
        return Swift.stride(from: 0, to: rows.count, by: ensemble.featureCount).flatMap { start in
            scorer.rawScores { Double(rows[start + $0]) }
        }
    }

    @Test("models of trees that all are binned have a quantiser, and no others")
    func quantisers() throws {
        for shape in Self.shapes {
            let isBinned = shape.linearShare == 0
            let plan = ForestPlan(try randomEnsemble(shape, seed: 3))
            #expect((plan.quantiser != nil) == isBinned)
        }
    }

    @Test("rows may lie further apart than their features, and only they are read")
    func stride() throws {
        let ensemble = try randomEnsemble(EnsembleShape(), seed: 3)
        let packed = randomRows(ensemble, count: 70, seed: 3).map { Float($0) }
        let width = ensemble.featureCount
        let spread = (0..<70).flatMap { packed[$0 * width..<($0 + 1) * width] + [7, 8, 9] }
        var expected = [Double](repeating: 0, count: 70)
        var scores = [Double](repeating: 0, count: 70)
        for path in ForestPath.allCases where path.runsHere {
            let plan = ForestPlan(ensemble, forcing: path)
            plan.rawScores(rows: packed, rowCount: 70, rowStride: width, output: &expected)
            plan.rawScores(rows: spread, rowCount: 70, rowStride: width + 3, output: &scores)
            #expect(scores == expected)
        }
    }

    @Test(
        "rows of any width score as the reference says",
        arguments: [2, 3, 4, 7, 8, 9, 12, 15, 16, 17, 24, 31]
    )
    func widths(width: Int) throws {
        let shape = EnsembleShape(featureCount: width, treeCount: 12, leavesMaximum: 30)
        let ensemble = try randomEnsemble(shape, seed: width)
        let rows = randomRows(ensemble, count: 65 + width, seed: width)
        let plans = ForestPath.allCases.filter(\.runsHere).flatMap { path in
            ForestPlan.Blocks.allCases.map { ForestPlan(ensemble, forcing: path, blocks: $0) }
        }
        expectScores(referenceScores(ensemble, rows), plans, rows, width: width)
        let rows32 = rows.map { Float($0) }
        expectScores(referenceScores(ensemble, rows32), plans, rows32, width: width)
    }

    @Test("float64 tells thresholds apart that are one in float32", arguments: 1...7)
    func sameThresholds(count: Int) throws {
        // Some of these are zero as float32, some infinite, some right between two.
        let starts = [0.1, -0.1, 1e-50, -1e-50, 1e300, -1e300, 3, 16_777_217]
        let thresholds = starts.flatMap { start in
            [Double(Float(start).nextDown), Double(Float(start).nextUp)]
                + (0..<count).map { start + Double($0) * start.ulp }
        }
        let trees = thresholds.flatMap { threshold in
            (0..<6).map { stump(threshold: threshold, missing: $0) }
        }
        let ensemble = try TreeEnsemble(featureCount: 1, trees: trees)
        let rows = nastyValues + thresholds.flatMap { [$0.nextDown, $0, $0.nextUp] }
        let plans = ForestPath.allCases.filter(\.runsHere).flatMap { path in
            ForestPlan.Blocks.allCases.map { ForestPlan(ensemble, forcing: path, blocks: $0) }
        }
        expectScores(referenceScores(ensemble, rows), plans, rows, width: 1)
    }

    @Test("no rows leave the output alone, and a bigger model costs more")
    func edges() throws {
        let small = ForestPlan(try randomEnsemble(EnsembleShape(treeCount: 2), seed: 1))
        let large = ForestPlan(try randomEnsemble(EnsembleShape(treeCount: 200), seed: 1))
        var output = [42.0]
        small.rawScores(rows: [Float](), rowCount: 0, rowStride: 6, output: &output)
        #expect(output == [42])
        let costs = [small, large].map { $0.estimatedNanoseconds(rowCount: 512, isDouble: false) }
        #expect(costs[0] > 0)
        #expect(costs[1] > 3 * costs[0])
        let one = large.estimatedNanoseconds(rowCount: 1, isDouble: false)
        #expect(one < costs[1])
        #expect(one * 512 > costs[1])
    }

    @Test("with AVX2, trees of up to eight leaves are estimated at less", arguments: [64, 512])
    func eightLeaves(rowCount: Int) throws {
        guard ForestPath.avx2.runsHere else { return }
        var generator = SeededGenerator(seed: 5)
        let shape = EnsembleShape(leavesMaximum: 8)
        let trees = (0..<300).map { _ in randomTree(shape, using: &generator) }
        // One larger tree, and the kernel has no register for the leaves of each.
        let costs = try [trees, trees + [chain(leaves: 9)]].map { trees in
            let ensemble = try TreeEnsemble(featureCount: shape.featureCount, trees: trees)
            let blocks = rowCount == 64 ? ForestPlan.Blocks.tiles : .always
            return ForestPlan(ensemble, forcing: .avx2, blocks: blocks)
                .estimatedNanoseconds(rowCount: rowCount, isDouble: false)
        }
        #expect(costs[0] < 0.8 * costs[1])
    }
}

/// What `body` makes of each row of row-major values.
func eachRow<Value, Result>(
    of values: [Value],
    _ width: Int,
    body: (UnsafeBufferPointer<Value>) -> Result
) -> [Result] {
    values.withUnsafeBufferPointer { values in
        stride(from: 0, to: values.count, by: width).map {
            body(UnsafeBufferPointer(rebasing: values[$0..<$0 + width]))
        }
    }
}
