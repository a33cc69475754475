// SPDX-License-Identifier: Apache-2.0

// The table of the latest days that may be agreed. No decision looks at it, so the model gives its
// columns no types; a cell that is no number of days would let any term pass.

internal import Documents
internal import Quantities
internal import VigieLimits

extension ReferenceTable {
    /// Holds the table against what the calculation reads of it.
    func checkLegalTerms(
        _ file: String,
        from first: CalendarDate,
        to last: CalendarDate?,
        _ problems: PolicyProblems
    ) {
        for wanted in ["sector", "maximum_days"] where !columns.contains(wanted) {
            let hint = NearestName.hint(columns, to: wanted)
            problems.add(file, "line 1", "has no column \"\(wanted)\".\(hint)")
        }
        if let key = columns.firstIndex(of: "sector") {
            let all = rows.filter { $0.cells[key] == "*" }.sorted { $0.validFrom < $1.validFrom }
            // The first day for which no row for all sectors was found yet.
            var open: CalendarDate? = first
            for row in all {
                guard let day = open, row.validFrom <= day else { break }
                if row.end >= day { open = row.end.adding(days: 1) }
            }
            if let open, open <= last ?? .last {
                problems.add(
                    file,
                    "sector",
                    "no row \"*\" holds on \(open): a sector that the table does not name would "
                        + "have no longest term at all."
                )
            }
        }
        guard let column = columns.firstIndex(of: "maximum_days") else { return }
        for row in rows {
            let text = row.cells[column]
            if let days = Int(text), (0...PolicyLimits.days).contains(days) { continue }
            problems.add(
                file,
                "line \(row.line)",
                "maximum_days: \"\(text.prefix(FEELLimits.shownBytes))\" must be a whole number "
                    + "of days from 0 to \(PolicyLimits.days)."
            )
        }
    }
}
