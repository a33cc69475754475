// SPDX-License-Identifier: Apache-2.0

// A company of a portfolio as a policy is asked about it: what is told of it in the call comes
// first, then what its assessment tells, then what the store knows of its business with us, and
// last what is so of us whoever it is.

internal import Assessment
internal import AssessmentMessages
internal import CreditFacts
internal import CreditPolicy
internal import DecimalNumbers
internal import FEEL
internal import Policies
internal import PortfolioApplication
internal import Portfolios
internal import Quantities
internal import ServiceErrors
internal import VigieApplication
internal import VigieProtos

extension PreparedDecision {
    /// Reads a company of the store, and assesses it. Where changes were asked for, what is told
    /// the policy is what is so with them.
    func read(
        _ message: Vigie_V1_DecisionCase,
        _ told: (company: KnownCompany, ownFacts: [String: CreditFact]),
        _ checks: FactChecks,
        _ scratch: AssessmentScratch
    ) throws(ServiceError) -> Case {
        let known = told.company
        guard let prepared = assessment else {
            throw ServiceError(.internalError, "ASSESSMENT_FAILED", "There is no answer.")
        }
        var reader = CaseReader(checks, limits)
        var question = try reader.question(message, on: plan.day)
        question.role = plan.role
        if question.company.isEmpty {
            question.company =
                known.line.name.isEmpty ? known.line.identity.text : known.line.name
        }
        let facts = try StoredFactJoin(limits: limits)
            .known(of: known.line.identity, known.facts, asOf: plan.day)
        guard let assessment = try prepared.plan.assess([facts], scratch).first else {
            throw ServiceError(.internalError, "ASSESSMENT_FAILED", "There is no answer.")
        }
        let answers = try prepared.plan.answers(of: facts, assessment)
        let assessed = try Self.changed(assessment, answers).policyFacts
        let business = StoredBusiness(known.line, facts, on: plan.day, plan.policy)
        var names: [String] = []
        for input in plan.policy.manifest.inputs where question.facts[input.name] == nil {
            let fact = assessed[input.name] ?? business.fact(for: input)
            guard let fact = fact ?? told.ownFacts[input.name] else { continue }
            question.facts[input.name] = fact
            names.append(input.name)
        }
        return Case(
            question: question,
            assessedNames: names,
            assessment: assessment,
            answers: answers
        )
    }

    private static func changed(
        _ assessment: Assessment,
        _ answers: AssessmentAnswers?
    ) throws(ServiceError) -> Assessment {
        switch answers?.whatIf {
        case nil: return assessment
        case .success(let answer): return answer.after
        case .failure(let error):
            throw .invalid(
                "header.assessment.questions.changes",
                "BAD_CHANGE",
                "The changes cannot be made: \(error.text(inFrench: false))."
            )
        }
    }
}

/// What the store knows of the business with a company.
private struct StoredBusiness {
    private let line: PortfolioLine
    private let facts: CompanyFacts
    private let day: CalendarDate
    private let policy: Policy

    init(_ line: PortfolioLine, _ facts: CompanyFacts, on day: CalendarDate, _ policy: Policy) {
        (self.line, self.facts, self.day, self.policy) = (line, facts, day, policy)
    }

    /// What it tells to an input; nil for nothing.
    func fact(for input: PolicyInput) -> CreditFact? {
        guard input.kind == .number else { return nil }
        switch input.name {
        case "amount": return amount(line.limit)
        case "open_invoices": return amount(line.exposure) ?? ledger { $0.open(on: day) }
        case "past_due":
            return ledger { invoice in
                invoice.due.map { $0 < day } == true ? invoice.open(on: day) : 0
            }
        case "yearly_purchases":
            guard let first = day.adding(days: -365) else { return nil }
            return ledger { invoice in
                invoice.issued.map { $0 > first && $0 <= day } == true ? invoice.cents : 0
            }
        default: return nil
        }
    }

    /// What the portfolio says, unless it is negative or in another currency.
    private func amount(_ money: Money?) -> CreditFact? {
        guard let money, money.currency == policy.manifest.currency, money.minorUnits >= 0
        else { return nil }
        let number = DecimalNumber(
            coefficient: Int128(money.minorUnits),
            exponent: -money.currency.exponent
        )
        return number.map { CreditFact(.number($0), observed: day, source: "portfolio") }
    }

    /// A sum over invoices in the policy's currency; nil without a ledger, or with invoices in
    /// another one.
    private func ledger(_ part: (LedgerInvoice) -> Int64) -> CreditFact? {
        guard !facts.owed.isEmpty,
            facts.owed.allSatisfy({ ($0.currency ?? .euro) == policy.manifest.currency })
        else { return nil }
        let cents = facts.owed.reduce(Int64(0)) { $0.adding(cents: max(0, part($1))) }
        return DecimalNumber(coefficient: Int128(cents), exponent: -2).map {
            CreditFact(.number($0), observed: day, source: "ledger")
        }
    }
}
