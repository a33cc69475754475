// SPDX-License-Identifier: Apache-2.0

// A year by its own paper against what the next year's paper says of it, line by line. Of assets
// the later paper has the net amounts only.

internal import CCreditData
internal import CreditFacts

/// From when on accounts are old, and how far years may be apart.
enum StatementThresholds {
    static let staleMonths = value("stale_months", otherwise: 20)
    static let veryStaleMonths = value("very_stale_months", otherwise: 24)
    static let jointDays = value("joint_days", otherwise: 15)

    private static func value(_ name: String, otherwise: Int) -> Int {
        let row = FactTable.rows(vigie_statement_thresholds).first { $0.first == name }
        return row.flatMap { $0.count > 1 ? Int($0[1]) : nil } ?? otherwise
    }
}

/// Compares a year with what a later paper says of it.
enum StatementComparison {
    /// A finding for each line that differs, with both amounts: for what is of the last day an
    /// opening that is not the closing, for what is of the whole year a restatement.
    static func findings(
        of own: FinancialStatement,
        after comparative: FinancialStatement
    ) -> [Finding] {
        let rules = LineRules.of(own.form)
        let isWhole = own.isInWholeEuros || comparative.isInWholeEuros
        var findings: [Finding] = []
        for (line, later) in comparative.amounts {
            var earlier = own.amounts[line] ?? 0
            var slack: Int64 = isWhole ? 100 : 0
            if rules.amountWrittenOff(line, in: comparative) == nil,
                let off = rules.amountWrittenOff(line, in: own)
            {
                // Two rounded amounts on one side, one on the other.
                earlier = earlier.subtractingReportingOverflow(off).partialValue
                slack *= 2
            }
            let (difference, overflows) = later.subtractingReportingOverflow(earlier)
            guard overflows || difference.magnitude > slack.magnitude else { continue }
            findings.append(
                Finding(
                    line.isFlow(own.form) ? .yearRestated : .openingLineDiffers,
                    at: comparative.source,
                    field: line.description,
                    [CentsText.text(earlier), CentsText.text(later)]
                )
            )
        }
        return findings
    }
    /// Whether two statements of a year say the same. Where one is in whole euros and the other is
    /// not, they come from different papers: only lines that both have are compared, and none of
    /// those that tell home and abroad apart.
    static func agree(_ one: FinancialStatement, _ other: FinancialStatement) -> Bool {
        guard one.months == other.months else { return false }
        guard one.isInWholeEuros != other.isInWholeEuros else {
            return one.amounts.filter { $0.value != 0 } == other.amounts.filter { $0.value != 0 }
        }
        let byPlace = LineRules.of(one.form).byPlace
        return one.amounts.allSatisfy { line, cents in
            guard let amount = other.amounts[line], !byPlace.contains(line) else { return true }
            let (difference, overflows) = amount.subtractingReportingOverflow(cents)
            return !overflows && difference.magnitude <= 100
        }
    }
}
