// SPDX-License-Identifier: Apache-2.0

// Finds the rows of a table that cannot be scored, before anything is computed.

/// What a value of one input column must be.
struct ColumnRule: Sendable {
    /// The input column.
    let inputColumn: Int
    /// Least valid value; finite where infinities are invalid, and the next value above a
    /// minimum that is itself excluded.
    let least: Double
    /// Greatest valid value.
    let greatest: Double
    /// Whether NaN is valid.
    let isMissingAllowed: Bool

    /// The rule of a column; nil when every value is valid.
    ///
    /// - Parameter allowsInfinity: Whether a column without bounds takes infinities.
    init?(_ column: InputColumn, at inputColumn: Int, allowsInfinity: Bool) {
        let range = column.range
        if allowsInfinity && !range.isBounded && column.isMissingAllowed { return nil }
        let admitsInfinity = allowsInfinity && !range.isBounded
        let least = range.excludesMinimum ? range.minimum.nextUp : range.minimum
        self.inputColumn = inputColumn
        self.least = admitsInfinity ? least : max(least, -.greatestFiniteMagnitude)
        self.greatest =
            admitsInfinity ? range.maximum : min(range.maximum, .greatestFiniteMagnitude)
        self.isMissingAllowed = column.isMissingAllowed
    }

    /// What is wrong with a value, if anything.
    func issue(of value: Double) -> RowIssue.Kind? {
        if value >= least && value <= greatest { return nil }
        if value.isNaN { return isMissingAllowed ? nil : .requiredValueMissing }
        return value.isInfinite ? .valueInfinite : .valueOutOfRange
    }

    /// Notes the rows whose value is invalid and that have no issue yet.
    ///
    /// - Parameters:
    ///   - values: The column's value of the first row.
    ///   - stride: Distance from row to row, in values.
    ///   - issues: One entry a row.
    /// - Returns: Whether any row was noted.
    func note<Value: BinaryFloatingPoint>(
        _ values: UnsafePointer<Value>,
        stride: Int,
        rowCount: Int,
        issues: UnsafeMutablePointer<RowIssue?>
    ) -> Bool {
        var found = false
        for row in 0..<rowCount {
            let value = Double(values[row * stride])
            if value >= least && value <= greatest { continue }
            guard let kind = issue(of: value) else { continue }
            found = true
            if issues[row] == nil {
                issues[row] = RowIssue(
                    rowIndex: row,
                    kind: kind,
                    inputColumn: inputColumn,
                    value: value
                )
            }
        }
        return found
    }
}
