// SPDX-License-Identifier: Apache-2.0

// What can be wrong with a model file.

/// A model file that cannot be read: where, and why.
package struct ModelFormatError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whether the file is broken or only beyond this reader.
    package enum Code: Sendable, Equatable {
        /// The file breaks its format.
        case malformed
        /// The file may be sound, but is of a kind that is not supported.
        case unsupported
    }

    /// Whether the file is broken or only beyond this reader.
    package let code: Code
    /// Where in the file, such as "line 7 (tree 12)", "byte 40", "$.learner.objective" or the name
    /// of a node.
    package let place: String
    /// What is wrong, for a person.
    package let message: String

    /// An error at a place.
    package init(code: Code, place: String, message: String) {
        self.code = code
        self.place = place
        self.message = message
    }

    /// An error on a line, counted from 1, in a section such as "header" or "tree 12".
    package init(code: Code, line: Int, section: String, message: String) {
        self.init(code: code, place: "line \(line) (\(section))", message: message)
    }

    package var description: String { "\(place): \(message)" }
}
