// SPDX-License-Identifier: Apache-2.0

// Asks a policy about companies, one after the other, on one thread. Tables of the policy decide on
// classes, shares and terms; the calculation combines them, and tells each part.

package import DecimalNumbers
package import Decisions
internal import FEEL
package import Policies
internal import Quantities

/// Asks a policy.
package final class CreditDecider {
    /// The policy.
    package let policy: Policy
    /// What the decisions of the model were evaluated with last.
    package let evaluation: DecisionEvaluation
    /// What facts of its questions can be.
    package private(set) lazy var checks = FactChecks(policy)
    private let tableDay: TableDay

    /// Takes the policy.
    package init(_ policy: Policy) {
        self.policy = policy
        evaluation = DecisionEvaluation(policy.model)
        tableDay = TableDay(policy)
    }

    /// Decides on a company.
    ///
    /// - Parameters:
    ///   - question: The company.
    ///   - share: What its group leaves it (`CreditGroups`); nil if no group bounds it.
    /// - Throws: That the policy does not hold on the day of the question.
    package func decide(
        _ question: CreditQuestion,
        within share: DecimalNumber? = nil
    ) throws(PolicyError) -> CreditDecision {
        try policy.checkEffective(on: question.asOf)
        return tried(question, within: share)
    }

    /// What would be decided on a company if the policy held on the day of the question: for trials
    /// of one that does not hold yet, or no more.
    package func tried(
        _ question: CreditQuestion,
        within share: DecimalNumber? = nil
    ) -> CreditDecision {
        evaluation.reset()
        var missing: [CreditDecision.Missing] = []
        let figures = give(question, &missing)
        return Decision(self, question, figures).made(missing, within: share)
    }

    /// Gives the model all that is known; notes what has to be known and is not.
    private func give(
        _ question: CreditQuestion,
        _ missing: inout [CreditDecision.Missing]
    ) -> CreditFigures {
        evaluation.expressions.now = PolicyValue.time(question.asOf)
        var values: [String: FEELValue] = [:]
        for input in policy.manifest.inputs {
            let fact = question.facts[input.name]
            let isOld = fact.flatMap { Self.daysTooOld($0, input, question) }
            let fault = fact.flatMap {
                FactChecks.fault($0, input, asOf: question.asOf, policy)
            }
            if isOld == nil, fault == nil, let fact, !fact.value.isNull {
                values[input.name] = fact.value
            }
            // Nothing is owed where nothing is told; what is told and old may be owed still. What
            // cannot be so is looked up, whatever it is.
            let isOwed = PolicyFigure.owed.contains { $0.rawValue == input.name }
            guard values[input.name] == nil,
                fault != nil || input.isRequired || isOwed && isOld != nil
            else { continue }
            let reason =
                fault
                ?? isOld.map { "is \($0) days too old: at most \(input.ageDaysMaximum ?? 0) days" }
                ?? "is not known; source: \(input.source)"
            missing.append(CreditDecision.Missing(name: input.name, reason: reason))
        }
        for (name, value) in values { set(name, value) }
        set(PolicyCircumstance.stage.rawValue, .string(question.stage.rawValue))
        set(PolicyCircumstance.subject.rawValue, .string(question.subject.rawValue))
        set(PolicyCircumstance.asOf.rawValue, PolicyValue.date(question.asOf) ?? .null)
        for (place, value) in tableDay.values(on: question.asOf) {
            evaluation.set(place, to: value)
        }
        return CreditFigures(values: values, stage: question.stage)
    }

    /// By how many days a fact is too old; nil if it is not.
    private static func daysTooOld(
        _ fact: CreditFact,
        _ input: PolicyInput,
        _ question: CreditQuestion
    ) -> Int? {
        guard let most = input.ageDaysMaximum, let observed = fact.observed else { return nil }
        let days = question.asOf.days(since: observed) - most
        return days > 0 ? days : nil
    }

    /// Gives the model a value, if it asks for it.
    func set(_ name: String, _ value: FEELValue) {
        guard let place = policy.model.node(name), policy.model.nodes[place].kind == .input else {
            return
        }
        evaluation.set(place, to: value)
    }

    /// What the policy answers to a question of the calculation; nil if it says nothing of it.
    func answer(_ question: PolicyQuestion) -> FEELValue? {
        policy.place(of: question).map { evaluation.value(of: $0) }
    }
}

extension Policy {
    /// - Throws: That the policy does not hold on a day.
    func checkEffective(on day: CalendarDate) throws(PolicyError) {
        guard !manifest.isEffective(on: day) else { return }
        let last = manifest.effectiveTo.map { " to \($0)" } ?? " on"
        throw PolicyError(
            file: PolicyManifest.fileName,
            path: "effective",
            message: "\(reference) holds from \(manifest.effectiveFrom)\(last), and is asked for "
                + "\(day)."
        )
    }
}

/// The reference tables as of a day: most companies are decided for the same one.
private final class TableDay {
    private let tables: [(place: Int, table: ReferenceTable)]
    private var day: CalendarDate?
    private var values: [(Int, FEELValue)] = []

    init(_ policy: Policy) {
        tables = policy.tables.compactMap { table in
            policy.model.node(table.name).map { ($0, table) }
        }
    }

    func values(on day: CalendarDate) -> [(Int, FEELValue)] {
        if day != self.day {
            values = tables.map { ($0.place, $0.table.value(on: day)) }
            self.day = day
        }
        return values
    }
}
