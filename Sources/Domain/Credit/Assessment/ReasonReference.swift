// SPDX-License-Identifier: Apache-2.0

// What the value behind a reason is held against: the population that the bundle names.

internal import Scoring

/// Where a value stands in a population.
package struct ReasonReference: Sendable, Equatable {
    /// Half of the population lies below it.
    package var median: Double
    /// Which part of the population lies below the value, in percent and to the nearest that its
    /// quantiles tell; nil where the value is missing.
    package var percentBelow: Double?
}

extension AssessmentReason {
    /// The bundle's population; nil where it says nothing of the feature.
    package var reference: ReasonReference? {
        let quantiles = model.referenceQuantiles[featureIndex]
        guard quantiles.count > 2 else { return nil }
        return ReasonReference(
            median: quantiles[quantiles.count / 2],
            percentBelow: value.isNaN ? nil : Self.percentBelow(value, quantiles)
        )
    }

    /// Between two quantiles in proportion; where many are equal the middle of them.
    private static func percentBelow(_ value: Double, _ quantiles: [Double]) -> Double {
        let step = 100 / Double(quantiles.count - 1)
        let below = quantiles.count { $0 < value }
        let equal = quantiles.count { $0 == value }
        if equal > 0 { return (Double(below) + Double(equal - 1) / 2) * step }
        guard below > 0 else { return 0 }
        guard below < quantiles.count else { return 100 }
        let (low, high) = (quantiles[below - 1], quantiles[below])
        let part = (value - low) / (high - low)
        return (Double(below - 1) + (part.isFinite ? part : 0.5)) * step
    }

    /// Whether the value is a ratio of amounts, which people read as percent.
    package var isRatio: Bool { model.manifest.features[featureIndex].unit == .ratio }

    /// What it says of the risk, as the bundle words it.
    package func sentence(inFrench isFrench: Bool) -> String {
        let feature = model.manifest.features[featureIndex]
        let words = contribution > 0 ? feature.raisesRisk : feature.lowersRisk
        return isFrench ? words.french : words.english
    }
}
