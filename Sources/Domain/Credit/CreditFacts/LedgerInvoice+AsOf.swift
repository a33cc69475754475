// SPDX-License-Identifier: Apache-2.0

// What of an invoice was open on a day. A ledger tells what is open at its end; what was paid after
// the day is open again, so that a question about the past knows nothing of the future. Credit
// notes that were matched have no date, and count from the beginning.

package import Quantities

extension LedgerInvoice {
    /// What was open on a day, in cents; nothing before the invoice was made. At most what 63 bits
    /// hold.
    package func open(on date: CalendarDate) -> Int64 {
        if let issued, issued > date { return 0 }
        var open = self.open
        for place in 0..<payments.count {
            let payment = payments[place]
            let wasPaid = payment.date <= date
            if let returned = payment.returned {
                // It is open at the end; before the bank took the money back, it was not.
                if wasPaid, returned > date { open = open.adding(cents: 0 &- payment.cents) }
            } else if !wasPaid {
                open = open.adding(cents: payment.cents)
            }
        }
        return open
    }

    /// The day from which on nothing of it was open, looked at from another; nil while anything is,
    /// and for what no payment settled.
    package func settled(on date: CalendarDate) -> CalendarDate? {
        guard open(on: date) <= 0 else { return nil }
        var last: CalendarDate?
        for place in 0..<payments.count {
            let payment = payments[place]
            guard payment.date <= date, payment.returned.map({ $0 > date }) ?? true else {
                continue
            }
            if last.map({ $0 < payment.date }) ?? true { last = payment.date }
        }
        return last
    }
}

extension Int64 {
    /// The sum of two amounts; at its edge where it is beyond 63 bits.
    @inline(__always)
    package func adding(cents other: Int64) -> Int64 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? (self < 0 ? .min : .max) : sum
    }
}
