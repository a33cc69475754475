// SPDX-License-Identifier: Apache-2.0

// `vigie policy test` and `vigie policy lint`, as a shell would run them.

import FoundationEssentials
import Glibc
import Testing

@Suite struct PolicyTests {
    private let directory: String

    init() throws {
        directory =
            FileManager.default.temporaryDirectory.path
            + "/vigie-policy-\(UInt64.random(in: 0...(.max)))"
        try FileManager.default.createDirectory(
            atPath: directory + "/level-1/0001-terms",
            withIntermediateDirectories: true
        )
        try write("terms.dmn", model(imports: "base"))
        try write("base.dmn", base)
        try write("terms-test-01.xml", tests(("1", "60"), ("2", "30")))
    }

    private var folder: String { directory + "/level-1/0001-terms" }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
    }

    private let base = """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="b"
        namespace="urn:b">
        <inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData></definitions>
        """

    private func model(imports name: String, cell: String = "&lt; 2") -> String {
        """
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m"
        namespace="urn:m">
        <import name="\(name)" namespace="urn:b"
        importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
        <decision id="d" name="Term"><variable name="Term" typeRef="number"/>
        <informationRequirement><requiredInput href="urn:b#n"/></informationRequirement>
        <decisionTable hitPolicy="FIRST"><input><inputExpression typeRef="number">
        <text>base.n</text></inputExpression></input><output typeRef="number"/>
        <rule><inputEntry><text>\(cell)</text></inputEntry>
        <outputEntry><text>60</text></outputEntry></rule>
        <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>30</text></outputEntry>
        </rule>
        </decisionTable></decision></definitions>
        """
    }

    private func tests(_ cases: (given: String, expected: String)...) -> String {
        let elements = cases.enumerated().map { index, test in
            """
            <testCase id="00\(index + 1)"><inputNode name="n">
            <value xsi:type="xsd:decimal">\(test.given)</value></inputNode>
            <resultNode name="Term"><expected>
            <value xsi:type="xsd:decimal">\(test.expected)</value></expected></resultNode>
            </testCase>
            """
        }
        return """
            <testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><modelName>terms.dmn</modelName>
            \(elements.joined())</testCases>
            """
    }

    private func vigie(_ arguments: String...) throws -> ProgramResult {
        try policy(["test"] + arguments)
    }

    private func policy(_ arguments: [String]) throws -> ProgramResult {
        try ChildProcess(
            "vigie",
            ["policy"] + arguments,
            environment: [:],
            directory: directory
        ).wait()
    }

    @Test func holds() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let tests = folder + "/terms-test-01.xml"
        let results = directory + "/results.csv"
        let result = try vigie(
            "--strict",
            folder + "/terms.dmn",
            tests,
            "--results",
            results
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "ok \(tests) 001\nok \(tests) 002\n2 of 2 tests hold\n")
        #expect(
            try ChildProcess.text(results).split(separator: "\n").first
                == "\"level-1/0001-terms\",\"terms-test-01\",\"001\",\"SUCCESS\",\"\""
        )
    }

    @Test func failsAndRefuses() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try write("wrong.xml", tests(("1", "60"), ("2", "31")))
        let model = folder + "/terms.dmn"
        let wrong = try vigie(model, folder + "/wrong.xml")
        #expect(wrong.status == 1)
        #expect(wrong.output.contains("002: Term: 30, expected 31\n1 of 2 tests hold"))
        // A word without quotes: null as the standard has it, refused strictly.
        try write("terms.dmn", self.model(imports: "base", cell: "two"))
        let lenient = try vigie(model, folder + "/terms-test-01.xml")
        #expect(lenient.status == 1 && lenient.errors.contains("two is not a known name"))
        let strict = try vigie("--strict", model, folder + "/terms-test-01.xml")
        #expect(strict.status == 65, "\(strict.output)")
        #expect(strict.errors.contains("rule 1, input \"base.n\": two is not a known name"))
        try write("empty.xml", tests())
        let none = try vigie(model, folder + "/empty.xml")
        #expect(none.status == 65 && none.errors.contains("there is no test"))
        #expect(try vigie(model, folder + "/none.xml").status == 66)
        #expect(try vigie(model, folder + "/base.dmn").status == 64)
        #expect(try vigie(model, model + "x").status == 66)
    }

    @Test func looksAtRules() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = folder + "/terms.dmn"
        let clean = try policy(["lint", path])
        #expect(clean.status == 0, "\(clean.errors)")
        let none =
            "overlaps: 0; gaps: 0; missing value gaps: 0; missing value matches: 0; dead rules: 0\n"
        #expect(clean.output == none)
        try write("terms.dmn", model(imports: "base", cell: "-"))
        let dead = try policy(["lint", path])
        #expect(dead.status == 1)
        #expect(
            dead.output.contains(
                "terms.dmn: line 5, decision \"Term\": dead rule: rule 2 never decides, since "
                    + "rule 1 takes all its rows: base.n any\n"
            )
        )
        try write("terms.dmn", model(imports: "base", cell: "? + 1 &gt; 3"))
        let slow = try policy(["lint", path])
        #expect(slow.status == 0)
        #expect(slow.output.contains("slow: terms.dmn: line 9, decision \"Term\", rule 1"))
        #expect(slow.output.contains("evaluated row by row: 1 slow cell\n"))
        try write("terms.dmn", model(imports: "base", cell: "two"))
        #expect(try policy(["lint", path]).status == 65)
        #expect(try policy(["lint"]).status == 64)
        #expect(try policy(["lint", "--seconds", "0", path]).status == 64)
    }
}
