// SPDX-License-Identifier: Apache-2.0

// What can be wrong with a tree ensemble handed to the engine.

/// A tree ensemble that breaks one of the engine's rules. Thrown when the ensemble is made, so that
/// nothing that runs later has to check.
package struct ForestError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The rule that is broken.
    package enum Code: Sendable, Equatable {
        /// Arrays that describe the same splits or leaves differ in length.
        case lengthMismatch
        /// A feature, child or category index points outside its array.
        case indexOutOfRange
        /// A node is reached twice, never, or from below itself.
        case notATree
        /// A cover is negative or not finite.
        case badCover
        /// The ensemble has more nodes than the engine can number.
        case tooLarge
        /// The ensemble can be scored, but its scores have no SHAP values.
        case notExplained
    }

    /// The rule that is broken.
    package let code: Code
    /// The tree it concerns, counted from 0; nil when it concerns the whole ensemble.
    package let tree: Int?
    /// What is wrong, for a person.
    package let message: String

    package var description: String {
        guard let tree else { return message }
        return "tree \(tree): \(message)"
    }
}
