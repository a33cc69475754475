// SPDX-License-Identifier: Apache-2.0

// What the connections of one event loop share: scratch memory and a tick that
// looks after their timeouts, so that no connection needs timers of its own.

internal import NIOCore

/// One event loop of a server. Used on that loop only.
final class ServerLoop {
    let environment: ServerEnvironment
    let eventLoop: any EventLoop
    /// What waits for the end of the turn.
    let turn: LoopTurn
    /// Frames of the turn, before encryption.
    let frames = PlaintextBuffer()
    /// One decrypted record.
    let record: UnsafeMutableRawBufferPointer
    private var connections: [ObjectIdentifier: ServerConnectionHandler] = [:]
    private var tick: Scheduled<Void>?
    private var whenEmpty: EventLoopPromise<Void>?

    init(environment: ServerEnvironment, eventLoop: any EventLoop) {
        self.environment = environment
        self.eventLoop = eventLoop
        self.turn = LoopTurn(eventLoop: eventLoop)
        self.record = .allocate(byteCount: 16 << 10, alignment: 64)
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
