// SPDX-License-Identifier: Apache-2.0

// One stream of blocks under way: a task reads the blocks and sends them, the
// reader of the results takes them in order, and a window joins the two.

internal import GRPCTransport
internal import NIOCore
internal import Synchronization

/// A stream of blocks, spread over as many HTTP/2 streams ("lanes") as there are connections: block
/// `i` goes to lane `i` modulo their number, so that the results can be taken in order.
final class BlockStream: Sendable {
    /// One HTTP/2 stream, with the model that answers on it.
    private struct Lane: Sendable {
        let stream: ClientStream
        let model: ModelIdentity
        let features: [ModelFeature]
    }

    private struct State {
        var lanes: [Lane] = []
        /// Rows of the blocks that were sent and not yet answered, oldest first.
        var rowCounts: [Int] = []
        var sentCount = 0
        var takenCount = 0
        /// How the sending ended, if it did.
        var sendingEnd: Result<Void, any Error>?
        var isStopped = false
        /// Whether the reader has been told of a failure; after it there is nothing more.
        var hasFailed = false
        var sender: CheckedContinuation<Void, Never>?
        var reader: CheckedContinuation<Void, Never>?
        var sending: Task<Void, Never>?
    }

    private let client: VigieClient
    private let options: ScoreOptions
    private let laneCount: Int
    private let window: Int
    private let deadline: NIODeadline?
    private let state = Mutex(State())

    private static let path = "/vigie.v1.ScoringService/StreamScoreRows"

    init(_ client: VigieClient, _ options: ScoreOptions) {
        self.client = client
        self.options = options
        laneCount = client.pool.size
        window = max(1, client.configuration.streamBlockWindow)
        deadline = options.timeout.map { .after($0) }
    }

    /// Starts the task that sends.
    func start(_ send: @escaping @Sendable () async throws -> Void) {
        let task = Task {
            do {
                try await send()
                endSending(.success(()))
            } catch {
                endSending(.failure(error))
            }
        }
        let isStopped = state.withLock { state in
            state.sending = task
            return state.isStopped
        }
        if isStopped { task.cancel() }
    }

    /// Ends everything at once.
    func stop() {
        let (task, lanes, sender, reader) = state.withLock { state in
            state.isStopped = true
            return (state.sending, state.lanes, state.sender.take(), state.reader.take())
        }
        task?.cancel()
        for lane in lanes { lane.stream.cancel() }
        sender?.resume()
        reader?.resume()
    }

    // MARK: Sending

    /// Sends all blocks; waits whenever the window is full.
    func send<Blocks: AsyncSequence>(
        _ blocks: Blocks
    ) async throws where Blocks.Element == FeatureTable {
        var columns: [String]?
        var iterator = blocks.makeAsyncIterator()
        while try await waitForRoom(), let block = try await iterator.next() {
            if let columns, columns != block.columns {
                throw VigieError.invalidTable("A block has other columns than the first.")
            }
            columns = block.columns
            let lane = try await laneForNextBlock(block.columns)
            try await sendingErrorsMapped { try await lane.send(RequestEncoding.block(block)) }
            let reader = state.withLock { state in
                state.rowCounts.append(block.rowCount)
                state.sentCount += 1
                return state.reader.take()
            }
            reader?.resume()
        }
        for lane in state.withLock({ $0.lanes }) { lane.stream.finishSending() }
    }

    /// Waits until the window has room. False when the stream is stopped.
    private func waitForRoom() async throws -> Bool {
        await withCheckedContinuation { continuation in
            let hasRoom = state.withLock { state in
                if state.isStopped || state.sentCount - state.takenCount < window { return true }
                state.sender = continuation
                return false
            }
            if hasRoom { continuation.resume() }
        }
        try Task.checkCancellation()
        return true
    }

    private func laneForNextBlock(_ columns: [String]) async throws -> ClientStream {
        let (index, known) = state.withLock { state in
            let index = state.sentCount % laneCount
            return (index, index < state.lanes.count ? state.lanes[index].stream : nil)
        }
        if let known { return known }
        let lane = try await openLane(columns)
        let isStopped = state.withLock { state in
            // Lanes are opened in the order of their blocks.
            assert(state.lanes.count == index)
            state.lanes.append(lane)
            return state.isStopped
        }
        if isStopped { lane.stream.cancel() }
        return lane.stream
    }

