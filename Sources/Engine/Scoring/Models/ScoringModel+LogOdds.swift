// SPDX-License-Identifier: Apache-2.0

// Log-odds on the model's scale, for those who know something that the model does not.

extension ScoringModel {
    /// Log-odds of a probability.
    package static func logOdds(probability: Double) -> Double {
        RiskScale.logit(probability)
    }

    /// What log-odds are on this model's scale; the class is 0 and the score 0 for NaN.
    package func figures(
        logOdds: Double
    ) -> (probability: Double, score: UInt32, riskClass: UInt32) {
        let probability = scale.probability(logOdds: logOdds)
        return (
            probability, scale.score(logOdds: logOdds), scale.riskClass(probability: probability)
        )
    }
}
