// SPDX-License-Identifier: Apache-2.0

// A real scoring service beside a GetQuantiser of the test's own, which counts its calls and can
// give a quantiser that the scoring service does not take: what a fleet of unequal servers does.

import Forest
import GRPCTransport
import Logging
import ProtobufCoding
import Scoring
import Synchronization
import TestCertificates
import Testing
import VigieApplication
import VigieClient
import VigieProtos
import VigieService

/// A server of one model.
final class QuantiserServer: Sendable {
    private let certificates: TestCertificates
    private let port: Int
    private let server: GRPCServer
    private let pool: ScoringPool
    private let handler: Handler

    private init(
        certificates: TestCertificates,
        port: Int,
        server: GRPCServer,
        pool: ScoringPool,
        handler: Handler
    ) {
        self.certificates = certificates
        self.port = port
        self.server = server
        self.pool = pool
        self.handler = handler
    }

    /// Starts a server whose quantiser is that of the model, or is not.
    static func start(_ model: ScoringModel, isRight: Bool) async throws -> QuantiserServer {
        let certificates = try TestCertificates.make()
        let registry = try ModelRegistry(models: [model])
        let pool = ScoringPool(threadCount: 1)
        pool.start()
        let handler = try Handler(model, isRight: isRight)
        let server = try GRPCServer(
            configuration: .loopback(certificates),
            routes: ScoringService(registry: registry, pool: pool).description.routes + [
                MethodRoute(path: "/vigie.v1.ModelService/GetQuantiser", clientStreaming: false) {
                    _ in handler
                }
            ],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        return QuantiserServer(
            certificates: certificates,
            port: try await server.start(),
            server: server,
            pool: pool,
            handler: handler
        )
    }

    /// How often the quantiser was asked for.
    var fetchCount: Int { handler.callCount.load(ordering: .relaxed) }

    var configuration: ScoringClientConfiguration { .loopback(certificates, port: port) }

    func stop() async {
        await server.shutdownGracefully(timeout: .zero)
        await pool.stop()
        certificates.remove()
    }

    private final class Handler: CallHandler, Sendable {
        let callCount = Atomic(0)
        private let answer: [UInt8]

        init(_ model: ScoringModel, isRight: Bool) throws {
            let quantiser = try #require(model.quantisation.quantiser)
            let response = Vigie_V1_GetQuantiserResponse.with {
                $0.name = model.manifest.name
                $0.version = model.manifest.version
                $0.contentHash = model.contentHash
                $0.quantiser.digest =
                    isRight
                    ? quantiser.digest : [UInt8](repeating: 0, count: 32)
                $0.quantiser.inputCount = UInt32(model.inputColumns.count)
                $0.quantiser.columns = quantiser.quantiser.columns.map { column in
                    .with {
                        $0.input = UInt32(column.feature)
                        $0.inputName = model.inputColumns[column.feature].name
                        $0.thresholds = column.thresholds
                    }
                }
            }
            answer = response.serializedBytes()
        }

        func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
            callCount.wrappingAdd(1, ordering: .relaxed)
            call.sendMessage(byteCount: answer.count) { $0.copyBytes(from: answer) }
            call.finish(.ok)
        }

        func receiveEnd(call: ServerCall) {}

        func callEnded(call: ServerCall, reason: CallEndReason) {}
    }
}
