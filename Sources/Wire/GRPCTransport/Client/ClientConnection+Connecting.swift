// SPDX-License-Identifier: Apache-2.0

// How a connection is made: to one address, or to the first of several that
// greets.

package import NIOCore
internal import NIOPosix
internal import Synchronization
package import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#endif

extension ClientConnection {
    /// Connects, and waits until the server has greeted. A task that is cancelled waits no more.
    ///
    /// - Throws: `ClientCallError` of kind `cannotConnect` or `tlsFailed`, and nothing else.
    package static func connect(
        to target: ClientTarget,
        tls: TLSContext,
        limits: TransportLimits,
        eventLoop: any EventLoop
    ) async throws(ClientCallError) -> ClientConnection {
        let shared = ClientConnectionState(eventLoop)
        let greeted = eventLoop.makePromise(of: NIOLoopBound<ClientConnectionHandler>.self)
        let made = Mutex<(any Channel)?>(nil)
        let bootstrap = bootstrap(eventLoop, target, limits).channelInitializer { channel in
            made.withLock { $0 = channel }
            greeted.futureResult.whenFailure { _ in
                // Not within whoever tells the failure: it may have an alert to send.
                eventLoop.execute { channel.close(promise: nil) }
            }
            return channel.eventLoop.makeCompletedFuture {
                let engine =
                    target.usesTLS
                    ? try TLSEngine.client(
                        tls,
                        serverName: target.serverName,
                        allocator: channel.allocator
                    ) : try TLSEngine.plain(tls, allocator: channel.allocator)
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
        greet(greeted, by: .now() + target.connectTimeout, bootstrap, target, eventLoop)
        do {
            let handler = try await withTaskCancellationHandler {
                try await greeted.futureResult.get()
            } onCancel: {
                greeted.fail(ClientCallError.cannotConnect(.other, "the attempt was given up"))
            }
            // The initializer ran before anything could greet.
            guard let channel = made.withLock({ $0 }) else { throw ChannelError.alreadyClosed }
            return ClientConnection(
                target: target,
                channel: channel,
                handler: handler,
                shared: shared,
                limits: limits
            )
        } catch {
            shared.stopTakingCalls()
            var failure = ClientCallError.cannotConnect(target, error)
            failure.address = target.description
            throw failure
        }
    }

    /// Connects to the first of several targets that greets. Each is tried when those before have
    /// failed, or have taken a while: "Happy Eyeballs", RFC 8305.
    ///
    /// - Parameter missing: Names that led to no target, for the error.
    /// - Throws: `ClientCallError` of kind `cannotConnect` or `tlsFailed`, and nothing else.
    package static func connect(
        toFirstOf targets: [ClientTarget],
        missing: [ClientCallError] = [],
        tls: TLSContext,
        limits: TransportLimits,
        eventLoop: any EventLoop
    ) async throws(ClientCallError) -> ClientConnection {
        let result = await withTaskGroup(of: ConnectRace.Event.self) { group in
            var race = ConnectRace(targetCount: targets.count, missing: missing)
            var made: ClientConnection?
            var step = race.begin()
            while true {
                if let number = step, targets.indices.contains(number) {
                    group.addTask {
                        do throws(ClientCallError) {
                            return .made(
                                try await connect(
                                    to: targets[number],
                                    tls: tls,
                                    limits: limits,
                                    eventLoop: eventLoop
                                )
                            )
                        } catch {
                            return .failed(number, error)
                        }
                    }
                    group.addTask {
                        try? await Task.sleep(for: ConnectRace.delay)
                        return .late(number)
                    }
                }
                guard made == nil, !race.isLost, let event = await group.next() else { break }
                if case .made(let connection) = event { made = connection }
                step = race.take(event)
            }
            group.cancelAll()
            // Who comes second is not kept.
            for await case .made(let connection) in group { connection.close() }
            return made.map { .success($0) } ?? .failure(race.failure) as Result
        }
        return try result.get()
    }

    /// Connects over TCP or a socket in the file system; the rest is the handler's, within the
    /// same time.
    private static func greet(
        _ greeted: EventLoopPromise<NIOLoopBound<ClientConnectionHandler>>,
        by end: NIODeadline,
        _ bootstrap: ClientBootstrap,
        _ target: ClientTarget,
        _ eventLoop: any EventLoop
    ) {
        let connected =
            target.address.map { bootstrap.connect(to: $0) }
            ?? bootstrap.connect(host: target.host, port: target.port)
        connected.whenComplete { result in
            if case .failure(let error) = result {
                greeted.fail(ClientCallError.cannotConnect(target, error))
                return
            }
            let late = eventLoop.scheduleTask(deadline: end) {
                greeted.fail(
                    ClientCallError.cannotConnect(
                        .timedOut,
                        "\(target.description) accepts connections but did not greet"
                            + (target.usesTLS ? " over TLS in time" : " in time")
                    )
                )
            }
            // On the event loop, not when a task gets a thread again: that may be too late.
            greeted.futureResult.whenComplete { _ in late.cancel() }
        }
    }

    private static func bootstrap(
        _ eventLoop: any EventLoop,
        _ target: ClientTarget,
        _ limits: TransportLimits
    ) -> ClientBootstrap {
        let outboundBytes = limits.connectionOutboundBytesMax
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(target.connectTimeout)
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
        if target.isLocalSocket { return bootstrap }
        // A peer that is gone without a word while bytes are on their way is noticed after this
        // time, which is that of an answer to a ping where there are pings, as gRPC has it.
        let userTimeout = target.keepalive?.timeout ?? .seconds(20)
        let milliseconds = Int32(clamping: max(1, userTimeout.nanoseconds / 1_000_000))
        return
            bootstrap
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(
                .tcpOption(.init(rawValue: TCP_USER_TIMEOUT)),
                value: .init(milliseconds)
            )
    }
}
