// SPDX-License-Identifier: Apache-2.0

// A connection that speaks HTTP/1.1, as proxies do to servers: one request after the other.

internal import Callers
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import VigieLimits

/// Handler of one such connection, behind NIO's reader of requests.
final class WebConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let loop: ServerLoop
    private let slot: ConnectionSlot
    private let certificate: PeerCertificate?
    private var context: ChannelHandlerContext?
    /// The request whose body comes.
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private let assembly: BudgetAccount
    /// The request that is being answered.
    private var exchange: WebTurn?
    private var isClosing = false
    /// Whether a request was answered that was not read to its end: the rest is thrown away.
    private var isRefused = false
    private var isWritable = true
    private var since = NIODeadline.now()

    init(loop: ServerLoop, slot: ConnectionSlot, engine: TLSEngine) {
        (self.loop, self.slot) = (loop, slot)
        certificate = loop.environment.gate == nil ? nil : engine.peerCertificate
        assembly = BudgetAccount(loop.environment.assemblyBudget)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
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

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        since = .now()
        context.fireChannelWritabilityChanged()
    }

    private func end() {
        guard context != nil else { return }
        context = nil
        dropBody()
        exchange?.connectionEnded()
        exchange = nil
        loop.environment.slots.leave(slot)
        loop.remove(self)
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused, !isClosing || exchange == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            since = .now()
        case .body(let bytes): receive(bytes)
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head)
        }
    }

    private func receive(_ bytes: ByteBuffer) {
        guard let head, exchange == nil else { return }
        let bytesMax = loop.environment.limits.webBodyBytesMax
        guard body.count + bytes.readableBytes <= bytesMax else {
            self.head = nil
            return refuse(head, .tooLong(bytesMax))
        }
        guard assembly.reserve(bytes.readableBytes) else {
            self.head = nil
            return refuse(head, .noMemory)
        }
        body += bytes.readableBytesView
    }

    private func dropBody() {
        assembly.release(body.count)
        body = []
    }

    /// Answers what is not read to its end: nothing can come behind it.
    private func refuse(_ head: HTTPRequestHead, _ answer: WebHead) {
        (isClosing, isRefused) = (true, true)
        dropBody()
        begin(head).respond(answer, [])
    }

    private func begin(_ head: HTTPRequestHead) -> WebTurn {
        let turn = WebTurn(self, isHead: head.method == .HEAD, version: head.version)
        if !head.isKeepAlive || loop.isDraining { isClosing = true }
        exchange = turn
        return turn
    }

    private func answer(_ head: HTTPRequestHead) {
        let limits = loop.environment.limits
        let byteCount = head.headers.reduce(head.uri.utf8.count) {
            $0 + $1.name.utf8.count + $1.value.utf8.count + 32
        }
        guard byteCount <= limits.headerListBytesMax, head.headers.count <= limits.headerCountMax
        else { return refuse(head, WebHead(431)) }
        // Two that name their host differently would each be right to somebody between.
        let hostCount = head.headers["host"].count
        guard hostCount == 1 || (hostCount == 0 && head.version == .http1_0) else {
            return refuse(head, WebHead(400))
        }
        let authorizations = head.headers["authorization"]
        let method: WebRequest.Method? =
            switch head.method {
            case .GET: .get
            case .HEAD: .head
            case .POST: .post
            default: nil
            }
        guard let web = loop.environment.web, let method else {
            return refuse(head, WebHead(405, [("allow", "GET, HEAD, POST")]))
        }
        let request = WebRequest(
            method,
            target: head.uri,
            fields: head.headers.map { ($0.name.lowercased(), $0.value) },
            body: body,
            credentials: CallCredentials(
                certificate: certificate,
                authorization: authorizations.count == 1 ? Array(authorizations[0].utf8) : []
            ),
            showsSeveralTokens: authorizations.count > 1,
            peerAddress: ServerSession.text(of: slot.peer).address
        )
        dropBody()
        let turn = begin(head)
        if request.path == "/healthz", let isServing = loop.environment.isServing?() {
            return turn.respond(
                WebHead(isServing ? 200 : 503, [("content-type", "text/plain; charset=utf-8")]),
                Array((isServing ? "serving\n" : "not serving\n").utf8)
            )
        }
        web.answer(request, WebExchange(turn, loop.eventLoop))
    }

    // MARK: Answers

    /// Bytes that the socket has not taken.
    var waitingBytes: Int {
        (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    func send(_ head: HTTPResponseHead) {
        var head = head
        if isClosing { head.headers.replaceOrAdd(name: "connection", value: "close") }
        context?.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    func send(_ bytes: [UInt8]) {
        context?.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
    }

    func flush() { context?.flush() }

    /// The answer of a request has been sent whole.
    func endAnswer() {
        guard let context else { return }
        exchange = nil
        since = .now()
        // The next request may come, and be the last, before this is written.
        let isLast = isClosing
        let end = context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated()
        guard isLast else { return }
        guard isRefused else { return end.whenComplete { _ in context.close(promise: nil) } }
        // What is still sent would make the system take back the answer.
        end.whenComplete { [self] _ in
            context.close(mode: .output, promise: nil)
            let time = TimeAmount.milliseconds(loop.environment.limits.lastWordsMilliseconds)
            loop.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in self?.abort() }
        }
    }
}

extension WebConnection: ServedConnection {
    func tick(now: NIODeadline) {
        let limits = loop.environment.limits
        if loop.isDraining { drain() }
        let seconds: Int
        if head != nil {
            seconds = limits.requestWindowSeconds
        } else if exchange == nil {
            seconds = limits.idleTimeoutSeconds
        } else if !isWritable {
            seconds = limits.stallTimeoutSeconds
        } else {
            return
        }
        if now - since > .seconds(Int64(seconds)) { abort() }
    }

    func drain() {
        isClosing = true
        guard let exchange else {
            if head == nil { context?.close(promise: nil) }
            return
        }
        exchange.drain()
    }

    func endCalls() { abort() }

    func endCallsOfOthers(_: inout CallerLooks) {}

    func abort() { context?.close(promise: nil) }
}
