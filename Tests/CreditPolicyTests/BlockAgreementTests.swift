// SPDX-License-Identifier: Apache-2.0

// Decisions in blocks of columns against CreditDecider, which decides on one company after the
// other: on rows by chance, at the edges of every threshold, and on what is no number.

import CompiledTables
import CreditPolicy
import DecimalNumbers
import Decisions
import FEEL
import Foundation
import Policies
import Quantities
import TestPolicies
import Testing
import VigieLimits

@Suite struct BlockAgreementTests {
    static let isLong = ProcessInfo.processInfo.environment["VIGIE_LONG_TESTS"] != nil
    /// Companies of each policy.
    static let rowCount = isLong ? 200_000 : 1_200

    @Test(arguments: ["cautious-supplier", "export-wholesaler"])
    func agreeOnTheExamples(_ name: String) throws {
        let policy = try samplePolicy(name)
        let slow = try agree(policy, seed: 1)
        // A quarter has values that cannot be, and a sixth holds guarantees.
        #expect(slow * 2 < Self.rowCount, "\(slow) rows were decided one by one")
    }

    @Test func agreeOnTheSmallPolicy() throws {
        _ = try agree(TestPolicy.read(), seed: 2)
    }

    @Test(
        "made-up policies",
        arguments: [
            // A share that depends on a text, one that depends on a number, and such decisions.
            ("<text>0.1</text>", "<text>Risk * 0.1</text>"),
            ("<text>0.1</text>", "<text>Risk * 10 ** 6144</text>"),
            ("<text>\"amount\"</text>", "<text>string join([\"a\", stage])</text>"),
            (
                "<text>\"amount\"</text>",
                "<text>if Risk > 0.4 then \"amount\" else \"greatest\"</text>"
            ),
            ("<text>\"amount\"</text>", "<text>\"forecast\"</text>"),
            ("<text>\"amount\"</text>", "<text>null</text>"),
            (
                "<text>\"wait\"</text>",
                "<text>if as_of &lt; date(\"2025-07-01\") then \"a\" else \"b\"</text>"
            ),
            ("<text>&gt;= 5000</text>", "<text>&gt;= need</text>"),
            ("<text>&gt;= 5000</text>", "<text>&gt; 700.5, null</text>"),
            // What cannot be computed, or is beyond what makes sense, or overlaps.
            ("<text>0.1</text>", "<text>0.1 / (Risk - 1)</text>"),
            ("<text>0.1</text>", "<text>Risk * 3</text>"),
            (
                "<text>\"A\"</text></inputEntry><outputEntry><text>0.2",
                "<text>-</text></inputEntry><outputEntry><text>0.2"
            ),
            ("<text>\"order\"</text>", "<text>\"order\", \"quote\"</text>"),
            ("<text>&gt; 3</text>", "<text>&gt; 3 / (grade - 5)</text>"),
            ("<text>grade</text>", "<text>10 / (grade - 5)</text>"),
            ("= 0 then 1 else", "= 0 then number(sector, \",\", \".\") else"),
            ("<text>&gt;= 5000</text>", "<text>&gt;= 50 / (limit - 500)</text>"),
        ]
    )
    func agreeOnOthers(_ change: (old: String, new: String)) throws {
        var text = try #require(TestPolicy.parts["policy.dmn"])
        try #require(text.contains(change.old))
        text = text.replacing(change.old, with: change.new)
        if change.new.contains("need") {
            text = text.replacing(
                "<decision id=\"Clauses\"",
                with: "<inputData id=\"need\" name=\"need\"><variable name=\"need\" "
                    + "typeRef=\"number\"/></inputData><decision id=\"Clauses\""
            )
        }
        if change.new.contains("as_of") || change.new.contains("need")
            || change.new.contains("Risk")
        {
            text = text.withRequirements(change.new)
        }
        _ = try agree(TestPolicy.read(["policy.dmn": text]), seed: 3)
    }

