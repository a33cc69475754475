// SPDX-License-Identifier: Apache-2.0

// Headers that are long, and blocks that are large and laid out in an unusual way: threads
// decode them, and all else is as for short ones.

import GRPCTransport
import NIOCore
import ProtobufCoding
import Scoring
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct LongMessageTests {
    private static let rowCount = 5_000
    private static let values = randomRows(rowCount, seed: 4)

    /// A field that nobody knows, so long that what has it is decoded by a thread.
    private static let padding: [UInt8] = [0x7A, 0x80, 0x40] + [UInt8](repeating: 0, count: 8_192)

    private static func field(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        var field = [tag]
        var length = bytes.count
        while length >= 0x80 {
            field.append(UInt8(length & 0x7F | 0x80))
            length >>= 7
        }
        return field + [UInt8(length)] + bytes
    }

    private static func header(_ header: Vigie_V1_ScoreHeader = .init()) throws -> [UInt8] {
        field(0x0A, header.serializedBytes() + padding)
    }

    private static func block(_ values: [Float], rowCount: Int) throws -> [UInt8] {
        field(0x12, Vigie_V1_RowBlock(values, rowCount: rowCount).serializedBytes())
    }

    /// Blocks of the same rows, each written in a way of which no client of ours writes one.
    private static func unusualBlocks() throws -> [[UInt8]] {
        func packed(_ values: some Sequence<Float>) -> [UInt8] {
            field(0x1A, values.flatMap { bytes(of: $0) })
        }
        func bytes(of value: Float) -> [UInt8] {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
        }
        let count: [UInt8] = [0x08] + [UInt8(rowCount & 0x7F | 0x80), UInt8(rowCount >> 7)]
        let (first, last) = (values[..<7_000], values[7_000...])
        return [
            field(0x12, count + packed(first) + packed(last)),
            field(0x12, packed(first) + count + packed(last)),
            // Of two row counts the last one counts.
            field(0x12, [0x08, 1] + packed(first) + packed(last) + count),
            field(0x12, count + values.flatMap { [0x1D] + bytes(of: $0) }),
            field(0x12, count + packed(values) + padding),
        ]
    }

    private func score(_ server: TestServer, _ bytes: [UInt8]) async throws
        -> Vigie_V1_ScoreRowsResponse
    {
        let answer = try await server.call("/vigie.v1.ScoringService/ScoreRows", bytes: bytes)
        return try Vigie_V1_ScoreRowsResponse(serializedBytes: answer)
    }

    /// Sends all messages before an answer is read.
    private func stream(_ server: TestServer, _ messages: [[UInt8]]) async throws -> ClientStream {
        let stream = server.client.stream(path: "/vigie.v1.ScoringService/StreamScoreRows")
        for message in messages { try await stream.send(ByteBuffer(bytes: message)) }
        stream.finishSending()
        return stream
    }

    private func next(
        _ stream: ClientStream
    ) async throws -> Vigie_V1_StreamScoreRowsResponse {
        let answer = try #require(await stream.next())
        return try .init(serializedBytes: Array(answer.readableBytesView))
    }

    @Test func theyAreAnsweredLikeAllOthers() async throws {
        let blocks = try Self.unusualBlocks()
        try await TestServer.run { server in
            let expected = try scoreInProcess(
                Self.values,
                rowCount: Self.rowCount,
                model: server.models[0]
            )
            for header in [[], try Self.header()] {
                for block in blocks {
                    let answer = try await score(
                        server,
                        (header.isEmpty ? [0x0A, 0] : header) + block
                    )
                    #expect(answer.model.name == "test")
                    #expect(isEqual(answer.block, expected))
                }
            }
        }
    }

    @Test func answersKeepTheirOrder() async throws {
        let small = try Self.block([1, 2, 3], rowCount: 1)
        let unusual = try Self.unusualBlocks()
        let plain = try Self.block(Self.values, rowCount: Self.rowCount)
        let blocks = unusual.flatMap { [small, $0, plain] }
        try await TestServer.run { server in
            let stream = try await stream(server, [Self.header()] + blocks)
            #expect(try await next(stream).model.name == "test")
            for index in blocks.indices {
                let answer = try await next(stream)
                #expect(Int(answer.block.rowCount) == (index % 3 == 0 ? 1 : Self.rowCount))
            }
            #expect(try await stream.next() == nil)
        }
    }

    @Test func aBadHeaderEndsTheCallWhateverFollows() async throws {
        let wrong = try Self.header(.with { $0.columns = ["a", "b", "z"] })
        let block = try Self.block([1, 2, 3], rowCount: 1)
        try await TestServer.run { server in
            for _ in 0..<3 {
                let failure = try await Failure.of {
                    let stream = try await stream(server, [wrong, block, block, block])
                    _ = try await stream.next()
                }
                #expect(failure.information.reason == "UNKNOWN_COLUMN")
                #expect(failure.field == "header.columns[2]")
                let unary = try await Failure.of { _ = try await score(server, wrong + block) }
                #expect(unary.field == "header.columns[2]")
            }
            let second = try await Failure.of {
                let stream = try await stream(server, [Self.header(), Self.header()])
                while try await stream.next() != nil {}
            }
            #expect(second.information.reason == "SECOND_HEADER")
            // The end of the stream comes while the header is away.
            let alone = try await stream(server, [Self.header()])
            #expect(try await next(alone).model.name == "test")
            #expect(try await alone.next() == nil)
        }
    }

    @Test func aBadBlockIsToldAsOfShortOnes() async throws {
        let bad: [([UInt8], String)] = [
            (Self.field(0x12, [0x08, 1] + Self.padding), "NO_VALUES"),
            (Self.field(0x12, Self.padding), "NO_ROWS"),
            (Self.field(0x12, Self.padding + [0x1A]), "MALFORMED_MESSAGE"),
            // More rows than a block may have.
            (
                Self.field(0x12, [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F] + Self.padding),
                "LIMIT_EXCEEDED"
            ),
        ]
        try await TestServer.run { server in
            for (block, reason) in bad {
                let failure = try await Failure.of {
                    _ = try await score(server, [0x0A, 0] + block)
                }
                #expect(failure.information.reason == reason)
                let streamed = try await Failure.of {
                    let stream = try await stream(server, [[0x0A, 0], block])
                    while try await stream.next() != nil {}
                }
                #expect(streamed.information.reason == reason)
            }
        }
    }

    /// A pool that takes nothing tells what would have gone there.
    @Test func theyLeaveTheEventLoop() async throws {
        var limits = ServiceLimits()
        limits.queuedBlocksMax = 0
        limits.inPlaceNanosecondsMax = 1e12
        let small = try Self.block([1, 2, 3], rowCount: 1)
        let long = try [Self.header() + small] + Self.unusualBlocks().map { [0x0A, 0] + $0 }
        try await TestServer.run(limits: limits) { server in
            for message in long {
                let failure = try await Failure.of { _ = try await score(server, message) }
                #expect(failure.code == .unavailable)
                #expect(failure.information.reason == "OVERLOADED")
            }
            #expect(try await score(server, [0x0A, 0] + small).block.rowCount == 1)
            // A small block is decoded at once however it is laid out.
            #expect(try await score(server, [0x0A, 0] + small + [0x7A, 0]).block.rowCount == 1)
        }
    }

    @Test func whatTheyHeldIsGivenBack() async throws {
        var limits = TransportLimits()
        // Room for the memory of some at a time.
        limits.answerBytesMax = 8 << 20
        limits.assemblyBytesMax = 8 << 20
        limits.budgetShares = 1
        let header = try Self.header()
        let wrong = try Self.header(.with { $0.columns = ["z"] })
        let block = try Self.unusualBlocks()[0]
        let bad = Self.field(0x12, [0x08, 1] + Self.padding)
        try await TestServer.run(transportLimits: limits) { server in
            for _ in 0..<40 {
                let stream = server.client.stream(path: "/vigie.v1.ScoringService/StreamScoreRows")
                try await stream.send(ByteBuffer(bytes: header))
                try await stream.send(ByteBuffer(bytes: block))
                stream.cancel()
                for message in [wrong + block, header + bad] {
                    _ = try await Failure.of { _ = try await score(server, message) }
                }
            }
            for _ in 0..<5 {
                #expect(
                    try await Int(score(server, header + block).block.rowCount) == Self.rowCount
                )
            }
        }
    }
}
