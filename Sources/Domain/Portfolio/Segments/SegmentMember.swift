// SPDX-License-Identifier: Apache-2.0

// A company of a portfolio, as conditions of segments look at it.

package import Quantities

/// A company of a portfolio. What is nil is not known, and so is a number that is none.
package struct SegmentMember: Sendable, Equatable {
    /// Its number in the store.
    package var slot: Int
    /// By what it is known.
    package var kind: String
    /// That number or identifier.
    package var identifier: String
    /// Its name; empty for none.
    package var name = ""
    /// The portfolio's own number for it; empty for none.
    package var reference = ""
    /// What it owes.
    package var exposure: Money?
    /// The limit that the portfolio grants it.
    package var limit: Money?
    /// Where it stands, in a word.
    package var outcome = "not_looked_at"
    /// Its score.
    package var score: Int?
    /// Its class.
    package var riskClass: Int?
    /// Its probability of failure.
    package var probability: Double?
    /// Since when its score is what it is.
    package var scoredSince: CalendarDate?
    /// The index of its payments.
    package var paymentIndex: Double?
    /// Days that it pays beyond terms.
    package var daysBeyondTerms: Double?
    /// The part of what it owes that is late by more than 30 days.
    package var overdueShare: Double?
    /// How much is known of it.
    package var dataDepth: Double?
    /// The end of the last year of which statements are known.
    package var lastClosing: CalendarDate?
    /// When it came into the portfolio.
    package var followedSince: CalendarDate?
    /// Its sector; empty for none.
    package var sector = ""
    /// Its legal form; empty for none.
    package var legalForm = ""
    /// When it was founded.
    package var foundedOn: CalendarDate?
    /// The words that the portfolio puts to it.
    package var tags: [String] = []

    /// A company of which nothing is known.
    package init(_ slot: Int, kind: String, identifier: String) {
        (self.slot, self.kind, self.identifier) = (slot, kind, identifier)
    }

    /// A number on a day, in units of its currency for amounts; no number if it is missing.
    package func number(_ number: SegmentNumber, on day: CalendarDate) -> Double {
        switch number {
        case .score: score.map(Double.init) ?? .nan
        case .riskClass: riskClass.map(Double.init) ?? .nan
        case .probability: Self.finite(probability)
        case .exposure: exposure.map(Self.units) ?? .nan
        case .limit: limit.map(Self.units) ?? .nan
        case .limitUse: limitUse
        case .paymentIndex: Self.finite(paymentIndex)
        case .daysBeyondTerms: Self.finite(daysBeyondTerms)
        case .overdueShare: Self.finite(overdueShare)
        case .dataDepth: Self.finite(dataDepth)
        case .ageYears: foundedOn.map { Self.years(from: $0, to: day) } ?? .nan
        case .daysSinceScore: scoredSince.map { Double(day.days(since: $0)) } ?? .nan
        case .daysSinceStatement: lastClosing.map { Double(day.days(since: $0)) } ?? .nan
        case .daysFollowed: followedSince.map { Double(day.days(since: $0)) } ?? .nan
        }
    }

    /// A text; nil if it is missing.
    package func text(_ text: SegmentText) -> String? {
        let found =
            switch text {
            case .outcome: outcome
            case .currency: (exposure ?? limit)?.currency.code ?? ""
            case .kind: kind
            case .identifier: identifier
            case .name: name
            case .reference: reference
            case .sector: sector
            case .legalForm: legalForm
            }
        return found.isEmpty ? nil : found
    }

    /// What is beyond all numbers is none.
    private static func finite(_ value: Double?) -> Double {
        value.map { $0.isFinite ? $0 : .nan } ?? .nan
    }

    private static func units(_ money: Money) -> Double {
        var divisor = 1.0
        for _ in 0..<money.currency.exponent { divisor *= 10 }
        return Double(money.minorUnits) / divisor
    }

    /// As rules of alerts have it: who owes nothing uses nothing of any limit, and of a limit of
    /// nothing whoever owes uses more than any part.
    private var limitUse: Double {
        guard let exposure, let limit, exposure.currency == limit.currency else { return .nan }
        if exposure.minorUnits <= 0 { return 0 }
        guard limit.minorUnits > 0 else { return .infinity }
        return Double(exposure.minorUnits) / Double(limit.minorUnits)
    }

    /// Whole years between two days; no number if they are in the wrong order.
    private static func years(from first: CalendarDate, to last: CalendarDate) -> Double {
        guard first <= last else { return .nan }
        let (one, other) = (first.components, last.components)
        let isBefore = (other.month, other.day) < (one.month, one.day)
        return Double(other.year - one.year - (isBefore ? 1 : 0))
    }
}
