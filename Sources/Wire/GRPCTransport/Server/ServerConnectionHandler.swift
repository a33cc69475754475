// SPDX-License-Identifier: Apache-2.0

// The rim of a server's connection: between NIO's channel on one side and the
// TLS engine and HTTP/2 session, which do no I/O, on the other. All that
// arrives in one turn of the event loop is answered with one write.

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
        case waitingForProxyHeader
        case waitingForFirstByte
        case handshaking
        case open
        case closed
    }

    private let loop: ServerLoop
    private let slot: ConnectionSlot
    // Made when the handshake begins, and when it is over: who only connects costs next to nothing.
    private var engine: TLSEngine?
    private var session: ServerSession?
    /// What came before the handshake began.
    private var openingBytes: [UInt8] = []
    private var context: ChannelHandlerContext?
    private var state: State
    private let opened = NIODeadline.now()
    private var idleSince: NIODeadline?
    private var awaitsEndOfTurn = false
    private var hasWrittenSinceTick = false
    private var unwritableSince: NIODeadline?

    /// - Parameter isProxied: Whether the peer is a proxy that says first for whom it comes.
    init(loop: ServerLoop, slot: ConnectionSlot, isProxied: Bool) {
        self.loop = loop
        self.slot = slot
        state = isProxied ? .waitingForProxyHeader : .waitingForFirstByte
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        slot.peer = context.remoteAddress
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
        buffer.withUnsafeReadableBytes { bytes in
            if state == .open { receive(bytes) } else { open(bytes) }
        }
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) {
        session?.isInTurn = true
        do {
            try engine?.withInbound(bytes) { try readRecords() }
        } catch {
            fail("\(error)")
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
        guard let engine else { return }
        if state == .handshaking {
            guard try engine.handshake() else { return }
            guard engine.negotiatedHTTP2 else {
                return fail("the client did not offer ALPN h2")
            }
            try begin(engine)
        }
        guard let session else { return }
        while state == .open {
            let target = session.landing ?? loop.record
            switch try engine.read(into: target) {
            case .bytes(let count):
                let bytes = UnsafeRawBufferPointer(rebasing: target[..<count])
                if let problem = session.receive(bytes) { return fail(problem) }
                if session.endsAtOnce { return endAtOnce() }
            case .needsMore:
                return
            case .closed:
                return close()
            }
        }
    }

    /// The handshake is over: HTTP/2 begins.
    private func begin(_ engine: TLSEngine) throws {
        let session = try ServerSession(loop: loop)
        session.outputPending = { [weak self] in self?.awaitEndOfTurn() }
        session.slot = slot
        session.isInTurn = true
        if loop.environment.gate != nil { session.callers.certificate = engine.peerCertificate }
        self.session = session
        state = .open
        loop.handshakes.end(self, of: slot.network)
        do throws(SlotRefusal) {
            try loop.environment.slots.establish(slot, isKnown: loop.environment.gate == nil)
        } catch {
            loop.count(error)
            fail("\(error.rawValue) is reached")
        }
    }

    /// Tells a client that forgot TLS so in the only words it understands.
    private func refusePlaintext() {
        let answer = ByteBuffer(string: plaintextAnswer)
        context?.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        fail("the client sent plain text")
    }

    /// Tells the peer why, and closes.
    private func endAtOnce() {
        flush()
        if let reason = session?.sentAway { fail(reason) }
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
        session?.endTurn()
        flush()
    }

    private func flush() {
        guard let context, let engine, state != .closed else { return }
        var hasWritten = false
        if state == .open, let session {
            while context.channel.isWritable {
                loop.frames.removeAll()
                guard session.produce() else { return fail("HTTP/2 output") }
                session.resumeAnsweredCalls()
                if loop.frames.count == 0 { break }
                do { try engine.write(loop.frames.bytes) } catch { return fail("\(error)") }
                context.write(takeOutbound(engine), promise: nil)
                hasWritten = true
            }
        }
        if engine.outbound.readableBytes > 0 {
            context.write(takeOutbound(engine), promise: nil)
            hasWritten = true
        }
        if hasWritten {
            context.flush()
            hasWrittenSinceTick = true
            if !context.channel.isWritable { countSocketBytes(context) }
        }
        guard state == .open, let session else { return }
        let isLeaving = isDraining || session.sentAway != nil
        if session.isFinished || (isLeaving && session.callCount == 0) {
            if let reason = session.sentAway { note(reason) }
            close()
        }
    }

    private func takeOutbound(_ engine: TLSEngine) -> NIOAny {
        let bytes = engine.takeOutbound()
        loop.counters.add(.bytesSent, bytes.readableBytes)
        return wrapOutboundOut(bytes)
    }

    // MARK: Ending

    private var isDraining = false

    /// Two steps: first the client learns that it should open no more streams,
    /// a little later that none it opens now is served. Then calls run out.
    func drain() {
        guard state == .open, let session else { return abort() }
        session.announceShutdown()
        flush()
        loop.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(50)) { [weak self] in
            guard let self, self.state == .open else { return }
            self.session?.refuseNewStreams()
            self.isDraining = true
            self.flush()
        }
    }

    /// Closes at once.
    func abort() {
        context?.close(promise: nil)
    }

    /// Looks after the timeouts of this connection.
    func tick(now: NIODeadline) {
        let limits = loop.environment.limits
        if isOpening {
            if now - opened > .seconds(Int64(limits.handshakeTimeoutSeconds)) {
                fail("no TLS handshake within handshakeTimeoutSeconds")
            }
            return
        }
        guard let context, let session, state == .open else { return }
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
        if now - since > .seconds(Int64(limits.idleTimeoutSeconds)), !session.isDraining { drain() }
    }

    /// Counts what waits in the socket, and closes one from which nobody reads.
    private func checkSocket(_ context: ChannelHandlerContext, _ now: NIODeadline) {
        if hasWrittenSinceTick || session?.answers.socketBytes ?? 0 > 0 {
            countSocketBytes(context)
        }
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
        let byteCount = (try? options?.getOption(.bufferedWritableBytes)) ?? 0
        session?.answers.setSocketBytes(byteCount)
    }

    private func fail(_ reason: String) {
        note(reason)
        // What the session itself cannot tell any more.
        if state == .open, session?.sentAway == nil { try? engine?.writeGoaway(reason) }
        // A TLS alert or GOAWAY that tells the peer why may be waiting.
        if let context, let engine, engine.outbound.readableBytes > 0 {
            context.writeAndFlush(takeOutbound(engine), promise: nil)
        }
        state = .closed
        context?.close(promise: nil)
    }

    /// Tells why the connection is closed. A refused handshake is what an operator looks for when
    /// a client cannot connect; all else is for who looks closely.
    private func note(_ reason: String) {
        let logger = loop.environment.logger
        var metadata: Logger.Metadata = [
            "reason": "\(reason)", "peer": "\(slot.peer?.description ?? "unknown")",
        ]
        guard isOpening else {
            return logger.debug("Connection closed.", metadata: metadata)
        }
        loop.counters.count(.handshakesRefused)
        guard let untold = loop.refusedHandshakes.take(now: .now()) else {
            return logger.debug("Handshake refused.", metadata: metadata)
        }
        if untold > 0 { metadata["untold"] = "\(untold)" }
        logger.notice("Handshake refused.", metadata: metadata)
    }

    private func close() {
        guard let context, state != .closed else { return }
        if let engine {
            engine.close()
            if engine.outbound.readableBytes > 0 {
                context.writeAndFlush(takeOutbound(engine), promise: nil)
            }
        }
        state = .closed
        context.close(promise: nil)
    }

    private func end() {
        guard context != nil else { return }
        // One that sends nothing is a probe; one that goes away now mostly has a reason.
        if state == .handshaking {
            note("the client went away in the handshake; it may not trust the certificate")
        }
        state = .closed
        context = nil
        session?.outputPending = nil
        session?.endAllCalls()
        loop.handshakes.end(self, of: slot.network)
        loop.environment.slots.leave(slot)
        loop.remove(self)
    }
}

