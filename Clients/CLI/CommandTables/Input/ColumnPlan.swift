// SPDX-License-Identifier: Apache-2.0

// What becomes of each column of an input: sent to be scored, passed through
// to the output, or left out.

package import Documents
internal import ExactTexts

/// Which columns the caller wants to see in the output, and what to do with unknown ones.
package struct ColumnChoice: Equatable, Sendable {
    /// The identifier column, where the caller named one; without it a column "id" is taken.
    package var identifier: String?
    /// Further columns that pass through.
    package var kept: [String] = []
    /// Whether all columns that the model does not know pass through.
    package var keepsAll = false
    /// Whether columns that the model does not know are left out.
    package var ignoresUnknown = false
    /// Where the names of inputs are found.
    package var hint = "see `vigie models describe` for their names"

    /// Creates the choice of a caller who says nothing.
    package init(
        identifier: String? = nil,
        kept: [String] = [],
        keepsAll: Bool = false,
        ignoresUnknown: Bool = false
    ) {
        self.identifier = identifier
        self.kept = kept
        self.keepsAll = keepsAll
        self.ignoresUnknown = ignoresUnknown
    }
}

/// What becomes of the columns of a header.
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
    /// Names of the inputs that pass through instead of being sent.
    package var keptInputs: [String] = []
    /// Names of the columns that fit nothing, and about which nothing was said.
    package var unknownColumns: [String] = []
    /// Required inputs that the header does not have.
    package var lackingColumns: [String] = []

    /// Decides for each column of `header`; those without a name are left out.
    package init(
        header: [String],
        choice: ColumnChoice,
        inputs: [TableInput],
        source: String
    ) throws(InputError) {
        let known = inputs.map(\.name).exactTexts
        let categories = inputs.filter(\.isCategory).map(\.name).exactTexts
        try Self.check(header, choice, source)
        let identifier = choice.identifier ?? (known.contains("id") ? nil : "id")
        if let identifier, header.contains(identifier) {
            textColumns.append(identifier)
            hasIdentifier = true
        }
        textColumns += choice.kept.filter { $0 != identifier }
        if choice.keepsAll {
            let kept = Set(textColumns)
            textColumns += header.filter {
                !$0.isEmpty && !known.contains($0) && !kept.contains($0)
            }
        }
        keptInputs = textColumns.filter(known.contains)
        var places: [String: Int] = [:]
        for (index, name) in textColumns.enumerated() { places[name] = index }
        for name in header {
            if let index = places[name] {
                roles.append(.text(index))
            } else if categories.contains(name) {
                roles.append(.category(categoryColumns.count))
                categoryColumns.append(name)
            } else if known.contains(name) {
                roles.append(.value(valueColumns.count))
                valueColumns.append(name)
            } else {
                roles.append(.ignored)
                if name.isEmpty { continue }
                if choice.ignoresUnknown {
                    ignoredColumns.append(name)
                } else {
                    unknownColumns.append(name)
                }
            }
        }
        let sent = (valueColumns + categoryColumns).exactTexts
        lackingColumns = inputs.filter { $0.isRequired && !sent.contains($0.name) }.map(\.name)
    }

    /// What is worth telling about inputs that pass through.
    static func notices(keptInputs: [String]) -> [String] {
        guard !keptInputs.isEmpty else { return [] }
        return ["passed through, and so missing for the model: \(listed(keptInputs))"]
    }

    /// Throws when there is nothing to score.
    package func requireValues(
        _ header: [String],
        inputs: [TableInput],
        source: String,
        hint: String
    ) throws(InputError) {
        guard valueColumns.isEmpty, categoryColumns.isEmpty else { return }
        let lacking =
            lackingColumns.isEmpty ? "" : "; the model cannot do without \(listed(lackingColumns))"
        throw InputError(
            .content,
            "\(source) has no column with an input of the model, only \(listed(header))" + lacking,
            hint: hint
        )
    }

    private static func check(
        _ header: [String],
        _ choice: ColumnChoice,
        _ source: String
    ) throws(InputError) {
        let names = Set(header)
        let wanted = [choice.identifier].compactMap(\.self) + choice.kept
        let absent = wanted.filter { !names.contains($0) }
        guard !absent.isEmpty else { return }
        throw InputError(
            .content,
            "\(source) has no column \(listed(absent))",
            hint: "its columns are \(listed(header))"
        )
    }
}
