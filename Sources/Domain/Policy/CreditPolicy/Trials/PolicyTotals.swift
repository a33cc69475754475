// SPDX-License-Identifier: Apache-2.0

// What decisions on many companies come to together: limits, losses, and who has work with them.

package import DecimalNumbers

/// Sums over decisions.
package struct PolicyTotals: Sendable {
    /// The limits together; nil beyond all numbers.
    package private(set) var limits: DecimalNumber? = 0
    /// What of them is at our own risk.
    package private(set) var ownRisk: DecimalNumber? = 0
    /// What is owed above the limits.
    package private(set) var exposureAbove: DecimalNumber? = 0
    /// What is to be expected to be lost, of companies of which that is known.
    package private(set) var expectedLoss: DecimalNumber? = 0
    /// How many companies there are of each outcome.
    package private(set) var outcomes: [CreditDecision.Outcome: Int] = [:]
    /// How many limits each role has to grant, because whoever asks may not.
    package private(set) var routed: [String: Int] = [:]

    /// Of no decision yet.
    package init() {}

    /// Adds a decision.
    package mutating func add(_ decision: CreditDecision) {
        outcomes[decision.outcome, default: 0] += 1
        if decision.outcome == .routed { routed[decision.grantingRole ?? "", default: 0] += 1 }
        expectedLoss = decision.expectedLoss.map { expectedLoss?.adding($0) } ?? expectedLoss
        guard let limit = decision.limit else { return }
        limits = limits?.adding(limit.amount)
        ownRisk = ownRisk?.adding(limit.ownRisk)
        if let headroom = decision.headroom, headroom.isNegative {
            exposureAbove = exposureAbove?.subtracting(headroom)
        }
    }
}
