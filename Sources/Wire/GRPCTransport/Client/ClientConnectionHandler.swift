// SPDX-License-Identifier: Apache-2.0

// Joins socket, TLS and HTTP/2 session of one client connection, and keeps its
// time.

internal import NIOCore
internal import VigieLimits

/// What the callers of a connection ask of its event loop.
enum ClientCommand: Sendable {
    /// Begin a call.
    case start(ClientCall)
    /// A call has more to send.
    case wake(ClientCall)
    /// The reader of a call has caught up.
    case resumeReading(ClientCall)
    /// The caller has lost interest.
    case cancel(ClientCall)
    /// Take no new calls, finish those under way, close.
    case drain
    /// Close at once.
    case close
}

/// The one handler in the channel of a client connection.
final class ClientConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let engine: TLSEngine
    private let target: ClientTarget
    private let limits: TransportLimits
    private let writer: RecordWriter
    private let plaintext: UnsafeMutableRawBufferPointer
    private let shared: ClientConnectionState
    private var session: ClientSession?
    /// Told once: the server has greeted, or there is no connection.
    private var greeted: EventLoopPromise<NIOLoopBound<ClientConnectionHandler>>?
    private var context: ChannelHandlerContext?
    private var isDraining = false
    private var isClosing = false
    private var timer: (deadline: NIODeadline, task: Scheduled<Void>)?
    private var keepalive: KeepaliveClock?
    private var keepaliveTimer: Scheduled<Void>?
    /// Whether the server is not asked for want of calls: the next call asks.
    private var isDormant = false

    /// The longest plaintext of a TLS record.
    private static let recordBytes = 16 << 10

    init(
        engine: TLSEngine,
        target: ClientTarget,
        limits: TransportLimits,
        shared: ClientConnectionState,
        greeted: EventLoopPromise<NIOLoopBound<ClientConnectionHandler>>
    ) {
        self.engine = engine
        self.target = target
        self.limits = limits
        self.shared = shared
        self.greeted = greeted
        keepalive = target.keepalive.map { KeepaliveClock($0) }
        writer = RecordWriter(engine)
        plaintext = .allocate(byteCount: Self.recordBytes, alignment: 16)
    }

    deinit {
        plaintext.deallocate()
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { begin() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        begin()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        do {
            try buffer.withUnsafeReadableBytes { bytes in
                try engine.withInbound(bytes) { try readAll() }
            }
        } catch {
            fail(error)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if keepalive != nil { keepalive?.noteRead(.now()) }
        flush()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { flush() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let during = engine.isEstablished ? "" : " during the TLS handshake; is it a TLS port?"
        fail(ClientCallError.connectionLost("the server closed the connection\(during)"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error)
    }

    // MARK: Commands

    /// Carries out what callers asked for, and sends once.
    func perform(_ commands: [ClientCommand]) {
        for command in commands { perform(command) }
        flush()
    }

    private func perform(_ command: ClientCommand) {
        guard let session, context != nil else {
            if case .start(let call) = command, !call.isEnded {
                call.isEnded = true
                let status = GRPCStatus(.unavailable, "the connection is closed")
                call.receiver.end(.failure(ClientCallError(.notBegun, status)))
            }
            if case .cancel(let call) = command { call.isCancelled = true }
            return
        }
        switch command {
        case .start(let call):
            session.start(call)
            // No stream may be left to begin.
            if session.isGoingAway { shared.stopTakingCalls() }
            if isDormant { checkKeepalive() }
            if let deadline = call.expiry(now: .now()) { wakeUp(by: deadline) }
        case .wake(let call):
            session.wake(call)
        case .resumeReading(let call):
            session.resumeReading(call)
        case .cancel(let call):
            session.abandon(call, CancellationError())
        case .drain:
            isDraining = true
            shared.stopTakingCalls()
        case .close:
            session.abandonAll { call in
                .connectionLost("the connection was closed", answerBegan: call.answerBegan)
            }
            session.terminate()
            isClosing = true
        }
    }

    // MARK: Bytes

    private func begin() {
        do {
            // Without TLS the client speaks at once.
            if try engine.handshake() { try readAll() }
        } catch {
            fail(error)
        }
        flush()
    }

    private func readAll() throws {
        if session == nil {
            guard try engine.handshake() else { return }
            guard engine.negotiatedHTTP2 else {
                throw HandshakeFacts.noHTTP2
            }
            session = try ClientSession(
                authority: target.authority,
                scheme: target.usesTLS ? "https" : "http",
                writer: writer,
                limits: limits
            )
        }
        reading: while let session {
            switch try engine.read(into: plaintext) {
            case .bytes(let count):
                try session.receive(UnsafeRawBufferPointer(rebasing: plaintext[..<count]))
            case .needsMore:
                break reading
            case .closed:
                throw ClientCallError.connectionLost("the server closed the connection")
            }
        }
        guard let session else { return }
        if session.isReady, let greeted, let context {
            self.greeted = nil
            greeted.succeed(NIOLoopBound(self, eventLoop: context.eventLoop))
            checkKeepalive()
        }
        if session.isGoingAway { shared.stopTakingCalls(isToldOfPings: session.isToldOfPings) }
    }

    /// Sends all that the session has to say and the socket will take.
    private func flush() {
        guard let context else { return }
        do {
            repeat {
                if isDraining, let session, session.calls.isEmpty { session.terminate() }
                try session?.send()
                guard engine.outbound.readableBytes > 0 else { break }
                context.writeAndFlush(wrapOutboundOut(engine.takeOutbound()), promise: nil)
            } while context.channel.isWritable && session?.wantsToSend == true
        } catch {
            fail(error)
            return
        }
        closeIfOver()
    }

    private func closeIfOver() {
        guard let context, let session else { return }
        let isFinished = session.isGoingAway && session.calls.isEmpty && !session.wantsToSend
        guard session.isOver || isFinished || isClosing else { return }
        engine.close()
        if engine.outbound.readableBytes > 0 {
            context.writeAndFlush(wrapOutboundOut(engine.takeOutbound()), promise: nil)
        }
        fail(ClientCallError.connectionLost("the connection was closed"))
    }

    // MARK: Time

    /// One timer serves all calls: it is set for the earliest deadline, and moved only to an
    /// earlier time. When it fires, it ends what has expired and is set anew.
    private func wakeUp(by deadline: NIODeadline) {
        guard let context else { return }
        if let timer {
            guard deadline < timer.deadline else { return }
            timer.task.cancel()
        }
        let loopBound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let task = context.eventLoop.scheduleTask(deadline: deadline) {
            loopBound.value.expire()
        }
        timer = (deadline, task)
    }

    private func expire() {
        timer = nil
        guard let session else { return }
        let now = NIODeadline.now()
        var next: NIODeadline?
        for call in session.calls.values where !call.isEnded {
            guard let expiry = call.expiry(now: now) else { continue }
            if expiry <= now {
                let isTotal = call.deadline.map { $0 <= now } ?? false
                let why = isTotal ? "the deadline passed" : "no answer for too long"
                let status = GRPCStatus(.deadlineExceeded, why)
                let error = ClientCallError(
                    .deadlineExceeded,
                    status,
                    answerBegan: call.answerBegan
                )
                session.abandon(call, error)
            } else {
                next = next.map { min($0, expiry) } ?? expiry
            }
        }
        if let next { wakeUp(by: next) }
        flush()
    }

    /// Asks the server whether it is there when it is time, and closes when it does not answer.
    private func checkKeepalive() {
        guard keepalive != nil, let context, let session else { return }
        keepaliveTimer?.cancel()
        isDormant = false
        let next: NIODeadline
        switch keepalive?.step(now: .now(), hasCalls: !session.calls.isEmpty) {
        case nil: return
        case .dormant:
            isDormant = true
            return
        case .lost:
            fail(ClientCallError.connectionLost("the server does not answer (keepalive)"))
            return
        case .wait(let until): next = until
        case .ping(let until):
            session.ping()
            next = until
        }
        let loopBound = NIOLoopBound(self, eventLoop: context.eventLoop)
        keepaliveTimer = context.eventLoop.scheduleTask(deadline: next) {
            loopBound.value.checkKeepalive()
            loopBound.value.flush()
        }
    }

    // MARK: End

    private func fail(_ error: any Error) {
        shared.stopTakingCalls()
        timer?.task.cancel()
        timer = nil
        keepaliveTimer?.cancel()
        keepaliveTimer = nil
        if let greeted {
            self.greeted = nil
            greeted.fail(connectError(error))
        }
        let said = session?.farewell.map { "; the server said \($0)" } ?? ""
        let status = GRPCStatus(.unavailable, ClientCallError.words(ofBreak: error) + said)
        session?.abandonAll { call in
            ClientCallError(.connectionLost, status, answerBegan: call.answerBegan)
        }
        // A last alert tells the server why.
        if let context, engine.outbound.readableBytes > 0 {
            context.writeAndFlush(wrapOutboundOut(engine.takeOutbound()), promise: nil)
        }
        let closing = context
        context = nil
        closing?.close(promise: nil)
    }

    /// The failure of a connection before the first SETTINGS. Until then TLS may still fail: a
    /// server that does not accept the client's certificate says so only after the handshake, and
    /// some close without a word.
    private func connectError(_ error: any Error) -> ClientCallError {
        if let error = error as? TLSError {
            return .cannotConnect(error.failure ?? .tlsFailed, error.description)
        }
        if let error = engine.silentFailure {
            return .cannotConnect(error.failure ?? .tlsFailed, error.description)
        }
        return .cannotConnect(.closed, ClientCallError.words(ofBreak: error), detail: "\(error)")
    }
}
