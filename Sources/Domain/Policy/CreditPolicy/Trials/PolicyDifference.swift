// SPDX-License-Identifier: Apache-2.0

// What is otherwise in another version of a policy: in its words, and for companies.

internal import Decisions
package import Policies
internal import VigieLimits

/// What is otherwise in another version of a policy.
package struct PolicyDifference: Sendable {
    /// A change of a rule.
    package enum RuleChange: Sendable, Equatable {
        /// It is new.
        case added
        /// It is gone.
        case removed
        /// Cells of it are others: column, before, after.
        case changed([CellChange])
        /// It stands elsewhere among the rules: before, after, from 1.
        case moved(Int, Int)
    }

    /// A change of a cell.
    package struct CellChange: Sendable, Equatable {
        /// The column.
        package let column: String
        /// What it was.
        package let before: String
        /// What it is.
        package let after: String
    }

    /// A rule that is otherwise.
    package struct Rule: Sendable {
        /// The decision.
        package let decision: String
        /// Its id, or its number, from 1, in the version in which it stands.
        package let name: String
        /// What is otherwise.
        package let change: RuleChange
    }

    /// A company for which something is otherwise.
    package struct Company: Sendable {
        /// Its name.
        package let name: String
        /// What is otherwise: name, before, after.
        package let changes: [(name: String, before: String, after: String)]
    }

    /// Rules that are otherwise.
    package let rules: [Rule]
    /// Decisions that only one of them has, or that say something else beside their rules.
    package let decisions: [String]
    /// Files beside those of the model that only one of them has, or that are otherwise.
    package let parts: [String]
    /// Companies for which something is otherwise, the first ones.
    package private(set) var companies: [Company] = []
    /// How many there are.
    package private(set) var changedCount = 0
    /// How many were held against each other.
    package private(set) var companyCount = 0
    /// What all decisions come to before, and after.
    package private(set) var totals = (before: PolicyTotals(), after: PolicyTotals())
    /// Whether all companies were decided on.
    package private(set) var isComplete = true
    /// How many companies went from one class to another, or stayed: the classes, empty for none.
    package private(set) var transitions: [[String]: Int] = [:]

    /// Holds two versions against each other: in words, and for the companies of their scenarios
    /// and some more.
    ///
    /// - Parameter mayGoOn: Whether somebody still wants to know; asked before each company.
    /// - Throws: What is wrong with a scenario.
    package init(
        _ before: Policy,
        _ after: Policy,
        questions: [CreditQuestion] = [],
        mayGoOn: () -> Bool = { true }
    ) throws(PolicyError) {
        self.init(wordsOf: before, after)
        var all = try after.questions(mayGoOn)
        let known = Set(all.joined().map(\.company))
        all += try before.questions(mayGoOn).map { $0.filter { !known.contains($0.company) } }
        let (old, new) = (CreditDecider(before), CreditDecider(after))
        do throws(TrialStop) {
            for together in all + [questions] {
                let decisions = zip(
                    try old.tried(together, mayGoOn),
                    try new.tried(together, mayGoOn)
                )
                for (question, (old, new)) in zip(together, decisions) {
                    add(question.company, old, new)
                }
            }
        } catch {
            isComplete = false
        }
    }

    private init(wordsOf before: Policy, _ after: Policy) {
        var rules: [Rule] = []
        var decisions: [String] = []
        let old = before.model.tables
        let new = after.model.tables
        for table in old {
            let name = table.decisionName
            guard let other = new.first(where: { $0.decisionName == name }) else {
                decisions.append("\(name): is gone")
                continue
            }
            guard table.columnNames == other.columnNames, table.hitPolicy == other.hitPolicy else {
                decisions.append("\(name): has other columns, or another hit policy")
                continue
            }
            rules += RuleComparison(table, other).rules
        }
        for table in new where !old.contains(where: { $0.decisionName == table.decisionName }) {
            decisions.append("\(table.decisionName): is new")
        }
        for (name, change) in Self.reworded(before, after)
        where !decisions.contains(where: { $0.hasPrefix(name + ":") }) {
            decisions.append("\(name): \(change)")
        }
        (self.rules, self.decisions) = (rules, decisions)
        parts = Self.changedParts(before, after)
    }

    /// Decisions and functions that only one has, or whose texts beside rules differ.
    private static func reworded(
        _ before: Policy,
        _ after: Policy
    ) -> [(name: String, change: String)] {
        var old: [String: String] = [:]
        for file in before.modelFiles { for (name, text) in file.wordings { old[name] = text } }
        var changes: [(name: String, change: String)] = []
        for (name, text) in after.modelFiles.flatMap(\.wordings) {
            guard let other = old.removeValue(forKey: name) else {
                changes.append((name, "is new"))
                continue
            }
            if other != text {
                changes.append((name, "an expression, an input or an output is another"))
            }
        }
        return changes + old.keys.sorted().map { ($0, "is gone") }
    }

    private static func changedParts(_ before: Policy, _ after: Policy) -> [String] {
        Set(before.partHashes.keys).union(after.partHashes.keys).sorted().compactMap { path in
            guard !path.hasSuffix(".dmn") else { return nil }
            switch (before.partHashes[path], after.partHashes[path]) {
            case (let old?, let new?): return old == new ? nil : "\(path): changed"
            case (nil, _): return "\(path): is new"
            case (_, nil): return "\(path): is gone"
            }
        }
    }

    /// What of a decision is held against each other.
    private static let compared = [
        "outcome", "class", "need", "limit", "binding", "term_days", "deposit", "prepayment",
        "action", "role", "guarantees", "clauses",
    ]

    /// Notes what two decisions on a company have otherwise.
    private mutating func add(_ name: String, _ before: CreditDecision, _ after: CreditDecision) {
        companyCount += 1
        totals.before.add(before)
        totals.after.add(after)
        transitions[[before.riskClass ?? "", after.riskClass ?? ""], default: 0] += 1
        let changes = Self.compared.compactMap { part -> (String, String, String)? in
            let (old, new) = (before.text(part) ?? "", after.text(part) ?? "")
            return old == new ? nil : (part, old, new)
        }
        guard !changes.isEmpty else { return }
        changedCount += 1
        guard companies.count < PolicyLimits.listedChanges else { return }
        companies.append(
            Company(name: name, changes: changes.map { (name: $0.0, before: $0.1, after: $0.2) })
        )
    }
}

