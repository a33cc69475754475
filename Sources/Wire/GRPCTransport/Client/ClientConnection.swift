// SPDX-License-Identifier: Apache-2.0

// One connection to a gRPC server, as its callers see it.

package import NIOCore
internal import Synchronization
internal import VigieLimits

/// What is known of a connection outside of its event loop.
final class ClientConnectionState: Sendable {
    private struct State {
        var takesCalls = true
        var isToldOfPings = false
        var commands: [ClientCommand] = []
    }

    private let state = Mutex(State())
    private let ending: EventLoopPromise<Void>

    init(_ eventLoop: any EventLoop) {
        ending = eventLoop.makePromise()
    }

    /// Whether new calls may be begun.
    var takesCalls: Bool { state.withLock { $0.takesCalls } }

    /// Succeeds when no new calls may be begun any more.
    var endingFuture: EventLoopFuture<Void> { ending.futureResult }

    /// Whether the server has sent the client away since it pings too often.
    var isToldOfPings: Bool { state.withLock { $0.isToldOfPings } }

    /// Notes that no new calls may be begun.
    func stopTakingCalls(isToldOfPings: Bool = false) {
        let isNew = state.withLock { state in
            defer { state.takesCalls = false }
            if isToldOfPings { state.isToldOfPings = true }
            return state.takesCalls
        }
        if isNew { ending.succeed() }
    }

    /// Queues a command. Returns whether the event loop must be told: it takes all that it finds.
    func append(_ command: ClientCommand) -> Bool {
        state.withLock { state in
            state.commands.append(command)
            return state.commands.count == 1
        }
    }

    /// Takes all queued commands.
    func takeCommands() -> [ClientCommand] {
        state.withLock { state in
            var taken: [ClientCommand] = []
            swap(&taken, &state.commands)
            return taken
        }
    }
}

/// A connection to a gRPC server over TLS and HTTP/2. Any task may call.
package final class ClientConnection: Sendable {
    /// Where it leads.
    package let target: ClientTarget
    private let channel: any Channel
    private let handler: NIOLoopBound<ClientConnectionHandler>
    private let shared: ClientConnectionState
    private let limits: TransportLimits

    init(
        target: ClientTarget,
        channel: any Channel,
        handler: NIOLoopBound<ClientConnectionHandler>,
        shared: ClientConnectionState,
        limits: TransportLimits
    ) {
        self.target = target
        self.channel = channel
        self.handler = handler
        self.shared = shared
        self.limits = limits
    }

    /// Whether new calls may be begun.
    package var takesCalls: Bool { shared.takesCalls }

    /// Succeeds when the connection is closed.
    package var closeFuture: EventLoopFuture<Void> { channel.closeFuture }

    /// Succeeds when no new calls may be begun any more: the server said so, or it is closed.
    package var endingFuture: EventLoopFuture<Void> { shared.endingFuture }

    /// Whether the server has sent the client away since it pings too often.
    package var isToldOfPings: Bool { shared.isToldOfPings }

    /// Takes no new calls, lets those under way finish, then closes.
    package func drain() {
        shared.stopTakingCalls()
        submit(.drain)
    }

    /// Closes at once; calls under way end as if the connection had broken.
    package func close() {
        shared.stopTakingCalls()
        submit(.close)
    }

    /// Makes a call of one message each way.
    ///
    /// - Parameters:
    ///   - path: Path of the method, such as `/vigie.v1.ScoringService/ScoreRows`.
    ///   - message: The serialised request.
    ///   - metadata: Further request headers, names in lower case.
    ///   - deadline: When the call ends at the latest; also told to the server.
    /// - Returns: The serialised response.
    /// - Throws: `ClientCallError`, or `CancellationError` when the task was cancelled.
    package func unary(
        path: String,
        message: ByteBuffer,
        metadata: [(name: String, value: String)] = [],
        deadline: NIODeadline?
    ) async throws -> ByteBuffer {
        let receiver = UnaryReceiver(message)
        let call = ClientCall(
            path: path,
            metadata: metadata,
            deadline: deadline,
            answerTimeout: nil,
            messageBytesMax: limits.messageBytesMax,
            receiver: receiver
        )
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                receiver.install(continuation)
                submit(.start(call))
            }
        } onCancel: {
            submit(.cancel(call))
        }
    }

    /// Opens a stream of messages both ways.
    ///
    /// - Parameters:
    ///   - path: Path of the method.
    ///   - metadata: Further request headers, names in lower case.
    ///   - deadline: When the stream ends at the latest; also told to the server.
    ///   - answerTimeout: For methods that answer each message with one: the longest time that an
    ///     answer may be due.
    ///   - options: Compression, and whether to keep what the answer says of itself.
    ///   - onEnd: Told the outcome, once, on the event loop.
    /// - Returns: The stream, to be used by one sender and one reader.
    package func stream(
        path: String,
        metadata: [(name: String, value: String)] = [],
        deadline: NIODeadline? = nil,
        answerTimeout: TimeAmount? = nil,
        options: StreamOptions = StreamOptions(),
        onEnd: (@Sendable (Result<Void, any Error>) -> Void)? = nil
    ) -> ClientStream {
        let stream = ClientStream(connection: self, onEnd: onEnd)
        let call = ClientCall(
            path: path,
            metadata: metadata + options.metadata,
            deadline: deadline,
            answerTimeout: answerTimeout,
            messageBytesMax: limits.messageBytesMax,
            receiver: stream
        )
        call.deframer.acceptsPacked = options.compression
        if options.keepsAnswer { call.answer = ClientAnswer() }
        stream.begin(call)
        return stream
    }

    /// Hands a command to the event loop; one wake-up serves all that are queued by then.
    func submit(_ command: ClientCommand) {
        guard shared.append(command) else { return }
        channel.eventLoop.execute { [handler, shared] in
            handler.value.perform(shared.takeCommands())
        }
    }
}
