// SPDX-License-Identifier: Apache-2.0

// What conditions of segments can look at, by the names that they use.

internal import FEEL

/// Numbers of a company in a portfolio.
package enum SegmentNumber: String, Sendable, CaseIterable {
    /// The score, as published.
    case score
    /// The class of risk; 1 is the safest.
    case riskClass = "class"
    /// The probability of failure, from 0 to 1.
    case probability
    /// What it owes, in units of its currency.
    case exposure
    /// The limit that the portfolio grants it, in units of its currency.
    case limit
    /// What it owes over its limit, where both are in one currency.
    case limitUse = "limit_use"
    /// The index of payments, from 0 to 100; high is good.
    case paymentIndex = "payment_index"
    /// Days that it pays beyond terms.
    case daysBeyondTerms = "days_beyond_terms"
    /// The part of what it owes that is late by more than 30 days, from 0 to 1.
    case overdueShare = "share_over_30_days"
    /// How much is known of it, as a number that grows with it.
    case dataDepth = "data_depth"
    /// Whole years since it was founded.
    case ageYears = "age_years"
    /// Days since its score became what it is.
    case daysSinceScore = "days_since_score"
    /// Days since the end of the last year of which statements are known.
    case daysSinceStatement = "days_since_statement"
    /// Days since it came into the portfolio.
    case daysFollowed = "days_followed"

    /// Whether it is an amount of money.
    var isAmount: Bool { self == .exposure || self == .limit }
}

/// Texts of a company in a portfolio.
package enum SegmentText: String, Sendable, CaseIterable {
    /// Where it stands: scored, review, not_scorable, in_proceedings, closed, not_looked_at.
    case outcome
    /// The currency of what it owes or, without that, of its limit.
    case currency
    /// By what it is known: siren, lei, own.
    case kind
    /// That number or identifier.
    case identifier
    /// Its name in the portfolio.
    case name
    /// The portfolio's own number for it.
    case reference
    /// Its sector, without dots: 4332A.
    case sector
    /// Its legal form, as the portfolio writes it.
    case legalForm = "legal_form"
}

/// What a condition can look at.
package enum SegmentInput: Sendable, Hashable {
    /// A number.
    case number(SegmentNumber)
    /// Where that lies among those of the portfolio, from 0 to 1.
    case quantile(SegmentNumber)
    /// A text.
    case text(SegmentText)
    /// The words that the portfolio puts to it.
    case tags

    /// All there are.
    package static let all: [SegmentInput] =
        SegmentNumber.allCases.map { .number($0) } + SegmentNumber.allCases.map { .quantile($0) }
        + SegmentText.allCases.map { .text($0) } + [.tags]

    /// Its name in conditions.
    package var name: String {
        switch self {
        case .number(let number): number.rawValue
        case .quantile(let number): "\(number.rawValue)_quantile"
        case .text(let text): text.rawValue
        case .tags: "tags"
        }
    }

    var type: FEELType {
        switch self {
        case .number, .quantile: .number
        case .text: .string
        case .tags: .list(.string)
        }
    }

    /// Whether it needs what runs saw beside the score.
    package var isOfFigures: Bool {
        switch self {
        case .number(let number), .quantile(let number):
            switch number {
            case .paymentIndex, .daysBeyondTerms, .overdueShare, .dataDepth, .daysSinceStatement:
                true
            default: false
            }
        case .text, .tags: false
        }
    }

    /// Whether it needs the day on which the score became what it is.
    package var isOfChange: Bool {
        self == .number(.daysSinceScore) || self == .quantile(.daysSinceScore)
    }
}
