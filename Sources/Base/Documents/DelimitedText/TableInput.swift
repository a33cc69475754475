// SPDX-License-Identifier: Apache-2.0

// What a table is read for: columns that are expected, and names that are mapped.

/// A column that a table may bring.
package struct TableInput: Equatable, Sendable {
    /// Its name.
    package var name: String
    /// What it holds, in the languages that are known.
    package var descriptions: [String]
    /// Whether a table is of no use without it.
    package var isRequired: Bool
    /// Whether its cells are texts, taken as they stand.
    package var isCategory: Bool
    /// Whether its cells are amounts, where a point may part thousands. It counts for facts.
    package var isAmount: Bool

    /// Creates an input from its parts.
    package init(
        name: String,
        descriptions: [String] = [],
        isRequired: Bool = false,
        isCategory: Bool = false,
        isAmount: Bool = false
    ) {
        self.name = name
        self.descriptions = descriptions
        self.isRequired = isRequired
        self.isCategory = isCategory
        self.isAmount = isAmount
    }
}

/// A column that is called otherwise in the file.
package struct ColumnMapping: Equatable, Sendable {
    /// Its name in the file.
    package var column: String
    /// Its name everywhere else.
    package var input: String

    /// Reads `total actif=total_assets`; the last equals sign parts the two.
    package init?(_ text: String) {
        guard let sign = text.lastIndex(of: "=") else { return nil }
        column = trimmedBlanks(String(text[..<sign]))
        input = trimmedBlanks(String(text[text.index(after: sign)...]))
        if column.isEmpty || input.isEmpty { return nil }
    }

    /// Reads a file of such lines; empty ones and those that begin with # do not count.
    package static func lines(_ text: String, source: String) throws(InputError) -> [ColumnMapping]
    {
        var mappings: [ColumnMapping] = []
        for (index, line) in text.split(
            omittingEmptySubsequences: false,
            whereSeparator: \.isNewline
        )
        .enumerated() {
            let line = trimmedBlanks(String(line))
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let mapping = ColumnMapping(line) else {
                throw InputError(
                    .options,
                    "\(source), line \(index + 1): '\(shortened(line))' maps no column",
                    hint: "write lines such as total actif=total_assets"
                )
            }
            mappings.append(mapping)
        }
        return mappings
    }
}

/// How a table is to be read.
package struct TableOptions: Equatable, Sendable {
    /// How it is written.
    package var dialect = TableDialect()
    /// Columns that have other names in the file.
    package var mappings: [ColumnMapping] = []
    /// Whether rows without any value are rows too.
    package var keepsEmptyRows = false
    /// Whether names of columns keep the blanks around them.
    package var keepsNames = false
    /// Whether columns without a name may hold values, which are left out.
    package var ignoresUnnamed = false
    /// Whether they are facts that a policy decides on: where nobody says how numbers are written,
    /// they have to show themselves which mark is the decimal one, each column of amounts its own.
    package var areFacts = false

    /// Reads a table about which nothing was said.
    package init() {}
}
