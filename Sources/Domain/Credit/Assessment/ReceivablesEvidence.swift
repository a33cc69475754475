// SPDX-License-Identifier: Apache-2.0

// How long receivables stand, over all customers: of the sales that a book or a ledger has month by
// month, else of the turnover of the last accounts.

internal import CreditFacts
internal import PaymentBehaviour
internal import Quantities
internal import StatementAnalysis

/// How long a company's receivables stand.
package struct ReceivablesEvidence: Sendable, Equatable {
    /// What sales are taken from.
    package enum Basis: String, Sendable {
        /// Sales with tax by month, as they were booked or invoiced.
        case ledger
        /// The turnover of the last accounts, with tax.
        case statement
    }

    /// What sales are taken from.
    package var basis: Basis
    /// Days sales outstanding (DSO).
    package var daysSalesOutstanding: Double?
    /// What it could be at best: if nothing were past due.
    package var bestPossibleDays: Double?
    /// Average days delinquent: the difference of both.
    package var averageDaysDelinquent: Double?
    /// DSO counted back by the sales of the last months; nil where sales by month are not known.
    package var countBackDays: Double?
    /// Which part of what could be collected in twelve months was, in percent; nil where sales by
    /// month are not known.
    package var collectionEffectiveness: Double?

    /// Works them out; nil where nothing is known of receivables, or of sales.
    init?(
        _ facts: CompanyFacts,
        _ evidence: PaymentEvidence,
        _ last: FinancialStatement?,
        asOf day: CalendarDate
    ) {
        guard !facts.receivable.isEmpty else { return nil }
        let notDue = evidence.openByAge.first ?? 0
        let months = Self.sales(facts, to: day)
        if months.contains(where: { $0.cents > 0 }) {
            let from = PaymentWindow(twelveMonthsTo: day).from
            let receivables = Receivables(
                opening: Self.opening(facts.receivable, on: from),
                closing: evidence.open,
                notDue: notDue,
                salesByMonth: months
            )
            basis = .ledger
            daysSalesOutstanding = receivables.daysSalesOutstanding
            bestPossibleDays = receivables.bestPossibleDaysSalesOutstanding
            averageDaysDelinquent = receivables.averageDaysDelinquent
            countBackDays = receivables.countBackDays
            collectionEffectiveness = receivables.collectionEffectiveness
            return
        }
        guard let last, day.days(since: last.closing) <= 550 else { return nil }
        let figures = StatementFormulas.of(last.form).figures(of: StatementYears(last))
        guard let turnover = figures.annualised("ca_ttc"), turnover > 0 else { return nil }
        basis = .statement
        // The public ratios know years of 360 days.
        let perDay = turnover * 100 / 360
        daysSalesOutstanding = Double(evidence.open) / perDay
        bestPossibleDays = Double(notDue) / perDay
        averageDaysDelinquent = Double(evidence.open - notDue) / perDay
    }

    /// Sales of the twelve months up to a day: as a book has them, else by the dates of invoices
    /// where those that were paid are there, too.
    private static func sales(
        _ facts: CompanyFacts,
        to day: CalendarDate
    ) -> [(days: Int, cents: Int64)] {
        var byMonth = facts.salesByMonth
        if byMonth.isEmpty, facts.receivable.contains(where: { $0.open == 0 }) {
            for invoice in facts.receivable {
                guard let issued = invoice.issued, issued <= day else { continue }
                let sum = byMonth[month(issued), default: 0].addingReportingOverflow(invoice.cents)
                byMonth[month(issued)] = sum.overflow ? .max / 16 : sum.partialValue
            }
        }
        let last = month(day)
        let (_, _, dayOfMonth) = day.components
        return (last - 11...last).map { number in
            let days = CalendarDate.dayCount(ofMonth: number % 12 + 1, year: number / 12)
            return (number == last ? min(days, dayOfMonth) : days, byMonth[number] ?? 0)
        }
    }

    private static func month(_ day: CalendarDate) -> Int {
        day.components.year * 12 + day.components.month - 1
    }

    /// What was open when the twelve months began.
    private static func opening(_ invoices: [LedgerInvoice], on from: CalendarDate) -> Int64 {
        var sum: Int64 = 0
        for invoice in invoices where invoice.issued.map({ $0 < from }) ?? true {
            var open = invoice.cents
            for payment in invoice.payments
            where payment.date < from && payment.returned.map({ $0 >= from }) ?? true {
                open -= payment.cents
            }
            let total = sum.addingReportingOverflow(max(0, open))
            sum = total.overflow ? sum : total.partialValue
        }
        return sum
    }
}
