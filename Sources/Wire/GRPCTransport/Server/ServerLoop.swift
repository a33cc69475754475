// SPDX-License-Identifier: Apache-2.0

// What the connections of one event loop share: scratch memory and a tick that
// looks after their timeouts, so that no connection needs timers of its own.

internal import Callers
internal import NIOCore
internal import Telemetry
internal import VigieLimits

/// One event loop of a server. Used on that loop only.
final class ServerLoop {
    /// The longest plaintext of a TLS record.
    static let recordBytes = 16 << 10

    let environment: ServerEnvironment
    let eventLoop: any EventLoop
    /// What waits for the end of the turn.
    let turn: LoopTurn
    /// Frames of the turn, before encryption.
    let frames = PlaintextBuffer()
    /// One decrypted record.
    let record: UnsafeMutableRawBufferPointer
    /// Memory of nghttp2.
    let memory = SessionMemory()
    /// Counters of this loop, which the block below has.
    let counters: CounterWriter
    private let counterBlock: CounterBlock
    /// How calls end and how long they take.
    let callTimes: CallTimes
    /// Memory of messages.
    let storages: StoragePool
    /// Callers by what they showed.
    @exclusivity(unchecked) var knownCallers: KnownCallers
    /// The gate's, when the callers of open calls were looked at.
    private var callersGeneration: Int
    /// Refused callers that may be told of.
    @exclusivity(unchecked) var refusedCallers: LineAllowance
    /// Refused handshakes that may be told of.
    @exclusivity(unchecked) var refusedHandshakes: LineAllowance
    /// Connections turned away that may be told of.
    @exclusivity(unchecked) var refusedConnections: LineAllowance
    /// Whose turn it is to shake hands.
    let handshakes: HandshakeTurns
    /// What of the loop's time may be spent on what may as well leave it.
    @exclusivity(unchecked) var inPlaceTime = InPlaceTime()
    /// Bytes that connections have laid aside until others have had their turn.
    @exclusivity(unchecked) var unreadBytes = 0
    /// Calls that are over, to be used again.
    @exclusivity(unchecked) private var idleCalls = CallList()
    /// Handlers that serve all calls of a route, with a reference to each.
    @exclusivity(unchecked) private var sharedRoutes: [Unmanaged<RoutedHandler>?]
    private var openings: [ObjectIdentifier: ConnectionOpening] = [:]
    private var connections: [ObjectIdentifier: any ServedConnection] = [:]
    private var tick: Scheduled<Void>?
    private var whenEmpty: EventLoopPromise<Void>?

    init(environment: ServerEnvironment, eventLoop: any EventLoop) {
        self.environment = environment
        self.eventLoop = eventLoop
        counterBlock = environment.counters.makeBlock()
        counters = counterBlock.writer
        callTimes = environment.counters.makeCallTimes(methodCount: environment.routes.count)
        self.turn = LoopTurn(eventLoop: eventLoop, limits: environment.limits)
        self.record = .allocate(byteCount: Self.recordBytes, alignment: 64)
        self.storages = StoragePool(
            countMax: environment.limits.idleMessagesMax,
            bytesMax: environment.limits.idleMessageBytesMax
        )
        callersGeneration = environment.gate?.generation ?? 0
        knownCallers = KnownCallers(countMax: environment.limits.knownCallersMax)
        let lines = LineAllowance(linesPerSecond: environment.limits.refusalLinesPerSecond)
        (refusedCallers, refusedHandshakes, refusedConnections) = (lines, lines, lines)
        handshakes = HandshakeTurns(environment)
        sharedRoutes = Array(repeating: nil, count: environment.routes.count)
    }

    deinit {
        while let call = idleCalls.popFirst() { call.release() }
        for case .some(let route) in sharedRoutes { route.release() }
        record.deallocate()
    }

