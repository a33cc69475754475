// SPDX-License-Identifier: Apache-2.0

// A server's connection that ends in good order: the steps are told in Farewell.swift.

internal import NIOCore
internal import VigieLimits

extension ServerConnectionHandler {
    /// Ends the connection when its calls are over. One that has just been opened, or is about to
    /// be, gets to make the call that it was opened for: that follows from `tick`.
    func drain() {
        guard state == .open, !session.isDraining, farewell.step == .none else { return }
        let now = NIODeadline.now()
        session.endWebStreams()
        guard session.lastStream > 0 || now - established > .seconds(1) else { return }
        flush()
        guard session.canHoldAnswers(now: now) else {
            session.announceShutdown()
            tellShutdown(.toldOnly)
            flush()
            return
        }
        farewell.step = .holding(lookedTimes: 0)
        after(.milliseconds(Farewell.lookMilliseconds)) { $0.awaitCallers() }
        after(.milliseconds(Farewell.holdMilliseconds)) { $0.releaseAnswers() }
    }

    /// Waits until all that call over this connection wait for answers.
    private func awaitCallers() {
        guard case .holding(let looked) = farewell.step else { return }
        guard session.allCallersWait || looked >= Farewell.looksMax else {
            farewell.step = .holding(lookedTimes: looked + 1)
            return after(.milliseconds(Farewell.lookMilliseconds)) { $0.awaitCallers() }
        }
        do { try session.announceShutdown(around: engine) } catch { return fail("\(error)") }
        tellShutdown(.told)
    }

    /// The client is told; it has some time to answer.
    private func tellShutdown(_ step: Farewell.Step) {
        farewell.step = step
        after(.seconds(Int64(loop.environment.limits.drainAnswerSeconds))) { handler in
            if !handler.session.refusesNewStreams { handler.session.refuseNewStreams() }
        }
    }

    /// The client knows that it should open no more streams.
    func goOnWithFarewell() {
        switch farewell.step {
        case .told:
            farewell.step = .known
            after(.milliseconds(Farewell.settleMilliseconds)) { $0.releaseAnswers() }
        case .none, .toldOnly, .cut: if !session.refusesNewStreams { session.refuseNewStreams() }
        case .holding, .known, .answered, .over: break
        }
    }

    private func releaseAnswers() {
        guard farewell.holdsAnswers else { return }
        // A loop that was busy for all of that time has not told it yet.
        if case .holding = farewell.step {
            session.announceShutdown()
            tellShutdown(.toldOnly)
        }
        farewell.step = session.knowsOfShutdown ? .answered : .toldOnly
        // Some proxies lose answers that are read together with the end of the connection.
        after(.milliseconds(2 * Farewell.settleMilliseconds)) { handler in
            if handler.farewell.step == .answered { handler.farewell.step = .toldOnly }
        }
    }

    /// Whether the peer may be the one who closes.
    var isPatient: Bool { session.sentAway == nil && farewell.step == .toldOnly }

    /// The peer has all that it is to have, and closes: it may still read. One that closed first
    /// would have what it sends meanwhile answered by a reset, which takes what is unread with it.
    func awaitPeersEnd() {
        farewell.step = .over
        let time = loop.environment.limits.lastWordsMilliseconds
        after(.milliseconds(time)) { $0.close() }
    }

    /// Does something later, and sends what comes of it, unless the connection is gone by then.
    private func after(
        _ time: TimeAmount,
        _ body: @escaping (ServerConnectionHandler) -> Void
    ) {
        loop.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in
            guard let self, self.state == .open else { return }
            body(self)
            self.flush()
        }
    }

    /// The time for calls to finish is over: those that are left are told so.
    func endCalls() {
        guard state == .open else { return abort() }
        if !session.refusesNewStreams { session.refuseNewStreams() }
        farewell.step = .cut
        session.endCalls(GRPCStatus(.unavailable, "the server stops, and the call took too long"))
        flush()
    }
}
