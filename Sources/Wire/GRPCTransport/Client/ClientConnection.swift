// SPDX-License-Identifier: Apache-2.0

// One connection to a gRPC server, as its callers see it.

package import NIOCore
internal import NIOPosix
internal import Synchronization
package import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#endif

/// Where a client connects, and as whom it greets.
package struct ClientTarget: Sendable {
    /// Host name or address.
    package var host: String
    /// Port.
    package var port: Int
    /// The name that the server's certificate must carry.
    package var serverName: String
    /// Time for the connection, TLS included.
    package var connectTimeout: TimeAmount

    /// Makes a target.
    package init(host: String, port: Int, serverName: String, connectTimeout: TimeAmount) {
        self.host = host
        self.port = port
        self.serverName = serverName
        self.connectTimeout = connectTimeout
    }

    /// The target as URLs write it.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(name):\(port)"
    }
}

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
    /// - Throws: `ClientCallError` of kind `cannotConnect` or `tlsFailed`.
    package static func connect(
        to target: ClientTarget,
        tls: TLSContext,
        limits: TransportLimits,
        eventLoop: any EventLoop
    ) async throws -> ClientConnection {
        let shared = ClientConnectionState()
        let connected = eventLoop.makePromise(of: Void.self)
        let timeout = target.connectTimeout
        let outboundBytes = limits.connectionOutboundBytesMax
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(timeout)
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
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let engine = try TLSEngine.client(
                        tls,
                        serverName: target.serverName,
                        allocator: channel.allocator
                    )
                    let handler = ClientConnectionHandler(
                        engine: engine,
                        authority: target.authority,
                        limits: limits,
                        shared: shared,
                        connected: connected
                    )
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        let channel: any Channel
        do {
            channel = try await bootstrap.connect(host: target.host, port: target.port).get()
        } catch {
            let failure = connectFailure(target, error)
            connected.fail(failure)
            throw failure
        }
        let late = eventLoop.scheduleTask(in: timeout) {
            let text = "\(target.authority) accepts connections but did not greet over TLS in time"
            connected.fail(ClientCallError(.cannotConnect, GRPCStatus(.unavailable, text)))
            channel.close(promise: nil)
        }
        // On the event loop, not when this task gets a thread again: that may be too late.
        connected.futureResult.whenComplete { _ in late.cancel() }
        try await connected.futureResult.get()
        let handler = try await eventLoop.submit {
            try NIOLoopBound(
                channel.pipeline.syncOperations.handler(type: ClientConnectionHandler.self),
                eventLoop: eventLoop
            )
        }.get()
        return ClientConnection(channel: channel, handler: handler, shared: shared, limits: limits)
    }

    private static func connectFailure(_ target: ClientTarget, _ error: any Error)
        -> ClientCallError
    {
        if let error = error as? TLSError {
            return ClientCallError(.tlsFailed, GRPCStatus(.unavailable, error.description))
        }
        let reason = (error as? NIOConnectionError)?.connectionErrors.first?.error ?? error
        let text = "cannot connect to \(target.authority): \(reason)"
        return ClientCallError(.cannotConnect, GRPCStatus(.unavailable, text))
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
