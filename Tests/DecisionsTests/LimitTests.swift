// SPDX-License-Identifier: Apache-2.0

// Hostile models: each limit is met, and named.

import Decisions
import Testing
import VigieLimits

@Suite struct LimitTests {
    private func refusal(_ elements: String) -> String {
        problems(elements).joined(separator: "\n")
    }

    @Test func sizesOfFiles() {
        let long = DecisionFile(
            name: "m",
            bytes: Array(repeating: 0x20, count: DecisionLimits.fileBytes + 1)
        )
        let bytes = #expect(throws: DecisionModelError.self) { try DecisionModel.read([long]) }
        #expect(bytes?.description == "m: has more than \(DecisionLimits.fileBytes) bytes")
        let files = Array(repeating: file(""), count: DecisionLimits.files + 1)
        let count = #expect(throws: DecisionModelError.self) { try DecisionModel.read(files) }
        #expect(count?.description.contains("more than \(DecisionLimits.files) files") == true)
        let many = String(repeating: "<a/>", count: DecisionLimits.elements)
        #expect(refusal(many).contains("more than \(DecisionLimits.elements) elements"))
    }

    @Test func types() {
        let many = (0...DecisionLimits.itemDefinitions).map { "<itemDefinition name=\"t\($0)\"/>" }
        #expect(
            refusal(many.joined()).contains("more than \(DecisionLimits.itemDefinitions) types")
        )
        // Each is made of two of the one before.
        let doubled = (1...20).map { number in
            let part = "<typeRef>t\(number - 1)</typeRef></itemComponent>"
            return "<itemDefinition name=\"t\(number)\"><itemComponent name=\"a\">\(part)"
                + "<itemComponent name=\"b\">\(part)</itemDefinition>"
        }
        let first = "<itemDefinition name=\"t0\"><typeRef>string</typeRef></itemDefinition>"
        #expect(
            refusal(first + doubled.joined())
                .contains("more than \(DecisionLimits.typeParts) parts")
        )
        let nested = (1...500).reversed().map {
            "<itemDefinition name=\"t\($0)\"><typeRef>t\($0 - 1)</typeRef></itemDefinition>"
        }
        #expect(refusal(nested.joined() + first).contains("is nested too deep"))
    }

    @Test func graphs() {
        let inputs = (0...DecisionLimits.nodes).map { input("i\($0)") }.joined()
        #expect(refusal(inputs).contains("more than \(DecisionLimits.nodes) inputs"))
        let chain = (1...DecisionLimits.requirementDepth + 1).map {
            decision("d\($0)", decisions: $0 == 1 ? [] : ["d\($0 - 1)"], literal("1"))
        }
        #expect(
            refusal(chain.joined())
                .contains("a chain of more than \(DecisionLimits.requirementDepth) others")
        )
        let names = (0...DecisionLimits.scopeNames).map { "i\($0)" }
        #expect(
            refusal(names.map { input($0) }.joined() + decision("d", inputs: names, literal("1")))
                .contains("uses more than \(DecisionLimits.scopeNames) others")
        )
    }

    @Test func expressions() {
        let depth = DecisionLimits.boxedNesting + 1
        let nested =
            String(repeating: "<list>", count: depth) + literal("1")
            + String(repeating: "</list>", count: depth)
        #expect(
            refusal(decision("d", nested))
                .contains("nested deeper than \(DecisionLimits.boxedNesting)")
        )
        let entries = (0...DecisionLimits.scopeNames).map {
            "<contextEntry><variable name=\"n\($0)\"/>\(literal("1"))</contextEntry>"
        }
        #expect(
            refusal(decision("d", "<context>\(entries.joined())</context>"))
                .contains("more than \(DecisionLimits.scopeNames) names")
        )
    }

    @Test func tables() {
        let table = { (outputs: Int, rules: Int) in
            decision(
                "d",
                "<decisionTable>"
                    + (0..<outputs).map { "<output name=\"o\($0)\"/>" }.joined()
                    + String(repeating: "<rule/>", count: rules) + "</decisionTable>"
            )
        }
        #expect(
            refusal(table(1, DecisionLimits.tableRules + 1))
                .contains("there may be \(DecisionLimits.tableRules)")
        )
        #expect(
            refusal(table(DecisionLimits.tableColumns + 1, 1))
                .contains("and \(DecisionLimits.tableColumns)")
        )
        let columns = DecisionLimits.cells / DecisionLimits.tableRules + 1
        #expect(
            refusal(table(columns, DecisionLimits.tableRules))
                .contains("more than \(DecisionLimits.cells) cells")
        )
    }

    @Test func outcomes() throws {
        let knowledge = """
            <businessKnowledgeModel id="f" name="f"><encapsulatedLogic>
            <formalParameter name="n" typeRef="number"/>
            \(table(inputs: [("n", "number")], rules: [["-", "\"a\""]]))
            </encapsulatedLogic></businessKnowledgeModel>
            """
        let count = DecisionLimits.outcomes + 5
        let model = try DecisionModel.read([
            file(
                knowledge
                    + decision(
                        "d",
                        functions: ["f"],
                        literal("count(for i in 1..\(count) return f(i))")
                    )
            )
        ])
        let answer = answer(model, "d")
        #expect(answer.value == "\(count)")
        #expect(answer.evaluation.outcomes.count == DecisionLimits.outcomes)
        #expect(answer.evaluation.outcomesLeftOut == 5)
    }

    @Test("functions that call each other without end give null")
    func recursion() {
        let knowledge = """
            <businessKnowledgeModel id="f" name="f"><encapsulatedLogic>
            <formalParameter name="n" typeRef="number"/>
            <context><contextEntry><variable name="m"/>\(literal("f(n + 1)"))</contextEntry>
            </context></encapsulatedLogic></businessKnowledgeModel>
            """
        let given = value(knowledge + decision("d", functions: ["f"], literal("f(1).m = null")))
        #expect(given == "null" || given == "false" || given == "true")
        // Functions that keep each other would take the stack to let go of.
        let kept = """
            <for iteratorVariable="i"><in>\(literal("[1..100000]"))</in><return><functionDefinition>
            \(literal("partial"))</functionDefinition></return></for>
            """
        #expect(value(decision("d", kept)) == "null")
    }
}
