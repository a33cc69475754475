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
    private typealias StateMachine = PoolStateMachine<ClientConnection, Waiter, ClientCallError>

    private let target: ClientTarget
    private let tls: TLSContext
    private let limits: TransportLimits
    private let waiterLimit: Int
    private let logger: Logger?
    private let state: Mutex<StateMachine>

    /// gRPC's own numbers for making a connection again but for the limits: calls wait for the next
    /// attempt, and have ten seconds by default.
    private static let firstBackoff = Backoff(
        initial: .milliseconds(100),
        maximum: .seconds(5),
        multiplier: 1.6
    )

    /// Number of connections, made or not.
    let size: Int

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
        target = ClientTarget(
            host: configuration.host,
            port: configuration.port,
            serverName: tls.serverName ?? configuration.host,
            connectTimeout: TimeAmount(configuration.connectTimeout)
        )
        var limits = TransportLimits()
        limits.streamWindowBytes = 8 << 20
        limits.connectionWindowBytes = 16 << 20
        limits.messageBytesMax = configuration.messageBytesMaximum
        self.limits = limits
        waiterLimit = configuration.waitingCallLimit
        self.logger = logger
        size = configuration.connectionCount
        state = Mutex(
            StateMachine(
                placeCount: configuration.connectionCount,
                waiterLimit: configuration.waitingCallLimit,
                backoff: Self.firstBackoff
            )
        )
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
    /// - Throws: `ClientCallError` when none can be made, `VigieError` when the client is closed or
    ///   too many wait, `CancellationError`.
    func connection(deadline: NIODeadline) async throws -> ClientConnection {
        switch state.withLock({ $0.lease() }) {
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
            self.giveUp(ticket, self.lateError(ticket))
        }
        defer { expiry.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                switch state.withLock({ $0.enqueue(waiter, ticket, now: .now) }) {
                case .connection(let connection): waiter.resume(returning: connection)
                case .closed: waiter.resume(throwing: Self.closedError)
                case .givenUp:
                    // By the one or the other, before there was anyone to tell.
                    let isLate = !Task.isCancelled
                    waiter.resume(throwing: isLate ? lateError(ticket) : CancellationError())
                case .queued(let attempt):
                    if let attempt { make(attempt) }
                }
            }
        } onCancel: {
            giveUp(ticket, CancellationError())
        }
    }

    private func giveUp(_ ticket: StateMachine.Ticket, _ error: any Error) {
        state.withLock { $0.giveUp(ticket) }?.resume(throwing: error)
    }

    private func lateError(_ ticket: StateMachine.Ticket) -> ClientCallError {
        let (isStarted, last) = state.withLock { $0.circumstances(of: ticket) }
        let why = isStarted ? last?.status.message : "the client is not running; call run()"
        let text = "no connection to \(target.authority) before the deadline"
        return ClientCallError(
            .cannotConnect,
            GRPCStatus(.deadlineExceeded, why.map { "\(text): \($0)" } ?? text),
            failure: last?.failure ?? (isStarted ? .timedOut : nil),
            detail: last?.detail
        )
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
        do {
            let connection = try await ClientConnection.connect(
                to: target,
                tls: tls,
                limits: limits,
                eventLoop: MultiThreadedEventLoopGroup.singleton.next()
            )
            logger?.debug("connected", metadata: ["server": "\(target.authority)"])
            install(connection, at: attempt.place)
        } catch {
            logger?.info(
                "cannot connect",
                metadata: [
                    "server": "\(target.authority)", "error": "\(error.status.message)",
                    "cause": "\(error.failure?.rawValue ?? "")",
                    "detail": "\(error.detail ?? "")",
                ]
            )
            let chance = Double.random(in: 0.8...1.2)
            let waiters = state.withLock { state in
                state.failed(error, at: attempt.place, now: .now, chance: chance)
            }
            for waiter in waiters { waiter.resume(throwing: error) }
        }
    }

    private func install(_ connection: ClientConnection, at place: Int) {
        let (waiters, isUnwanted) = state.withLock { $0.connected(connection, at: place) }
        let id = ObjectIdentifier(connection)
        connection.closeFuture.whenComplete { [weak self] _ in
            self?.logger?.debug("connection closed")
            self?.state.withLock { $0.closed(id) }
        }
        for waiter in waiters { waiter.resume(returning: connection) }
        if isUnwanted { connection.drain() }
    }
}
