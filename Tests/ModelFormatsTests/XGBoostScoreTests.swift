// SPDX-License-Identifier: Apache-2.0

// Models read from XGBoost files predict as XGBoost does: margins and predictions to the last bit.

import Documents
import Forest
import Formulas
import ModelFormats
import Testing

@Suite("XGBoost scores")
struct XGBoostScoreTests {
    @Test("margins and predictions are XGBoost's", arguments: ModelFile.xgboost)
    func scores(name: String) throws {
        let file = try ModelFile(name)
        try expectScores(of: file, trees: .all)
    }

    @Test(
        "the trees up to the best iteration are XGBoost's",
        arguments: ["xgb_v3_4_stopped.json", "xgb_v3_4_stopped_drops.ubj"]
    )
    func best(name: String) throws {
        let best = try ModelFile(name, rows: "best.rows")
        try expectScores(of: best, trees: .best)
        #expect(try best.rawScores != ModelFile(name).rawScores)
        let error = #expect(throws: ModelFormatError.self) { try XGBoostReader.read(best.bytes) }
        #expect(error?.place == "$.learner.attributes.best_iteration")
        #expect(error?.message.contains("--trees best or --trees all") == true)
    }

    private func expectScores(of file: ModelFile, trees: ModelTrees) throws {
        let program = ReferenceProgram(try XGBoostReader.read(file.bytes, trees: trees))
        for (index, row) in file.rows.enumerated() {
            let margins = program.rawOutputs(row: row)
            #expect(areSame(margins, file.rawScores[index]), "row \(index): \(margins)")
            let values = program.outputs(row: row)
            #expect(
                areSame(values, file.predictions[index]),
                "row \(index): \(values), not \(file.predictions[index])"
            )
        }
    }

    @Test("JSON and UBJSON of one model are one model")
    func sameModel() throws {
        let rows = try ModelFile("xgb_binary.json").rows
        let json = ReferenceProgram(try XGBoostReader.read(ModelFile("xgb_binary.json").bytes))
        let ubjson = ReferenceProgram(try XGBoostReader.read(ModelFile("xgb_binary.ubj").bytes))
        for row in rows { #expect(json.outputs(row: row) == ubjson.outputs(row: row)) }
    }

    @Test("names, categories, outputs and log-odds are the file's")
    func description() throws {
        let texts = try XGBoostReader.read(ModelFile("xgb_texts.json").bytes)
        #expect(texts.format == "xgboost-json")
        #expect(texts.inputs.map(\.name) == ["ratio", "sector", "code"])
        #expect(texts.inputs[0].categories == nil)
        let sectors = ["", "building", "farming", "manufacturing", "retail"]
        #expect(texts.inputs[1].categories?.values.map(\.shown) == sectors)
        #expect(texts.inputs[2].categories?.values.map(\.shown) == ["10", "20", "30", "40"])
        #expect(texts.outputs.map(\.name) == ["probability"])
        #expect(texts.rawOutputs.map(\.name) == ["margin"])
        #expect(texts.logOdds == texts.rawOutputs[0].register)

        let classes = try XGBoostReader.read(ModelFile("xgb_softprob.ubj").bytes)
        #expect(classes.format == "xgboost-ubjson")
        #expect(classes.inputs.map(\.name) == ["f0", "f1", "f2", "f3", "f4"])
        #expect(classes.outputs.map(\.name) == (0..<3).map { "probability_\($0)" })
        #expect(classes.rawOutputs.map(\.name) == (0..<3).map { "margin_\($0)" })
        #expect(classes.logOdds == nil)
    }

    @Test("the models have what their names say")
    func coverage() throws {
        func ensemble(_ name: String) throws -> TreeEnsemble {
            try XGBoostReader.read(ModelFile("xgb_\(name)").bytes).trees()
        }
        #expect(try ensemble("categorical.json").kinds.contains { $0.isCategoryIndex })
        #expect(try ensemble("onehot.ubj").kinds.contains { $0.isCategoryIndex })
        #expect(try ensemble("v1_7.ubj").kinds.contains { $0.isCategoryIndex })
        #expect(try ensemble("single_leaf.json").kinds.isEmpty)
        #expect(try ensemble("targets.ubj").treeCount == 6)
        #expect(try ensemble("targets.ubj").outputCount == 2)
        #expect(try ensemble("forest.json").treeCount == 6)
        #expect(try ensemble("v2_1.json").outputCount == 2)
        let root = try ensemble("binary.json")
        let cover = root.leafCovers[..<root.leafOffsets[1]].reduce(0, +)
        #expect(abs(root.splitCovers[0] - cover) < 1e-4)
    }
}
