// SPDX-License-Identifier: Apache-2.0

// What a company filed with the American authority (EDGAR, companyfacts). A fact comes once for
// each filing that has it; which of them counts depends on the day that is asked about: the last
// one that was filed by then. The year that a record names is that of the filing, so days are read
// only.

package import CreditFacts
package import Documents
package import Quantities

/// Facts of a filer.
package struct ForeignFilings: Sendable {
    private struct Fact {
        var name: String
        var start: CalendarDate?
        var end: CalendarDate
        var filed: CalendarDate
        var isAnnual: Bool
        var cents: Int64
    }

    /// The filer's number, ten digits.
    package private(set) var filer = ""
    /// Its name.
    package private(set) var name = ""
    /// What was noticed.
    package private(set) var findings: Findings
    /// Facts of names that are used: read, and set aside.
    package private(set) var counts = RecordCounts()
    private var taxonomy = ""
    private var currency: Currency?
    /// By name, in the order of filing.
    private var facts: [String: [Fact]] = [:]
    private let paper: Int32

    /// Reads a file.
    ///
    /// - Throws: What is wrong with it as JSON, or that it has no facts that can be used.
    package init(json: [UInt8], paper: Int32, findingsPerCodeMax: Int) throws(DocumentError) {
        self.paper = paper
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
        let document = try DocumentValue(json: json, depthLimit: DocumentDepth.notices)
        let root = DocumentNode(value: document)
        let all = try root.member("facts")
        let number = document.string("cik")
        filer = String(repeating: "0", count: max(0, 10 - number.utf8.count)) + number
        name = document.string("entityName")
        // The one that most names are of.
        var most = 0
        for taxonomy in ["us-gaap", "ifrs-full"] {
            guard let node = try all.optional(taxonomy), case .object(let object) = node.value
            else { continue }
            let known = ForeignLine.names(of: taxonomy)
            let count = object.members.count { known.contains($0.key) }
            if count > most { (most, self.taxonomy) = (count, taxonomy) }
        }
        guard most > 0 else {
            throw all.malformed("no name of us-gaap or ifrs-full that is used is among the facts")
        }
        read(all.value.nested(taxonomy))
        guard counts.kept > 0 else {
            throw all.malformed("no fact can be used; \(counts.setAside) were set aside")
        }
    }

    private mutating func read(_ taxonomyFacts: DocumentValue?) {
        guard case .object(let object) = taxonomyFacts else { return }
        let known = ForeignLine.names(of: taxonomy)
        currency = mainCurrency(object, known)
        guard let currency else { return }
        for member in object.members where known.contains(member.key) {
            let units = member.value.nested("units")
            for record in units?.nested(currency.code)?.elements ?? [] {
                counts.read += 1
                guard let fact = fact(record, member.key) else { continue }
                facts[member.key, default: []].append(fact)
            }
            // Those filed on one day stay in the order of the file.
            facts[member.key]?.sort { $0.filed < $1.filed }
        }
    }

    /// The currency of most facts.
    private func mainCurrency(_ object: DocumentObject, _ known: Set<String>) -> Currency? {
        var counts: [String: Int] = [:]
        for member in object.members where known.contains(member.key) {
            guard case .object(let units) = member.value.nested("units") else { continue }
            for unit in units.members where Currency(unit.key) != nil {
                counts[unit.key, default: 0] += unit.value.elements?.count ?? 0
            }
        }
        let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return best.flatMap { Currency($0.key) }
    }

    private mutating func fact(_ record: DocumentValue, _ name: String) -> Fact? {
        guard let end = CalendarDate(record.string("end")),
            let filed = CalendarDate(record.string("filed"))
        else {
            setAside(.badDate, name, [record.string("end"), record.string("filed")])
            return nil
        }
        let startText = record.text(of: "start")
        let start = startText.flatMap { CalendarDate($0) }
        if startText != nil, start == nil {
            setAside(.badDate, name, [startText ?? ""])
            return nil
        }
        let text = record.string("val")
        guard let value = Array(text.utf8)[...].double, abs(value) < 1e15 else {
            setAside(.badAmount, name, [text])
            return nil
        }
        // Exact: whole units have fewer digits than a float64.
        let cents = Int64((value * 100).rounded())
        let form = record.string("form")
        return Fact(
            name: name,
            start: start,
            end: end,
            filed: filed,
            isAnnual: ["10-K", "20-F", "40-F"].contains { form == $0 || form == $0 + "/A" },
            cents: cents
        )
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
            for fact in list where fact.filed <= day && fact.isAnnual {
                if Self.isYear(fact) { years.insert(fact.end) }
                if fact.start == nil { days.insert(fact.end) }
            }
        }
        return (years.isEmpty ? days : years).sorted()
    }

    private static func isYear(_ fact: Fact) -> Bool {
        fact.start.map { (350...380).contains(fact.end.days(since: $0)) } ?? false
    }

    /// What was last filed of a name by a day.
    private func fact(
        _ name: String,
        _ closing: CalendarDate,
        isOfYear: Bool,
        asOf day: CalendarDate
    ) -> Fact? {
        facts[name]?.last { fact in
            fact.filed <= day && fact.end == closing
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
            cents += term.isNegative ? -fact.cents : fact.cents
            (first, last) = (min(first, fact.filed), max(last, fact.filed))
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

    private func note(
        _ code: FindingCode,
        _ field: String,
        _ values: [String],
        _ findings: inout Findings
    ) {
        let place = PaperReference(paper: paper, line: 0)
        findings.add(Finding(code, at: place, field: field, values))
    }

    private mutating func setAside(_ code: FindingCode, _ field: String, _ values: [String]) {
        counts.setAside += 1
        note(code, field, values, &findings)
    }
}
