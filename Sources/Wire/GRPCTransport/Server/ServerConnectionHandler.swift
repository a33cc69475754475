// SPDX-License-Identifier: Apache-2.0

// The rim of a server's connection whose handshake is over: between NIO's channel on one side and
// the TLS engine and HTTP/2 session, which do no I/O, on the other. All that arrives in one turn of
// the event loop is answered with one write.

internal import CHTTP2Session
internal import Logging
internal import NIOCore
internal import Synchronization
internal import Telemetry
internal import VigieLimits

/// Handler of one connection, after ConnectionOpening.
final class ServerConnectionHandler: ChannelInboundHandler, ServedConnection {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum State {
        case open
        case closed
    }

    let loop: ServerLoop
    let slot: ConnectionSlot
    let engine: TLSEngine
    let session: ServerSession
    private(set) var context: ChannelHandlerContext?
    private(set) var state = State.open
    let established = NIODeadline.now()
    /// How far its end has come.
    var farewell = Farewell()
    private var idleSince: NIODeadline?
    /// What was read and waits until others have had their turn.
    var unread: ByteBuffer?
    private var awaitsEndOfTurn = false
    private var isWriting = false
    /// Whether it waits for its turn to write more.
    private var isBusy = false
    private var hasWrittenSinceTick = false
    private var unwritableSince: NIODeadline?

