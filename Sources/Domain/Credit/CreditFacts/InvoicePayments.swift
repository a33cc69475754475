// SPDX-License-Identifier: Apache-2.0

// What was paid for an invoice. Nearly every invoice is paid at once or not at all, so the first
// payment lies in the invoice itself: a list of its own for each invoice is a piece of memory that
// is taken, counted and given back, some 80 ns an invoice of ledgers of millions.

/// Payments of an invoice, in the order of dates.
package struct InvoicePayments: Sendable, Hashable {
    private var first: InvoicePayment?
    private var others: [InvoicePayment] = []

    /// None.
    package init() {}
}

extension InvoicePayments: RandomAccessCollection, MutableCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { first == nil ? 0 : 1 + others.count }
    package subscript(place: Int) -> InvoicePayment {
        get {
            if place == 0, let first { return first }
            return others[place - 1]
        }
        set {
            if place == 0, first != nil { first = newValue } else { others[place - 1] = newValue }
        }
    }
}

extension InvoicePayments: RangeReplaceableCollection, ExpressibleByArrayLiteral {
    /// Some payments.
    package init(arrayLiteral payments: InvoicePayment...) { self.init(payments) }

    /// Adds a payment behind the others.
    package mutating func append(_ payment: InvoicePayment) {
        if first == nil { first = payment } else { others.append(payment) }
    }

    /// Puts payments in the place of some.
    package mutating func replaceSubrange(
        _ places: Range<Int>,
        with payments: some Collection<InvoicePayment>
    ) {
        var all = Array(self)
        all.replaceSubrange(places, with: payments)
        first = all.first
        others = Array(all.dropFirst())
    }
}
