// SPDX-License-Identifier: Apache-2.0

// The words that a policy and the calculation of a decision share: names of inputs, of results and
// of questions. Policies.md explains each.

package import DecimalNumbers
internal import VigieLimits

/// A decision of the model that the calculation asks for.
package enum PolicyQuestion: String, Sendable, CaseIterable {
    /// In which class of risk a company is: a text.
    case riskClass = "class"
    /// How its need is estimated: method and coefficients.
    case need
    /// Which shares of which figures bound its limit.
    case limit
    /// How it is to pay: days, deposit, discount.
    case terms
    /// Which guarantees are taken, by their names in the catalogue.
    case guarantees
    /// Which clauses stand in the contract, by their names in the library.
    case clauses
    /// What is done at the stage that is asked about.
    case action

    /// The outputs that a table which answers it may have, where there are several; empty if it
    /// gives one value.
    package var outputs: [String] {
        switch self {
        case .riskClass, .guarantees, .clauses, .action: []
        case .need:
            ["method", "months", "term_coefficient", "behaviour_coefficient", "tax_rate"]
        case .limit:
            [
                "share_of_net_worth", "share_of_equity", "share_of_bureau_limit", "own_maximum",
                "no_own_risk", "share_of_cover", "share_of_own_turnover", "maximum",
                "loss_given_default",
            ]
        case .terms:
            ["days", "prepayment", "deposit", "discount", "discount_days", "valid_months"]
        }
    }

    /// What is wrong with a number that an output says, in words; nil if the calculation takes it.
    package func fault(_ output: String, _ number: DecimalNumber) -> String? {
        func isWhole(_ range: ClosedRange<Int>) -> Bool {
            number.integer.map { range.contains($0) && DecimalNumber($0) == number } ?? false
        }
        switch output {
        case "share_of_net_worth", "share_of_equity", "share_of_bureau_limit", "share_of_cover",
            "share_of_own_turnover", "loss_given_default", "deposit", "discount", "tax_rate":
            return number.isNegative || number > 1 ? "must be from 0 to 1: 0.2 for 20 %" : nil
        case "days", "discount_days":
            let most = PolicyLimits.termDays
            return isWhole(0...most)
                ? nil : "must be a whole number of days from 0 to \(most)"
        case "valid_months":
            let most = PolicyLimits.reviewMonths
            return isWhole(0...most) ? nil : "must be a whole number of months from 0 to \(most)"
        case "months", "term_coefficient", "behaviour_coefficient", "own_maximum", "maximum":
            return number.isNegative ? "must not be below 0" : nil
        default: return nil
        }
    }

    /// Whether it is asked once limit and terms are known, so that it may use them.
    var isLast: Bool { self == .clauses || self == .action }
}

/// What the calculation itself takes of a company: amounts, unless something else is said.
package enum PolicyFigure: String, Sendable, CaseIterable {
    /// What is asked for.
    case amount
    /// Orders that are accepted and not yet invoiced.
    case ordersNotInvoiced = "orders_not_invoiced"
    /// What is delivered and not yet invoiced.
    case toInvoice = "to_invoice"
    /// Invoices that are not paid.
    case openInvoices = "open_invoices"
    /// What was paid ahead.
    case deposits
    /// What the company buys in a year.
    case yearlyPurchases = "yearly_purchases"
    /// Sales that are planned, before tax.
    case forecastSales = "forecast_sales"
    /// In how many months.
    case forecastMonths = "forecast_months"
    /// Net worth without intangible assets.
    case netWorth = "net_worth"
    /// Equity.
    case equity
    /// Our own yearly turnover.
    case ownTurnover = "own_turnover"
    /// The limit that a bureau names.
    case bureauLimit = "bureau_limit"
    /// Up to where an insurer covers the company.
    case insurerCover = "insurer_cover"
    /// What other companies of its group owe us.
    case groupExposure = "group_exposure"
    /// Probability of failure, from 0 to 1.
    case probability
    /// What a year's purchases leave us, as a part of them.
    case marginRate = "margin_rate"
    /// What it costs to approach a company.
    case approachCost = "approach_cost"
}

/// What is asked, beside the facts of a company.
package enum PolicyCircumstance: String, Sendable, CaseIterable {
    /// The day for which it is decided.
    case asOf = "as_of"
    /// The stage of business.
    case stage
    /// Whether the company is a person.
    case subject
}

/// What was computed, for decisions that are asked last.
package enum PolicyResult: String, Sendable, CaseIterable {
    /// The limit, an amount.
    case limit
    /// What of it is at our own risk.
    case ownLimit = "own_limit"
    /// The need, an amount.
    case need
    /// What the need is above the limit.
    case shortfall
    /// What the limit leaves beside what is owed already.
    case headroom
    /// What bounds the limit.
    case binding
    /// Days within which it is to pay.
    case termDays = "term_days"
    /// What is to be expected to be lost.
    case expectedLoss = "expected_loss"
    /// What a year's business is to be expected to bring.
    case opportunity
}

/// Ways to estimate what a company needs.
package enum NeedMethod: String, Sendable, CaseIterable {
    /// Orders not invoiced, what is to be invoiced and open invoices, times a coefficient of
    /// terms and one of behaviour (AFDCC, "assiette de calcul": (EC + FAE + EF) × CDP × CCP).
    case exposure
    /// So many twelfths of what is bought in a year (AFDCC).
    case purchases
    /// Planned sales a day, times the days of the terms, with tax.
    case forecast
    /// What is asked for.
    case amount
    /// The greatest of those that can be computed.
    case greatest
}

/// What an assessment says of a company at all: what the fact `outcome` can be, unless the model
/// says so itself.
package enum PolicyOutcome: String, Sendable, CaseIterable {
    /// Collective proceedings are open.
    case inProceedings = "in_proceedings"
    /// It has ended.
    case closed
    /// Somebody has to read a judgment first.
    case review
    /// Too little is known.
    case notScorable = "not_scorable"
    /// It was scored.
    case scored

    /// The input that says it.
    package static let input = "outcome"
}

/// The stages of business, from the first contact to the last reminder.
package enum BusinessStage: String, Sendable, CaseIterable {
    /// Whom to approach.
    case prospect
    /// What to offer.
    case quote
    /// Ship or hold.
    case order
    /// How to invoice.
    case invoice
    /// Remind or freeze.
    case collection
}

/// Whom a decision is about.
package enum PolicySubject: String, Sendable, CaseIterable {
    /// A company as such.
    case legalPerson = "legal_person"
    /// A person: a machine may prepare the decision, and somebody has to make it (GDPR, article 22;
    /// Court of Justice of the European Union, C-634/21).
    case naturalPerson = "natural_person"
}
