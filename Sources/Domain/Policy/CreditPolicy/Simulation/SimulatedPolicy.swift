// SPDX-License-Identifier: Apache-2.0

// One of the two policies of a simulation: its decisions, its sums, and its names as numbers that
// both policies share, so that a row of one is held against that of the other without a text.

internal import DecimalNumbers
internal import Decisions
internal import FEEL
package import Policies
internal import Quantities

/// Numbers of names that two policies share.
final class SharedNames {
    private var numbers: [String: Int32] = [:]
    /// The names, in the order of their numbers.
    private(set) var names: [String] = []

    /// The number of a name.
    func number(_ name: String) -> Int32 {
        if let number = numbers[name] { return number }
        let number = Int32(clamping: names.count)
        numbers[name] = number
        names.append(name)
        return number
    }
}

/// The names that both policies of a simulation share.
struct SharedVocabulary {
    let classes = SharedNames()
    let actions = SharedNames()
    let terms = SharedNames()
    let lists = SharedNames()
    let roles = SharedNames()
}

/// A policy of a simulation.
package final class SimulatedPolicy {
    /// The policy.
    package let policy: Policy
    /// What its decisions come to.
    package private(set) var sums: SimulatedSums
    /// How often each of its rules decided.
    package private(set) var hits: [RuleHits]
    /// Why all companies are decided one by one; nil if they are not.
    package var interpretedReason: String? { decider.plan.interpretedReason }
    let decider: CreditBlockDecider
    let checks: FactChecks
    private let shared: SharedVocabulary
    /// The places in the file of the columns that it takes.
    let columns: [Int]
    private var generation = 0
    private(set) var classes: [Int32] = []
    private(set) var actions: [Int32] = []
    private(set) var terms: [Int32] = []
    private(set) var guarantees: [Int32] = []
    private(set) var clauses: [Int32] = []
    let roles: [Int32]

    init(
        _ policy: Policy,
        on day: CalendarDate,
        _ given: [CreditColumn],
        _ shared: SharedVocabulary
    ) throws(PolicyError) {
        (self.policy, self.shared) = (policy, shared)
        columns = given.indices.filter { CreditColumn(given[$0].name, of: policy) != nil }
        let plan = try CreditBlockPlan(
            policy,
            on: day,
            columns: columns.map { given[$0] },
            isTrial: true
        )
        decider = CreditBlockDecider(plan)
        checks = FactChecks(policy)
        hits = decider.noHits
        let names = policy.manifest.authority.roles.map(\.name)
        sums = SimulatedSums(roleCount: names.count)
        roles = names.map { shared.roles.number($0) }
    }

    /// The texts of a column of the file, for this policy; nil if it does not take the column.
    func texts(_ texts: [String], _ column: Int) throws(PolicyError) -> CreditTexts? {
        guard let place = columns.firstIndex(of: column) else { return nil }
        return try decider.plan.texts(texts, for: place)
    }

    /// Decides about a block, and adds it up.
    func decide(_ values: [CreditValues], rowCount: Int) -> Bool {
        let before = decider.slowCount
        guard decider.decide(values, rowCount: rowCount) else { return false }
        sums.add(decider.block)
        sums.slow += decider.slowCount - before
        decider.count(into: &hits)
        numberNames()
        return true
    }

    /// Numbers the names that are new.
    private func numberNames() {
        if generation != decider.generation {
            generation = decider.generation
            (classes, actions, terms, guarantees, clauses) = ([], [], [], [], [])
        }
        for name in decider.classes.dropFirst(classes.count) {
            classes.append(shared.classes.number(name))
        }
        for name in decider.actions.dropFirst(actions.count) {
            actions.append(shared.actions.number(name))
        }
        for each in decider.terms.dropFirst(terms.count) {
            terms.append(
                shared.terms.number("\(each.deposit?.plain ?? "") \(each.isPrepaid)")
            )
        }
        for list in decider.guaranteeLists.dropFirst(guarantees.count) {
            guarantees.append(number(list) { policy.guarantees[$0].identifier })
        }
        for list in decider.clauseLists.dropFirst(clauses.count) {
            clauses.append(number(list) { policy.clauses[$0].identifier })
        }
    }

    private func number(_ list: [Int], _ name: (Int) -> String) -> Int32 {
        shared.lists.number(list.map(name).joined(separator: " "))
    }

    /// The rules that decided about no company: the decision, and the number of each from 1.
    package var rulesNeverHit: [PolicyTrial.Rule] {
        hits.flatMap { hits in
            let table = policy.model.tables[hits.table]
            return hits.rules.indices.filter { hits.rules[$0] == 0 }.map { rule in
                PolicyTrial.Rule(
                    decision: table.decisionName,
                    number: rule + 1,
                    id: table.rules[rule].id
                )
            }
        }
    }

    /// What is decided of a row, by the names that comparisons have.
    func text(_ name: String, _ row: Int) -> String {
        let block = decider.block
        let facts = block.facts[row]
        func amount(
            _ fact: CreditBlock.Facts,
            _ column: UnsafeMutablePointer<DecimalNumber>
        ) -> String {
            facts.contains(fact) ? column[row].plain : ""
        }
        func named(_ column: UnsafeMutablePointer<Int32>, _ names: [String]) -> String {
            column[row] < 0 ? "" : names[Int(column[row])]
        }
        func list(_ column: UnsafeMutablePointer<Int32>, _ lists: [[Int]], _ names: [String])
            -> String
        {
            column[row] < 0
                ? "" : lists[Int(column[row])].map { names[$0] }.joined(separator: " ")
        }
        let terms = decider.terms[Int(block.terms[row])]
        switch name {
        case "outcome": return CreditDecision.Outcome.allCases[Int(block.outcomes[row])].rawValue
        case "class": return named(block.classes, decider.classes)
        case "need": return amount(.need, block.needs)
        case "limit": return amount(.limit, block.limits)
        case "binding": return named(block.bindings, CreditBlock.bindingNames)
        case "term_days": return "\(block.termDays[row])"
        case "deposit": return terms.deposit?.plain ?? ""
        case "prepayment": return "\(terms.isPrepaid)"
        case "action": return named(block.actions, decider.actions)
        case "role": return named(block.roles, policy.manifest.authority.roles.map(\.name))
        case "guarantees":
            return list(
                block.guarantees,
                decider.guaranteeLists,
                policy.guarantees.map(\.identifier)
            )
        case "clauses":
            return list(block.clauses, decider.clauseLists, policy.clauses.map(\.identifier))
        default: return ""
        }
    }
}
