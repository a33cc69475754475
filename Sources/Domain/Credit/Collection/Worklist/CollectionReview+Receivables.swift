// SPDX-License-Identifier: Apache-2.0

// What customers owe, added up: by age, and day by day, out of one pass over the book. An invoice
// costs one look at what was open before the days, and one for each of them on which something
// became of it, so that a month costs little more than a day.

internal import CreditFacts
internal import PaymentBehaviour
package import Quantities

/// What was open on a day, in cents of the book's currency.
package struct ReceivablesDay: Sendable, Hashable {
    /// The day.
    package let day: CalendarDate
    /// What was open.
    package var open: Int64 = 0
    /// What of it was late.
    package var overdue: Int64 = 0
    /// What was invoiced within `ReceivablesTotals.salesDays` up to the day.
    package var invoiced: Int64 = 0

    /// Days sales outstanding; nil where nothing was invoiced.
    package var daysSalesOutstanding: Double? {
        invoiced > 0
            ? Double(open) / Double(invoiced) * Double(ReceivablesTotals.salesDays) : nil
    }
}

/// What customers owe, added up.
package struct ReceivablesTotals: Sendable {
    /// Ages that are told apart: not due, to 30 days late, to 60, to 90, more, without a due date.
    package static let ageCount = AgingBucket.allCases.count
    /// Days that sales are counted over.
    package static let salesDays = 90

    /// What is open, by age.
    package var cents: [Int64]
    /// How many customers have something of each age.
    package var customers: [Int]
    /// The days, the oldest first.
    package var days: [ReceivablesDay] = []
    /// What each customer owes by age, in the order of the book, `ageCount` numbers each.
    package var centsOfCustomers: [Int64]
    /// How many open invoices are in a currency without a rate, and in no sum.
    package var strangeCount = 0
}

extension CollectionReview {
    /// What is open by age, and on each of some days up to the day of the review.
    ///
    /// - Parameter daysBefore: How many days before it are told.
    package func receivables(daysBefore: Int) -> ReceivablesTotals {
        let ages = ReceivablesTotals.ageCount
        var totals = ReceivablesTotals(
            cents: .init(repeating: 0, count: ages),
            customers: .init(repeating: 0, count: ages),
            centsOfCustomers: .init(repeating: 0, count: ages * book.customers.count)
        )
        for place in book.invoices.indices where standings[place].open > 0 {
            let invoice = book.invoices[place]
            guard book.customers.indices.contains(Int(invoice.party)) else { continue }
            guard let cents = book.converted(standings[place].open, invoice.currency) else {
                totals.strangeCount += 1
                continue
            }
            let age = invoice.due.map { AgingBucket(daysPastDue: asOf.days(since: $0)) }
            let bucket = (age ?? .unknown).rawValue
            totals.cents[bucket] = totals.cents[bucket].adding(cents: cents)
            let own = Int(invoice.party) * ages + bucket
            totals.centsOfCustomers[own] = totals.centsOfCustomers[own].adding(cents: cents)
        }
        for place in totals.centsOfCustomers.indices where totals.centsOfCustomers[place] > 0 {
            totals.customers[place % ages] += 1
        }
        totals.days = days(before: max(0, daysBefore))
        return totals
    }

    private func days(before count: Int) -> [ReceivablesDay] {
        guard let first = asOf.adding(days: -count) else { return [] }
        var curve = ReceivablesCurve(from: first, through: asOf)
        for invoice in book.invoices
        where book.customers.indices.contains(Int(invoice.party)) && invoice.cents > 0 {
            curve.add(invoice) { book.converted($0, invoice.currency) }
        }
        return curve.days
    }
}

/// Sums of days, made of what changes from one to the next.
private struct ReceivablesCurve {
    private let first: CalendarDate
    private let last: CalendarDate
    private var open: [Int64]
    private var overdue: [Int64]
    /// What was invoiced on each day, from `salesDays` before the first one on.
    private var invoiced: [Int64]

    init(from first: CalendarDate, through last: CalendarDate) {
        (self.first, self.last) = (first, last)
        let count = last.days(since: first) + 1
        open = .init(repeating: 0, count: count)
        overdue = .init(repeating: 0, count: count)
        invoiced = .init(repeating: 0, count: count + ReceivablesTotals.salesDays)
    }

    mutating func add(_ invoice: LedgerInvoice, _ converted: (Int64) -> Int64?) {
        if let issued = invoice.issued, let cents = converted(invoice.cents) {
            let place = issued.days(since: first) + ReceivablesTotals.salesDays
            if invoiced.indices.contains(place) {
                invoiced[place] = invoiced[place].adding(cents: cents)
            }
        }
        var before = (open: Int64(0), overdue: Int64(0))
        for place in changes(of: invoice) {
            guard let day = first.adding(days: place),
                let cents = converted(max(0, invoice.open(on: day)))
            else { return }
            let late = invoice.due.map { $0 < day } == true ? cents : 0
            open[place] = open[place].adding(cents: cents &- before.open)
            overdue[place] = overdue[place].adding(cents: late &- before.overdue)
            before = (cents, late)
        }
    }

    /// The days on which something became of an invoice, as places, the first one among them.
    private func changes(of invoice: LedgerInvoice) -> [Int] {
        var places = [0]
        func note(_ day: CalendarDate?, after days: Int = 0) {
            guard let day, day >= first || days > 0, day <= last else { return }
            let place = day.days(since: first) + days
            if place > 0, place < open.count { places.append(place) }
        }
        note(invoice.issued)
        note(invoice.due, after: 1)
        for place in 0..<invoice.payments.count {
            note(invoice.payments[place].date)
            note(invoice.payments[place].returned)
        }
        guard places.count > 1 else { return places }
        places.sort()
        return places.indices.filter { $0 == 0 || places[$0] != places[$0 - 1] }.map { places[$0] }
    }

    var days: [ReceivablesDay] {
        var (sums, sales) = ((open: Int64(0), overdue: Int64(0)), Int64(0))
        let width = ReceivablesTotals.salesDays
        // What is in the time of the day before the first.
        for place in 0..<width { sales = sales.adding(cents: invoiced[place]) }
        return open.indices.compactMap { place in
            sums.open = sums.open.adding(cents: open[place])
            sums.overdue = sums.overdue.adding(cents: overdue[place])
            sales = sales.adding(cents: invoiced[place + width] &- invoiced[place])
            guard let day = first.adding(days: place) else { return nil }
            return ReceivablesDay(
                day: day,
                open: sums.open,
                overdue: sums.overdue,
                invoiced: sales
            )
        }
    }
}
