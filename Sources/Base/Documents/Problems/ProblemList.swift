// SPDX-License-Identifier: Apache-2.0

// All problems of a file, so that a user sees them at once.

internal import VigieLimits

/// One thing that is wrong with a file.
package struct DocumentProblem: Sendable, Equatable, CustomStringConvertible {
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

/// Problems of one file, collected.
package final class ProblemList {
    /// The file.
    package let file: String
    /// What was found, at most `DocumentLimits.problems`.
    package private(set) var problems: [DocumentProblem] = []
    /// Whether a value is missing or of another kind than its place wants, so that what was read
    /// for it means nothing.
    package private(set) var hasPlaceholders = false

    /// No problems yet.
    package init(file: String) {
        self.file = file
    }

    /// Notes a problem; past the limit they are dropped.
    package func add(_ path: String, _ message: String) {
        guard problems.count < DocumentLimits.problems else { return }
        problems.append(DocumentProblem(file: file, path: path, message: message))
    }

    /// Notes a problem for which a placeholder was read.
    package func addUnreadable(_ path: String, _ message: String) {
        hasPlaceholders = true
        add(path, message)
    }
}
