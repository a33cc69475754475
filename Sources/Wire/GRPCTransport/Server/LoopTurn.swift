// SPDX-License-Identifier: Apache-2.0

// The end of a turn of an event loop: when all that sockets had to give has been
// handed to the services, and before the loop looks at the sockets again. What
// waits for it waits for no timer: with a single call it costs one queued task.

internal import NIOCore
internal import VigieLimits

/// Work that a service puts off to the end of a turn, to do it for many calls at once.
package protocol TurnWork: AnyObject {
    /// All calls of the turn have been handed over. Called once for each `atEndOfTurn`.
    func turnEnded()
}

/// The turn of one event loop. Used on that loop only.
final class LoopTurn {
    private let eventLoop: any EventLoop
    // Unchecked: see ServerSession.
    @exclusivity(unchecked) private var works: [any TurnWork] = []
    @exclusivity(unchecked) private var connections: [ServerConnectionHandler] = []
    @exclusivity(unchecked) private var isScheduled = false
    @exclusivity(unchecked) private var writing: WriteTurns<ServerConnectionHandler>
    @exclusivity(unchecked) private var goesOn = false
    @exclusivity(unchecked) private var handovers: Handovers<() -> Void>

    /// Tells when the loop has looked at its sockets.
    @exclusivity(unchecked) var look: SocketLook?
    /// Time that the loop has for its sockets where nothing tells that.
    private static let pause = TimeAmount.microseconds(50)

    init(eventLoop: any EventLoop, limits: TransportLimits) {
        self.eventLoop = eventLoop
        writing = WriteTurns(bytesMax: limits.turnBytesMax)
        handovers = Handovers(turnMicroseconds: limits.handoverTurnMicroseconds)
    }

    /// Whether some work waits for the end of the turn.
    var hasWork: Bool { !works.isEmpty }

    /// Does `work` at the end of the turn.
    func add(_ work: any TurnWork) {
        if works.contains(where: { $0 === work }) { return }
        works.append(work)
        schedule()
    }

    /// Lets a connection write its frames at the end of the turn; to be called once a turn.
    func add(_ connection: ServerConnectionHandler) {
        connections.append(connection)
        schedule()
    }

    /// Lets a connection go on writing, in turns with others.
    func addBusy(_ connection: ServerConnectionHandler) {
        writing.add(connection)
        guard !goesOn else { return }
        goesOn = true
        eventLoop.assumeIsolated().execute { [self] in goOn() }
    }

    private func goOn() {
        writing.begin()
        while let connection = writing.next() { writing.wrote(connection.goOn()) }
        goesOn = !writing.isEmpty
        if goesOn { afterSockets { [self] in goOn() } }
    }

    /// Does something when the loop has looked at its sockets.
    private func afterSockets(_ work: @escaping () -> Void) {
        if look?.await(work) == true { return }
        eventLoop.assumeIsolated().scheduleTask(in: Self.pause, work)
    }

    /// Goes on with what another thread has done, now or when the sockets have had their turn.
    func takeOver(_ work: @escaping () -> Void) {
        handovers.add(work)
        if !handovers.rests { takeOver() }
    }

    /// Goes on with something when the sockets have had their turn.
    func takeLater(_ work: @escaping () -> Void) {
        handovers.add(work)
        if !handovers.rests { rest() }
    }

    private func takeOver() {
        while let work = handovers.next(nowNanoseconds: NIODeadline.now().uptimeNanoseconds) {
            work()
            // Which may have been more than the turn had left.
            if handovers.rests { return }
        }
        rest()
    }

    private func rest() {
        handovers.beginRest()
        afterSockets { [self] in
            handovers.endRest()
            if !handovers.isEmpty { takeOver() }
        }
    }

    private func schedule() {
        guard !isScheduled else { return }
        isScheduled = true
        // Tasks run when all sockets that were ready have been read, and before the next wait.
        eventLoop.assumeIsolated().execute { [self] in end() }
    }

    private func end() {
        // Answers make their connections join; only then nobody is missing.
        while let work = works.popLast() { work.turnEnded() }
        isScheduled = false
        let written = connections
        connections.removeAll(keepingCapacity: true)
        for connection in written { connection.endTurn() }
    }
}
