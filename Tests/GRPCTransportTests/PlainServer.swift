// SPDX-License-Identifier: Apache-2.0

// Servers that do not do what a gRPC server does: they answer in plain bytes,
// or greet over TLS and are gone.

import GRPCTransport
import NIOCore
import NIOPosix
import TestCertificates

/// A server whose connections are each given to a handler of the test's own.
struct PlainServer: Sendable {
    private let channel: any Channel

    var port: Int { channel.localAddress?.port ?? 0 }

    /// A server that answers the first bytes with `answer` and closes; without an answer it is
    /// silent.
    static func start(_ answer: [UInt8]?) async throws -> PlainServer {
        try await start { _ in AnswerHandler(answer) }
    }

    /// A server that greets over TLS with SETTINGS and closes in the same breath.
    static func startGreeting(_ certificates: TestCertificates) async throws -> PlainServer {
        let tls = try TLSContext(
            server: ServerTLSConfiguration(
                certificatePath: certificates.serverCertificatePath,
                keyPath: certificates.serverKeyPath
            )
        )
        return try await start { channel in
            GreetingHandler(try TLSEngine.server(tls, allocator: channel.allocator))
        }
    }

    private static func start(
        _ handler: @escaping @Sendable (any Channel) throws -> some ChannelInboundHandler
    ) async throws -> PlainServer {
        PlainServer(
            channel: try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(handler(channel))
                    }
                }
                .bind(host: "127.0.0.1", port: 0)
                .get()
        )
    }

    func stop() async throws { try await channel.close() }
}

private final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: [UInt8]?

    init(_ answer: [UInt8]?) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let answer else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer)), promise: nil)
        context.close(promise: nil)
    }
}

private final class GreetingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let engine: TLSEngine

    init(_ engine: TLSEngine) { self.engine = engine }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        let isDone = bytes.withUnsafeReadableBytes { bytes in
            engine.withInbound(bytes) { (try? engine.handshake()) == true }
        }
        if isDone {
            // A SETTINGS frame that sets nothing.
            try? [UInt8]([0, 0, 0, 4, 0, 0, 0, 0, 0]).withUnsafeBytes { try engine.write($0) }
            engine.close()
        }
        context.writeAndFlush(wrapOutboundOut(engine.takeOutbound()), promise: nil)
        if isDone { context.close(promise: nil) }
    }
}
