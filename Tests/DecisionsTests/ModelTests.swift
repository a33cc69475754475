// SPDX-License-Identifier: Apache-2.0

// What models compute: boxed expressions, functions, services and imports.

import Decisions
import FEEL
import Testing

@Suite struct ModelTests {
    @Test("models of DMN 1.3, 1.4 and 1.5", arguments: editions)
    func edition(_ edition: String) throws {
        let model = try DecisionModel.read([
            file(decision("d", literal("1 + 1")), edition: edition)
        ])
        #expect(answer(model, "d").value == "2")
        #expect(model.name == "m" && model.namespace == "urn:m" && model.problems.isEmpty)
    }

    @Test func requirements() {
        let model =
            input("a", "number") + input("b b", "number")
            + decision("sum", "number", inputs: ["a", "b b"], literal("a + b b"))
            + decision("d", "number", decisions: ["sum"], literal("sum * 2"))
        #expect(value(model, "d", [("a", "1.10"), ("b b", "2")]) == "6.20")
        #expect(value(model, "d", [("a", "1")]) == "null")
        // What is given for a decision stands in the place of its logic.
        #expect(value(model, "d", [("sum", "5")]) == "10")
    }

    @Test func boxes() {
        let context = """
            <context><contextEntry><variable name="x y" typeRef="number"/>\(literal("2"))
            </contextEntry><contextEntry><variable name="z"/>\(literal("x y * 3"))</contextEntry>
            </context>
            """
        #expect(value(decision("d", context)) == "{x y: 2, z: 6}")
        let result = context.replacing(
            "</context>",
            with: "<contextEntry>\(literal("x y + z"))</contextEntry></context>"
        )
        #expect(value(decision("d", "number", result)) == "8")
        #expect(
            value(decision("d", "<list>\(literal("1"))\(literal("\"a\""))</list>")) == "[1, \"a\"]"
        )
        let relation = """
            <relation><column name="a"/><column name="b"/>
            <row>\(literal("1"))\(literal("2"))</row><row>\(literal("3"))\(literal("4"))</row>
            </relation>
            """
        #expect(value(decision("d", relation)) == "[{a: 1, b: 2}, {a: 3, b: 4}]")
        let conditional = """
            <conditional><if>\(literal("1 > 2"))</if><then>\(literal("\"yes\""))</then>
            <else>\(literal("\"no\""))</else></conditional>
            """
        #expect(value(decision("d", "string", conditional)) == "\"no\"")
    }

    @Test func loops() {
        func loop(_ kind: String, _ list: String, _ part: String, _ body: String) -> String {
            let variable = kind == "filter" ? "" : " iteratorVariable=\"i\""
            return value(
                decision(
                    "d",
                    "<\(kind)\(variable)><in>\(literal(list))</in><\(part)>\(literal(body))"
                        + "</\(part)></\(kind)>"
                )
            )
        }
        #expect(loop("for", "[1, 2, 3]", "return", "i * i") == "[1, 4, 9]")
        #expect(loop("for", "[2..4]", "return", "i") == "[2, 3, 4]")
        #expect(loop("for", "[1, 1, 1]", "return", "count(partial) + i") == "[1, 2, 3]")
        #expect(loop("some", "[1, 2]", "satisfies", "i > 1") == "true")
        #expect(loop("some", "[1, null]", "satisfies", "i > 1") == "null")
        #expect(loop("every", "[1, 2]", "satisfies", "i > 1") == "false")
        #expect(loop("every", "[]", "satisfies", "i > 1") == "true")
        #expect(loop("filter", "[1, 2, 3]", "match", "item > 1") == "[2, 3]")
        #expect(loop("filter", "[{a: 1}, {a: 2}]", "match", "a > 1") == "[{a: 2}]")
        #expect(loop("for", "null", "return", "i") == "null")
    }