    /// Opens a stream and waits until the server has accepted the header. Until then it can be
    /// repeated like a call of one message.
    private func openLane(_ columns: [String]) async throws -> Lane {
        let header = try RequestEncoding.header(columns, options)
        let hasReasons = options.reasonCount > 0
        let opening = min(deadline ?? .distantFuture, client.deadline())
        return try await client.executor.run(deadline: opening) { connection, metadata in
            let stream = connection.stream(
                path: Self.path,
                metadata: metadata,
                deadline: deadline,
                answerTimeout: TimeAmount(client.configuration.streamIdleTimeout)
            )
            do {
                try await stream.send(header)
                guard let answer = try await stream.next() else {
                    throw VigieError.badResponse("The stream ended at once.")
                }
                guard
                    case .model(let model) = try ResponseDecoding.streamMessage(
                        answer,
                        hasReasons: hasReasons
                    )
                else { throw VigieError.badResponse("The stream does not begin with a model.") }
                let features = try await client.features(
                    of: model,
                    reasonCount: options.reasonCount
                )
                return Lane(stream: stream, model: model, features: features)
            } catch {
                stream.cancel()
                throw error
            }
        }
    }

    private func endSending(_ result: Result<Void, any Error>) {
        let reader = state.withLock { state in
            state.sendingEnd = result
            return state.reader.take()
        }
        reader?.resume()
    }

    // MARK: Reading

    /// What the reader is to do next.
    private enum Step {
        case take(Lane, rowCount: Int)
        case finish(lanes: [Lane], Result<Void, any Error>)
        case stopped
        case wait
    }

    /// The results of the next block, in order; nil after the last.
    func next() async throws -> ScoredTable? {
        do {
            return try await sendingErrorsMapped { try await takeNext() }
        } catch {
            state.withLock { $0.hasFailed = true }
            stop()
            throw error
        }
    }

    private func takeNext() async throws -> ScoredTable? {
        while true {
            switch state.withLock({ step($0) }) {
            case .take(let lane, let rowCount):
                let table = try await take(from: lane, rowCount: rowCount)
                let sender = state.withLock { state in
                    state.rowCounts.removeFirst()
                    state.takenCount += 1
                    return state.sender.take()
                }
                sender?.resume()
                return table
            case .finish(let lanes, let result):
                // A failure of the source leaves its streams open.
                try result.get()
                for lane in lanes {
                    guard try await lane.stream.next() == nil else {
                        throw VigieError.badResponse("There are more results than blocks.")
                    }
                }
                return nil
            case .stopped:
                throw CancellationError()
            case .wait:
                try await waitForSender()
            }
        }
    }

    private func step(_ state: State) -> Step {
        if state.hasFailed { return .finish(lanes: [], .success(())) }
        if state.isStopped { return .stopped }
        if state.takenCount < state.sentCount, let rowCount = state.rowCounts.first {
            return .take(state.lanes[state.takenCount % laneCount], rowCount: rowCount)
        }
        if let result = state.sendingEnd { return .finish(lanes: state.lanes, result) }
        return .wait
    }

    private func take(from lane: Lane, rowCount: Int) async throws -> ScoredTable {
        guard let answer = try await lane.stream.next() else {
            throw VigieError.badResponse("There are fewer results than blocks.")
        }
        let message = try ResponseDecoding.streamMessage(
            answer,
            hasReasons: options.reasonCount > 0
        )
        guard case .block(let block) = message, block.rowCount == rowCount else {
            throw VigieError.badResponse("A block of \(rowCount) rows got another answer.")
        }
        return try ScoredTable(model: lane.model, features: lane.features, block: block)
    }

    /// Waits until the sender has sent a block or ended.
    private func waitForSender() async throws {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    if case .wait = step(state) {
                        state.reader = continuation
                        return false
                    }
                    return true
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            stop()
        }
    }

    /// Turns failures of the transport into the client's error.
    private func sendingErrorsMapped<Value>(
        _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as ClientCallError {
            throw VigieError(error)
        }
    }
}
