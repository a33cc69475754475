// SPDX-License-Identifier: Apache-2.0

// The quarterly files of the American authority (Financial Statement Data Sets): numbers of all
// filings (num.txt) and what was filed by whom (sub.txt). Numbers of a part of a company, or of
// another one in the same filing, are left out.

internal import CreditFacts
internal import Documents
internal import Quantities
internal import VigieLimits

/// A filing of the data sets.
struct FilingDataSet {
    /// Who filed.
    struct Submission {
        var filer: String
        var name = ""
        var form: String
        var filed: CalendarDate?
    }

    /// A number with its currency.
    struct Number {
        var fact: ForeignFact
        var currency: Currency
    }

    /// Who filed, by the number of the filing.
    private(set) var submissions: [String: Submission] = [:]
    /// Numbers by the number of their filing.
    private var numbers: [String: [Number]] = [:]
    private var count = 0
    /// The paper that the numbers were read from, the first of several.
    private(set) var paper: Int32 = 0

    /// Reads the list of filings.
    mutating func readSubmissions(_ records: inout NamedRecords) throws(InputError) {
        try records.require(["adsh", "cik", "form", "filed"], else: "is no list of filings")
        let columns = ["adsh", "cik", "name", "form", "filed"].map { records.place($0) }
        while try records.next() {
            let filed = records.text(columns[4]) ?? ""
            guard let number = records.text(columns[0]), let filer = records.text(columns[1]),
                submissions.count < PaperLimits.dataSetFilingsMaximum
            else {
                records.setAside(.missingValue, field: "adsh")
                continue
            }
            guard let day = Self.day(filed) else {
                records.setAside(.badDate, field: "filed", [filed])
                continue
            }
            submissions[number] = Submission(
                filer: String(repeating: "0", count: max(0, 10 - filer.utf8.count)) + filer,
                name: records.text(columns[2]) ?? "",
                form: records.text(columns[3]) ?? "",
                filed: day
            )
        }
    }

    /// Reads numbers.
    ///
    /// - Returns: How many were left out since they are of names that are not used, or of a part.
    mutating func readNumbers(
        _ records: inout NamedRecords,
        paper: Int32
    ) throws(InputError) -> Int {
        if numbers.isEmpty { self.paper = paper }
        let names = ["adsh", "tag", "ddate", "qtrs", "uom", "value"]
        try records.require(names, else: "is no list of numbers")
        let columns = names.map { records.place($0) }
        let others = ["segments", "coreg"].map { records.place($0) }
        let version = records.place("version")
        var leftOut = 0
        while try records.next() {
            let tag = records.text(columns[1]) ?? ""
            let taxonomy = records.text(version).map { $0.hasPrefix("ifrs") } ?? false
            let isKnown = ForeignLine.isKnown((taxonomy ? "ifrs-full:" : "us-gaap:") + tag)
            guard isKnown, others.allSatisfy({ records.text($0) == nil }),
                let unit = records.text(columns[4]), let currency = Currency(unit)
            else {
                leftOut += 1
                continue
            }
            guard let number = records.text(columns[0]), count < PaperLimits.dataSetNumbersMaximum
            else {
                records.setAside(.missingValue, field: "adsh")
                continue
            }
            guard let fact = Self.fact(&records, columns, tag) else { continue }
            count += 1
            numbers[number, default: []].append(Number(fact: fact, currency: currency))
        }
        return leftOut
    }

    private static func fact(
        _ records: inout NamedRecords,
        _ columns: [Int?],
        _ tag: String
    ) -> ForeignFact? {
        let text = records.text(columns[2]) ?? ""
        let quarters = records.text(columns[3]) ?? ""
        guard let end = day(text), let count = Int(quarters), (0...40).contains(count) else {
            records.setAside(.badDate, field: "ddate", [text, quarters])
            return nil
        }
        let shown = records.text(columns[5]) ?? ""
        guard let units = Array(shown.utf8)[...].double, let cents = ForeignFact.cents(units) else {
            records.setAside(.badAmount, field: tag, [shown])
            return nil
        }
        let start = count == 0 ? nil : end.adding(months: -3 * count, endOfMonth: .kept)
        return ForeignFact(
            name: tag,
            start: start.flatMap { $0.adding(days: 1) },
            end: end,
            isAnnual: false,
            cents: cents,
            line: records.reference.line
        )
    }

    /// A day that is written 20241231.
    private static func day(_ text: String) -> CalendarDate? { XMLMoment(text)?.date }

    // MARK: Both together

    /// Filings by filer. One that the list of filings does not have stands under its own number,
    /// without the day of filing.
    ///
    /// - Parameter findings: Gets what was left out, and which filings are not in the list.
    func filings(_ findings: inout Findings) -> [ForeignFilings] {
        var filers: [String: ForeignFilings] = [:]
        var facts: [String: [ForeignFact]] = [:]
        for (number, list) in numbers.sorted(by: { $0.key < $1.key }) {
            let submission = submissions[number] ?? Submission(filer: number, form: "10-K")
            if submissions[number] == nil {
                note(.filingNotListed, "adsh", [number], &findings)
            }
            var filings =
                filers[submission.filer]
                ?? ForeignFilings(paper: paper, findingsPerCodeMax: 0)
            filings.filer = submission.filer
            filings.name = submission.name
            var counts: [String: Int] = [:]
            for number in list { counts[number.currency.code, default: 0] += 1 }
            if filings.currency == nil {
                filings.currency = counts.mostCounted.flatMap { Currency($0) }
                let isAmerican = list.contains { ForeignLine.isKnown("us-gaap:" + $0.fact.name) }
                filings.taxonomy = isAmerican ? "us-gaap" : "ifrs-full"
            }
            for each in list where each.currency == filings.currency {
                var fact = each.fact
                fact.filed = submission.filed
                fact.isAnnual = ForeignFact.isAnnual(submission.form)
                facts[submission.filer, default: []].append(fact)
            }
            for (code, count) in counts.sorted(by: { $0.key < $1.key })
            where code != filings.currency?.code {
                note(.otherCurrency, number, [ForeignFilings.inCurrency(code, count)], &findings)
            }
            filers[submission.filer] = filings
        }
        for (filer, list) in facts { filers[filer]?.take(list) }
        return filers.values.sorted { $0.filer < $1.filer }
    }

    private func note(
        _ code: FindingCode,
        _ field: String,
        _ values: [String],
        _ findings: inout Findings
    ) {
        let place = PaperReference(paper: paper, line: 0)
        findings.add(Finding(code, at: place, field: field, values))
    }
}
