// SPDX-License-Identifier: Apache-2.0

// A client's life: before run, running, closed; and connections that cannot be.

import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing
import VigieClient

@Suite struct LifeTests {
    @Test func callsWaitForRun() async throws {
        let server = try await TestServer.start()
        let client = try ScoringClient(server.configuration)
        let early = Task { try await client.health() }
        try await Task.sleep(for: .milliseconds(50))
        let running = Task { try await client.run() }
        #expect(try await early.value == .serving)
        await #expect(throws: VigieError.self) { try await client.run() }
        client.close()
        try await running.value
        await server.stop()
        server.removeFiles()
    }

    @Test func aClientThatIsNeverRunSaysSo() async throws {
        var configuration = ScoringClientConfiguration(host: "127.0.0.1", port: 1)
        configuration.timeout = .milliseconds(100)
        let client = try ScoringClient(configuration)
        let error = await #expect(throws: VigieError.self) { try await client.health() }
        #expect(error?.code == .deadlineExceeded)
        #expect(error?.message.contains("run()") == true)
    }

    @Test func tooManyWaitingCallsFailAtOnce() async throws {
        var configuration = ScoringClientConfiguration(host: "127.0.0.1", port: 1)
        configuration.waitingCallLimit = 3
        configuration.timeout = .seconds(600)
        let client = try ScoringClient(configuration)
        await withTaskGroup(of: (any Error)?.self) { tasks in
            for _ in 0..<4 {
                tasks.addTask {
                    do {
                        _ = try await client.health()
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            // Three wait, so only the one too many comes back.
            let error = await tasks.next() as? VigieError
            #expect(error?.reason == VigieError.ClientReason.queueFull)
            #expect(error?.code == .resourceExhausted)
            tasks.cancelAll()
            for await error in tasks { #expect(error is CancellationError) }
        }
    }

    @Test func aClosedClientRefusesCalls() async throws {
        try await withServer { server, _ in
            let client = try ScoringClient(server.configuration)
            let running = Task { try await client.run() }
            let status = try await client.health()
            #expect(status == .serving)
            client.close()
            try await running.value
            let error = await #expect(throws: VigieError.self) { try await client.health() }
            #expect(error?.reason == VigieError.ClientReason.clientClosed)
        }
    }

    @Test func aServiceGroupEndsTheClient() async throws {
        try await withServer { server, _ in
            let client = try ScoringClient(server.configuration)
            let group = ServiceGroup(
                services: [ClientService(client: client)],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let running = Task { try await group.run() }
            let status = try await client.health()
            #expect(status == .serving)
            await group.triggerGracefulShutdown()
            try await running.value
        }
    }

    @Test func manyCallsShareFewConnections() async throws {
        try await withServer {
            $0.connectionCount = 2
        } _: { _, client in
            try await withThrowingTaskGroup(of: Int.self) { tasks in
                for _ in 0..<300 {
                    tasks.addTask { try await client.listModels().count }
                }
                for try await count in tasks { #expect(count == 2) }
            }
        }
    }

    @Test func theDeadlineEndsACall() async throws {
        try await withServer { _, client in
            let row = ["total_assets": 1.0]
            let options = ScoreOptions(timeout: .nanoseconds(1))
            let error = await #expect(throws: VigieError.self) {
                try await client.score(row: row, options: options)
            }
            #expect(error?.code == .deadlineExceeded)
        }
    }

    @Test func wrongAuthorityNameAndPortAreToldApart() async throws {
        try await withServer { server, _ in
            var configuration = server.configuration
            configuration.tls.roots = .file(server.otherCAPath)
            try await expectFailure(configuration, VigieError.ClientReason.tlsFailed, "certificate")

            configuration = server.configuration
            configuration.tls.serverName = "example.com"
            try await expectFailure(
                configuration,
                VigieError.ClientReason.tlsFailed,
                "not for example.com"
            )

            configuration = server.configuration
            configuration.servers = [.host("127.0.0.1", port: 1)]
            try await expectFailure(
                configuration,
                VigieError.ClientReason.cannotConnect,
                "127.0.0.1:1"
            )
        }
    }

    @Test func aPlainTextPortIsNoticed() async throws {
        try await withServer { server, _ in
            let plain = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(PlainTextHandler())
                    }
                }
                .bind(host: "127.0.0.1", port: 0)
                .get()
            var configuration = server.configuration
            let port = try #require(plain.localAddress?.port)
            configuration.servers = [.host("127.0.0.1", port: port)]
            try await expectFailure(configuration, VigieError.ClientReason.tlsFailed, "TLS")
            try await plain.close()
        }
    }

    @Test func aFileThatIsNoCertificateIsNamed() throws {
        var configuration = ScoringClientConfiguration(host: "localhost")
        configuration.tls.roots = .file("/nowhere/ca.pem")
        let error = #expect(throws: VigieError.self) { try ScoringClient(configuration) }
        #expect(error?.reason == VigieError.ClientReason.invalidConfiguration)
        #expect(error?.message.contains("/nowhere/ca.pem") == true)
    }

    private func expectFailure(
        _ configuration: ScoringClientConfiguration,
        _ reason: String,
        _ text: String
    ) async throws {
        let error = await #expect(throws: VigieError.self) {
            try await withScoringClient(configuration) { try await $0.health() }
        }
        #expect(error?.code == .unavailable)
        #expect(error?.reason == reason)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }
}

/// Answers everything as an HTTP/1 server does.
private final class PlainTextHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let text = ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(text), promise: nil)
    }
}
