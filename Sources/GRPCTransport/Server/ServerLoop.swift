// SPDX-License-Identifier: Apache-2.0

// What the connections of one event loop share: scratch memory and a tick that
// looks after their timeouts, so that no connection needs timers of its own.

internal import NIOCore

/// One event loop of a server. Used on that loop only.
final class ServerLoop {
    private static let idleCallsMax = 512

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
    /// Calls that are over, to be used again.
    private var idleCalls: [ServerCall] = []
    private var sharedHandlers: [(any CallHandler)?]
    private var connections: [ObjectIdentifier: ServerConnectionHandler] = [:]
    private var tick: Scheduled<Void>?
    private var whenEmpty: EventLoopPromise<Void>?

    init(environment: ServerEnvironment, eventLoop: any EventLoop) {
        self.environment = environment
        self.eventLoop = eventLoop
        self.turn = LoopTurn(eventLoop: eventLoop)
        self.record = .allocate(byteCount: 16 << 10, alignment: 64)
        sharedHandlers = Array(repeating: nil, count: environment.routes.count)
    }

    deinit {
        record.deallocate()
    }

    /// Starts the tick.
    func start() {
        tick = eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { [weak self] in
            guard let self else { return }
            let now = NIODeadline.now()
            for connection in self.connections.values { connection.tick(now: now) }
            self.start()
        }
    }

    /// The handler of a call.
    func handler(ofRoute index: Int, for call: ServerCall) -> any CallHandler {
        if let shared = sharedHandlers[index] { return shared }
        let route = environment.routes[index]
        let handler = route.makeHandler(call)
        if route.sharesHandler { sharedHandlers[index] = handler }
        return handler
    }

    /// A call that has just begun.
    func takeCall(session: ServerSession, streamID: Int32, slot: Int) -> ServerCall {
        guard let call = idleCalls.popLast() else {
            return ServerCall(session: session, streamID: streamID, slot: slot)
        }
        call.begin(session: session, streamID: streamID, slot: slot)
        return call
    }

    /// Keeps a call that is over, unless anybody else does.
    func giveBack(_ call: consuming ServerCall) {
        guard idleCalls.count < Self.idleCallsMax, isKnownUniquelyReferenced(&call) else { return }
        call.clear()
        idleCalls.append(call)
    }

    func add(_ connection: ServerConnectionHandler) {
        connections[ObjectIdentifier(connection)] = connection
    }

    func remove(_ connection: ServerConnectionHandler) {
        connections[ObjectIdentifier(connection)] = nil
        if connections.isEmpty { finishDraining() }
    }

    /// Ends all connections gracefully; the future completes when none is left.
    func drain() -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        whenEmpty = promise
        if connections.isEmpty {
            finishDraining()
        } else {
            for connection in connections.values { connection.drain() }
        }
        return promise.futureResult
    }

    /// Closes what is left.
    func closeAll() {
        for connection in connections.values { connection.abort() }
    }

    private func finishDraining() {
        guard let promise = whenEmpty else { return }
        whenEmpty = nil
        tick?.cancel()
        promise.succeed()
    }
}
