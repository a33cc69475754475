// SPDX-License-Identifier: Apache-2.0

// One stream of blocks under way: a task reads the blocks and sends them, the
// reader of the results takes them in order. What to do is decided by
// BlockStreamStateMachine; here it is done.

internal import GRPCTransport
internal import NIOCore
internal import Synchronization

/// A stream of blocks, spread over as many HTTP/2 streams ("lanes") as there are connections.
final class BlockStream: ScoredBlockSource, Sendable {
    /// One HTTP/2 stream, with the model that answers on it.
    struct Lane: Sendable {
        let stream: ClientStream
        let columns: TableColumns
        let model: ModelIdentity
        let features: [ModelFeature]
    }

    /// A block that is to be answered.
    struct SentBlock: Sendable {
        let rowCount: Int
        let encoding: RowEncoding
        /// The values, where the lane may be refused: what was sent on it is lost then, values too.
        let table: FeatureTable?
    }

    typealias StateMachine = BlockStreamStateMachine<
        Lane, SentBlock, CheckedContinuation<Void, Never>
    >

    private struct State {
        var machine: StateMachine
        var sending: Task<Void, Never>?
        var isStopped = false
    }

    let client: ScoringClient
    let options: ScoreOptions
    /// Where in a job it begins, if it is one of a job's.
    private let job: JobPlace?
    private let deadline: NIODeadline?
    private let state: Mutex<State>

    static let path = "/vigie.v1.ScoringService/StreamScoreRows"

    init(_ client: ScoringClient, _ options: ScoreOptions, job: JobPlace? = nil) {
        self.client = client
        self.options = options
        self.job = job
        deadline = options.timeout.map { .after($0) }
        let machine = StateMachine(
            // The blocks of a job are numbered by their order in one stream.
            laneCount: job == nil ? client.pool.size : 1,
            window: client.configuration.streamBlockWindow
        )
        state = Mutex(State(machine: machine))
    }

    /// Lets an event happen.
    func with<Result: Sendable>(_ body: (inout StateMachine) -> Result) -> Result {
        state.withLock { body(&$0.machine) }
    }

    /// Starts the task that sends.
    func start(_ send: @escaping @Sendable () async throws -> Void) {
        let task = Task {
            do {
                try await send()
                with { $0.sendingEnded(.success(())) }?.resume()
            } catch {
                with { $0.sendingEnded(.failure(error)) }?.resume()
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
        let (task, (lanes, sender, reader)) = state.withLock { state in
            state.isStopped = true
            return (state.sending, state.machine.stop())
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
        var columns: TableColumns?
        var iterator = blocks.makeAsyncIterator()
        var encoder = BlockEncoder(client, options.quantisation, try openingContext())
        while try await waitForRoom(), let block = try await iterator.next() {
            if let columns, columns != block.allColumns {
                throw VigieError.invalidTable("A block has other columns than the first.")
            }
            columns = block.allColumns
            let (known, place) = with { $0.laneForNextBlock() }
            let lane: Lane
            if let known {
                lane = known
            } else {
                lane = try await openLane(block.allColumns)
                if with({ $0.laneOpened(lane) }) { lane.stream.cancel() }
            }
            let sent = try await send(block, to: lane, place, &encoder)
            with { $0.blockSent(sent) }?.resume()
        }
        for lane in with({ $0.openLanes }) { lane.stream.finishSending() }
    }

    /// What opening lanes and fetching quantisers may take.
    private func openingContext() throws -> CallContext {
        var context = try client.context(nil, options.metadata)
        context.deadline = min(deadline ?? .distantFuture, context.deadline)
        return context
    }

    /// Waits until the window has room, or the stream is stopped.
    private func waitForRoom() async throws -> Bool {
        await withCheckedContinuation { continuation in
            if with({ $0.waitForRoom(continuation) }) { continuation.resume() }
        }
        try Task.checkCancellation()
        return true
    }

    /// Sends a block. To a lane that has been refused nothing is sent: the reader has each block of
    /// it scored by a call.
    private func send(
        _ block: FeatureTable,
        to lane: Lane,
        _ place: StateMachine.Place,
        _ encoder: inout BlockEncoder
    ) async throws -> SentBlock {
        var encoding = block.encoding
        if !place.isRefused {
            var message = ByteBuffer()
            let key = QuantiserKey(lane.model)
            let (used, values) = try await encoder.appendHead(block, key, to: &message)
            do {
                let message = message
                try await transportErrorsMapped {
                    try await lane.stream.send(message, tail: values)
                }
                encoding = used
            } catch let error as VigieError where isRefusal(error) {
                refuse(lane, place.lane, error)
            }
        }
        return SentBlock(
            rowCount: block.rowCount,
            encoding: encoding,
            table: options.quantisation == .automatic ? block : nil
        )
    }

    /// Opens a stream and waits until the server has accepted the header. Until then it can be
    /// repeated like a call of one message.
    private func openLane(_ columns: TableColumns) async throws -> Lane {
        let header = try RequestEncoding.header(columns, options, job)
        let context = try openingContext()
        return try await client.executor.run(Self.path, context, isSpread: true) {
            connection,
            metadata in
            let stream = client.executor.stream(
                on: connection,
                path: Self.path,
                metadata: metadata,
                deadline: deadline,
                answerTimeout: TimeAmount(client.configuration.streamIdleTimeout)
            )
            do {
                try await stream.send(header)
                return try await greeting(of: stream, columns, context)
            } catch {
                stream.cancel()
                throw error
            }
        }
    }

    /// The lane that the first answer of a stream makes of it.
    private func greeting(
        of stream: ClientStream,
        _ columns: TableColumns,
        _ context: CallContext
    ) async throws -> Lane {
        guard let answer = try await stream.next() else {
            throw VigieError.badResponse("The stream ended at once.")
        }
        let hasReasons = options.reasonCount > 0
        guard
            case .model(let model) = try ResponseDecoding.streamMessage(
                answer,
                hasReasons: hasReasons
            )
        else { throw VigieError.badResponse("The stream does not begin with a model.") }
        if let job { job.begun(try ResponseDecoding.storedBlockCount(answer)) }
        let features = try await client.features(
            of: model,
            reasonCount: options.reasonCount,
            context
        )
        return Lane(stream: stream, columns: columns, model: model, features: features)
    }

    // MARK: Quantised rows that are refused

    /// Whether a failure leaves the values to be tried.
    func isRefusal(_ error: VigieError) -> Bool {
        error.isAboutQuantiser && options.quantisation == .automatic
    }

    /// Notes that a lane's server takes no quantised rows.
    func refuse(_ lane: Lane, _ index: Int, _ error: VigieError) {
        client.quantisers.noteAbsence(QuantiserKey(lane.model), error)
        with { $0.laneRefused(index) }
    }

    /// Turns failures of the transport into the client's error.
    func transportErrorsMapped<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as ClientCallError {
            throw VigieError(error)
        }
    }
}
