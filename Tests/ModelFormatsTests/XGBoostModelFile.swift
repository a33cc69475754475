// SPDX-License-Identifier: Apache-2.0

// The committed XGBoost models, with the rows, margins and predictions that XGBoost gave them.

import FoundationEssentials
import ModelFormats

/// A model made by `Models/generate_xgboost.py`.
struct XGBoostModelFile {
    static let names = [
        "binary.json", "binary.ubj", "logitraw.json", "hinge.json", "gamma.ubj", "softprob.ubj",
        "forest.json", "dart.json", "linear.json", "quantiles.json", "categorical.json",
        "onehot.ubj", "targets.ubj", "pruned.json", "single_leaf.json", "texts.json", "v1_0.json",
        "v1_4.json", "v1_7.ubj", "v2_1.json",
    ]

    /// The model.
    let bytes: [UInt8]
    /// Rows of values.
    let rows: [[Double]]
    /// Margins of each row.
    let margins: [[Double]]
    /// Predictions of each row.
    let predictions: [[Double]]

    init(_ name: String) throws {
        bytes = try Self.read("xgb_\(name)")
        let lines = String(decoding: try Self.read("xgb_\(name).rows"), as: UTF8.self)
            .split(separator: "\n").map { $0.split(separator: " ") }
        let counts = lines[0].map { Int($0)! }
        let numbers = lines.dropFirst().map { line in
            line.map { Double(bitPattern: UInt64($0, radix: 16)!) }
        }
        margins = numbers.map { Array($0[..<counts[0]]) }
        predictions = numbers.map { Array($0[counts[0]..<counts[0] + counts[1]]) }
        rows = numbers.map { Array($0[(counts[0] + counts[1])...]) }
    }

    private static func read(_ name: String) throws -> [UInt8] {
        let directory = URL(filePath: #filePath).deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: directory.appending(path: "Models/\(name)")))
    }
}

/// Reads an XGBoost model from an array.
func readXGBoost(_ bytes: [UInt8]) throws(ModelFormatError) -> ModelProgram {
    let result = bytes.withUnsafeBytes { bytes -> Result<ModelProgram, ModelFormatError> in
        do throws(ModelFormatError) {
            return .success(try XGBoostReader.read(bytes))
        } catch {
            return .failure(error)
        }
    }
    return try result.get()
}
