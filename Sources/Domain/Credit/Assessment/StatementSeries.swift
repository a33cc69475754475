// SPDX-License-Identifier: Apache-2.0

// Which statements of a company count for a date: those that were known then, one a year, the
// newest first, consolidated ones never among them.

internal import CreditFacts
internal import Quantities
internal import StatementAnalysis

/// Statements that count.
struct StatementSeries {
    /// The newest first, each a year or so after the next; at most as many as the model looks at.
    private(set) var statements: [FinancialStatement] = []
    /// What filings that were known say of the year before theirs.
    private(set) var comparatives: [FinancialStatement] = []
    /// Statements of the group, the newest first.
    private(set) var group: [FinancialStatement] = []
    /// What is odd about the statements.
    private(set) var findings: [Finding] = []
    /// How old the newest is, in months.
    private(set) var ageMonths: Int?

    init(
        _ given: [FinancialStatement],
        comparatives lent: [FinancialStatement],
        asOf: CalendarDate,
        yearsMaximum: Int,
        _ cells: StatementCells
    ) {
        comparatives = Self.known(lent, on: asOf)
        let history = StatementHistory(
            Self.known(given, on: asOf),
            comparatives: comparatives,
            asOf: asOf,
            cells: cells
        )
        findings = history.findings
        group = history.group
        for statement in Self.withLent(history.company, comparatives) {
            guard let last = statements.last else {
                statements.append(statement)
                continue
            }
            if statements.count == yearsMaximum { break }
            if statement.closing == last.closing { continue }
            // A year that is missing ends the series: a model compares consecutive ones.
            guard Self.isYearBefore(statement.closing, last.closing) else { break }
            statements.append(statement)
        }
        ageMonths = statements.first.map { Self.ageMonths($0.closing, on: asOf) }
    }

    /// Whether a year ends about one year before another.
    static func isYearBefore(_ earlier: CalendarDate, _ later: CalendarDate) -> Bool {
        (270...460).contains(later.days(since: earlier))
    }

    /// How old a year is on a day, in months.
    static func ageMonths(_ closing: CalendarDate, on day: CalendarDate) -> Int {
        day.days(since: closing) * 48 / 1_461
    }

    /// What a year comes to is not known before it ends, nor before it was filed.
    private static func known(
        _ statements: [FinancialStatement],
        on day: CalendarDate
    ) -> [FinancialStatement] {
        let isKnown = { (statement: FinancialStatement) in
            (statement.published ?? statement.closing) <= day && statement.closing <= day
        }
        for place in statements.indices where !isKnown(statements[place]) {
            return statements.filter(isKnown)
        }
        return statements
    }

    /// With the years that no paper has by itself but that stand in the one after them, in order.
    private static func withLent(
        _ own: [FinancialStatement],
        _ comparatives: [FinancialStatement]
    ) -> [FinancialStatement] {
        if comparatives.isEmpty { return own }
        let closings = Set(own.map(\.closing))
        let lent = comparatives.filter {
            $0.form != .consolidated && !closings.contains($0.closing)
        }
        return (own + lent).sorted(by: isBetter)
    }

    /// The newest first; of one day that with more lines, the complete form before the simplified.
    private static func isBetter(_ left: FinancialStatement, _ right: FinancialStatement) -> Bool {
        if left.closing != right.closing { return left.closing > right.closing }
        if left.form != right.form { return left.form == .complete }
        return left.amounts.count > right.amounts.count
    }
}
