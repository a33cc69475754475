// SPDX-License-Identifier: Apache-2.0

// Runs all tests and scenarios of a policy, and counts which rules they hit.

internal import DecimalNumbers
internal import DecisionCases
internal import Decisions
internal import FEEL
package import Policies
internal import Quantities

/// That nobody wants to know any more what would come out.
struct TrialStop: Error {}

/// What became of the tests of a policy.
package struct PolicyTrial: Sendable {
    /// A test or scenario.
    package struct Case: Sendable {
        /// The file.
        package let file: String
        /// Its name.
        package let name: String
        /// Why it does not hold; nil if it does.
        package let failure: String?
    }

    /// A rule, told by where it stands.
    package struct Rule: Sendable, Hashable {
        /// The decision.
        package let decision: String
        /// Its number, from 1.
        package let number: Int
        /// Its id; empty if it has none.
        package let id: String
    }

    /// The tests, file by file.
    package private(set) var cases: [Case] = []
    /// How many scenarios were not run, since the policy does not hold on their day.
    package private(set) var outsideCount = 0
    /// How often each rule matched, by table and rule.
    package private(set) var hits: [[Int]]
    /// Rules that nothing hits and that are not let stand.
    package private(set) var neverHit: [Rule] = []

    /// What there is instead of a test: nobody could say whether the policy decides as it should.
    package var withoutTests: String? {
        cases.isEmpty
            ? "tests: there are none; put scenarios (tests/*.csv) or tests of decisions "
                + "(tests/*.xml) into the policy"
            : nil
    }

    /// What does not hold; tests of a file that fail for the same reason are told together, at the
    /// place of the first one.
    package var failedOnce: [(file: String, tests: String, failure: String)] {
        var told: [(file: String, name: String, failure: String, more: Int)] = []
        var places: [[String]: Int] = [:]
        for test in cases {
            guard let failure = test.failure else { continue }
            if let place = places[[test.file, failure]] {
                told[place].more += 1
            } else {
                places[[test.file, failure]] = told.count
                told.append((test.file, test.name, failure, 0))
            }
        }
        return told.map { test in
            let more = test.more > 0 ? " and \(test.more) more" : ""
            return (test.file, test.name + more, test.failure)
        }
    }

    /// How many tests do not hold.
    package var failures: Int { cases.count { $0.failure != nil } }

    /// Whether all were run.
    package private(set) var isComplete = true

    /// Runs all tests and scenarios of a policy.
    ///
    /// - Parameter mayGoOn: Whether somebody still wants to know; asked before each.
    package init(_ policy: Policy, mayGoOn: () -> Bool = { true }) {
        hits = policy.model.tables.map { Array(repeating: 0, count: $0.rules.count) }
        do throws(TrialStop) {
            try runTests(policy, mayGoOn)
            try runScenarios(policy, mayGoOn)
            neverHit = Self.unhit(policy, hits)
        } catch {
            isComplete = false
        }
    }

    /// Tests of decisions: tables are those of the first day on which the policy holds.
    private mutating func runTests(
        _ policy: Policy,
        _ mayGoOn: () -> Bool
    ) throws(TrialStop) {
        let day = policy.manifest.effectiveFrom
        let tables = policy.tables.compactMap { table in
            policy.model.node(table.name).map { ($0, table.value(on: day)) }
        }
        let run = DecisionTestRun(
            policy.model,
            .exact,
            now: PolicyValue.time(day),
            zones: .utcOnly,
            given: tables
        )
        for file in policy.tests {
            for test in file.cases {
                guard mayGoOn() else { throw TrialStop() }
                var failures = run.failures(of: test)
                if test.expectsNothing { failures.append("nothing is expected of it") }
                count(run.outcomes)
                cases.append(
                    Case(
                        file: file.name,
                        name: test.id,
                        failure: failures.isEmpty ? nil : failures.joined(separator: "; ")
                    )
                )
            }
        }
    }

    private mutating func runScenarios(
        _ policy: Policy,
        _ mayGoOn: () -> Bool
    ) throws(TrialStop) {
        let decider = CreditDecider(policy)
        for file in policy.scenarios {
            var questions: [CreditQuestion] = []
            var failures: [String?] = []
            for scenario in file.scenarios {
                guard mayGoOn() else { throw TrialStop() }
                do throws(PolicyError) {
                    let question = try CreditQuestion(
                        scenario,
                        file: file.path,
                        checks: decider.checks,
                        today: policy.manifest.effectiveFrom
                    )
                    guard policy.manifest.isEffective(on: question.asOf) else {
                        outsideCount += 1
                        failures.append(Self.outside(policy.manifest, question.asOf))
                        continue
                    }
                    questions.append(question)
                    failures.append(nil)
                } catch {
                    failures.append(error.description)
                }
            }
            var matches = questions.map { _ in [(table: Int, rule: Int)]() }
            let made = try CreditGroups.together(questions.count, policy) {
                (place, share) throws(TrialStop) in
                guard mayGoOn() else { throw TrialStop() }
                let decision = decider.tried(questions[place], within: share)
                matches[place] = Self.matches(decider.evaluation.outcomes)
                return decision
            }
            for (table, rule) in matches.joined() { hits[table][rule] += 1 }
            var decisions = made.makeIterator()
            for (scenario, failure) in zip(file.scenarios, failures) {
                let failure =
                    failure ?? decisions.next().flatMap { Self.failure($0, scenario) }
                cases.append(Case(file: file.path, name: scenario.name, failure: failure))
            }
        }
    }

    /// What is said of a scenario of a day on which the policy does not hold.
    private static func outside(_ manifest: PolicyManifest, _ day: CalendarDate) -> String {
        let last = manifest.effectiveTo.map { " to \($0)" } ?? " on"
        return "as_of is \(day), and the policy holds from \(manifest.effectiveFrom)\(last) "
            + "(\(PolicyManifest.fileName), effective): change the column as_of, or empty it, "
            + "which is the first day of the policy"
    }

    private mutating func count(_ outcomes: [TableOutcome]) {
        for (table, rule) in Self.matches(outcomes) { hits[table][rule] += 1 }
    }

    private static func matches(_ outcomes: [TableOutcome]) -> [(table: Int, rule: Int)] {
        outcomes.flatMap { outcome in outcome.matches.map { (outcome.table, $0) } }
    }

    /// What is not as it is expected; nil if all is.
    private static func failure(
        _ decision: CreditDecision,
        _ scenario: ScenarioFile.Scenario
    ) -> String? {
        guard !scenario.expected.isEmpty else {
            return "nothing is expected of it: fill a cell of a column expect.…, or take it out"
        }
        let failures = scenario.expected.compactMap { name, wanted -> String? in
            let given = decision.text(name) ?? ""
            let isSame =
                given == wanted
                || DecimalNumber(parsing: given.utf8).flatMap { given in
                    DecimalNumber(parsing: wanted.utf8).map { given == $0 }
                } ?? false
            return isSame
                ? nil : "\(name) is \(given.isEmpty ? "nothing" : given), expected \(wanted)"
        }
        guard !failures.isEmpty else { return nil }
        let why = decision.missing.map { "; \($0.name) \($0.reason)" }.joined()
        return failures.joined(separator: "; ") + why
    }

    private static func unhit(_ policy: Policy, _ hits: [[Int]]) -> [Rule] {
        var rules: [Rule] = []
        for (place, table) in policy.model.tables.enumerated() {
            let decision = table.decisionName
            for (number, rule) in table.rules.enumerated() where hits[place][number] == 0 {
                let isWaived = policy.waivers.contains {
                    $0.covers(.neverHit, decision, rules: [rule.id])
                }
                if !isWaived {
                    rules.append(Rule(decision: decision, number: number + 1, id: rule.id))
                }
            }
        }
        return rules
    }
}
