// SPDX-License-Identifier: Apache-2.0

// Decision tables: every hit policy, and what a table tells of its answer.

import Decisions
import FEEL
import Testing

@Suite struct TableTests {
    /// A model with a table over a number and a text.
    private func model(
        _ policy: String,
        _ attributes: String = "",
        output: String = "<output typeRef=\"string\"/>",
        rules: [[String]]
    ) throws -> DecisionModel {
        try DecisionModel.read([
            file(
                input("n", "number") + input("s", "string")
                    + decision(
                        "d",
                        inputs: ["n", "s"],
                        table(
                            policy,
                            attributes,
                            inputs: [("n", "number"), ("s", "string")],
                            output: output,
                            rules: rules
                        )
                    )
            )
        ])
    }

    /// What a table answers: its value, the kind of answer, the rules that matched and those that
    /// gave the result, from 1.
    private func answer(_ model: DecisionModel, _ number: String, _ text: String = "null") -> String
    {
        let answer = DecisionsTests.answer(model, "d", [("n", number), ("s", text)])
        guard let outcome = answer.evaluation.outcomes.first else { return "no answer" }
        let rules = { (places: [Int]) in places.map { "\($0 + 1)" }.joined(separator: ",") }
        return "\(answer.value) \(outcome.answer) \(rules(outcome.matches)) > "
            + rules(outcome.decisive)
    }

    private static let rules = [
        ["< 10", "-", "\"low\""], ["[5..20]", "-", "\"middle\""], ["> 15", "\"x\"", "\"high\""],
    ]
    private static let ordered = """
        <output typeRef="string"><outputValues><text>"high","middle","low"</text></outputValues>
        </output>
        """

