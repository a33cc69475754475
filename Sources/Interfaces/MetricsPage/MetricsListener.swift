// SPDX-License-Identifier: Apache-2.0

// The page over HTTP/1.1, on a listener of its own: what is asked there never waits for calls, nor
// calls for it.

internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization
internal import VigieLimits

/// Serves `GET /metrics`, and `GET /healthz` for who cannot speak gRPC.
package final class MetricsListener: Sendable {
    private let page: MetricsPage
    private let isServing: @Sendable () -> Bool
    private let exchangeTimeout: TimeAmount
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let connections = Atomic<Int>(0)
    private let listeners = Mutex<[any Channel]>([])

    /// Makes a listener. Nothing listens yet.
    package init(
        page: MetricsPage,
        exchangeTimeoutSeconds: Int64 = MetricsLimits.exchangeTimeoutSeconds,
        isServing: @escaping @Sendable () -> Bool
    ) {
        self.page = page
        self.isServing = isServing
        exchangeTimeout = .seconds(exchangeTimeoutSeconds)
    }

    /// Takes a socket that listens. It is this listener's from then on.
    package func start(on descriptor: Int32) async throws {
        let channel = try await bootstrap.withBoundSocket(descriptor).get()
        listeners.withLock { $0.append(channel) }
    }

    private var bootstrap: ServerBootstrap {
        ServerBootstrap(group: group)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    let (_, count) = connections.wrappingAdd(1, ordering: .relaxed)
                    channel.closeFuture.whenComplete { [self] _ in
                        connections.wrappingSubtract(1, ordering: .relaxed)
                    }
                    guard count <= MetricsLimits.connections else {
                        throw ChannelError.connectPending
                    }
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try pipeline.addHandler(
                        PageHandler(page: page, timeout: exchangeTimeout, isServing: isServing)
                    )
                }
            }
    }

    /// Stops.
    package func stop() async {
        let channels = listeners.withLock { channels in
            defer { channels = [] }
            return channels
        }
        for channel in channels { try? await channel.close() }
        try? await group.shutdownGracefully()
    }
}

/// Answers requests of one connection.
private final class PageHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let page: MetricsPage
    private let isServing: @Sendable () -> Bool
    private let timeout: TimeAmount
    private var head: HTTPRequestHead?
    /// Whether an answer is on its way to the socket.
    private var isAnswering = false
    /// Whether a request was in what is being read.
    private var hasAnswered = false
    private var clock: Scheduled<Void>?

    init(page: MetricsPage, timeout: TimeAmount, isServing: @escaping @Sendable () -> Bool) {
        self.page = page
        self.timeout = timeout
        self.isServing = isServing
    }

    func handlerAdded(context: ChannelHandlerContext) {
        beginExchange(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        clock?.cancel()
    }

    /// A request must come, and its answer be taken, in time. Bytes that come now and then do not
    /// count: there are only so many places.
    private func beginExchange(_ context: ChannelHandlerContext) {
        clock?.cancel()
        let channel = context.channel
        clock = context.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        // What a request brings along is not wanted.
        case .body: break
        case .end:
            guard let head else { return }
            self.head = nil
            // A page is a thousand times as long as what asks for it, and made anew each time.
            guard !isAnswering, !hasAnswered else { return context.close(promise: nil) }
            answer(head, context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        hasAnswered = false
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let path = head.uri.prefix { $0 != "?" }
        guard head.method == .GET || head.method == .HEAD else {
            return send(.methodNotAllowed, "Only GET is answered here.\n", head, context)
        }
        switch path {
        case "/metrics": send(.ok, page.text, head, context)
        case "/healthz":
            let isServing = isServing()
            let status: HTTPResponseStatus = isServing ? .ok : .serviceUnavailable
            send(status, isServing ? "serving\n" : "not serving\n", head, context)
        default: send(.notFound, "There are /metrics and /healthz.\n", head, context)
        }
    }

    private func send(
        _ status: HTTPResponseStatus,
        _ text: String,
        _ head: HTTPRequestHead,
        _ context: ChannelHandlerContext
    ) {
        var headers = HTTPHeaders([
            ("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
            ("Content-Length", "\(text.utf8.count)"), ("Cache-Control", "no-store"),
        ])
        if !head.isKeepAlive { headers.add(name: "Connection", value: "close") }
        let response = HTTPResponseHead(version: head.version, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        if head.method != .HEAD {
            let body = context.channel.allocator.buffer(string: text)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        (isAnswering, hasAnswered) = (true, true)
        let isKeptAlive = head.isKeepAlive
        let end = context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated()
        end.whenComplete { [self] result in
            isAnswering = false
            guard case .success = result, isKeptAlive else { return context.close(promise: nil) }
            beginExchange(context)
        }
    }
}
