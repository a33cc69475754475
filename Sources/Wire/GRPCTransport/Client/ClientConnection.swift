// SPDX-License-Identifier: Apache-2.0

// One connection to a gRPC server, as its callers see it.

package import NIOCore
internal import NIOPosix
internal import Synchronization
package import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#endif

/// What is known of a connection outside of its event loop.
final class ClientConnectionState: Sendable {
    private struct State {
        var takesCalls = true
        var commands: [ClientCommand] = []
    }

    private let state = Mutex(State())

    /// Whether new calls may be begun.
    var takesCalls: Bool { state.withLock { $0.takesCalls } }

    /// Notes that no new calls may be begun.
    func stopTakingCalls() { state.withLock { $0.takesCalls = false } }

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
    private let channel: any Channel
    private let handler: NIOLoopBound<ClientConnectionHandler>
    private let shared: ClientConnectionState
    private let limits: TransportLimits

    private init(
        channel: any Channel,
        handler: NIOLoopBound<ClientConnectionHandler>,
        shared: ClientConnectionState,
        limits: TransportLimits
    ) {
        self.channel = channel
        self.handler = handler
        self.shared = shared
        self.limits = limits
    }

    /// Connects, and waits until the server has greeted.
    ///
    /// - Throws: `ClientCallError` of kind `cannotConnect` or `tlsFailed`, and nothing else.
    package static func connect(
        to target: ClientTarget,
        tls: TLSContext,
        limits: TransportLimits,
        eventLoop: any EventLoop
    ) async throws(ClientCallError) -> ClientConnection {
        let shared = ClientConnectionState()
        let greeted = eventLoop.makePromise(of: NIOLoopBound<ClientConnectionHandler>.self)
        let end = NIODeadline.now() + target.connectTimeout
        let bootstrap = bootstrap(eventLoop, target, limits).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let engine = try TLSEngine.client(
                    tls,
                    serverName: target.serverName,
                    allocator: channel.allocator
                )
                let handler = ClientConnectionHandler(
                    engine: engine,
                    target: target,
                    limits: limits,
                    shared: shared,
                    greeted: greeted
                )
                try channel.pipeline.syncOperations.addHandler(handler)
            }
        }
        do {
            let channel = try await bootstrap.connect(host: target.host, port: target.port).get()
            let late = eventLoop.scheduleTask(deadline: end) {
                greeted.fail(
                    ClientCallError.cannotConnect(
                        .timedOut,
                        "\(target.authority) accepts connections but did not greet over TLS in time"
                    )
                )
                channel.close(promise: nil)
            }
            // On the event loop, not when this task gets a thread again: that may be too late.
            greeted.futureResult.whenComplete { _ in late.cancel() }
            return ClientConnection(
                channel: channel,
                handler: try await greeted.futureResult.get(),
                shared: shared,
                limits: limits
            )
        } catch {
            let failure = ClientCallError.cannotConnect(target, error)
            greeted.fail(failure)
            throw failure
        }
    }

    private static func bootstrap(
        _ eventLoop: any EventLoop,
        _ target: ClientTarget,
        _ limits: TransportLimits
    ) -> ClientBootstrap {
        let outboundBytes = limits.connectionOutboundBytesMax
        return ClientBootstrap(group: eventLoop)
            .connectTimeout(target.connectTimeout)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            // A peer that is gone without a word is noticed after this many milliseconds.
            .channelOption(.tcpOption(.init(rawValue: TCP_USER_TIMEOUT)), value: 20_000)
            .channelOption(
                .writeBufferWaterMark,
                value: .init(low: outboundBytes / 2, high: outboundBytes)
            )
            .channelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 2 << 10,
                    initial: 4 << 10,
                    maximum: 256 << 10
                )
            )
    }

    /// Whether new calls may be begun.
    package var takesCalls: Bool { shared.takesCalls }

    /// Succeeds when the connection is closed.
    package var closeFuture: EventLoopFuture<Void> { channel.closeFuture }

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
    /// - Returns: The stream, to be used by one sender and one reader.
    package func stream(
        path: String,
        metadata: [(name: String, value: String)] = [],
        deadline: NIODeadline? = nil,
        answerTimeout: TimeAmount? = nil
    ) -> ClientStream {
        let stream = ClientStream(connection: self)
        let call = ClientCall(
            path: path,
            metadata: metadata,
            deadline: deadline,
            answerTimeout: answerTimeout,
            messageBytesMax: limits.messageBytesMax,
            receiver: stream
        )
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