// MARK: Opening

extension ServerConnectionHandler {
    private var isOpening: Bool {
        state == .handshaking || state == .waitingForFirstByte || state == .waitingForProxyHeader
    }

    /// Bytes before the handshake is over: those of a proxy, then those of TLS.
    private func open(_ bytes: UnsafeRawBufferPointer) {
        if engine != nil { return receive(bytes) }
        guard state != .closed else { return }
        openingBytes += bytes
        if state == .waitingForProxyHeader {
            switch loop.readProxyHeader(&openingBytes, of: slot) {
            case .needsMore: return
            case .read: state = .waitingForFirstByte
            case .malformed(let reason): return fail(reason)
            }
        }
        guard let first = openingBytes.first else { return }
        if state == .waitingForFirstByte {
            state = .handshaking
            if first != tlsHandshakeRecord { return refusePlaintext() }
        }
        if loop.handshakes.begin(self, of: slot.network) {
            beginHandshake()
        } else if openingBytes.count > loop.environment.limits.openingBytesMax {
            fail("too much came before the handshake (openingBytesMax)")
        }
    }

    /// It is this connection's turn to shake hands, after others.
    func takeTurn() {
        loop.eventLoop.assumeIsolated().execute { [self] in
            beginHandshake()
            awaitEndOfTurn()
        }
    }

    private func beginHandshake() {
        guard state == .handshaking, engine == nil, let context else { return }
        let bytes = openingBytes
        openingBytes = []
        do {
            let tls = loop.environment.tls.current
            engine = try .server(tls, allocator: context.channel.allocator)
        } catch {
            return fail("\(error)")
        }
        bytes.withUnsafeBytes { receive($0) }
    }
}

/// First byte of every TLS connection.
private let tlsHandshakeRecord: UInt8 = 22
