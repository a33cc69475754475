// SPDX-License-Identifier: Apache-2.0

// The results of a stream of blocks.

/// The results of a stream of blocks, in the order of the blocks.
///
/// Made by ``VigieClient/score(blocks:options:)``. Leaving the loop early, or cancelling its task,
/// stops the stream on the server.
public struct ScoredBlocks: AsyncSequence, Sendable {
    /// The results of one block.
    public typealias Element = ScoredTable

    /// Starts the stream.
    ///
    /// - Returns: An iterator over the results.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator()
    }

    /// Iterates over the results of a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        /// Waits for the results of the next block.
        ///
        /// - Returns: The results, or `nil` after the last block.
        /// - Throws: ``VigieError``, `CancellationError`, or what the sequence of blocks threw.
        public mutating func next() async throws -> ScoredTable? {
            nil
        }
    }
}
