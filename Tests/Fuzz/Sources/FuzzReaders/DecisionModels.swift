// SPDX-License-Identifier: Apache-2.0

// Reads the input as a decision model, and as tests of one. What is read strictly has no problem
// when it is read as the standard has it, and every decision of it can be asked for.

import DecisionCases
import Decisions
import FEEL

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_decisions")
func fuzzDecisions(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let file = DecisionFile(
        name: "m.dmn",
        bytes: Array(UnsafeBufferPointer(start: start, count: count))
    )
    let strict = try? DecisionModel.read([file])
    guard let model = try? DecisionModel.read([file], .standard) else {
        precondition(strict == nil, "a model is read strictly only")
        return 0
    }
    precondition((strict == nil) == !model.problems.isEmpty, "problems are not told")
    let evaluation = DecisionEvaluation(model)
    for value in [FEELValue.null, .number(5), .string("A")] {
        evaluation.reset()
        for node in model.nodes(.input) { evaluation.set(node, to: value) }
        for node in model.nodes.indices {
            _ = evaluation.value(of: node)
            _ = evaluation.call(node, model.nodes[node].parameters.map { _ in value })
        }
        for outcome in evaluation.outcomes {
            let rules = model.tables[outcome.table].rules.indices
            precondition(outcome.matches.allSatisfy(rules.contains), "a rule that is not there")
        }
    }
    return 0
}

private let testedModel = try? DecisionModel.read([
    DecisionFile(
        name: "m.dmn",
        bytes: Array(
            """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m"
            namespace="urn:m"><inputData id="n" name="n"><variable name="n" typeRef="number"/>
            </inputData><decision id="d" name="d"><variable name="d"/><informationRequirement>
            <requiredInput href="#n"/></informationRequirement><literalExpression><text>n + 1</text>
            </literalExpression></decision></definitions>
            """.utf8
        )
    )
])

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_decisioncases")
func fuzzDecisionCases(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let model = testedModel, let tests = try? DecisionTestFile(name: "t.xml", bytes: bytes)
    else { return 0 }
    let run = DecisionTestRun(model, .kit, now: nil, zones: .utcOnly)
    for test in tests.cases { _ = run.failures(of: test) }
    return 0
}
