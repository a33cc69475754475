// SPDX-License-Identifier: Apache-2.0

// A real server with test models on loopback, and a client connected to it over
// TLS that sends and receives bytes.

import Callers
import GRPCTransport
import Logging
import NIOCore
import NIOPosix
import ProtobufCoding
import Scoring
import Telemetry
import TestCertificates
import Testing
import VigieApplication
import VigieLimits
import VigieProtos
import VigieService

/// A running server and a client.
struct TestServer {
    /// The models, the default first.
    let models: [ScoringModel]
    /// Connected to the server.
    let client: ClientConnection
    /// To be stopped by tests that want to.
    let server: VigieServer
    /// What the server counts.
    let counters: CounterRegistry
    /// Makes another connection to the server.
    let connect: @Sendable () async throws -> ClientConnection

    /// Starts a server, runs a test and stops the server.
    static func run(
        models: [ScoringModel]? = nil,
        limits: ServiceLimits = .init(),
        transportLimits: TransportLimits = .init(),
        clock: @escaping WallClock = { 1_750_000_000 },
        readsPapers: Bool = false,
        policies: PolicyShelf = .init(),
        gate: (any CallGate)? = nil,
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        let models = try models ?? [TestBundle.model()]
        var configuration = VigieServerConfiguration(
            transport: ServerConfiguration(
                port: 0,
                tls: ServerTLSConfiguration(
                    certificatePath: certificates.serverCertificatePath,
                    keyPath: certificates.serverKeyPath
                ),
                limits: transportLimits,
                eventLoopCount: 1
            )
        )
        configuration.limits = limits
        configuration.clock = clock
        configuration.readsPapers = readsPapers
        configuration.policies = policies
        if let gate { configuration.makeGate = { _ in gate } }
        let server = try VigieServer(
            configuration: configuration,
            registry: ModelRegistry(models: models, limits: limits),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let port = try await server.start()
        let tls = try TLSContext(client: ClientTLSConfiguration(caPath: certificates.caPath))
        let connect = { @Sendable in
            try await ClientConnection.connect(
                to: ClientTarget(
                    host: "127.0.0.1",
                    port: port,
                    serverName: "localhost",
                    connectTimeout: .seconds(10)
                ),
                tls: tls,
                limits: TransportLimits(),
                eventLoop: MultiThreadedEventLoopGroup.singleton.next()
            )
        }
        let client = try await connect()
        do {
            try await body(
                TestServer(
                    models: models,
                    client: client,
                    server: server,
                    counters: configuration.transport.counters,
                    connect: connect
                )
            )
        } catch {
            client.close()
            await server.stop(timeout: .zero)
            throw error
        }
        client.close()
        await server.stop(timeout: .zero)
    }

    /// Calls a unary method with messages.
    func call<Response: ProtobufMessage>(
        _ path: String,
        _ request: some ProtobufMessage,
        timeoutSeconds: Int64 = 30
    ) async throws -> Response {
        try Response(
            serializedBytes: await call(path, bytes: request.serializedBytes(), timeoutSeconds)
        )
    }

    /// Calls a unary method with bytes.
    func call(
        _ path: String,
        bytes: [UInt8],
        _ timeoutSeconds: Int64 = 30,
        as caller: String = ""
    ) async throws -> [UInt8] {
        let answer = try await client.unary(
            path: path,
            message: ByteBuffer(bytes: bytes),
            metadata: caller.isEmpty ? [] : [("authorization", caller)],
            deadline: .now() + .seconds(timeoutSeconds)
        )
        return Array(answer.readableBytesView)
    }

    /// Scores a table.
    func score(_ request: Vigie_V1_ScoreRowsRequest) async throws -> Vigie_V1_ScoreRowsResponse {
        try await call("/vigie.v1.ScoringService/ScoreRows", request)
    }

    /// Sends all messages of a stream of rows and collects the answers.
    func stream(
        _ requests: [Vigie_V1_StreamScoreRowsRequest]
    ) async throws -> [Vigie_V1_StreamScoreRowsResponse] {
        try await stream(
            "/vigie.v1.ScoringService/StreamScoreRows",
            requests.map { $0.serializedBytes() }
        )
    }

    /// Sends all messages of a stream and collects the answers.
    func stream<Response: ProtobufMessage>(
        _ path: String,
        _ messages: [[UInt8]]
    ) async throws -> [Response] {
        let stream = client.stream(path: path)
        async let sending: Void = {
            for bytes in messages { try await stream.send(ByteBuffer(bytes: bytes)) }
            stream.finishSending()
        }()
        var answers: [Response] = []
        while let answer = try await stream.next() {
            answers.append(try .init(serializedBytes: Array(answer.readableBytesView)))
        }
        try await sending
        return answers
    }
}
