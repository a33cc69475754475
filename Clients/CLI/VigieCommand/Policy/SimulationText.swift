// SPDX-License-Identifier: Apache-2.0

// A simulation for people.

internal import CommandTables
internal import CreditPolicy
internal import DecimalNumbers
internal import Decisions
internal import Documents
internal import Policies

/// The words of a simulation.
struct SimulationText {
    private let result: PortfolioSimulation
    private let simulation: PolicySimulation
    private let terminal = Terminal(descriptor: Terminal.standardOutput)

    init(_ result: PortfolioSimulation) {
        self.result = result
        simulation = result.simulation
    }

    /// All of it.
    var text: String {
        [head, sums, transitions, rules, changes].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func lines(_ lines: [String]) -> String {
        lines.map { escaped($0) + "\n" }.joined()
    }

    private var head: String {
        let (before, after) = (simulation.before, simulation.after)
        var told = [
            "before  \(before.policy.reference)  \(before.policy.contentHash)",
            "after   \(after.policy.reference)  \(after.policy.contentHash)",
            "file    \(result.file)  \(result.fileHash)",
            "\(simulation.companyCount) companies, decided for \(simulation.day); amounts in "
                + "\(after.policy.manifest.currency)",
        ]
        if !result.ignoredColumns.isEmpty {
            told.append("columns left out: \(listed(result.ignoredColumns))")
        }
        told += result.notes.map { "note: \($0)" }
        for policy in [before, after] where policy.sums.slow > 0 {
            let why = policy.interpretedReason.map { ", since \($0)" } ?? ""
            told.append(
                "\(policy.policy.reference): \(policy.sums.slow) companies decided one by one\(why)"
            )
        }
        return lines(told)
    }

    // MARK: - Sums

    private var sums: String {
        let (old, new) = (simulation.before.sums, simulation.after.sums)
        var rows: [[String]] = []
        for (place, outcome) in CreditDecision.Outcome.allCases.enumerated() {
            rows.append(count(outcome.rawValue, old.outcomes[place], new.outcomes[place]))
        }
        for (name, old, new) in Self.amounts(old, new) {
            rows.append([name, amount(old), amount(new), difference(old.sum, new.sum)])
        }
        rows.append(
            count("owe more than the limit", old.exposureAbove.count, new.exposureAbove.count)
        )
        for (role, old, new) in Self.roles(simulation) {
            rows.append(count("to be granted by \(role)", old, new))
        }
        rows.append(count("need a second person", old.secondPersons, new.secondPersons))
        let columns: [(title: String, alignment: TextTable.Alignment)] = [
            ("", .left), ("before", .right), ("after", .right), ("difference", .right),
        ]
        return TextTable.text(columns: columns, rows: rows, terminal: terminal)
    }

    /// Sums with their names for people.
    private static func amounts(
        _ old: SimulatedSums,
        _ new: SimulatedSums
    ) -> [(String, SimulatedSums.Amount, SimulatedSums.Amount)] {
        [
            ("limits", old.limits, new.limits), ("at own risk", old.ownRisk, new.ownRisk),
            ("owed and ordered", old.exposure, new.exposure),
            ("owed above limits", old.exposureAbove, new.exposureAbove),
            ("expected loss of limits", old.expectedLoss, new.expectedLoss),
            ("expected loss of what is owed", old.exposedLoss, new.exposedLoss),
        ]
    }

    /// How many limits each role has to grant, by the names of both policies; an empty name for
    /// those that no role may.
    static func roles(_ simulation: PolicySimulation) -> [(name: String, old: Int, new: Int)] {
        func counts(_ policy: SimulatedPolicy) -> [(String, Int)] {
            let names = policy.policy.manifest.authority.roles.map(\.name) + [""]
            return Array(zip(names, policy.sums.routed))
        }
        let (old, new) = (counts(simulation.before), counts(simulation.after))
        let names = new.map(\.0) + old.map(\.0).filter { name in !new.contains { $0.0 == name } }
        return names.map { name in
            func count(_ counts: [(String, Int)]) -> Int {
                counts.first { $0.0 == name }?.1 ?? 0
            }
            return (name.isEmpty ? "nobody" : name, count(old), count(new))
        }
    }

    private func count(_ name: String, _ old: Int, _ new: Int) -> [String] {
        [name, "\(old)", "\(new)", old == new ? "" : signed("\(new - old)")]
    }

    private func amount(_ amount: SimulatedSums.Amount) -> String { amount.sum?.plain ?? "?" }

    private func difference(_ old: DecimalNumber?, _ new: DecimalNumber?) -> String {
        guard let old, let new, let difference = new.subtracting(old) else { return "?" }
        return difference.isZero ? "" : signed(difference.plain)
    }

    private func signed(_ text: String) -> String { text.hasPrefix("-") ? text : "+" + text }

    // MARK: - Who goes where

    private var transitions: String {
        var told: [String] = []
        let outcomes = CreditDecision.Outcome.allCases
        for (place, counts) in simulation.outcomes.enumerated() {
            for (other, count) in counts.enumerated() where place != other && count > 0 {
                told.append(
                    "outcome \(outcomes[place].rawValue) → \(outcomes[other].rawValue): \(count)"
                )
            }
        }
        for (before, after, count) in simulation.classes where before != after {
            told.append("class \(before.orNothing) → \(after.orNothing): \(count)")
        }
        return lines(told)
    }

    // MARK: - Rules

    private var rules: String {
        var told: [String] = []
        let old = Self.hits(simulation.before)
        let new = Self.hits(simulation.after)
        for rule in new {
            guard let was = old.first(where: { $0.key == rule.key }) else {
                if rule.count > 0 { told.append("\(rule.words): is new, decides \(rule.count)") }
                continue
            }
            if was.count != rule.count {
                told.append("\(rule.words): decided \(was.count) → \(rule.count)")
            }
        }
        for rule in old where !new.contains(where: { $0.key == rule.key }) {
            told.append("\(rule.words): is gone, decided \(rule.count)")
        }
        for rule in new where rule.count == 0 {
            let isNew = !old.contains { $0.key == rule.key }
            told.append("\(rule.words): \(isNew ? "is new, and " : "")decides nothing")
        }
        for policy in [simulation.before, simulation.after] {
            for hits in policy.hits where hits.violations + hits.invalid > 0 {
                let decision = policy.policy.model.tables[hits.table].decisionName
                told.append(
                    "\(policy.policy.reference), \(decision): \(hits.violations) violations of its "
                        + "hit policy, \(hits.invalid) values that may not be there"
                )
            }
        }
        return lines(told)
    }

    /// The rules of a policy with how often each decided.
    static func hits(
        _ policy: SimulatedPolicy
    ) -> [(key: String, words: String, count: Int)] {
        policy.hits.flatMap { hits in
            let table = policy.policy.model.tables[hits.table]
            return hits.rules.enumerated().map { place, count in
                let id = table.rules[place].id
                let name = id.isEmpty ? "\(place + 1)" : id
                return (
                    "\(table.decisionName) \(name)", "\(table.decisionName), rule \(name)", count
                )
            }
        }
    }

    // MARK: - Companies

    private var changes: String {
        let count = simulation.changedCount
        var told = [
            "\(count) of \(simulation.companyCount) companies are decided otherwise: "
                + "\(simulation.raised.count) limits higher by \(amount(simulation.raised)), "
                + "\(simulation.lowered.count) lower by \(amount(simulation.lowered))"
        ]
        for change in simulation.changes {
            let parts = change.changes.map { part in
                "\(part.name) \(part.before.orNothing) → \(part.after.orNothing)"
            }
            told.append("\(change.name): \(parts.joined(separator: ", "))")
        }
        return lines(told)
    }
}
