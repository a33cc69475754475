// SPDX-License-Identifier: Apache-2.0

// What a portfolio is as a whole: what is owed, what is expected to be lost of it, how few owe how
// much. Of several currencies the amounts are added as they are: a portfolio has one, as a rule.

internal import Alerts
internal import Databases
internal import PortfolioStore
internal import Quantities
internal import VigieLimits

/// Figures of a portfolio.
struct PortfolioFigures: Equatable {
    var companyCount = 0
    /// What is owed, in the currency's main unit.
    var exposure = 0.0
    /// What is owed times the probability of failure, all of it lost then.
    var expectedLoss = 0.0
    /// The index of Herfindahl and Hirschman of what is owed, from 0 to 1.
    var concentration = 0.0
    /// The part that the largest companies owe, from 0 to 1; 0 where no others owe anything, since
    /// it would say nothing but that they are few.
    var topShare = 0.0

    /// A quantity that rules look at.
    func value(_ quantity: AlertQuantity) -> Double? {
        switch quantity {
        case .concentrationIndex: concentration
        case .topShare: topShare
        case .expectedLoss: expectedLoss
        default: nil
        }
    }
}

extension DatabaseConnection {
    /// The figures of a portfolio as it is. Cost: a second for a million companies.
    func portfolioFigures(of portfolio: Int) throws(DatabaseError) -> PortfolioFigures {
        var (figures, units) = (PortfolioFigures(), CurrencyUnits())
        var squares = 0.0
        var largest: [Double] = []
        var debtors = 0
        try query(
            """
            select m.exposure_units, m.exposure_currency, s.probability, s.outcome
            from portfolio_company m left join company_score s on s.slot = m.slot
            where m.portfolio = $1
            """,
            [.integer(portfolio)]
        ) { row throws(DatabaseError) in
            figures.companyCount += 1
            let amount = units.amount(try row.integerIfAny(0), try row.textIfAny(1))
            // Whoever has paid too much owes nothing.
            guard amount > 0 else { return true }
            figures.exposure += amount
            debtors += 1
            squares += amount * amount
            // Who is in proceedings has failed: he is no better for having no probability any more.
            let hasFailed = try row.integerIfAny(3) == ScoredOutcome.inProceedings.rawValue
            figures.expectedLoss += amount * (hasFailed ? 1 : try row.realIfAny(2) ?? 0)
            if largest.count < AlertLimits.largestCompanies || amount > largest[largest.count - 1] {
                let place = largest.firstIndex { $0 < amount } ?? largest.count
                largest.insert(amount, at: place)
                if largest.count > AlertLimits.largestCompanies { largest.removeLast() }
            }
            return true
        }
        if figures.exposure > 0 {
            figures.concentration = squares / (figures.exposure * figures.exposure)
            if debtors > largest.count {
                figures.topShare = largest.reduce(0, +) / figures.exposure
            }
        }
        return figures
    }

    /// Keeps the figures of a portfolio as of a day.
    func keep(
        _ figures: PortfolioFigures,
        of portfolio: Int,
        on day: CalendarDate
    ) throws(DatabaseError) {
        _ = try execute(
            """
            insert into portfolio_figures (portfolio, day, company_count, exposure, expected_loss,
                concentration, top_share)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (portfolio, day) do update set company_count = excluded.company_count,
                exposure = excluded.exposure, expected_loss = excluded.expected_loss,
                concentration = excluded.concentration, top_share = excluded.top_share
            """,
            [
                .integer(portfolio), .integer(Int(day.dayNumber)),
                .integer(figures.companyCount), .real(figures.exposure),
                .real(figures.expectedLoss), .real(figures.concentration),
                .real(figures.topShare),
            ]
        )
    }

    /// The figures of a portfolio as of a day; nil where none were kept by then.
    func figures(of portfolio: Int, asOf day: Int) throws(DatabaseError) -> PortfolioFigures? {
        try first(
            """
            select company_count, exposure, expected_loss, concentration, top_share
            from portfolio_figures where portfolio = $1 and day <= $2 order by day desc limit 1
            """,
            [.integer(portfolio), .integer(day)]
        ) { row throws(DatabaseError) in
            var figures = PortfolioFigures()
            figures.companyCount = try row.integer(0)
            figures.exposure = try row.real(1)
            figures.expectedLoss = try row.real(2)
            figures.concentration = try row.real(3)
            figures.topShare = try row.real(4)
            return figures
        }
    }
}