extension Policy {
    /// The questions of the scenarios, file by file: those of one are decided together. Not all of
    /// them once nobody wants to know.
    fileprivate func questions(
        _ mayGoOn: () -> Bool
    ) throws(PolicyError) -> [[CreditQuestion]] {
        var all: [[CreditQuestion]] = []
        let checks = FactChecks(self)
        for file in scenarios {
            var questions: [CreditQuestion] = []
            for scenario in file.scenarios where mayGoOn() {
                questions.append(
                    try CreditQuestion(
                        scenario,
                        file: file.path,
                        checks: checks,
                        today: manifest.effectiveFrom
                    )
                )
            }
            all.append(questions)
        }
        return all
    }
}

extension CreditDecider {
    /// What would be decided on companies together, of which the policy may not ask all that is
    /// told.
    fileprivate func tried(
        _ questions: [CreditQuestion],
        _ mayGoOn: () -> Bool
    ) throws(TrialStop) -> [CreditDecision] {
        let known = questions.map { $0.known(to: policy) }
        return try CreditGroups.together(known.count, policy) {
            (place, share) throws(TrialStop) in
            guard mayGoOn() else { throw TrialStop() }
            return tried(known[place], within: share)
        }
    }
}

extension CreditQuestion {
    /// The question without what a policy does not ask for.
    fileprivate func known(to policy: Policy) -> CreditQuestion {
        var question = self
        let names = Set(policy.manifest.inputs.map(\.name))
        question.facts = facts.filter { names.contains($0.key) }
        if let role, policy.manifest.authority.role(role) == nil { question.role = nil }
        return question
    }
}

/// Holds the rules of two tables against each other: by their ids, or else by what they say.
private struct RuleComparison {
    private(set) var rules: [PolicyDifference.Rule] = []
    private let decision: String

    init(_ before: DecisionTable, _ after: DecisionTable) {
        decision = before.decisionName
        let old = Self.keys(before)
        let new = Self.keys(after)
        var places: [String: Int] = [:]
        for (place, key) in new.enumerated() { places[key] = place }
        var kept: [(old: Int, new: Int)] = []
        for (place, key) in old.enumerated() {
            guard let other = places[key] else {
                add(before.rules[place], place, .removed)
                continue
            }
            kept.append((place, other))
            let names = before.columnNames
            let changes = zip(before.rules[place].cells, after.rules[other].cells).enumerated()
                .compactMap { column, cells -> PolicyDifference.CellChange? in
                    guard cells.0 != cells.1 else { return nil }
                    return PolicyDifference.CellChange(
                        column: column < names.count ? names[column] : "",
                        before: cells.0,
                        after: cells.1
                    )
                }
            if !changes.isEmpty { add(after.rules[other], other, .changed(changes)) }
        }
        let oldKeys = Set(old)
        for (place, key) in new.enumerated() where !oldKeys.contains(key) {
            add(after.rules[place], place, .added)
        }
        // In an order that counts, a rule is moved if one that it stood behind comes later now.
        guard before.hitPolicy == .first || before.hitPolicy == .ruleOrder else { return }
        var furthest = -1
        for (old, new) in kept {
            if new < furthest { add(after.rules[new], new, .moved(old + 1, new + 1)) }
            furthest = max(furthest, new)
        }
    }

    private mutating func add(
        _ rule: DecisionTable.Rule,
        _ place: Int,
        _ change: PolicyDifference.RuleChange
    ) {
        rules.append(
            PolicyDifference.Rule(
                decision: decision,
                name: rule.id.isEmpty ? "\(place + 1)" : rule.id,
                change: change
            )
        )
    }

    /// A key of each rule: its id, or else its cells with how often they stood there before.
    private static func keys(_ table: DecisionTable) -> [String] {
        var seen: [String: Int] = [:]
        return table.rules.map { rule in
            let key =
                rule.id.isEmpty
                ? "cells " + rule.cells.joined(separator: "\u{1F}") : "id " + rule.id
            seen[key, default: 0] += 1
            return "\(key) \(seen[key] ?? 0)"
        }
    }
}

extension DecisionTable {
    /// The names of the columns of inputs, then those of outputs.
    fileprivate var columnNames: [String] {
        inputs.map(\.name) + outputs.map { $0.name.isEmpty ? "result" : $0.name }
    }
}
