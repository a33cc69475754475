// SPDX-License-Identifier: Apache-2.0

// What is wrong with a table that a caller wants scored, as a whole. What is
// wrong with one row is an issue of that row and no error.

/// A table does not fit a model.
package struct ScoringError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Kinds of failure.
    package enum Code: String, Sendable {
        /// A column that the model does not know.
        case unknownColumn
        /// A column that is named twice.
        case duplicateColumn
        /// A column that the model requires is not there.
        case missingColumn
        /// A column of texts where the model has numbers, or the other way round.
        case wrongColumnKind
        /// More columns than the model has inputs.
        case tooManyColumns
        /// A block without rows.
        case noRows
        /// A block whose values are too few or too many for its rows and columns.
        case wrongValueCount
        /// A block with another number of columns of texts than the caller named.
        case wrongTextColumnCount
        /// A column of texts with other codes than its rows and its dictionary have.
        case invalidCode
        /// A byte of a quantised row that its column does not have.
        case invalidBin
    }

    /// The kind of failure.
    package let code: Code
    /// What is wrong and what to do.
    package let message: String
    /// Place of the column at fault among the caller's columns, where there is one.
    package let columnIndex: Int?

    /// Makes an error.
    package init(code: Code, message: String, columnIndex: Int? = nil) {
        self.code = code
        self.message = message
        self.columnIndex = columnIndex
    }

    /// The message.
    package var description: String { message }
}
