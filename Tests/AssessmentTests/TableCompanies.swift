// SPDX-License-Identifier: Apache-2.0

// Random companies as facts, and the rows that say the same of them.

import Assessment
import CreditFacts
import LegalHistory
import PaymentBehaviour
import Quantities
import Scoring
import StatementAnalysis
import TestRandomness

/// Companies made up, and their rows.
struct TableCompanies {
    static let asOf = CalendarDate("2025-12-31") ?? .first
    static let facts = [
        "legal_state", "directory_activity", "directory_since_day", "struck_off_day",
        "closing_day", "closing_day@1", "closing_day@2", "published_day", "published_day@1",
        "published_day@2", "months", "months@1", "months@2", "payment_index", "payment_count",
        "doubtful",
    ]

    let model: ScoringModel
    let card: ScoringModel
    let items: [String]
    private let siren = try? SIREN("999100019")
    private var generator: SeededGenerator

    init(model: ScoringModel, card: ScoringModel, seed: UInt64) {
        (self.model, self.card) = (model, card)
        var items: [String] = []
        for name in model.inputColumns.map(\.name) + card.inputColumns.map(\.name)
        where !items.contains(name) {
            items.append(name)
        }
        self.items = items
        generator = SeededGenerator(seed: seed)
    }

    // MARK: Facts

    private static let lines: [String: Int64] = [
        "AT": 900, "AU": 300, "BJ": 900, "BK": 300, "BT": 200, "BX": 500, "CF": 300, "CJ": 1_000,
        "CO": 1_900, "1A": 300, "DA": 300, "DG": 400, "DI": 100, "DL": 800, "DU": 300, "DX": 350,
        "DY": 150, "EC": 800, "EE": 1_600, "FL": 3_000, "FR": 3_000, "FS": 1_200, "FW": 600,
        "FY": 700, "FZ": 250, "GA": 80, "GF": 2_830, "GG": 170, "GU": 20, "GW": 150, "HK": 50,
        "HN": 100,
    ]
    private static let simplifiedLines: [String: Int64] = [
        "050": 200, "068": 500, "096": 1_000, "110": 1_900, "120": 300, "142": 800, "156": 300,
        "166": 350, "172": 150, "176": 800, "180": 1_600, "210": 3_000, "234": 1_200, "242": 600,
        "250": 700, "252": 250, "254": 80, "270": 170, "310": 100,
    ]

    private mutating func statement(
        _ closing: CalendarDate,
        kept: Int,
        isSimplified: Bool
    ) -> FinancialStatement {
        let isOther = generator.chance(1, of: 10)
        let form: StatementForm = isSimplified != isOther ? .simplified : .complete
        var amounts: [StatementLine: Int64] = [:]
        // Lines that grow together keep the identities of the form.
        let together = kept == 10 ? 100_000 as Int64 : nil
        for (code, value) in form == .simplified ? Self.simplifiedLines : Self.lines
        where generator.chance(kept, of: 10) {
            guard let line = StatementLine(code) else { continue }
            let factor = Int64.random(in: -20_000...200_000, using: &generator)
            amounts[line] = value * (together ?? factor)
        }
        let months = generator.chance(9, of: 10) ? 12 : Int.random(in: 1...24, using: &generator)
        var statement = FinancialStatement(
            siren: siren,
            closing: closing,
            months: months,
            form: form,
            rules: AccountingRules(closing: closing, months: months),
            amounts: amounts,
            source: PaperReference(paper: 0, line: 0)
        )
        if generator.chance(1, of: 3) {
            statement.published = closing.adding(days: Int.random(in: 0...400, using: &generator))
        }
        return statement
    }

    private mutating func statements() -> [FinancialStatement] {
        var statements: [FinancialStatement] = []
        var closing = [2026, 2025, 2024, 2024, 2024, 2023].randomElement(using: &generator)
            .flatMap { CalendarDate(year: $0, month: 12, day: 31) }
        let kept = [3, 5, 7, 9, 10, 10, 10].randomElement(using: &generator) ?? 10
        let isSimplified = generator.chance(1, of: 4)
        for _ in 0..<([0, 1, 2, 3, 3].randomElement(using: &generator) ?? 3) {
            guard let day = closing else { break }
            statements.append(statement(day, kept: kept, isSimplified: isSimplified))
            let days =
                [365, 365, 365, 365, 365, 365, 366, 200, 300, 800].randomElement(using: &generator)
                ?? 365
            closing = day.adding(days: -days)
            if days == 365 { closing = day.adding(months: -12, endOfMonth: .kept) }
        }
        return statements
    }

