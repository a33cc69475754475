// SPDX-License-Identifier: Apache-2.0

// Plans, nasty rows and what the naive scorer makes of these, as files for a program in C on
// another kind of processor: Tests/OtherProcessors/arm64.sh.

import Forest
import Glibc
import Testing

@Suite("Stored plans")
struct StoredPlanTests {
    /// Where the files go.
    static let directory = getenv("VIGIE_STORED_PLANS").map { String(cString: $0) }

    @Test("the memory of a plan has a part for each array, whole", arguments: [1, 200])
    func image(treeCount: Int) throws {
        let ensemble = try randomEnsemble(EnsembleShape(treeCount: treeCount), seed: 2)
        let image = ForestPlan(ensemble, forcing: .portable).image
        let addresses = Set(image.parts.map(\.address))
        #expect(addresses.count == image.parts.count && !addresses.contains(0))
        // Every pointer that the plan has is that of a part.
        let words = image.plan.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
        #expect(words.count { addresses.contains($0) } == image.parts.count)
        let leaves = ensemble.leafValues.map(\.bitPattern)
        let hasLeaves = image.parts.contains { part in
            let values = part.bytes.withUnsafeBytes { bytes in
                (0..<bytes.count / 8).map {
                    bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)
                }
            }
            return Set(leaves).isSubset(of: values)
        }
        #expect(hasLeaves)
    }

    @Test("plans are stored", .enabled(if: directory != nil), arguments: 0..<33)
    func store(seed: Int) throws {
        let shape = SlicedForestTests.shapes[seed % SlicedForestTests.shapes.count]
        let ensemble = try randomEnsemble(shape, seed: seed)
        var file = StoredPlan(ensemble, rows: nastyRows(ensemble, count: 1_037, seed: seed))
        file.addScores(ForestPlan(ensemble, forcing: .portable))
        if shape.linearShare == 0 {
            try file.addContributions(TreeExplainer(ensemble, path: .portable))
        }
        try file.write(to: "\(#require(Self.directory))/\(seed).plan")
    }
}

/// A file of sections: each its number of bytes, and these up to a multiple of eight.
private struct StoredPlan {
    private let ensemble: TreeEnsemble
    private let rows: [Float]
    private let rowCount: Int
    private var bytes: [UInt8] = []

    init(_ ensemble: TreeEnsemble, rows: [Float]) {
        (self.ensemble, self.rows) = (ensemble, rows)
        rowCount = rows.count / ensemble.featureCount
        add([rowCount, ensemble.featureCount, ensemble.outputCount])
        add(rows)
    }

    /// The plan, scores of the rows as float32 and as float64, and the rows as bins, if they can
    /// be.
    mutating func addScores(_ plan: ForestPlan) {
        let (scorer, width) = (ReferenceScorer(ensemble), ensemble.featureCount)
        add(plan.image)
        add(eachRow(of: rows, width) { scorer.rawScores(row: $0) }.flatMap { $0 })
        let wide = rows.map { Double($0) }
        add(eachRow(of: wide, width) { scorer.rawScores(row: $0) }.flatMap { $0 })
        add(plan.quantiser.map { quantise(rows, $0, path: .portable) } ?? [])
    }

    /// The explainer, and the contributions to the rows' scores.
    mutating func addContributions(_ explainer: TreeExplainer) {
        let count = rowCount * ensemble.featureCount * ensemble.outputCount
        var contributions = [Double](repeating: 0, count: count)
        explainer.contributions(
            rows: rows,
            rowCount: rowCount,
            rowStride: ensemble.featureCount,
            output: &contributions,
            workspace: TreeExplainerWorkspace()
        )
        add(explainer.image)
        add(contributions)
    }

    private mutating func add(_ image: PlanImage) {
        add(image.plan)
        add(image.parts.map(\.address))
        for part in image.parts { add(part.bytes) }
    }

    private mutating func add<Value: BitwiseCopyable>(_ values: [Value]) {
        values.withUnsafeBytes { section in
            withUnsafeBytes(of: UInt64(section.count)) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: section)
            bytes.append(contentsOf: repeatElement(0, count: (8 - section.count % 8) % 8))
        }
    }

    func write(to path: String) throws {
        let file = try #require(fopen(path, "w"))
        defer { fclose(file) }
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }
}
