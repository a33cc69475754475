// SPDX-License-Identifier: Apache-2.0

// A leaf that is a linear function of the row.

/// What a leaf of a linear tree gives: `constant + Σ coefficient × value`, added in the order of
/// the terms, in float64. A row in which one of these values is NaN gets the leaf's plain value.
package struct LinearLeaf: Sendable, Equatable {
    /// Added first.
    package var constant: Double
    /// Feature of each term.
    package var features: [Int]
    /// Coefficient of each term.
    package var coefficients: [Double]

    /// A leaf of as many features as coefficients.
    package init(constant: Double, features: [Int], coefficients: [Double]) {
        self.constant = constant
        self.features = features
        self.coefficients = coefficients
    }
}
