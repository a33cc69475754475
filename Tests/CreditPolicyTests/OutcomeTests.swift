// SPDX-License-Identifier: Apache-2.0

// What becomes of decisions: missing facts, people, authority, groups.

import CreditPolicy
import DecimalNumbers
import FEEL
import Policies
import Quantities
import TestPolicies
import Testing

@Suite struct OutcomeTests {
    private let facts = [
        "grade": "2", "amount": "800", "net_worth": "10000", "equity": "20000",
        "own_turnover": "1000000",
    ]

    @Test func missingIsNoRefusal() throws {
        let decider = CreditDecider(try TestPolicy.read())
        var asked = question(facts)
        asked.facts["grade"] = nil
        let unknown = try decider.decide(asked)
        #expect(unknown.outcome == .investigation && unknown.limit == nil)
        #expect(unknown.missing.first?.name == "grade", "\(unknown.missing)")
        #expect(unknown.missing.first?.reason == "is not known; source: score")
        #expect(unknown.action == "wait", "what is done is asked all the same")
        asked.facts["grade"] = CreditFact(.number(2), observed: day("2025-03-01"))
        let old = try decider.decide(asked)
        #expect(old.missing.first?.reason == "is 21 days too old: at most 100 days")
        asked.facts["grade"] = CreditFact(.number(2), observed: day("2025-04-01"))
        #expect(try decider.decide(asked).outcome == .granted)
        asked.facts["net_worth"] = nil
        let figure = try decider.decide(asked)
        #expect(figure.missing.map(\.name) == ["net_worth"])
        #expect(figure.outcome == .investigation)
        asked.facts = facts.mapValues(number)
        asked.facts["grade"] = number("0")
        let silent = try decider.decide(asked).missing
        #expect(silent.map(\.name) == ["Limit", "Terms"], "no rule matches")
        #expect(silent.first?.reason == "gives no answer: no rule matches")
    }

