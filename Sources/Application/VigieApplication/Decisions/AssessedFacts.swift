// SPDX-License-Identifier: Apache-2.0

// What an assessment of a company tells a policy.

package import Assessment
internal import CreditFacts
package import CreditPolicy
internal import DecimalNumbers
internal import FEEL
internal import Quantities

extension Assessment {
    /// What it tells, by the names that policies give it.
    package var policyFacts: [String: CreditFact] { AssessedFacts.facts(self) }
}

/// Facts out of assessments.
private enum AssessedFacts {
    /// Facts by the names that policies give them.
    static func facts(_ assessment: Assessment) -> [String: CreditFact] {
        var facts: [String: CreditFact] = [:]
        func put(_ name: String, _ value: FEELValue?, _ day: CalendarDate, _ source: String) {
            guard let value else { return }
            facts[name] = CreditFact(value, observed: day, source: source)
        }
        let day = assessment.asOf
        put("outcome", .string(assessment.outcome.rawValue), day, "assessment")
        if let figures = assessment.adjusted ?? assessment.base {
            put("risk_class", .number(Int(figures.riskClass)), day, "assessment")
            put("score", .number(Int(figures.score)), day, "assessment")
            put("probability", number(figures.probability), day, "assessment")
        }
        let late = assessment.payments.daysBeyondTerms.map { $0.rounded() }
        put("days_beyond_terms", late.flatMap(number), day, "payments")
        guard let last = assessment.statements.first else { return facts }
        put("years_known", .number(assessment.statements.count), last.closing, "accounts")
        put("equity", cents(equity(last)), last.closing, "accounts")
        put("net_worth", cents(netWorth(last)), last.closing, "accounts")
        put(
            "turnover",
            cents(last[last.form == .simplified ? "232" : "FL"]),
            last.closing,
            "accounts"
        )
        return facts
    }

    private static func number(_ value: Double) -> FEELValue? {
        DecimalNumber(shortest: value).map(FEELValue.number)
    }

    private static func cents(_ amount: Int64?) -> FEELValue? {
        amount.flatMap { DecimalNumber(coefficient: Int128($0), exponent: -2) }
            .map(FEELValue.number)
    }

    /// Equity, with what is like it.
    private static func equity(_ statement: FinancialStatement) -> Int64? {
        if statement.form == .simplified { return statement["142"] }
        return statement["DL"].map { $0 &+ (statement["DO"] ?? 0) }
    }

    /// Equity without intangible assets: what is written off of them, is taken off them.
    private static func netWorth(_ statement: FinancialStatement) -> Int64? {
        let lines =
            statement.form == .simplified
            ? [("010", "012"), ("014", "016")]
            : [
                ("AB", "AC"), ("CX", "CQ"), ("AF", "AG"), ("AH", "AI"), ("AJ", "AK"), ("AL", "AM"),
            ]
        return equity(statement).map { equity in
            lines.reduce(equity) { rest, lines in
                rest &- (statement[lines.0] ?? 0) &+ (statement[lines.1] ?? 0)
            }
        }
    }
}
