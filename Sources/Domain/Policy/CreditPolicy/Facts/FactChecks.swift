// SPDX-License-Identifier: Apache-2.0

// What no fact can be: an amount that is owed below nothing, a probability of 2, a day that is yet
// to come, a value that the model does not know. Taken as it is, it would decide like a true one.

internal import DecimalNumbers
internal import Decisions
internal import FEEL
package import Policies
package import Quantities
internal import VigieLimits

/// Holds facts against what they can be.
package final class FactChecks {
    /// The policy that is asked.
    package let policy: Policy
    private let evaluation: DecisionEvaluation

    /// Takes the policy that is asked.
    package init(_ policy: Policy) {
        self.policy = policy
        evaluation = DecisionEvaluation(policy.model, keepsMessages: false)
    }

    /// What is wrong with what is told of an input, in words; nil if it may be so.
    package func fault(
        _ fact: CreditFact,
        _ input: PolicyInput,
        asOf day: CalendarDate
    ) -> String? {
        Self.fault(fact, input, asOf: day, policy) ?? notAllowed(fact, input)
    }

    /// The same without what the model refuses itself.
    static func fault(
        _ fact: CreditFact,
        _ input: PolicyInput,
        asOf day: CalendarDate,
        _ policy: Policy
    ) -> String? {
        if let observed = fact.observed, observed > day {
            return "is of \(observed), after \(day), the day that is decided for"
        }
        if case .string(let text) = fact.value, policy.refuses(outcome: text, of: input.name) {
            let known = PolicyOutcome.allCases.map(\.rawValue).joined(separator: ", ")
            return "is \"\(text.prefix(FEELLimits.shownBytes))\", and must be one of \(known)"
        }
        guard case .number(let number) = fact.value else { return nil }
        // As files of simulations, whose numbers are doubles, are refused.
        if let greatest, number.magnitude > greatest { return "'\(number)' is not a finite number" }
        guard let figure = PolicyFigure(rawValue: input.name), let fault = figure.fault(of: number)
        else { return nil }
        return "is \(number.plain), and \(fault)"
    }

    /// The greatest double.
    private static let greatest = DecimalNumber(shortest: Double.greatestFiniteMagnitude)

    private func notAllowed(_ fact: CreditFact, _ input: PolicyInput) -> String? {
        guard let place = policy.model.node(input.name), !fact.value.isNull,
            policy.model.nodes[place].kind == .input
        else { return nil }
        evaluation.reset()
        guard !evaluation.allows(fact.value, at: place) else { return nil }
        let type = policy.model.nodes[place].type
        if case .string(let text) = fact.value, let known = type.rule?.allowed?.onlyTexts {
            let shown = text.prefix(FEELLimits.shownBytes)
            return "is \"\(shown)\", and must be one of \(known.joined(separator: ", "))"
        }
        let name = type.name.isEmpty ? "" : " as \(type.name)"
        if case .number(let number) = fact.value {
            return "is \(number.plain), which the model does not allow\(name)"
        }
        return "is nothing that the model allows\(name)"
    }
}

extension Policy {
    /// Whether a text of an input is no outcome of an assessment, where that is what the input says
    /// and the model does not tell its values.
    func refuses(outcome text: String, of input: String) -> Bool {
        guard input == PolicyOutcome.input, PolicyOutcome(rawValue: text) == nil,
            let node = model.node(input)
        else { return false }
        return model.nodes[node].type.rule == nil
    }
}

extension PolicyFigure {
    /// What is wrong with a number as this figure, in words; nil if it may be so.
    fileprivate func fault(of number: DecimalNumber) -> String? {
        switch self {
        case .netWorth, .equity: nil
        case .marginRate: number > 1 ? "must be at most 1: 0.2 for 20 %" : nil
        case .probability:
            number.isNegative || number > 1 ? "must be from 0 to 1: 0.02 for 2 %" : nil
        case .forecastMonths: number > 0 ? nil : "must be above 0"
        case .openInvoices:
            number.isNegative ? "must not be below 0; what was paid ahead is deposits" : nil
        case .amount, .ordersNotInvoiced, .toInvoice, .deposits, .yearlyPurchases, .forecastSales,
            .ownTurnover, .bureauLimit, .insurerCover, .groupExposure, .approachCost:
            number.isNegative ? "must not be below 0" : nil
        }
    }
}
