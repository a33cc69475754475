// SPDX-License-Identifier: Apache-2.0

// Payments as they would be if delays were a part of what they are.

internal import CreditFacts
internal import Quantities

/// Changes how late payments come.
enum PaymentChange {
    /// The invoices with delays that are a part of theirs: payments come the sooner, what is open
    /// and past due is paid after that part of the time that it is late. What is early or not due
    /// stays.
    ///
    /// - Parameter part: 0 for all in time, 1 for all as it is; more makes payments later still,
    ///   but nothing that was paid open again.
    static func apply(
        _ part: Double,
        to invoices: [LedgerInvoice],
        asOf day: CalendarDate
    ) -> [LedgerInvoice] {
        if part == 1 { return invoices }
        var changed = invoices
        for place in changed.indices {
            guard let due = changed[place].due else { continue }
            for number in changed[place].payments.indices {
                let payment = changed[place].payments[number]
                guard payment.returned == nil else { continue }
                let date = moved(payment.date, due, part)
                // A payment that was known stays known.
                changed[place].payments[number].date =
                    payment.date <= day ? min(date, day) : date
            }
            let open = changed[place].open
            guard part < 1, open > 0, due < day, !changed[place].isDisputed(on: day) else {
                continue
            }
            changed[place].open = 0
            changed[place].payments.append(
                InvoicePayment(date: moved(day, due, part), cents: open)
            )
        }
        return changed
    }

    private static func moved(
        _ date: CalendarDate,
        _ due: CalendarDate,
        _ part: Double
    ) -> CalendarDate {
        let late = date.days(since: due)
        guard late > 0 else { return date }
        return due.adding(days: Int((Double(late) * part).rounded())) ?? date
    }
}
