// SPDX-License-Identifier: Apache-2.0

// Companies of which anything may be known, in the order in which joined facts have it: the newest
// year first, events by their days.

import CreditFacts
import Quantities
import TestRandomness

/// Makes companies by chance.
struct RandomCompany {
    private var chance: SeededGenerator
    private let siren: SIREN
    private static let place = PaperReference(paper: 0, line: 0)
    private static let lines = [
        "AB", "AH", "BJ", "BK", "BL", "BX", "BY", "CD", "CF", "CJ", "CO", "DA", "DD", "DI", "DL",
        "DU", "DV", "DX", "DY", "EC", "EE", "FL", "FR", "FS", "FU", "FW", "FX", "FY", "FZ", "GA",
        "GF", "GG", "GR", "GU", "GV", "GW", "HI", "HK", "HN", "YP",
    ]

    init(seed: Int) throws {
        chance = SeededGenerator(seed: seed)
        siren = try SIREN("999200017")
    }

    private mutating func day(_ range: ClosedRange<Int> = 18_000...20_400) -> CalendarDate {
        CalendarDate(dayNumber: Int.random(in: range, using: &chance)) ?? .first
    }

    private mutating func maybeDay() -> CalendarDate? { chance.once(in: 3) ? nil : day() }

    /// A company; each part may be missing.
    mutating func facts() -> CompanyFacts {
        var facts = CompanyFacts(siren: siren)
        facts.hasDoubtfulPapers = chance.once(in: 4)
        if !chance.once(in: 6) { addStatements(to: &facts) }
        if chance.once(in: 2) {
            for number in 0..<chance.upTo(5) { facts.events.append(event(number)) }
            facts.events.sort { $0.published < $1.published }
        }
        if let event = facts.events.first, chance.once(in: 3) {
            var correction = NoticeCorrection(corrected: event.notice, by: "K1", published: day())
            correction.companies = [siren]
            correction.kind = event.kind
            correction.source = Self.place
            facts.corrections = [correction]
        }
        for _ in 0..<chance.upTo(4) - 1 { facts.registerEntries.append(entry()) }
        facts.registerEntries.sort {
            (CalendarDate($0.updatedAt ?? "") ?? $0.since ?? .first)
                < (CalendarDate($1.updatedAt ?? "") ?? $1.since ?? .first)
        }
        if chance.once(in: 2) { facts.owed = (0..<chance.upTo(20)).map { invoice($0) } }
        if chance.once(in: 2) { facts.receivable = (0..<chance.upTo(20)).map { invoice($0) } }
        if chance.once(in: 3) { facts.unallocated = [credit()] }
        if chance.once(in: 3) { facts.receivableCredits = [credit(), credit()] }
        if chance.once(in: 3) { facts.ledgerUntil = day(20_000...20_400) }
        if chance.once(in: 3) {
            for month in 24_280..<24_280 + chance.upTo(12) {
                facts.salesByMonth[month] = Int64(chance.upTo(1_000_000))
            }
        }
        return facts
    }

    private mutating func addStatements(to facts: inout CompanyFacts) {
        var closing = day(19_600...20_300)
        for _ in 0..<chance.upTo(4) {
            facts.statements.append(statement(closing))
            // Of two of one day that which was filed last counts.
            if chance.once(in: 5) { facts.statements.append(statement(closing)) }
            if chance.once(in: 3), let before = closing.adding(days: -365) {
                facts.comparatives.append(statement(before))
            }
            if chance.once(in: 2) {
                facts.filings.append(
                    AccountsFiling(
                        closing: closing,
                        filed: maybeDay(),
                        isOfLiquidation: chance.once(in: 9),
                        source: Self.place
                    )
                )
            }
            closing = closing.adding(days: -365) ?? .first
        }
    }

    private mutating func statement(_ closing: CalendarDate) -> FinancialStatement {
        var amounts: [StatementLine: Int64] = [:]
        for code in Self.lines where !chance.once(in: 4) {
            if let line = StatementLine(code) {
                amounts[line] = Int64.random(in: -1_000_000...9_000_000, using: &chance)
            }
        }
        var statement = FinancialStatement(
            siren: siren,
            closing: closing,
            months: chance.once(in: 9) ? 18 : 12,
            form: chance.once(in: 9) ? .consolidated : .complete,
            rules: .plan2024,
            amounts: amounts,
            source: Self.place
        )
        statement.published = chance.once(in: 2) ? closing.adding(days: chance.upTo(300)) : nil
        return statement
    }

    private mutating func event(_ number: Int) -> LegalEvent {
        LegalEvent(
            siren: siren,
            kind: chance.pick(LegalEventKind.allCases),
            proceeding: chance.once(in: 2) ? chance.pick(Proceeding.allCases) : nil,
            decided: maybeDay(),
            published: day(),
            notice: "A2025000\(number)",
            source: Self.place
        )
    }

    private mutating func entry() -> RegisterEntry {
        var entry = RegisterEntry(siren: siren, source: Self.place)
        entry.register = chance.pick([.directory, .businesses])
        entry.isActive = chance.pick([true, true, false, nil])
        entry.since = maybeDay()
        entry.struckOff = chance.once(in: 8) ? day() : nil
        entry.updatedAt = maybeDay()?.description
        entry.activity = chance.pick(["43.32A", nil])
        entry.headcount = chance.pick([HeadcountBand(holding: 7), nil])
        return entry
    }

    private mutating func invoice(_ number: Int) -> LedgerInvoice {
        let issued = day(19_800...20_300)
        var invoice = LedgerInvoice(
            party: Int32(chance.upTo(5)),
            reference: "F\(number)",
            issued: chance.once(in: 9) ? nil : issued,
            due: chance.once(in: 9) ? nil : issued.adding(days: 30),
            dueSource: chance.pick([nil, .column, .terms, .legal]),
            cents: Int64(chance.upTo(1_000_000)),
            source: Self.place
        )
        if !chance.once(in: 3) {
            let paid = issued.adding(days: chance.upTo(90)) ?? issued
            invoice.payments = [InvoicePayment(date: paid, cents: invoice.cents)]
            invoice.open = 0
        }
        if chance.once(in: 9) { invoice.disputes = [InvoiceDispute(opened: issued)] }
        if chance.once(in: 9), let next = issued.adding(days: 10) {
            invoice.promises = [
                PaymentPromise(made: issued, date: next, cents: nil, isVerifiable: true)
            ]
        }
        invoice.isDoubtful = chance.once(in: 20)
        invoice.currency = chance.once(in: 10) ? Currency("USD") : Currency("EUR")
        return invoice
    }

    private mutating func credit() -> UnallocatedCredit {
        UnallocatedCredit(
            party: Int32(chance.upTo(5)),
            date: day(19_800...20_300),
            cents: Int64(chance.upTo(100_000)),
            isPayment: chance.once(in: 2),
            source: Self.place
        )
    }
}
