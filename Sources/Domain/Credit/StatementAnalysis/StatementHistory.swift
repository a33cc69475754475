// SPDX-License-Identifier: Apache-2.0

// The statements of one company in their order, each year once, and what is odd about them. Those
// of a group are never mixed with those of the company itself, and never taken for a correction.
//
// Estimate for two years of 60 lines: to lay out their amounts 0.5 us, identities 0.4, rules of
// lines 0.2, order and copies 0.5; 1.6 us in all.

internal import CCreditData
package import CreditFacts
package import Quantities

/// The statements of one company.
package struct StatementHistory: Sendable {
    /// Those of the company itself, the last year first.
    package private(set) var company: [FinancialStatement] = []
    /// Those of its group, the last year first.
    package private(set) var group: [FinancialStatement] = []
    /// What was noticed, with its weight.
    package private(set) var findings: [Finding] = []
    /// What later papers say of the years before.
    private let comparatives: [FinancialStatement]

    /// Puts statements in order and checks them.
    ///
    /// - Parameters:
    ///   - statements: The statements of one company. Of two for the same year, on the same form,
    ///     the one that was filed last counts; where nothing says when, the last in the list.
    ///   - comparatives: What filings say of the year before theirs (the column N-1).
    ///   - day: The day that is looked from; nil for none.
    ///   - cells: Memory to work in.
    package init(
        _ statements: [FinancialStatement],
        comparatives: [FinancialStatement] = [],
        asOf day: CalendarDate? = nil,
        cells: StatementCells = StatementCells()
    ) {
        self.comparatives = comparatives
        var (own, ofGroup): ([FinancialStatement], [FinancialStatement]) = ([], [])
        for statement in statements {
            if let day, day < statement.closing {
                note(.closingInFuture, statement, "", [statement.closing.description], .error)
            } else if statement.form == .consolidated {
                ofGroup.append(statement)
            } else {
                own.append(statement)
            }
        }
        group = oncePerYear(ofGroup)
        company = oncePerForm(oncePerYear(own))
        for statement in group where !company.isEmpty {
            note(.groupApart, statement, "", [statement.closing.description], .info)
        }
        checkEach(company, cells)
        checkJoints(company)
        checkEach(group, cells)
        checkJoints(group)
        checkComparatives()
        if let day { checkAge(day) }
    }

    /// What the company's last year is evaluated with: the statement of the year before on the same
    /// form, or what the last one says of it.
    package func years(
        priceIndex: Double? = nil,
        marketValue: Double? = nil
    ) -> StatementYears? {
        guard let last = company.first else { return nil }
        return StatementYears(
            last,
            previous: before(last, in: company) ?? before(last, in: comparatives),
            priceIndex: priceIndex,
            marketValue: marketValue
        )
    }

    private func before(
        _ statement: FinancialStatement,
        in others: [FinancialStatement]
    ) -> FinancialStatement? {
        others.first { other in
            other.form == statement.form && other.closing < statement.closing
                && abs(Self.gapDays(other, statement) ?? .max) <= StatementThresholds.jointDays
        }
    }

    // MARK: Order

    /// The last year first, each closing day and form once, the last one that was filed.
    private mutating func oncePerYear(_ statements: [FinancialStatement]) -> [FinancialStatement] {
        guard statements.count > 1 else { return statements }
        let sorted = statements.indices.sorted { left, right in
            let order = Self.order(statements[left], statements[right])
            return order == 0 ? left > right : order > 0
        }
        var kept: [FinancialStatement] = []
        for place in sorted {
            let statement = statements[place]
            guard let last = kept.last, last.closing == statement.closing,
                last.form == statement.form
            else {
                kept.append(statement)
                continue
            }
            let values = [statement.closing.description, statement.form.rawValue]
            if StatementComparison.agree(last, statement) {
                note(.statementTwice, statement, "", values, .info)
                // Of books and what was filed of them the books, which say more.
                if last.isInWholeEuros, !statement.isInWholeEuros {
                    kept[kept.count - 1] = statement
                }
            } else {
                note(.statementReplaced, statement, "", values, .warning)
            }
        }
        return kept
    }

    /// By closing day, form and day of filing: positive where the first is the later one, 0 where
    /// nothing tells.
    private static func order(_ left: FinancialStatement, _ right: FinancialStatement) -> Int {
        if left.closing != right.closing { return left.closing < right.closing ? -1 : 1 }
        if left.form != right.form { return left.form.rawValue < right.form.rawValue ? -1 : 1 }
        let filed = (left.published?.dayNumber ?? .min, right.published?.dayNumber ?? .min)
        return filed.0 == filed.1 ? 0 : filed.0 < filed.1 ? -1 : 1
    }

    /// Of two forms of one day the complete one.
    private mutating func oncePerForm(_ statements: [FinancialStatement]) -> [FinancialStatement] {
        guard statements.count > 1 else { return statements }
        var kept: [FinancialStatement] = []
        for statement in statements {
            guard let last = kept.last, last.closing == statement.closing else {
                kept.append(statement)
                continue
            }
            note(.formsMixed, statement, "", [statement.closing.description], .warning)
            if statement.form == .complete { kept[kept.count - 1] = statement }
        }
        return kept
    }

    // MARK: Checks

    private mutating func checkEach(_ series: [FinancialStatement], _ cells: StatementCells) {
        for statement in series {
            let identities = StatementIdentities.of(statement.form)
            let previous = identities.usesYearBefore ? before(statement, in: series) : nil
            cells.load(statement)
            findings += identities.findings(of: statement, cells, previous: previous)
            findings += LineRules.of(statement.form).findings(of: statement, cells)
            if statement.months != 12 {
                let months = "\(statement.months)"
                let isPossible = (1...36).contains(statement.months)
                note(.yearLength, statement, "months", [months], isPossible ? .warning : .error)
            }
            checkCashFlow(statement, cells)
        }
    }

    /// Accounts that are kept beside the lines, by the numbers of their lines.
    private static let details = FactTable.rows(vigie_account_details).compactMap { row in
        row.count == 4 ? StatementLine(row[1])?.number : nil
    }

    private mutating func checkCashFlow(
        _ statement: FinancialStatement,
        _ cells: StatementCells
    ) {
        guard statement.rules == .plan2025, statement.form != .simplified,
            Self.details.contains(where: { cells.cents[$0] != 0 })
        else { return }
        let figures = StatementFormulas.of(statement.form).figures(of: StatementYears(statement))
        if let published = figures["caf"], let corrected = figures["caf_corrigee"],
            abs(published - corrected) >= 0.005
        {
            let values = [EurosText.text(published), EurosText.text(corrected)]
            note(.cashFlowCorrected, statement, "caf", values, .warning)
        }
    }

    private mutating func checkJoints(_ series: [FinancialStatement]) {
        for (later, earlier) in zip(series, series.dropFirst()) {
            let days = Self.gapDays(earlier, later) ?? 0
            if abs(days) > StatementThresholds.jointDays {
                let values = [earlier.closing.description, later.closing.description]
                let isGap = days > 0
                note(
                    isGap ? .yearsGap : .yearsCross,
                    later,
                    "",
                    values,
                    isGap ? .warning : .error
                )
            }
            if earlier.rules != later.rules {
                let rules = [earlier.rules.rawValue, later.rules.rawValue]
                note(.seriesBreak, later, "rules", rules, .warning)
            }
            if earlier.form != later.form {
                let forms = [earlier.form.rawValue, later.form.rawValue]
                note(.seriesBreak, later, "form", forms, .warning)
            }
        }
    }

    /// Days from the end of a year to the day before the next one begins; nil where there is no
    /// such day.
    private static func gapDays(
        _ earlier: FinancialStatement,
        _ later: FinancialStatement
    ) -> Int? {
        StatementJoint.gapDays(earlier.closing, later.closing, months: later.months)
    }

    private mutating func checkAge(_ day: CalendarDate) {
        guard let last = company.first else { return }
        let isOlder = { (months: Int) in
            last.closing.adding(months: months, endOfMonth: .kept).map { $0 < day } ?? false
        }
        let isVeryOld = isOlder(StatementThresholds.veryStaleMonths)
        if isVeryOld || isOlder(StatementThresholds.staleMonths) {
            let values = [last.closing.description, day.description]
            note(.accountsStale, last, "", values, isVeryOld ? .error : .warning)
        }
    }

    private mutating func checkComparatives() {
        for comparative in comparatives {
            let series = comparative.form == .consolidated ? group : company
            let own = series.first {
                $0.closing == comparative.closing && $0.form == comparative.form
            }
            if let own { findings += StatementComparison.findings(of: own, after: comparative) }
        }
    }

    private mutating func note(
        _ code: FindingCode,
        _ statement: FinancialStatement,
        _ field: String,
        _ values: [String],
        _ severity: FindingSeverity
    ) {
        findings.append(
            Finding(code, at: statement.source, field: field, values, severity: severity)
        )
    }
}
