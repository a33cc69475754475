// SPDX-License-Identifier: Apache-2.0

// Invoices, and what was paid for them.

package import Quantities

/// Where a due date comes from; a weaker source is less to be trusted.
package enum DueDateSource: String, Sendable, CaseIterable {
    /// A column of the paper.
    case column
    /// Terms that were given for the customer.
    case terms
    /// The legal term, for want of anything else.
    case legal
}

/// Something that was paid for an invoice.
package struct InvoicePayment: Sendable, Hashable {
    /// When.
    package var date: CalendarDate
    /// How much of the invoice, in cents.
    package var cents: Int64
    /// When the bank took it back; nil for what stayed.
    package var returned: CalendarDate?
    /// Whether nothing said that it is for this invoice: it was given to what was due first.
    package var isPresumed = false

    /// Tells of a payment.
    package init(date: CalendarDate, cents: Int64, isPresumed: Bool = false) {
        self.date = date
        self.cents = cents
        self.isPresumed = isPresumed
    }
}

/// A time in which a customer disputed an invoice.
package struct InvoiceDispute: Sendable, Hashable {
    /// When it began.
    package var opened: CalendarDate
    /// When it ended; nil while it goes on.
    package var closed: CalendarDate?

    /// A dispute that goes on.
    package init(opened: CalendarDate, closed: CalendarDate? = nil) {
        self.opened = opened
        self.closed = closed
    }
}

/// A payment that was announced.
package struct PaymentPromise: Sendable, Hashable {
    /// When it was announced.
    package var made: CalendarDate
    /// For when.
    package var date: CalendarDate
    /// How much, in cents; nil for all that is open.
    package var cents: Int64?
    /// Whether papers go as far as that day, so that a payment would be seen.
    package var isVerifiable: Bool

    /// Tells of a promise.
    package init(made: CalendarDate, date: CalendarDate, cents: Int64?, isVerifiable: Bool) {
        self.made = made
        self.date = date
        self.cents = cents
        self.isVerifiable = isVerifiable
    }
}

/// A customer or a supplier of a ledger.
package struct LedgerParty: Sendable, Hashable {
    /// How the ledger calls it: a number or a name.
    package var key: String
    /// Its name, where that is something else.
    package var name: String?
    /// The company, where the ledger has its number.
    package var siren: SIREN?

    /// A party of which only this is known.
    package init(key: String, name: String? = nil, siren: SIREN? = nil) {
        (self.key, self.name, self.siren) = (key, name, siren)
    }
}

/// An invoice and what became of it.
package struct LedgerInvoice: Sendable, Hashable {
    /// The customer, or the supplier: a place in the ledger's list of them.
    package var party: Int32
    /// The invoice's number.
    package var reference: String
    /// The invoice's date; nil where the paper lost it.
    package var issued: CalendarDate?
    /// The amount with tax, in cents.
    package var cents: Int64
    /// What credit notes and write-offs took off it, in cents.
    package var credited: Int64 = 0
    /// What was paid, in the order of dates.
    package var payments: InvoicePayments = []
    /// What is open, in cents.
    package var open: Int64
    /// When it is due; nil where its date is lost.
    package var due: CalendarDate?
    /// Where that comes from.
    package var dueSource: DueDateSource?
    /// Whether it was booked as doubtful.
    package var isDoubtful = false
    /// The currency of all its amounts, which are hundredths of it; nil where the paper names none.
    package var currency: Currency?
    /// When it was disputed, in the order of dates.
    package var disputes: [InvoiceDispute] = []
    /// What was promised, in the order in which it was.
    package var promises: [PaymentPromise] = []
    /// Where it was read.
    package var source: PaperReference

    /// An invoice for which nothing was paid yet.
    package init(
        party: Int32,
        reference: String,
        issued: CalendarDate?,
        due: CalendarDate? = nil,
        dueSource: DueDateSource? = nil,
        cents: Int64,
        source: PaperReference
    ) {
        self.party = party
        self.reference = reference
        self.issued = issued
        self.due = due
        self.dueSource = dueSource
        self.cents = cents
        open = cents
        self.source = source
    }

    /// Whether it is disputed on a day.
    package func isDisputed(on date: CalendarDate) -> Bool {
        disputes.contains { $0.opened <= date && $0.closed.map { date < $0 } ?? true }
    }
}

/// Money or a credit note of a customer that belongs to no invoice.
package struct UnallocatedCredit: Sendable, Hashable {
    /// The customer.
    package var party: Int32
    /// When it was booked.
    package var date: CalendarDate
    /// How much is left of it, in cents.
    package var cents: Int64
    /// Whether it is money, not a credit note.
    package var isPayment: Bool
    /// Its currency; nil where the paper names none.
    package var currency: Currency?
    /// Where it was read.
    package var source: PaperReference

    /// Tells of a credit.
    package init(
        party: Int32,
        date: CalendarDate,
        cents: Int64,
        isPayment: Bool,
        source: PaperReference
    ) {
        self.party = party
        self.date = date
        self.cents = cents
        self.isPayment = isPayment
        self.source = source
    }
}
