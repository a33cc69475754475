// SPDX-License-Identifier: Apache-2.0

// Companies to assess in bulk, as rows.

/// A table of companies to assess, one row for each: what registers and courts say of it, how much
/// is known, payment figures and items of statements as columns of numbers.
///
/// The facts are those that `AssessRowsHeader.fact_columns` in
/// `Protos/vigie/v1/assessment_rows.proto` lists: `legal_state`, `closing_day`, `payment_index`
/// and so on; days are numbers of days since 1970-01-01 (``Day/daysSince1970``). Items are inputs
/// of the model: `net_sales`, and `net_sales@1` of the statement before.
///
/// ```swift
/// var table = CompanyTable(
///     factColumns: ["legal_state", "closing_day"],
///     columns: ["net_sales", "net_income", "total_assets"]
/// )
/// try table.append(row: [nil, 20_088, 4_850_000, 120_000, 3_100_000])
/// ```
public struct CompanyTable: Sendable {
    /// Names of the facts, which stand first in a row.
    public let factColumns: [String]
    /// Names of the items, which follow them.
    public let columns: [String]
    package private(set) var values: FeatureTable

    /// Makes a table without rows.
    ///
    /// - Parameters:
    ///   - factColumns: Names of the facts.
    ///   - columns: Names of the items.
    public init(factColumns: [String], columns: [String]) {
        (self.factColumns, self.columns) = (factColumns, columns)
        values = FeatureTable(columns: factColumns + columns)
    }

    /// Number of rows.
    public var rowCount: Int { values.rowCount }

    /// Appends a company.
    ///
    /// - Parameter row: A value for each fact, then one for each item; `nil` or NaN where it is not
    ///   known.
    /// - Throws: ``VigieError`` when the number of values does not fit; the table is unchanged.
    public mutating func append(row: [Double?]) throws {
        try values.append(row: row)
    }

    /// Appends a company.
    ///
    /// - Parameter newValues: As of ``append(row:)``; NaN where a value is not known.
    /// - Throws: ``VigieError`` when the number of values does not fit; the table is unchanged.
    public mutating func append(values newValues: some Collection<Double>) throws {
        try values.append(values: newValues)
    }

    /// Removes all rows and keeps the memory, so that a block can be filled again.
    public mutating func removeAllRows() { values.removeAllRows() }
}
