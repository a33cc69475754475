// SPDX-License-Identifier: Apache-2.0

// Which column of a caller's table feeds which input of a model. Columns are
// bound by name, once for each call or stream: a model that is fed in the wrong
// order still answers, only wrongly.

/// A column that a caller can send.
package struct InputColumn: Sendable, Equatable {
    /// Name, such as "total_assets" or "total_assets@1".
    package let name: String
    /// Unit of its values.
    package let unit: Unit
    /// What it holds.
    package let description: LocalizedText
    /// Whether a call must bring it.
    package let isRequired: Bool
    /// Whether a row without a value in it can be scored.
    package let isMissingAllowed: Bool
    /// What the manifest says of invalid values.
    let invalidPolicy: InvalidPolicy?
    /// Its valid values.
    package let range: ValueRange

    /// Whether a row with an invalid value in it can be scored: the value counts as missing.
    package var isInvalidAllowed: Bool {
        isMissingAllowed && invalidPolicy != .notScorable
    }
}

/// A caller's columns, bound to a model's inputs.
package struct ColumnBinding: Sendable {
    /// Number of columns of the caller's table.
    package let columnCount: Int
    /// For each of the model's input columns the caller's column, or -1 for none.
    let sources: [Int]
    /// Whether the caller's columns are exactly the model's, in the model's order.
    let isIdentity: Bool
}

extension ColumnBinding {
    /// Binds columns by name.
    ///
    /// - Parameters:
    ///   - columns: The caller's columns; empty means all inputs in their order.
    ///   - inputs: The model's input columns.
    ///   - indices: Place of each input column by name.
    init(
        columns: [String],
        inputs: [InputColumn],
        indices: [String: Int]
    ) throws(ScoringError) {
        guard !columns.isEmpty else {
            columnCount = inputs.count
            sources = Array(inputs.indices)
            isIdentity = true
            return
        }
        guard columns.count <= inputs.count else {
            throw ScoringError(
                code: .tooManyColumns,
                message: "There are \(columns.count) columns; the model has \(inputs.count)."
            )
        }
        var sources = [Int](repeating: -1, count: inputs.count)
        for (place, column) in columns.enumerated() {
            guard let input = indices[column] else {
                throw Self.unknown(column, at: place, inputs: inputs)
            }
            guard sources[input] < 0 else {
                throw ScoringError(
                    code: .duplicateColumn,
                    message: "Column \"\(column)\" is named twice.",
                    columnIndex: place
                )
            }
            sources[input] = place
        }
        let missing = inputs.indices.filter { inputs[$0].isRequired && sources[$0] < 0 }
        guard missing.isEmpty else {
            throw Self.missing(missing.map { inputs[$0].name })
        }
        self.columnCount = columns.count
        self.sources = sources
        self.isIdentity = sources.elementsEqual(inputs.indices)
    }

    private static func unknown(
        _ column: String,
        at place: Int,
        inputs: [InputColumn]
    ) -> ScoringError {
        let shown = NearestName.quoted(column)
        let hint =
            NearestName.among(inputs.lazy.map(\.name), to: column).map {
                "Did you mean \"\($0)\"?"
            } ?? "DescribeModel lists its columns."
        return ScoringError(
            code: .unknownColumn,
            message: "The model has no column \(shown). \(hint)",
            columnIndex: place
        )
    }

    private static func missing(_ names: [String]) -> ScoringError {
        let shown = names.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
        let more = names.count > 8 ? " and \(names.count - 8) more" : ""
        return ScoringError(
            code: .missingColumn,
            message: "The model requires the columns \(shown)\(more). A column may hold NaN "
                + "where a value is unknown, but it must be there."
        )
    }
}
