// SPDX-License-Identifier: Apache-2.0

// gRPC's interoperability tests, our client against our server: the cases of its document, by their
// names there.

import GRPCTransport
import InteropService
import Logging
import NIOCore
import NIOPosix
import ProtobufCoding
import TestCertificates
import Testing
import VigieLimits

@Suite("gRPC's interoperability tests") struct InteropTests {
    private static let unarySize: Int32 = 314_159
    private static let unaryBytes = 271_828
    private static let requestSizes = [27_182, 8, 1_828, 45_904]
    private static let responseSizes: [Int32] = [31_415, 9, 2_653, 58_979]

    @Test func emptyUnary() async throws {
        try await withPeer { peer in
            let answer = try await peer.unary("EmptyCall", Grpc_Testing_Empty())
            #expect(answer.readableBytes == 0)
        }
    }

    @Test func largeUnary() async throws {
        try await withPeer { peer in
            let answer = try await peer.unary("UnaryCall", .large)
            #expect(try answer.simple.payload.body == zeros(Self.unarySize))
        }
    }

    @Test func clientStreaming() async throws {
        try await withPeer { peer in
            let stream = peer.stream("StreamingInputCall")
            for size in Self.requestSizes {
                try await stream.send(ByteBuffer(Grpc_Testing_StreamingInputCallRequest(size)))
            }
            stream.finishSending()
            #expect(try await stream.sum() == 74_922)
            #expect(try await stream.next() == nil)
        }
    }

