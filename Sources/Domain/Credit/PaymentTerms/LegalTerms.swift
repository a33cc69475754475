// SPDX-License-Identifier: Apache-2.0

// What French law says of terms between businesses (Code de commerce, articles L. 441-10 and
// L. 441-11 in the version in force since 1 January 2024): a term for those who agreed on none, and
// the latest day that may be agreed.

package import Quantities

/// A trade with a latest day of its own.
package enum PaymentSector: String, Sendable, CaseIterable {
    /// All others.
    case general
    /// Carriage of goods by road, hire of vehicles, forwarding, freight and customs agents.
    case transport
    /// Perishable food, frozen meat and fish, ready meals and preserves of perishable food.
    case perishableFood = "perishable_food"
    /// Live cattle for consumption, and fresh meat of it.
    case cattle
    /// Spirits, on which duties of consumption are levied.
    case spirits
}

/// The legal terms.
package enum LegalTerms {
    /// The term where none was agreed: 30 days after the receipt of goods or the end of the
    /// service.
    package static let unlessAgreed = PaymentTerm.days(30)

    /// The latest day that may be agreed.
    ///
    /// - Parameters:
    ///   - invoice: The date of the invoice.
    ///   - received: When goods were received or the service done; nil if that is not known, and
    ///     then the invoice's date stands for it.
    ///   - isPeriodic: Whether the invoice sums up several deliveries of a month.
    ///   - endOfMonth: A term to the end of a month that was agreed in so many words; nil if none
    ///     was. Either reading of "45 days end of month" is allowed, in place of 60 days.
    /// - Returns: The day; nil outside of the calendar.
    package static func latest(
        invoice: CalendarDate,
        received: CalendarDate? = nil,
        sector: PaymentSector = .general,
        isPeriodic: Bool = false,
        endOfMonth: PaymentTerm? = nil
    ) -> CalendarDate? {
        let delivery = received ?? invoice
        switch sector {
        case .transport: return invoice.adding(days: 30)
        case .perishableFood:
            return isPeriodic
                ? PaymentTerm.endOfTenDaysThenDays(30).due(from: delivery)
                : delivery.adding(days: 30)
        case .cattle: return delivery.adding(days: 20)
        case .spirits: return PaymentTerm.endOfMonthThenDays(30).due(from: delivery)
        case .general: break
        }
        if isPeriodic { return invoice.adding(days: 45) }
        switch endOfMonth {
        case .daysThenEndOfMonth: return PaymentTerm.daysThenEndOfMonth(45).due(from: invoice)
        case .endOfMonthThenDays: return PaymentTerm.endOfMonthThenDays(45).due(from: invoice)
        default: return invoice.adding(days: 60)
        }
    }
}
