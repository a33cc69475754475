// SPDX-License-Identifier: Apache-2.0

// What is owed for paying late, between businesses in France (Code de commerce, article L. 441-10,
// II, and D. 441-5): interest from the day after the due date, without a reminder, on the amount
// with tax, and 40 euros for each invoice. Without an agreed rate it is the refinancing rate of the
// half-year plus ten points; an agreed one may not be below three times the legal rate.

package import Quantities

/// Interest for one invoice paid late.
package struct LateInterest: Sendable, Equatable {
    /// A part at one rate.
    package struct Part: Sendable, Equatable {
        /// The first day that counts.
        package let from: CalendarDate
        /// The last day that counts.
        package let through: CalendarDate
        /// In hundredths of a percent a year.
        package let rate: Int
        /// How many days.
        package var days: Int { through.days(since: from) + 1 }
    }

    /// Why there is no figure.
    package enum Failure: Error, Equatable {
        /// No rate is known for a half-year.
        case noRate(HalfYear)
        /// The agreed rate is below three times the legal one, in hundredths of a percent.
        case belowMinimum(agreed: Int, minimum: Int)
        /// Amount, rates and days are beyond what is counted with.
        case overflow
    }

    /// The fixed compensation for each invoice, in cents (article D. 441-5).
    package static let fixedCompensationCents: Int64 = 4_000
    /// Points over the refinancing rate, in hundredths.
    package static let pointsOverRefinancing = 1_000

    /// The parts, one for each half-year.
    package let parts: [Part]
    /// Interest, rounded once, halves away from zero.
    package let interest: Money
    /// How many days late.
    package var days: Int { parts.reduce(0) { $0 + $1.days } }

    /// Counts interest.
    ///
    /// - Parameters:
    ///   - amount: What was paid late, with tax.
    ///   - due: The due date; interest runs from the day after.
    ///   - paid: When it was paid, or the day up to which interest is asked for.
    ///   - agreedRate: The contract's own rate in hundredths of a percent; nil for the legal one.
    ///   - rates: The rates of half-years. A year counts as 365 days, whatever its length.
    package init(
        on amount: Money,
        due: CalendarDate,
        paid: CalendarDate,
        agreedRate: Int32? = nil,
        rates: InterestRates = .published
    ) throws(Failure) {
        var parts: [Part] = []
        var rateDays: Int64 = 0
        var first = due.adding(days: 1)
        while let from = first, from <= paid {
            let halfYear = HalfYear(of: from)
            guard let end = halfYear.lastDay else { break }
            let rate = try Self.rate(in: halfYear, agreed: agreedRate, rates)
            let part = Part(from: from, through: min(end, paid), rate: rate)
            rateDays += Int64(part.days) * Int64(rate)
            parts.append(part)
            first = part.through.adding(days: 1)
        }
        self.parts = parts
        do {
            // Hundredths of a percent of 365 days, exact before the one rounding.
            interest = try amount.multiplied(
                by: rateDays,
                over: 10_000 * 365,
                rounding: .halfAwayFromZero
            )
        } catch {
            throw .overflow
        }
    }

    private static func rate(
        in halfYear: HalfYear,
        agreed: Int32?,
        _ rates: InterestRates
    ) throws(Failure) -> Int {
        let known = rates.byHalfYear[halfYear]
        guard let agreed else {
            guard let known else { throw .noRate(halfYear) }
            return known.refinancing + pointsOverRefinancing
        }
        if let legal = known?.legal, agreed < 3 * legal {
            throw .belowMinimum(agreed: Int(agreed), minimum: 3 * legal)
        }
        return Int(agreed)
    }
}
