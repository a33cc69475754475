// SPDX-License-Identifier: Apache-2.0

// What is found about the rules of tables, against looking at each row that tells any two apart.

import CompiledTables
import DecimalNumbers
import Decisions
import FEEL
import Foundation
import Testing
import VigieLimits

@Suite struct LintTests {
    static let isLong = ProcessInfo.processInfo.environment["VIGIE_LONG_TESTS"] != nil
    static let tableCount = isLong ? 1_000 : 100

    @Test func findsWhatLookingAtEachRowFinds() throws {
        var counts: [TableFinding.Kind: Int] = [:]
        for seed in 0..<Self.tableCount {
            let random = RandomTable(seed: seed)
            let model = try DecisionModel.read([random.file()], .standard)
            let node = try #require(model.node("Out"))
            let compiled = CompiledModel(model, deciding: [node])
            let report = try #require(compiled.lint().first)
            try #require(report.truncated.isEmpty && report.unfinished.isEmpty)
            try #require(report.unseen.isEmpty)
            let look = NaiveLook(model.tables[0], random.kinds)
            for finding in report.findings { counts[finding.kind, default: 0] += 1 }
            guard let difference = look.difference(from: report) else { continue }
            let words = report.findings.map(\.description).joined(separator: "\n")
            let text = String(decoding: random.file().bytes, as: UTF8.self)
            Issue.record("seed \(seed): \(difference)\n\(words)\n\(text)")
            return
        }
        #expect(counts.count == 5 && counts.values.allSatisfy { $0 > Self.tableCount / 10 })
    }

    /// A table over an input each of a score, a class and a day, with some rules.
    private func report(
        _ policy: String,
        _ rules: [[String]],
        more: String = "",
        mayGoOn: @escaping () -> Bool = { true }
    ) throws -> TableReport {
        let inputs = [("score", "number"), ("class", "string"), ("since", "date")]
        let nodes = inputs.map {
            "<inputData id=\"\($0)\" name=\"\($0)\"><variable name=\"\($0)\" typeRef=\"\($1)\"/>"
                + "</inputData>"
        }
        let needs = inputs.map {
            "<informationRequirement><requiredInput href=\"#\($0.0)\"/></informationRequirement>"
        }
        let columns = inputs.map {
            "<input><inputExpression typeRef=\"\($1)\"><text>\($0)</text></inputExpression></input>"
        }
        let rows = rules.map { cells in
            "<rule>"
                + cells.dropLast().map {
                    "<inputEntry><text>\(markup($0))</text></inputEntry>"
                }.joined() + "<outputEntry><text>\(cells.last ?? "")</text></outputEntry></rule>"
        }
        let text = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="def" name="m" \
            namespace="urn:m">\(nodes.joined())<decision id="d" name="d"><variable name="d"/>
            \(needs.joined())<decisionTable hitPolicy="\(policy)">\(columns.joined())
            <output typeRef="number">\(more)</output>
            \(rows.joined(separator: "\n"))</decisionTable></decision></definitions>
            """
        let model = try DecisionModel.read([DecisionFile(name: "m", bytes: Array(text.utf8))])
        return try #require(
            CompiledModel(model, deciding: model.nodes(.decision)).lint(mayGoOn: mayGoOn).first
        )
    }

    private func words(_ policy: String, _ rules: [[String]], more: String = "") throws -> [String]
    {
        try report(policy, rules, more: more).findings
            .filter { $0.kind != .missingValueMatch }.map(\.description)
    }

    @Test func tellsOverlapsByTheHitPolicy() throws {
        let rules = [
            [">= 500", "\"A\", \"B\"", "-", "1"], ["[400..600)", "\"B\"", "-", "2"],
            ["-", "-", "-", "2"],
        ]
        let overlaps = { (words: [String]) in words.filter { $0.contains("both match") } }
        #expect(
            overlaps(try words("UNIQUE", rules)) == [
                "rules 1 and 2 both match: score 500, class B, since any",
                "rules 1 and 3 both match: score 500, class A, since any",
                "rules 2 and 3 both match: score 400, class B, since any",
            ]
        )
        #expect(overlaps(try words("ANY", rules)).count == 2)
        for policy in ["FIRST", "COLLECT", "RULE ORDER"] {
            #expect(try words(policy, rules) == [])
        }
    }

    @Test func tellsGaps() throws {
        let rules = [
            ["< 500", "-", "-", "1"], ["> 500", "-", "< date(\"2020-01-01\")", "1"],
            ["> 500", "not(\"A\")", "-", "1"],
        ]
        let gaps = try words("FIRST", rules)
        #expect(
            gaps == [
                "no rule matches: score 500, class any, since any",
                "no rule matches: score 501, class A, since 2020-01-01",
                "no rule matches where a value is missing: score 501, class A, since missing",
                "no rule matches where a value is missing: score missing, class any, "
                    + "since 2019-12-31",
            ]
        )
        let standard = "<defaultOutputEntry><text>0</text></defaultOutputEntry>"
        #expect(try words("FIRST", rules, more: standard) == [])
        #expect(try words("COLLECT", rules) == [])
    }

    @Test func tellsOfMissingValuesThatMatch() throws {
        let rules = [
            ["-", "not(\"A\")", "-", "1"], ["-", "not(\"A\", null)", "-", "2"],
            ["not(null)", "-", "-", "3"], ["-", "null", "-", "4"],
        ]
        let findings = try report("COLLECT", rules).findings
        #expect(
            findings.map(\.description) == [
                "rule 1 matches where class is missing, since not(...) lets that through: "
                    + "score any, class missing, since any"
            ]
        )
    }

    @Test func tellsDeadRules() throws {
        let rules = [
            ["< 500", "-", "-", "1"], [">= 500", "-", "-", "2"], ["> 700", "\"A\"", "-", "3"],
            ["[400..600]", "-", "-", "4"], ["-", "-", "-", "5"], ["null", "-", "-", "6"],
            ["(3..3]", "-", "-", "7"],
        ]
        #expect(
            try words("FIRST", rules) == [
                "rule 7 never matches: no score passes it",
                "rule 3 never decides, since rule 2 takes all its rows: score 701, class A, "
                    + "since any",
                "rule 4 never decides, since rules before it take all its rows: score 400, "
                    + "class any, since any",
                "rule 6 never decides, since rule 5 takes all its rows: score missing, "
                    + "class any, since any",
            ]
        )
    }

    @Test func tellsWhatItDidNotFinish() throws {
        let rules = (0..<20).map { ["\($0)", "\"A\"", "-", "1"] }
        let report = try report("FIRST", rules) { false }
        #expect(report.unfinished == [.gap, .missingValueGap])
    }

    @Test func tellsSomeOfMany() throws {
        let rules = (0..<20).map { ["\($0), 100", "-", "-", "1"] }
        let report = try report("UNIQUE", rules)
        #expect(report.findings.count { $0.kind == .overlap } == LintLimits.findings)
        #expect(report.truncated == [.overlap])
    }

    @Test func leavesOutWhatTheInterpreterHasAPartIn() throws {
        let report = try report(
            "UNIQUE",
            [["? * 2 > 5", "-", "-", "1"], ["-", "\"A\"", "-", "1"], ["> 5", "\"A\"", "-", "2"]]
        )
        #expect(report.unseen.map(\.rule) == [0])
        #expect(report.unseen.map(\.inputs) == [[0]])
        #expect(report.findings.map(\.rules) == [[1, 2]])
    }
}
