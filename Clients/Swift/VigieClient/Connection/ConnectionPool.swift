// SPDX-License-Identifier: Apache-2.0

// The connections of a client. What to do is decided by PoolStateMachine; here
// it is done: tasks are woken, connections made and closed.

internal import GRPCTransport
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import VigieLimits

extension ClientConnection: PooledConnection {}

/// The connections of a client: made when needed, made again when lost, and waited for by a bounded
/// number of calls.
final class ConnectionPool: Sendable {
    private typealias Waiter = CheckedContinuation<ClientConnection, any Error>
    private typealias StateMachine = PoolStateMachine<
        ClientConnection, ServerTargets.Address, Waiter, ClientCallError
    >

    private let targets: ServerTargets
    /// Whether there is a connection to each address.
    private let isRoundRobin: Bool
    private let connectionCount: Int
    /// When the names were looked up last; nil while that is under way.
    private let lookedUp = Mutex<ContinuousClock.Instant?>(nil)
    /// Names that led nowhere then, where there is a connection to each address of the others.
    private let missing = Mutex<[ClientCallError]>([])
    private let tls: TLSContext
    private let limits: TransportLimits
    private let waiterLimit: Int
    let logger: Logger?
    private let state: Mutex<StateMachine>

    /// Names are not looked up anew more often: gRPC's number.
    private static let lookUpInterval = Duration.seconds(30)

    /// Number of connections, made or not.
    var size: Int { state.withLock { $0.placeCount } }

    init(_ configuration: ScoringClientConfiguration, logger: Logger?) throws {
        try configuration.check()
        let tls = configuration.tls
        do {
            self.tls = try TLSContext(
                client: ClientTLSConfiguration(
                    roots: tls.roots.source,
                    certificate: tls.clientCertificate?.certificate,
                    key: tls.clientCertificate?.key
                )
            )
        } catch {
            throw VigieError.invalidConfiguration(error.description)
        }
        let targets = ServerTargets(configuration)
        self.targets = targets
        isRoundRobin = configuration.loadBalancing == .roundRobin
        let connectionCount = configuration.connectionCount
        self.connectionCount = connectionCount
        var limits = TransportLimits()
        limits.streamWindowBytes = 8 << 20
        limits.connectionWindowBytes = 16 << 20
        limits.messageBytesMax = configuration.messageBytesMaximum
        self.limits = limits
        waiterLimit = configuration.waitingCallLimit
        self.logger = logger
        let backoff = configuration.connectionBackoff
        var places = [ServerTargets.Address?](repeating: nil, count: connectionCount)
        if isRoundRobin {
            // Names are looked up at the only place there is until they are known.
            places = targets.known.map { Self.places($0, connectionCount) } ?? [nil]
        }
        state = Mutex(
            StateMachine(
                addresses: places,
                waiterLimit: configuration.waitingCallLimit,
                backoff: Backoff(
                    initial: backoff.initialBackoff,
                    maximum: backoff.maximumBackoff,
                    multiplier: backoff.backoffMultiplier
                )
            )
        )
    }

    /// The places of connections to addresses: as many of each as there may be.
    private static func places(
        _ addresses: [ServerTargets.Address],
        _ connectionCount: Int
    ) -> [ServerTargets.Address] {
        let all = (0..<connectionCount).flatMap { number in
            addresses.map { address in
                var numbered = address
                numbered.number = number
                return numbered
            }
        }
        return Array(all.prefix(TransportLimits().clientConnectionsMax))
    }

    deinit {
        for connection in state.withLock({ $0.openConnections }) { connection.close() }
    }

    // MARK: Life

    /// Begins to connect. False when this was done before.
    func start() -> Bool {
        guard let attempts = state.withLock({ $0.start(now: .now) }) else { return false }
        for attempt in attempts { make(attempt) }
        return true
    }

    /// Takes no more calls; connections close as their calls finish.
    func close() {
        let (waiters, connections) = state.withLock { $0.close() }
        for waiter in waiters { waiter.resume(throwing: Self.closedError) }
        for connection in connections { connection.drain() }
    }

