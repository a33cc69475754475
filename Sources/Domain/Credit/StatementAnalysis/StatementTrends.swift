// SPDX-License-Identifier: Apache-2.0

// How figures change over the years. Amounts are compared as of twelve months. A comparison across
// a change of rules or of the form says so: what bears one name is not the same then.

package import CreditFacts
package import Quantities

/// How one figure changed.
package struct StatementTrend: Sendable {
    /// A year's value.
    package struct Point: Sendable, Equatable {
        /// The last day of the year.
        package var closing: CalendarDate
        /// The value.
        package var value: Double
    }

    /// The formula.
    package var formula: StatementFormula
    /// Values, the last year first; years without one are left out.
    package var points: [Point]
    /// The last year's value less that of the year before it; nil where one of them is missing.
    package var change: Double?
    /// By how much it grows in a year: the straight line with the least squares through all
    /// points; nil for fewer than two.
    package var slopePerYear: Double?

    /// The trends of all figures but definitions and models.
    ///
    /// - Parameters:
    ///   - statements: The statements of a company, the last year first, each year once.
    ///   - names: Only these figures; nil for all.
    package static func all(
        of statements: [FinancialStatement],
        named names: [String]? = nil
    ) -> [StatementTrend] {
        guard let last = statements.first else { return [] }
        let figures = statements.map { statement in
            StatementFormulas.of(statement.form).figures(of: StatementYears(statement))
        }
        var trends: [StatementTrend] = []
        for formula in StatementFormulas.of(last.form).formulas
        where (formula.kind == .ratio || formula.kind == .balance)
            && names?.contains(formula.name) ?? true
        {
            let values = figures.map { $0.annualised(formula.name) }
            var points: [Point] = []
            for (statement, value) in zip(statements, values) {
                if let value { points.append(Point(closing: statement.closing, value: value)) }
            }
            guard !points.isEmpty else { continue }
            var change: Double?
            if values.count > 1, let new = values[0], let old = values[1] { change = new - old }
            trends.append(
                StatementTrend(
                    formula: formula,
                    points: points,
                    change: change,
                    slopePerYear: slope(points)
                )
            )
        }
        return trends
    }

    /// Where a series changes its rules or its form: the closing days of the first years after.
    package static func breaks(in statements: [FinancialStatement]) -> [CalendarDate] {
        zip(statements, statements.dropFirst())
            .filter { $0.rules != $1.rules || $0.form != $1.form }
            .map(\.0.closing)
    }

    private static func slope(_ points: [Point]) -> Double? {
        guard let first = points.first, points.count > 1 else { return nil }
        let years = points.map { Double($0.closing.days(since: first.closing)) / 365.25 }
        let count = Double(points.count)
        let meanYear = years.reduce(0, +) / count
        let meanValue = points.reduce(0) { $0 + $1.value } / count
        var (over, under) = (0.0, 0.0)
        for (year, point) in zip(years, points) {
            over += (year - meanYear) * (point.value - meanValue)
            under += (year - meanYear) * (year - meanYear)
        }
        let slope = over / under
        return slope.isFinite ? slope : nil
    }
}
