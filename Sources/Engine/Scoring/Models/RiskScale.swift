// SPDX-License-Identifier: Apache-2.0

// From raw scores to what people read: calibrated log-odds, probability, score,
// class and percentile. A raw score of NaN, that of a row without a score, stays
// NaN and becomes score 0 and class 0.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// How a model's raw scores are to be read.
///
/// A class, so that a call passes it on with one reference and not with one for each table.
final class RiskScale: Sendable {
    /// From raw score to log-odds.
    let calibration: Calibration
    /// Log-odds that the prior correction adds.
    let priorShift: Double
    private let scoreScale: ScoreScale
    private let pointsPerLogOdds: Double
    private let anchorLogOdds: Double
    private let classMaximums: [Double]
    private let quantiles: [Double]

    init(_ manifest: Manifest, rawScoreDivisor: Double) {
        var calibration = manifest.calibration
        calibration.slope /= rawScoreDivisor
        self.calibration = calibration
        priorShift =
            Self.logit(manifest.prior.targetBaseRate) - Self.logit(manifest.prior.trainingBaseRate)
        scoreScale = manifest.scoreScale
        let points = manifest.scoreScale.pointsToDoubleOdds / log(2)
        pointsPerLogOdds = manifest.scoreScale.isHighSafe ? -points : points
        anchorLogOdds = Self.logit(manifest.scoreScale.anchorProbability)
        classMaximums = manifest.riskClasses.map(\.probabilityMaximum)
        quantiles = manifest.reference.logOddsQuantiles
    }

    /// Log-odds of a probability.
    static func logit(_ probability: Double) -> Double {
        log(probability / (1 - probability))
    }

    /// Log-odds before the prior correction, on which the reference population is given.
    func referenceLogOdds(raw: Double) -> Double {
        calibration.intercept + calibration.slope * raw
    }

    /// Probability from log-odds, without overflow and without loss at either end.
    func probability(logOdds: Double) -> Double {
        guard logOdds < 0 else { return 1 / (1 + exp(-logOdds)) }
        let odds = exp(logOdds)
        return odds / (1 + odds)
    }

    /// Score from log-odds; 0 for NaN.
    func score(logOdds: Double) -> UInt32 {
        let score = scoreScale.anchorScore + pointsPerLogOdds * (logOdds - anchorLogOdds)
        guard !score.isNaN else { return 0 }
        let rounded = score.rounded(.toNearestOrEven)
        return UInt32(min(max(rounded, Double(scoreScale.minimum)), Double(scoreScale.maximum)))
    }

    /// Log-odds that a score stands for.
    func logOdds(score: Int) -> Double {
        anchorLogOdds + (Double(score) - scoreScale.anchorScore) / pointsPerLogOdds
    }

    /// Number of the class of a probability; 0 for NaN.
    func riskClass(probability: Double) -> UInt32 {
        guard let index = classMaximums.firstIndex(where: { probability <= $0 }) else { return 0 }
        return UInt32(index + 1)
    }

    /// Share of the reference population that is riskier, 0 to 100, from log-odds before the
    /// prior correction.
    func percentile(referenceLogOdds logOdds: Double) -> Float {
        guard !logOdds.isNaN else { return .nan }
        // The number of quantiles at or below the value.
        var (low, high) = (0, quantiles.count)
        while low < high {
            let middle = (low + high) / 2
            if quantiles[middle] <= logOdds { low = middle + 1 } else { high = middle }
        }
        let last = quantiles.count - 1
        guard low > 0 else { return 100 }
        guard low <= last else { return 0 }
        let (below, above) = (quantiles[low - 1], quantiles[low])
        let share = (Double(low - 1) + (logOdds - below) / (above - below)) / Double(last)
        return Float(100 - 100 * share)
    }
}
