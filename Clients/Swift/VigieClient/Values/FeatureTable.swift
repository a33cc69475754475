// SPDX-License-Identifier: Apache-2.0

// A table of companies to score: named columns, one row per company.

/// A table to score: named columns of numbers, one row for each company.
///
/// Values live in one contiguous array, row after row. They are kept with 32 bits as long as only
/// `Float` values are added, and with 64 bits from the first `Double` on; nothing is ever rounded.
/// A missing value is `nil` or NaN.
///
/// ```swift
/// var table = FeatureTable(columns: ["net_income", "total_assets"])
/// try table.append(row: [-3_500_000, 41_000_000])
/// try table.append(row: [nil, 7_250_000])
/// ```
public struct FeatureTable: Sendable {
    /// The values, row after row, in the width in which they were given.
    package enum Values: Sendable {
        case float32([Float])
        case float64([Double])
    }

    /// Names of the columns, in the order of the values of a row. An item of an earlier fiscal year
    /// is written `item@1` for one year earlier, `item@2` for two. Empty means all inputs of the
    /// model, in the order in which ``ScoringClient/describeModel(_:options:)`` gives them.
    public let columns: [String]

    /// Names of the columns of texts, in the order of the texts of a row: inputs whose
    /// ``ModelInput/kind-swift.property`` is ``ModelInput/Kind-swift.enum/category``.
    public internal(set) var textColumns: [String] = []

    /// Number of rows.
    public private(set) var rowCount = 0

    /// Number of values of a row: that of ``columns`` or, without names, that of the first row.
    public private(set) var columnCount: Int

    package private(set) var values: Values = .float32([])

    /// The texts of each column of texts.
    package internal(set) var texts: [TextColumnBuffer] = []

    /// Makes a table without rows.
    ///
    /// - Parameter columns: Names of the columns; empty for the model's own order.
    public init(columns: [String] = []) {
        self.columns = columns
        self.columnCount = columns.count
    }

    /// Makes a table without rows, of columns of numbers and columns of texts.
    ///
    /// - Parameters:
    ///   - columns: Names of the columns of numbers.
    ///   - textColumns: Names of the columns of texts.
    public init(columns: [String], textColumns: [String]) {
        self.init(columns: columns)
        self.textColumns = textColumns
        texts = textColumns.map { _ in TextColumnBuffer() }
    }

    /// Makes a table of 32-bit values.
    ///
    /// - Parameters:
    ///   - columns: Names of the columns; empty for the model's own order.
    ///   - rowCount: Number of rows.
    ///   - floatValues: `rowCount` × column count values, row after row.
    /// - Throws: ``VigieError`` when the number of values does not fit.
    public init(columns: [String], rowCount: Int, floatValues: [Float]) throws {
        self.init(columns: columns)
        try take(rowCount: rowCount, valueCount: floatValues.count)
        values = .float32(floatValues)
    }

    /// Makes a table of 64-bit values, for amounts that 32 bits would round.
    ///
    /// - Parameters:
    ///   - columns: Names of the columns; empty for the model's own order.
    ///   - rowCount: Number of rows.
    ///   - doubleValues: `rowCount` × column count values, row after row.
    /// - Throws: ``VigieError`` when the number of values does not fit.
    public init(columns: [String], rowCount: Int, doubleValues: [Double]) throws {
        self.init(columns: columns)
        try take(rowCount: rowCount, valueCount: doubleValues.count)
        values = .float64(doubleValues)
    }

    /// Appends a row.
    ///
    /// - Parameter row: One value for each column; `nil` or NaN where it is missing.
    /// - Throws: ``VigieError`` when the number of values does not fit; the table is unchanged.
    public mutating func append(row: [Double?]) throws {
        try checkTexts()
        try appendNumbers(row)
    }

    mutating func appendNumbers(_ row: [Double?]) throws {
        try take(rowCount: 1, valueCount: row.count)
        withDoubles { $0.append(contentsOf: row.lazy.map { $0 ?? .nan }) }
    }

    /// Appends a row of 64-bit values.
    ///
    /// - Parameter values: One value for each column; NaN where it is missing.
    /// - Throws: ``VigieError`` when the number of values does not fit; the table is unchanged.
    public mutating func append(values newValues: some Collection<Double>) throws {
        try checkTexts()
        try take(rowCount: 1, valueCount: newValues.count)
        withDoubles { $0.append(contentsOf: newValues) }
    }

    /// Appends a row of 32-bit values.
    ///
    /// - Parameter values: One value for each column; NaN where it is missing.
    /// - Throws: ``VigieError`` when the number of values does not fit; the table is unchanged.
    public mutating func append(values newValues: some Collection<Float>) throws {
        try checkTexts()
        try take(rowCount: 1, valueCount: newValues.count)
        // The array is moved out while it grows: a copy of the enum would copy all values.
        switch values {
        case .float32(var floats):
            values = .float32([])
            floats.append(contentsOf: newValues)
            values = .float32(floats)
        case .float64(var doubles):
            values = .float64([])
            doubles.append(contentsOf: newValues.lazy.map { Double($0) })
            values = .float64(doubles)
        }
    }

    /// Removes all rows and keeps the memory, so that a block can be filled again.
    public mutating func removeAllRows() {
        rowCount = 0
        for column in texts.indices { texts[column].removeAll() }
        switch values {
        case .float32(var floats):
            values = .float32([])
            floats.removeAll(keepingCapacity: true)
            values = .float32(floats)
        case .float64(var doubles):
            values = .float64([])
            doubles.removeAll(keepingCapacity: true)
            values = .float64(doubles)
        }
    }

    /// Says so when rows need texts.
    private func checkTexts() throws {
        guard textColumns.isEmpty else {
            throw VigieError.invalidTable("The row has no texts; append it with them.")
        }
    }

    /// Accepts `newRowCount` rows of `valueCount` values in all, or says why they do not fit.
    private mutating func take(rowCount newRowCount: Int, valueCount: Int) throws {
        guard newRowCount >= 0 else {
            throw VigieError.invalidTable("The number of rows is \(newRowCount).")
        }
        if columns.isEmpty && textColumns.isEmpty && rowCount == 0 && newRowCount > 0 {
            columnCount = valueCount / newRowCount
        }
        let (expected, overflow) = newRowCount.multipliedReportingOverflow(by: columnCount)
        guard !overflow, expected == valueCount else {
            throw VigieError.invalidTable(
                "\(newRowCount) rows of \(columnCount) columns were given \(valueCount) values."
            )
        }
        rowCount += newRowCount
    }

    /// Lets `change` work on the values with 64 bits, widening them first where that is needed.
    private mutating func withDoubles(_ change: (inout [Double]) -> Void) {
        var doubles: [Double]
        switch values {
        case .float32(let floats): doubles = floats.map { Double($0) }
        case .float64(let present): doubles = present
        }
        values = .float32([])
        change(&doubles)
        values = .float64(doubles)
    }
}
