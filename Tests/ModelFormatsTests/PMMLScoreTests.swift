// SPDX-License-Identifier: Apache-2.0

// PMML models give what the reference evaluator gives.

import Forest
import Formulas
import ModelFormats
import Testing

@Suite("PMML scores")
struct PMMLScoreTests {
    @Test("as JPMML-Evaluator", arguments: PMMLFile.names)
    func equal(name: String) throws {
        let file = try PMMLFile(name)
        let program = try PMMLReader.read(file.bytes)
        try #require(file.rows.count == file.expected.count && !file.rows.isEmpty)
        for (index, (row, expected)) in zip(file.rows, file.expected).enumerated() {
            let actual = program.texts(row)
            for (output, text) in expected where !(output == "outcome" && isTie(expected)) {
                let found = try #require(actual[output], "no output \(output)")
                #expect(
                    isClose(found, text, isFloat32: name == "export_xgb"),
                    "row \(index) \(row), \(output): \(found), not \(text)"
                )
            }
        }
    }

    /// Equal as texts, or within a few units in the last place as numbers.
    private func isClose(_ found: String, _ expected: String, isFloat32: Bool) -> Bool {
        if found == expected { return true }
        guard let x = Double(found), let y = Double(expected) else { return false }
        return (x - y).magnitude <= (isFloat32 ? 1.3e-7 : 1e-14) * max(1, y.magnitude)
    }

    /// Whether two classes have most votes: PMML does not say which of them wins.
    private func isTie(_ expected: [String: String]) -> Bool {
        let shares = expected.filter { $0.key.hasPrefix("p_") }.compactMap { Double($0.value) }
        return shares.max().map { largest in shares.count { $0 == largest } > 1 } ?? false
    }

    @Test("there are files")
    func files() {
        #expect(PMMLFile.names.count >= 30)
    }
}

@Suite("PMML programs")
struct PMMLProgramTests {
    /// The ensembles of a program.
    private func ensembles(_ name: String) throws -> [TreeEnsemble] {
        try PMMLReader.read(try PMMLFile(name).bytes).steps.compactMap { step in
            if case .trees(let ensemble, _) = step { ensemble } else { nil }
        }
    }

    @Test(
        "a sum of trees is one ensemble",
        arguments: [
            ("export_gb", 6, 1), ("export_lgb", 8, 1), ("export_xgb", 8, 1), ("export_rf", 10, 2),
            ("mining_sum", 3, 1), ("mining_weightedAverage", 3, 1),
        ]
    )
    func ensemble(name: String, treeCount: Int, outputCount: Int) throws {
        let ensembles = try ensembles(name)
        #expect(ensembles.count == 1)
        #expect(ensembles.first?.treeCount == treeCount)
        #expect(ensembles.first?.outputCount == outputCount)
    }

    @Test("trees of XGBoost are added in float32")
    func float32() throws {
        #expect(try ensembles("export_xgb").first?.sum.isFloat32 == true)
        #expect(try ensembles("export_lgb").first?.sum.isFloat32 == false)
    }

    @Test(
        "the log-odds of a binary model are those of its event",
        arguments: [
            ("export_lr", "probability(1)"), ("export_lgb", "probability(1)"),
            ("export_xgb", "probability(1)"), ("export_rf", "probability(1)"),
            ("two_logit", "p_weak"), ("two_softmax", "p_weak"), ("two_probit", "p_weak"),
        ]
    )
    func logOdds(name: String, event: String) throws {
        let file = try PMMLFile(name)
        let program = try PMMLReader.read(file.bytes)
        let register = try #require(program.logOdds)
        for row in file.rows {
            let values = program.inputs.map { input in
                let text = row[input.name] ?? ""
                return input.categories == nil ? Double(text) ?? .nan : input.number(of: text)
            }
            let logOdds = ReferenceProgram(program).registers(row: values)[register]
            let probability = Double(program.texts(row)[event] ?? "") ?? .nan
            let expected = 1 / (1 + UnaryOperation.exp.apply(-logOdds))
            #expect(probability.isNaN == logOdds.isNaN)
            #expect(probability.isNaN || abs(probability - expected) < 1e-6)
        }
    }

    @Test("models without two classes have no log-odds")
    func noLogOdds() throws {
        for name in ["three_softmax", "scorecard_pointsAbove", "mining_sum", "regression_none"] {
            #expect(try PMMLReader.read(try PMMLFile(name).bytes).logOdds == nil)
        }
    }
}
