// SPDX-License-Identifier: Apache-2.0

// Rows for measuring: numbers in the ranges of a model's inputs, the same ones
// in every run.

package import VigieClient

/// Makes rows for a model.
package struct SyntheticRows {
    private let inputs: [ModelInput]
    /// Whether the values have 32 bits: those of a model that computes nothing from them.
    private let areFloat32: Bool
    private var random = SplitMix64(state: 0x5eed)

    /// Creates a maker of rows for `model`.
    package init(_ model: ModelDescription) {
        inputs = model.inputs
        areFloat32 = model.features.allSatisfy { $0.expression == nil }
    }

    /// Names of the columns.
    package var columns: [String] { inputs.filter { $0.kind == .number }.map(\.name) }

    private var categoryInputs: [ModelInput] { inputs.filter { $0.kind == .category } }

    /// A table of `rowCount` new rows.
    package mutating func table(rowCount: Int) throws -> FeatureTable {
        var values: [Double] = []
        values.reserveCapacity(rowCount * inputs.count)
        let categoryInputs = categoryInputs
        var texts = categoryInputs.map { _ in TextColumnBuffer() }
        for _ in 0..<rowCount {
            for input in inputs where input.kind == .number { values.append(value(of: input)) }
            for (column, input) in categoryInputs.enumerated() {
                texts[column].append(input.categories.randomElement(using: &random))
            }
        }
        return try FeatureTable(
            columns: TableColumns(numbers: columns, texts: categoryInputs.map(\.name)),
            rowCount: rowCount,
            values: areFloat32 ? .float32(values.map { Float($0) }) : .float64(values),
            texts: texts
        )
    }

    /// Anything in the range; where an end is open, as far from the other end, or from zero, as an
    /// amount of the unit may well be.
    private mutating func value(of input: ModelInput) -> Double {
        let spread = input.unit == "currency" ? 1e6 : 1
        let low = input.minimum ?? min(-spread, (input.maximum ?? 0) - spread)
        let high = input.maximum ?? max(spread, low + spread)
        // Inside of the range, for its ends may be excluded.
        let share = 0.001 + 0.998 * Double.random(in: 0..<1, using: &random)
        return low * (1 - share) + high * share
    }
}

/// A small random number generator with a seed (Steele, Lea, Flood: "Fast splittable pseudorandom
/// number generators", 2014).
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
