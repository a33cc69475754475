// SPDX-License-Identifier: Apache-2.0

// A company of a portfolio, as figures of risk look at it.

package import Quantities

/// Where a company stands.
package enum RiskState: Hashable, Sendable, Comparable {
    /// It was scored, and is in this class.
    case riskClass(Int)
    /// Somebody has to read a judgment first.
    case review
    /// Too little is known.
    case notScorable
    /// No run has looked at it yet.
    case notLookedAt
    /// Collective proceedings are open.
    case inProceedings
    /// It has ended.
    case closed

    private var order: Int {
        switch self {
        case .riskClass(let number): number
        case .review: Int.max - 5
        case .notScorable: Int.max - 4
        case .notLookedAt: Int.max - 3
        case .inProceedings: Int.max - 2
        case .closed: Int.max - 1
        }
    }

    /// Classes first, the safest before all.
    package static func < (one: RiskState, other: RiskState) -> Bool { one.order < other.order }
}

/// A company of a portfolio.
package struct RiskLine: Sendable, Equatable {
    /// Its number in the store.
    package var slot: Int
    /// What it owes; nil where that is not known.
    package var exposure: Money?
    /// The limit that it was granted; nil for none.
    package var limit: Money?
    /// Where it stands.
    package var state: RiskState
    /// Its score; nil for none.
    package var score: Int?
    /// Its probability of failure; nil for none.
    package var probability: Double?
    /// Where it stood on the day that is compared with.
    package var stateBefore: RiskState
    /// Its score then; nil for none.
    package var scoreBefore: Int?

    /// Makes a line of a company that stood where it stands.
    package init(
        _ slot: Int,
        exposure: Money? = nil,
        limit: Money? = nil,
        state: RiskState,
        score: Int? = nil,
        probability: Double? = nil
    ) {
        self.slot = slot
        (self.exposure, self.limit) = (exposure, limit)
        (self.state, self.score, self.probability) = (state, score, probability)
        (stateBefore, scoreBefore) = (state, score)
    }

    /// What of the exposure can be lost with it: 1 for a company that has failed, nil where nobody
    /// can say.
    var chanceOfFailure: Double? {
        switch state {
        case .riskClass: probability
        case .inProceedings: 1
        case .review, .notScorable, .notLookedAt, .closed: nil
        }
    }
}
