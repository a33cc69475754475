// SPDX-License-Identifier: Apache-2.0

// The server: an event loop for each core, and a socket that listens for each address. Connections
// go to the loops in turn, and no call ever changes its thread.

package import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Telemetry
internal import Turns
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#endif

/// What a server holds at a moment, and how much it may.
package struct ServerHoldings: Sendable {
    /// Open connections whose handshake is over.
    package let connections: Int
    /// Most that may be open.
    package let connectionsMax: Int
    /// Connections whose handshake is not over.
    package let handshakes: Int
    /// Most of them.
    package let handshakesMax: Int
    /// Bytes of requests.
    package let requestBytes: Int
    /// Most of them.
    package let requestBytesMax: Int
    /// Bytes of work on requests and of answers.
    package let answerBytes: Int
    /// Most of them.
    package let answerBytesMax: Int
}

/// A gRPC server over TLS.
package final class GRPCServer: Sendable {
    private let configuration: ServerConfiguration
    private let environment: ServerEnvironment
    private let group: MultiThreadedEventLoopGroup
    private let state = Mutex(State())

    private struct State {
        var listeners: [Listener] = []
        var loops: [NIOLoopBound<ServerLoop>] = []
    }

    /// Reads the certificate and key. Nothing listens yet.
    ///
    /// - Throws: `TLSError` when a file cannot be used.
    package init(
        configuration: ServerConfiguration,
        routes: [MethodRoute],
        logger: Logger
    ) throws {
        self.configuration = configuration
        self.environment = ServerEnvironment(
            limits: configuration.limits,
            tls: try ServerCertificates(configuration.tls),
            gate: configuration.gate,
            routes: routes,
            // Half as many as loops: what is unpacked has work of theirs to follow.
            workers: WorkerPool(
                threadCount: (configuration.eventLoopCount + 1) / 2,
                limits: TurnLimits(
                    workMax: configuration.limits.unpackedMessagesMax,
                    shareWorkMax: configuration.limits.connectionUnpackedMessagesMax
                )
            ),
            counters: configuration.counters,
            observer: configuration.observer,
            web: configuration.web,
            compressesAnswers: configuration.compressesAnswers,
            residentBytes: configuration.residentBytes,
            isServing: configuration.isServing,
            proxies: configuration.proxies,
            readsProxyHeaders: configuration.readsProxyHeaders,
            loopCount: configuration.eventLoopCount,
            logger: logger
        )
        self.group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoopCount)
    }

    /// Listens on all addresses of the configuration's host.
    ///
    /// - Returns: the port, which the system picked if the configuration says 0.
    /// - Throws: when the address cannot be resolved or is in use.
    package func start() async throws -> Int {
        let sockets = try ListeningSocket.listening(
            host: configuration.host,
            port: configuration.port,
            backlog: environment.limits.listenBacklog
        )
        try await start(on: sockets)
        return sockets.first?.port ?? configuration.port
    }

    /// Serves what connects to sockets, which are the server's from then on.
    package func start(on sockets: [ListeningSocket]) async throws {
        environment.workers.start()
        var loops: [ObjectIdentifier: NIOLoopBound<ServerLoop>] = [:]
        let eventLoops = Array(group.makeIterator())
        for eventLoop in eventLoops {
            let loop = try await eventLoop.submit { [environment] in
                let loop = ServerLoop(environment: environment, eventLoop: eventLoop)
                loop.start()
                return NIOLoopBound(loop, eventLoop: eventLoop)
            }.get()
            let look = try await SocketLook.open(on: eventLoop)
            try await eventLoop.submit { loop.value.turn.look = look.value }.get()
            loops[ObjectIdentifier(eventLoop)] = loop
            state.withLock { $0.loops.append(loop) }
        }
        for (index, socket) in sockets.enumerated() {
            let eventLoop = eventLoops[index % eventLoops.count]
            let channel = try await accept(from: socket, on: eventLoop, for: loops)
            state.withLock {
                $0.listeners.append(Listener(socket: socket, channel: channel))
            }
        }
    }

    /// What the server holds at the moment.
    package var holdings: ServerHoldings {
        ServerHoldings(
            connections: environment.slots.count - environment.slots.handshakeCount,
            connectionsMax: environment.limits.connectionsMax,
            handshakes: environment.slots.handshakeCount,
            handshakesMax: environment.limits.handshakesMax,
            requestBytes: environment.assemblyBudget.usedBytes,
            requestBytesMax: environment.assemblyBudget.limit,
            answerBytes: environment.answerBudget.usedBytes,
            answerBytesMax: environment.answerBudget.limit
        )
    }

    /// Reads the certificates and keys again, for connections that come from now on. Those that
    /// cannot be used change nothing.
    ///
    /// - Throws: `TLSError` when a file cannot be used.
    package func reloadCertificates() throws(TLSError) {
        try environment.tls.reload()
    }

    /// Takes no more connections, lets calls finish for as long as `timeout`, and ends those that
    /// are left with UNAVAILABLE.
    ///
    /// - Parameter isHandedOver: Whether another process has the sockets and takes what comes.
    package func shutdownGracefully(timeout: Duration, isHandedOver: Bool = false) async {
        let (listeners, loops) = state.withLock { state in
            defer { state = State() }
            return (state.listeners, state.loops)
        }
        await Listener.stop(listeners, isHandedOver: isHandedOver, loops: loops.map(\.eventLoop))
        // All at once: none is to wait for the last call of another.
        let drains = loops.map { loop in loop.eventLoop.flatSubmit { loop.value.drain() } }
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                for drain in drains { try? await drain.get() }
            }
            tasks.addTask {
                guard (try? await Task.sleep(for: timeout)) != nil else { return }
                for loop in loops { loop.eventLoop.execute { loop.value.endCalls() } }
                // For what is told to be sent.
                guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
                for loop in loops { loop.eventLoop.execute { loop.value.closeAll() } }
            }
            await tasks.next()
            tasks.cancelAll()
        }
        try? await group.shutdownGracefully()
        await environment.workers.stop()
    }

    private func accept(
        from socket: ListeningSocket,
        on eventLoop: any EventLoop,
        for loops: [ObjectIdentifier: NIOLoopBound<ServerLoop>]
    ) async throws -> any Channel {
        let limits = environment.limits
        let high = limits.connectionOutboundBytesMax
        var bootstrap = ServerBootstrap(group: eventLoop, childGroup: group)
            .serverChannelOption(.maxMessagesPerRead, value: 64)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: high / 2, high: high))
            // What is read at a time, of small frames, takes milliseconds as it is.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: min(2 << 10, limits.readBytesMax),
                    initial: min(4 << 10, limits.readBytesMax),
                    maximum: limits.readBytesMax
                )
            )
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let loop = loops[ObjectIdentifier(channel.eventLoop)] else {
                        throw ChannelError.inappropriateOperationForState
                    }
                    let reserve = DescriptorReserve(loop: loop.value)
                    try channel.pipeline.syncOperations.addHandler(reserve)
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let loop = loops[ObjectIdentifier(channel.eventLoop)] else {
                        throw ChannelError.inappropriateOperationForState
                    }
                    try loop.value.accept(channel)
                }
            }
        if socket.path == nil {
            bootstrap =
                bootstrap
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                // What is sent to a peer that is gone without a word is given up in time.
                .childChannelOption(
                    .tcpOption(.init(rawValue: TCP_USER_TIMEOUT)),
                    value: limits.unacknowledgedMilliseconds
                )
                // A peer without a call is not sent a PING: its system is asked.
                .childChannelOption(.socketOption(.so_keepalive), value: 1)
                .childChannelOption(
                    .tcpOption(.init(rawValue: TCP_KEEPIDLE)),
                    value: limits.keepaliveSeconds
                )
                .childChannelOption(
                    .tcpOption(.init(rawValue: TCP_KEEPINTVL)),
                    value: limits.keepaliveTimeoutSeconds
                )
        }
        let descriptor = try socket.duplicate()
        let channel = try await bootstrap.withBoundSocket(descriptor).get()
        // NIO has listened with a length of its own.
        _ = listen(descriptor, Int32(clamping: limits.listenBacklog))
        return channel
    }
}
