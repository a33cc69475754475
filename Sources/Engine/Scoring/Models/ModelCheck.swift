// SPDX-License-Identifier: Apache-2.0

// Checks a bundle for its author.

/// Checks bundles.
package enum ModelCheck {
    /// All problems of a bundle; empty when it can be loaded.
    package static func problems(in bundle: BundleFiles) -> [BundleProblem] {
        do {
            _ = try ScoringModel(bundle: bundle)
            return []
        } catch {
            return error.problems
        }
    }
}
