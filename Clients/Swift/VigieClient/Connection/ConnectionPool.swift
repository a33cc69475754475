// SPDX-License-Identifier: Apache-2.0

// The connections of a client: made when needed, made again when lost, and
// waited for by a bounded number of calls.

internal import GRPCTransport
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import VigieLimits

/// The connections of a client.
///
/// Each place holds one connection. A call that finds its place empty has a connection made, or
/// waits for the one that is being made; all that wait share its outcome. After a failure the next
/// attempt of the place waits: see `Backoff`.
final class ConnectionPool: Sendable {
    private typealias Waiter = CheckedContinuation<ClientConnection, any Error>

    private struct Place {
        var connection: ClientConnection?
        var isConnecting = false
        var waiters: [Int: Waiter] = [:]
        var backoff = ConnectionPool.firstBackoff
        var notBefore = ContinuousClock.now
        var lastFailure: String?
    }

    private enum Phase {
        case notStarted
        case running
        case closed
    }

    private struct State {
        var phase = Phase.notStarted
        var places: [Place]
        var nextPlace = 0
        var nextWaiter = 0
        var waiterCount = 0
        /// Connections that finish their calls, by chance those of `places` too.
        var open: [ObjectIdentifier: ClientConnection] = [:]
    }

    private let target: ClientTarget
    private let tls: TLSContext
    private let limits: TransportLimits
    private let waiterLimit: Int
    private let logger: Logger?
    private let state: Mutex<State>

    /// gRPC's own numbers for making a connection again but for the limits: calls wait for the next
    /// attempt, and have ten seconds by default.
    private static let firstBackoff = Backoff(
        initial: .milliseconds(100),
        maximum: .seconds(5),
        multiplier: 1.6
    )

    init(_ configuration: ScoringClientConfiguration, logger: Logger?) throws {
        let tls = configuration.tls
        var files = ClientTLSConfiguration()
        if case .file(let path) = tls.roots { files.caPath = path }
        files.certificatePath = tls.clientCertificate?.certificateFile
        files.keyPath = tls.clientCertificate?.keyFile
        do {
            self.tls = try TLSContext(client: files)
        } catch {
            throw VigieError(
                code: .invalidArgument,
                reason: VigieError.ClientReason.invalidConfiguration,
                message: error.description
            )
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
        let count = max(1, configuration.connectionCount)
        state = Mutex(State(places: Array(repeating: Place(), count: count)))
    }

    deinit {
        for connection in state.withLock({ $0.open.values }) { connection.close() }
    }

    /// Number of connections, made or not.
    var size: Int { state.withLock { $0.places.count } }

    // MARK: Life

    /// Begins to connect. False when this was done before.
    func start() -> Bool {
        let isFirst = state.withLock { state in
            guard state.phase != .running else { return false }
            if state.phase == .notStarted { state.phase = .running }
            return true
        }
        guard isFirst else { return false }
        for index in 0..<size { connectIfNeeded(index) }
        return true
    }

    /// Takes no more calls; connections close as their calls finish.
    func close() {
        let (waiters, connections) = state.withLock { state in
            state.phase = .closed
            let waiters = state.places.indices.flatMap { takeWaiters(&state, $0) }
            return (waiters, Array(state.open.values))
        }
        for waiter in waiters { waiter.resume(throwing: Self.closedError) }
        for connection in connections { connection.drain() }
    }

    /// Ends all calls.
    func closeNow() {
        close()
        for connection in state.withLock({ $0.open.values }) { connection.close() }
    }

    /// Waits until all connections are closed.
    func waitUntilClosed() async {
        for connection in state.withLock({ Array($0.open.values) }) {
            try? await connection.closeFuture.get()
        }
    }

    // MARK: Leasing

    /// Gives a connection that takes calls; makes one if there is none.
    ///
    /// - Throws: `ClientCallError` when none can be made, `VigieError` when the client is closed or
    ///   too many wait, `CancellationError`.
    func connection(deadline: NIODeadline) async throws -> ClientConnection {
        let (index, ready) = try state.withLock { state in try pick(&state) }
        if let ready { return ready }
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let expiry = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(deadline: deadline) {
            self.giveUp(id, at: index, self.lateError(index))
        }
        defer { expiry.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                wait(waiter, id, at: index)
                // Both may have happened before there was anyone to tell.
                if Task.isCancelled { giveUp(id, at: index, CancellationError()) }
                if deadline <= .now() { giveUp(id, at: index, lateError(index)) }
                connectIfNeeded(index)
            }
        } onCancel: {
            giveUp(id, at: index, CancellationError())
        }
    }

