// SPDX-License-Identifier: Apache-2.0

// Models read from text score as LightGBM itself scored them, to the last bit.

import Forest
import ModelFormats
import Testing

@Suite("LightGBM scores")
struct LightGBMScoreTests {
    @Test("raw scores are LightGBM's", arguments: ModelFile.names)
    func scores(name: String) throws {
        let file = try ModelFile(name)
        let model = try LightGBMTextReader.read(file.text)
        let scorer = ReferenceScorer(model.ensemble)
        let naive = file.rows.map { $0.withUnsafeBufferPointer { scorer.rawScore(row: $0) } }
        #expect(naive.map(\.bitPattern) == file.scores.map(\.bitPattern))

        var fast = [Double](repeating: .nan, count: file.rows.count)
        ForestPlan(model.ensemble).rawScores(
            rows: file.rows.flatMap { $0 },
            rowCount: file.rows.count,
            rowStride: model.featureNames.count,
            output: &fast
        )
        #expect(fast.map(\.bitPattern) == file.scores.map(\.bitPattern))
    }

    @Test("the header is read")
    func header() throws {
        let binary = try LightGBMTextReader.read(ModelFile("binary_nan").text)
        #expect(binary.featureNames == (0..<6).map { "Column_\($0)" })
        #expect(binary.objective == "binary sigmoid:1")
        #expect(binary.ensemble.featureCount == 6)
        #expect(binary.ensemble.treeCount == 6)
        #expect(binary.rawScoreDivisor == 1)
        #expect(binary.ensemble.leafCovers.prefix(8).reduce(0, +) == 800)

        let forest = try LightGBMTextReader.read(ModelFile("random_forest").text)
        #expect(forest.rawScoreDivisor == 6)
    }

    @Test("the models have what their names say")
    func coverage() throws {
        func kinds(_ name: String) throws -> [SplitKind] {
            try LightGBMTextReader.read(ModelFile(name).text).ensemble.kinds
        }
        #expect(try kinds("binary_nan").contains { $0.missing == .notANumber })
        #expect(try kinds("binary_zero_as_missing").allSatisfy { $0.missing == .zero })
        #expect(try kinds("binary_no_missing").allSatisfy { $0.missing == .none })
        #expect(try kinds("categorical").contains { $0.isCategorical })
        #expect(try kinds("single_leaf").isEmpty)
    }

    @Test("carriage returns at line ends do not matter")
    func carriageReturns() throws {
        let text = String(decoding: try ModelFile("categorical").text, as: UTF8.self)
        let windows = text.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\r\n")
        let model = try LightGBMTextReader.read(Array(windows.utf8))
        #expect(model.featureNames.last == "Column_5")
        #expect(model.objective == "binary sigmoid:1")
    }
}