    @Test func serverStreaming() async throws {
        try await withPeer { peer in
            let stream = peer.stream("StreamingOutputCall")
            try await stream.send(ByteBuffer(.init(answers: Self.responseSizes)))
            stream.finishSending()
            for size in Self.responseSizes { #expect(try await stream.body() == zeros(size)) }
            #expect(try await stream.next() == nil)
        }
    }

    @Test(arguments: ["FullDuplexCall", "HalfDuplexCall"])
    func pingPong(method: String) async throws {
        try await withPeer { peer in
            let stream = peer.stream(method)
            let isFull = method == "FullDuplexCall"
            for (size, payload) in zip(Self.responseSizes, Self.requestSizes) {
                try await stream.send(ByteBuffer(.init(answers: [size], payload: payload)))
                if isFull { #expect(try await stream.body() == zeros(size)) }
            }
            stream.finishSending()
            for size in isFull ? [] : Self.responseSizes {
                #expect(try await stream.body() == zeros(size))
            }
            #expect(try await stream.next() == nil)
        }
    }

    @Test func emptyStream() async throws {
        try await withPeer { peer in
            let stream = peer.stream("FullDuplexCall")
            stream.finishSending()
            let message = try await stream.next()
            #expect(message == nil)
        }
    }

    @Test func pausesBetweenAnswers() async throws {
        try await withPeer { peer in
            let stream = peer.stream("StreamingOutputCall")
            var request = Grpc_Testing_StreamingOutputCallRequest(answers: [1, 2])
            request.responseParameters[1].intervalUs = 50_000
            let begun = ContinuousClock.now
            try await stream.send(ByteBuffer(request))
            stream.finishSending()
            #expect(try await stream.body() == zeros(1))
            #expect(try await stream.body() == zeros(2))
            #expect(ContinuousClock.now - begun >= .milliseconds(50))
            #expect(try await stream.next() == nil)
        }
    }

    @Test(arguments: ["UnaryCall", "FullDuplexCall"])
    func customMetadata(method: String) async throws {
        try await withPeer { peer in
            let stream = peer.stream(
                method,
                metadata: [
                    (InteropService.echoedHeader, "test_initial_metadata_value"),
                    (InteropService.echoedTrailer, "q6ur"),
                ],
                options: StreamOptions(keepsAnswer: true)
            )
            let request = Grpc_Testing_StreamingOutputCallRequest(answers: [Self.unarySize])
            let isUnary = method == "UnaryCall"
            try await stream.send(isUnary ? ByteBuffer(.large) : ByteBuffer(request))
            stream.finishSending()
            #expect(try await stream.next() != nil)
            #expect(try await stream.next() == nil)
            let answer = stream.answer
            let header = answer.headers.first { $0.name == InteropService.echoedHeader }
            let trailer = answer.trailers.first { $0.name == InteropService.echoedTrailer }
            #expect(header?.value == "test_initial_metadata_value")
            #expect(trailer.flatMap { HeaderText.base64Decoded($0.value.utf8) } == [171, 171, 171])
        }
    }

    @Test(arguments: [
        "test status message",
        "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n",
    ])
    func statusCodeAndMessage(message: String) async throws {
        try await withPeer { peer in
            var status = Grpc_Testing_EchoStatus()
            (status.code, status.message) = (2, message)
            var unary = Grpc_Testing_SimpleRequest()
            unary.responseStatus = status
            let refused = await failure { _ = try await peer.unary("UnaryCall", unary) }
            #expect(refused == GRPCStatus(.unknown, message))
            let stream = peer.stream("FullDuplexCall")
            var request = Grpc_Testing_StreamingOutputCallRequest()
            request.responseStatus = status
            try await stream.send(ByteBuffer(request))
            stream.finishSending()
            let ended = await failure { _ = try await stream.next() }
            #expect(ended == GRPCStatus(.unknown, message))
        }
    }

    @Test(arguments: ["TestService", "UnimplementedService"])
    func unimplemented(service: String) async throws {
        try await withPeer { peer in
            let path = "/grpc.testing.\(service)/UnimplementedCall"
            let status = await failure {
                _ = try await peer.connection.unary(
                    path: path,
                    message: ByteBuffer(),
                    deadline: nil
                )
            }
            #expect(status?.code == .unimplemented)
        }
    }

    @Test func cancelAfterBegin() async throws {
        try await withPeer { peer in
            let stream = peer.stream("StreamingInputCall")
            stream.cancel()
            await #expect(throws: CancellationError.self) { _ = try await stream.next() }
        }
    }

    @Test func cancelAfterFirstResponse() async throws {
        try await withPeer { peer in
            let stream = peer.stream("FullDuplexCall")
            try await stream.send(ByteBuffer(.init(answers: [31_415], payload: 27_182)))
            #expect(try await stream.body() == zeros(31_415))
            stream.cancel()
            await #expect(throws: CancellationError.self) { _ = try await stream.next() }
        }
    }

    @Test func timeoutOnSleepingServer() async throws {
        try await withPeer { peer in
            let stream = peer.stream("FullDuplexCall", deadline: .now() + .milliseconds(1))
            let status = await failure {
                try await stream.send(ByteBuffer(.init(answers: [], payload: 27_182)))
                _ = try await stream.next()
            }
            #expect(status?.code == .deadlineExceeded)
        }
    }

    @Test func clientCompressedUnary() async throws {
        try await withPeer { peer in
            var request = Grpc_Testing_SimpleRequest.large
            request.expectCompressed.value = true
            let probe = await failure {
                _ = try await peer.answer("UnaryCall", ByteBuffer(request), isCompressed: false)
            }
            #expect(probe?.code == .invalidArgument)
            let packed = try #require(ByteBuffer(request).packed)
            let (answer, _) = try await peer.answer("UnaryCall", packed, isCompressed: true)
            #expect(try answer.simple.payload.body == zeros(Self.unarySize))
            request.expectCompressed.value = false
            let plain = try await peer.answer("UnaryCall", ByteBuffer(request), isCompressed: false)
            #expect(try plain.message.simple.payload.body == zeros(Self.unarySize))
        }
    }

    @Test func serverCompressedUnary() async throws {
        try await withPeer { peer in
            for isCompressed in [true, false] {
                var request = Grpc_Testing_SimpleRequest.large
                request.responseCompressed.value = isCompressed
                let (message, answer) = try await peer.answer("UnaryCall", ByteBuffer(request))
                #expect(try message.simple.payload.body == zeros(Self.unarySize))
                #expect(answer.compressedCount == (isCompressed ? 1 : 0))
            }
        }
    }

    @Test func clientCompressedStreaming() async throws {
        try await withPeer { peer in
            var first = Grpc_Testing_StreamingInputCallRequest(27_182)
            first.expectCompressed.value = true
            let probe = await failure {
                _ = try await peer.answer("StreamingInputCall", ByteBuffer(first))
            }
            #expect(probe?.code == .invalidArgument)
            let stream = peer.stream(
                "StreamingInputCall",
                options: StreamOptions(compression: true)
            )
            let packed = try #require(ByteBuffer(first).packed)
            try await stream.send(packed, isCompressed: true)
            try await stream.send(ByteBuffer(Grpc_Testing_StreamingInputCallRequest(45_904)))
            stream.finishSending()
            #expect(try await stream.sum() == 73_086)
            #expect(try await stream.next() == nil)
        }
    }

    @Test func serverCompressedStreaming() async throws {
        try await withPeer { peer in
            let options = StreamOptions(compression: true, keepsAnswer: true)
            let stream = peer.stream("StreamingOutputCall", options: options)
            var request = Grpc_Testing_StreamingOutputCallRequest(answers: [31_415, 92_653])
            request.responseParameters[0].compressed.value = true
            request.responseParameters[1].compressed.value = false
            try await stream.send(ByteBuffer(request))
            stream.finishSending()
            #expect(try await stream.body() == zeros(31_415))
            #expect(try await stream.body() == zeros(92_653))
            #expect(try await stream.next() == nil)
            #expect(stream.answer.compressedCount == 1)
        }
    }

    @Test func manyLargeUnariesAtOnce() async throws {
        try await withPeer { peer in
            let count = try await withThrowingTaskGroup(of: Int.self) { tasks in
                for _ in 0..<200 {
                    tasks.addTask {
                        try await peer.unary("UnaryCall", .large).simple.payload.body.count
                    }
                }
                return try await tasks.reduce(0, +)
            }
            #expect(count == 200 * Int(Self.unarySize))
        }
    }
}