    init(loop: ServerLoop, slot: ConnectionSlot, engine: TLSEngine) throws {
        self.loop = loop
        self.slot = slot
        self.engine = engine
        self.session = try ServerSession(loop: loop)
        session.slot = slot
        if loop.environment.gate != nil { session.callers.certificate = engine.peerCertificate }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        session.outputPending = { [weak self] in self?.awaitEndOfTurn() }
        loop.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        loop.environment.logger.debug("connection failed", metadata: ["error": "\(error)"])
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        loop.counters.add(.bytesReceived, buffer.readableBytes)
        if state == .open { read(buffer) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Calls of this connection, or of one before it, may be answered at the end of the turn.
        if loop.turn.hasWork { awaitEndOfTurn() } else { endTurn() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, !isWriting { goOnInTurn() }
        context.fireChannelWritabilityChanged()
    }

    // MARK: Sending

    /// Has what is to be sent sent when the turn ends.
    func awaitEndOfTurn() {
        // What comes while frames are written is among them, or waits for another turn.
        guard !awaitsEndOfTurn, !isWriting else { return }
        awaitsEndOfTurn = true
        loop.turn.add(self)
    }

    /// All calls that were answered in this turn have their answers in the session.
    func endTurn() {
        awaitsEndOfTurn = false
        session.endTurn()
        if !isBusy { flush() }
    }

    /// Writes more when it is this connection's turn.
    private func goOnInTurn() {
        guard !isBusy else { return }
        isBusy = true
        loop.turn.addBusy(self)
    }

    /// It is this connection's turn to write more.
    ///
    /// - Returns: How many bytes it wrote.
    func goOn() -> Int {
        isBusy = false
        return flush()
    }

    /// Writes what there is, up to a turn's part.
    ///
    /// - Returns: Bytes of frames that were written.
    @discardableResult
    func flush() -> Int {
        guard let context, state != .closed else { return 0 }
        var byteCount = 0
        if session.knowsOfShutdown { goOnWithFarewell() }
        // What is taken of the socket meanwhile is for the next turn.
        isWriting = true
        defer { isWriting = false }
        guard let hasMore = writeFrames(context, &byteCount) else { return byteCount }
        let hasWritten = byteCount > 0 || engine.outbound.readableBytes > 0
        if engine.outbound.readableBytes > 0 { context.write(takeOutbound(), promise: nil) }
        if hasWritten {
            context.flush()
            hasWrittenSinceTick = true
            if !context.channel.isWritable { countSocketBytes(context) }
        }
        let isInterrupted = hasMore && context.channel.isWritable
        if isInterrupted { goOnInTurn() }
        if state == .open, !isInterrupted { closeIfOver() }
        return byteCount
    }

    /// Encrypts a turn's part of the frames.
    ///
    /// - Returns: Whether there may be more; nil when the connection has failed.
    private func writeFrames(_ context: ChannelHandlerContext, _ byteCount: inout Int) -> Bool? {
        guard state == .open, !farewell.holdsAnswers else { return false }
        let bytesMax = loop.environment.limits.connectionTurnBytesMax
        while context.channel.isWritable, byteCount < bytesMax {
            loop.frames.removeAll()
            guard session.produce() else {
                fail("HTTP/2 output")
                return nil
            }
            session.resumeAnsweredCalls()
            if loop.frames.count == 0 { return false }
            do { try engine.write(loop.frames.bytes) } catch {
                fail("\(error)")
                return nil
            }
            context.write(takeOutbound(), promise: nil)
            byteCount += loop.frames.count
        }
        return true
    }

    private func closeIfOver() {
        let isLeaving = session.refusesNewStreams
        if session.isFinished || (isLeaving && session.callCount == 0) {
            if let reason = session.sentAway { note(reason) }
            if let error = session.untoldError {
                try? engine.writeGoaway(String(cString: nghttp2_http2_strerror(error)), error)
            }
            if isPatient { awaitPeersEnd() }
            if farewell.step != .over { close(lingering: farewell.step == .none) }
        }
    }

    private func takeOutbound() -> NIOAny {
        let bytes = engine.takeOutbound()
        loop.counters.add(.bytesSent, bytes.readableBytes)
        return wrapOutboundOut(bytes)
    }

    // MARK: Ending

    /// Closes at once.
    func abort() {
        context?.close(promise: nil)
    }

    /// Looks after the timeouts of this connection.
    func tick(now: NIODeadline) {
        let limits = loop.environment.limits
        guard let context, state == .open else { return }
        session.callsAtOnceBefore = session.callsAtOnce
        session.callsAtOnce = session.callCount
        if loop.isDraining { drain() }
        let makesProgress = session.checkClocks(now: now)
        session.shed()
        if !session.checkPeer(now: now) {
            return fail("no answer to a PING within keepaliveTimeoutSeconds")
        }
        flush()
        checkSocket(context, now)
        if makesProgress {
            idleSince = nil
            return
        }
        let since = idleSince ?? now
        idleSince = since
        if now - since > .seconds(Int64(limits.idleTimeoutSeconds)) { drain() }
    }

    /// Ends the calls of those who are let in no more.
    func endCallsOfOthers(_ looks: inout CallerLooks) {
        guard state == .open else { return }
        session.endCallsOfOthers(&looks)
        flush()
    }

    /// Counts what waits in the socket, and closes one from which nobody reads.
    private func checkSocket(_ context: ChannelHandlerContext, _ now: NIODeadline) {
        if hasWrittenSinceTick || session.answers.socketBytes > 0 { countSocketBytes(context) }
        hasWrittenSinceTick = false
        guard !context.channel.isWritable else {
            unwritableSince = nil
            return
        }
        let since = unwritableSince ?? now
        unwritableSince = since
        if now - since > .seconds(Int64(loop.environment.limits.stallTimeoutSeconds)) {
            fail("the client read nothing for stallTimeoutSeconds")
        }
    }

    private func countSocketBytes(_ context: ChannelHandlerContext) {
        let options = context.channel.syncOptions
        session.answers.setSocketBytes((try? options?.getOption(.bufferedWritableBytes)) ?? 0)
    }

    /// Tells the peer why, and closes.
    func fail(
        _ reason: String,
        _ code: UInt32 = NGHTTP2_ENHANCE_YOUR_CALM.rawValue
    ) {
        note(reason)
        let wasOpen = state == .open
        // What the session itself cannot tell any more.
        if wasOpen {
            if session.sentAway == nil { try? engine.writeGoaway(reason, code) }
            engine.close()
        }
        // A TLS alert or GOAWAY that tells the peer why may be waiting.
        if let context, engine.outbound.readableBytes > 0 {
            context.writeAndFlush(takeOutbound(), promise: nil)
        }
        state = .closed
        if wasOpen { linger() }
    }

    /// Closes once the peer has, or has had time to read why. What it still sends would make the
    /// system take back what is on its way to it.
    private func linger() {
        guard let context else { return }
        context.close(mode: .output, promise: nil)
        let time = TimeAmount.milliseconds(loop.environment.limits.lastWordsMilliseconds)
        loop.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in self?.abort() }
    }

    /// Tells who looks closely why the connection is closed.
    private func note(_ reason: String) {
        loop.environment.logger.debug(
            "Connection closed.",
            metadata: [
                "reason": "\(reason)", "peer": "\(slot.peer?.description ?? "unknown")",
            ]
        )
    }

    func close(lingering: Bool = false) {
        guard let context, state != .closed else { return }
        engine.close()
        if engine.outbound.readableBytes > 0 {
            context.writeAndFlush(takeOutbound(), promise: nil)
        }
        state = .closed
        if lingering { linger() } else { context.close(promise: nil) }
    }

    private func end() {
        guard context != nil else { return }
        state = .closed
        context = nil
        dropUnread()
        session.outputPending = nil
        session.endAllCalls()
        loop.environment.slots.leave(slot)
        loop.remove(self)
    }
}
