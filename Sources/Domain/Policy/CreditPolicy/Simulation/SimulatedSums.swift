// SPDX-License-Identifier: Apache-2.0

// What decisions on many companies come to together: counted and added up in columns.

package import DecimalNumbers

/// Sums over the decisions by one policy.
package struct SimulatedSums: Sendable {
    /// A sum, and over how many companies; nil beyond all numbers.
    package struct Amount: Sendable {
        /// The sum.
        package private(set) var sum: DecimalNumber? = 0
        /// How many companies have the amount.
        package private(set) var count = 0

        @inline(__always)
        mutating func add(_ amount: DecimalNumber) {
            sum = sum?.adding(amount)
            count += 1
        }
    }

    /// Companies of each outcome, in the order of all outcomes.
    package private(set) var outcomes = [Int](
        repeating: 0,
        count: CreditDecision.Outcome.allCases.count
    )
    /// The limits.
    package private(set) var limits = Amount()
    /// What of them is at our own risk.
    package private(set) var ownRisk = Amount()
    /// What is owed and ordered, without what was paid ahead.
    package private(set) var exposure = Amount()
    /// What of it is above the limits, over those companies of which something is.
    package private(set) var exposureAbove = Amount()
    /// What is to be expected to be lost of what the limits put at our own risk.
    package private(set) var expectedLoss = Amount()
    /// What is to be expected to be lost of what is owed today and nobody else bears.
    package private(set) var exposedLoss = Amount()
    /// Limits that whoever asks may not grant, by the place of the role that may; the last for
    /// those that none may.
    package private(set) var routed: [Int]
    /// Limits for which a second person has to agree.
    package private(set) var secondPersons = 0
    /// Companies that were decided one by one.
    package internal(set) var slow = 0

    init(roleCount: Int) {
        routed = Array(repeating: 0, count: roleCount + 1)
    }

    /// Adds a block. Cost: six sums of 3 ns a company.
    mutating func add(_ block: CreditBlock) {
        for row in 0..<block.rowCount {
            let facts = block.facts[row]
            let outcome = block.outcomes[row]
            outcomes[Int(outcome)] += 1
            if facts.contains(.exposure) { exposure.add(block.exposures[row]) }
            if outcome == CreditBlock.routed {
                let role = Int(block.roles[row])
                routed[role >= 0 ? role : routed.count - 1] += 1
            }
            guard facts.contains(.limit) else { continue }
            limits.add(block.limits[row])
            ownRisk.add(block.ownLimits[row])
            if facts.contains(.headroom), block.headrooms[row].isNegative {
                exposureAbove.add(block.headrooms[row].negated)
            }
            if facts.contains(.expectedLoss) { expectedLoss.add(block.expectedLosses[row]) }
            if facts.contains(.exposedLoss) { exposedLoss.add(block.exposedLosses[row]) }
            if facts.contains(.needsSecondPerson) { secondPersons += 1 }
        }
    }
}
