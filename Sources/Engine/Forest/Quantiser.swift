// SPDX-License-Identifier: Apache-2.0

// Turns rows into bytes that a model scores with the same result.

internal import CForest

/// What a model needs to know of a float32 row: for each of its columns, how many of the column's
/// thresholds the value exceeds, in a byte. A model scores such rows bit-equal to the rows they
/// were made of, from a quarter of the bytes or less.
///
/// There is a column for each feature that the model tests, and several for one with more than
/// ``thresholdsMaximum`` thresholds; features that it does not test have none. NaN is the bin 255.
package struct Quantiser: Sendable, Equatable {
    /// Most thresholds of a column.
    package static let thresholdsMaximum = Int(vigie_slice_thresholds_max)

    /// One byte of a quantised row.
    package struct Column: Sendable, Equatable {
        /// The feature whose value is compared.
        package let feature: Int
        /// Ascending, 1 to ``Quantiser/thresholdsMaximum`` of them, none NaN; a value's bin is how
        /// many it exceeds. Float64 thresholds that are the same in float32 are repeated.
        package let thresholds: [Float]

        /// A column of a feature.
        package init(feature: Int, thresholds: [Float]) {
            self.feature = feature
            self.thresholds = thresholds
        }
    }

    /// Values in a row.
    package let featureCount: Int
    /// The bytes of a quantised row, in order of feature.
    package let columns: [Column]

    private let plan: QuantiserPlan

    /// A quantiser of these columns.
    ///
    /// - Throws: What is wrong with them, if they come from elsewhere.
    package init(featureCount: Int, columns: [Column]) throws(QuantiserError) {
        try Self.check(featureCount: featureCount, columns: columns)
        self.init(checked: columns, featureCount: featureCount)
    }

    /// A quantiser of columns that are known to be sound.
    init(checked columns: [Column], featureCount: Int) {
        self.featureCount = featureCount
        self.columns = columns
        plan = QuantiserPlan(featureCount: featureCount, columns: columns)
    }

    /// Turns `rowCount` rows of float32, `rowStride` values apart (at least the feature count),
    /// into rows of `columns.count` bytes, one after another. The path must run here; all give the
    /// same bytes.
    package func bins(
        rows: UnsafePointer<Float>,
        rowCount: Int,
        rowStride: Int,
        output: UnsafeMutablePointer<UInt8>,
        path: ForestPath = .best
    ) {
        var input = vigie_rows()
        input.start = UnsafeRawPointer(rows)
        input.value = vigie_float32
        input.count = rowCount
        input.row_stride = rowStride
        input.column_stride = 1
        let isDone = withUnsafePointer(to: plan.plan) {
            vigie_slice_find_bins($0, path.number, input, output)
        }
        precondition(isDone, "no memory to quantise with")
    }

    package static func == (left: Quantiser, right: Quantiser) -> Bool {
        left.featureCount == right.featureCount && left.columns == right.columns
    }
}

extension Quantiser.Column {
    /// The bin of a value, as it is defined.
    package func bin(_ value: Float) -> UInt8 {
        value.isNaN ? UInt8(vigie_slice_nan_bin) : UInt8(thresholds.count { value > $0 })
    }
}

// MARK: Columns from elsewhere

/// What is wrong with the columns of a quantiser.
package struct QuantiserError: Error, Sendable, Equatable, CustomStringConvertible {
    /// For a person.
    package let description: String
}

extension Quantiser {
    private static func check(
        featureCount: Int,
        columns: [Column]
    ) throws(QuantiserError) {
        guard (0...Int(Int32.max)).contains(featureCount) else {
            throw QuantiserError(description: "rows of \(featureCount) features")
        }
        var previous = 0
        for (index, column) in columns.enumerated() {
            guard (previous..<max(featureCount, previous)).contains(column.feature) else {
                throw QuantiserError(
                    description: "column \(index) is of feature \(column.feature), which is not "
                        + "one of \(featureCount) or out of order"
                )
            }
            previous = column.feature
            let thresholds = column.thresholds
            guard
                (1...thresholdsMaximum).contains(thresholds.count),
                zip(thresholds, thresholds.dropFirst()).allSatisfy({ $0 <= $1 }),
                !thresholds[0].isNaN
            else {
                throw QuantiserError(
                    description: "the thresholds of column \(index) are not 1 to "
                        + "\(thresholdsMaximum) ascending numbers"
                )
            }
        }
    }

    /// The quantiser as bytes, always the same for equal ones: what its digest is made of. All
    /// numbers are little-endian and 32 bits wide: the feature count, the column count, and for
    /// each column its feature, its threshold count and its thresholds (zero as +0).
    package var canonicalBytes: [UInt8] {
        var bytes: [UInt8] = []
        func append(_ word: UInt32) {
            withUnsafeBytes(of: word.littleEndian) { bytes += $0 }
        }
        append(UInt32(featureCount))
        append(UInt32(columns.count))
        for column in columns {
            append(UInt32(column.feature))
            append(UInt32(column.thresholds.count))
            for threshold in column.thresholds {
                append((threshold == 0 ? 0 : threshold).bitPattern)
            }
        }
        return bytes
    }
}

// MARK: The kernel's form

/// The columns in the form of the kernel, in memory of its own.
private final class QuantiserPlan: Sendable {
    // Written in `init`, only read afterwards; `memory` frees what it points to.
    nonisolated(unsafe) let plan: vigie_slice_plan
    private nonisolated(unsafe) let memory = PlanMemory()

    init(featureCount: Int, columns: [Quantiser.Column]) {
        var plan = vigie_slice_plan()
        plan.features = memory.copied(
            columns.map {
                var feature = vigie_slice_feature()
                feature.feature = UInt32($0.feature)
                feature.threshold_count = UInt32($0.thresholds.count)
                feature.plane_count = UInt32(planeCount(thresholds: $0.thresholds.count))
                return feature
            }
        )
        plan.feature_count = columns.count
        plan.pivots32 = memory.copied(
            columns.flatMap {
                searchTree($0.thresholds, planeCount: planeCount(thresholds: $0.thresholds.count))
            }
        )
        plan.walk.ranks32 = memory.copied(columns.flatMap { searchRanks($0.thresholds) })
        plan.row_width = featureCount
        self.plan = plan
    }
}
