// SPDX-License-Identifier: Apache-2.0

// What is wrong with a model bundle.

package import Documents

/// A bundle could not be loaded.
package struct BundleError: Error, Sendable, CustomStringConvertible {
    /// Kinds of failure.
    package enum Code: String, Sendable {
        /// A file or directory could not be read.
        case unreadable
        /// A limit of `ScoringLimits` was exceeded.
        case tooLarge
        /// The contents are wrong.
        case invalid
    }

    /// The kind of failure.
    package let code: Code
    /// All problems found, at least one, at most `DocumentLimits.problems`.
    package let problems: [DocumentProblem]

    /// Makes an error of some problems.
    package init(code: Code, problems: [DocumentProblem]) {
        self.code = code
        self.problems = problems
    }

    /// Makes an error of one problem.
    package init(code: Code = .invalid, file: String, path: String = "", message: String) {
        self.init(code: code, problems: [.init(file: file, path: path, message: message)])
    }

    /// All problems, one a line.
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
