// SPDX-License-Identifier: Apache-2.0

// What a day knows of delays: how long invoices took that were settled by then, and how long others
// have been open without being settled. An average that leaves those out is that of the customers
// who pay; one that knows when they were settled in the end uses the future.

internal import CreditFacts
internal import Quantities

/// Delays of invoices, in days after the due date, as seen from a day.
struct DelayObservations {
    /// The least and greatest delay that is told apart.
    static let delays: ClosedRange<Int32> = -90...540

    /// By observation: twice the delay, and one more for an invoice that is open still. Sorted,
    /// what was settled after so many days comes before what was open after as many.
    private(set) var codes: [Int32] = []
    /// By observation: the customer.
    private(set) var parties: [Int32] = []
    /// By observation: the due date, as a number of days.
    private(set) var dueDays: [Int32] = []

    /// Looks at invoices that were due in the last days, or are not due yet. Invoices that were
    /// ever disputed follow another law, and are left out, as is what was settled by credit notes.
    init(_ invoices: [LedgerInvoice], on asOf: CalendarDate, windowDays: Int) {
        let first = asOf.adding(days: -windowDays) ?? .first
        invoices.withUnsafeBufferPointer { invoices in
            guard let start = invoices.baseAddress else { return }
            for place in 0..<invoices.count { add(start + place, asOf, first) }
        }
    }

    private mutating func add(
        _ place: UnsafePointer<LedgerInvoice>,
        _ asOf: CalendarDate,
        _ first: CalendarDate
    ) {
        guard place.pointee.cents > 0, let due = place.pointee.due, due >= first,
            place.pointee.issued.map({ $0 <= asOf }) ?? true,
            place.pointee.disputes.isEmpty
                || !place.pointee.disputes.contains(where: { $0.opened <= asOf })
        else { return }
        let open = place.pointee.open(on: asOf) > 0
        let end = open ? asOf : place.pointee.settled(on: asOf)
        guard let end else { return }
        let days = Int32(truncatingIfNeeded: end.days(since: due))
        let delay = min(max(days, Self.delays.lowerBound), Self.delays.upperBound)
        codes.append(2 * delay + (open ? 1 : 0))
        parties.append(place.pointee.party)
        dueDays.append(due.dayNumber)
    }

    /// The delay of a code, and whether the invoice is open still.
    @inline(__always)
    static func delay(_ code: Int32) -> (days: Int32, isOpen: Bool) { (code >> 1, code & 1 == 1) }
}
