// SPDX-License-Identifier: Apache-2.0

// What the Python trainer and LightGBM computed, bit for bit.

import Foundation
import Scoring
import Testing
import VigieLimits

private struct ExpressionVectors: Decodable {
    struct Named: Decodable {
        var name: String
        var expression: String
    }
    struct Result: Decodable {
        var expression: String
        var float64: [UInt64]
        var float32: [UInt32]
    }
    var rows: [[UInt64]]
    var definitions: [Named]
    var expressions: [Result]
}

private struct RowVectors: Decodable {
    struct Row: Decodable {
        var inputs: [Double?]
        var scorable: Bool
        var features: [UInt32]?
        var rawScore: UInt64?
        var probability: Double?
        var score: UInt32?
        var riskClass: UInt32?
        var percentile: Double?
        var contributions: [Double]?

        enum CodingKeys: String, CodingKey {
            case inputs, scorable, probability, score, percentile, contributions
            case features = "features_float32"
            case rawScore = "raw_score_float64"
            case riskClass = "risk_class"
        }
    }
    var model: String
    var sha256: String
    var columns: [String]
    var features: [String]
    var rows: [Row]
}

private func vectors<Vectors: Decodable>(_ name: String) throws -> Vectors {
    let url = try #require(
        Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Vectors")
    )
    return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url))
}

@Suite("Vectors from Python and LightGBM")
struct VectorTests {
    @Test("expressions have the trainer's bits")
    func expressions() throws {
        let vectors: ExpressionVectors = try vectors("expressions")
        var both = try BothEvaluators(
            rows: vectors.rows.map { $0.map { Double(bitPattern: $0) } }
        )
        for definition in vectors.definitions {
            try both.define(definition.name, try Expression(parsing: definition.expression))
        }
        var names: [String] = []
        for (index, result) in vectors.expressions.enumerated() {
            names.append("e\(index)")
            try both.define(names[index], try Expression(parsing: result.expression))
            let found = try both.referenceValues(names[index])
            let expected = result.float64.map { Double(bitPattern: $0) }
            #expect(found.bits == expected.bits, "\(result.expression)")
        }
        let features = both.programFeatures(names)
        for (index, result) in vectors.expressions.enumerated() {
            let found = vectors.rows.indices.map { features[$0 * names.count + index] }
            let expected = result.float32.map { Float(bitPattern: $0) }
            #expect(found.bits == expected.bits, "\(result.expression)")
        }
    }

    @Test(
        "bundled models answer as trained",
        arguments: [("default_model_rows", 0), ("scorecard_rows", 1)]
    )
    func models(file: String, index: Int) throws {
        let vectors: RowVectors = try vectors(file)
        let model = try ScoringModel.bundledModels()[index]
        #expect(model.manifest.name == vectors.model)
        #expect(model.manifest.modelSHA256 == vectors.sha256)
        #expect(model.manifest.features.map(\.name) == vectors.features)
        let values = vectors.rows.flatMap { $0.inputs.map { $0 ?? .nan } }
        let result = try model.score(values, columns: vectors.columns)
        let features = try features(of: model, values, columns: vectors.columns)
        for (row, expected) in vectors.rows.enumerated() {
            let outcome = expected.scorable ? RowOutcome.scored : .notScorable
            #expect(result.outcomes[row] == outcome.rawValue)
            guard expected.scorable else { continue }
            let wanted = try #require(expected.features).map { Float(bitPattern: $0) }
            #expect(features[row].bits == wanted.bits)
            #expect(result.rawScores[row].bitPattern == expected.rawScore)
            #expect(isClose(result.probabilities[row], expected.probability, 1e-15))
            #expect(result.scores[row] == expected.score)
            #expect(result.riskClasses[row] == expected.riskClass)
            #expect(isClose(Double(result.percentiles[row]), expected.percentile, 1e-7))
        }
    }

    @Test(
        "reasons are the trainer's contributions",
        arguments: [("default_model_rows", 0), ("scorecard_rows", 1)]
    )
    func reasons(file: String, index: Int) throws {
        let vectors: RowVectors = try vectors(file)
        let model = try ScoringModel.bundledModels()[index]
        let rows = vectors.rows.filter { $0.contributions != nil }
        #expect(rows.count > 10)
        let result = try model.score(
            rows.flatMap { $0.inputs.map { $0 ?? .nan } },
            columns: vectors.columns,
            request: ScoreRequest(outputs: .all, reasonCount: model.featureCount)
        )
        for (row, expected) in rows.enumerated() {
            checkReasons(result, row, model, try #require(expected.contributions))
        }
    }

    /// Reasons are the library's contributions, and with the base they are the log-odds.
    private func checkReasons(
        _ result: ScoreColumns,
        _ row: Int,
        _ model: ScoringModel,
        _ expected: [Double]
    ) {
        let slope = model.manifest.calibration.slope
        let places = row * result.reasonCount..<(row + 1) * result.reasonCount
        var sum = model.baseLogOdds
        for place in places {
            let feature = Int(result.reasonFeatures[place])
            let contribution = result.reasonContributions[place]
            #expect(abs(contribution - slope * expected[feature]) < 1e-9)
            sum += contribution
        }
        let probability = result.probabilities[row]
        #expect(abs(sum - log(probability / (1 - probability))) < 1e-9)
    }

    /// The features that the program computes.
    private func features(
        of model: ScoringModel,
        _ values: [Double],
        columns: [String]
    ) throws -> [[Float]] {
        let program = try #require(model.program)
        let places = try model.inputColumns.map { try #require(columns.firstIndex(of: $0.name)) }
        return stride(from: 0, to: values.count, by: columns.count).map { start in
            var registers = [Double](
                repeating: 0,
                count: program.registerCount * ScoringLimits.rowsPerChunk
            )
            for (column, place) in places.enumerated() {
                let value = values[start + place]
                let range = model.inputColumns[column].range
                let isInvalid =
                    value.isInfinite || value < range.minimum || value > range.maximum
                    || range.excludesMinimum && value == range.minimum
                registers[column * ScoringLimits.rowsPerChunk] = isInvalid ? .nan : value
            }
            var features = [Float](repeating: 0, count: program.featureCount)
            program.run(registers: &registers, rowCount: 1, features: &features)
            return features
        }
    }

    private func isClose(_ found: Double, _ expected: Double?, _ tolerance: Double) -> Bool {
        guard let expected else { return false }
        return abs(found - expected) <= tolerance * max(abs(expected), .leastNormalMagnitude)
    }
}
