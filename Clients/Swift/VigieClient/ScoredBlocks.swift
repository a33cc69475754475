// SPDX-License-Identifier: Apache-2.0

// The results of a stream of blocks, as an application reads them.

/// The results of a stream of blocks, in the order of the blocks.
///
/// Made by ``ScoringClient/score(blocks:options:)``. Leaving the loop early, or cancelling its
/// task, stops the stream on the server. Each iteration is a stream of its own, which reads the
/// blocks anew.
public struct ScoredBlocks: AsyncSequence, Sendable {
    /// The results of one block.
    public typealias Element = ScoredTable

    private let begin: @Sendable () -> BlockStream

    init(_ begin: @escaping @Sendable () -> BlockStream) {
        self.begin = begin
    }

    /// Prepares a stream; it begins when the first result is asked for.
    ///
    /// - Returns: An iterator over the results.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(begin)
    }

    /// Iterates over the results of a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let begin: @Sendable () -> BlockStream
        private var stream: Holder?

        /// Stops the stream when its reader is gone.
        private final class Holder {
            let stream: BlockStream

            init(_ stream: BlockStream) { self.stream = stream }

            deinit { stream.stop() }
        }

        fileprivate init(_ begin: @escaping @Sendable () -> BlockStream) {
            self.begin = begin
        }

        /// Waits for the results of the next block.
        ///
        /// - Returns: The results, or `nil` after the last block.
        /// - Throws: ``VigieError``, `CancellationError`, or what the sequence of blocks threw.
        public mutating func next() async throws -> ScoredTable? {
            let holder = stream ?? Holder(begin())
            stream = holder
            return try await holder.stream.next()
        }
    }
}
