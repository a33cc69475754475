// SPDX-License-Identifier: Apache-2.0

// What a company needs: how much it will owe at a time if all goes well.

package import DecimalNumbers
package import Policies

/// An estimate of a need.
package struct CreditNeed: Sendable {
    /// The way that the policy takes.
    package let method: NeedMethod
    /// What it comes to; nil if a figure is missing.
    package let amount: DecimalNumber?
    /// How, in figures.
    package let formula: String
    /// The figures that are missing.
    let missing: [PolicyFigure]
    /// Whether the policy names a way that is known.
    private(set) var isKnown = true

    /// Computes a need as a policy answers.
    ///
    /// - Parameters:
    ///   - answer: What the decision `need` gave.
    ///   - figures: Figures of the company.
    ///   - termDays: The days of the terms.
    ///   - decimals: Those of the currency.
    init(_ answer: PolicyAnswer, _ figures: CreditFigures, termDays: Int, decimals: Int) {
        let named = answer.text("method")
        let method = named.flatMap(NeedMethod.init(rawValue:)) ?? .amount
        let methods =
            method == .greatest ? NeedMethod.allCases.filter { $0 != .greatest } : [method]
        let needs = methods.map { CreditNeed($0, answer, figures, (termDays, decimals)) }
        let known = needs.filter { $0.amount != nil }
        let greatest = known.max { ($0.amount ?? 0) < ($1.amount ?? 0) }
        // What is asked for is what one can most easily be told.
        self = greatest ?? needs.last ?? CreditNeed(.amount, answer, figures, (termDays, decimals))
        // A policy that does not ask for a need takes what is asked for.
        isKnown = named == nil || NeedMethod(rawValue: named ?? "") != nil
    }

    private init(
        _ method: NeedMethod,
        _ answer: PolicyAnswer,
        _ figures: CreditFigures,
        _ whole: (termDays: Int, decimals: Int)
    ) {
        self.method = method
        var needed: [PolicyFigure] = []
        var result: (amount: DecimalNumber?, formula: String)
        switch method {
        case .exposure:
            result = Self.exposure(answer, figures)
            let parts: [PolicyFigure] = [.ordersNotInvoiced, .toInvoice, .openInvoices]
            // One part that is known is enough to tell how much is owed.
            if parts.allSatisfy({ figures.owed($0) == nil }) {
                needed = parts
                result.amount = nil
            }
        case .purchases:
            needed = [.yearlyPurchases]
            let months = answer.number("months") ?? 1
            result = (
                figures[.yearlyPurchases]?.multiplied(by: months)?.divided(by: 12),
                "\(shown(figures[.yearlyPurchases])) × \(months) / 12"
            )
        case .forecast:
            needed = [.forecastSales, .forecastMonths]
            result = Self.forecast(answer, figures, whole.termDays)
        case .amount, .greatest:
            needed = [.amount]
            result = (figures[.amount], "\(shown(figures[.amount]))")
        }
        missing = needed.filter { figures.owed($0) == nil }
        amount = result.amount.flatMap { amount in
            amount.isNegative ? 0 : amount.rounded(scale: whole.decimals, .halfEven)
        }
        formula = result.formula
    }

    private static func exposure(
        _ answer: PolicyAnswer,
        _ figures: CreditFigures
    ) -> (DecimalNumber?, String) {
        let term = answer.number("term_coefficient") ?? 1
        let behaviour = answer.number("behaviour_coefficient") ?? 1
        let parts: [PolicyFigure] = [.ordersNotInvoiced, .toInvoice, .openInvoices]
        let sum = parts.reduce(DecimalNumber(0) as DecimalNumber?) {
            $0?.adding(figures.owed($1) ?? 0)
        }
        let words = parts.map { shown(figures.owed($0)) }.joined(separator: " + ")
        return (
            sum?.multiplied(by: term)?.multiplied(by: behaviour),
            "(\(words)) × \(term) × \(behaviour)"
        )
    }

    /// Forecast over its days, times the days of the terms, with tax.
    private static func forecast(
        _ answer: PolicyAnswer,
        _ figures: CreditFigures,
        _ termDays: Int
    ) -> (DecimalNumber?, String) {
        let tax = answer.number("tax_rate") ?? 0
        let days = figures[.forecastMonths]?.multiplied(by: 30)
        // Multiplied first: one division, one rounding.
        let amount = days.flatMap { days in
            figures[.forecastSales]?.multiplied(by: DecimalNumber(termDays))
                .flatMap { sales in tax.adding(1).flatMap { sales.multiplied(by: $0) } }?
                .divided(by: days)
        }
        return (
            amount,
            "\(shown(figures[.forecastSales])) / (\(shown(figures[.forecastMonths])) × 30) × "
                + "\(termDays) × (1 + \(tax))"
        )
    }
}

/// A figure in a formula.
func shown(_ number: DecimalNumber?) -> String { number?.description ?? "?" }
