// SPDX-License-Identifier: Apache-2.0

// What moves along a line: a block of rows. Bulk methods that take the same kind of block
// share a kind of frame, with the caller's columns where they lie and typed columns for what
// their stages append; so a stage finds what an earlier one made without a look-up.

/// A block of rows with the columns that stages append. Reused from block to block; used by one
/// thread at a time.
package protocol Frame: AnyObject, SendableMetatype {
    /// Rows of the block.
    var rowCount: Int { get }
    /// Reads the block, if that was put off until the frame is on a thread; the first thing that is
    /// done there.
    func load()
    /// Forgets what was appended, and makes room for what the stages will append: the block is
    /// about to be run.
    func begin()
    /// Forgets the block and what was appended, and keeps so much memory for the next block.
    func end(retainedBytesMax: Int)
}

extension Frame {
    /// Nothing was put off.
    package func load() {}
}
