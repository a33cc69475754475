// SPDX-License-Identifier: Apache-2.0

// Cases out of public reports on other engines, where they are: their values are exact, and what is
// wrong with a model is said in their words.

import DecisionCases
import Decisions
import FEEL
import Testing

@Suite(.enabled("the cases are not here (VIGIE_DATA)") { !PolicyCases.files.isEmpty })
struct PolicyCaseTests {
    @Test(arguments: PolicyCases.files)
    func holds(_ name: String) throws {
        let tests = try DecisionTestFile(name: name, bytes: bytes("\(PolicyCases.folder)/\(name)"))
        let model = DecisionFile(
            name: tests.modelName,
            bytes: bytes("\(PolicyCases.folder)/\(tests.modelName)")
        )
        if let refusal = tests.refusal {
            let error = #expect(throws: DecisionModelError.self) {
                try DecisionModel.read([model])
            }
            #expect(error?.problems.count == 1)
            #expect(error?.description.contains(refusal) == true, "\(String(describing: error))")
            return
        }
        let run = DecisionTestRun(
            try DecisionModel.read([model]),
            .exact,
            now: Kit.noon,
            zones: systemZones
        )
        for test in tests.cases {
            #expect(run.failures(of: test) == [], "\(name) \(test.id)")
        }
    }

    @Test("a first rule whose output is null has matched")
    func firstNull() throws {
        let name = "c14-first-null"
        let model = try DecisionModel.read([
            DecisionFile(name: name, bytes: bytes("\(PolicyCases.folder)/\(name).dmn"))
        ])
        let evaluation = DecisionEvaluation(model)
        for (input, value) in [("class", FEELValue.string("A")), ("insurer limit", .number(5_000))]
        {
            evaluation.set(try #require(model.node(input)), to: value)
        }
        #expect(evaluation.value(of: try #require(model.node("Cover"))).isNull)
        #expect(evaluation.outcomes.first?.answer == .matched)
        #expect(evaluation.outcomes.first?.decisive == [0])
    }
}

enum PolicyCases {
    static let folder = "\(Kit.data)/policy-cases"
    static let files = names(in: folder).filter { $0.hasSuffix(".xml") }
}
