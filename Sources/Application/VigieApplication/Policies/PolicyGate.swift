// SPDX-License-Identifier: Apache-2.0

// What a policy has to pass before it may hold: it was read, so that all of it is right by itself;
// now its tests, and a look at its rules. What stands against it is told with its place. What rules
// make of a missing value is told and lets it pass: then a company is looked at, and not refused.

package import CompiledTables
package import CreditPolicy
internal import DecisionCases
internal import Decisions
package import Policies
package import ServiceErrors
internal import VigieLimits

/// What a look at a policy has found.
package struct PolicyGate: Sendable {
    /// A finding about the rules of a table, or what they are compared with.
    package struct Finding: Sendable {
        /// The file and line, and the decision of a table.
        package let place: String
        /// What it is: `overlap`, `gap`…
        package let kind: String
        /// In words, with a row that shows it.
        package let words: String
        /// Whether the policy lets it stand, with a reason.
        package let isWaived: Bool
        /// Whether the policy may not hold for it.
        package let isObstacle: Bool
    }

    /// What became of the tests, and which rules they hit.
    package let trial: PolicyTrial
    /// What was found about the rules.
    package private(set) var findings: [Finding] = []
    /// What was not looked at to the end, in words.
    package private(set) var unfinished: [String] = []
    /// Rules that may overlap with others unseen, in words, and that are not let stand.
    package private(set) var unseen: [String] = []
    /// How many rules there are, and how many of them tests hit.
    package let ruleCount: Int, hitCount: Int

    /// Runs the tests, and looks at the rules.
    ///
    /// - Parameters:
    ///   - seconds: How long the look may take.
    ///   - isWanted: Whether somebody still waits for it.
    /// - Throws: RESOURCE_EXHAUSTED when there are more tests than are run; DEADLINE_EXCEEDED when
    ///   nobody waits any more.
    package init(
        _ policy: Policy,
        seconds: Int = PolicyLimits.lintSeconds,
        isWanted: @escaping () -> Bool = { true }
    ) throws(ServiceError) {
        try Self.checkCases(of: policy)
        trial = PolicyTrial(policy, mayGoOn: isWanted)
        guard trial.isComplete else { throw .nobodyWaits }
        ruleCount = trial.hits.reduce(0) { $0 + $1.count }
        hitCount = trial.hits.reduce(0) { $0 + $1.count { $0 > 0 } }
        let compiled = CompiledModel(policy.model, deciding: policy.model.nodes(.decision))
        let end = ContinuousClock.now + .seconds(seconds)
        for report in compiled.lint(mayGoOn: { ContinuousClock.now < end && isWanted() }) {
            take(report, policy)
            unseen += policy.unseen(report)
        }
        let review = PolicyReview(policy) { ContinuousClock.now < end && isWanted() }
        if !review.isFinished { unfinished.append("unknown texts: not looked at to the end") }
        for remark in review.remarks {
            let isWaived = policy.waivers.contains { remark.isLetStand(by: $0) }
            findings.append(
                Finding(
                    place: remark.place,
                    kind: remark.kind.words,
                    words: remark.words,
                    isWaived: isWaived,
                    isObstacle: !isWaived
                )
            )
        }
        guard isWanted() else { throw .nobodyWaits }
    }

    /// Refuses a policy whose tests would keep a thread for minutes.
    ///
    /// - Throws: RESOURCE_EXHAUSTED.
    static func checkCases(of policy: Policy) throws(ServiceError) {
        let count =
            policy.tests.reduce(0) { $0 + $1.cases.count }
            + policy.scenarios.reduce(0) { $0 + $1.scenarios.count }
        guard count > PolicyLimits.gateCases else { return }
        throw .overLimit(
            "policy",
            "gateCases",
            "\(policy.reference) has more tests and scenarios than are run.",
            value: count,
            maximum: PolicyLimits.gateCases,
            code: .resourceExhausted
        )
    }

    private mutating func take(_ report: TableReport, _ policy: Policy) {
        let node = policy.model.nodes[report.node]
        let rules = policy.model.table(of: report.node).map { policy.model.tables[$0].rules } ?? []
        for finding in report.findings {
            let ids = finding.rules.map { rules.indices.contains($0) ? rules[$0].id : "" }
            let isWaived = policy.waivers.contains {
                $0.letsStand(finding.kind, of: node.name, rules: ids)
            }
            findings.append(
                Finding(
                    place: "\(node.place)",
                    kind: finding.kind.rawValue,
                    words: "\(finding)",
                    isWaived: isWaived,
                    isObstacle: !isWaived && Self.obstacles.contains(finding.kind)
                )
            )
        }
        for kind in report.unfinished {
            unfinished.append("\(node.place): \(kind.rawValue): not looked at to the end")
        }
    }

    private static let obstacles: [TableFinding.Kind] = [.overlap, .gap, .deadRule]

    /// What keeps the policy from holding, each with its place; nothing if it may.
    package var obstacles: [String] {
        (trial.withoutTests.map { [$0] } ?? [])
            + trial.failedOnce.map { "\($0.file), \($0.tests): \($0.failure)" }
            + obstaclesBesideTests
    }

    /// What of it is not about tests.
    package var obstaclesBesideTests: [String] {
        findings.filter(\.isObstacle).map { "\($0.place): \($0.kind): \($0.words)" }
            + unseen + unfinished
    }
}

extension ServiceError {
    /// The end of work for which nobody waits any more. Nobody hears of it either.
    static var nobodyWaits: ServiceError {
        ServiceError(.deadlineExceeded, "TOO_LATE", "Nobody waits for the answer any more.")
    }
}

extension LintWaiver {
    /// Whether it lets a finding stand: of its decision and kind, and about no other rules than it
    /// names, if it names any.
    package func letsStand(
        _ found: TableFinding.Kind,
        of name: String,
        rules ids: [String]
    ) -> Bool {
        let kind: Kind =
            switch found {
            case .overlap: .overlap
            case .gap: .gap
            case .missingValueGap: .nullGap
            case .missingValueMatch: .nullMatch
            case .deadRule: .dead
            }
        return covers(kind, name, rules: ids)
    }
}

extension Policy {
    /// Rules of a table that were not looked at for overlaps, where none may be, and that no waiver
    /// lets stand: each with its columns.
    package func unseen(_ report: TableReport) -> [String] {
        let node = model.nodes[report.node]
        guard let place = model.table(of: report.node) else { return [] }
        let table = model.tables[place]
        // One alone has none to overlap with.
        guard table.rules.count > 1 else { return [] }
        switch table.hitPolicy {
        case .unique, .any: break
        default: return []
        }
        let rules =
            report.isInterpreted
            ? table.rules.indices.map { (rule: $0, inputs: []) } : report.unseen
        return rules.compactMap { rule, inputs in
            let id = table.rules[rule].id
            let isWaived = waivers.contains {
                $0.covers(.notLookedAt, node.name, rules: [id])
            }
            guard !isWaived else { return nil }
            let columns = inputs.map { table.inputs[$0].name }.joined(separator: ", ")
            let name = id.isEmpty ? "" : " (\(id))"
            let cells = columns.isEmpty ? "its cells are" : "its cell of \(columns) is"
            return "\(node.place): not looked at: rule \(rule + 1)\(name) may overlap with others, "
                + "since \(cells) no set of values; write constants, or let it stand "
                + "(\(LintWaiver.fileName), not_looked_at)"
        }
    }
}
