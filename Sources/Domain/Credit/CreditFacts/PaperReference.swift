// SPDX-License-Identifier: Apache-2.0

// Where a fact stands, so that each number of an assessment leads back to a line of a paper.

/// A place in one of the papers that were read.
package struct PaperReference: Sendable, Hashable {
    /// Which paper, from 0, in the order in which they were given.
    package let paper: Int32
    /// The line, from 1; 0 where the paper has no lines that tell places apart.
    package let line: Int32

    /// Names a place.
    package init(paper: Int32, line: Int32) {
        self.paper = paper
        self.line = line
    }
}
