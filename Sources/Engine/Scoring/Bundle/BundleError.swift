// SPDX-License-Identifier: Apache-2.0

// What is wrong with a model bundle.

internal import VigieLimits

/// One thing that is wrong with a bundle.
package struct BundleProblem: Sendable, Equatable, CustomStringConvertible {
    /// Name of the file at fault, such as "manifest.json".
    package let file: String
    /// Place in the file, such as "features[3].expression"; empty when it is the whole file.
    package let path: String
    /// What is wrong and what to do, in one sentence or two.
    package let message: String

    /// Names a problem.
    package init(file: String, path: String = "", message: String) {
        self.file = file
        self.path = path
        self.message = message
    }

    /// "file: path: message".
    package var description: String {
        path.isEmpty ? "\(file): \(message)" : "\(file): \(path): \(message)"
    }
}

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
    /// All problems found, at least one, at most `ScoringLimits.problems`.
    package let problems: [BundleProblem]

    /// Makes an error of some problems.
    package init(code: Code, problems: [BundleProblem]) {
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
