// SPDX-License-Identifier: Apache-2.0

// The beginning of a server's connection: what a proxy says of it, and the TLS handshake. Who only
// connects costs next to nothing: TLS has its memory from the first bytes on, HTTP/2 when the
// handshake is over, and then ServerConnectionHandler takes this one's place.

internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import Telemetry
internal import VigieLimits

/// Handler of one accepted connection until its handshake is over.
final class ConnectionOpening: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        case waitingForProxyHeader
        case waitingForFirstByte
        case handshaking
        case over
    }

    private let loop: ServerLoop
    private let slot: ConnectionSlot
    private var engine: TLSEngine?
    /// What came before the handshake began.
    private var bytes: [UInt8] = []
    private var context: ChannelHandlerContext?
    private var state: State
    private let opened = NIODeadline.now()

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
        if state == .over { return }
        buffer.withUnsafeReadableBytes { bytes in
            if engine != nil { shakeHands(bytes) } else { begin(bytes) }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        flush()
    }

    /// Takes the first bytes: those of a proxy, then those of TLS.
    private func begin(_ more: UnsafeRawBufferPointer) {
        bytes += more
        if state == .waitingForProxyHeader {
            switch loop.readProxyHeader(&bytes, of: slot) {
            case .needsMore: return
            case .read: state = .waitingForFirstByte
            case .malformed(let reason): return fail(reason)
            }
        }
        guard let first = bytes.first else { return }
        if state == .waitingForFirstByte {
            state = .handshaking
            if first != Self.handshakeRecord { return refusePlaintext() }
        }
        if loop.handshakes.begin(self, of: slot.network) {
            beginHandshake()
        } else if bytes.count > loop.environment.limits.openingBytesMax {
            fail("too much came before the handshake (openingBytesMax)")
        }
    }

    /// First byte of every TLS connection.
    private static let handshakeRecord: UInt8 = 22

    /// It is this connection's turn to shake hands, after others.
    func takeTurn() {
        loop.eventLoop.assumeIsolated().execute { [self] in
            beginHandshake()
            flush()
        }
    }

    private func beginHandshake() {
        guard state == .handshaking, engine == nil, let context else { return }
        let first = bytes
        bytes = []
        do {
            let tls = loop.environment.tls.current
            engine = try .server(tls, allocator: context.channel.allocator)
        } catch {
            return fail("\(error)")
        }
        first.withUnsafeBytes { shakeHands($0) }
    }

    private func shakeHands(_ bytes: UnsafeRawBufferPointer) {
        guard let engine else { return }
        do {
            try engine.withInbound(bytes) {
                guard try engine.handshake() else { return }
                if engine.negotiatedHTTP2 { return try handOver(engine) }
                guard loop.environment.web != nil else {
                    return fail("the client did not offer ALPN h2")
                }
                try handOverPlain(engine)
            }
        } catch {
            fail("\(error)")
        }
    }

    /// The handshake is over: HTTP/2 begins, with what has come of it already.
    private func handOver(_ engine: TLSEngine) throws {
        guard let context, state == .handshaking else { return }
        let refusal = loop.establish(slot)
        let handler = try ServerConnectionHandler(loop: loop, slot: slot, engine: engine)
        try context.pipeline.syncOperations.addHandler(handler, position: .after(self))
        state = .over
        end()
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        if let refusal { return handler.fail(refusal) }
        handler.readRecords()
        handler.awaitEndOfTurn()
    }

    /// The handshake is over with a client that speaks HTTP/1.1.
    private func handOverPlain(_ engine: TLSEngine) throws {
        guard let context, state == .handshaking else { return }
        if let refusal = loop.establish(slot) { return fail(refusal) }
        let plaintext = PlaintextHandler(loop: loop, engine: engine)
        let pipeline = context.pipeline.syncOperations
        try pipeline.addHandler(plaintext, position: .after(self))
        try pipeline.configureHTTPServerPipeline(
            position: .after(plaintext),
            withPipeliningAssistance: true,
            withErrorHandling: true
        )
        try pipeline.addHandler(WebConnection(loop: loop, slot: slot, engine: engine))
        flush()
        state = .over
        end()
        pipeline.removeHandler(context: context, promise: nil)
        plaintext.readRecords()
    }

    private func flush() {
        guard let context, let engine, engine.outbound.readableBytes > 0 else { return }
        let out = engine.takeOutbound()
        loop.counters.add(.bytesSent, out.readableBytes)
        context.writeAndFlush(wrapOutboundOut(out), promise: nil)
    }

    // MARK: Ending

    /// Tells a client that forgot TLS so in the only words it understands.
    private func refusePlaintext() {
        let answer = ByteBuffer(string: plaintextAnswer)
        context?.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        fail("the client sent plain text")
    }

    /// Closes at once.
    func abort() {
        context?.close(promise: nil)
    }

    /// Looks after the time of the handshake.
    func tick(now: NIODeadline) {
        // Whoever has something to say to a server that stops has said it.
        let isSilent = state != .handshaking && now - opened > .seconds(2)
        if loop.isDraining, isSilent { return abort() }
        if now - opened > .seconds(Int64(loop.environment.limits.handshakeTimeoutSeconds)) {
            fail("no TLS handshake within handshakeTimeoutSeconds")
        }
    }

    private func fail(_ reason: String) {
        note(reason)
        // An alert of TLS that tells the peer why may be waiting.
        flush()
        state = .over
        context?.close(promise: nil)
    }

    /// Tells why there is no connection: what an operator looks for when a client cannot connect.
    private func note(_ reason: String) {
        let logger = loop.environment.logger
        var metadata: Logger.Metadata = [
            "reason": "\(reason)", "peer": "\(slot.peer?.description ?? "unknown")",
        ]
        loop.counters.count(.handshakesRefused)
        guard let untold = loop.refusedHandshakes.take(now: .now()) else {
            return logger.debug("Handshake refused.", metadata: metadata)
        }
        if untold > 0 { metadata["untold"] = "\(untold)" }
        logger.notice("Handshake refused.", metadata: metadata)
    }

    private func end() {
        guard context != nil else { return }
        // One that sends nothing is a probe; one that goes away now mostly has a reason.
        if state == .handshaking {
            note("the client went away in the handshake; it may not trust the certificate")
        }
        context = nil
        loop.handshakes.end(self, of: slot.network)
        // Not if the place is that of a connection now.
        if !slot.isEstablished { loop.environment.slots.leave(slot) }
        loop.remove(self)
    }
}
