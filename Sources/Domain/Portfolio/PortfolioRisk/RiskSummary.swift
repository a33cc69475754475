// SPDX-License-Identifier: Apache-2.0

// Figures of risk of a portfolio, as they are told. Amounts of two currencies are never added: each
// has its figures.

package import Quantities

/// How many companies, and how much they owe, in one currency.
package struct RiskCount: Sendable, Equatable {
    /// Companies.
    package internal(set) var companies = 0
    /// What they owe, in the currency's smallest units; what is owed to them is not taken off.
    package internal(set) var exposure: Int128 = 0

    mutating func add(_ units: Int128) {
        companies += 1
        exposure += units
    }
}

/// A company that moved.
package struct RiskMover: Sendable, Equatable {
    /// The company.
    package let slot: Int
    /// Its scores.
    package let scoreBefore: Int
    package let score: Int
    /// Where it stood, and stands.
    package let stateBefore: RiskState
    package let state: RiskState
}

/// A way from where companies stood to where they stand.
package struct RiskMove: Hashable, Sendable {
    /// Where they stood.
    package let from: RiskState
    /// Where they stand.
    package let to: RiskState

    /// Makes one.
    package init(from: RiskState, to: RiskState) { (self.from, self.to) = (from, to) }
}

/// Figures in one currency.
package struct CurrencyRisk: Sendable, Equatable {
    /// Companies that owe something, and what.
    package internal(set) var owing = RiskCount()
    /// Companies that are owed something instead: it is no exposure.
    package internal(set) var inCredit = RiskCount()
    /// What they owe by where they stand.
    package internal(set) var byState: [RiskState: RiskCount] = [:]
    /// What is owed by companies of which a probability is known, those that have failed included.
    package internal(set) var knownExposure: Int128 = 0
    /// The sum of exposure times probability, in the currency's smallest units.
    package internal(set) var exposureAtFailure = 0.0
    /// The sum of squares of exposures, for the index of concentration.
    var squares = 0.0
    /// Companies that owe more than this part of their limits: 0.8, 0.9, 1.
    package internal(set) var limitUse: [RiskCount] = .init(repeating: .init(), count: 3)
    /// Companies that owe something without a limit.
    package internal(set) var withoutLimit = RiskCount()
    /// Limits of companies that owe something, in the currency's smallest units.
    package internal(set) var limits: Int128 = 0
    /// The companies that owe most, the largest first.
    package internal(set) var largest: [LargestExposure] = []

    /// Nobody owes anything.
    package init() {}

    /// A company that owes much.
    package struct LargestExposure: Sendable, Equatable {
        /// The company.
        package let slot: Int
        /// What it owes, in the currency's smallest units.
        package let exposure: Int128
    }

    /// Parts of limits that are looked at.
    package static let limitUseEdges = [0.8, 0.9, 1.0]

    /// The probability of failure, weighted with exposures; nil where none is known.
    package var weightedProbability: Double? {
        knownExposure > 0 ? exposureAtFailure / Double(knownExposure) : nil
    }

    /// What is to be expected to be lost, in the currency's smallest units: the sum of probability,
    /// exposure and the part of it that is lost in a failure.
    package func expectedLoss(lossGivenDefault: Double) -> Double {
        exposureAtFailure * lossGivenDefault
    }

    /// The index of Herfindahl and Hirschman of exposures: 1 for one company, 1/n for n that owe
    /// the same; nil where nobody owes anything.
    package var concentration: Double? {
        owing.exposure > 0 ? squares / (Double(owing.exposure) * Double(owing.exposure)) : nil
    }
}

/// Figures of risk of a portfolio.
package struct RiskSummary: Sendable, Equatable {
    /// Companies.
    package internal(set) var companies = 0
    /// Companies by where they stand.
    package internal(set) var byState: [RiskState: Int] = [:]
    /// Companies by where they stood and stand, those that did not move included.
    package internal(set) var moves: [RiskMove: Int] = [:]
    /// Companies of which nobody told what they owe.
    package internal(set) var withoutExposure = 0
    /// Companies with a limit in another currency than that of what they owe: it is not compared.
    package internal(set) var otherLimitCurrency = 0
    /// Figures of each currency.
    package internal(set) var currencies: [Currency: CurrencyRisk] = [:]
    /// Companies whose scores fell most, the greatest fall first.
    package internal(set) var fallen: [RiskMover] = []
    /// Companies whose scores rose most, the greatest rise first.
    package internal(set) var risen: [RiskMover] = []
}