    @Test func unique() throws {
        let model = try model("UNIQUE", rules: Self.rules)
        #expect(answer(model, "1") == "\"low\" matched 1 > 1")
        #expect(answer(model, "5") == "null violation 1,2 > ")
        #expect(answer(model, "21") == "null none  > ")
        #expect(answer(model, "null") == "null none  > ")
        let messages = DecisionsTests.answer(model, "d", [("n", "5")]).evaluation.messages
        #expect(
            messages.map(\.message.text) == [
                "rules 1 and 2 match, and the hit policy is UNIQUE"
            ]
        )
        #expect(model.tables[0].rules.map(\.id) == ["r1", "r2", "r3"])
        #expect(model.tables[0].id == "t" && model.tables[0].inputs.map(\.name) == ["n", "s"])
    }

    @Test func anyAndFirst() throws {
        let rules = [["< 10", "-", "\"a\""], ["< 20", "-", "\"a\""], ["[3..5]", "-", "\"b\""]]
        let any = try model("ANY", rules: rules)
        #expect(answer(any, "7") == "\"a\" matched 1,2 > 1")
        #expect(answer(any, "4") == "null violation 1,2,3 > ")
        let first = try model("FIRST", rules: rules)
        #expect(answer(first, "4") == "\"a\" matched 1 > 1")
        #expect(answer(first, "15") == "\"a\" matched 2 > 2")
        // A rule whose output is null is no missing rule.
        let null = try model("FIRST", rules: [["< 10", "-", "null"], ["-", "-", "\"a\""]])
        #expect(answer(null, "4") == "null matched 1 > 1")
    }

    @Test func orders() throws {
        let priority = try model("PRIORITY", output: Self.ordered, rules: Self.rules)
        #expect(answer(priority, "7") == "\"middle\" matched 1,2 > 2")
        #expect(answer(priority, "16", "\"x\"") == "\"high\" matched 2,3 > 3")
        #expect(answer(priority, "30") == "null none  > ")
        let order = try model("OUTPUT ORDER", output: Self.ordered, rules: Self.rules)
        #expect(answer(order, "7") == "[\"middle\", \"low\"] matched 1,2 > 2,1")
        let rule = try model("RULE ORDER", rules: Self.rules)
        #expect(answer(rule, "7") == "[\"low\", \"middle\"] matched 1,2 > 1,2")
        #expect(answer(rule, "30") == "null none  > ")
    }

    @Test func collects() throws {
        let rules = [["< 10", "-", "1.5"], ["< 20", "-", "1.5"], ["-", "\"x\"", "n"]]
        let collect = { (attributes: String) in
            try self.model(
                "COLLECT",
                attributes,
                output: "<output typeRef=\"number\"/>",
                rules: rules
            )
        }
        #expect(answer(try collect(""), "7", "\"x\"") == "[1.5, 1.5, 7] matched 1,2,3 > 1,2,3")
        let sum = try collect("aggregation=\"SUM\"")
        #expect(answer(sum, "7") == "3.0 matched 1,2 > 1,2")
        #expect(answer(sum, "30") == "null none  > ")
        let minimum = try collect("aggregation=\"MIN\"")
        #expect(answer(minimum, "1", "\"x\"") == "1 matched 1,2,3 > 1,2,3")
        let maximum = try collect("aggregation=\"MAX\"")
        #expect(answer(maximum, "9", "\"x\"") == "9 matched 1,2,3 > 1,2,3")
        let count = try collect("aggregation=\"COUNT\"")
        #expect(answer(count, "9", "\"x\"") == "3 matched 1,2,3 > 1,2,3")
        #expect(answer(count, "30") == "0 none  > ")
    }

    @Test func standard() throws {
        let output = """
            <output typeRef="string"><defaultOutputEntry><text>"none of them"</text>\
            </defaultOutputEntry></output>
            """
        let model = try model("UNIQUE", output: output, rules: Self.rules)
        #expect(answer(model, "30") == "\"none of them\" standard  > ")
        #expect(answer(model, "5") == "null violation 1,2 > ")
    }

    @Test func severalOutputs() throws {
        let model = try DecisionModel.read([
            file(
                input("n", "number")
                    + decision(
                        "d",
                        inputs: ["n"],
                        """
                        <decisionTable hitPolicy="UNIQUE"><input label="number of n">
                        <inputExpression typeRef="number"><text>n</text></inputExpression>
                        <inputValues><text>[0..100]</text></inputValues></input>
                        <output name="a" typeRef="number"/><output name="b b" typeRef="string"/>
                        <annotation name="why"/>
                        <rule id="one"><inputEntry><text>&lt; 10</text></inputEntry>
                        <outputEntry><text>n * 2</text></outputEntry>
                        <outputEntry><text>"x"</text></outputEntry>
                        <annotationEntry><text>small ones</text></annotationEntry></rule>
                        </decisionTable>
                        """
                    )
            )
        ])
        let answer = DecisionsTests.answer(model, "d", [("n", "4")])
        #expect(answer.value == "{a: 8, b b: \"x\"}")
        let table = model.tables[0]
        #expect(table.annotationNames == ["why"] && table.rules[0].annotations == ["small ones"])
        #expect(table.inputs[0].name == "number of n" && table.names.map(\.name) == ["n"])
        #expect(table.rules[0].tests[0].isConstant && table.rules[0].line == 7)
        // A value that there may not be is another answer than that no rule matches.
        let wrong = DecisionsTests.answer(model, "d", [("n", "101")])
        #expect(wrong.value == "null")
        #expect(wrong.evaluation.outcomes.map(\.answer) == [.invalidInput(0)])
        #expect(
            wrong.evaluation.messages.first?.message.text
                == "number of n: 101 is none of the values of the input"
        )
    }

    @Test("cells may use the names of the decision")
    func names() throws {
        let rules = [["> limit", "-", "string(limit)"], ["?  < limit", "-", "\"below\""]]
        let model = try DecisionModel.read([
            file(
                input("n", "number") + input("s", "string") + input("limit", "number")
                    + decision(
                        "d",
                        "string",
                        inputs: ["n", "s", "limit"],
                        table(inputs: [("n", "number"), ("s", "string")], rules: rules)
                    )
            )
        ])
        let given = [("limit", "5"), ("n", "6")]
        #expect(DecisionsTests.answer(model, "d", given).value == "\"5\"")
        #expect(
            DecisionsTests.answer(model, "d", [("limit", "9"), ("n", "6")]).value == "\"below\""
        )
    }

    @Test("tables within functions tell what they answered, each time")
    func functions() throws {
        let knowledge = """
            <businessKnowledgeModel id="f" name="f"><variable name="f" typeRef="string"/>
            <encapsulatedLogic><formalParameter name="n" typeRef="number"/>
            \(table(inputs: [("n", "number")], rules: [["< 5", "\"a\""], [">= 5", "\"b\""]]))
            </encapsulatedLogic></businessKnowledgeModel>
            """
        let model = try DecisionModel.read([
            file(
                knowledge
                    + decision("d", functions: ["f"], literal("for i in [4, 5] return f(i)"))
            )
        ])
        let answer = DecisionsTests.answer(model, "d")
        #expect(answer.value == "[\"a\", \"b\"]")
        #expect(answer.evaluation.outcomes.map(\.matches) == [[0], [1]])
    }
}
