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

    private let begin: @Sendable () -> any ScoredBlockSource

    init(_ begin: @escaping @Sendable () -> any ScoredBlockSource) {
        self.begin = begin
    }

    /// Makes results out of a sequence of tables, for tests.
    ///
    /// - Parameter tables: The results of each block.
    public init<Tables: AsyncSequence & Sendable>(
        _ tables: Tables
    ) where Tables.Element == ScoredTable {
        begin = { IteratedBlocks(tables.makeAsyncIterator()) }
    }

    /// Prepares a stream; it begins when the first result is asked for.
    ///
    /// - Returns: An iterator over the results.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(begin)
    }

    /// Iterates over the results of a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let begin: @Sendable () -> any ScoredBlockSource
        private var stream: Holder?

        /// Stops the stream when its reader is gone.
        private final class Holder {
            let stream: any ScoredBlockSource

            init(_ stream: any ScoredBlockSource) { self.stream = stream }

            deinit { stream.stop() }
        }

        fileprivate init(_ begin: @escaping @Sendable () -> any ScoredBlockSource) {
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

/// Where the results of blocks come from.
protocol ScoredBlockSource: AnyObject {
    /// The results of the next block, in order; nil after the last.
    func next() async throws -> ScoredTable?
    /// Ends everything at once.
    func stop()
}

/// Results that a sequence gives.
private final class IteratedBlocks<Iterator: AsyncIteratorProtocol>: ScoredBlockSource
where Iterator.Element == ScoredTable {
    private var iterator: Iterator

    init(_ iterator: Iterator) { self.iterator = iterator }

    func next() async throws -> ScoredTable? { try await iterator.next() }

    func stop() {}
}
