// SPDX-License-Identifier: Apache-2.0

// A real gRPC server whose answers to one method are scripted: what the real
// services never do on demand.

import GRPCTransport
import Logging
import Synchronization
import TestCertificates
import VigieClient

/// A server that answers one method, ListModels if not told, with one status after the other, the
/// last for ever.
final class ScriptedServer: Sendable {
    let certificates: TestCertificates
    let port: Int
    private let server: GRPCServer
    private let attempts: Attempts

    /// The attempts that arrived: their `grpc-previous-rpc-attempts`, and the caller's headers.
    private final class Attempts: Sendable {
        let headers = Mutex<[String?]>([])
        let tokens = Mutex<[String?]>([])
        let traces = Mutex<[String?]>([])
        let traceIDs = Mutex<[String?]>([])
    }

    private init(
        certificates: TestCertificates,
        port: Int,
        server: GRPCServer,
        attempts: Attempts
    ) {
        self.certificates = certificates
        self.port = port
        self.server = server
        self.attempts = attempts
    }

    static func start(
        _ statuses: [GRPCStatus],
        path: String = "/vigie.v1.ModelService/ListModels",
        answer: [UInt8] = []
    ) async throws -> ScriptedServer {
        let certificates = try TestCertificates.make()
        let attempts = Attempts()
        let server = try GRPCServer(
            configuration: .loopback(certificates),
            routes: [
                MethodRoute(path: path, clientStreaming: false) { call in
                    let index = attempts.headers.withLock { headers in
                        headers.append(call.metadataValue("grpc-previous-rpc-attempts"))
                        attempts.tokens.withLock {
                            $0.append(call.metadataValue("x-token"))
                        }
                        attempts.traces.withLock { $0.append(call.metadataValue("trace-bin")) }
                        attempts.traceIDs.withLock {
                            $0.append(call.metadataValue("in-memory-trace-id"))
                        }
                        return headers.count - 1
                    }
                    return Handler(statuses[min(index, statuses.count - 1)], answer)
                }
            ],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        return ScriptedServer(
            certificates: certificates,
            port: try await server.start(),
            server: server,
            attempts: attempts
        )
    }

    /// The number of earlier attempts that each attempt told of.
    var previousAttempts: [String?] { attempts.headers.withLock { $0 } }

    /// The headers `authorization` that arrived.
    var tokens: [String?] { attempts.tokens.withLock { $0 } }

    /// The headers `trace-bin` that arrived, in Base64.
    var traces: [String?] { attempts.traces.withLock { $0 } }

    /// The headers that arrived with which a tracer in memory carries a trace on.
    var traceIDs: [String?] { attempts.traceIDs.withLock { $0 } }

    func stop() async {
        await server.shutdownGracefully(timeout: .zero)
        certificates.remove()
    }

    /// Makes the call that is scripted.
    func call(
        options: CallOptions = .default,
        _ change: (inout ScoringClientConfiguration) -> Void = { _ in }
    ) async throws -> [ModelSummary] {
        var configuration = ScoringClientConfiguration.loopback(certificates, port: port)
        change(&configuration)
        return try await withScoringClient(configuration) {
            try await $0.listModels(options: options)
        }
    }

    private final class Handler: CallHandler {
        private let status: GRPCStatus
        private let answer: [UInt8]

        init(_ status: GRPCStatus, _ answer: [UInt8]) {
            self.status = status
            self.answer = answer
        }

        func receiveMessage(_ message: UnsafeRawBufferPointer, call: ServerCall) {
            if status.code == .ok {
                call.sendMessage(byteCount: answer.count) { $0.copyBytes(from: answer) }
            }
            call.finish(status)
        }

        func receiveEnd(call: ServerCall) {}

        func callEnded(call: ServerCall, reason: CallEndReason) {}
    }
}
