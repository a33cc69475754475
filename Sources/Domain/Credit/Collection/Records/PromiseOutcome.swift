// SPDX-License-Identifier: Apache-2.0

// What became of promises to pay: by the same rules by which broken ones are counted in the figures
// of a customer. One that was put off before its day is not broken: the new one counts. One of a
// day that no paper tells of is not judged.

package import CreditFacts
internal import PaymentBehaviour
package import Quantities

/// What became of a promise, as seen from a day.
package enum PromiseOutcome: Sendable, Hashable {
    /// Its day is not over.
    case running
    /// What was promised was paid.
    case kept
    /// Something was paid, in cents, and not all that was promised.
    case partly(Int64)
    /// Nothing was paid.
    case broken
    /// Another one was made before its day was over.
    case putOff
    /// Its day is over, and nothing would tell of a payment.
    case notKnown
}

/// What became of promises.
package struct PromiseHistory: Sendable, Hashable {
    /// The promises that were made by then, in the order in which they were.
    package let promises: [PaymentPromise]
    /// What became of each.
    package let outcomes: [PromiseOutcome]
    /// Whether what was promised last has been paid by now, be it late.
    private let isLastMadeGood: Bool

    /// Looks at the promises about an invoice.
    ///
    /// - Parameters:
    ///   - recorded: Promises that the papers do not tell of.
    ///   - asOf: The day that it is seen from; nothing later is known.
    package init(of invoice: LedgerInvoice, recorded: [PaymentPromise] = [], on asOf: CalendarDate)
    {
        let owed = invoice.cents.adding(cents: 0 &- invoice.credited)
        self.init(invoice.promises + recorded, paid: invoice.payments, owed: owed, on: asOf)
    }

    /// Looks at promises. What counts is what was paid on a promise's last day: a payment that the
    /// bank took back later kept it.
    ///
    /// - Parameters:
    ///   - paid: What was paid.
    ///   - owed: What was owed before any of it was paid, in cents.
    package init(
        _ promises: [PaymentPromise],
        paid: InvoicePayments,
        owed: Int64,
        on asOf: CalendarDate
    ) {
        // Those of papers and those that a team recorded come apart.
        let made = promises.filter { $0.made <= asOf }.enumerated().sorted { left, right in
            (left.element.made, left.offset) < (right.element.made, right.offset)
        }.map(\.element)
        self.promises = made
        let grace = PaymentThresholds.standard.promiseGraceDays
        outcomes = made.enumerated().map { place, promise in
            let last = promise.date.adding(days: grace) ?? promise.date
            let (since, all) = Self.sums(paid, from: promise.made, through: min(last, asOf))
            if all >= owed || since >= promise.cents ?? owed { return .kept }
            if place + 1 < made.count, made[place + 1].made <= last,
                made[place + 1].date > promise.date
            {
                return .putOff
            }
            if last >= asOf { return .running }
            if !promise.isVerifiable { return .notKnown }
            return since > 0 ? .partly(since) : .broken
        }
        isLastMadeGood =
            made.last.map { last in
                let (since, all) = Self.sums(paid, from: last.made, through: asOf)
                return all >= owed || since >= last.cents ?? owed
            } ?? false
    }

    private static func sums(
        _ paid: InvoicePayments,
        from first: CalendarDate,
        through last: CalendarDate
    ) -> (since: Int64, all: Int64) {
        var (since, all) = (Int64(0), Int64(0))
        for payment in paid where payment.date <= last {
            if let returned = payment.returned, returned <= last { continue }
            all = all.adding(cents: payment.cents)
            if payment.date >= first { since = since.adding(cents: payment.cents) }
        }
        return (since, all)
    }

    /// The promise that still runs; nil if none does.
    package var running: PaymentPromise? {
        outcomes.lastIndex(of: .running).map { promises[$0] }
    }

    /// The last promise, if it was not kept, or only partly, and the money has not come since.
    package var brokenLast: PaymentPromise? {
        guard !isLastMadeGood else { return nil }
        return switch outcomes.last {
        case .broken, .partly: promises.last
        default: nil
        }
    }
}
