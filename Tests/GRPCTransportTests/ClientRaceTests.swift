// SPDX-License-Identifier: Apache-2.0

// A connection that is gone as soon as it is made.

import GRPCTransport
import NIOCore
import TestCertificates
import Testing

@Suite struct ClientRaceTests {
    /// Whatever the moment at which the server closes, there is a connection that takes no calls,
    /// or an error of the transport's own.
    @Test func aServerThatIsGoneAtOnceIsNoForeignError() async throws {
        let server = try await ClientTestServer.start()
        let greeting = try await PlainServer.startGreeting(server.certificates)
        for _ in 0..<50 {
            do {
                let connection = try await server.connect(port: greeting.port)
                try await connection.closeFuture.get()
                #expect(!connection.takesCalls)
                let error = await #expect(throws: ClientCallError.self) {
                    try await connection.unary(path: "/a/b", message: ByteBuffer(), deadline: nil)
                }
                #expect(error?.kind == .notBegun)
            } catch {
                #expect(error is ClientCallError, "\(error)")
            }
        }
        try await greeting.stop()
        await server.stop()
    }
}