    /// The next place in turn, with its connection if that takes calls. Otherwise the caller is
    /// counted as waiting, and must call `wait`.
    private func pick(_ state: inout State) throws -> (Int, ClientConnection?) {
        guard state.phase != .closed else { throw Self.closedError }
        let index = state.nextPlace
        state.nextPlace = (index + 1) % state.places.count
        if let connection = state.places[index].connection {
            if connection.takesCalls { return (index, connection) }
            state.places[index].connection = nil
        }
        guard state.waiterCount < waiterLimit else {
            throw VigieError(
                code: .resourceExhausted,
                reason: VigieError.ClientReason.queueFull,
                message: "\(waiterLimit) calls wait for a connection to the server already "
                    + "(waitingCallLimit); is the client running?"
            )
        }
        // Counted while the lock is held, so that no more than the limit get as far as waiting.
        state.waiterCount += 1
        return (index, nil)
    }

    private func wait(_ waiter: Waiter, _ id: Int, at index: Int) {
        let result: Result<ClientConnection, any Error>? = state.withLock { state in
            if state.phase == .closed {
                state.waiterCount -= 1
                return .failure(Self.closedError)
            }
            if let connection = state.places[index].connection, connection.takesCalls {
                state.waiterCount -= 1
                return .success(connection)
            }
            state.places[index].waiters[id] = waiter
            return nil
        }
        if let result { waiter.resume(with: result) }
    }

    private func giveUp(_ id: Int, at index: Int, _ error: any Error) {
        let waiter = state.withLock { state in
            let waiter = state.places[index].waiters.removeValue(forKey: id)
            if waiter != nil { state.waiterCount -= 1 }
            return waiter
        }
        waiter?.resume(throwing: error)
    }

    private func lateError(_ index: Int) -> ClientCallError {
        let (phase, last) = state.withLock { ($0.phase, $0.places[index].lastFailure) }
        let why = phase == .notStarted ? "the client is not running; call run()" : last
        let text = "no connection to \(target.authority) before the deadline"
        let status = GRPCStatus(.deadlineExceeded, why.map { "\(text): \($0)" } ?? text)
        return ClientCallError(.cannotConnect, status)
    }

    private static var closedError: VigieError {
        VigieError(
            code: .failedPrecondition,
            reason: VigieError.ClientReason.clientClosed,
            message: "The client was closed."
        )
    }

    // MARK: Connecting

    private func connectIfNeeded(_ index: Int) {
        let wait: Duration? = state.withLock { state in
            let place = state.places[index]
            guard state.phase == .running, !place.isConnecting,
                place.connection?.takesCalls != true
            else { return nil }
            state.places[index].isConnecting = true
            return max(.zero, ContinuousClock.now.duration(to: place.notBefore))
        }
        guard let wait else { return }
        Task { [weak self] in
            if wait > .zero { try? await Task.sleep(for: wait) }
            await self?.connect(index)
        }
    }

    private func connect(_ index: Int) async {
        guard state.withLock({ $0.phase != .closed }) else { return }
        do {
            let connection = try await ClientConnection.connect(
                to: target,
                tls: tls,
                limits: limits,
                eventLoop: MultiThreadedEventLoopGroup.singleton.next()
            )
            logger?.debug("connected", metadata: ["server": "\(target.authority)"])
            install(connection, at: index)
        } catch {
            let reason = (error as? ClientCallError)?.status.message ?? "\(error)"
            logger?.info(
                "cannot connect",
                metadata: ["server": "\(target.authority)", "error": "\(reason)"]
            )
            noteFailure(error, reason, at: index)
        }
    }

    private func install(_ connection: ClientConnection, at index: Int) {
        let id = ObjectIdentifier(connection)
        let (isClosed, waiters) = state.withLock { state in
            state.open[id] = connection
            state.places[index].isConnecting = false
            state.places[index].backoff = Self.firstBackoff
            state.places[index].lastFailure = nil
            if state.phase != .closed { state.places[index].connection = connection }
            return (state.phase == .closed, takeWaiters(&state, index))
        }
        connection.closeFuture.whenComplete { [weak self] _ in
            self?.logger?.debug("connection closed")
            self?.state.withLock { $0.open[id] = nil }
        }
        for waiter in waiters { waiter.resume(returning: connection) }
        if isClosed { connection.drain() }
    }

    private func noteFailure(_ error: any Error, _ reason: String, at index: Int) {
        let waiters = state.withLock { state in
            let delay = state.places[index].backoff.takeDelay()
            state.places[index].isConnecting = false
            state.places[index].notBefore = .now + delay
            state.places[index].lastFailure = reason
            return takeWaiters(&state, index)
        }
        for waiter in waiters { waiter.resume(throwing: error) }
    }

    private func takeWaiters(_ state: inout State, _ index: Int) -> [Waiter] {
        let waiters = Array(state.places[index].waiters.values)
        state.places[index].waiters = [:]
        state.waiterCount -= waiters.count
        return waiters
    }
}
