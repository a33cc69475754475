// SPDX-License-Identifier: Apache-2.0

// What has to be declared in proceedings of customers (Code de commerce, articles L. 622-24 to
// L. 622-28 and R. 622-23): all that arose before the opening judgment, due or not, with interest
// up to it and none after it. Amounts are those of the day of the judgment, whatever was paid
// since.

internal import CreditFacts
package import PaymentTerms
package import Quantities

/// An invoice to be declared.
package struct DeclaredClaim: Sendable, Hashable {
    /// Its place in the book.
    package var place: Int
    /// Its number.
    package var reference: String
    /// When it was made; nil where that is lost.
    package var issued: CalendarDate?
    /// When it is due; nil where that is lost.
    package var due: CalendarDate?
    /// Its amount, in cents, credit notes taken off.
    package var cents: Int64
    /// What was owed of it on the day of the judgment, in cents.
    package var principal: Int64
    /// Interest up to that day, in cents; nil where a rate is not known.
    package var interest: Int64?
    /// Whether it was due on that day; nil where nobody knows.
    package var wasDue: Bool?
    /// Whether the customer disputes it.
    package var isDisputed: Bool
    /// What was paid for it since, in cents.
    package var paidSince: Int64
    /// Its currency.
    package var currency: Currency
}

/// Sums of a declaration in one currency, in cents.
package struct DeclaredTotal: Sendable, Hashable {
    /// The currency.
    package var currency: Currency
    /// What was due on the day of the judgment, or has no date.
    package var due: Int64 = 0
    /// What was not due yet.
    package var notDue: Int64 = 0
    /// Credits from before.
    package var credits: Int64 = 0
    /// Interest, as far as it is known.
    package var interest: Int64 = 0

    /// All that is declared.
    package var total: Int64 {
        due.adding(cents: notDue).adding(cents: 0 &- credits).adding(cents: interest)
    }
}

/// How far the time to declare has gone.
package enum DeclarationTime: Sendable, Hashable {
    /// It runs until a day.
    case open(until: CalendarDate)
    /// It is over; relief can be asked for until a day.
    case relief(deadline: CalendarDate, until: CalendarDate)
    /// Both are over.
    case forfeited(deadline: CalendarDate)
    /// Nobody knows when the opening was made known.
    case notKnown
}

/// What is declared of one customer.
package struct ClaimDeclaration: Sendable, Hashable {
    /// The customer's place in the book.
    package var customer: Int
    /// Its proceedings.
    package var proceedings: OpenProceedings
    /// The invoices, in the order of their dates.
    package var claims: [DeclaredClaim]
    /// Credits from before the judgment.
    package var credits: [DunningCredit]
    /// What it comes to, the book's currency first.
    package var totals: [DeclaredTotal]
    /// Half-years in which interest of some invoice has no rate, in their order.
    package var unknownRates: [HalfYear]
    /// How far the time to declare has gone.
    package var time: DeclarationTime

    /// The last day to declare; nil where nobody knows.
    package var deadline: CalendarDate? {
        switch time {
        case .open(let day), .relief(let day, _), .forfeited(let day): day
        case .notKnown: nil
        }
    }

    /// Whether interest of some invoice is not known.
    package var hasUnknownInterest: Bool { claims.contains { $0.interest == nil } }
}
