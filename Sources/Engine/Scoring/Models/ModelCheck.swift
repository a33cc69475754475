// SPDX-License-Identifier: Apache-2.0

// Checks a bundle for its author.

package import Documents

/// Checks bundles.
package enum ModelCheck {
    /// All problems of a bundle; empty when it can be loaded.
    package static func problems(in bundle: BundleFiles) -> [DocumentProblem] {
        do {
            _ = try ScoringModel(bundle: bundle)
            return []
        } catch {
            return error.problems
        }
    }
}
