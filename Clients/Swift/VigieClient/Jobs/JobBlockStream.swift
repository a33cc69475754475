// SPDX-License-Identifier: Apache-2.0

// Scores of blocks in a job: one stream after the other, each from the first block on that has no
// answer yet.

internal import Synchronization

/// The results of a job, over as many streams as it takes.
final class JobBlockStream: ScoredBlockSource, Sendable {
    private struct State {
        var patience: JobPatience
        var stream: BlockStream?
        var answeredCount = 0
        var isStopped = false
    }

    private let client: ScoringClient
    private let options: ScoreOptions
    private let job: StreamJob
    private let queue: JobQueue
    private let feeder: Task<Void, Never>
    private let state: Mutex<State>

    /// Takes blocks, which are read from the first result on.
    init<Blocks: AsyncSequence & Sendable>(
        _ client: ScoringClient,
        _ blocks: Blocks,
        _ options: ScoreOptions,
        _ job: StreamJob
    ) where Blocks.Element == FeatureTable {
        (self.client, self.job) = (client, job)
        var options = options
        // The same rows have to come to the same bytes each time, whatever the client knows then.
        if options.quantisation == .automatic { options.quantisation = .never }
        self.options = options
        let queue = JobQueue(window: client.configuration.streamBlockWindow)
        self.queue = queue
        let patience = JobPatience(client.configuration.retry, timeout: options.timeout)
        state = Mutex(State(patience: patience))
        feeder = Task {
            do {
                for try await table in blocks {
                    guard await queue.put(table) else { return }
                }
                await queue.ended(.success(()))
            } catch { await queue.ended(.failure(error)) }
        }
    }

    deinit { feeder.cancel() }

    func next() async throws -> ScoredTable? {
        while true {
            let stream = try stream()
            do {
                let table = try await stream.next()
                if table != nil {
                    await queue.tableAnswered()
                    state.withLock { state in
                        state.answeredCount += 1
                        state.patience.noteAnswer()
                    }
                }
                return table
            } catch let error as VigieError {
                let hasFailed = await queue.hasFailed
                let delay = state.withLock { state -> Duration? in
                    state.stream = nil
                    return hasFailed ? nil : state.patience.delay(after: error)
                }
                guard let delay else { throw error }
                try await Task.sleep(for: delay)
            }
        }
    }

    func stop() {
        let stream = state.withLock { state in
            state.isStopped = true
            return state.stream.take()
        }
        stream?.stop()
        feeder.cancel()
        Task { [queue] in await queue.stop() }
    }

    /// The stream that is under way, or a new one.
    private func stream() throws -> BlockStream {
        let (stream, isNew, first) = try state.withLock { state in
            if state.isStopped { throw CancellationError() }
            if let stream = state.stream { return (stream, false, 0) }
            var options = options
            options.timeout = state.patience.timeLeft
            let place = JobPlace(job: job, firstBlock: state.answeredCount)
            let stream = BlockStream(client, options, job: place)
            state.stream = stream
            return (stream, true, state.answeredCount)
        }
        if isNew {
            let tables = JobTables(queue: queue, first: first)
            stream.start { try await stream.send(tables) }
        }
        return stream
    }
}

extension ScoringClient {
    /// Scores blocks of rows as they come, in a job: the server keeps the answers, and no block
    /// that was answered is scored again.
    ///
    /// When the connection breaks, or the server or its store is gone, the stream goes on by
    /// itself, on whatever connection, with the first block that has no answer; it gives up when no
    /// block has been answered for two minutes. Whoever sends the same blocks again under the same
    /// name gets what was answered before, without its being scored. All blocks go over one
    /// connection, and as values unless ``ScoreOptions/quantisation`` is
    /// ``ScoreOptions/Quantisation/always``: a block that comes again must be the same bytes.
    ///
    /// - Parameters:
    ///   - blocks: The rows, a few thousand a block; the same in each stream of the job.
    ///   - options: Model, outputs, reasons, date, deadline and headers. Without a date, a job that
    ///     was begun yesterday goes on with yesterday's.
    ///   - job: The job.
    /// - Returns: The results of each block, in the order of the blocks.
    public func score<Blocks: AsyncSequence & Sendable>(
        blocks: Blocks,
        options: ScoreOptions = .init(),
        job: StreamJob
    ) -> ScoredBlocks where Blocks.Element == FeatureTable {
        ScoredBlocks { [self] in JobBlockStream(self, blocks, options, job) }
    }
}