    /// Ends all calls.
    func closeNow() {
        close()
        for connection in state.withLock({ $0.openConnections }) { connection.close() }
    }

    /// Waits until all connections are closed.
    func waitUntilClosed() async {
        for connection in state.withLock({ $0.openConnections }) {
            try? await connection.closeFuture.get()
        }
    }

    // MARK: Leasing

    /// Gives a connection that takes calls; makes one if there is none.
    ///
    /// - Parameters:
    ///   - deadline: When the call must be answered.
    ///   - isSpread: Whether it is one of several calls that are to be on as many connections.
    /// - Throws: `ClientCallError` when none can be made, `VigieError` when the client is closed or
    ///   too many wait, `CancellationError`.
    func connection(
        deadline: NIODeadline,
        isSpread: Bool = false
    ) async throws -> ClientConnection {
        switch state.withLock({ $0.lease(isSpread: isSpread) }) {
        case .connection(let connection): return connection
        case .refused(.closed): throw Self.closedError
        case .refused(.full): throw fullError
        case .wait(let ticket): return try await wait(ticket, deadline)
        }
    }

    private func wait(
        _ ticket: StateMachine.Ticket,
        _ deadline: NIODeadline
    ) async throws -> ClientConnection {
        let expiry = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(deadline: deadline) {
            self.giveUp(ticket, self.lateError)
        }
        defer { expiry.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let now = ContinuousClock.now
                let end = now + deadline.remaining
                let wait = state.withLock {
                    $0.enqueue(waiter, ticket, now: now, deadline: end)
                }
                switch wait {
                case .connection(let connection): waiter.resume(returning: connection)
                case .closed: waiter.resume(throwing: Self.closedError)
                case .givenUp:
                    // By the one or the other, before there was anyone to tell.
                    let isLate = !Task.isCancelled
                    waiter.resume(throwing: isLate ? lateError : CancellationError())
                case .hopeless(let attempts):
                    for attempt in attempts { make(attempt) }
                    let failures = state.withLock { $0.circumstances.failures }
                    waiter.resume(throwing: combined(failures))
                case .queued(let attempts):
                    for attempt in attempts { make(attempt) }
                }
            }
        } onCancel: {
            giveUp(ticket, CancellationError())
        }
    }

    private func giveUp(_ ticket: StateMachine.Ticket, _ error: any Error) {
        state.withLock { $0.giveUp(ticket) }?.resume(throwing: error)
    }

    private var lateError: ClientCallError {
        let (isStarted, failures) = state.withLock { $0.circumstances }
        let last = failures.isEmpty ? nil : combined(failures)
        let why = isStarted ? last?.status.message : "the client is not running; call run()"
        let text = "no connection to \(targets.description) before the deadline"
        return ClientCallError(
            .cannotConnect,
            GRPCStatus(.deadlineExceeded, why.map { "\(text): \($0)" } ?? text),
            failure: last?.failure ?? (isStarted ? .timedOut : nil),
            detail: last?.detail
        )
    }

    /// Why there is no connection.
    private func combined(_ failures: [ClientCallError]) -> ClientCallError {
        .combining(failures + missing.withLock(\.self))
    }

    private var fullError: VigieError {
        VigieError(
            code: .resourceExhausted,
            reason: VigieError.ClientReason.queueFull,
            message: "\(waiterLimit) calls wait for a connection to the server already "
                + "(waitingCallLimit); is the client running?"
        )
    }

    private static var closedError: VigieError {
        VigieError(
            code: .failedPrecondition,
            reason: VigieError.ClientReason.clientClosed,
            message: "The client was closed."
        )
    }

    // MARK: Connecting

    private func make(_ attempt: StateMachine.Attempt) {
        Task { [weak self] in
            if attempt.delay > .zero { try? await Task.sleep(for: attempt.delay) }
            await self?.connect(attempt)
        }
    }

    private func connect(_ attempt: StateMachine.Attempt) async {
        guard state.withLock({ $0.isWanted(attempt) }) else { return }
        do throws(ClientCallError) {
            var found = ServerTargets.Found(addresses: attempt.address.map { [$0] } ?? [])
            if attempt.address == nil {
                found = try await targets.lookUp()
                if isRoundRobin { return spread(over: found) }
            }
            let connection = try await ClientConnection.connect(
                toFirstOf: found.addresses.map { targets.target($0) },
                missing: found.missing,
                tls: tls,
                limits: limits,
                eventLoop: MultiThreadedEventLoopGroup.singleton.next()
            )
            logger?.debug("connected", metadata: ["server": "\(connection.target.description)"])
            install(connection, at: attempt.place)
        } catch {
            fail(attempt, error)
        }
    }

    private func fail(_ attempt: StateMachine.Attempt, _ error: ClientCallError) {
        logger?.info(
            "cannot connect",
            metadata: [
                "server": "\(attempt.address?.server.description ?? targets.description)",
                "error": "\(error.status.message)", "cause": "\(error.failure?.rawValue ?? "")",
                "detail": "\(error.detail ?? "")",
            ]
        )
        let chance = Double.random(in: 0.8...1.2)
        let consequence = state.withLock { state in
            state.failed(error, at: attempt.place, now: .now, chance: chance)
        }
        for waiter in consequence.waiters {
            if let connection = consequence.connection {
                waiter.resume(returning: connection)
            } else {
                waiter.resume(throwing: combined(consequence.failures))
            }
        }
        if let attempt = consequence.attempt { make(attempt) }
        lookUpAgain()
    }

    private func install(_ connection: ClientConnection, at place: Int) {
        let (waiters, isUnwanted) = state.withLock {
            $0.connected(connection, at: place, now: .now)
        }
        let id = ObjectIdentifier(connection)
        connection.endingFuture.whenComplete { [weak self, weak connection] _ in
            self?.ended(id, isToldOfPings: connection?.isToldOfPings ?? false)
        }
        connection.closeFuture.whenComplete { [weak self] _ in
            self?.logger?.debug("connection closed")
            self?.state.withLock { $0.closed(id) }
        }
        for waiter in waiters { waiter.resume(returning: connection) }
        if isUnwanted { connection.drain() }
    }

    /// A connection takes no more calls.
    private func ended(_ id: ObjectIdentifier, isToldOfPings: Bool) {
        if isToldOfPings {
            targets.doubleKeepaliveTime()
            logger?.warning("the server is asked too often whether it is there; half as often now")
        }
        if let attempt = state.withLock({ $0.ended(id, now: .now) }) { make(attempt) }
        lookUpAgain()
    }

    // MARK: Addresses

    /// The addresses are known.
    private func spread(over found: ServerTargets.Found) {
        lookedUp.withLock { $0 = .now }
        missing.withLock { $0 = found.missing }
        let places = Self.places(found.addresses, connectionCount)
        let resolution = state.withLock { $0.resolved(places, now: .now) }
        logger?.debug("addresses", metadata: ["count": "\(found.addresses.count)"])
        if let connection = resolution.connection {
            for waiter in resolution.waiters { waiter.resume(returning: connection) }
        }
        for attempt in resolution.attempts { make(attempt) }
        for connection in resolution.unwanted { connection.drain() }
    }

    /// Looks the names up anew since something has changed, unless that was done but now. With one
    /// connection to whichever address each attempt looks them up.
    private func lookUpAgain() {
        guard isRoundRobin, targets.known == nil else { return }
        let isDue = lookedUp.withLock { last in
            guard let then = last, then.duration(to: .now) >= Self.lookUpInterval else {
                return false
            }
            last = nil
            return true
        }
        guard isDue else { return }
        Task { [weak self] in
            guard let targets = self?.targets else { return }
            if let found = try? await targets.lookUp() {
                self?.spread(over: found)
            } else {
                self?.lookedUp.withLock { $0 = .now }
            }
        }
    }
}
