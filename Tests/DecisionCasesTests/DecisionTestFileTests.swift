// SPDX-License-Identifier: Apache-2.0

// Files of tests: what is read, what is refused, and what is said of a test that does not hold.

import DecisionCases
import Decisions
import Documents
import FEEL
import Testing
import VigieLimits

@Suite struct DecisionTestFileTests {
    private static let model = """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m"
        namespace="urn:m"><itemDefinition name="tRow"><itemComponent name="day">
        <typeRef>date</typeRef></itemComponent></itemDefinition>
        <inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>
        <inputData id="row" name="row"><variable name="row" typeRef="tRow"/></inputData>
        <decision id="d" name="d"><variable name="d"/>
        <informationRequirement><requiredInput href="#n"/></informationRequirement>
        <literalExpression><text>n / 3</text></literalExpression></decision>
        <decision id="e" name="e"><variable name="e"/>
        <informationRequirement><requiredInput href="#row"/></informationRequirement>
        <literalExpression><text>[row.day, {a: row.day.year}]</text></literalExpression></decision>
        <decisionService id="s" name="s"><outputDecision href="#d"/><inputData href="#n"/>
        </decisionService>
        </definitions>
        """

    private func tests(_ cases: String, _ attributes: String = "") throws -> DecisionTestFile {
        let text = """
            <testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" \(attributes)
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><modelName>m.dmn</modelName>
            \(cases)</testCases>
            """
        return try DecisionTestFile(name: "t.xml", bytes: Array(text.utf8))
    }

    private func failures(
        _ cases: String,
        _ comparison: DecisionTestRun.Comparison = .kit
    ) throws -> [[String]] {
        let model = try DecisionModel.read([
            DecisionFile(name: "m.dmn", bytes: Array(Self.model.utf8))
        ])
        let run = DecisionTestRun(model, comparison, now: nil, zones: .utcOnly)
        return try tests(cases).cases.map { run.failures(of: $0) }
    }

    private func third(_ expected: String) -> String {
        """
        <testCase id="1"><inputNode name="n"><value xsi:type="xsd:decimal">1</value></inputNode>
        <resultNode name="d"><expected><value xsi:type="xsd:decimal">\(expected)</value></expected>
        </resultNode></testCase>
        """
    }

    @Test("numbers within what the kit allows, or exactly")
    func numbers() throws {
        #expect(try failures(third("0.333333333")) == [[]])
        #expect(
            try failures(third("0.333333333"), .exact) == [
                ["d: 0.3333333333333333333333333333333333, expected 0.333333333"]
            ]
        )
        #expect(try failures(third("0.3333333333333333333333333333333333"), .exact) == [[]])
        #expect(try failures(third("0.34")).first?.count == 1)
    }

    @Test("values without a type take that of what they are for")
    func untyped() throws {
        let test = { (day: String, year: String) in
            """
            <testCase><inputNode name="row"><component name="day"><value>2026-11-29</value>
            </component></inputNode><resultNode name="e"><expected><list>
            <item><value>\(day)</value></item><item><component name="a"><value>\(year)</value>
            </component></item></list></expected></resultNode></testCase>
            """
        }
        #expect(try failures(test("2026-11-29", "2026")) == [[]])
        #expect(try failures(test("2026-11-28", "2026")).first?.count == 1)
        #expect(try failures(test("2026-11-29", "2027")).first?.count == 1)
    }

    @Test func services() throws {
        let call = """
            <testCase id="1" type="decisionService" invocableName="s">
            <inputNode name="n"><value xsi:type="xsd:int">6</value></inputNode>
            <resultNode name="d"><expected><value xsi:type="xsd:int">2</value></expected>
            </resultNode></testCase>
            """
        #expect(try failures(call) == [[]])
        #expect(
            try failures(call.replacing("inputNode name=\"n\"", with: "inputNode name=\"k\"")) == [
                ["d: \"s\" takes no \"k\""]
            ]
        )
        let unknown = "<testCase><resultNode name=\"z\"/></testCase>"
        #expect(try failures(unknown) == [["z: the model has no \"z\""]])
    }

    @Test("messages that have to be there")
    func says() throws {
        let test = { (words: String) in
            """
            <testCase><inputNode name="n"><value xsi:type="xsd:string">a</value></inputNode>
            <resultNode name="d" v:says="\(words)" xmlns:v="urn:vigie:tests"><expected>
            <value xsi:nil="true"/></expected></resultNode></testCase>
            """
        }
        #expect(try failures(test("n: a string is no number")) == [[]])
        #expect(
            try failures(test("something else")).first?.first?.contains("no message says") == true
        )
    }

    @Test(
        "what is refused, with its line",
        arguments: [
            (
                "<testCase><inputNode/></testCase>",
                "line 3 (inputNode): attribute \"name\" is missing"
            ),
            (
                "<testCase><inputNode name=\"n\"><value xsi:type=\"xsd:decimal\">x</value>"
                    + "</inputNode></testCase>", "\"x\" is no xsd:decimal"
            ),
            (
                "<testCase><inputNode name=\"n\"><value xsi:type=\"xsd:hexBinary\">x</value>"
                    + "</inputNode></testCase>", "values of the type \"xsd:hexBinary\" are not read"
            ),
            ("", "there is no test"),
        ]
    )
    func refused(cases: String, words: String) throws {
        let error = #expect(throws: DocumentError.self) { try tests(cases) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func limits() throws {
        let long = Array(repeating: UInt8(0x20), count: DecisionLimits.fileBytes + 1)
        #expect(throws: DocumentError.self) { try DecisionTestFile(name: "t", bytes: long) }
        let depth = DecisionLimits.boxedNesting + 1
        let nested =
            String(repeating: "<list><item>", count: depth)
            + String(repeating: "</item></list>", count: depth)
        let error = #expect(throws: DocumentError.self) {
            try tests("<testCase><inputNode name=\"n\">\(nested)</inputNode></testCase>")
        }
        #expect(error?.message == "values are nested deeper than \(DecisionLimits.boxedNesting)")
    }

    @Test("lines of results are those of the kit")
    func results() {
        let good = KitResult(path: "/a/level-2/0001-x/0001-x-test-01.xml", id: "001", failure: nil)
        #expect(good.line == "\"level-2/0001-x\",\"0001-x-test-01\",\"001\",\"SUCCESS\",\"\"\n")
        let bad = KitResult(path: "t.xml", id: "2", failure: "d: \"a\"\nexpected 2")
        #expect(bad.line == "\"\",\"t\",\"2\",\"ERROR\",\"d: \"\"a\"\" expected 2\"\n")
    }
}
