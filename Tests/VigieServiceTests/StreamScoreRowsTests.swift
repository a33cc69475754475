// SPDX-License-Identifier: Apache-2.0

// StreamScoreRows over TLS: order, deadlines, cancellation, the rules of a stream.

import GRPCTransport
import NIOCore
import ProtobufCoding
import Scoring
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct StreamScoreRowsTests {
    @Test(arguments: ScoreRowsTests.limits)
    func answersBlocksInTheirOrder(limits: ServiceLimits) async throws {
        // Of very different sizes, so that any overtaking would show.
        let blocks = (0..<60).map { index in
            let rowCount = 1 + (index * 377) % 3_000
            return Vigie_V1_RowBlock(randomRows(rowCount, seed: UInt64(index)), rowCount: rowCount)
        }
        try await TestServer.run(limits: limits) { server in
            let header = Vigie_V1_ScoreHeader.with { $0.reasonCount = 1 }
            let answers = try await server.stream([.header(header)] + blocks.map { .block($0) })
            #expect(answers.count == blocks.count + 1)
            #expect(answers.first?.model.name == "test")
            for (answer, block) in zip(answers.dropFirst(), blocks) {
                let expected = try scoreInProcess(
                    block.floatValues,
                    rowCount: Int(block.rowCount),
                    model: server.models[0],
                    request: ScoreRequest(reasonCount: 1)
                )
                #expect(answer.block.scores == expected.scores)
                #expect(
                    answer.block.probabilities.map(\.bitPattern)
                        == expected.probabilities.map(\.bitPattern)
                )
                #expect(answer.block.reasonFeatures == expected.reasonFeatures)
            }
        }
    }

    @Test(arguments: ScoreRowsTests.limits, [[], [0x10, 1], [0x10, 1, 0x10, 1], [0x42, 0]])
    func readsValuesWhereverTheyLie(limits: ServiceLimits, behind: [UInt8]) async throws {
        // Fields behind the values: a layout, which leaves them unaligned, one that is there
        // twice, and an unknown one.
        let rowCount = 30_000
        let values = randomRows(rowCount, seed: 77)
        let table = Vigie_V1_RowBlock(values, rowCount: rowCount).serializedBytes()
        var header: [UInt8] = [0x12]
        var length = table.count + behind.count
        while length >= 0x80 {
            header.append(UInt8(length & 0x7F | 0x80))
            length >>= 7
        }
        header.append(UInt8(length))
        try await TestServer.run(limits: limits) { [header] server in
            let stream = server.client.stream(path: "/vigie.v1.ScoringService/StreamScoreRows")
            let first = Vigie_V1_StreamScoreRowsRequest.header(.init())
                .serializedBytes()
            try await stream.send(ByteBuffer(bytes: first))
            for _ in 0..<6 { try await stream.send(ByteBuffer(bytes: header + table + behind)) }
            stream.finishSending()
            let expected = try scoreInProcess(values, rowCount: rowCount, model: server.models[0])
            #expect(try await stream.next() != nil)
            for _ in 0..<6 {
                let answer = try #require(await stream.next())
                let response = try Vigie_V1_StreamScoreRowsResponse(
                    serializedBytes: Array(answer.readableBytesView)
                )
                #expect(isEqual(response.block, expected))
            }
            #expect(try await stream.next() == nil)
        }
    }

    @Test func answersAHeaderAlone() async throws {
        try await TestServer.run { server in
            let answers = try await server.stream([.header(.init())])
            #expect(answers.map(\.model.name) == ["test"])
        }
    }

    @Test(
        arguments: [
            ([], "NO_HEADER", "header"),
            ([.block(.init([1, 2, 3], rowCount: 1))], "NO_HEADER", "header"),
            ([.header(.init()), .header(.init())], "SECOND_HEADER", "header"),
            ([.header(.init()), .init()], "EMPTY_MESSAGE", "message"),
            ([.header(.with { $0.columns = ["a", "z"] })], "UNKNOWN_COLUMN", "header.columns[1]"),
            (
                [.header(.init()), .block(.init([1, 2], rowCount: 1))], "WRONG_VALUE_COUNT", "block"
            ),
        ] as [([Vigie_V1_StreamScoreRowsRequest], String, String)]
    )
    func refusesWhatBreaksTheRules(
        requests: [Vigie_V1_StreamScoreRowsRequest],
        reason: String,
        field: String
    ) async throws {
        try await TestServer.run { server in
            let failure = try await Failure.of { _ = try await server.stream(requests) }
            #expect(failure.code == .invalidArgument)
            #expect(failure.information.reason == reason)
            #expect(failure.field == field)
        }
    }

    @Test func refusesHeaderAndBlockInOneMessage() async throws {
        try await TestServer.run { server in
            let stream = server.client.stream(path: "/vigie.v1.ScoringService/StreamScoreRows")
            // The oneof cannot be written so by a library.
            try await stream.send(ByteBuffer(bytes: [0x0A, 0, 0x12, 0]))
            let failure = try await Failure.of { _ = try await stream.next() }
            #expect(failure.information.reason == "HEADER_AND_BLOCK")
        }
    }

    @Test func answersWhatCameBeforeABadBlock() async throws {
        try await TestServer.run { server in
            let stream = server.client.stream(path: "/vigie.v1.ScoringService/StreamScoreRows")
            for request: Vigie_V1_StreamScoreRowsRequest in [
                .header(.init()), .block(.init([1, 2, 3], rowCount: 1)), .block(.init()),
            ] {
                let bytes = request.serializedBytes()
                try await stream.send(ByteBuffer(bytes: bytes))
            }
            stream.finishSending()
            #expect(try await stream.next() != nil)
            #expect(try await stream.next() != nil)
            let failure = try await Failure.of { _ = try await stream.next() }
            #expect(failure.information.reason == "NO_ROWS")
        }
    }

    @Test func stopsWorkWhoseCallIsGone() async throws {
        var limits = ServiceLimits()
        limits.inPlaceNanosecondsMax = -1
        limits.chunkNanoseconds = 1
        // One call at a time finds room: the next is answered only once the first has left.
        limits.queuedBlocksMax = 1
        try await TestServer.run(limits: limits) { server in
            let rows = randomRows(200_000, seed: 9)
            for _ in 0..<5 {
                let stream = server.client.stream(path: "/vigie.v1.ScoringService/StreamScoreRows")
                for request: Vigie_V1_StreamScoreRowsRequest in [
                    .header(.with { $0.reasonCount = 3 }), .block(.init(rows, rowCount: 200_000)),
                ] {
                    let bytes = request.serializedBytes()
                    try await stream.send(ByteBuffer(bytes: bytes))
                }
                _ = try await stream.next()
                stream.cancel()
            }
            var answer: Vigie_V1_ScoreRowsResponse?
            for _ in 0..<200 where answer == nil {
                answer = try? await server.score(.init(.init([1, 2, 3], rowCount: 1)))
                if answer == nil { try await Task.sleep(for: .milliseconds(20)) }
            }
            #expect(answer?.block.rowCount == 1)
        }
    }
}
