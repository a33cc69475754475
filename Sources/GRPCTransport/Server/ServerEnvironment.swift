// SPDX-License-Identifier: Apache-2.0

// What all connections of a server share.

internal import Logging
internal import Synchronization
package import VigieLimits

/// How a server listens and what it serves with.
package struct ServerConfiguration: Sendable {
    /// Host name or address to listen on.
    package var host: String
    /// Port to listen on; 0 picks a free one.
    package var port: Int
    /// Certificate, key and CAs.
    package var tls: ServerTLSConfiguration
    /// Limits and timeouts.
    package var limits: TransportLimits
    /// Number of event loops, each with its own thread and listener.
    package var eventLoopCount: Int

    /// Makes a configuration.
    package init(
        host: String = "127.0.0.1",
        port: Int = 7443,
        tls: ServerTLSConfiguration,
        limits: TransportLimits = TransportLimits(),
        eventLoopCount: Int
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.limits = limits
        self.eventLoopCount = eventLoopCount
    }
}

/// What all connections of a server share; read-only but for two counters.
final class ServerEnvironment: Sendable {
    let limits: TransportLimits
    let tls: TLSContext
    let logger: Logger
    let paths: [[UInt8]]
    let isUnary: [Bool]
    let handlerMakers: [@Sendable (ServerCall) -> any CallHandler]
    let assemblyBudget: MemoryBudget
    let connectionCount = Atomic<Int>(0)

    init(
        limits: TransportLimits,
        tls: TLSContext,
        routes: [MethodRoute],
        logger: Logger
    ) {
        self.limits = limits
        self.tls = tls
        self.logger = logger
        self.paths = routes.map { Array($0.path.utf8) }
        self.isUnary = routes.map { !$0.clientStreaming }
        self.handlerMakers = routes.map(\.makeHandler)
        self.assemblyBudget = MemoryBudget(limit: limits.assemblyBytesMax)
    }

    /// Index of the route of a path. A handful of routes: comparing lengths
    /// first beats hashing, and makes no String.
    func routeIndex(of path: UnsafeRawBufferPointer) -> Int? {
        for (index, candidate) in paths.enumerated()
        where candidate.count == path.count && candidate.elementsEqual(path) {
            return index
        }
        return nil
    }
}
