// SPDX-License-Identifier: Apache-2.0

// The committed models, with the rows and raw scores that LightGBM gave them.

import FoundationEssentials

/// A model made by `Models/generate.py`.
struct ModelFile {
    static let names = [
        "binary_nan", "binary_zero_as_missing", "binary_no_missing", "categorical", "single_leaf",
        "regression", "cross_entropy", "random_forest", "dart",
    ]

    /// The model as text.
    let text: [UInt8]
    /// Rows of float64 values.
    let rows: [[Double]]
    /// LightGBM's raw score of each row.
    let scores: [Double]

    init(_ name: String) throws {
        text = try Self.read("\(name).txt")
        let lines = String(decoding: try Self.read("\(name).rows"), as: UTF8.self)
            .split(separator: "\n")
            .map { $0.split(separator: " ").map { Double(bitPattern: UInt64($0, radix: 16)!) } }
        scores = lines.map { $0[0] }
        rows = lines.map { Array($0.dropFirst()) }
    }

    private static func read(_ name: String) throws -> [UInt8] {
        let directory = URL(filePath: #filePath).deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: directory.appending(path: "Models/\(name)")))
    }
}
