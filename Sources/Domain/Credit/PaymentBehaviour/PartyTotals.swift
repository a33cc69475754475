// SPDX-License-Identifier: Apache-2.0

// What a customer owes and how it pays, summed up. Sums are whole numbers: cents, and cents times
// days in 128 bits, so that nothing depends on the order of ten million invoices.

package import CreditFacts
package import Quantities

/// How long something is past due.
package enum AgingBucket: Int, Sendable, CaseIterable {
    /// Not due yet.
    case notDue
    /// 1 to 30 days.
    case upTo30
    /// 31 to 60 days.
    case upTo60
    /// 61 to 90 days.
    case upTo90
    /// More than 90 days.
    case over90
    /// Its date is lost.
    case unknown

    /// The bucket of days past due.
    package init(daysPastDue days: Int) {
        switch days {
        case ...0: self = .notDue
        case ...30: self = .upTo30
        case ...60: self = .upTo60
        case ...90: self = .upTo90
        default: self = .over90
        }
    }

    /// As it is written out.
    package var name: String {
        ["not_due", "1-30", "31-60", "61-90", ">90", "unknown"][rawValue]
    }
}

/// The time that payments are looked at in, and the day that what is open is looked at on.
package struct PaymentWindow: Sendable, Hashable {
    /// The first day.
    package let from: CalendarDate
    /// The last day: nothing later is known.
    package let asOf: CalendarDate

    /// The twelve months up to a day.
    package init(twelveMonthsTo asOf: CalendarDate) {
        self.asOf = asOf
        from = asOf.adding(months: -12, endOfMonth: .kept)?.adding(days: 1) ?? .first
    }

    /// From one day to another.
    package init(from: CalendarDate, asOf: CalendarDate) {
        self.from = from
        self.asOf = asOf
    }
}

/// Sums over invoices of one customer, or of all.
package struct PartyTotals: Sendable, Equatable {
    /// How many invoices are open.
    package var openInvoices = 0
    /// What is open, in cents, by how long it is past due.
    package var openByAge = [Int64](repeating: 0, count: AgingBucket.allCases.count)
    /// Open and booked as doubtful, in cents.
    package var doubtful: Int64 = 0
    /// How many payments were made in the window.
    package var payments = 0
    /// What was paid in the window, in cents.
    package var paid: Int64 = 0
    /// The same more than 30 days after it was due.
    package var paidLateOver30: Int64 = 0
    /// The same more than 90 days after it was due.
    package var paidLateOver90: Int64 = 0
    private var paidDays: Int128 = 0
    private var openLate: Int64 = 0
    private var openLateDays: Int128 = 0

    /// Nothing yet.
    package init() {}

    /// Adds an invoice as it stands on the window's last day.
    package mutating func add(_ invoice: LedgerInvoice, _ window: PaymentWindow) {
        if let issued = invoice.issued, issued > window.asOf { return }
        var open = invoice.open
        for payment in invoice.payments {
            if payment.date > window.asOf {
                open += payment.cents
            } else if payment.date >= window.from, let due = invoice.due {
                addPayment(payment.cents, days: payment.date.days(since: due))
            }
        }
        if open > 0 { addOpen(open, due: invoice.due, window) }
        if invoice.isDoubtful { doubtful += open }
    }

    private mutating func addPayment(_ cents: Int64, days: Int) {
        payments += 1
        paid += cents
        paidDays += Int128(cents) * Int128(days)
        if days > 30 { paidLateOver30 += cents }
        if days > 90 { paidLateOver90 += cents }
    }

    private mutating func addOpen(_ cents: Int64, due: CalendarDate?, _ window: PaymentWindow) {
        openInvoices += 1
        guard let due else {
            openByAge[AgingBucket.unknown.rawValue] += cents
            return
        }
        let days = window.asOf.days(since: due)
        openByAge[AgingBucket(daysPastDue: days).rawValue] += cents
        guard days > 0 else { return }
        openLate += cents
        openLateDays += Int128(cents) * Int128(days)
    }

    /// Adds the sums of another part.
    package mutating func add(_ other: PartyTotals) {
        openInvoices += other.openInvoices
        for age in openByAge.indices { openByAge[age] += other.openByAge[age] }
        doubtful += other.doubtful
        payments += other.payments
        paid += other.paid
        paidLateOver30 += other.paidLateOver30
        paidLateOver90 += other.paidLateOver90
        paidDays += other.paidDays
        openLate += other.openLate
        openLateDays += other.openLateDays
    }

    // MARK: Figures

    /// What is open, in cents.
    package var open: Int64 { openByAge.reduce(0, +) }

    /// What is open and not due yet, in cents.
    package var notDue: Int64 { openByAge[AgingBucket.notDue.rawValue] }

    /// What is open and past due, in cents; what has no date is neither.
    package var pastDue: Int64 { open - notDue - openByAge[AgingBucket.unknown.rawValue] }

    /// Mean days beyond terms of what was paid in the window, weighted by amount; nil for nothing.
    package var daysBeyondTermsPaid: Double? { quotient(paidDays, paid) }

    /// The same with what is open and late, as if it were paid on the last day.
    package var daysBeyondTerms: Double? { quotient(paidDays + openLateDays, paid + openLate) }

    /// Which part of what was paid came more than 30 days late.
    package var shareLateOver30: Double? { paid > 0 ? Double(paidLateOver30) / Double(paid) : nil }

    /// Which part of what was paid came more than 90 days late.
    package var shareLateOver90: Double? { paid > 0 ? Double(paidLateOver90) / Double(paid) : nil }

    private func quotient(_ days: Int128, _ cents: Int64) -> Double? {
        cents > 0 ? Double(days) / Double(cents) : nil
    }
}
