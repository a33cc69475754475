// SPDX-License-Identifier: Apache-2.0

// Statements out of filings. A filing that cannot be used is still a fact: accounts were filed, on
// a day. Statements of a group are never mixed with those of the company itself.

package import CreditFacts
package import Quantities

/// A filing and what can be read out of it.
package struct FiledAccounts: Sendable {
    /// The company.
    package var siren: SIREN
    /// The day on which the year ends.
    package var closing: CalendarDate
    /// When it was filed; nil where the paper does not say.
    package var filed: CalendarDate?
    /// The type of accounts, as it stands in the paper.
    package var type: String
    /// Why the office typed nothing in, or corrected it: "0" for nothing out of the ordinary.
    package var processing: String
    /// Whether these are accounts at the beginning of a liquidation.
    package var isOfLiquidation: Bool { processing == "15" }
    /// How far they are published, as it stands in the paper: a code or words.
    package var confidentiality = ""
    /// The statement; nil where there is none that can be used.
    package var statement: FinancialStatement?
    /// That of the year before, as far as the filing has it.
    package var previous: FinancialStatement?
    /// Where it was read.
    package var source: PaperReference
}

/// All filings of a paper.
package struct FiledAccountsList: Sendable {
    /// Filings, for each company, year and type one of each day: which of them counts depends on
    /// the day that is asked about.
    package private(set) var filings: [FiledAccounts] = []
    /// What was noticed.
    package private(set) var findings: Findings
    /// Filings that were read, and those set aside.
    package private(set) var counts = RecordCounts()

    private let wants: @Sendable (SIREN) -> Bool
    private var places: [Key: Int] = [:]
    /// How many filings there are of a year, by a key without a day.
    private var held: [Key: Int] = [:]
    /// When filings were made that were withdrawn.
    private var withdrawn: [Key: CalendarDate] = [:]

    private struct Key: Hashable, Sendable {
        var siren: SIREN
        var closing: CalendarDate
        var type: String
        var filed: CalendarDate?
    }

    init(findingsPerCodeMax: Int, wants: @escaping @Sendable (SIREN) -> Bool) {
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
        self.wants = wants
    }

    /// Sets a record aside that is none.
    mutating func addBroken(_ source: PaperReference) {
        counts.read += 1
        counts.setAside += 1
        findings.add(Finding(.brokenRecord, at: source))
    }

    /// Why nothing was read; nil if something was, whether or not it can be used.
    var emptiness: String? { counts.read == 0 ? "it holds no filing" : nil }

    /// Adds a filing.
    mutating func add(_ cells: FiledCells) {
        counts.read += 1
        guard let siren = try? SIREN(cells["siren"]) else {
            return setAside(cells, .badIdentifier, "siren", cells["siren"])
        }
        guard wants(siren) else {
            counts.leftOut += 1
            return
        }
        if let (name, first, second) = cells.contradiction {
            counts.setAside += 1
            findings.add(
                Finding(.filingContradicts, at: cells.source, field: name, [first, second])
            )
            return
        }
        guard let closing = FrenchDate.read(cells["dateClotureExercice"]) else {
            return setAside(cells, .badDate, "dateClotureExercice", cells["dateClotureExercice"])
        }
        var filing = FiledAccounts(
            siren: siren,
            closing: closing,
            filed: FrenchDate.read(cells["dateDepot"]),
            type: cells.type,
            processing: Self.processing(cells["codeSaisie"]),
            source: cells.source
        )
        let key = Key(siren: siren, closing: closing, type: filing.type)
        let own = Key(siren: siren, closing: closing, type: filing.type, filed: filing.filed)
        if cells.isDeleted { return withdraw(cells, filing, key) }
        if let day = withdrawn[key], filing.filed ?? .first <= day {
            counts.leftOut += 1
            return note(cells, .filingWithdrawn, "deleted", cells["dateDepot"])
        }
        if filing.processing != "0" {
            note(cells, .filingProcessed, "codeSaisie", filing.processing)
        }
        noteConfidentiality(cells, &filing)
        addStatements(cells, to: &filing)
        if held[key, default: 0] > 0 { note(cells, .filedTwice, "dateDepot", cells["dateDepot"]) }
        if let place = places[own] {
            filings[place] = filing
        } else {
            places[own] = filings.count
            filings.append(filing)
            held[key, default: 0] += 1
        }
    }

    /// A filing that is withdrawn takes back what was filed up to then, wherever that stands.
    private mutating func withdraw(_ cells: FiledCells, _ filing: FiledAccounts, _ key: Key) {
        counts.leftOut += 1
        let day = filing.filed ?? .last
        withdrawn[key] = max(withdrawn[key] ?? .first, day)
        note(cells, .filingWithdrawn, "deleted", cells["dateDepot"])
        guard held.removeValue(forKey: key) ?? 0 > 0 else { return }
        filings.removeAll { other in
            other.siren == key.siren && other.closing == key.closing && other.type == key.type
                && other.filed ?? .first <= day
        }
        places = [:]
        for (place, filing) in filings.enumerated() {
            let (siren, closing, type) = (filing.siren, filing.closing, filing.type)
            places[Key(siren: siren, closing: closing, type: type, filed: filing.filed)] = place
            if (siren, closing, type) == (key.siren, key.closing, key.type) {
                held[key, default: 0] += 1
            }
        }
    }

    /// Codes and words that say that all of it is public.
    private static let publicWords = ["", "0", "public"]

    private mutating func noteConfidentiality(_ cells: FiledCells, _ filing: inout FiledAccounts) {
        let (code, words) = (cells["codeConfidentialite"], cells["confidentiality"])
        filing.confidentiality = words.isEmpty ? code : words
        let isPublic = [code, words].allSatisfy {
            Self.publicWords.contains(FrenchText.folded($0))
        }
        if !isPublic { note(cells, .filingConfidential, "confidentiality", filing.confidentiality) }
    }

    /// "00" and "0" are one; an empty one says nothing out of the ordinary.
    private static func processing(_ code: String) -> String {
        let plain = code.drop { $0 == "0" }
        return plain.isEmpty ? "0" : String(plain)
    }

    private mutating func addStatements(_ cells: FiledCells, to filing: inout FiledAccounts) {
        guard let form = StatementForm(rawValue: filing.type) else {
            note(cells, .formNotRead, "codeTypeBilan", filing.type)
            return
        }
        let currency = cells["codeDevise"]
        guard currency.isEmpty || currency == "EUR" else {
            note(cells, .currencyNotRead, "codeDevise", currency)
            return
        }
        // From 2 on the accounts were filed and not typed in.
        if let number = Int(filing.processing), number >= 2 { return }
        let amounts = FiledAmounts(cells.cells, form: form)
        for bad in amounts.bad { note(cells, .badAmount, bad.code, bad.text) }
        for line in amounts.unknown { note(cells, .lineUnknown, line.code, line.text) }
        for line in amounts.twice {
            findings.add(
                Finding(.lineTwice, at: cells.source, field: line.code, [line.first, line.second])
            )
        }
        if amounts.isMixed { return note(cells, .mixedDialects, "liasses", "FL, m3") }
        guard !amounts.current.isEmpty else {
            note(cells, .nothingRead, "liasses", "")
            return
        }
        let before = FrenchDate.read(cells["dateClotureExerciceNMoins1"])
        let months = self.months(cells, "dureeExerciceN", filing.closing, before)
        filing.statement = statement(filing, form, amounts.current, months)
        if let closing = before, !amounts.previous.isEmpty {
            var earlier = filing
            earlier.closing = closing
            let months = self.months(cells, "dureeExerciceNMoins1", closing, nil)
            filing.previous = statement(earlier, form, amounts.previous, months)
        }
    }

    /// The length of a year. One that cannot be is told, and is what lies between two closings, or
    /// twelve months.
    private mutating func months(
        _ cells: FiledCells,
        _ field: String,
        _ closing: CalendarDate,
        _ before: CalendarDate?
    ) -> Int {
        let text = cells[field]
        if let months = Int(text), StatementMonths.possible.contains(months) { return months }
        let between = before.map { (closing.days(since: $0) * 48 + 730) / 1_461 }
        let months = between.flatMap { StatementMonths.possible.contains($0) ? $0 : nil } ?? 12
        if !text.isEmpty {
            findings.add(
                Finding(.badMonths, at: cells.source, field: field, [text, "\(months)"])
            )
        }
        return months
    }

    private func statement(
        _ filing: FiledAccounts,
        _ form: StatementForm,
        _ amounts: [StatementLine: Int64],
        _ months: Int
    ) -> FinancialStatement {
        var statement = FinancialStatement(
            siren: filing.siren,
            closing: filing.closing,
            months: months,
            form: form,
            rules: AccountingRules(closing: filing.closing, months: months),
            amounts: amounts,
            source: filing.source
        )
        // Accounts are filed within seven months at most (code de commerce, L. 232-21 to 23: one or
        // two months after a meeting within six); without a day they are known from then on.
        statement.published = filing.filed ?? filing.closing.adding(months: 7, endOfMonth: .kept)
        return statement
    }

    // MARK: Findings

    private mutating func note(
        _ cells: FiledCells,
        _ code: FindingCode,
        _ field: String,
        _ value: String
    ) {
        findings.add(Finding(code, at: cells.source, field: field, [value]))
    }

    private mutating func setAside(
        _ cells: FiledCells,
        _ code: FindingCode,
        _ field: String,
        _ value: String
    ) {
        counts.setAside += 1
        note(cells, code, field, value)
    }
}

/// How long a year may be.
enum StatementMonths {
    // tidy: limit: the law knows no longer first year than this, in months
    static let possible = 1...36
}
