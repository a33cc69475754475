// SPDX-License-Identifier: Apache-2.0

// What all connections of a server share.

internal import CHTTP2Session
package import Callers
internal import Logging
package import NetworkAddresses
internal import Synchronization
package import Telemetry
internal import Turns
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
    /// Number of event loops, each with its own thread.
    package var eventLoopCount: Int
    /// Whether answers are compressed for every client that takes it, and not only for calls that
    /// come compressed.
    package var compressesAnswers = false
    /// Whether the server serves: what `GET /healthz` is answered with. Nil for no such page.
    package var isServing: (@Sendable () -> Bool)?
    /// How much of the process is in memory, in bytes: it tells of memory that nobody counts.
    /// Asked each second.
    package var residentBytes: @Sendable () -> Int = { 0 }
    /// Counts what the server does.
    package var counters = CounterRegistry()
    /// Tells callers apart; nil lets everybody call everything.
    package var gate: (any CallGate)?
    /// Where proxies are: their connections are not counted as those of one client.
    package var proxies: [AddressRange] = []
    /// Whether each connection of theirs begins with the PROXY protocol, version 2.
    package var readsProxyHeaders = false
    /// Is told of each call that is over.
    package var observer: CallObserver?
    /// Answers what is no call of gRPC; nil refuses it.
    package var web: (any WebHandler)?

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

/// What all connections of a server share; read-only but for what is counted.
final class ServerEnvironment: Sendable {
    let limits: TransportLimits
    /// What connections that come from now on are shown.
    let tls: ServerCertificates
    /// Tells callers apart.
    let gate: (any CallGate)?
    let logger: Logger
    let routes: [MethodRoute]
    /// What the headers of all requests are held to.
    nonisolated(unsafe) let headRules: vigie_head_rules
    /// Memory of requests.
    let assemblyBudget: MemoryBudget
    /// Memory of work on requests and of their answers.
    let answerBudget: MemoryBudget
    let trim: MemoryTrim
    /// Unpack compressed messages.
    let workers: WorkerPool
    /// What a packed byte takes them.
    let unpackingTimes = WorkTimes()
    let counters: CounterRegistry
    /// Number of event loops.
    let loopCount: Int
    /// Who has how many of the connections.
    let slots: ConnectionSlots
    /// For when no other is left.
    let spare = SpareDescriptor()
    /// Where proxies are.
    let proxies: [AddressRange]
    /// Whether they say first for whom they come.
    let readsProxyHeaders: Bool
    /// Is told of each call that is over.
    let observer: CallObserver?
    /// Answers what is no call of gRPC.
    let web: (any WebHandler)?
    /// Whether answers are compressed for every client that takes it.
    let compressesAnswers: Bool
    /// Whether the server serves; nil for who does not tell.
    let isServing: (@Sendable () -> Bool)?

    init(
        limits: TransportLimits,
        tls: ServerCertificates,
        gate: (any CallGate)?,
        routes: [MethodRoute],
        workers: WorkerPool,
        counters: CounterRegistry,
        observer: CallObserver? = nil,
        web: (any WebHandler)? = nil,
        compressesAnswers: Bool,
        residentBytes: @escaping @Sendable () -> Int = { 0 },
        isServing: (@Sendable () -> Bool)? = nil,
        proxies: [AddressRange] = [],
        readsProxyHeaders: Bool = false,
        loopCount: Int = 1,
        logger: Logger
    ) {
        self.loopCount = loopCount
        trim = MemoryTrim(residentBytes: residentBytes)
        slots = ConnectionSlots(limits: limits)
        self.proxies = proxies
        self.readsProxyHeaders = readsProxyHeaders
        self.isServing = isServing
        self.compressesAnswers = compressesAnswers
        self.counters = counters
        self.observer = observer
        self.web = web
        self.limits = limits
        self.workers = workers
        self.tls = tls
        self.gate = gate
        self.logger = logger
        self.routes = routes
        self.headRules = vigie_head_rules(
            byte_count_max: max(limits.headerListBytesMax, 0),
            flood_byte_count: max(limits.headerFloodBytesMax, 0),
            count_max: max(limits.headerCountMax, 0),
            paths: Self.permanent(routes.map(\.path)),
            path_count: routes.count
        )
        assemblyBudget = MemoryBudget(limit: limits.assemblyBytesMax, shares: limits.budgetShares)
        answerBudget = MemoryBudget(limit: limits.answerBytesMax, shares: limits.budgetShares)
    }

    /// Paths in memory that is never given back: servers have the same few routes for as long as
    /// the process lives.
    private static func permanent(_ paths: [String]) -> UnsafePointer<vigie_path> {
        let list = UnsafeMutablePointer<vigie_path>.allocate(capacity: paths.count)
        for (index, path) in paths.enumerated() {
            let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: path.utf8.count)
            _ = bytes.initialize(from: path.utf8)
            let entry = vigie_path(bytes: bytes.baseAddress, length: bytes.count)
            (list + index).initialize(to: entry)
        }
        return UnsafePointer(list)
    }
}
