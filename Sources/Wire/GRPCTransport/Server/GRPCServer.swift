// SPDX-License-Identifier: Apache-2.0

// The server: an event loop and a listener for each core. The kernel spreads
// connections over the listeners, and no call ever changes its thread.

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
    /// Open connections.
    package let connections: Int
    /// Most that may be open.
    package let connectionsMax: Int
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
        var listeners: [any Channel] = []
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
            compressesAnswers: configuration.compressesAnswers,
            proxies: configuration.proxies,
            readsProxyHeaders: configuration.readsProxyHeaders,
            loopCount: configuration.eventLoopCount,
            logger: logger
        )
        self.group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoopCount)
    }

    /// Listens.
    ///
    /// - Returns: the port, which the system picked if the configuration says 0.
    /// - Throws: when the address cannot be resolved or is in use.
    package func start() async throws -> Int {
        environment.workers.start()
        var port = configuration.port
        // Listeners that share a port would also share it with another server:
        // whether it is free shows only without sharing.
        if port != 0 { try await probe(port) }
        for eventLoop in Array(group.makeIterator()) {
            let loop = try await eventLoop.submit { [environment] in
                let loop = ServerLoop(environment: environment, eventLoop: eventLoop)
                loop.start()
                return NIOLoopBound(loop, eventLoop: eventLoop)
            }.get()
            let listener = try await listen(loop, on: eventLoop, port: port)
            port = listener.localAddress?.port ?? port
            state.withLock {
                $0.listeners.append(listener)
                $0.loops.append(loop)
            }
        }
        return port
    }

    /// What the server holds at the moment.
    package var holdings: ServerHoldings {
        ServerHoldings(
            connections: environment.slots.count,
            connectionsMax: environment.limits.connectionsMax,
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

    /// Takes no more connections, lets calls finish for as long as `timeout`,
    /// then closes what is left.
    package func shutdownGracefully(timeout: Duration) async {
        let (listeners, loops) = state.withLock { state in
            defer { state = State() }
            return (state.listeners, state.loops)
        }
        for listener in listeners { try? await listener.close() }
        await withTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                for loop in loops { await Self.drain(loop) }
                return true
            }
            tasks.addTask {
                try? await Task.sleep(for: timeout)
                return false
            }
            if await tasks.next() == false {
                for loop in loops { loop.eventLoop.execute { loop.value.closeAll() } }
            }
            tasks.cancelAll()
        }
        try? await group.shutdownGracefully()
        await environment.workers.stop()
    }

    private static func drain(_ loop: NIOLoopBound<ServerLoop>) async {
        try? await loop.eventLoop.flatSubmit { loop.value.drain() }.get()
    }

    private func probe(_ port: Int) async throws {
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Clients that come at this moment are turned away, not left unanswered.
            .serverChannelOption(.autoRead, value: false)
            .bind(host: configuration.host, port: port)
            .get()
        try await channel.close()
    }

    private func listen(
        _ loop: NIOLoopBound<ServerLoop>,
        on eventLoop: any EventLoop,
        port: Int
    ) async throws -> any Channel {
        let limits = environment.limits
        let high = limits.connectionOutboundBytesMax
        return try await ServerBootstrap(group: eventLoop)
            .serverChannelOption(.backlog, value: Int32(clamping: limits.listenBacklog))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.socketOption(.init(rawValue: SO_REUSEPORT)), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // What is sent to a peer that is gone without a word is given up in time.
            .childChannelOption(
                .tcpOption(.init(rawValue: TCP_USER_TIMEOUT)),
                value: limits.unacknowledgedMilliseconds
            )
            .childChannelOption(.writeBufferWaterMark, value: .init(low: high / 2, high: high))
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 2 << 10,
                    initial: 4 << 10,
                    maximum: 256 << 10
                )
            )
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let guardian = DescriptorReserve(loop: loop.value)
                    try channel.pipeline.syncOperations.addHandler(guardian)
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try loop.value.accept(channel) }
            }
            .bind(host: configuration.host, port: port)
            .get()
    }
}
