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
        let columns: [String]
        let model: ModelIdentity
        let features: [ModelFeature]
    }

    /// A block that is to be answered.
    private struct SentBlock: Sendable {
        let rowCount: Int
        let encoding: RowEncoding
        /// The values of quantised rows: the server may not take the bytes.
        let table: FeatureTable?
    }

    private struct State {
        var lanes: [Lane] = []
        /// Lanes whose server did not take quantised rows, which ended them.
        var refusedLanes: Set<Int> = []
        /// The blocks that were sent and not yet answered, oldest first.
        var sentBlocks: [SentBlock] = []
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

    private let client: ScoringClient
    private let options: ScoreOptions
    private let laneCount: Int
    private let window: Int
    private let deadline: NIODeadline?
    private let state = Mutex(State())

    private static let path = "/vigie.v1.ScoringService/StreamScoreRows"

    init(_ client: ScoringClient, _ options: ScoreOptions) {
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
        let opening = min(deadline ?? .distantFuture, client.deadline())
        var encoder = BlockEncoder(client, options.quantisation, deadline: opening)
        while try await waitForRoom(), let block = try await iterator.next() {
            if let columns, columns != block.columns {
                throw VigieError.invalidTable("A block has other columns than the first.")
            }
            columns = block.columns
            let (index, lane) = try await laneForNextBlock(block.columns)
            let sent = try await send(block, to: lane, index, &encoder)
            let reader = state.withLock { state in
                state.sentBlocks.append(sent)
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

    /// Sends a block. To a lane that has ended because its server takes no quantised rows nothing
    /// is sent: the reader has each block of it scored by a call.
    private func send(
        _ block: FeatureTable,
        to lane: Lane,
        _ index: Int,
        _ encoder: inout BlockEncoder
    ) async throws -> SentBlock {
        if !isRefused(index) {
            var message = ByteBuffer()
            let key = QuantiserKey(lane.model)
            let (encoding, values) = try await encoder.appendHead(block, key, to: &message)
            do {
                let message = message
                try await sendingErrorsMapped { try await lane.stream.send(message, tail: values) }
                return SentBlock(
                    rowCount: block.rowCount,
                    encoding: encoding,
                    table: encoding == .quantised ? block : nil
                )
            } catch let error as VigieError where isRefusal(error) {
                refuse(lane, index, error)
            }
        }
        return SentBlock(rowCount: block.rowCount, encoding: block.encoding, table: block)
    }

    private func laneForNextBlock(_ columns: [String]) async throws -> (Int, Lane) {
        let (index, known) = state.withLock { state in
            let index = state.sentCount % laneCount
            return (index, index < state.lanes.count ? state.lanes[index] : nil)
        }
        if let known { return (index, known) }
        let lane = try await openLane(columns)
        let isStopped = state.withLock { state in
            // Lanes are opened in the order of their blocks.
            assert(state.lanes.count == index)
            state.lanes.append(lane)
            return state.isStopped
        }
        if isStopped { lane.stream.cancel() }
        return (index, lane)
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
                return Lane(
                    stream: stream,
                    columns: columns,
                    model: model,
                    features: features
                )
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
        case take(SentBlock, from: Lane, Int)
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
            case .take(let block, let lane, let index):
                let table = try await take(block, from: lane, index)
                let sender = state.withLock { state in
                    state.sentBlocks.removeFirst()
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
        if state.takenCount < state.sentCount, let block = state.sentBlocks.first {
            let index = state.takenCount % laneCount
            return .take(block, from: state.lanes[index], index)
        }
        if let result = state.sendingEnd {
            let open = state.lanes.indices.filter { !state.refusedLanes.contains($0) }
            return .finish(lanes: open.map { state.lanes[$0] }, result)
        }
        return .wait
    }

    private func take(
        _ block: SentBlock,
        from lane: Lane,
        _ index: Int
    ) async throws -> ScoredTable {
        if !isRefused(index) {
            do {
                return try await sendingErrorsMapped { try await answer(to: block, from: lane) }
            } catch let error as VigieError where isRefusal(error) {
                refuse(lane, index, error)
            }
        }
        guard let table = block.table else {
            throw VigieError.badResponse("The values were refused as if they were quantised.")
        }
        return try await score(table, as: lane.model)
    }

    private func answer(to sent: SentBlock, from lane: Lane) async throws -> ScoredTable {
        guard let answer = try await lane.stream.next() else {
            throw VigieError.badResponse("There are fewer results than blocks.")
        }
        let message = try ResponseDecoding.streamMessage(
            answer,
            hasReasons: options.reasonCount > 0
        )
        guard case .block(let block) = message, block.rowCount == sent.rowCount else {
            throw VigieError.badResponse("A block of \(sent.rowCount) rows got another answer.")
        }
        return try ScoredTable(
            model: lane.model,
            features: lane.features,
            columns: lane.columns,
            block: block,
            encoding: sent.encoding
        )
    }

    // MARK: Quantised rows that are refused

    /// Whether a failure leaves the values to be tried.
    private func isRefusal(_ error: VigieError) -> Bool {
        error.isAboutQuantiser && options.quantisation == .automatic
    }

    private func isRefused(_ index: Int) -> Bool {
        state.withLock { $0.refusedLanes.contains(index) }
    }

    private func refuse(_ lane: Lane, _ index: Int, _ error: VigieError) {
        client.quantisers.noteAbsence(QuantiserKey(lane.model), error)
        state.withLock { _ = $0.refusedLanes.insert(index) }
    }

    /// Scores the values of a block with a call, by the same version of the model.
    private func score(_ table: FeatureTable, as model: ModelIdentity) async throws -> ScoredTable {
        var options = options
        options.model = "\(model.name)@\(model.version)"
        options.asOfDate = model.asOfDate
        options.quantisation = .never
        let scored = try await client.score(table, options: options)
        guard scored.model.contentHash == model.contentHash else {
            throw VigieError(
                code: .aborted,
                message: "Model \(model.name)@\(model.version) was replaced during the stream."
            )
        }
        return scored
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
