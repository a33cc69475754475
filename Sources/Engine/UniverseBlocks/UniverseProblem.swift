// SPDX-License-Identifier: Apache-2.0

// What is wrong with a universe, or with what is done with it.

/// What is wrong.
package struct UniverseProblem: Error, Equatable, CustomStringConvertible {
    /// The kinds of problems.
    package enum Code: Sendable {
        /// What was kept is not as it was.
        case damaged
        /// A model does not fit the columns.
        case unfit
        /// A limit is reached.
        case tooMany
        /// A company is named twice.
        case twice
        /// A number is no SIREN.
        case noSIREN
    }

    /// The kind of problem.
    package let code: Code
    /// What is wrong, in words without a full stop.
    package let description: String

    /// Makes one.
    package init(_ code: Code, _ description: String) {
        (self.code, self.description) = (code, description)
    }
}
