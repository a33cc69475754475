// SPDX-License-Identifier: Apache-2.0

// How leaf values are added up.

/// How the leaf values of an output's trees become its raw score. They are added one after another
/// in tree order, each sum rounded to the type, so that a score has one right answer to the bit.
package enum TreeSum: Sendable, Equatable {
    /// In float64, from one start for each output (LightGBM: 0).
    case float64(start: [Double])
    /// In float32, from one start for each output (XGBoost: the margin of `base_score`). Leaf
    /// values are float32 numbers.
    case float32(start: [Float])

    /// Number of outputs.
    var outputCount: Int {
        switch self {
        case .float64(let start): start.count
        case .float32(let start): start.count
        }
    }

    /// Where the sum of an output starts.
    package func start(output: Int) -> Double {
        switch self {
        case .float64(let start): start[output]
        case .float32(let start): Double(start[output])
        }
    }

    /// Whether sums are rounded to float32.
    package var isFloat32: Bool {
        if case .float32 = self { true } else { false }
    }

    /// The next sum after `sum`.
    func adding(_ value: Double, to sum: Double) -> Double {
        isFloat32 ? Double(Float(sum) + Float(value)) : sum + value
    }
}
