// SPDX-License-Identifier: Apache-2.0

// A bundle that adds no calibration serves the probabilities of the model's own library, bit for
// bit, in every format.

import Formulas
import FoundationEssentials
import ModelFormats
import Scoring
import TestRandomness
import Testing

@Suite("A model's own probabilities")
struct OwnProbabilityTests {
    /// Stored models without categories that give the probability of an event.
    static let lightGBM = [
        "binary_nan", "binary_zero_as_missing", "binary_no_missing", "single_leaf",
        "cross_entropy", "random_forest", "dart", "slope", "two_classes", "v2",
    ].map { "\($0).txt" }
    static let xgboost = [
        "xgb_binary.json", "xgb_binary.ubj", "xgb_dart.json", "xgb_single_leaf.json",
        "xgb_pruned.json",
    ]
    static let others = [
        "onnx/lgb_binary.onnx", "onnx/sk_boosting_binary.onnx", "onnx/sk_logistic_binary.onnx",
        "onnx/sk_forest_binary.onnx", "onnx/sk_double_logistic.onnx", "pmml/export_lgb.pmml",
        "pmml/export_xgb.pmml",
    ]

    private func bytes(_ name: String) throws -> [UInt8] {
        let directory = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "ModelFormatsTests/Models")
        return [UInt8](try Data(contentsOf: directory.appending(path: name)))
    }

    /// A bundle of a stored model, its program, and the edits of its manifest.
    private func model(
        _ name: String,
        _ edits: [(String, String)] = []
    ) throws -> (ScoringModel, ModelProgram) {
        let bytes = try bytes(name)
        let program = try ModelFile.read(bytes)
        let reference = ReferencePopulation(
            description: "made up",
            logOddsQuantiles: (0...100).map { Double($0) / 10 - 5 },
            features: [:]
        )
        var files = try ImportedModel(
            program,
            bytes: bytes,
            reference: reference,
            description: .init(name: "own", version: "1", event: "It fails.", horizonMonths: 12)
        ).files
        var manifest = String(decoding: files["manifest.json"] ?? [], as: UTF8.self)
        for (old, new) in edits {
            try #require(manifest.contains(old))
            manifest = manifest.replacing(old, with: new)
        }
        files["manifest.json"] = Array(manifest.utf8)
        return (try ScoringModel(bundle: BundleFiles(files: files)), program)
    }

    /// Rows of values that are usual and of some that are not.
    private func rows(_ count: Int, width: Int) -> [Double] {
        var generator = SeededGenerator(seed: 11)
        return (0..<count * width).map { _ in
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: .nan
            case 1: [0, -0.0, 1, 1e30, -1e30, 1e-30].randomElement(using: &generator) ?? 0
            default: Double(Float(Double.random(in: -3...3, using: &generator)))
            }
        }
    }

    @Test(
        "is that of the program for thousands of rows, with the class that belongs to it",
        arguments: lightGBM + xgboost + others
    )
    func served(name: String) throws {
        let (model, program) = try model(name)
        let register = try #require(program.probability)
        #expect(program.outputs.contains { $0.register == register })
        let width = program.inputs.count
        let values = rows(4000, width: width)
        let result = try model.score(values, step: 700)
        let reference = ReferenceProgram(program)
        var scored = 0
        for row in 0..<4000 {
            let registers = reference.registers(row: Array(values[row * width..<(row + 1) * width]))
            let served = result.probabilities[row]
            guard result.outcomes[row] == RowOutcome.scored.rawValue else {
                #expect(served.isNaN && registers[program.logOdds ?? 0].isNaN)
                continue
            }
            scored += 1
            #expect(served.bitPattern == registers[register].bitPattern, "row \(row)")
            let classes = model.manifest.riskClasses
            let own = classes.first { served <= $0.probabilityMaximum }?.number
            #expect(own == Int(result.riskClasses[row]))
        }
        #expect(scored > 100)
    }

    @Test("is the one that the library gave", arguments: lightGBM + xgboost)
    func library(name: String) throws {
        let (model, program) = try model(name)
        let lines = String(decoding: try bytes("\(name).rows"), as: UTF8.self)
            .split(separator: "\n").map { $0.split(separator: " ") }
        let counts = lines[0].compactMap { Int($0) }
        let numbers = lines.dropFirst().map { line in
            line.map { Double(bitPattern: UInt64($0, radix: 16) ?? 0) }
        }
        let values = numbers.flatMap { $0[(counts[0] + counts[1])...] }
        let result = try model.score(values)
        let predictions = numbers.map { $0[counts[0] + counts[1] - 1] }
        #expect(predictions.count == result.rowCount && program.probability != nil)
        #expect(result.probabilities.bits == predictions.bits)
    }

    @Test("gives way to a calibration or another base rate of the bundle")
    func calibrated() throws {
        let name = "binary_nan.txt"
        let edits = [
            ("\"intercept\": 0", "\"intercept\": 0.25"), ("\"slope\": 1", "\"slope\": 1.5"),
            ("\"target_base_rate\": 0.5", "\"target_base_rate\": 0.25"),
        ]
        for edit in edits {
            let (model, program) = try model(name, [edit])
            let values = rows(100, width: program.inputs.count)
            let result = try model.score(values)
            let scale = (model.manifest.calibration, model.manifest.prior)
            for (raw, probability) in zip(result.rawScores, result.probabilities) {
                let prior = scale.1.targetBaseRate == 0.5 ? 0 : -UnaryOperation.ln.apply(3)
                let logOdds = scale.0.intercept + scale.0.slope * raw + prior
                #expect(abs(probability - UnaryOperation.logistic.apply(logOdds)) < 1e-12)
            }
        }
    }
}
