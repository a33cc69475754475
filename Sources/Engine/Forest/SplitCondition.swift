// SPDX-License-Identifier: Apache-2.0

// A numerical split as bins decide it: one threshold, and where missing values go.

internal import CForest

/// A numerical split as `value <= threshold`, with one of four ways to treat missing values. Bins
/// decide it: NaN has a bin of its own and so, between two thresholds, has zero.
struct SplitCondition {
    /// What the condition is for NaN, and for zero where the split counts it as missing.
    enum Missing: UInt32 {
        /// False for NaN.
        case plain = 0
        /// True for NaN.
        case notANumberLeft
        /// True for NaN and zero; the threshold is below zero.
        case zeroLeft
        /// False for NaN and zero; the threshold is above zero.
        case zeroRight
    }

    /// The thresholds between which a value is zero: those above the first, up to the second.
    static let zeroBounds = (
        low: (-TreeEnsemble.zeroThreshold).nextDown, high: TreeEnsemble.zeroThreshold
    )

    let feature: Int32
    /// NaN if no number goes left.
    let threshold: Double
    let missing: Missing

    /// A condition with what it asks.
    init(feature: Int32, threshold: Double, missing: Missing) {
        (self.feature, self.threshold, self.missing) = (feature, threshold, missing)
    }

    /// The condition of numerical split `split` of the ensemble.
    ///
    /// Reading NaN as 0 is sending it to the side of 0. Where zero is missing, a threshold within
    /// zero can be moved to one of its bounds, and one on the side that missing values go to does
    /// not part zero from its neighbours: then only NaN needs to be told apart.
    init(_ ensemble: TreeEnsemble, split: Int) {
        let kind = ensemble.kinds[split]
        let threshold = ensemble.thresholds[split]
        feature = ensemble.features[split]
        let (low, high) = Self.zeroBounds
        switch (kind.missing, kind.missingGoesLeft) {
        case (.none, _):
            let goesLeft = ensemble.goesLeft(0, split: split)
            (self.threshold, missing) = (threshold, goesLeft ? .notANumberLeft : .plain)
        case (.notANumber, let goesLeft):
            (self.threshold, missing) = (threshold, goesLeft ? .notANumberLeft : .plain)
        case (.zero, true) where threshold >= low:
            (self.threshold, missing) = (max(threshold, high), .notANumberLeft)
        case (.zero, true):
            (self.threshold, missing) = (threshold, .zeroLeft)
        case (.zero, false) where threshold > high:
            (self.threshold, missing) = (threshold, .zeroRight)
        case (.zero, false):
            (self.threshold, missing) = (threshold > low ? low : threshold, .plain)
        }
    }

    /// Whether it asks for zero beside its threshold.
    var needsZero: Bool { missing == .zeroLeft || missing == .zeroRight }

    /// The largest float32 that is not above `threshold`; NaN stays NaN. It parts the float32
    /// numbers exactly as the float64 threshold does.
    static func roundedDown(_ threshold: Double) -> Float {
        let nearest = Float(threshold)
        return Double(nearest) > threshold ? nearest.nextDown : nearest
    }
}