    @Test func valuesThatAreTheSameForAll() throws {
        let policy = try samplePolicy("cautious-supplier")
        let fixed: [String: FEELValue] = [
            "own_turnover": .number(10_000_000), "sector": .string("construction"),
            "stage": .string("order"), "role": .string("manager"), "outcome": .string("scored"),
            "margin_rate": .number(try #require(DecimalNumber(parsing: "0.3".utf8))),
        ]
        _ = try agree(policy, seed: 4, fixed: fixed)
        _ = try agree(policy, seed: 5, fixed: ["subject": .string("natural_person")])
        _ = try agree(samplePolicy("export-wholesaler"), seed: 6, fixed: ["outcome": .null])
    }

    @Test func namesAreGivenUpWhenThereAreTooMany() throws {
        var text = try #require(TestPolicy.parts["policy.dmn"])
        let action = "<decision id=\"Action\" name=\"Action\"><variable name=\"Action\"/>"
        try #require(text.contains(action) && text.contains("<text>\"offer\"</text>"))
        text = text.replacing("<text>\"offer\"</text>", with: "<text>sector</text>")
            .replacing(
                action,
                with: action + "<informationRequirement><requiredInput href=\"#sector\"/>"
                    + "</informationRequirement>"
            )
        let policy = try TestPolicy.read(["policy.dmn": text])
        let plan = try CreditBlockPlan(
            policy,
            on: day("2025-06-30"),
            columns: [CreditColumn("sector", .text)],
            fixed: ["grade": .number(1), "amount": .number(500), "net_worth": .number(10_000)]
                .merging(["equity": .number(10_000), "own_turnover": .number(100_000)]) { $1 }
        )
        let decider = CreditBlockDecider(plan)
        let count = PolicyLimits.blockNames / 2 + 1
        let codes = (0..<count).map { Int32($0) }
        for start in [0, count, 2 * count] {
            let sectors = (0..<count).map { "s\(start + $0)" }
            let texts = try plan.texts(sectors, for: 0)
            codes.withUnsafeBufferPointer { codes in
                guard let codes = codes.baseAddress else { return }
                #expect(decider.decide([.texts(codes, texts)], rowCount: count))
            }
            let found = (0..<count).map { decider.actions[Int(decider.block.actions[$0])] }
            #expect(found == sectors)
        }
        #expect(decider.generation == 1 && decider.slowCount == 0)
    }

    /// What may be told: what is not told changes nothing of what is.
    private static let tellings: [CreditBlockParts] = [
        [], .calculation, [.calculation, .answers], [.calculation, .headroom, .exposedLoss],
        [.calculation, .prospects, .fittingDays, .lists],
    ]

    /// Decides about rows by chance both ways, and by deciders that do not tell all.
    ///
    /// - Returns: How many were decided one by one.
    private func agree(
        _ policy: Policy,
        seed: UInt64,
        fixed: [String: FEELValue] = [:]
    ) throws -> Int {
        var companies = RandomCompanies(policy, seed: seed, fixed: fixed)
        let day = try #require(CalendarDate("2025-06-30"))
        let plan = try CreditBlockPlan(policy, on: day, columns: companies.columns, fixed: fixed)
        let decider = CreditBlockDecider(plan)
        let others = Self.tellings.map { CreditBlockDecider(plan, telling: $0) }
        let naive = CreditDecider(policy)
        var (row, outcomes) = (0, Set<String>())
        while row < Self.rowCount {
            let count = min(400, Self.rowCount - row)
            let block = try companies.next(count, plan)
            #expect(decider.decide(block.values, rowCount: count))
            for other in others { #expect(other.decide(block.values, rowCount: count)) }
            for place in 0..<count {
                let wanted = naive.tried(block.question(place, on: day))
                outcomes.insert(wanted.outcome.rawValue)
                let outcomesOfTables = naive.evaluation.outcomes
                let difference =
                    decider.difference(place, wanted, outcomesOfTables)
                    ?? zip(others, Self.tellings).lazy.compactMap { other, parts in
                        other.difference(place, wanted, outcomesOfTables, telling: parts)
                            .map { "\($0), telling \(parts)" }
                    }.first
                guard let difference else { continue }
                Issue.record("row \(row + place): \(difference); \(block.words(place))")
                return decider.slowCount
            }
            row += count
        }
        #expect(outcomes.count >= (fixed["outcome"]?.isNull == true ? 1 : 2), "\(outcomes)")
        return decider.slowCount
    }
}

extension String {
    /// A model with requirements of its decisions that an expression in them needs.
    fileprivate func withRequirements(_ expression: String) -> String {
        var text = self
        for (decision, name) in [("Need", "Risk"), ("Clauses", "need"), ("Action", "as_of")]
        where expression.contains(name) {
            let kind = name == "Risk" ? "Decision" : "Input"
            let start =
                "<decision id=\"\(decision)\" name=\"\(decision)\"><variable name=\"\(decision)\"/>"
            text = text.replacing(
                start,
                with: start + "<informationRequirement><required\(kind) href=\"#\(name)\"/>"
                    + "</informationRequirement>"
            )
        }
        return text
    }
}
