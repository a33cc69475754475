// SPDX-License-Identifier: Apache-2.0

// Which trees of a model count.

/// Which trees count in a file where early stopping found an iteration best.
package enum ModelTrees: String, Sendable, CaseIterable {
    /// Those up to the best iteration, as scikit-learn's `predict` takes them.
    case best
    /// All, as `Booster.predict` takes them.
    case all
}
