// SPDX-License-Identifier: Apache-2.0

// The promises that somebody has to look at: those that run, and the last ones that were not kept
// while something is still open.

package import CreditFacts
internal import Quantities

/// A promise of a customer, and what became of it.
package struct CustomerPromise: Sendable, Hashable {
    /// The customer's place in the book.
    package let customer: Int
    /// The number of the invoice that it is about; nil for all that is open.
    package let invoice: String?
    /// The promise.
    package let promise: PaymentPromise
    /// What became of it: it runs, or was not kept, or only partly.
    package let outcome: PromiseOutcome
}

extension CollectionReview {
    /// Promises that run or were not kept, that of the earliest day first.
    package var openPromises: [CustomerPromise] {
        var found: [CustomerPromise] = []
        for customer in book.customers.indices where sums[customer].open > 0 {
            if let history = promises(of: customer) {
                found += Self.told(history, customer, nil)
            }
            for place in invoices(of: customer) where standings[Int(place)].open > 0 {
                let invoice = book.invoices[Int(place)]
                let recorded = record(of: invoice)?.promises ?? []
                guard !recorded.isEmpty || !invoice.promises.isEmpty else { continue }
                let history = PromiseHistory(of: invoice, recorded: recorded, on: asOf)
                found += Self.told(history, customer, invoice.reference)
            }
        }
        return found.sorted { left, right in
            (left.promise.date, left.customer) < (right.promise.date, right.customer)
        }
    }

    private static func told(
        _ history: PromiseHistory,
        _ customer: Int,
        _ invoice: String?
    ) -> [CustomerPromise] {
        history.promises.indices.compactMap { place in
            let outcome = history.outcomes[place]
            switch outcome {
            case .running: break
            // An old one does not count any more where another one was made since.
            case .broken, .partly: if place + 1 < history.promises.count { return nil }
            case .kept, .putOff, .notKnown: return nil
            }
            return CustomerPromise(
                customer: customer,
                invoice: invoice,
                promise: history.promises[place],
                outcome: outcome
            )
        }
    }
}
