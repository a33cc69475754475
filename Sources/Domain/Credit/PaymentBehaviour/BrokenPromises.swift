// SPDX-License-Identifier: Apache-2.0

// A promise is broken when its day is over and what was promised is not paid. One that was put off
// before its day is not broken: the new one counts. One of a day that no bank statement tells of is
// not judged.

internal import CreditFacts
internal import Quantities

/// Promises that were not kept.
enum BrokenPromises {
    /// How many promises of an invoice were broken in a window.
    static func count(of invoice: LedgerInvoice, _ window: PaymentWindow) -> Int {
        var broken = 0
        for (place, promise) in invoice.promises.enumerated() {
            guard promise.isVerifiable, promise.made <= window.asOf,
                let last = promise.date.adding(days: window.promiseGraceDays),
                last >= window.from, last < window.asOf
            else { continue }
            let next = place + 1 < invoice.promises.count ? invoice.promises[place + 1] : nil
            if let next, next.made <= last, next.date > promise.date { continue }
            if !isKept(promise, by: last, invoice) { broken += 1 }
        }
        return broken
    }

    /// Whether enough was paid from when it was made to its last day, or nothing was left to pay.
    private static func isKept(
        _ promise: PaymentPromise,
        by last: CalendarDate,
        _ invoice: LedgerInvoice
    ) -> Bool {
        var (since, all) = (Int128(0), Int128(0))
        for payment in invoice.payments where payment.date <= last {
            if let returned = payment.returned, returned <= last { continue }
            all += Int128(payment.cents)
            if payment.date >= promise.made { since += Int128(payment.cents) }
        }
        let owed = Int128(invoice.cents) - Int128(invoice.credited)
        return all >= owed || since >= promise.cents.map { Int128($0) } ?? owed
    }
}
