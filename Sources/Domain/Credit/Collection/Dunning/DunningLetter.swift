// SPDX-License-Identifier: Apache-2.0

// What a customer is written: one letter at its highest level, on which each invoice stands with
// what is open of it, and credits with what they take off.

internal import CreditFacts
package import PaymentTerms
package import Quantities

/// An invoice on a letter.
package struct DunningLine: Sendable, Hashable {
    /// Its place in the book.
    package var place: Int
    /// Its number.
    package var reference: String
    /// When it was made; nil where that is lost.
    package var issued: CalendarDate?
    /// When it was due; nil where that is lost.
    package var due: CalendarDate?
    /// Its amount, in cents, credit notes taken off.
    package var cents: Int64
    /// What of it is open, in cents.
    package var open: Int64
    /// By how many days it is late; negative before its day.
    package var daysLate: Int
    /// Its own level; 0 for none.
    package var level: Int
    /// Whether it is only listed, and not asked for: it is not due yet.
    package var isInformation: Bool
    /// Interest for paying late, in cents; 0 where the level asks for none, nil where it does and a
    /// rate is not known.
    package var interest: Int64?
    /// Fixed compensation, in cents.
    package var indemnity: Int64
    /// Its currency.
    package var currency: Currency
}

/// A credit on a letter.
package struct DunningCredit: Sendable, Hashable {
    /// Its number; empty for one that has none.
    package var reference: String
    /// When; nil where that is lost.
    package var date: CalendarDate?
    /// How much, in cents.
    package var cents: Int64
    /// Whether it is money, not a credit note.
    package var isPayment: Bool
    /// Its currency.
    package var currency: Currency
}

/// What a letter asks for in one currency, in cents.
package struct DunningTotal: Sendable, Hashable {
    /// The currency.
    package var currency: Currency
    /// What is open of invoices that are late.
    package var gross: Int64 = 0
    /// Credits.
    package var credits: Int64 = 0
    /// Interest, as far as it is known.
    package var interest: Int64 = 0
    /// Fixed compensation.
    package var indemnity: Int64 = 0
    /// What the letter costs.
    package var fee: Int64 = 0

    /// What is open, credits taken off.
    package var principal: Int64 { gross.adding(cents: 0 &- credits) }
    /// All that is asked for.
    package var total: Int64 {
        principal.adding(cents: interest).adding(cents: indemnity).adding(cents: fee)
    }
}

/// A letter, or a task where nothing is written.
package struct DunningLetter: Sendable, Hashable {
    /// The customer's place in the book.
    package var customer: Int
    /// Its key: the same letter planned twice has the same.
    package var key: String
    /// The day that it is of.
    package var day: CalendarDate
    /// The scenario.
    package var scenario: DunningScenario
    /// The number of the level, from 1.
    package var level: Int
    /// Who set the level; nil where the days did.
    package var levelSetBy: String?
    /// The invoices: those that are late, the oldest first, then those that are not due yet.
    package var lines: [DunningLine]
    /// The credits, in the order of the book.
    package var credits: [DunningCredit]
    /// What it comes to, the book's currency first.
    package var totals: [DunningTotal]
    /// The last day to pay.
    package var deadline: CalendarDate
    /// Whether interest is asked for, and is not known for some invoice.
    package var hasUnknownInterest: Bool
    /// Half-years in which that has no rate, in their order.
    package var unknownRates: [HalfYear] = []

    /// What the level says.
    package var settings: DunningLevel { scenario.levels[level - 1] }
}
