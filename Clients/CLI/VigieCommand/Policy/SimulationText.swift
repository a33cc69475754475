// SPDX-License-Identifier: Apache-2.0

// A simulation for people.

internal import CommandTables
internal import CreditPolicy
internal import DecimalNumbers
internal import Documents
internal import VigieClient

/// The words of a simulation.
struct SimulationText {
    private let result: PortfolioSimulation
    private let report: PolicySimulationReport
    private let terminal = Terminal(descriptor: Terminal.standardOutput)

    init(_ result: PortfolioSimulation) {
        self.result = result
        report = result.report
    }

    /// All of it.
    var text: String {
        [head, sums, lines(transitions), lines(rules), changes].filter { !$0.isEmpty }.joined(
            separator: "\n"
        )
    }

    private func lines(_ lines: [String]) -> String {
        lines.map { escaped($0) + "\n" }.joined()
    }

    private typealias Policy = PolicySimulationReport.Policy

    private var head: String {
        let (before, after) = (report.before, report.after)
        var told = [
            "before  \(before.reference)\(Self.model(before))  \(before.contentHash)",
            "after   \(after.reference)\(Self.model(after))  \(after.contentHash)",
            "file    \(result.file)  \(result.fileHash)",
            "\(report.companyCount) companies, decided for "
                + "\(report.asOf.map { "\($0)" } ?? ""); amounts in \(after.currency)",
        ]
        if !result.ignoredColumns.isEmpty {
            told.append("columns left out: \(listed(result.ignoredColumns))")
        }
        told += notes.map { "note: \($0)" }
        told += slow
        return lines(told)
    }

    /// What scores the companies for a policy.
    static func model(_ policy: PolicySimulationReport.Policy) -> String {
        policy.model.map { " by \($0)" } ?? ""
    }

    /// What is worth telling of the companies.
    var notes: [String] { report.notes }

    /// Why companies were decided one by one.
    private var slow: [String] {
        [report.before, report.after].filter { $0.oneByOneCount > 0 }.map { policy in
            let why = policy.slowReason.map { ", since \($0)" } ?? ""
            return "\(policy.reference): \(policy.oneByOneCount) companies decided one by one\(why)"
        }
    }

    // MARK: - Sums

    /// Names, before, after and differences.
    var sumRows: [[String]] {
        let (old, new) = (report.before, report.after)
        var rows = zip(old.outcomes, new.outcomes).map { count($0.name, $0.count, $1.count) }
        for (name, part) in Self.amounts {
            let (was, will) = (old[keyPath: part], new[keyPath: part])
            rows.append([name, amount(was), amount(will), difference(was.sum, will.sum)])
        }
        rows.append(
            count(
                "owe more than the limit",
                old.exposureAbove.companyCount,
                new.exposureAbove.companyCount
            )
        )
        for (role, old, new) in Self.roles(report) {
            rows.append(count("to be granted by \(role)", old, new))
        }
        rows.append(count("need a second person", old.secondPersonCount, new.secondPersonCount))
        return rows
    }

    private var sums: String {
        let columns: [(title: String, alignment: TextTable.Alignment)] = [
            ("", .left), ("before", .right), ("after", .right), ("difference", .right),
        ]
        return TextTable.text(columns: columns, rows: sumRows, terminal: terminal)
    }

    /// Sums with their names for people.
    private static var amounts: [(String, KeyPath<Policy, PolicySimulationReport.Amount>)] {
        [
            ("limits", \.limits), ("at own risk", \.ownRisk), ("owed and ordered", \.exposure),
            ("owed above limits", \.exposureAbove), ("expected loss of limits", \.expectedLoss),
            ("expected loss of what is owed", \.expectedLossOfExposure),
        ]
    }

    /// How many limits each role has to grant, by the names of both policies; an empty name for
    /// those that no role may.
    static func roles(
        _ report: PolicySimulationReport
    ) -> [(name: String, old: Int, new: Int)] {
        let (old, new) = (report.before.toGrant, report.after.toGrant)
        let names =
            new.map(\.name)
            + old.map(\.name).filter { name in !new.contains { $0.name == name } }
        return names.map { name in
            func count(_ counts: [PolicySimulationReport.Count]) -> Int {
                counts.first { $0.name == name }?.count ?? 0
            }
            return (name.isEmpty ? "nobody" : name, count(old), count(new))
        }
    }

    private func count(_ name: String, _ old: Int, _ new: Int) -> [String] {
        [name, "\(old)", "\(new)", old == new ? "" : signed("\(new - old)")]
    }

    private func amount(_ amount: PolicySimulationReport.Amount) -> String {
        amount.sum?.text ?? "?"
    }

    private func difference(_ old: ExactNumber?, _ new: ExactNumber?) -> String {
        guard let old = old.flatMap({ DecimalNumber(parsing: $0.text.utf8) }),
            let new = new.flatMap({ DecimalNumber(parsing: $0.text.utf8) }),
            let difference = new.subtracting(old)
        else { return "?" }
        return difference.isZero ? "" : signed(difference.plain)
    }

    private func signed(_ text: String) -> String { text.hasPrefix("-") ? text : "+" + text }

    // MARK: - Who goes where

    /// How many go from where to where.
    var transitions: [String] {
        let moves = { (name: String, all: [PolicySimulationReport.Transition]) in
            all.filter { $0.before != $0.after }.map {
                "\(name) \($0.before.orNothing) → \($0.after.orNothing): \($0.companyCount)"
            }
        }
        return moves("outcome", report.outcomes) + moves("class", report.classes)
    }

    // MARK: - Rules

    /// Rules that decide more or less often, or nothing.
    var rules: [String] {
        var told: [String] = []
        let old = Self.hits(report.before)
        let new = Self.hits(report.after)
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
        for policy in [report.before, report.after] {
            for table in policy.tables where table.violationCount + table.invalidCount > 0 {
                told.append(
                    "\(policy.reference), \(table.decision): \(table.violationCount) violations of "
                        + "its hit policy, \(table.invalidCount) values that may not be there"
                )
            }
        }
        return told
    }

    /// The rules of a policy with how often each decided.
    private static func hits(_ policy: Policy) -> [(key: String, words: String, count: Int)] {
        policy.tables.flatMap { table in
            table.rules.enumerated().map { place, rule in
                let name = rule.name.isEmpty ? "\(place + 1)" : rule.name
                return ("\(table.decision) \(name)", "\(table.decision), rule \(name)", rule.count)
            }
        }
    }

    // MARK: - Companies

    private var changes: String {
        var told = [
            "\(report.changedCount) of \(report.companyCount) companies are decided otherwise: "
                + "\(report.limitsRaised.companyCount) limits higher by "
                + "\(amount(report.limitsRaised)), \(report.limitsLowered.companyCount) lower by "
                + amount(report.limitsLowered)
        ]
        for change in report.changes {
            let parts = change.parts.map { part in
                "\(part.name) \(part.before.orNothing) → \(part.after.orNothing)"
            }
            told.append("\(change.company): \(parts.joined(separator: ", "))")
        }
        return lines(told)
    }
}
