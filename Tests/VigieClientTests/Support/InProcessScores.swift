// SPDX-License-Identifier: Apache-2.0

// Scores computed in this process, to compare with those of a server, and
// tables of made-up companies.

import Scoring

/// A model that the server under test holds too.
struct TestModel: Sendable {
    private let model: ScoringModel

    /// The bundled models, read once: reading them takes a while without optimisation.
    static let bundled = Result { try ScoringModel.bundledModels().map(TestModel.init) }

    private init(_ model: ScoringModel) { self.model = model }

    var scoringModel: ScoringModel { model }
    var name: String { model.manifest.name }
    var contentHash: String { model.contentHash }
    var columns: [String] { model.inputColumns.map(\.name) }
    var featureNames: [String] { model.manifest.features.map(\.name) }

    /// Scores rows that have all columns of the model.
    func scores(rowCount: Int, values: [Double], reasonCount: Int = 0) throws -> InProcessScores {
        try InProcessScores(
            model,
            columns: columns,
            rowCount: rowCount,
            values: values,
            reasonCount: reasonCount
        )
    }
}

/// The columns of a table's results.
struct InProcessScores {
    var probabilities: [Double]
    var scores: [UInt32]
    var riskClasses: [UInt32]
    var percentiles: [Float]
    var rawScores: [Double]
    var reasonFeatures: [UInt32]
    var reasonContributions: [Double]
    var issueRows: [Int]

    fileprivate init(
        _ model: ScoringModel,
        columns: [String],
        rowCount: Int,
        values: [Double],
        reasonCount: Int
    ) throws {
        let result = ScoreColumns()
        let binding = try model.bind(columns: columns)
        try values.withUnsafeBufferPointer { values in
            model.scoreRows(
                try RowBlock(
                    rowCount: rowCount,
                    columnCount: columns.count,
                    layout: .rowMajor,
                    values: .float64(values)
                ),
                rows: 0..<rowCount,
                binding: binding,
                request: ScoreRequest(
                    outputs: [.probability, .score, .riskClass, .percentile, .rawScore],
                    reasonCount: reasonCount
                ),
                workspace: ScoringWorkspace(),
                result: result
            )
        }
        probabilities = result.probabilities
        scores = result.scores
        riskClasses = result.riskClasses
        percentiles = result.percentiles
        rawScores = result.rawScores
        reasonFeatures = result.reasonFeatures
        reasonContributions = result.reasonContributions
        issueRows = result.issueRows.map { Int($0) }
    }
}

/// Companies that do not exist.
enum MadeUpCompanies {
    /// Rows of plausible amounts; one value in ten is missing, and so is now and then the total
    /// assets without which there is no score.
    static func values(columnCount: Int, rowCount: Int, seed: UInt64) -> [Double] {
        var state = seed &+ 0x9E37_79B9_7F4A_7C15
        return (0..<rowCount * columnCount).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let unit = Double(state >> 11) / Double(1 << 53)
            return unit < 0.1 ? .nan : unit * 1_000_000.1
        }
    }
}
