// SPDX-License-Identifier: Apache-2.0

// A quantiser that reads the rows of a certain table.

internal import Forest

/// Quantises rows whose columns may come in another order than the model's.
struct BoundQuantiser: Sendable {
    /// What tells the server which quantiser made a block.
    let digest: [UInt8]
    private let quantiser: Quantiser
    /// Where each byte that the quantiser gives belongs; nil where that is where it is.
    private let places: [Int]?

    /// Rows that are quantised at a time where they need scratch memory.
    private static let chunkRows = 512

    /// Takes columns in the order of the bytes, each with the place of its value in a row.
    init(
        digest: [UInt8],
        columns: [Quantiser.Column],
        valueCount: Int
    ) throws(QuantiserError) {
        self.digest = digest
        // The quantiser wants them in the order of the values.
        let order = columns.indices.sorted {
            (columns[$0].feature, $0) < (columns[$1].feature, $1)
        }
        quantiser = try Quantiser(featureCount: valueCount, columns: order.map { columns[$0] })
        places = order.elementsEqual(columns.indices) ? nil : order
    }

    /// Bytes of a quantised row.
    var rowBytes: Int { quantiser.columns.count }

    /// Quantises rows.
    ///
    /// - Parameters:
    ///   - values: The values, row after row.
    ///   - rowCount: Number of rows.
    ///   - output: Memory for ``rowBytes`` bytes a row.
    /// - Returns: false when 32 bits would round a value; then what was written means nothing.
    func quantise(
        _ values: FeatureTable.Values,
        rowCount: Int,
        into output: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        switch values {
        case .float32(let floats):
            floats.withUnsafeBufferPointer { floats in
                if let start = floats.baseAddress { quantise(start, rowCount, output) }
            }
            return true
        case .float64(let doubles):
            return doubles.withUnsafeBufferPointer { quantise($0, rowCount, output) }
        }
    }

    private func quantise(
        _ doubles: UnsafeBufferPointer<Double>,
        _ rowCount: Int,
        _ output: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        let width = quantiser.featureCount
        let isExact = withUnsafeTemporaryAllocation(
            of: Float.self,
            capacity: Self.chunkRows * width
        ) { floats in
            for start in stride(from: 0, to: rowCount, by: Self.chunkRows) {
                let count = min(Self.chunkRows, rowCount - start)
                for row in 0..<count {
                    let values = doubles[(start + row) * width..<(start + row + 1) * width]
                    guard values.narrowExactly(into: floats, at: row * width) else { return false }
                }
                guard let rows = floats.baseAddress else { return false }
                quantise(rows, count, output + start * rowBytes)
            }
            return true
        }
        return isExact
    }

    private func quantise(
        _ rows: UnsafePointer<Float>,
        _ rowCount: Int,
        _ output: UnsafeMutablePointer<UInt8>
    ) {
        let width = quantiser.featureCount
        guard let places else {
            quantiser.bins(rows: rows, rowCount: rowCount, rowStride: width, output: output)
            return
        }
        withUnsafeTemporaryAllocation(
            of: UInt8.self,
            capacity: Self.chunkRows * rowBytes
        ) { chunk in
            guard let bins = chunk.baseAddress else { return }
            for start in stride(from: 0, to: rowCount, by: Self.chunkRows) {
                let count = min(Self.chunkRows, rowCount - start)
                quantiser.bins(
                    rows: rows + start * width,
                    rowCount: count,
                    rowStride: width,
                    output: bins
                )
                for row in 0..<count {
                    let target = output + (start + row) * rowBytes
                    for (index, place) in places.enumerated() {
                        target[place] = bins[row * rowBytes + index]
                    }
                }
            }
        }
    }
}

extension Slice<UnsafeBufferPointer<Double>> {
    /// Writes the values with 32 bits; false if that would round one of them.
    fileprivate func narrowExactly(
        into floats: UnsafeMutableBufferPointer<Float>,
        at place: Int
    ) -> Bool {
        var isExact = true
        for (index, value) in enumerated() {
            let float = Float(value)
            floats[place + index] = float
            isExact = isExact && (Double(float) == value || value.isNaN)
        }
        return isExact
    }
}

extension FeatureTable {
    /// Whether 32 bits hold the values of the first row: those of the others may well be alike.
    var firstRowFitsFloat32: Bool {
        switch values {
        case .float32: true
        case .float64(let doubles):
            doubles.prefix(columnCount).allSatisfy { Double(Float($0)) == $0 || $0.isNaN }
        }
    }
}
