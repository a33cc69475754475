// SPDX-License-Identifier: Apache-2.0

// What trained forecasts look at: an open invoice, how its customer paid what was settled by the
// day, and what is open of it on the day. The one definition there is: training asks for these
// figures (`vigie worklist examples`), so that a model sees when it serves what it saw then. What
// is not known is NaN.
//
// Cost, expected: a pass over the invoices with one look at each of their payments, sorting the
// settled ones of each customer, and some 100 ns for each open invoice that is asked about.

package import CreditFacts
internal import Quantities

/// Figures of open invoices on a day.
package struct PaymentFeatures: Sendable {
    /// Names of the figures, in their order.
    package static let names = [
        "own_settled", "own_mean_delay", "own_deviation", "own_late_share", "own_recent_delay",
        "own_last_delay", "days_since_settled", "usual_delay", "usual_deviation", "open_invoices",
        "overdue_invoices", "overdue_share", "oldest_overdue_days", "days_past_due",
        "days_since_issue", "term_days", "amount", "amount_over_own_mean", "open_share",
        "due_weekday", "due_month", "due_days_to_month_end", "weekday",
    ]
    /// Settled invoices that count as recent.
    fileprivate static let recentCount = 5

    /// What is known of a customer.
    fileprivate struct Customer {
        var settled = 0.0
        var mean = Double.nan
        var deviation = Double.nan
        var lateShare = Double.nan
        var recent = Double.nan
        var last = Double.nan
        var daysSinceSettled = Double.nan
        var meanCents = Double.nan
        var openCount = 0.0
        var overdueCount = 0.0
        var openCents = 0.0
        var overdueCents = 0.0
        var oldestOverdue = 0.0
    }

    private let model: DelayModel
    private let customers: [Customer]
    /// The mean delay of all that was settled; NaN where nothing was.
    private let meanOfAll: Double

    /// Looks at a ledger on the day of a model of the same ledger.
    package init(_ invoices: [LedgerInvoice], _ model: DelayModel) {
        self.model = model
        let asOf = model.asOf
        let first = asOf.adding(days: -DelayModelSettings().windowDays) ?? .first
        let count = model.segments.count
        let places = invoices.withUnsafeBufferPointer { invoices in
            PlacesByParty(invoices.count, parties: count) { invoices[$0].party }
        }
        var (sum, settled) = (0.0, 0.0)
        customers = (0..<count).map { party in
            var customer = Customer()
            var seen: [(day: Int32, delay: Double, cents: Double)] = []
            for place in places[party] {
                let invoice = invoices[Int(place)]
                guard let due = invoice.due, due >= first, invoice.cents > 0,
                    invoice.issued.map({ $0 <= asOf }) ?? true,
                    !invoice.disputes.contains(where: { $0.opened <= asOf })
                else { continue }
                let open = invoice.open(on: asOf)
                if open > 0 {
                    customer.add(open: Double(open), late: Double(asOf.days(since: due)))
                } else if let day = invoice.settled(on: asOf) {
                    let delay = Double(day.days(since: due))
                    seen.append((day.dayNumber, delay, Double(invoice.cents)))
                }
            }
            // Of those of one day the order of the ledger must not decide.
            seen.sort { ($0.day, $0.delay, $0.cents) < ($1.day, $1.delay, $1.cents) }
            customer.take(seen, asOf.dayNumber)
            for one in seen { sum += one.delay }
            settled += Double(seen.count)
            return customer
        }
        meanOfAll = settled > 0 ? sum / settled : .nan
    }

    /// Whether anything is said of an invoice: it has a due date, and is open and not disputed.
    package func covers(_ invoice: LedgerInvoice) -> Bool {
        invoice.due != nil && invoice.open(on: model.asOf) > 0
            && !invoice.isDisputed(on: model.asOf)
    }

    /// Days after the day by which an invoice is paid if its customer pays it as late as it paid on
    /// average, or as all do where it never paid; the next day at the earliest. What anybody would
    /// reckon, and the least that a trained model has to beat. NaN where nobody ever paid.
    package func ownMeanDays(_ invoice: LedgerInvoice) -> Double {
        guard let due = invoice.due else { return .nan }
        let party = Int(invoice.party)
        let own = customers.indices.contains(party) ? customers[party].mean : .nan
        let mean = own.isNaN ? meanOfAll : own
        return mean.isNaN ? .nan : max(1, Double(due.days(since: model.asOf)) + mean)
    }

    /// Appends the figures of an invoice.
    package func append(_ invoice: LedgerInvoice, to row: inout [Double]) {
        let (asOf, party) = (model.asOf, Int(invoice.party))
        let own = customers.indices.contains(party) ? customers[party] : Customer()
        let habit = model.habit(of: party)
        let (cents, open) = (Double(invoice.cents), Double(invoice.open(on: asOf)))
        let (due, issued) = (invoice.due, invoice.issued)
        func days(_ from: CalendarDate?, _ to: CalendarDate?) -> Double {
            guard let from, let to else { return .nan }
            return Double(to.days(since: from))
        }
        row += [
            own.settled, own.mean, own.deviation, own.lateShare, own.recent, own.last,
            own.daysSinceSettled, habit.mean, habit.deviation, own.openCount, own.overdueCount,
            own.openCents > 0 ? own.overdueCents / own.openCents : .nan, own.oldestOverdue,
        ]
        row += [
            days(due, asOf), days(issued, asOf), days(issued, due), cents / 100,
            cents / own.meanCents, cents > 0 ? open / cents : .nan,
            due.map { Double(PaymentCalendar.weekday(of: $0.dayNumber)) } ?? .nan,
            due.map { Double($0.components.month) } ?? .nan,
            due.map { Double($0.lastOfMonth.days(since: $0)) } ?? .nan,
            Double(PaymentCalendar.weekday(of: asOf.dayNumber)),
        ]
    }
}

extension PaymentFeatures.Customer {
    fileprivate mutating func add(open cents: Double, late: Double) {
        openCount += 1
        openCents += cents
        guard late > 0 else { return }
        overdueCount += 1
        overdueCents += cents
        oldestOverdue = max(oldestOverdue, late)
    }

    /// Takes what was settled, in the order of its days.
    fileprivate mutating func take(
        _ seen: [(day: Int32, delay: Double, cents: Double)],
        _ asOf: Int32
    ) {
        guard let newest = seen.last else { return }
        settled = Double(seen.count)
        mean = seen.reduce(0) { $0 + $1.delay } / settled
        let squares = seen.reduce(0) { $0 + ($1.delay - mean) * ($1.delay - mean) }
        deviation = (squares / settled).squareRoot()
        lateShare = Double(seen.count { $0.delay > 0 }) / settled
        let recently = seen.suffix(PaymentFeatures.recentCount)
        recent = recently.reduce(0) { $0 + $1.delay } / Double(recently.count)
        last = newest.delay
        daysSinceSettled = Double(asOf - newest.day)
        meanCents = seen.reduce(0) { $0 + $1.cents } / settled
    }
}
