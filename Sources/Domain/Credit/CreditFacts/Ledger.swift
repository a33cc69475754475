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

    /// Tells of a payment.
    package init(date: CalendarDate, cents: Int64) {
        self.date = date
        self.cents = cents
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
    package var payments: [InvoicePayment] = []
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