    @Test func tablesThatSayNothingGrantNothing() throws {
        func missing(_ old: String, _ new: String) throws -> [String] {
            let policy = try TestPolicy.read(replacing: [("policy.dmn", old, new)])
            let decision = try CreditDecider(policy).decide(question(facts))
            #expect(decision.outcome == .investigation && decision.limit == nil)
            return decision.missing.map { "\($0.name) \($0.reason)" }
        }
        let bounds = "<text>0.1</text></outputEntry><outputEntry><text>0.25</text>"
        let none = bounds.replacing("0.1", with: "null").replacing("0.25", with: "null")
        let turnover = "<outputEntry><text>0.05</text></outputEntry>"
        let model = try #require(TestPolicy.parts["policy.dmn"])
        let unbounded = try TestPolicy.read([
            "policy.dmn": model.replacing(bounds, with: none)
                .replacing(turnover, with: "<outputEntry><text>null</text></outputEntry>")
        ])
        let decision = try CreditDecider(unbounded).decide(question(facts))
        #expect(decision.missing.map(\.reason) == ["bounds the limit by nothing"])
        #expect(
            try missing("<text>\"amount\"</text>", "<text>string join([\"a\", stage])</text>")
                == ["Need names no method that is known"]
        )
        #expect(
            try missing("<text>\"quote\"</text>", "<text>\"quotes\"</text>")
                == ["Need gives no answer: no rule matches"]
        )
        #expect(
            try missing("<text>0.1</text>", "<text>Risk * 10 ** 6144</text>").count == 1
        )
    }

    /// What is null by mistake is never taken for what is null by choice.
    @Test(arguments: [
        (
            "<text>0.1</text>", "<text>Risk / 0</text>",
            "decision \"Limit\", rule 2, output \"share_of_net_worth\": line 1, column 6"
        ),
        (
            "<text>\"B\"</text></inputEntry><outputEntry><text>0.1</text>",
            "<text>? &lt; Risk</text></inputEntry><outputEntry><text>0.1</text>",
            "decision \"Limit\", rule 2, input \"Class\": "
        ),
        (
            "<text>\"A\"</text></inputEntry><outputEntry><text>0.2 * Risk",
            "<text>\"A\", \"B\"</text></inputEntry><outputEntry><text>0.2 * Risk",
            "decision \"Limit\": rules 1 and 2 match, and the hit policy is UNIQUE"
        ),
        (
            "<text>grade</text>", "<text>grade / (2 - grade)</text>",
            "decision \"Class\", input \"grade / (2 - grade)\": "
        ),
        (
            "then 1 else ", "then number(sector, \",\", \".\") else ",
            "decision \"Risk\": "
        ),
    ])
    func mistakesAreInvestigated(_ old: String, _ new: String, _ says: String) throws {
        let policy = try TestPolicy.read(replacing: [("policy.dmn", old, new)])
        var asked = question(facts)
        asked.facts["sector"] = CreditFact(.string("mill"))
        let decision = try CreditDecider(policy).decide(asked)
        #expect(decision.outcome == .investigation && decision.limit == nil)
        let reasons = decision.missing.map { "\($0.name) \($0.reason)" }
        #expect(reasons.contains { $0.contains("cannot be computed: policy.dmn: line") })
        #expect(reasons.contains { $0.contains(says) }, "\(reasons)")
    }

    @Test func mistakesInWhatIsDoneAreToldBesideTheLimit() throws {
        let policy = try TestPolicy.read(replacing: [
            ("policy.dmn", "<text>\"offer\"</text>", "<text>string join([headroom])</text>")
        ])
        let decision = try CreditDecider(policy).decide(question(facts))
        #expect(decision.outcome == .investigation && decision.limit?.amount == 800)
        #expect(decision.missing.map(\.name) == ["Action"])
    }

    @Test func whatIsNotKnownIsNoMistake() throws {
        // A cell that compares what is missing does not match, and is not told rule by rule.
        var asked = question(.prospect, facts.merging(["yearly_purchases": "600"]) { $1 })
        asked.facts["amount"] = nil
        let decision = try CreditDecider(TestPolicy.read()).decide(asked)
        #expect(decision.outcome == .granted && decision.messages.isEmpty)
    }

    @Test func valuesOutOfRangeAreInvestigated() throws {
        for (old, new, says) in [
            ("<text>0.3</text>", "<text>abs(-1.3)</text>", "deposit is 1.3, and must be from 0"),
            ("<text>45</text>", "<text>abs(22.5)</text>", "days is 22.5, and must be a whole"),
            ("<text>0.1</text>", "<text>3 * Risk</text>", "share_of_net_worth is 3, and must"),
        ] {
            let policy = try TestPolicy.read(replacing: [("policy.dmn", old, new)])
            let decision = try CreditDecider(policy).decide(question(facts))
            #expect(decision.outcome == .investigation, "\(says)")
            #expect(decision.missing.contains { $0.reason.hasPrefix(says) }, "\(decision.missing)")
        }
    }

    @Test func aboveAuthorityIsRouted() throws {
        let decider = CreditDecider(try TestPolicy.read())
        func outcome(_ role: String?, _ amount: String) throws -> String {
            var numbers = facts.merging(["amount": amount, "grade": "1"]) { $1 }
            for name in ["net_worth", "equity", "own_turnover"] { numbers[name] = "2000000" }
            let decision = try decider.decide(question(role: role, numbers))
            return "\(decision.outcome.rawValue) \(decision.grantingRole ?? "-")"
                + (decision.needsSecondPerson ? " two" : "")
        }
        #expect(try outcome("analyst", "1000") == "granted analyst")
        #expect(try outcome("analyst", "1001") == "routed manager", "1,100 in whole hundreds")
        #expect(try outcome(nil, "1000") == "routed analyst")
        #expect(try outcome("director", "1000") == "granted director")
        #expect(try outcome("manager", "20000") == "granted manager")
        #expect(try outcome("manager", "20100") == "routed manager two")
        #expect(
            try outcome("manager", "60000") == "routed director two",
            "above what a manager may"
        )
    }

    @Test func peopleAreDecidedByPeople() throws {
        var asked = question(facts)
        asked.subject = .naturalPerson
        let decision = try CreditDecider(TestPolicy.read()).decide(asked)
        #expect(decision.outcome == .humanReview && decision.limit?.amount == 800)
    }

    @Test func policyHoldsForItsTime() throws {
        let decider = CreditDecider(try TestPolicy.read())
        #expect(throws: PolicyError.self) { try decider.decide(question(on: "2027-01-01", facts)) }
        #expect(decider.tried(question(on: "2027-01-01", facts)).outcome == .granted)
    }

    @Test func groupsShareWhatBoundsThem() throws {
        let policy = try TestPolicy.read()
        let decider = CreditDecider(policy)
        var decisions: [CreditDecision] = []
        for (group, amount, turnover) in [
            ("g", "1000", "30000"), ("g", "700", "30000"), ("h", "1000", "30000"),
            ("g", "300", "40000"),
        ] {
            var asked = question(
                facts.merging(["amount": amount, "own_turnover": turnover]) { $1 }
            )
            asked.group = group
            decisions.append(try decider.decide(asked))
        }
        #expect(decisions.map { $0.limit?.amount } == [1000, 700, 1000, 300])
        for (place, share) in CreditGroups.shares(of: decisions, policy) {
            decisions[place] = try decider.decide(decisions[place].question, within: share)
        }
        // 1,500 of 2,000: 750, 525 and 225; whole hundreds, and the two that are left to the
        // largest rests.
        #expect(decisions.map { $0.limit?.amount } == [800, 500, 1000, 200])
        #expect(decisions.map { $0.limit?.binding } == ["group", "group", "need", "group"])
        // What depends on the limit is that of the share: what is left, and the words.
        #expect(decisions.map(\.headroom) == [800, 500, 1000, 200])
        for decision in decisions {
            let words = decision.clauses.first?.english ?? ""
            #expect(words.contains("up to \(decision.text("limit") ?? "-") EUR"), "\(words)")
        }
    }
}
