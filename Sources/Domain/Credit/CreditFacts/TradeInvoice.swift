// SPDX-License-Identifier: Apache-2.0

// Electronic invoices, and what was told of them afterwards.

package import Quantities

/// A company that an invoice or a message names.
package struct TradeParty: Sendable, Hashable {
    /// Its number; nil where the paper has none that is sound.
    package var siren: SIREN?
    /// Its name; empty where the paper has none.
    package var name: String

    /// Names a company.
    package init(siren: SIREN? = nil, name: String = "") {
        self.siren = siren
        self.name = name
    }
}

/// What a type of invoice is.
package enum TradeInvoiceKind: String, Sendable {
    /// Something to be paid.
    case invoice
    /// Stands in the place of the invoice before it.
    case corrected
    /// Something that is taken off.
    case credit
}

/// An invoice or a credit note. Amounts are in the currency's minor units, and positive: the
/// kind says which way they go.
package struct TradeInvoice: Sendable, Hashable {
    /// An invoice that another names.
    package struct Preceding: Sendable, Hashable {
        /// Its number.
        package var number: String
        /// Its date; nil where the paper leaves it out.
        package var issued: CalendarDate?

        /// Names an invoice.
        package init(number: String, issued: CalendarDate? = nil) {
            self.number = number
            self.issued = issued
        }
    }

    /// What it is.
    package var kind: TradeInvoiceKind
    /// Its type as the paper has it: "380", "381" and so on.
    package var type: String
    /// Its number.
    package var number: String
    /// Its date.
    package var issued: CalendarDate
    /// All due dates that it names, in order, each once.
    package var due: [CalendarDate] = []
    /// The currency.
    package var currency: Currency
    /// The terms in words.
    package var terms = ""
    /// Who is owed.
    package var seller = TradeParty()
    /// Who owes.
    package var buyer = TradeParty()
    /// The account to be paid to; empty where none is named.
    package var payeeAccount = ""
    /// The account to be debited; empty where none is named.
    package var payerAccount = ""
    /// What a payment is asked to name.
    package var paymentReference = ""
    /// The total with tax.
    package var total: Int64
    /// What of it was paid before.
    package var prepaid: Int64
    /// What is left to be paid; negative where more was paid before than the total.
    package var payable: Int64
    /// The invoices that it corrects, or takes off.
    package var preceding: [Preceding] = []
    /// Where it was read.
    package var source: PaperReference

    /// Whether nothing was left to be paid when it was made: it is a paid invoice.
    package var isPrepaid: Bool { payable == 0 && prepaid > 0 }

    /// An invoice of a number.
    package init(
        kind: TradeInvoiceKind,
        type: String,
        number: String,
        issued: CalendarDate,
        currency: Currency,
        total: Int64,
        prepaid: Int64 = 0,
        payable: Int64,
        source: PaperReference
    ) {
        self.kind = kind
        self.type = type
        self.number = number
        self.issued = issued
        self.currency = currency
        self.total = total
        self.prepaid = prepaid
        self.payable = payable
        self.source = source
    }
}

/// What a status of an invoice's life cycle does.
package enum InvoiceStatusEffect: String, Sendable {
    /// It was filed, again if it was rejected before.
    case filed
    /// Nothing for the ledger.
    case none
    /// A dispute begins.
    case disputed
    /// A dispute ends.
    case settled
    /// The invoice is void.
    case void
    /// A payment is announced; it is none.
    case promised
    /// It was paid, as far as the amount goes.
    case paid
}

/// A message about an invoice.
package struct InvoiceStatus: Sendable, Hashable {
    /// The invoice's number.
    package var number: String
    /// The invoice's date; nil where the message leaves it out.
    package var issued: CalendarDate?
    /// Who made the invoice.
    package var seller: SIREN?
    /// The code of the status: "207" and so on.
    package var code: String
    /// What it does.
    package var effect: InvoiceStatusEffect
    /// When it was told.
    package var date: CalendarDate
    /// The second of that day, for the order of messages.
    package var second: Int32 = 0
    /// Why.
    package var reason = ""
    /// What was paid, or is promised, in minor units; nil where the message names none.
    package var cents: Int64?
    /// The currency of that; nil where none is named.
    package var currency: Currency?
    /// When it was paid, or is promised for; nil where the message does not say.
    package var valueDate: CalendarDate?
    /// Where it was read.
    package var source: PaperReference

    /// A message about an invoice.
    package init(
        number: String,
        issued: CalendarDate?,
        code: String,
        effect: InvoiceStatusEffect,
        date: CalendarDate,
        source: PaperReference
    ) {
        self.number = number
        self.issued = issued
        self.code = code
        self.effect = effect
        self.date = date
        self.source = source
    }
}
