// SPDX-License-Identifier: Apache-2.0

// Servers that are silent: asked in time, and given up when they do not answer.

import GRPCTransport
import NIOCore
import Synchronization
import TestCertificates
import TestFrames
import Testing

@Suite struct KeepaliveTests {
    private let settings = ClientKeepalive(
        time: .milliseconds(100),
        timeout: .milliseconds(400),
        withoutCalls: false
    )

    @Test func aServerThatDoesNotAnswerIsGivenUp() async throws {
        try await with(settings, answers: false) { connection, pings in
            let error = await #expect(throws: ClientCallError.self) {
                try await connection.unary(path: "/a/b", message: ByteBuffer(), deadline: nil)
            }
            #expect(error?.kind == .connectionLost)
            #expect(error?.status.code == .unavailable)
            #expect(error?.status.message.contains("keepalive") == true)
            #expect(pings.count == 1)
            try await connection.closeFuture.get()
        }
    }

    @Test func aServerThatAnswersIsKept() async throws {
        try await with(settings, answers: true) { connection, pings in
            let error = await #expect(throws: ClientCallError.self) {
                try await connection.unary(
                    path: "/a/b",
                    message: ByteBuffer(),
                    deadline: .now() + .milliseconds(1_500)
                )
            }
            #expect(error?.kind == .deadlineExceeded)
            #expect(pings.count >= 3)
            #expect(connection.takesCalls)
        }
    }

    @Test func withoutCallsOnlyWhoeverWantsItAsks() async throws {
        try await with(settings, answers: false) { connection, pings in
            try await Task.sleep(for: .milliseconds(1_200))
            #expect(pings.count == 0 && connection.takesCalls)
            // The first call asks at once, since the server has been silent for long.
            let error = await #expect(throws: ClientCallError.self) {
                try await connection.unary(path: "/a/b", message: ByteBuffer(), deadline: nil)
            }
            #expect(error?.kind == .connectionLost)
        }
        var settings = settings
        settings.withoutCalls = true
        try await with(settings, answers: false) { connection, pings in
            try await connection.closeFuture.get()
            #expect(pings.count == 1)
        }
    }

    @Test func whoAsksTooOftenIsTold() async throws {
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        let server = try await FrameServer.start(certificates) { frame, connection in
            if frame.kind == .ping { connection.send([.goAway(last: 0, 11, "too_many_pings")]) }
        }
        var settings = settings
        settings.withoutCalls = true
        let connection = try await connect(to: server, certificates, keepalive: settings)
        try await connection.endingFuture.get()
        #expect(connection.isToldOfPings)
        #expect(!connection.takesCalls)
        try await server.stop()
    }

    private final class Pings: Sendable {
        private let number = Atomic(0)

        var count: Int { number.load(ordering: .relaxed) }

        func add() { number.wrappingAdd(1, ordering: .relaxed) }
    }

    /// Runs a body with a connection to a server that answers no calls.
    private func with(
        _ settings: ClientKeepalive,
        answers: Bool,
        _ body: (ClientConnection, Pings) async throws -> Void
    ) async throws {
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        let pings = Pings()
        let server = try await FrameServer.start(certificates) { frame, connection in
            guard frame.kind == .ping, frame.flags == 0 else { return }
            pings.add()
            if answers { connection.send([.pingAnswer(frame)]) }
        }
        let connection = try await connect(to: server, certificates, keepalive: settings)
        try await body(connection, pings)
        connection.close()
        try await server.stop()
    }
}
