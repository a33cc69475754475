// SPDX-License-Identifier: Apache-2.0

// Questions out of rows of a table.

internal import Documents
internal import FEEL
package import Policies
package import Quantities

extension CreditQuestion {
    /// Takes a row of a table.
    ///
    /// - Parameters:
    ///   - scenario: The row.
    ///   - file: The name of the table, for messages.
    ///   - checks: What its facts can be, made once for many rows.
    ///   - today: The day for which is decided where the row names none.
    /// - Throws: All that is wrong with it.
    package init(
        _ scenario: ScenarioFile.Scenario,
        file: String,
        checks: FactChecks,
        today: CalendarDate
    ) throws(PolicyError) {
        self.init(company: scenario.name, asOf: today)
        let policy = checks.policy
        var problems: [DocumentProblem] = []
        for (name, text) in scenario.facts where !take(name, text, policy) {
            problems.append(
                DocumentProblem(
                    file: file,
                    path: "line \(scenario.line)",
                    message: "\(name): \"\(text.prefix(60))\" \(Self.advice(name, text, policy))."
                )
            )
        }
        for (name, _) in scenario.facts {
            guard let fact = facts[name],
                let input = policy.manifest.inputs.first(where: { $0.name == name }),
                let fault = checks.fault(fact, input, asOf: asOf)
            else { continue }
            problems.append(
                DocumentProblem(
                    file: file,
                    path: "line \(scenario.line)",
                    message: "\(name): \(fault)."
                )
            )
        }
        guard problems.isEmpty else { throw PolicyError(problems: problems) }
    }

    /// What to write instead of a cell that cannot be understood.
    private static func advice(_ name: String, _ text: String, _ policy: Policy) -> String {
        if policy.manifest.inputs.contains(where: { $0.name == name && $0.kind == .number }) {
            return "is not a finite number; numbers have a point and no mark for thousands, such "
                + "as 1234.5"
        }
        guard name == "role" else {
            return "cannot be understood; numbers have a point, days are written as 2026-01-31, "
                + "stages are " + BusinessStage.allCases.map(\.rawValue).joined(separator: ", ")
        }
        let roles = policy.manifest.authority.roles.map(\.name)
        return "is no role of the policy; roles are \(roles.joined(separator: ", "))"
    }

    /// Takes a cell; false if it cannot be understood.
    private mutating func take(_ name: String, _ text: String, _ policy: Policy) -> Bool {
        switch name {
        case "scenario": return true
        case "company": company = text
        case "group": group = text
        case "role":
            role = text
            return policy.manifest.authority.role(text) != nil
        case PolicyCircumstance.asOf.rawValue:
            guard let day = CalendarDate(text) else { return false }
            asOf = day
        case PolicyCircumstance.stage.rawValue:
            guard let stage = BusinessStage(rawValue: text) else { return false }
            self.stage = stage
        case PolicyCircumstance.subject.rawValue:
            guard let subject = PolicySubject(rawValue: text) else { return false }
            self.subject = subject
        default:
            guard let input = policy.manifest.inputs.first(where: { $0.name == name }) else {
                return false
            }
            // As in the files of simulations, and in what statisticians write.
            let isMissing = Array(text.utf8).withUnsafeBytes { NumberParser().isMissingWord($0) }
            if input.kind == .number, isMissing { return true }
            guard let value = PolicyValue.cell(text, input.kind.type)
            else { return false }
            facts[name] = CreditFact(value)
        }
        return true
    }
}
