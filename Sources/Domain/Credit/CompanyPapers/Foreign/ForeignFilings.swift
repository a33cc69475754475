// SPDX-License-Identifier: Apache-2.0

// What a company filed abroad, by names of US-GAAP or IFRS. A fact comes once for each filing that
// has it; which of them counts depends on the day that is asked about: the last one that was known
// by then.

package import CreditFacts
package import Quantities

/// Facts of a filer.
package struct ForeignFilings: Sendable {
    /// The filer's number: ten digits of the American authority, or a LEI.
    package internal(set) var filer = ""
    /// Its name.
    package internal(set) var name = ""
    /// What was noticed.
    package internal(set) var findings: Findings
    /// Facts of names that are used: read, and set aside.
    package internal(set) var counts = RecordCounts()
    /// us-gaap or ifrs-full.
    package internal(set) var taxonomy = ""
    /// The currency of all amounts.
    package internal(set) var currency: Currency?
    /// Facts by name, in the order in which they became known.
    package internal(set) var facts: [String: [ForeignFact]] = [:]
    /// Facts of which the paper does not say for when they hold; no statement has them.
    package internal(set) var undated: [ForeignFact] = []
    let paper: Int32

    /// Filings of which nothing was read yet.
    init(paper: Int32, findingsPerCodeMax: Int) {
        self.paper = paper
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
    }

    /// Takes facts in their order; those that became known on one day stay in it.
    mutating func take(_ list: [ForeignFact]) {
        for fact in list { facts[fact.name, default: []].append(fact) }
        for name in facts.keys { facts[name]?.sort { $0.known < $1.known } }
    }

    // MARK: Statements

    /// The statements of all years as they were known on a day, the last one last.
    ///
    /// - Parameter findings: Gets what does not fit together in them.
    package func statements(
        asOf day: CalendarDate,
        findings: inout Findings
    ) -> [ForeignStatement] {
        guard let currency else { return [] }
        var statements: [ForeignStatement] = []
        for closing in closings(day) {
            var statement = ForeignStatement(
                filer: filer,
                name: name,
                taxonomy: taxonomy,
                currency: currency,
                closing: closing,
                source: PaperReference(paper: paper, line: 0)
            )
            for line in ForeignLine.table where line.taxonomy == taxonomy {
                if statement.amounts[line.line] != nil { continue }
                statement.amounts[line.line] = amount(line, closing, day, &findings)
            }
            check(statement, &findings)
            statements.append(statement)
        }
        return statements
    }

    /// Days on which years ended, by what annual filings tell.
    private func closings(_ day: CalendarDate) -> [CalendarDate] {
        var years: Set<CalendarDate> = []
        var days: Set<CalendarDate> = []
        for list in facts.values {
            for fact in list where fact.known <= day && fact.isAnnual {
                guard let end = fact.end else { continue }
                if Self.isYear(fact) { years.insert(end) }
                if fact.start == nil { days.insert(end) }
            }
        }
        return (years.isEmpty ? days : years).sorted()
    }

    private static func isYear(_ fact: ForeignFact) -> Bool {
        guard let start = fact.start, let end = fact.end else { return false }
        return (350...380).contains(end.days(since: start))
    }

    /// What was last filed of a name by a day.
    private func fact(
        _ name: String,
        _ closing: CalendarDate,
        isOfYear: Bool,
        asOf day: CalendarDate
    ) -> ForeignFact? {
        facts[name]?.last { fact in
            fact.known <= day && fact.end == closing
                && (isOfYear ? Self.isYear(fact) : fact.start == nil)
        }
    }

    private func amount(
        _ line: ForeignLine,
        _ closing: CalendarDate,
        _ day: CalendarDate,
        _ findings: inout Findings
    ) -> ForeignStatement.Amount? {
        var cents: Int64 = 0
        var (first, last) = (CalendarDate.last, CalendarDate.first)
        for term in line.terms {
            guard let fact = fact(term.name, closing, isOfYear: line.isOfYear, asOf: day) else {
                return nil
            }
            // A fact is below 1e17, and a line has few terms.
            cents += term.isNegative ? -fact.cents : fact.cents
            (first, last) = (min(first, fact.known), max(last, fact.known))
        }
        if !line.mark.isEmpty {
            note(.lineFromFallback, line.line, [line.names, line.mark], &findings)
        }
        // A part was restated, and the whole was not.
        if first < last, line.terms.count > 1 {
            var before: Int64 = 0
            for term in line.terms {
                let fact = fact(term.name, closing, isOfYear: line.isOfYear, asOf: first)
                before += (fact?.cents ?? 0) * (term.isNegative ? -1 : 1)
            }
            if before != cents {
                note(
                    .identityOff,
                    line.line,
                    ["\(closing)", CentsText.text(cents - before)],
                    &findings
                )
            }
        }
        return ForeignStatement.Amount(
            cents: cents,
            names: line.names,
            mark: line.mark,
            filed: last
        )
    }

    /// Assets are liabilities and equity, that of minorities included.
    private func check(_ statement: ForeignStatement, _ findings: inout Findings) {
        guard let assets = statement.amounts["total_assets"]?.cents,
            let liabilities = statement.amounts["total_liabilities"]?.cents,
            let equity = statement.amounts["equity_total"]?.cents
        else { return }
        let temporary = statement.amounts["temporary_equity"]?.cents ?? 0
        let off = assets - liabilities - equity
        // Derived liabilities hold what stands between them and equity.
        guard off != 0, off != temporary else { return }
        note(
            .identityOff,
            "total_assets",
            ["\(statement.closing)", CentsText.text(off)],
            &findings
        )
    }

    // MARK: Findings

    /// Why there is nothing.
    var noFact: String {
        "no fact can be used; \(counts.setAside) were set aside"
            + (counts.leftOut > 0 ? ", \(counts.leftOut) are of parts or in other currencies" : "")
    }

    /// So many facts in a currency.
    static func inCurrency(_ code: String, _ count: Int) -> String { "\(code) (\(count))" }

    func note(
        _ code: FindingCode,
        _ field: String,
        _ values: [String],
        _ findings: inout Findings
    ) {
        let place = PaperReference(paper: paper, line: 0)
        findings.add(Finding(code, at: place, field: field, values))
    }
}

extension [String: Int] {
    /// The text that was counted most; of those that were as often the first by its letters.
    var mostCounted: String? { self.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
}
