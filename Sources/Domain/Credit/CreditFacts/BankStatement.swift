// SPDX-License-Identifier: Apache-2.0

// Statements of bank accounts: what was booked, and what was said about it.

package import Quantities

/// A movement of an account, or a part of one that was booked together with others.
package struct BankTransaction: Sendable, Hashable {
    /// An invoice that it names.
    package struct Document: Sendable, Hashable {
        /// Its number.
        package var number: String
        /// What is paid of it, in minor units; nil where that is not said.
        package var cents: Int64?

        /// Names an invoice.
        package init(number: String, cents: Int64? = nil) {
            self.number = number
            self.cents = cents
        }
    }

    /// Which entry of its statement it belongs to, from 0.
    package var entry = 0
    /// The bank's reference of the entry; empty for none.
    package var reference = ""
    /// When it was booked.
    package var date: CalendarDate
    /// What came in, in minor units; negative for what went out.
    package var cents: Int64
    /// The currency.
    package var currency: Currency
    /// What the bank kept of it, in minor units: the other side paid so much more.
    package var charges: Int64 = 0
    /// Whether it takes an earlier one back.
    package var isReversal = false
    /// Whether it is a payment that was returned.
    package var isReturn = false
    /// Why it was returned; empty where that is not said.
    package var returnReason = ""
    /// Who paid, or was paid; empty where that is not said.
    package var party = ""
    /// The account of the other side; empty where that is not said.
    package var partyAccount = ""
    /// The reference that went with the payment from end to end; empty for none.
    package var endToEnd = ""
    /// The creditor's reference; empty for none.
    package var creditorReference = ""
    /// The invoices that it names in a structured way.
    package var documents: [Document] = []
    /// What was said in words, line by line.
    package var texts: [String] = []
    /// Where it was read.
    package var source: PaperReference

    /// A movement.
    package init(
        date: CalendarDate,
        cents: Int64,
        currency: Currency,
        source: PaperReference
    ) {
        self.date = date
        self.cents = cents
        self.currency = currency
        self.source = source
    }
}

/// A statement of an account, or a notification about it.
package struct BankStatement: Sendable, Hashable {
    /// The account; empty where the paper has none.
    package var account = ""
    /// The balance before, in minor units; nil where the paper has none.
    package var opening: Int64?
    /// The balance after.
    package var closing: Int64?
    /// The last day that it tells of; nil where it tells of none.
    package var through: CalendarDate?
    /// Whether the balances and what was booked fit each other; nil where balances are missing.
    package var balanceFits: Bool?
    /// How many entries are not booked yet, and left out.
    package var entriesLeftOut = 0
    /// What was booked.
    package var transactions: [BankTransaction] = []
    /// Where it begins.
    package var source: PaperReference

    /// The sum of what was booked, in minor units.
    package var booked: Int128 { transactions.reduce(0) { $0 + Int128($1.cents) } }

    /// A statement without movements.
    package init(source: PaperReference) { self.source = source }
}
