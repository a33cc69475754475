// SPDX-License-Identifier: Apache-2.0

// What becomes of each column of an input: sent to be scored, passed through
// to the output, or left out.

package import CommandFiles
package import ExactTexts

/// Which columns the caller wants to see in the output, and what to do with unknown ones.
package struct ColumnChoice: Equatable, Sendable {
    /// The identifier column, where the caller named one; without it a column "id" is taken.
    package var identifier: String?
    /// Further columns that pass through.
    package var kept: [String] = []
    /// Whether columns that the model does not know are left out instead of sent.
    package var ignoresUnknown = false

    /// Creates the choice of a caller who says nothing.
    package init(identifier: String? = nil, kept: [String] = [], ignoresUnknown: Bool = false) {
        self.identifier = identifier
        self.kept = kept
        self.ignoresUnknown = ignoresUnknown
    }
}

/// What becomes of the columns of a CSV header.
package struct ColumnPlan: Equatable, Sendable {
    /// What becomes of one column.
    package enum Role: Equatable, Sendable {
        /// Sent, as the value column of this index.
        case value(Int)
        /// Sent as the text that it is, as the category column of this index.
        case category(Int)
        /// Passed through, as the text column of this index.
        case text(Int)
        /// Left out.
        case ignored
    }

    /// The role of each column of the file.
    package var roles: [Role] = []
    /// Names of the value columns.
    package var valueColumns: [String] = []
    /// Names of the category columns.
    package var categoryColumns: [String] = []
    /// Names of the text columns, the identifier first.
    package var textColumns: [String] = []
    /// Whether the first text column is the identifier.
    package var hasIdentifier = false
    /// Names of the columns that are left out.
    package var ignoredColumns: [String] = []

    /// Decides for each column of `header`. `known` are the model's inputs, `categories` those of
    /// them that hold texts.
    package init(
        header: [String],
        choice: ColumnChoice,
        known: Set<String>,
        categories: Set<ExactText> = [],
        source: String
    ) throws(CommandFailure) {
        try Self.check(header, choice, source)
        let identifier = choice.identifier ?? (known.contains("id") ? nil : "id")
        if let identifier, header.contains(identifier) {
            textColumns.append(identifier)
            hasIdentifier = true
        }
        textColumns += choice.kept.filter { $0 != identifier }
        for name in header {
            if let index = textColumns.firstIndex(of: name) {
                roles.append(.text(index))
            } else if choice.ignoresUnknown, !known.contains(name) {
                roles.append(.ignored)
                ignoredColumns.append(name)
            } else if categories.contains(name) {
                roles.append(.category(categoryColumns.count))
                categoryColumns.append(name)
            } else {
                roles.append(.value(valueColumns.count))
                valueColumns.append(name)
            }
        }
        if valueColumns.isEmpty && categoryColumns.isEmpty {
            throw CommandFailure(
                .badInput,
                "\(source) has no column with an input of the model",
                hint: "see `vigie models describe` for their names"
            )
        }
    }

    private static func check(
        _ header: [String],
        _ choice: ColumnChoice,
        _ source: String
    ) throws(CommandFailure) {
        if header.count > InputLimits.columnsMaximum {
            throw CommandFailure(
                .badInput,
                "\(source) has \(header.count) columns; the limit is \(InputLimits.columnsMaximum)"
            )
        }
        if let index = header.firstIndex(of: "") {
            throw CommandFailure(
                .badInput,
                "\(source): column \(index + 1) has no name in the header line",
                hint: "name it; a column named 'id' passes through to the output"
            )
        }
        var seen: Set<String> = []
        for name in header where !seen.insert(name).inserted {
            throw CommandFailure(
                .badInput,
                "\(source): the header line has two columns '\(name)'"
            )
        }
        for name in [choice.identifier].compactMap(\.self) + choice.kept where !seen.contains(name)
        {
            throw CommandFailure(
                .badInput,
                "\(source) has no column '\(name)'",
                hint: "its columns are \(header.joined(separator: ", "))"
            )
        }
    }
}
