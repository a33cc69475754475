// SPDX-License-Identifier: Apache-2.0

// Customers, what they owe, and what is known of them.

package import CreditFacts
package import LegalHistory
package import Quantities

/// Proceedings of a customer that are open.
package struct OpenProceedings: Sendable, Hashable {
    /// Claims that arose before this day are frozen.
    package let frozenBefore: CalendarDate
    /// When the opening was made known; nil where nobody says.
    package let published: CalendarDate?
    /// Which proceedings they are.
    package let state: ProceedingState
    /// Since when they are that; nil where nobody says.
    package let since: CalendarDate?
    /// The notice, such as "A20250133905"; empty where nobody says.
    package let notice: String
    /// Last day to declare claims.
    package let deadline: CalendarDate?
    /// The same for creditors outside of metropolitan France.
    package let deadlineAbroad: CalendarDate?
    /// Last day to ask for relief from forfeiture.
    package let reliefDeadline: CalendarDate?

    /// The proceedings that a status tells of; nil when none are open.
    package init?(_ status: LegalStatus) {
        guard let consequences = LegalConsequences(status) else { return nil }
        frozenBefore = consequences.frozenBefore
        (state, since) = (status.state, status.since)
        // The deadlines were counted from the same event.
        let opening = status.events.first {
            $0.effective == consequences.frozenBefore
                && $0.published.adding(months: 2) == consequences.declarationDeadline
        }
        (published, notice) = (opening?.published, opening?.notice ?? "")
        deadline = consequences.declarationDeadline
        deadlineAbroad = consequences.declarationDeadlineAbroad
        reliefDeadline = consequences.reliefDeadline
    }
}

/// A customer of a seller.
package struct CollectionCustomer: Sendable {
    /// How the seller calls it.
    package var key: String
    /// Its name.
    package var name: String
    /// The company; nil where nobody knows.
    package var siren: SIREN?
    /// The segment that it is in; empty for none.
    package var segment = ""
    /// The language of its letters.
    package var language = LetterLanguage.french
    /// The probability that it fails; nil where nobody knows.
    package var probability: Double?
    /// What insurers and guarantors would pay, in cents of the book's currency.
    package var coverCents: Int64 = 0
    /// Its proceedings, if some are open.
    package var proceedings: OpenProceedings?
    /// Whether its claim was declared in them.
    package var isClaimDeclared = false
    /// What was done about it.
    package var record = CollectionRecord()

    /// A customer of which only this is known.
    package init(key: String, name: String, siren: SIREN? = nil) {
        (self.key, self.name, self.siren) = (key, name, siren)
    }
}

/// A seller's customers and what they owe.
package struct CollectionBook: Sendable {
    /// The customers; invoices and credits name them by their places.
    package var customers: [CollectionCustomer]
    /// The invoices. One of a negative amount is a credit note.
    package var invoices: [LedgerInvoice]
    /// Money and credit notes that belong to no invoice.
    package var credits: [UnallocatedCredit]
    /// The currency that sums are in, and amounts of which nobody says the currency.
    package var currency = Currency.euro
    /// What one unit of another currency is worth, in millionths of a unit of the book's. An amount
    /// of a currency that is not here is in no sum, and that is told.
    package var rates: [Currency: Int64] = [:]

    /// Takes customers and what they owe.
    package init(
        customers: [CollectionCustomer],
        invoices: [LedgerInvoice],
        credits: [UnallocatedCredit] = []
    ) {
        (self.customers, self.invoices, self.credits) = (customers, invoices, credits)
    }

    /// An amount in the book's currency, rounded halves away from zero; nil without a rate.
    @inline(__always)
    func converted(_ cents: Int64, _ from: Currency?) -> Int64? {
        guard let from, from != currency else { return cents }
        return exchanged(cents, from)
    }

    private func exchanged(_ cents: Int64, _ from: Currency) -> Int64? {
        guard let rate = rates[from] else { return nil }
        let money = Money(minorUnits: cents, currency: currency)
        return try? money.multiplied(by: rate, over: 1_000_000, rounding: .halfAwayFromZero)
            .minorUnits
    }
}
