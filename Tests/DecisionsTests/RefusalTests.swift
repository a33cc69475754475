// SPDX-License-Identifier: Apache-2.0

// What is refused, where, and in which words.

import Decisions
import FEEL
import Testing

@Suite struct RefusalTests {
    @Test(
        "files that are no models",
        arguments: [
            ("", "no element found"), ("<a/>", "is no decision model"),
            (
                "<definitions xmlns=\"http://www.omg.org/spec/DMN/20180521/MODEL/\"/>",
                "is no decision"
            ),
            (
                "<definitions xmlns=\"https://www.omg.org/spec/DMN/2099/MODEL/\" namespace=\"u\"/>",
                "models of DMN 1.3, 1.4 and 1.5 are read"
            ),
            ("<definitions/>", "models of DMN 1.3"),
            ("<!DOCTYPE a []><definitions/>", "document types and entities"),
        ]
    )
    func files(text: String, words: String) {
        for reading in [DecisionReading.strict, .standard] {
            let error = #expect(throws: DecisionModelError.self) {
                try DecisionModel.read([DecisionFile(name: "m", bytes: Array(text.utf8))], reading)
            }
            #expect(error?.description.contains(words) == true, "\(String(describing: error))")
        }
    }

    /// A table with a rule, in the third line of a file.
    private func rule(_ cells: [String]) -> String {
        input("n", "number") + "\n"
            + decision(
                "d",
                "string",
                inputs: ["n"],
                table(inputs: [("n", "number")], rules: [["1", "\"one\""], cells])
            )
    }

    @Test(
        "cells, with rule and column",
        arguments: [
            (["VIP", "\"a\""], "input \"n\": VIP is not a known name; quotes missing?"),
            (["[5..1]", "\"a\""], "input \"n\": the range ends before it begins"),
            (["\"5\"", "\"a\""], "input \"n\": a number is tested with a string"),
            (["", "\"a\""], "input \"n\": the expression is empty"),
            (["< 3 and", "\"a\""], "input \"n\", column"),
            (["2", "nn"], "output: nn is not a known name; quotes missing?"),
            (["2", "5"], "output: gives a number, and a string is wanted"),
            (["2"], "has 0 output cells, and the table has 1 outputs"),
            (["2", "\"a\"", "\"b\""], "has 2 output cells, and the table has 1 outputs"),
        ]
    )
    func cells(cells: [String], words: String) {
        let found = problems(rule(cells))
        #expect(
            found.contains { $0.hasPrefix("m.dmn: line 5, decision \"d\", rule 2") },
            "\(found)"
        )
        #expect(found.contains { $0.contains(words) }, "\(found)")
    }

    @Test("all problems are told, not only the first")
    func all() {
        let found = problems(
            input("n", "nmber") + decision("d", inputs: ["n"], literal("m + \"a\" - k"))
                + decision("e", literal(""))
        )
        #expect(found.count >= 4, "\(found)")
        #expect(found.first?.contains("\"nmber\" is no type. Did") == false)
        #expect(found.contains { $0.contains("decision \"e\": the expression is empty") })
    }

    /// Elements, and what is said of them.
    struct Refused: Sendable {
        let elements: String
        let words: String

        init(_ elements: String, _ words: String) {
            (self.elements, self.words) = (elements, words)
        }
    }

    static let graphs: [Refused] = [
        Refused(decision("d", inputs: ["x"], literal("1")), "\"#x\" is to nothing that is there"),
        Refused(decision("d", inputs: ["urn:z#x"], literal("1")), "a model that is not imported"),
        Refused(
            "\(input("x"))\(decision("d", decisions: ["x"], literal("1")))",
            "a reference to input \"x\""
        ),
        Refused(
            "\(decision("a", decisions: ["b"], literal("b")))"
                + "\(decision("b", decisions: ["a"], literal("a")))",
            "needs itself: \"a\" needs \"b\" needs \"a\""
        ),
        Refused("\(input("x"))\(input("x"))", "the name is there twice"),
        Refused("\(input("x"))\(input("x"))", "the id \"x\" is there twice"),
        Refused(
            """
            \(input("x"))\(decision("y", inputs: ["x"], literal("x")))
            <decisionService id="s" name="s"><outputDecision href="#y"/></decisionService>
            """,
            "service \"s\": needs the input \"x\", which it does not take"
        ),
        Refused("<something/>", "<something> is not known"),
        Refused(
            "<import name=\"p\" namespace=\"urn:p\" importType=\"http://www.dmg.org/PMML-4_1\"/>",
            "only models of DMN"
        ),
    ]

    static let expressions: [Refused] = [
        Refused(decision("d", ""), "has no logic: nothing is decided"),
        Refused(
            decision("d", "number", literal("\"a\"")),
            "gives a string, and a number is wanted"
        ),
        Refused(decision("d", "tNone", literal("1")), "\"tNone\" is no type"),
        Refused(
            """
            <itemDefinition name="t"><itemComponent name="a"><typeRef>t</typeRef></itemComponent>
            </itemDefinition>
            """,
            "type \"t\": is made of itself"
        ),
        Refused(
            """
            <itemDefinition name="t"><typeRef>number</typeRef>
            <allowedValues><text>[5..1]</text></allowedValues></itemDefinition>
            """,
            "type \"t\", allowed values"
        ),
        Refused(
            """
            <businessKnowledgeModel id="f" name="f"><encapsulatedLogic kind="Java">\(literal("1"))
            </encapsulatedLogic></businessKnowledgeModel>
            """,
            "Java functions are not carried out"
        ),
        Refused(
            decision("d", "<functionDefinition kind=\"PMML\">\(literal("1"))</functionDefinition>"),
            "PMML functions are not carried out"
        ),
        Refused(
            decision(
                "d",
                "<literalExpression expressionLanguage=\"urn:groovy\"><text>1</text>"
                    + "</literalExpression>"
            ),
            "the language \"urn:groovy\" is not read"
        ),
        Refused(
            decision("d", "<relation><column name=\"a\"/><row/></relation>"),
            "row 1: has 0 cells, and there are 1 columns"
        ),
        Refused(
            decision("d", "<list>\(literal("1"))</list>\(literal("2"))"),
            "more than one expression"
        ),
    ]

    static let tables: [Refused] = [
        Refused(
            decision("d", table("BEST", inputs: [], rules: [["\"a\""]])),
            "the hit policy \"BEST\" is not known"
        ),
        Refused(
            decision("d", table("PRIORITY", inputs: [], rules: [["\"a\""]])),
            "PRIORITY goes by the order of output values"
        ),
        Refused(
            decision("d", table("FIRST", "aggregation=\"SUM\"", inputs: [], rules: [["\"a\""]])),
            "only COLLECT has an aggregation"
        ),
        Refused(decision("d", table(inputs: [], rules: [])), "the table has no rule"),
        Refused(
            decision(
                "d",
                table(
                    inputs: [],
                    output: "<output><outputValues><text>\"a\"</text></outputValues></output>",
                    rules: [["\"b\""]]
                )
            ),
            "output: \"b\" is none of the values of the output"
        ),
        Refused(
            decision("d", table(inputs: [], output: "<output/><output/>", rules: [["1", "2"]])),
            "each of several outputs needs a name"
        ),
    ]

    @Test(arguments: graphs + expressions + tables)
    func elements(_ refused: Refused) {
        let found = problems(refused.elements)
        #expect(found.contains { $0.contains(refused.words) }, "\(found)")
    }

    @Test("values of inputs that there cannot be")
    func values() {
        let found = problems(
            """
            <itemDefinition name="tClass"><typeRef>string</typeRef>
            <allowedValues><text>"A","B"</text></allowedValues></itemDefinition>
            """ + input("c", "tClass")
                + decision(
                    "d",
                    inputs: ["c"],
                    table(
                        inputs: [("c", "tClass")],
                        rules: [["\"A\"", "\"x\""], ["\"C\"", "\"y\""]]
                    )
                )
        )
        #expect(found.count == 1)
        #expect(found.first?.contains("rule 2, input \"c\": \"C\" is none of the values") == true)
    }

    @Test("the standard takes mistakes in expressions as null, with a message")
    func standard() throws {
        let wrong = file(decision("d", literal("nobody + 1")) + decision("e", literal("2")))
        let model = try DecisionModel.read([wrong], .standard)
        #expect(model.problems.count == 1)
        let answer = answer(model, "d")
        #expect(answer.value == "null" && !answer.evaluation.messages.isEmpty)
        #expect(DecisionsTests.answer(model, "e").value == "2")
        // What makes no model is refused all the same.
        #expect(throws: DecisionModelError.self) {
            try DecisionModel.read([file(decision("d", inputs: ["x"], literal("1")))], .standard)
        }
    }

    @Test func importCycles() {
        let one = file(
            "<import name=\"b\" namespace=\"urn:b\" importType=\"\(editions[2])\"/>",
            name: "a.dmn",
            namespace: "urn:a"
        )
        let two = file(
            "<import name=\"a\" namespace=\"urn:a\" importType=\"\(editions[2])\"/>",
            name: "b.dmn",
            namespace: "urn:b"
        )
        let error = #expect(throws: DecisionModelError.self) { try DecisionModel.read([one, two]) }
        #expect(error?.description.contains("import each other: a.dmn, b.dmn, a.dmn") == true)
        let twins = #expect(throws: DecisionModelError.self) { try DecisionModel.read([one, one]) }
        #expect(twins?.description.contains("the same namespace as a.dmn") == true)
    }
}
