// SPDX-License-Identifier: Apache-2.0

// The rim of a server's connection: between NIO's channel on one side and the
// TLS engine and HTTP/2 session, which do no I/O, on the other. All that
// arrives in one turn of the event loop is answered with one write.

internal import CHTTP2Session
internal import Logging
internal import NIOCore
internal import Synchronization
internal import Telemetry
internal import VigieLimits

/// Handler of one accepted connection.
final class ServerConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        case waitingForFirstByte
        case handshaking
        case open
        case closed
    }

    private let loop: ServerLoop
    private let engine: TLSEngine
    private let session: ServerSession
    private var context: ChannelHandlerContext?
    private var state = State.waitingForFirstByte
    private let opened = NIODeadline.now()
    private var established = NIODeadline.now()
    private var idleSince: NIODeadline?
    private var awaitsEndOfTurn = false
    private var hasWrittenSinceTick = false
    private var unwritableSince: NIODeadline?

    init(loop: ServerLoop, allocator: ByteBufferAllocator) throws {
        self.loop = loop
        self.engine = try .server(loop.environment.tls.current, allocator: allocator)
        self.session = try ServerSession(loop: loop)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        session.outputPending = { [weak self] in self?.awaitEndOfTurn() }
        session.peer = context.remoteAddress
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
        if state == .closed { return }
        buffer.withUnsafeReadableBytes { bytes in
            if state == .waitingForFirstByte, let first = bytes.first {
                state = .handshaking
                if first != tlsHandshakeRecord { return refusePlaintext() }
            }
            session.isInTurn = true
            do {
                try engine.withInbound(bytes) { try readRecords() }
            } catch {
                fail("\(error)")
            }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Calls of this connection, or of one before it, may be answered at the end of the turn.
        if loop.turn.hasWork { awaitEndOfTurn() } else { endTurn() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { flush() }
        context.fireChannelWritabilityChanged()
    }

    // MARK: Receiving

    private func readRecords() throws {
        if state == .handshaking {
            guard try engine.handshake() else { return }
            guard engine.negotiatedHTTP2 else {
                return fail("the client did not offer ALPN h2")
            }
            state = .open
            established = .now()
            if loop.environment.gate != nil {
                session.callers.certificate = engine.peerCertificate
            }
        }
        while state == .open {
            let target = session.landing ?? loop.record
            switch try engine.read(into: target) {
            case .bytes(let count):
                let bytes = UnsafeRawBufferPointer(rebasing: target[..<count])
                if let problem = session.receive(bytes) { return fail(problem.text, problem.code) }
                if session.endsAtOnce { return endAtOnce() }
            case .needsMore:
                return
            case .closed:
                return close()
            }
        }
    }

    /// Tells a client that forgot TLS so in the only words it understands.
    private func refusePlaintext() {
        let body = "This port speaks gRPC over TLS. Connect with TLS and ALPN h2.\n"
        let head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
        let text = head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
        if let context {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }
        fail("the client sent plain text")
    }

    /// Tells the peer why, and closes.
    private func endAtOnce() {
        flush()
        if state == .open, let reason = session.sentAway { fail(reason) }
    }

    // MARK: Sending

    private func awaitEndOfTurn() {
        guard !awaitsEndOfTurn else { return }
        awaitsEndOfTurn = true
        loop.turn.add(self)
    }

    /// All calls that were answered in this turn have their answers in the session.
    func endTurn() {
        awaitsEndOfTurn = false
        session.endTurn()
        flush()
    }

    private func flush() {
        guard let context, state != .closed else { return }
        var hasWritten = false
        if session.knowsOfShutdown { goOnWithFarewell() }
        if state == .open, !farewell.holdsAnswers {
            while context.channel.isWritable {
                loop.frames.removeAll()
                guard session.produce() else { return fail("HTTP/2 output") }
                session.resumeAnsweredCalls()
                if loop.frames.count == 0 { break }
                do { try engine.write(loop.frames.bytes) } catch { return fail("\(error)") }
                context.write(takeOutbound(), promise: nil)
                hasWritten = true
            }
        }
        if engine.outbound.readableBytes > 0 {
            context.write(takeOutbound(), promise: nil)
            hasWritten = true
        }
        if hasWritten {
            context.flush()
            hasWrittenSinceTick = true
            if !context.channel.isWritable { countSocketBytes(context) }
        }
        guard state == .open else { return }
        let isLeaving = session.refusesNewStreams
        if session.isFinished || (isLeaving && session.callCount == 0) {
            if let reason = session.sentAway { note(reason) }
            if let error = session.untoldError {
                try? engine.writeGoaway(String(cString: nghttp2_http2_strerror(error)), error)
            }
            close(lingering: session.sentAway != nil || !session.isDraining)
        }
    }

    private func takeOutbound() -> NIOAny {
        let bytes = engine.takeOutbound()
        loop.counters.add(.bytesSent, bytes.readableBytes)
        return wrapOutboundOut(bytes)
    }

    // MARK: Ending

    private var farewell = Farewell()

    /// Ends the connection when its calls are over. One that has just been opened, or is about to
    /// be, gets to make the call that it was opened for: that follows from `tick`.
    func drain() {
        guard state == .open, !session.isDraining, farewell.step == .none else { return }
        let now = NIODeadline.now()
        guard session.lastStream > 0 || now - established > .seconds(1) else { return }
        flush()
        guard session.canHoldAnswers(now: now) else {
            session.announceShutdown()
            tellShutdown(.toldOnly)
            return flush()
        }
        farewell.step = .holding(last: session.lastStream, lookedTimes: 0)
        after(.milliseconds(Farewell.lookMilliseconds)) { $0.awaitSilence() }
        after(.milliseconds(Farewell.holdMilliseconds)) { $0.releaseAnswers() }
    }

    /// Waits until all that call over this connection wait for answers.
    private func awaitSilence() {
        guard case .holding(let last, let looked) = farewell.step else { return }
        let isSilent = session.lastStream == last
        guard isSilent || looked >= Farewell.looksMax else {
            farewell.step = .holding(last: session.lastStream, lookedTimes: looked + 1)
            return after(.milliseconds(Farewell.lookMilliseconds)) { $0.awaitSilence() }
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
    private func goOnWithFarewell() {
        switch farewell.step {
        case .told:
            farewell.step = .known
            after(.milliseconds(Farewell.settleMilliseconds)) { $0.releaseAnswers() }
        case .none, .toldOnly: if !session.refusesNewStreams { session.refuseNewStreams() }
        case .holding, .known: break
        }
    }

    private func releaseAnswers() {
        guard farewell.holdsAnswers else { return }
        // A loop that was busy for all of that time has not told it yet.
        if case .holding = farewell.step { session.announceShutdown() }
        farewell.step = .toldOnly
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
        farewell.step = .toldOnly
        session.endCalls(GRPCStatus(.unavailable, "the server stops, and the call took too long"))
        flush()
    }

    /// Closes at once.
    func abort() {
        context?.close(promise: nil)
    }

    /// Looks after the timeouts of this connection.
    func tick(now: NIODeadline) {
        let limits = loop.environment.limits
        if state == .waitingForFirstByte || state == .handshaking {
            // Whoever has something to say to a server that stops has said it.
            let isSilent = state == .waitingForFirstByte && now - opened > .seconds(2)
            if loop.isDraining, isSilent { return close() }
            if now - opened > .seconds(Int64(limits.handshakeTimeoutSeconds)) {
                fail("no TLS handshake within handshakeTimeoutSeconds")
            }
            return
        }
        guard let context, state == .open else { return }
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

    private func fail(
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
        if wasOpen { linger() } else { context?.close(promise: nil) }
    }

    /// Closes once the peer has, or has had time to read why. What it still sends would make the
    /// system take back what is on its way to it.
    private func linger() {
        guard let context else { return }
        context.close(mode: .output, promise: nil)
        let time = TimeAmount.milliseconds(loop.environment.limits.lastWordsMilliseconds)
        loop.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in self?.abort() }
    }

    /// Tells why the connection is closed. A refused handshake is what an operator looks for when
    /// a client cannot connect; all else is for who looks closely.
    private func note(_ reason: String) {
        let logger = loop.environment.logger
        var metadata: Logger.Metadata = [
            "reason": "\(reason)", "peer": "\(context?.remoteAddress?.description ?? "unknown")",
        ]
        guard state == .handshaking || state == .waitingForFirstByte else {
            return logger.debug("Connection closed.", metadata: metadata)
        }
        loop.counters.count(.handshakesRefused)
        guard let untold = loop.refusedHandshakes.take(now: .now()) else {
            return logger.debug("Handshake refused.", metadata: metadata)
        }
        if untold > 0 { metadata["untold"] = "\(untold)" }
        logger.notice("Handshake refused.", metadata: metadata)
    }

    private func close(lingering: Bool = false) {
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
        // One that sends nothing is a probe; one that goes away now mostly has a reason.
        if state == .handshaking {
            note("the client went away in the handshake; it may not trust the certificate")
        }
        state = .closed
        context = nil
        session.outputPending = nil
        session.endAllCalls()
        loop.environment.connectionCount.wrappingSubtract(1, ordering: .relaxed)
        loop.remove(self)
    }
}

extension TLSEngine {
    /// Writes a GOAWAY frame (RFC 9113, 6.8): a code, and why. The last stream is the greatest
    /// there can be, since it is not known which were looked at.
    fileprivate func writeGoaway(_ reason: String, _ code: UInt32) throws {
        let text = Array(reason.utf8.prefix(TransportLimits.goawayTextBytesMax))
        let length = 8 + text.count
        var frame: [UInt8] = [UInt8(length >> 16), UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF)]
        frame += [7, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF]
        frame += [0, 0, 0, UInt8(truncatingIfNeeded: code)] + text
        try frame.withUnsafeBytes { try write($0) }
    }
}

/// First byte of every TLS connection.
private let tlsHandshakeRecord: UInt8 = 22
