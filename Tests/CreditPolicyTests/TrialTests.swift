// SPDX-License-Identifier: Apache-2.0

// Tests of a policy, what they leave out, what another version changes, and why a rule did not
// match.

import CreditPolicy
import DecimalNumbers
import Decisions
import FEEL
import Policies
import Quantities
import TestPolicies
import Testing
import VigieLimits

@Suite struct TrialTests {
    @Test func countsRules() throws {
        let trial = PolicyTrial(try TestPolicy.read())
        #expect(trial.cases.map(\.name) == ["one", "two"] && trial.failures == 0)
        let names = trial.neverHit.map(\.id)
        #expect(names.contains("weak") && names.contains("bureau"))
        #expect(!names.contains("good") && !names.contains("bad"), "the last one is let stand")
        #expect(trial.neverHit.first { $0.id == "weak" }?.number == 3)
    }

    @Test func tellsWhatDoesNotHold() throws {
        let tests = """
            <testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><testCase id="r">
            <inputNode name="sector"><value xsi:type="xsd:string">carrier</value></inputNode>
            <resultNode name="Risk"><expected><value xsi:type="xsd:decimal">0.4</value></expected>
            </resultNode></testCase></testCases>
            """
        let policy = try TestPolicy.read(
            ["tests/decisions.xml": tests],
            replacing: [("tests/companies.csv", "analyst,800,need", "analyst,900,equity")]
        )
        let trial = PolicyTrial(policy)
        // Tables are as of the first day of the policy.
        #expect(trial.cases.first?.failure == "Risk: 0.5, expected 0.4")
        let words = "limit is 800, expected 900; binding is need, expected equity"
        #expect(trial.cases.first { $0.name == "one" }?.failure == words)
        #expect(trial.failures == 2)
    }

