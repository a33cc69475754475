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
    /// The statement; nil where there is none that can be used.
    package var statement: FinancialStatement?
    /// That of the year before, as far as the filing has it.
    package var previous: FinancialStatement?
    /// Where it was read.
    package var source: PaperReference
}

/// All filings of a paper.
package struct FiledAccountsList: Sendable {
    /// Filings, the last one for each company, year and type.
    package private(set) var filings: [FiledAccounts] = []
    /// What was noticed.
    package private(set) var findings: Findings
    /// Filings that were read, and those set aside.
    package private(set) var counts = RecordCounts()

    init(findingsPerCodeMax: Int) { findings = Findings(keptPerCodeMax: findingsPerCodeMax) }

    /// Adds a filing.
    mutating func add(_ cells: FiledCells) {
        counts.read += 1
        guard let siren = try? SIREN(cells["siren"]) else {
            return setAside(cells, .badIdentifier, "siren", cells["siren"])
        }
        guard let closing = FrenchDate.read(cells["dateClotureExercice"]) else {
            return setAside(cells, .badDate, "dateClotureExercice", cells["dateClotureExercice"])
        }
        var filing = FiledAccounts(
            siren: siren,
            closing: closing,
            filed: FrenchDate.read(cells["dateDepot"]),
            type: cells["codeTypeBilan"],
            processing: Self.processing(cells["codeSaisie"]),
            source: cells.source
        )
        let key = { (filing: FiledAccounts) in
            [filing.siren.description, filing.closing.description, filing.type]
        }
        if cells.isDeleted {
            filings.removeAll { key($0) == key(filing) }
            return
        }
        if filing.processing != "0" {
            note(cells, .filingProcessed, "codeSaisie", filing.processing)
        }
        addStatements(cells, to: &filing)
        if let place = filings.firstIndex(where: { key($0) == key(filing) }) {
            let (held, new) = (filings[place].filed ?? .first, filing.filed ?? .first)
            if new >= held { filings[place] = filing }
            note(cells, .filedTwice, "dateDepot", cells["dateDepot"])
        } else {
            filings.append(filing)
        }
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
        // From 2 on the accounts were filed and not typed in.
        if let number = Int(filing.processing), number >= 2 { return }
        let amounts = FiledAmounts(cells.cells, form: form)
        for bad in amounts.bad { note(cells, .badAmount, bad.code, bad.text) }
        guard !amounts.current.isEmpty else {
            note(cells, .nothingRead, "liasses", "")
            return
        }
        let statement = statement(filing, form, amounts.current, cells["dureeExerciceN"])
        filing.statement = statement
        if let closing = FrenchDate.read(cells["dateClotureExerciceNMoins1"]),
            !amounts.previous.isEmpty
        {
            var earlier = filing
            earlier.closing = closing
            filing.previous = self.statement(
                earlier,
                form,
                amounts.previous,
                cells["dureeExerciceNMoins1"]
            )
        }
    }

    private func statement(
        _ filing: FiledAccounts,
        _ form: StatementForm,
        _ amounts: [StatementLine: Int64],
        _ months: String
    ) -> FinancialStatement {
        let length = Int(months).flatMap { (1...36).contains($0) ? $0 : nil } ?? 12
        let opening = filing.closing.adding(months: -length, endOfMonth: .kept)
        var statement = FinancialStatement(
            siren: filing.siren,
            closing: filing.closing,
            months: length,
            form: form,
            rules: (opening?.adding(days: 1)?.components.year ?? 0) >= 2025 ? .plan2025 : .plan2024,
            amounts: amounts,
            source: filing.source
        )
        statement.published = filing.filed
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
