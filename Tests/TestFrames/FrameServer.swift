// SPDX-License-Identifier: Apache-2.0

// A server that speaks HTTP/2 over TLS frame by frame, as a test tells it: what
// no good server does.

internal import GRPCTransport
internal import NIOCore
internal import NIOPosix
internal import Synchronization
package import TestCertificates

/// A server whose answers are frames of the test's own.
package final class FrameServer: Sendable {
    /// What a test does with each frame that arrives.
    package typealias Script = @Sendable (Frame, FrameConnection) -> Void

    private let channel: any Channel

    private init(_ channel: any Channel) { self.channel = channel }

    /// The port that it listens at.
    package var port: Int { channel.localAddress?.port ?? 0 }

    /// Starts a server at a port of loopback, or at a socket in the file system.
    package static func start(
        _ certificates: TestCertificates,
        host: String = "127.0.0.1",
        port: Int = 0,
        path: String? = nil,
        _ script: @escaping Script
    ) async throws -> FrameServer {
        let tls = try TLSContext(
            server: ServerTLSConfiguration(
                certificatePath: certificates.serverCertificatePath,
                keyPath: certificates.serverKeyPath
            )
        )
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let engine = try TLSEngine.server(tls, allocator: channel.allocator)
                    let handler = FrameHandler(engine, channel, script)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        let channel =
            if let path {
                try await bootstrap.bind(unixDomainSocketPath: path).get()
            } else {
                try await bootstrap.bind(host: host, port: port).get()
            }
        return FrameServer(channel)
    }

    /// Takes no more connections.
    package func stop() async throws { try await channel.close() }
}

/// One connection of a frame server, on its event loop.
package final class FrameConnection {
    private let engine: TLSEngine
    private let channel: any Channel

    init(_ engine: TLSEngine, _ channel: any Channel) {
        (self.engine, self.channel) = (engine, channel)
    }

    /// Sends frames.
    package func send(_ frames: [Frame]) {
        for frame in frames { try? frame.bytes.withUnsafeBytes { try engine.write($0) } }
        flush()
    }

    /// Sends a good answer to the call of a stream: an empty message.
    package func answer(_ streamID: UInt32, _ message: [UInt8] = []) {
        send([.answerHead(streamID), .message(streamID, message), .trailers(streamID)])
    }

    /// Ends the connection.
    package func close() {
        engine.close()
        flush()
        channel.close(promise: nil)
    }

    func flush() {
        guard engine.outbound.readableBytes > 0 else { return }
        channel.writeAndFlush(engine.takeOutbound(), promise: nil)
    }
}

private final class FrameHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let engine: TLSEngine
    private let connection: FrameConnection
    private let script: FrameServer.Script
    private let plaintext = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 16 << 10,
        alignment: 16
    )
    private var received: [UInt8] = []
    private var isEstablished = false
    private var hasPreface = false

    /// Bytes of the text that a client begins with.
    private static let prefaceCount = 24

    init(_ engine: TLSEngine, _ channel: any Channel, _ script: @escaping FrameServer.Script) {
        self.engine = engine
        self.script = script
        connection = FrameConnection(engine, channel)
    }

    deinit { plaintext.deallocate() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unwrapInboundIn(data).withUnsafeReadableBytes { bytes in
            try? engine.withInbound(bytes) { try readAll() }
        }
        connection.flush()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func readAll() throws {
        if !isEstablished {
            guard try engine.handshake() else { return }
            isEstablished = true
            connection.send([.settings])
        }
        reading: while true {
            switch try engine.read(into: plaintext) {
            case .bytes(let count): received += plaintext[..<count]
            case .needsMore, .closed: break reading
            }
        }
        if !hasPreface, received.count >= Self.prefaceCount {
            hasPreface = true
            received.removeFirst(Self.prefaceCount)
        }
        while hasPreface, let frame = Frame(taking: &received) {
            if frame.kind == .settings, frame.flags == 0 { connection.send([.settingsAnswer]) }
            script(frame, connection)
        }
    }
}
