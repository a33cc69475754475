// SPDX-License-Identifier: Apache-2.0

// A numerical split rewritten as the one comparison that the fast walk makes.

import CForest

/// A numerical split as `value <= threshold` on a variant of its feature's column, false for NaN.
///
/// - A split that sends NaN right is that already: left first.
/// - One that sends NaN left asks instead whether to go right: `x > t`, which is `x >= up(t)`,
///   which is `-x <= -up(t)`; then right is the first child and left the second.
/// - Reading NaN as 0 is sending it to the side of 0.
/// - Zero as missing is a column in which zeros are NaN.
///
/// float32 rows compare with the largest float32 not above the threshold, which splits the float32
/// numbers exactly as the float64 threshold does.
struct PreparedSplit {
    /// Sum of `vigie_column_*`.
    let variant: UInt32
    /// Whether the right child comes first.
    let swapsChildren: Bool
    /// Threshold for float32 values.
    let threshold32: Float
    /// Threshold for float64 values.
    let threshold64: Double

    /// Prepares numerical split `split` of the ensemble.
    init(_ ensemble: TreeEnsemble, split: Int) {
        let kind = ensemble.kinds[split]
        let threshold = ensemble.thresholds[split]
        let missingGoesLeft =
            kind.missing == .none ? ensemble.goesLeft(0, split: split) : kind.missingGoesLeft
        swapsChildren = missingGoesLeft
        var variant: UInt32 = 0
        if missingGoesLeft { variant |= UInt32(vigie_column_negated) }
        if kind.missing == .zero { variant |= UInt32(vigie_column_zero_is_missing) }
        self.variant = variant
        let rounded = SplitCondition.roundedDown(threshold)
        threshold32 = missingGoesLeft ? Self.negatedAbove(rounded) : rounded
        threshold64 = missingGoesLeft ? Self.negatedAbove(threshold) : threshold
    }

    /// `u` such that `-x <= u` exactly when not `x <= threshold`, for every x but NaN.
    static func negatedAbove<Value: BinaryFloatingPoint>(_ threshold: Value) -> Value {
        if threshold.isNaN { return .infinity }
        if threshold == .infinity { return .nan }
        return -threshold.nextUp
    }
}
