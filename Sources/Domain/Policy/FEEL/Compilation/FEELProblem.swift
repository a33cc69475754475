// SPDX-License-Identifier: Apache-2.0

// What is wrong with an expression before it is ever evaluated.

/// What is wrong with an expression.
package struct FEELProblem: Error, Sendable, Hashable {
    /// What kind of mistake it is.
    package enum Kind: String, Sendable {
        /// It cannot be read.
        case syntax
        /// A name that is not in scope.
        case unknownName
        /// Arguments that a function does not take.
        case arguments
        /// A range that ends before it begins.
        case descendingRange
        /// Values of types that do not go together: the result would always be null.
        case typeMismatch
        /// What is computed of constants has no result.
        case noResult
        /// It is over a limit.
        case limit
        /// What the language has and this reader has not.
        case unsupported
    }

    /// What kind of mistake it is.
    package let kind: Kind
    /// What is wrong and what to do, in words.
    package let message: String
    /// Where.
    package let position: FEELPosition
}

/// A place in the text of an expression.
package struct FEELPosition: Sendable, Hashable {
    /// The line, from 1.
    package let line: Int32
    /// The column in bytes, from 1.
    package let column: Int32

    /// Takes line and column.
    package init(line: Int, column: Int) {
        (self.line, self.column) = (Int32(clamping: line), Int32(clamping: column))
    }
}

extension FEELProblem: CustomStringConvertible {
    /// `line 1, column 5: ...`
    package var description: String {
        "line \(position.line), column \(position.column): \(message)"
    }
}
