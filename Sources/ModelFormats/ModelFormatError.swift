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
    /// Line of the file, counted from 1.
    package let line: Int
    /// Part of the file, such as "header" or "tree 12".
    package let section: String
    /// What is wrong, for a person.
    package let message: String

    package var description: String { "line \(line) (\(section)): \(message)" }
}
