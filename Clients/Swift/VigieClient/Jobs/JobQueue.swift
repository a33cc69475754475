// SPDX-License-Identifier: Apache-2.0

// The blocks of a job that are not answered: read from the caller's sequence once, and sent as
// often as a stream breaks.

/// Blocks between a sequence and the streams that send them, one after the other.
actor JobQueue {
    private let window: Int
    /// Those that are not answered, and how many were before them.
    private var tables: [FeatureTable] = []
    private var answeredCount = 0
    /// How the sequence ended, if it did.
    private var end: Result<Void, any Error>?
    private var isStopped = false
    private var feeder: CheckedContinuation<Void, Never>?
    private var readers: [CheckedContinuation<Void, Never>] = []

    init(window: Int) { self.window = max(1, window) }

    /// Whether the sequence of blocks failed, which no other stream mends.
    var hasFailed: Bool {
        if case .failure? = end { true } else { false }
    }

    // MARK: The sequence

    /// Takes a block; waits until there is room.
    ///
    /// - Returns: Whether more are wanted.
    func put(_ table: FeatureTable) async -> Bool {
        while !isStopped, tables.count >= window {
            await withCheckedContinuation { feeder = $0 }
        }
        tables.append(table)
        wakeReaders()
        return !isStopped
    }

    /// There are no more blocks.
    func ended(_ result: Result<Void, any Error>) {
        end = result
        wakeReaders()
    }

    // MARK: Streams

    /// The block at a place of the sequence, which is not answered; nil behind the last.
    func table(at place: Int) async throws -> FeatureTable? {
        while true {
            try Task.checkCancellation()
            let index = place - answeredCount
            if tables.indices.contains(index) { return tables[index] }
            if let end {
                try end.get()
                return nil
            }
            await withTaskCancellationHandler {
                await withCheckedContinuation { readers.append($0) }
            } onCancel: {
                Task { await wakeReaders() }
            }
        }
    }

    /// The first of the blocks has its answer.
    func tableAnswered() {
        guard !tables.isEmpty else { return }
        tables.removeFirst()
        answeredCount += 1
        feeder.take()?.resume()
    }

    /// Nobody wants any more.
    func stop() {
        isStopped = true
        feeder.take()?.resume()
        wakeReaders()
    }

    private func wakeReaders() {
        for reader in readers { reader.resume() }
        readers = []
    }
}

/// The blocks that a stream sends: from one on that is not answered.
struct JobTables: AsyncSequence, Sendable {
    let queue: JobQueue
    let first: Int

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(queue: queue, place: first) }

    struct AsyncIterator: AsyncIteratorProtocol {
        let queue: JobQueue
        var place: Int

        mutating func next() async throws -> FeatureTable? {
            defer { place += 1 }
            return try await queue.table(at: place)
        }
    }
}
