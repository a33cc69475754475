// SPDX-License-Identifier: Apache-2.0

// What scores companies for runs, as runs see it: facts as the store has them in, findings out.

package import PortfolioStore
package import Quantities
package import ServiceErrors

/// What is found of a company out of its facts.
package struct ScoreFinding: Sendable, Equatable {
    /// What can be said at all.
    package var outcome: ScoredOutcome
    /// The score on the published scale; nil for none.
    package var score: Int?
    /// The class of risk, from 1; nil for none.
    package var riskClass: Int?
    /// The probability of failure; nil for none.
    package var probability: Double?
    /// What else was seen.
    package var figures: ScoredCompany.Figures

    /// Takes what was found.
    package init(
        _ outcome: ScoredOutcome,
        score: Int? = nil,
        riskClass: Int? = nil,
        probability: Double? = nil,
        figures: ScoredCompany.Figures = .init()
    ) {
        (self.outcome, self.score, self.riskClass) = (outcome, score, riskClass)
        (self.probability, self.figures) = (probability, figures)
    }

    /// Whether another one says the same, as far as a change is told.
    package func isSame(as other: ScoreFinding) -> Bool {
        outcome == other.outcome && score == other.score && riskClass == other.riskClass
    }

    /// As the store keeps it.
    package func score(
        of slot: Int,
        _ cause: CompanyScore.Cause = .company
    ) -> CompanyScore {
        CompanyScore(
            slot,
            outcome: outcome.rawValue,
            score: score,
            riskClass: riskClass,
            probability: probability,
            cause: cause
        )
    }
}

/// Scores companies for runs, by one model.
package protocol RunAssessor: Sendable {
    /// The model.
    var model: RunModel { get }
    /// Kinds of facts that it looks at.
    var kinds: Set<FactKind> { get }

    /// What one thread scores with.
    func makeScorer() -> any RunScorer
}

/// Scores companies on one thread, in memory of its own.
package protocol RunScorer: AnyObject {
    /// Scores companies by their facts, each in the order of kinds and days; the findings stand in
    /// the order of the companies. Facts that cannot be read are as if they were not there.
    func assess(
        _ companies: [[KnownFact]],
        asOf day: CalendarDate
    ) throws(ServiceError) -> [ScoreFinding]

    /// The names of what courts and registers tell in facts.
    func legalEvents(in facts: [KnownFact]) -> [String]
}
