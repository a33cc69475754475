// SPDX-License-Identifier: Apache-2.0

// What can be wrong with a document.

/// A document that cannot be read: where, and why. An object, so that whatever may throw one passes
/// a single word on.
package final class DocumentError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whether the document is broken or only beyond its reader.
    package enum Code: Sendable, Equatable {
        /// The document breaks its format.
        case malformed
        /// The document may be sound, but is of a kind that is not supported.
        case unsupported
    }

    /// Whether the document is broken or only beyond its reader.
    package let code: Code
    /// Where in the document, such as "line 7 (tree 12)", "byte 40", "$.learner.objective" or the
    /// name of a node.
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
    package convenience init(code: Code, line: Int, section: String, message: String) {
        self.init(code: code, place: "line \(line) (\(section))", message: message)
    }

    package var description: String { "\(place): \(message)" }

    package static func == (left: DocumentError, right: DocumentError) -> Bool {
        left.code == right.code && left.place == right.place && left.message == right.message
    }
}
