// SPDX-License-Identifier: Apache-2.0

// Connections that must not be made, and what they say.

import GRPCTransport
import NIOCore
import NIOPosix
import TestCertificates
import Testing

@Suite struct ClientTLSTests {
    private func failure(
        _ connect: @Sendable () async throws -> ClientConnection
    ) async -> ClientCallError? {
        await #expect(throws: ClientCallError.self) { try await connect() }
    }

    @Test func aServerOfAnotherAuthorityIsRefused() async throws {
        let server = try await ClientTestServer.start()
        let tls = ClientTLSConfiguration(caPath: server.certificates.otherCAPath)
        let error = await failure { try await server.connect(tls) }
        #expect(error?.kind == .tlsFailed)
        #expect(error?.status.message.contains("certificate") == true)
        await server.stop()
    }

    @Test func aServerOfAnotherNameIsRefused() async throws {
        let server = try await ClientTestServer.start()
        let error = await failure { try await server.connect(serverName: "example.com") }
        #expect(error?.kind == .tlsFailed)
        #expect(error?.status.message.lowercased().contains("name") == true)
        await server.stop()
    }

    @Test func anAddressIsVerifiedToo() async throws {
        let server = try await ClientTestServer.start()
        try await server.connect(serverName: "127.0.0.1").close()
        let error = await failure { try await server.connect(serverName: "127.0.0.2") }
        #expect(error?.kind == .tlsFailed)
        await server.stop()
    }

    @Test func aClientCertificateIsShown() async throws {
        let server = try await ClientTestServer.start(requiringClientCertificate: true)
        let files = server.certificates
        let tls = ClientTLSConfiguration(
            caPath: files.caPath,
            certificatePath: files.clientCertificatePath,
            keyPath: files.clientKeyPath
        )
        let connection = try await server.connect(tls)
        let message = ByteBuffer(string: "x")
        let answer = try await connection.unary(path: "/test/Echo", message: message, deadline: nil)
        #expect(answer == message)
        connection.close()

        let error = await failure { try await server.connect() }
        #expect(error?.kind == .tlsFailed)
        #expect(error?.status.message.contains("certificate required") == true)
        await server.stop()
    }

    @Test func aClosedPortCannotBeConnected() async throws {
        let server = try await ClientTestServer.start()
        await server.server.shutdownGracefully(timeout: .zero)
        let error = await failure { try await server.connect() }
        #expect(error?.kind == .cannotConnect)
        #expect(error?.status.message.contains("127.0.0.1:\(server.port)") == true)
        server.certificates.remove()
    }

    /// A port that answers in plain text, as an HTTP server does.
    @Test func aPlainTextPortIsNoticed() async throws {
        let server = try await ClientTestServer.start()
        let plain = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(PlainTextHandler())
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let error = await failure { try await server.connect(port: plain.localAddress?.port) }
        #expect(error?.kind == .tlsFailed)
        try await plain.close()
        await server.stop()
    }
}

private final class PlainTextHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let text = ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(text), promise: nil)
    }
}
