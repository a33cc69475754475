// SPDX-License-Identifier: Apache-2.0

// Why a frame cannot be read, or not here.

/// What is wrong with a frame.
package struct FrameProblem: Error, Equatable, CustomStringConvertible {
    /// The kinds of problems.
    package enum Code: Sendable {
        /// It ends too early.
        case truncated
        /// It is not as it was written.
        case damaged
        /// It is no frame, or one of another block.
        case foreign
        /// A newer Vigie wrote it.
        case newer
        /// It would be larger than a limit lets it.
        case tooLarge
        /// It does not stand on the frame before it.
        case outOfOrder
        /// There is no memory for zstd.
        case noMemory
    }

    /// The kind of problem.
    package let code: Code
    /// What is wrong, in words.
    package let description: String

    init(_ code: Code, _ description: String) {
        (self.code, self.description) = (code, description)
    }
}
