// SPDX-License-Identifier: Apache-2.0

// Which column of a caller's table feeds which input of a model. Columns are
// bound by name, once for each call or stream: a model that is fed in the wrong
// order still answers, only wrongly.

internal import Documents
internal import ExactTexts
package import ModelFormats

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
    /// What its values are, where they are categories: it holds texts then.
    package let categories: CategoryDictionary?

    /// Whether a row with an invalid value in it can be scored: the value counts as missing.
    package var isInvalidAllowed: Bool {
        isMissingAllowed && invalidPolicy != .notScorable
    }
}

/// A caller's columns, bound to a model's inputs.
package struct ColumnBinding: Sendable {
    /// Number of columns of numbers of the caller's table.
    package let columnCount: Int
    /// Number of columns of texts of the caller's table.
    package let textColumnCount: Int
    /// For each of the model's input columns the caller's column, or -1 for none. Columns of texts
    /// come behind those of numbers.
    let sources: [Int]
    /// The inputs of categories that the caller sends, and for each input its place among them, or
    /// -1; empty when there are none.
    let categoryInputs: [Int]
    let categoryPlaces: [Int]
    /// For each of the model's input columns the number of the caller's column in issues.
    let columnNumbers: [Int]
    /// Whether the caller's columns are exactly the model's, in the model's order.
    let isIdentity: Bool

    /// - Parameters:
    ///   - sources: As above.
    ///   - isNamed: Whether the caller names its columns.
    private init(
        columnCount: Int,
        textColumnCount: Int,
        sources: [Int],
        isNamed: Bool,
        inputs: [InputColumn]
    ) {
        self.columnCount = columnCount
        self.textColumnCount = textColumnCount
        self.sources = sources
        let categoryInputs = inputs.indices.filter {
            inputs[$0].categories != nil && sources[$0] >= 0
        }
        var places = [Int](repeating: -1, count: categoryInputs.isEmpty ? 0 : inputs.count)
        for (place, input) in categoryInputs.enumerated() { places[input] = place }
        self.categoryInputs = categoryInputs
        categoryPlaces = places
        columnNumbers = isNamed ? sources.map { $0 + 1 } : inputs.indices.map { $0 + 1 }
        isIdentity = categoryInputs.isEmpty && sources.elementsEqual(inputs.indices)
    }
}

extension ColumnBinding {
    /// Binds columns by name.
    ///
    /// - Parameters:
    ///   - columns: The caller's columns of numbers.
    ///   - textColumns: The caller's columns of texts. If it names none of either, it sends all
    ///     inputs in their order.
    ///   - inputs: The model's input columns.
    ///   - indices: Place of each input column by name.
    init(
        columns: [String],
        textColumns: [String],
        inputs: [InputColumn],
        indices: [ExactText: Int]
    ) throws(ScoringError) {
        let count = columns.count + textColumns.count
        guard count > 0 else {
            self.init(all: inputs)
            return
        }
        guard count <= inputs.count else {
            throw ScoringError(
                code: .tooManyColumns,
                message: "There are \(count) columns; the model has \(inputs.count)."
            )
        }
        var sources = [Int](repeating: -1, count: inputs.count)
        for (place, column) in (columns + textColumns).enumerated() {
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
            try Self.check(inputs[input], isText: place >= columns.count, at: place)
        }
        let missing = inputs.indices.filter { inputs[$0].isRequired && sources[$0] < 0 }
        guard missing.isEmpty else {
            throw Self.missing(missing.map { inputs[$0].name })
        }
        self.init(
            columnCount: columns.count,
            textColumnCount: textColumns.count,
            sources: sources,
            isNamed: true,
            inputs: inputs
        )
    }

    /// All inputs in their order: those of numbers, and those of texts.
    private init(all inputs: [InputColumn]) {
        let columnCount = inputs.count { $0.categories == nil }
        var (number, text) = (0, columnCount)
        let sources = inputs.map { input in
            defer { if input.categories == nil { number += 1 } else { text += 1 } }
            return input.categories == nil ? number : text
        }
        self.init(
            columnCount: columnCount,
            textColumnCount: inputs.count - columnCount,
            sources: sources,
            isNamed: false,
            inputs: inputs
        )
    }

    private static func check(
        _ input: InputColumn,
        isText: Bool,
        at place: Int
    ) throws(ScoringError) {
        let name = quoted(input.name)
        guard let categories = input.categories else {
            guard isText else { return }
            throw ScoringError(
                code: .wrongColumnKind,
                message: "Column \(name) holds numbers; name it in columns.",
                columnIndex: place
            )
        }
        guard isText || categories.takesNumbers else {
            throw ScoringError(
                code: .wrongColumnKind,
                message: "Column \(name) holds texts; name it in text_columns and send its texts "
                    + "in text_columns of the block.",
                columnIndex: place
            )
        }
    }

    private static func unknown(
        _ column: String,
        at place: Int,
        inputs: [InputColumn]
    ) -> ScoringError {
        let shown = quoted(column)
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
