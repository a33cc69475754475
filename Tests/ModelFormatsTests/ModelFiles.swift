// SPDX-License-Identifier: Apache-2.0

// The committed models, with the rows, raw scores and predictions that their libraries gave them.

import ExactTexts
import FoundationEssentials
import Formulas
import ModelFormats

/// A model made by one of the scripts in `Models`.
struct ModelFile {
    static let lightGBM = [
        "binary_nan", "binary_zero_as_missing", "binary_no_missing", "categorical", "single_leaf",
        "regression", "cross_entropy", "random_forest", "dart", "slope", "multiclass",
        "one_against_all", "forest_of_classes", "two_classes", "tweedie", "square_root",
        "cross_entropy_lambda", "custom", "linear", "texts", "v2", "v3",
    ].map { "\($0).txt" }

    static let xgboost = [
        "binary.json", "binary.ubj", "logitraw.json", "hinge.json", "gamma.ubj", "softprob.ubj",
        "forest.json", "dart.json", "linear.json", "quantiles.json", "categorical.json",
        "onehot.ubj", "targets.ubj", "pruned.json", "single_leaf.json", "texts.json", "v1_0.json",
        "v1_4.json", "v1_7.ubj", "v2_1.json", "v3_4_dart.json", "v3_4_dart.ubj",
        "v3_4_drops.json", "v3_4_drops_of_classes.ubj", "v3_4_drops_of_vectors.json",
        "v3_4_categorical.ubj", "v3_4_quantiles.json", "v3_4_expectile.json",
        "v3_4_expectiles.json", "v3_4_stopped.json", "v3_4_stopped_drops.ubj",
    ].map { "xgb_\($0)" }

    /// The model.
    let bytes: [UInt8]
    /// Rows of values.
    let rows: [[Double]]
    /// Raw scores or margins of each row.
    let rawScores: [[Double]]
    /// Predictions of each row.
    let predictions: [[Double]]

    /// A model and its rows; those that end in `rows` where it has several.
    init(_ name: String, rows ending: String = "rows") throws {
        bytes = try Self.read(name)
        let lines = String(decoding: try Self.read("\(name).\(ending)"), as: UTF8.self)
            .split(separator: "\n").map { $0.split(separator: " ") }
        let counts = lines[0].map { Int($0)! }
        let numbers = lines.dropFirst().map { line in
            line.map { Double(bitPattern: UInt64($0, radix: 16)!) }
        }
        rawScores = numbers.map { Array($0[..<counts[0]]) }
        predictions = numbers.map { Array($0[counts[0]..<counts[0] + counts[1]]) }
        rows = numbers.map { Array($0[(counts[0] + counts[1])...]) }
    }

    private static func read(_ name: String) throws -> [UInt8] {
        let directory = URL(filePath: #filePath).deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: directory.appending(path: "Models/\(name)")))
    }
}

/// Whether numbers are equal to the bit, any NaN for any other.
func areSame(_ left: [Double], _ right: [Double]) -> Bool {
    left.count == right.count
        && zip(left, right).allSatisfy {
            $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN)
        }
}

/// Whether numbers are equal within a relative tolerance, any NaN for any other.
func areClose(_ left: [Double], _ right: [Double], within tolerance: Double) -> Bool {
    left.count == right.count
        && zip(left, right).allSatisfy {
            $0 == $1 || abs($0 - $1) <= tolerance * abs($1) || ($0.isNaN && $1.isNaN)
        }
}

extension ModelProgram.Input {
    /// What the model is given for a text; NaN where that is no category of an input that has some.
    func number(of text: String) -> Double {
        categories.flatMap { $0.value(of: $0.match(text.utf8)) } ?? .nan
    }
}
