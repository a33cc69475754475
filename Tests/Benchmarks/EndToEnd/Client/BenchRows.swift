// SPDX-License-Identifier: Apache-2.0

// The rows that are sent, as tables made beforehand, and what their scores must be.

import FoundationEssentials
import VigieClient

#if canImport(Glibc)
    import Glibc
#endif

/// Rows with the raw scores of the library that trained the model.
struct BenchRows: Sendable {
    static let columnCount = 64

    /// The rows, cut into tables.
    let tables: [FeatureTable]
    private let rawScores: [Double]
    private let rowsPerTable: Int

    init(directory: String, rowsPerTable: Int) throws {
        let values = try Self.read("\(directory)/rows.f32", as: Float.self)
        rawScores = try Self.read("\(directory)/M.raw.f64", as: Double.self)
        self.rowsPerTable = rowsPerTable
        let tableCount = values.count / Self.columnCount / rowsPerTable
        let valuesPerTable = rowsPerTable * Self.columnCount
        tables = try (0..<tableCount).map { table in
            let part = values[table * valuesPerTable..<(table + 1) * valuesPerTable]
            return try FeatureTable(columns: [], rowCount: rowsPerTable, floatValues: Array(part))
        }
    }

    /// Throws when a probability is not that of its raw score.
    func check(_ scores: ScoredTable, table: Int) throws {
        guard scores.probabilities.count == rowsPerTable else {
            throw Failure(description: "\(scores.probabilities.count) of \(rowsPerTable) answers")
        }
        for (row, probability) in scores.probabilities.enumerated() {
            let expected = 1 / (1 + exp(-rawScores[table * rowsPerTable + row]))
            guard abs(probability - expected) <= 1e-15 else {
                throw Failure(description: "probability \(probability) instead of \(expected)")
            }
        }
    }

    private static func read<Value: BitwiseCopyable>(
        _ path: String,
        as type: Value.Type
    ) throws -> [Value] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return data.withUnsafeBytes { bytes in
            (0..<bytes.count / MemoryLayout<Value>.stride).map {
                bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Value>.stride, as: type)
            }
        }
    }
}
