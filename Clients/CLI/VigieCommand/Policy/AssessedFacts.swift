// SPDX-License-Identifier: Apache-2.0

// What an assessment of a company's papers tells a policy.

internal import Assessment
internal import CompanyPapers
internal import CreditFacts
internal import CreditPolicy
internal import DecimalNumbers
internal import FEEL
internal import Policies
internal import Quantities
internal import Scoring

/// Facts out of papers.
enum AssessedFacts {
    /// A question about each company that papers tell of.
    static func questions(
        _ papers: [String],
        _ policy: Policy,
        asOf: CalendarDate
    ) throws -> [(siren: SIREN?, question: CreditQuestion)] {
        let companies = try PaperOptions.read(papers).companies(asOf: asOf)
        let models = try ScoringModel.bundledModels()
        guard let model = models.first else { return [] }
        let assessor = try Assessor(model: model, card: models.dropFirst().first)
        let names = Set(policy.manifest.inputs.map(\.name))
        return try assessor.assess(companies, Assessor.Options(asOf: asOf)).map { assessment in
            let question = CreditQuestion(
                company: assessment.name ?? assessment.siren?.description ?? "",
                asOf: asOf,
                facts: facts(assessment).filter { names.contains($0.key) }
            )
            return (assessment.siren, question)
        }
    }

    /// Facts by the names that policies give them.
    private static func facts(_ assessment: Assessment) -> [String: CreditFact] {
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
