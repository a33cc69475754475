// SPDX-License-Identifier: Apache-2.0

// What rules can watch: the kinds of rules, and the quantities that they look at.

/// Kinds of rules.
package enum AlertKind: String, Sendable, CaseIterable {
    /// The score fell by so many points, the model set apart.
    case scoreDrop = "SCORE_DROP"
    /// The score rose: an opportunity.
    case scoreRise = "SCORE_RISE"
    /// The class changed by so many notches.
    case classChange = "CLASS_CHANGE"
    /// A quantity passed an edge.
    case threshold = "THRESHOLD"
    /// The probability is so many times what it was.
    case probabilityRatio = "PROBABILITY_RATIO"
    /// The company fell among all others.
    case percentileDrop = "PERCENTILE_DROP"
    /// Proceedings were opened, or the company ended.
    case outcomeChange = "OUTCOME_CHANGE"
    /// A court or register told something.
    case legalEvent = "LEGAL_EVENT"
    /// The company pays otherwise than before.
    case paymentSignal = "PAYMENT_SIGNAL"
    /// More is owed than limit and cover allow.
    case limitExceeded = "LIMIT_EXCEEDED"
    /// Nearly as much is owed.
    case limitNear = "LIMIT_NEAR"
    /// A cover ends soon.
    case coverExpiring = "COVER_EXPIRING"
    /// The last statement is old.
    case statementOverdue = "STATEMENT_OVERDUE"
    /// Less is known than before.
    case dataDepthLoss = "DATA_DEPTH_LOSS"
    /// Published models say another thing than ours.
    case divergence = "DIVERGENCE"
    /// Few companies owe much of the portfolio.
    case concentration = "CONCENTRATION"
    /// The expected loss of the portfolio grew.
    case portfolioLoss = "PORTFOLIO_EL"
    /// Another model scores.
    case modelChanged = "MODEL_CHANGED"
    /// There was no score for so many days.
    case noData = "NO_DATA"

    /// Whether it looks at a portfolio and not at a company.
    package var isOfPortfolio: Bool {
        switch self {
        case .concentration, .portfolioLoss, .modelChanged: true
        default: false
        }
    }

    /// Whether it looks at what came since the last run, so that each time is another fact: an open
    /// alert is then told again, with how often.
    package var isOccurrence: Bool {
        switch self {
        case .legalEvent, .outcomeChange, .modelChanged: true
        default: false
        }
    }
}

/// What is looked at.
package enum AlertQuantity: String, Sendable, CaseIterable {
    /// The score, as published.
    case score
    /// The class of risk; 1 is the safest.
    case riskClass = "class"
    /// The probability of failure, from 0 to 1.
    case probability
    /// The part of all companies with a lower score, from 0 to 100.
    case percentile
    /// What can be said at all: 0 scored, 1 to be looked at, 2 in proceedings, 3 closed.
    case outcome
    /// The index of payments, from 0 to 100; high is good.
    case paymentIndex = "payment_index"
    /// Days that the company pays beyond terms.
    case daysBeyondTerms = "days_beyond_terms"
    /// Promises to pay that were broken since the last run.
    case brokenPromises = "broken_promises"
    /// The part of what is owed that is late by more than 30 days, from 0 to 1.
    case overdueShare = "share_over_30_days"
    /// What is owed, in the portfolio's currency.
    case exposure
    /// The limit that holds.
    case limit
    /// What others bear of it.
    case cover
    /// Days until the cover ends.
    case coverDays = "cover_days_left"
    /// Months since the end of the last year that is known.
    case statementMonths = "statement_age_months"
    /// How much is known, as a number that grows with it.
    case dataDepth = "data_depth"
    /// Classes by which published models differ from ours.
    case divergence
    /// Days since the last score.
    case daysWithoutScore = "days_without_score"
    /// The index of Herfindahl and Hirschman of what is owed, from 0 to 1.
    case concentrationIndex = "hhi"
    /// The part that the largest companies owe, from 0 to 1.
    case topShare = "top_share"
    /// The expected loss of the portfolio.
    case expectedLoss = "expected_loss"
    /// Whether another model scored than the day before.
    case modelChanged = "model_changed"

    /// Whether another model gives another value of the same company.
    package var isOfModel: Bool {
        switch self {
        case .score, .riskClass, .probability, .percentile, .divergence: true
        default: false
        }
    }

    /// Whether it can be below 0.
    var canBeNegative: Bool {
        switch self {
        case .daysBeyondTerms, .exposure, .divergence: true
        default: false
        }
    }
}

/// A quantity today, or of so many days before: then as today's model sees that day.
package struct AlertInput: Sendable, Hashable, CustomStringConvertible {
    /// The quantity.
    package let quantity: AlertQuantity
    /// How many days before.
    package let daysBefore: Int

    /// Names an input.
    package init(_ quantity: AlertQuantity, daysBefore: Int = 0) {
        (self.quantity, self.daysBefore) = (quantity, daysBefore)
    }

    /// Its name, such as "score" or "score_7_days_before".
    package var description: String {
        switch daysBefore {
        case 0: quantity.rawValue
        case 1: "\(quantity.rawValue)_1_day_before"
        default: "\(quantity.rawValue)_\(daysBefore)_days_before"
        }
    }
}
