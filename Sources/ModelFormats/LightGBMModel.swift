// SPDX-License-Identifier: Apache-2.0

// What a LightGBM text file says.

package import Forest

/// A LightGBM model with one output.
package struct LightGBMModel: Sendable {
    /// The trees. Their raw scores equal `Booster.predict(raw_score=True)`, bit for bit.
    package let ensemble: TreeEnsemble
    /// Feature names in the order of a row's values.
    package let featureNames: [String]
    /// The objective line, such as "binary sigmoid:1"; empty for a custom objective.
    package let objective: String
    /// What LightGBM divides a raw score by before it makes a prediction of it: the number of trees
    /// for random forests, whose raw score is nevertheless the sum; else 1.
    package let rawScoreDivisor: Double
}