    private mutating func events() -> [LegalEvent] {
        let kinds: [[LegalEventKind]] = [
            [], [], [], [], [], [.reorganisationOpened], [.sauvegardeOpened],
            [.reorganisationOpened, .planAdopted], [.sauvegardeOpened, .planAdopted],
            [.liquidationOpened], [.liquidationOpened, .closedInsufficientAssets],
            [.liquidationOpened, .closedPaid], [.liquidationOpened, .closedUnspecified],
            [.unclear], [.reorganisationOpened, .appealReversed],
            [.reorganisationOpened, .planAdopted, .planResolved],
            [.reorganisationOpened, .procedureEnded],
        ]
        guard let siren, let chosen = kinds.randomElement(using: &generator) else { return [] }
        return chosen.enumerated().compactMap { place, kind in
            CalendarDate(year: 2022 + place, month: 5, day: 1 + place).map {
                LegalEvent(
                    siren: siren,
                    kind: kind,
                    decided: nil,
                    published: $0,
                    notice: "A\(place)",
                    source: PaperReference(paper: 1, line: 1)
                )
            }
        }
    }

    private mutating func entries() -> [RegisterEntry] {
        guard let siren else { return [] }
        var entries: [RegisterEntry] = []
        let days = ["2001-01-01", "2023-06-30", "2025-12-31", "2026-01-01"]
        if generator.chance(2, of: 3) {
            var entry = RegisterEntry(siren: siren, source: PaperReference(paper: 2, line: 1))
            entry.isActive = generator.chance(4, of: 5)
            if generator.chance(2, of: 3) {
                entry.since = days.randomElement(using: &generator).flatMap { CalendarDate($0) }
            }
            entries.append(entry)
        }
        if generator.chance(1, of: 6) {
            var entry = RegisterEntry(siren: siren, source: PaperReference(paper: 3, line: 1))
            entry.register = .businesses
            entry.struckOff = days.randomElement(using: &generator).flatMap { CalendarDate($0) }
            entries.append(entry)
        }
        return entries
    }

    private mutating func invoices() -> [LedgerInvoice] {
        let late = Int.random(in: -40...200, using: &generator)
        let isAgreed = generator.chance(3, of: 4)
        return (0..<Int.random(in: 0...8, using: &generator)).compactMap { number in
            guard let due = CalendarDate("2025-04-30") else { return nil }
            var invoice = LedgerInvoice(
                party: 0,
                reference: "F\(number)",
                issued: due.adding(days: -30),
                due: due,
                dueSource: isAgreed ? .column : .legal,
                cents: 100_000,
                source: PaperReference(paper: 4, line: Int32(number + 2))
            )
            invoice.open = 0
            if let paid = due.adding(days: late) {
                invoice.payments = [InvoicePayment(date: paid, cents: 100_000)]
            }
            return invoice
        }
    }

    /// A company.
    mutating func company() -> CompanyFacts {
        var facts = CompanyFacts(siren: siren)
        facts.statements = statements()
        facts.events = events()
        facts.registerEntries = entries()
        if generator.chance(2, of: 3) { facts.owed = invoices() }
        facts.hasDoubtfulPapers = generator.chance(1, of: 10)
        return facts
    }

    // MARK: Rows

    /// Whether something is odd that the days of statements do not tell.
    private func isDoubtful(_ facts: CompanyFacts, _ assessment: Assessment) -> Bool {
        // Those that days tell, and those that are not about statements.
        let others: [FindingCode] = [
            .yearLength, .yearsGap, .yearsCross, .accountsStale, .proceedingsQuashed,
        ]
        return facts.hasDoubtfulPapers
            || assessment.findings.contains {
                $0.severity >= .warning && !others.contains($0.code)
                    && !($0.code == .seriesBreak && $0.field == "rules")
            }
    }

    /// The row of a company: its facts, then its items.
    func row(_ facts: CompanyFacts, _ assessment: Assessment) -> [Double] {
        let day = { (day: CalendarDate?) in day.map { Double($0.dayNumber) } ?? .nan }
        let directory = facts.registerEntries.first { $0.register == .directory }
        let business = facts.registerEntries.first { $0.register == .businesses }
        let place = TableNumbers.proceedingStates.firstIndex(of: assessment.legal.state) ?? 0
        let statements = (0..<3).map { facts.statements.dropFirst($0).first }
        let payments = assessment.payments
        var row = [
            Double(place + 1), directory.map { $0.isActive == true ? 1 : 2 } ?? .nan,
            day(directory?.since), day(business?.struckOff),
        ]
        row += statements.map { day($0?.closing) }
        row += statements.map { day($0?.published) }
        row += statements.map { $0.map { Double($0.months) } ?? .nan }
        row += [
            payments.index ?? .nan, payments.hasLegalTermsOnly ? 0 : Double(payments.payments),
            isDoubtful(facts, assessment) ? 1 : 0,
        ]
        var values: [String: Double] = [:]
        for (year, statement) in facts.statements.enumerated() {
            let formulas: StatementFormulas =
                statement.form == .simplified ? .simplifiedInputs : .completeInputs
            for result in formulas.results(of: statement) {
                let name = result.formula.name
                values[year == 0 ? name : "\(name)@\(year)"] = result.value
            }
        }
        return row + items.map { values[$0] ?? .nan }
    }
}
