// SPDX-License-Identifier: Apache-2.0

// Simulations of portfolios against what CreditDecider decides of each company.

import CreditPolicy
import DecimalNumbers
import Decisions
import FEEL
import Policies
import Quantities
import TestPolicies
import Testing
import VigieLimits

@Suite struct SimulationTests {
    /// What decisions one by one come to.
    private struct Naive {
        var sums = PolicyTotals()
        var hits: [String: Int] = [:]
        var none = 0
        var exposedLoss: DecimalNumber = 0

        mutating func add(_ decision: CreditDecision, _ decider: CreditDecider) {
            sums.add(decision)
            exposedLoss = exposedLoss.adding(decision.exposedLoss ?? 0) ?? 0
            for outcome in decider.evaluation.outcomes {
                if outcome.answer == .none { none += 1 }
                for rule in outcome.decisive { hits["\(outcome.table) \(rule)", default: 0] += 1 }
            }
        }
    }

    private let day = CalendarDate("2025-06-30") ?? .first

    @Test(arguments: ["cautious-supplier", "export-wholesaler"])
    func addsUpWhatIsDecidedAlone(_ name: String) throws {
        let old = try samplePolicy("cautious-supplier")
        let new =
            name == "cautious-supplier"
            ? try samplePolicy(
                name,
                replacing: [("<text>150000</text>", "<text>90000</text>"), ("&gt; 60", "&gt; 45")]
            ) : try samplePolicy(name)
        var companies = RandomCompanies(old, seed: 9, fixed: [:])
        let simulation = try PolicySimulation(
            old,
            new,
            on: day,
            columns: companies.columns,
            greatest: 7
        )
        let plan = try CreditBlockPlan(old, on: day, columns: companies.columns)
        let (before, after) = (CreditDecider(old), CreditDecider(new))
        var (first, second) = (Naive(), Naive())
        var (changed, differences, moves) = (0, [(Int, DecimalNumber)](), [String: Int]())
        for start in [0, 300, 600] {
            let block = try companies.next(300, plan)
            #expect(
                simulation.add(try block.values(simulation), rowCount: 300) { "\(start + $0)" }
            )
            for row in 0..<300 {
                var question = block.question(row, on: day)
                let was = before.tried(question)
                first.add(was, before)
                let names = new.manifest.inputs.map(\.name)
                question.facts = question.facts.filter { names.contains($0.key) }
                if question.role.flatMap(new.manifest.authority.role) == nil { question.role = nil }
                let will = after.tried(question)
                second.add(will, after)
                moves["\(was.riskClass ?? "") \(will.riskClass ?? "")", default: 0] += 1
                guard Self.parts.contains(where: { was.text($0) != will.text($0) }) else {
                    continue
                }
                changed += 1
                let difference = (will.limit?.amount ?? 0).subtracting(was.limit?.amount ?? 0) ?? 0
                differences.append((start + row, difference.magnitude))
            }
        }
        #expect(simulation.companyCount == 900 && simulation.changedCount == changed)
        #expect(changed > 20)
        check(simulation.before, first)
        check(simulation.after, second)
        differences.sort { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }
        #expect(simulation.changes.map(\.place) == differences.prefix(7).map(\.0))
        #expect(simulation.changes.map(\.name) == differences.prefix(7).map { "\($0.0)" })
        for (was, will, count) in simulation.classes {
            #expect(moves.removeValue(forKey: "\(was) \(will)") == count)
        }
        #expect(moves.isEmpty)
    }

    private func check(_ policy: SimulatedPolicy, _ naive: Naive) {
        let sums = policy.sums
        for (place, outcome) in CreditDecision.Outcome.allCases.enumerated() {
            #expect(sums.outcomes[place] == naive.sums.outcomes[outcome] ?? 0)
        }
        #expect(sums.limits.sum == naive.sums.limits && sums.ownRisk.sum == naive.sums.ownRisk)
        #expect(sums.exposureAbove.sum == naive.sums.exposureAbove)
        #expect(sums.expectedLoss.sum == naive.sums.expectedLoss)
        #expect(sums.exposedLoss.sum == naive.exposedLoss)
        let roles = policy.policy.manifest.authority.roles.map(\.name) + [""]
        for (role, count) in zip(roles, sums.routed) {
            #expect(count == naive.sums.routed[role] ?? 0, "\(role)")
        }
        for hits in policy.hits {
            for (rule, count) in hits.rules.enumerated() {
                #expect(count == naive.hits["\(hits.table) \(rule)"] ?? 0, "\(hits.table) \(rule)")
            }
        }
        #expect(policy.hits.reduce(0) { $0 + $1.none } == naive.none)
        let never = policy.hits.reduce(0) { $0 + $1.rules.count { $0 == 0 } }
        #expect(policy.rulesNeverHit.count == never)
    }

    private static let parts = [
        "outcome", "class", "need", "limit", "binding", "term_days", "deposit", "prepayment",
        "action", "role", "guarantees", "clauses",
    ]

    @Test func twoOfTheSameChangeNothing() throws {
        let policy = try samplePolicy("export-wholesaler")
        var companies = RandomCompanies(policy, seed: 11, fixed: [:])
        let simulation = try PolicySimulation(
            policy,
            policy,
            on: day,
            columns: companies.columns,
            greatest: 5
        )
        let plan = try CreditBlockPlan(policy, on: day, columns: companies.columns)
        let block = try companies.next(200, plan)
        let values = try block.values(simulation)
        #expect(simulation.add(values, rowCount: 200) { "\($0)" })
        #expect(simulation.changedCount == 0 && simulation.changes.isEmpty)
        #expect(!simulation.add(Array(values.dropLast()), rowCount: 200) { "\($0)" })
        #expect(!simulation.add(values, rowCount: CompiledTableLimits.blockRows + 1) { "\($0)" })
    }

    @Test func whatDoesNotFitIsTold() throws {
        let policy = try samplePolicy("cautious-supplier")
        func refusal(_ columns: [CreditColumn], _ fixed: [String: FEELValue] = [:]) -> String {
            do {
                _ = try CreditBlockPlan(policy, on: day, columns: columns, fixed: fixed)
                return ""
            } catch { return "\(error)" }
        }
        #expect(refusal([CreditColumn("equty", .number)]).contains("Did you mean \"equity\"?"))
        #expect(refusal([CreditColumn("equity", .text)]).contains("has to be a number"))
        let twice = [CreditColumn("equity", .number), CreditColumn("equity", .number)]
        #expect(refusal(twice).contains("given twice"))
        #expect(refusal([twice[0]], ["equity": .null]).contains("as a column and as a value"))
        let early = CalendarDate("2020-01-01") ?? .first
        #expect(throws: PolicyError.self) { try CreditBlockPlan(policy, on: early, columns: []) }
        let plan = try CreditBlockPlan(policy, on: day, columns: [CreditColumn("stage", .text)])
        #expect(throws: PolicyError.self) { try plan.texts(["quotation"], for: 0) }
    }
}