    @Test func tellsWhatChanged() throws {
        let before = try TestPolicy.read()
        let same = try PolicyDifference(before, before)
        #expect(same.rules.isEmpty && same.changedCount == 0 && same.companyCount == 2)
        let after = try TestPolicy.read(replacing: [
            ("policy.dmn", "<text>0.25</text>", "<text>0.01</text>"),
            ("policy.dmn", "<rule id=\"need-most\">", "<rule id=\"need-other\">"),
            (
                "policy.dmn", "<decisionTable hitPolicy=\"FIRST\">",
                "<decisionTable hitPolicy=\"RULE ORDER\">"
            ),
            ("waivers.json", "bad", "weak"), ("policy.dmn", "= 0 then 1 else", "= 0 then 2 else"),
        ])
        let difference = try PolicyDifference(
            before,
            after,
            questions: [
                question(["grade": "2", "amount": "5000", "net_worth": "1", "equity": "1"])
            ]
        )
        let changes = difference.rules.map { "\($0.decision) \($0.name) \($0.change)" }
        #expect(
            changes.contains("Need need-most removed") && changes.contains("Need need-other added")
        )
        #expect(
            difference.rules.contains {
                guard case .changed(let cells) = $0.change else { return false }
                return cells.map { "\($0.column) \($0.before) \($0.after)" }
                    == ["share_of_equity 0.25 0.01"]
            },
            "\(changes)"
        )
        let decisions = [
            "Action: has other columns, or another hit policy",
            "Risk: an expression, an input or an output is another",
        ]
        #expect(difference.decisions == decisions)
        #expect(difference.parts == ["waivers.json: changed"])
        #expect(difference.companyCount == 3 && difference.changedCount == 1)
        #expect(
            difference.totals.before.limits == 1800,
            "800 and 1,000; of one its turnover is missing"
        )
        #expect(difference.totals.after.limits == 1000, "800 and 200")
        #expect(difference.totals.before.outcomes == [.granted: 2, .investigation: 1])
        #expect(difference.transitions == [["A", "A"]: 1, ["B", "B"]: 2])
        let changed = try #require(difference.companies.first)
        #expect(changed.name == "two")
        #expect(
            changed.changes.map { "\($0.name) \($0.before) \($0.after)" }
                .starts(with: ["limit 1000 200", "binding net_worth equity"])
        )
    }

    @Test func groupsAreTriedTogether() throws {
        let columns = "scenario,group,grade,amount,net_worth,equity,own_turnover,expect.limit,"
        let rows = """
            \(columns)expect.binding
            a,g,2,1000,10000,20000,30000,800,group
            b,g,2,1000,10000,20000,30000,700,group
            c,h,2,1000,10000,20000,30000,1000,need
            """
        let policy = try TestPolicy.read(["tests/companies.csv": rows])
        let trial = PolicyTrial(policy)
        #expect(trial.failures == 0, "\(trial.cases.map(\.failure))")
        let table = try #require(policy.model.tables.firstIndex { $0.decisionName == "Class" })
        #expect(trial.hits[table][1] == 3, "who is decided again counts once")
        let difference = try PolicyDifference(policy, policy)
        #expect(difference.totals.before.limits == 2500 && difference.changedCount == 0)
    }

    @Test func tellsWhatMoved() throws {
        let model = try #require(TestPolicy.parts["policy.dmn"])
        let lines = model.split(separator: "\n", omittingEmptySubsequences: false)
        let hold = try #require(lines.firstIndex { $0.contains("<rule id=\"hold\">") })
        var moved = lines
        moved.swapAt(hold, hold + 1)
        let after = try TestPolicy.read(["policy.dmn": moved.joined(separator: "\n")])
        let difference = try PolicyDifference(try TestPolicy.read(), after)
        #expect(difference.rules.map(\.name) == ["ship"])
        #expect(difference.rules.first?.change == .moved(3, 2))
    }

    @Test func listsSoManyChanges() throws {
        var scenarios = "scenario,grade,amount,net_worth,equity,own_turnover\n"
        for number in 0...PolicyLimits.listedChanges {
            scenarios += "c\(number),2,8000,10000,20000,1000000\n"
        }
        let before = try TestPolicy.read(["tests/companies.csv": scenarios])
        let after = try TestPolicy.read(
            ["tests/companies.csv": scenarios],
            replacing: [("policy.dmn", "<text>0.25</text>", "<text>0.01</text>")]
        )
        let difference = try PolicyDifference(before, after)
        #expect(difference.changedCount == PolicyLimits.listedChanges + 1)
        #expect(difference.companies.count == PolicyLimits.listedChanges)
    }

    @Test func tellsWhyNot() throws {
        let decider = CreditDecider(try TestPolicy.read())
        let decision = try decider.decide(
            question(
                .order,
                [
                    "grade": "5", "amount": "800", "net_worth": "10000", "equity": "1",
                    "own_turnover": "1000000", "open_invoices": "10",
                ]
            )
        )
        let all = decider.explanations(of: decision, nearMisses: true)
        let riskClass = try #require(all.first { $0.match.decision == "Class" })
        #expect(riskClass.matched.map(\.id) == ["over"])
        #expect(riskClass.matched.first?.cells.first?.text == "> 3")
        #expect(riskClass.nearMisses.count == PolicyLimits.nearMisses)
        let weak = try #require(riskClass.nearMisses.first { $0.id == "weak" })
        #expect(weak.cells.map(\.distance) == ["2"] && weak.cells.first?.value == "5")
        #expect(weak.outputs.map(\.text) == ["\"C\""])
        #expect(
            decider.explanations(of: decision, nearMisses: false).allSatisfy {
                $0.nearMisses.isEmpty
            }
        )
        let unknown = try decider.decide(question(.order, [:]))
        let none = try #require(
            decider.explanations(of: unknown, nearMisses: true).first {
                $0.match.decision == "Class"
            }
        )
        #expect(none.match.answer == "none" && none.matched.isEmpty)
        #expect(none.nearMisses.allSatisfy { $0.cells.allSatisfy(\.isUnknown) })
    }
}
