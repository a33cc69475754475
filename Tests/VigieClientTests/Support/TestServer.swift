// SPDX-License-Identifier: Apache-2.0

// A real server with the bundled models on loopback, and clients of it.

import GRPCTransport
import Logging
import Policies
import Scoring
import TestCertificates
import VigieApplication
import VigieClient
import VigieService

/// A server under test.
struct TestServer: Sendable {
    let certificates: TestCertificates
    /// The bundled models, unless the server holds others.
    let models: [TestModel]
    let port: Int
    private let server: VigieServer

    static func start(
        certificates: TestCertificates? = nil,
        port: Int = 0,
        models others: [ScoringModel]? = nil,
        policies: [Policy] = []
    ) async throws -> TestServer {
        let certificates = try certificates ?? TestCertificates.make()
        let models = try others == nil ? TestModel.bundled.get() : []
        var configuration = VigieServerConfiguration(
            transport: .loopback(certificates, port: port)
        )
        configuration.policies = PolicyShelf(policies: policies)
        let server = try VigieServer(
            configuration: configuration,
            registry: try ModelRegistry(models: others ?? models.map(\.scoringModel)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        return TestServer(
            certificates: certificates,
            models: models,
            port: try await server.start(),
            server: server
        )
    }

    /// Stops the server; the certificates stay for another.
    func stop(timeout: Duration = .zero) async {
        await server.stop(timeout: timeout)
    }

    /// Deletes the certificates.
    func removeFiles() { certificates.remove() }

    /// A file with an authority that did not sign the server's certificate.
    var otherCAPath: String { certificates.otherCAPath }

    /// How to reach the server.
    var configuration: ScoringClientConfiguration { .loopback(certificates, port: port) }
}

extension ServerConfiguration {
    static func loopback(_ certificates: TestCertificates, port: Int = 0) -> ServerConfiguration {
        ServerConfiguration(
            port: port,
            tls: ServerTLSConfiguration(
                certificatePath: certificates.serverCertificatePath,
                keyPath: certificates.serverKeyPath
            ),
            eventLoopCount: 1
        )
    }
}

extension ScoringClientConfiguration {
    static func loopback(_ certificates: TestCertificates, port: Int) -> ScoringClientConfiguration
    {
        var configuration = ScoringClientConfiguration(
            host: "127.0.0.1",
            port: port,
            tls: TLS(roots: .file(certificates.caPath))
        )
        // All tests run at once, on machines with other work.
        configuration.timeout = .seconds(60)
        configuration.connectTimeout = .seconds(30)
        return configuration
    }
}

/// Runs a body with a server and a client of it, and ends both.
func withServer(
    models: [ScoringModel]? = nil,
    _ change: (inout ScoringClientConfiguration) -> Void = { _ in },
    _ body: (TestServer, ScoringClient) async throws -> Void
) async throws {
    let server = try await TestServer.start(models: models)
    var configuration = server.configuration
    change(&configuration)
    do {
        try await withScoringClient(configuration) { client in try await body(server, client) }
    } catch {
        await server.stop()
        server.certificates.remove()
        throw error
    }
    await server.stop()
    server.certificates.remove()
}
