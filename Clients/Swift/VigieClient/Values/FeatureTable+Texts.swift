// SPDX-License-Identifier: Apache-2.0

// Columns of texts: what a model's inputs of categories hold.

extension FeatureTable {
    /// Appends a row of numbers and texts.
    ///
    /// ```swift
    /// var texts = FeatureTable(columns: ["margin"], textColumns: ["sector"])
    /// try texts.append(row: [0.12], texts: ["farming"])
    /// try texts.append(row: [0.07], texts: [nil])
    /// ```
    ///
    /// - Parameters:
    ///   - row: One value for each column of numbers; `nil` or NaN where it is missing.
    ///   - texts: One text for each column of texts, as the model knows it: nothing is trimmed or
    ///     changed; `nil` where it is missing.
    /// - Throws: ``VigieError`` when the number of values or texts does not fit; the table is
    ///   unchanged.
    public mutating func append(row: [Double?], texts: [String?]) throws {
        guard texts.count == textColumns.count else {
            throw VigieError.invalidTable(
                "A row of \(textColumns.count) columns of texts was given \(texts.count) texts."
            )
        }
        for (column, text) in texts.enumerated() { self.texts[column].append(text) }
        do {
            try appendNumbers(row)
        } catch {
            for column in texts.indices { self.texts[column].removeLast() }
            throw error
        }
    }

    /// Makes a table of 64-bit values, or 32-bit values, and texts.
    package init(
        columns: TableColumns,
        rowCount: Int,
        values: Values,
        texts: [TextColumnBuffer]
    ) throws {
        guard texts.count == columns.texts.count,
            texts.allSatisfy({ $0.codes.count == rowCount })
        else { throw VigieError.invalidTable("The texts are not as many as the rows.") }
        switch values {
        case .float32(let values):
            try self.init(columns: columns.numbers, rowCount: rowCount, floatValues: values)
        case .float64(let values):
            try self.init(columns: columns.numbers, rowCount: rowCount, doubleValues: values)
        }
        textColumns = columns.texts
        self.texts = texts
    }

    /// Names of all columns.
    package var allColumns: TableColumns { TableColumns(numbers: columns, texts: textColumns) }
}