    /// Starts the tick.
    func start() {
        tick = eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { [weak self] in
            guard let self else { return }
            let now = NIODeadline.now()
            self.lookAtCallers()
            for opening in self.openings.values { opening.tick(now: now) }
            for connection in self.connections.values { connection.tick(now: now) }
            self.storages.dropUnused()
            let environment = self.environment
            environment.trim.look(
                usedBytes: environment.assemblyBudget.usedBytes
                    + environment.answerBudget.usedBytes + environment.slots.estimatedBytes,
                now: now,
                workers: environment.workers
            )
            self.start()
        }
    }

    /// Ends the calls of those who are let in no more, once what is known of callers has changed.
    private func lookAtCallers() {
        guard let gate = environment.gate else { return }
        let generation = gate.generation
        guard generation != callersGeneration else { return }
        callersGeneration = generation
        var looks = CallerLooks(gate)
        for connection in connections.values { connection.endCallsOfOthers(&looks) }
    }

    /// Gives a call its handler.
    func setHandler(ofRoute index: Int, for call: ServerCall) {
        if let shared = sharedRoutes[index] {
            call.route = shared
            shared._withUnsafeGuaranteedRef { call.deframer.hold(to: $0.messageLimit) }
            return
        }
        let route = environment.routes[index]
        let routed = RoutedHandler(
            route.makeHandler(call),
            isUnary: !route.clientStreaming,
            messageLimit: route.messageLimit(atMost: environment.limits.messageBytesMax)
        )
        call.deframer.hold(to: routed.messageLimit)
        if route.sharesHandler {
            sharedRoutes[index] = Unmanaged.passRetained(routed)
        } else {
            call.ownRoute = routed
        }
        call.route = Unmanaged.passUnretained(routed)
    }

    /// A call that has just begun, with a reference to it.
    func takeCall(session: ServerSession, streamID: Int32) -> Unmanaged<ServerCall> {
        guard let call = idleCalls.popFirst() else {
            return Unmanaged.passRetained(ServerCall(session: session, streamID: streamID))
        }
        call._withUnsafeGuaranteedRef { $0.begin(session: session, streamID: streamID) }
        return call
    }

    /// Takes a reference to a call that is over, and keeps the call unless anybody else does.
    func giveBack(_ call: Unmanaged<ServerCall>) {
        var reference = call.toOpaque()
        let isOnlyOne = withUnsafeMutableBytes(of: &reference) {
            // As a variable of its type it would be counted as one more.
            isKnownUniquelyReferenced(&$0.assumingMemoryBound(to: ServerCall.self)[0])
        }
        guard isOnlyOne, idleCalls.count < environment.limits.idleCallsMax else {
            return call.release()
        }
        call._withUnsafeGuaranteedRef { $0.clear() }
        idleCalls.insert(call)
    }

    func add(_ connection: any ServedConnection) {
        connections[ObjectIdentifier(connection)] = connection
    }

    func remove(_ connection: any ServedConnection) {
        connections[ObjectIdentifier(connection)] = nil
        if isEmpty { finishDraining() }
    }

    func add(_ opening: ConnectionOpening) {
        openings[ObjectIdentifier(opening)] = opening
    }

    func remove(_ opening: ConnectionOpening) {
        openings[ObjectIdentifier(opening)] = nil
        if isEmpty { finishDraining() }
    }

    private var isEmpty: Bool { connections.isEmpty && openings.isEmpty }

    /// Ends all connections gracefully; the future completes when none is left.
    func drain() -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        whenEmpty = promise
        if isEmpty {
            finishDraining()
        } else {
            for connection in connections.values { connection.drain() }
        }
        return promise.futureResult
    }

    /// Whether connections end as soon as their calls are over.
    var isDraining: Bool { whenEmpty != nil }

    /// Ends the calls that are left with UNAVAILABLE, and their connections with them.
    func endCalls() {
        for opening in openings.values { opening.abort() }
        for connection in connections.values { connection.endCalls() }
    }

    /// Closes what is left.
    func closeAll() {
        for opening in openings.values { opening.abort() }
        for connection in connections.values { connection.abort() }
    }

    private func finishDraining() {
        guard let promise = whenEmpty else { return }
        whenEmpty = nil
        tick?.cancel()
        promise.succeed()
    }
}
