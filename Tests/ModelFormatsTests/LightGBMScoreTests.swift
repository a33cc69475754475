// SPDX-License-Identifier: Apache-2.0

// Models read from LightGBM's text predict as LightGBM does, to the last bit.

import Forest
import Formulas
import ModelFormats
import Testing

@Suite("LightGBM scores")
struct LightGBMScoreTests {
    @Test("raw scores and predictions are LightGBM's", arguments: ModelFile.lightGBM)
    func scores(name: String) throws {
        let file = try ModelFile(name)
        let program = ReferenceProgram(try LightGBMTextReader.read(file.bytes))
        for (index, row) in file.rows.enumerated() {
            let raw = program.rawOutputs(row: row)
            #expect(areSame(raw, file.rawScores[index]), "row \(index): \(raw)")
            let values = program.outputs(row: row)
            #expect(
                areSame(values, file.predictions[index]),
                "row \(index): \(values), not \(file.predictions[index])"
            )
        }
    }

    @Test("the compiled plan gives the same raw scores", arguments: ModelFile.lightGBM)
    func plan(name: String) throws {
        let file = try ModelFile(name)
        let ensemble = try trees(name)
        var scores = [Double](repeating: .nan, count: file.rows.count * ensemble.outputCount)
        ForestPlan(ensemble).rawScores(
            rows: file.rows.flatMap { $0 },
            rowCount: file.rows.count,
            rowStride: ensemble.featureCount,
            output: &scores
        )
        #expect(areSame(scores, file.rawScores.flatMap { $0 }))
    }

    @Test("the header is read")
    func header() throws {
        let binary = try LightGBMTextReader.read(ModelFile("binary_nan.txt").bytes)
        #expect(binary.format == "lightgbm-text")
        #expect(binary.inputs.map(\.name) == (0..<6).map { "Column_\($0)" })
        #expect(binary.outputs.map(\.name) == ["probability"])
        #expect(binary.rawOutputs.map(\.name) == ["raw_score"])
        #expect(binary.logOdds == binary.rawOutputs[0].register)
        let ensemble = try trees("binary_nan.txt")
        #expect(ensemble.treeCount == 6)
        #expect(ensemble.leafCovers.prefix(8).reduce(0, +) == 800)

        let classes = try LightGBMTextReader.read(ModelFile("multiclass.txt").bytes)
        #expect(classes.outputs.map(\.name) == (0..<3).map { "probability_\($0)" })
        #expect(classes.logOdds == nil)
    }

    @Test(
        "log-odds are those of the probability",
        arguments: ["slope.txt", "random_forest.txt", "two_classes.txt", "v2.txt"]
    )
    func logOdds(name: String) throws {
        let file = try ModelFile(name)
        let program = try LightGBMTextReader.read(file.bytes)
        let register = try #require(program.logOdds)
        for row in file.rows {
            let registers = ReferenceProgram(program).registers(row: row)
            let probability = registers[try #require(program.outputs.last).register]
            let expected = UnaryOperation.logistic.apply(registers[register])
            #expect(abs(probability - expected) < 1e-14)
        }
    }

    @Test("the models have what their names say")
    func coverage() throws {
        func kinds(_ name: String) throws -> [SplitKind] { try trees("\(name).txt").kinds }
        #expect(try kinds("binary_nan").contains { $0.missing == .notANumber })
        #expect(try kinds("binary_zero_as_missing").allSatisfy { $0.missing == .zero })
        #expect(try kinds("binary_no_missing").allSatisfy { $0.missing == .none })
        #expect(try kinds("categorical").contains { $0.isCategorical })
        #expect(try kinds("v2").contains { $0.isCategorical })
        #expect(try kinds("single_leaf").isEmpty)
        for name in ["linear.txt", "v3.txt"] {
            let leaves = try trees(name).linearLeaves
            #expect(leaves.contains { $0?.features.count == 2 })
        }
    }

    @Test("carriage returns at line ends do not matter")
    func carriageReturns() throws {
        let text = String(decoding: try ModelFile("categorical.txt").bytes, as: UTF8.self)
        let windows = text.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\r\n")
        let model = try LightGBMTextReader.read(Array(windows.utf8))
        #expect(model.inputs.last?.name == "Column_5")
        #expect(model.outputs[0].name == "probability")
    }

    private func trees(_ name: String) throws -> TreeEnsemble {
        try LightGBMTextReader.read(ModelFile(name).bytes).trees()
    }
}

extension ModelProgram {
    /// The trees of a program that begins with them.
    func trees() throws -> TreeEnsemble {
        guard case .trees(let ensemble, _) = steps.first else { throw NoTrees() }
        return ensemble
    }
}

private struct NoTrees: Error {}