    @Test func functions() {
        let knowledge = """
            <businessKnowledgeModel id="f" name="f"><variable name="f" typeRef="number"/>
            <encapsulatedLogic><formalParameter name="n" typeRef="number"/>
            \(literal("if n < 2 then 1 else n * f(n - 1)"))</encapsulatedLogic>
            </businessKnowledgeModel>
            """
        #expect(
            value(knowledge + decision("d", "number", functions: ["f"], literal("f(5)"))) == "120"
        )
        let invocation = """
            <invocation>\(literal("f"))<binding><parameter name="n"/>\(literal("4"))</binding>
            </invocation>
            """
        #expect(value(knowledge + decision("d", "number", functions: ["f"], invocation)) == "24")
        #expect(value(knowledge + decision("d", functions: ["f"], literal("f(100000)"))) == "null")
        let definition = """
            <context><contextEntry><variable name="k"/>\(literal("10"))</contextEntry>
            <contextEntry><variable name="g"/><functionDefinition><formalParameter name="x"/>
            \(literal("x + k"))</functionDefinition></contextEntry>
            <contextEntry>\(literal("g(1)"))</contextEntry></context>
            """
        #expect(value(decision("d", definition)) == "11")
    }

    @Test func services() {
        let model =
            input("a", "number") + decision("x", "number", inputs: ["a"], literal("a + 1"))
            + decision("y", "number", decisions: ["x"], literal("x * 2"))
                + """
                <decisionService id="s" name="s"><variable name="s"/><outputDecision href="#y"/>
                <encapsulatedDecision href="#x"/><inputData href="#a"/></decisionService>
                <decisionService id="both" name="both"><variable name="both"/>
                <outputDecision href="#x"/>
                <outputDecision href="#y"/><inputData href="#a"/></decisionService>
                <decisionService id="t" name="t"><variable name="t"/><outputDecision href="#y"/>
                <inputDecision href="#x"/></decisionService>
                """
        let call = { (text: String) in
            value(
                model
                    + decision(
                        "d",
                        inputs: ["a"],
                        functions: ["s", "both", "t"],
                        literal(text)
                    ),
                "d",
                [("a", "100")]
            )
        }
        #expect(call("s(1) + a") == "104")
        #expect(call("t(1)") == "2")
        #expect(call("both(1)") == "{x: 2, y: 4}")
        #expect(call("s(\"1\")") == "null")
    }

    @Test func imports() throws {
        let types = """
            <itemDefinition name="tClass"><typeRef>string</typeRef>
            <allowedValues><text>"A","B"</text></allowedValues></itemDefinition>
            """
        let base = file(
            types + input("class", "tClass")
                + decision(
                    "margin",
                    "number",
                    inputs: ["class"],
                    literal("if class = \"A\" then 1 else 2")
                ),
            name: "base.dmn",
            namespace: "urn:base",
            edition: editions[0]
        )
        let main = file(
            "<import name=\"base\" namespace=\"urn:base\" importType=\"\(editions[0])\"/>"
                + decision(
                    "d",
                    "number",
                    inputs: ["urn:base#class"],
                    decisions: ["urn:base#margin"],
                    literal("if base.class instance of base.tClass then base.margin * 10 else 0")
                )
        )
        let model = try DecisionModel.read([main, base])
        #expect(answer(model, "d", [("class", "\"B\"")]).value == "20")
        #expect(main.namespaces?.own == "urn:m" && main.namespaces?.imported == ["urn:base"])
        #expect(model.node("margin", namespace: "urn:base") != nil)
        #expect(model.node("margin", namespace: "urn:m") == nil)
        let error = #expect(throws: DecisionModelError.self) { try DecisionModel.read([main]) }
        #expect(
            error?.description == "m.dmn: line 2: imports \"urn:base\", which none of the files is"
        )
    }

    @Test func types() {
        let model =
            """
            <itemDefinition name="tAmount"><typeRef>number</typeRef>
            <allowedValues><text>&gt;= 0</text></allowedValues></itemDefinition>
            <itemDefinition name="tInvoices" isCollection="true"><typeRef>tAmount</typeRef>
            </itemDefinition>
            <itemDefinition name="tCompany"><itemComponent name="name"><typeRef>string</typeRef>
            </itemComponent><itemComponent name="open" isCollection="true">
            <typeRef>tAmount</typeRef></itemComponent></itemDefinition>
            """ + input("amounts", "tInvoices") + input("company", "tCompany")
            + decision(
                "d",
                "number",
                inputs: ["amounts", "company"],
                literal("sum(amounts) + sum(company.open)")
            )
        let company = ("company", "{name: \"x\", open: [1, 2]}")
        #expect(value(model, "d", [("amounts", "[1, 2]"), company]) == "6")
        #expect(value(model, "d", [("amounts", "7"), company]) == "10")
        #expect(value(model, "d", [("amounts", "[-1]"), company]) == "null")
        #expect(
            value(model, "d", [("amounts", "[1]"), ("company", "{name: 1, open: []}")]) == "null"
        )
        #expect(value(model, "amounts", [("amounts", "[1, -1]")]) == "null")
        #expect(value(model, "company", [("company", "{name: \"x\", open: [-2]}")]) == "null")
    }

    @Test func messagesNameTheirNode() throws {
        let model = try DecisionModel.read([
            file(
                input("a", "number") + decision("x", inputs: ["a"], literal("a / 0"))
                    + decision("d", decisions: ["x"], literal("x"))
            )
        ])
        let evaluation = answer(model, "d", [("a", "1")]).evaluation
        #expect(evaluation.messages.map { model.nodes[$0.node].name } == ["x"])
        let wrong = answer(model, "d", [("a", "\"1\"")]).evaluation
        #expect(wrong.messages.first?.message.text == "a: a string is no number")
        wrong.reset()
        #expect(wrong.messages.isEmpty && wrong.known(0) == nil)
    }

    @Test("one model serves many threads")
    func threads() async throws {
        let model = try DecisionModel.read([
            file(input("a", "number") + decision("d", inputs: ["a"], literal("a * a")))
        ])
        let sums = await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<50).allSatisfy { number in
                        let given = task * 50 + number
                        return answer(model, "d", [("a", "\(given)")]).value == "\(given * given)"
                    }
                }
            }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(sums)
    }
}
