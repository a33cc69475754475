// SPDX-License-Identifier: Apache-2.0

// Servers that answer with frames of their own: what the client makes of each.

import GRPCTransport
import NIOCore
import NIOPosix
import Synchronization
import TestCertificates
import TestFrames
import Testing
import VigieLimits

@Suite struct NastyServerTests {
    @Test func responsesBeforeTheResponseArePassedOver() async throws {
        let answer = try await call { id, connection in
            connection.send([
                .headers(id, [(":status", "100")]),
                .headers(id, [(":status", "103"), ("link", "</x>"), ("grpc-status", "13")]),
                .headers(id, [(":status", "199"), ("content-type", "text/html")]),
            ])
            connection.answer(id, [1, 2, 3])
        }
        #expect(try answer.get() == ByteBuffer(bytes: [1, 2, 3]))
    }

    @Test func responsesBeforeTheResponseHaveAnEnd() async throws {
        for count in [ClientLimits.interimResponses, ClientLimits.interimResponses + 1] {
            let answer = try await call { id, connection in
                for _ in 0..<count { connection.send([.headers(id, [(":status", "100")])]) }
                connection.answer(id)
            }
            if count == ClientLimits.interimResponses {
                #expect(try answer.get() == ByteBuffer())
            } else {
                #expect(answer.failure?.kind == .badResponse)
            }
        }
    }

    @Test(arguments: [
        ("no%20such%20thing", "no such thing"), ("%C3%A9t%C3%A9", "été"), ("50 %", "50 %"),
        ("%zz%4", "%zz%4"), ("%FF", "\u{FFFD}"), ("", ""),
    ])
    func aMessageIsDecodedWhateverItIs(sent: String, read: String) async throws {
        let answer = try await call { id, connection in
            let trailers = [
                (":status", "200"), ("content-type", "application/grpc+proto"),
                ("grpc-status", "5"), ("grpc-message", sent),
            ]
            connection.send([.headers(id, trailers, isEnd: true)])
        }
        #expect(answer.failure?.status == GRPCStatus(.notFound, read))
        #expect(answer.failure?.answerBegan == false)
    }

    @Test(
        arguments: [
            ("200", "application/grpc", "17", GRPCStatus.Code.unknown),
            ("200", "application/grpc", "x", .unknown), ("200", "application/grpc", nil, .unknown),
            ("400", "text/html", nil, .internalError), ("401", "text/html", nil, .unauthenticated),
            ("403", "text/html", nil, .permissionDenied), ("404", "text/html", nil, .unimplemented),
            ("429", "text/html", nil, .unavailable), ("503", "text/html", nil, .unavailable),
            ("200", "text/html", nil, .unknown), ("302", "text/html", nil, .unknown),
            ("503", "text/html", "8", .resourceExhausted),
        ] as [(String, String, String?, GRPCStatus.Code)]
    )
    func whatIsNoAnswerHasItsCode(
        status: String,
        contentType: String,
        code: String?,
        expected: GRPCStatus.Code
    ) async throws {
        for isAtOnce in [true, false] {
            let answer = try await call { id, connection in
                var headers = [(":status", status), ("content-type", contentType)]
                if isAtOnce, let code { headers.append(("grpc-status", code)) }
                connection.send([.headers(id, headers, isEnd: isAtOnce)])
                if !isAtOnce {
                    let trailers = code.map { [("grpc-status", $0)] } ?? [("x", "y")]
                    connection.send([.headers(id, trailers, isEnd: true)])
                }
            }
            // What is no gRPC from its first header is not read to its end.
            let isRefused = !isAtOnce && contentType == "text/html" && code != nil
            #expect(answer.failure?.status.code == (isRefused ? .unavailable : expected))
        }
    }

    @Test(
        arguments: [
            (0, GRPCStatus.Code.internalError), (1, .internalError), (2, .internalError),
            (3, .internalError), (8, .cancelled), (11, .resourceExhausted), (12, .permissionDenied),
            (0xFFFF_FFFF, .internalError),
        ] as [(UInt32, GRPCStatus.Code)]
    )
    func aResetHasItsCode(code: UInt32, expected: GRPCStatus.Code) async throws {
        let answer = try await call { id, connection in connection.send([.reset(id, code)]) }
        #expect(answer.failure?.status.code == expected)
        #expect(answer.failure?.kind == .answered)
    }

    @Test func whatTheServerHasNotBegunIsToldApart() async throws {
        let reset = try await call { id, connection in connection.send([.reset(id, 7)]) }
        #expect(reset.failure?.kind == .refused)
        let left = try await call { id, connection in
            connection.send([.goAway(last: 0, 0, "upgrade")])
        }
        #expect(left.failure?.kind == .refused)
        #expect(left.failure?.status.code == .unavailable)
        #expect(left.failure?.status.message.contains("upgrade") == true)
    }

    @Test func aCallThatTheServerHasBegunOutlivesItsGoodbye() async throws {
        let answer = try await call { id, connection in
            connection.send([.goAway(last: id, 0, "")])
            connection.answer(id, [7])
        }
        #expect(try answer.get() == ByteBuffer(bytes: [7]))
    }

    @Test func whyTheServerEndsAConnectionIsTold() async throws {
        let answer = try await call { id, connection in
            connection.send([.goAway(last: id, 11, "too_many_pings\u{1}")])
            connection.close()
        }
        #expect(answer.failure?.kind == .connectionLost)
        #expect(answer.failure?.status.message.contains("too_many_pings") == true)
        #expect(answer.failure?.status.message.contains("\u{1}") == false)
    }

    /// Makes one call, which the script answers by the number of its stream.
    private func call(
        _ script: @escaping @Sendable (UInt32, FrameConnection) -> Void
    ) async throws -> Result<ByteBuffer, ClientCallError> {
        let certificates = try TestCertificates.make()
        defer { certificates.remove() }
        let server = try await FrameServer.start(certificates) { frame, connection in
            if frame.kind == .headers { script(frame.streamID, connection) }
        }
        let connection = try await connect(to: server, certificates)
        let result: Result<ByteBuffer, ClientCallError>
        do {
            result = .success(
                try await connection.unary(
                    path: "/a/b",
                    message: ByteBuffer(),
                    deadline: .now() + .seconds(30)
                )
            )
        } catch let error as ClientCallError {
            result = .failure(error)
        }
        connection.close()
        try await server.stop()
        return result
    }
}

/// Connects to a server of frames.
func connect(
    to server: FrameServer,
    _ certificates: TestCertificates,
    keepalive: ClientKeepalive? = nil
) async throws -> ClientConnection {
    try await ClientConnection.connect(
        to: ClientTarget(
            host: "127.0.0.1",
            port: server.port,
            serverName: "localhost",
            connectTimeout: .seconds(30),
            keepalive: keepalive
        ),
        tls: TLSContext(client: ClientTLSConfiguration(caPath: certificates.caPath)),
        limits: TransportLimits(),
        eventLoop: MultiThreadedEventLoopGroup.singleton.next()
    )
}

extension Result where Failure == ClientCallError {
    /// Why it failed, if it did.
    var failure: ClientCallError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
