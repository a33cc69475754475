// SPDX-License-Identifier: Apache-2.0

// What all connections of a server share.

internal import Logging
internal import Synchronization
package import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#endif

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
    let routes: [MethodRoute]
    private let paths: [StaticPath]
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
        self.routes = routes
        self.paths = routes.map { StaticPath($0.path) }
        self.assemblyBudget = MemoryBudget(limit: limits.assemblyBytesMax)
    }

    /// Index of the route of a path. A handful of routes: comparing lengths
    /// first beats hashing, and makes no String.
    func routeIndex(of path: UnsafeRawBufferPointer) -> Int? {
        for index in paths.indices where paths[index].isEqual(path) { return index }
        return nil
    }
}

/// A path in memory that is never given back: servers have the same few routes for as long as
/// the process lives.
private struct StaticPath: @unchecked Sendable {
    private let bytes: UnsafeMutableRawBufferPointer

    init(_ path: String) {
        bytes = .allocate(byteCount: path.utf8.count, alignment: 1)
        bytes.copyBytes(from: path.utf8)
    }

    func isEqual(_ path: UnsafeRawBufferPointer) -> Bool {
        guard path.count == bytes.count, let left = path.baseAddress,
            let right = bytes.baseAddress
        else { return false }
        return memcmp(left, right, path.count) == 0
    }
}
