// SPDX-License-Identifier: Apache-2.0

// A server with the service of the tests, and a connection to it.

import GRPCTransport
import InteropService
import Logging
import NIOCore
import NIOPosix
import ProtobufCoding
import TestCertificates
import VigieLimits

/// A connection to a server of the interoperability tests.
struct InteropPeer: Sendable {
    let connection: ClientConnection

    func stream(
        _ method: String,
        metadata: [(name: String, value: String)] = [],
        deadline: NIODeadline? = nil,
        options: StreamOptions = StreamOptions()
    ) -> ClientStream {
        connection.stream(
            path: "/\(InteropService.name)/\(method)",
            metadata: metadata,
            deadline: deadline,
            options: options
        )
    }

    func unary(_ method: String, _ request: some ProtobufMessage) async throws -> ByteBuffer {
        try await unary(method, ByteBuffer(request))
    }

    func unary(
        _ method: String,
        _ request: Grpc_Testing_SimpleRequest
    ) async throws -> ByteBuffer {
        try await unary(method, ByteBuffer(request))
    }

    private func unary(_ method: String, _ message: ByteBuffer) async throws -> ByteBuffer {
        try await connection.unary(
            path: "/\(InteropService.name)/\(method)",
            message: message,
            deadline: nil
        )
    }

    /// A call of one message each way that may compress both, and what its answer says of itself.
    func answer(
        _ method: String,
        _ message: ByteBuffer,
        isCompressed: Bool = false
    ) async throws -> (message: ByteBuffer, answer: ClientAnswer) {
        let options = StreamOptions(compression: true, keepsAnswer: true)
        let stream = stream(method, options: options)
        try await stream.send(message, isCompressed: isCompressed)
        stream.finishSending()
        let message = try await stream.next() ?? ByteBuffer()
        _ = try await stream.next()
        return (message, stream.answer)
    }
}

/// Runs `body` against a server of its own.
func withPeer(_ body: (InteropPeer) async throws -> Void) async throws {
    let certificates = try TestCertificates.make()
    defer { certificates.remove() }
    let server = try GRPCServer(
        configuration: ServerConfiguration(
            port: 0,
            tls: ServerTLSConfiguration(
                certificatePath: certificates.serverCertificatePath,
                keyPath: certificates.serverKeyPath
            ),
            eventLoopCount: 2
        ),
        routes: InteropService.description.routes,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let port = try await server.start()
    let connection = try await ClientConnection.connect(
        to: ClientTarget(
            host: "127.0.0.1",
            port: port,
            serverName: "localhost",
            connectTimeout: .seconds(20)
        ),
        tls: TLSContext(client: ClientTLSConfiguration(caPath: certificates.caPath)),
        limits: TransportLimits(),
        eventLoop: MultiThreadedEventLoopGroup.singleton.next()
    )
    do {
        try await body(InteropPeer(connection: connection))
    } catch {
        await server.shutdownGracefully(timeout: .zero)
        throw error
    }
    connection.close()
    await server.shutdownGracefully(timeout: .zero)
}

/// The status that a call fails with; nil when it does not.
func failure(of call: () async throws -> Void) async -> GRPCStatus? {
    do {
        try await call()
        return nil
    } catch let error as ClientCallError {
        return error.status
    } catch {
        return GRPCStatus(.unknown, "\(error)")
    }
}

func zeros(_ count: Int32) -> [UInt8] { [UInt8](repeating: 0, count: Int(count)) }

extension ByteBuffer {
    init(_ message: some ProtobufMessage) {
        self.init(bytes: message.serializedBytes())
    }

    init(_ request: Grpc_Testing_StreamingOutputCallRequest) {
        self.init(bytes: request.serializedBytes())
    }

    init(_ request: Grpc_Testing_SimpleRequest) {
        self.init(bytes: request.serializedBytes())
    }

    func decoded<Message: ProtobufMessage>() throws -> Message {
        try Message(serializedBytes: Array(readableBytesView))
    }

    var simple: Grpc_Testing_SimpleResponse { get throws { try decoded() } }
}

extension ClientStream {
    /// The payload of the next message; nil at the end.
    func body() async throws -> [UInt8]? {
        guard let message = try await next() else { return nil }
        let response: Grpc_Testing_StreamingOutputCallResponse = try message.decoded()
        return response.payload.body
    }

    /// What StreamingInputCall answers.
    func sum() async throws -> Int32? {
        guard let message = try await next() else { return nil }
        let response: Grpc_Testing_StreamingInputCallResponse = try message.decoded()
        return response.aggregatedPayloadSize
    }
}

extension Grpc_Testing_SimpleRequest {
    /// That of large_unary.
    static var large: Self {
        var request = Self()
        request.responseSize = 314_159
        request.payload.body = [UInt8](repeating: 0, count: 271_828)
        return request
    }
}

extension Grpc_Testing_StreamingInputCallRequest {
    init(_ size: Int) {
        self.init()
        payload.body = [UInt8](repeating: 0, count: size)
    }
}

extension Grpc_Testing_StreamingOutputCallRequest {
    init(answers sizes: [Int32], payload size: Int = 0) {
        self.init()
        responseParameters = sizes.map { size in
            var parameters = Grpc_Testing_ResponseParameters()
            parameters.size = size
            return parameters
        }
        payload.body = [UInt8](repeating: 0, count: size)
    }
}
