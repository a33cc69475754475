// SPDX-License-Identifier: Apache-2.0

// Requests that are wrong: each has its code, reason, field and a message that says
// what, where and what to do.

import GRPCTransport
import ProtobufCoding
import TestRandomness
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct BadTableTests {
    private static let path = "/vigie.v1.ScoringService/ScoreRows"

    /// Sends a request that is to fail.
    private func failure(
        limits: ServiceLimits = .init(),
        _ change: (inout Vigie_V1_ScoreRowsRequest) -> Void
    ) async throws -> Failure {
        var request = Vigie_V1_ScoreRowsRequest(.init([1, 2, 3], rowCount: 1))
        change(&request)
        let bytes = request.serializedBytes()
        return try await failure(bytes: bytes, limits: limits)
    }

    private func failure(bytes: [UInt8], limits: ServiceLimits = .init()) async throws -> Failure {
        var failure: Failure?
        try await TestServer.run(limits: limits) { server in
            failure = try await Failure.of { _ = try await server.call(Self.path, bytes: bytes) }
            // The server is none the worse for it.
            _ = try await server.score(.init(.init([1, 2, 3], rowCount: 1)))
        }
        return try #require(failure)
    }

    @Test func unknownModel() async throws {
        let failure = try await failure { $0.header.model = "nobody" }
        #expect(failure.code == .notFound)
        #expect(failure.information.reason == "UNKNOWN_MODEL")
        #expect(failure.information.domain == "vigie")
        #expect(failure.resource == "nobody")
        #expect(failure.message.contains("\"test@1.0.0\""))
    }

    @Test(arguments: [
        (["a", "bb", "c"], "UNKNOWN_COLUMN", "header.columns[1]", "Did you mean \"b\"?"),
        (["a", "turnover"], "UNKNOWN_COLUMN", "header.columns[1]", "\"turnover\""),
        (["a", "b", "a"], "DUPLICATE_COLUMN", "header.columns[2]", "\"a\""),
        (["b", "c"], "MISSING_COLUMN", "header.columns", "\"a\""),
        (["a", "b", "c", "d"], "TOO_MANY_COLUMNS", "header.columns", "4"),
        (
            ["a", String(repeating: "x", count: 257)], "LIMIT_EXCEEDED", "header.columns[1]",
            "nameBytesMax is 256"
        ),
    ])
    func columns(names: [String], reason: String, field: String, message: String) async throws {
        let failure = try await failure {
            $0.header.columns = names
            $0.block = .init([Float](repeating: 1, count: names.count), rowCount: 1)
        }
        #expect(failure.code == .invalidArgument)
        #expect(failure.information.reason == reason)
        #expect(failure.field == field)
        #expect(failure.message.contains(message), "\(failure.message)")
    }

    @Test(arguments: [
        (Vigie_V1_RowBlock([1, 2], rowCount: 1), "WRONG_VALUE_COUNT", "block", "3"),
        (.init([1, 2, 3, 4], rowCount: 1), "WRONG_VALUE_COUNT", "block", "4 values"),
        (.init([], rowCount: 3), "NO_VALUES", "block.float_values", "3 rows"),
        (.init([], rowCount: 0), "NO_ROWS", "block.row_count", "at least one"),
        (.init([1, 2, 3], rowCount: 0), "NO_ROWS", "block.row_count", "at least one"),
        (
            .with {
                $0.rowCount = 1
                $0.floatValues = [1, 2, 3]
                $0.doubleValues = [1, 2, 3]
            }, "AMBIGUOUS_VALUES", "block.double_values", "exactly one"
        ),
        (
            .with {
                $0.rowCount = 1
                $0.layout = .UNRECOGNIZED(9)
                $0.floatValues = [1, 2, 3]
            }, "UNKNOWN_LAYOUT", "block.layout", "9"
        ),
        (
            .init([1, 2, 3], rowCount: 262_145), "LIMIT_EXCEEDED", "block.row_count",
            "blockRowsMax is 262144"
        ),
    ])
    func blocks(
        block: Vigie_V1_RowBlock,
        reason: String,
        field: String,
        message: String
    ) async throws {
        let failure = try await failure { $0.block = block }
        #expect(failure.code == .invalidArgument)
        #expect(failure.information.reason == reason)
        #expect(failure.field == field)
        #expect(failure.message.contains(message), "\(failure.message)")
    }

    @Test func tooManyColumnsAndOutputs() async throws {
        var limits = ServiceLimits()
        limits.columnsMax = 2
        limits.outputsMax = 1
        let columns = try await failure(limits: limits) { $0.header.columns = ["a", "b", "c"] }
        #expect(columns.message.contains("columnsMax is 2"))
        #expect(columns.field == "header.columns")
        let outputs = try await failure(limits: limits) { $0.header.outputs = [.score, .score] }
        #expect(outputs.message.contains("outputsMax is 1"))
        #expect(outputs.field == "header.outputs")
    }

    @Test func tooManyReasonsForOneBlock() async throws {
        var limits = ServiceLimits()
        limits.blockReasonsMax = 5
        let failure = try await failure(limits: limits) {
            $0.header.reasonCount = 3
            $0.block = .init([1, 2, 3, 4, 5, 6], rowCount: 2)
        }
        #expect(failure.information.metadata["limit"] == "blockReasonsMax")
        #expect(failure.information.metadata["maximum"] == "5")
        #expect(failure.information.metadata["value"] == "6")
    }

    @Test(arguments: [
        (
            Vigie_V1_ScoreHeader.with { $0.outputs = [.score, .UNRECOGNIZED(42)] },
            "UNKNOWN_OUTPUT", "header.outputs[1]", "42"
        ),
        (.with { $0.outputs = [.unspecified] }, "UNKNOWN_OUTPUT", "header.outputs[0]", "0"),
        (.with { $0.reasonCount = 4 }, "TOO_MANY_REASONS", "header.reason_count", "3 features"),
        (.with { $0.asOfDate = "2026-02-30" }, "INVALID_DATE", "header.as_of_date", "YYYY-MM-DD"),
        (
            .with { $0.model = String(repeating: "m", count: 300) },
            "LIMIT_EXCEEDED", "header.model", "nameBytesMax is 256"
        ),
    ])
    func headers(
        header: Vigie_V1_ScoreHeader,
        reason: String,
        field: String,
        message: String
    ) async throws {
        let failure = try await failure { $0.header = header }
        #expect(failure.code == .invalidArgument)
        #expect(failure.information.reason == reason)
        #expect(failure.field == field)
        #expect(failure.message.contains(message), "\(failure.message)")
    }

    @Test(
        arguments: [
            ([], "NO_HEADER"), ([0x12, 0], "NO_HEADER"), ([0x0A, 0], "NO_BLOCK"),
            ([0x0A, 0, 0x0A, 0], "REPEATED_FIELD"), ([0xFF], "MALFORMED_MESSAGE"),
            ([0x0A, 5, 1], "MALFORMED_MESSAGE"), ([0x0A, 1, 0x0A, 0x12, 0], "MALFORMED_MESSAGE"),
            ([0x0A, 0, 0x12, 2, 0x1A, 9], "MALFORMED_MESSAGE"),
            ([0x0A, 0, 0x12, 3, 0x1A, 1, 0], "MALFORMED_MESSAGE"),
            ([UInt8](repeating: 0x0B, count: 100_000), "MALFORMED_MESSAGE"),
            ([0x0A, 3, 0x0A, 1, 0xFF, 0x12, 0], "INVALID_UTF8"),
            // C would take them for no model and for the column "a".
            ([0x0A, 4, 0x0A, 2, 0, 0x61, 0x12, 0], "ZERO_CHARACTER"),
            ([0x0A, 5, 0x12, 3, 0x61, 0, 0x62, 0x12, 0], "ZERO_CHARACTER"),
            ([0x0A, 4, 0x2A, 2, 0x61, 0, 0x12, 0], "ZERO_CHARACTER"),
            ([0x0A, 3, 0x32, 1, 0, 0x12, 0], "ZERO_CHARACTER"),
        ] as [([UInt8], String)]
    )
    func bytes(bytes: [UInt8], reason: String) async throws {
        let failure = try await failure(bytes: bytes)
        #expect(failure.code == .invalidArgument)
        #expect(failure.information.reason == reason)
        #expect(!failure.message.isEmpty)
    }

    @Test func valuesThatTakeTooMuchMemory() async throws {
        var limits = ServiceLimits()
        limits.blockMemoryBytes = 64 << 10
        // Each value by itself instead of packed.
        let values = (0..<30_000).flatMap { _ in [0x1D, 0, 0, 0, 0] as [UInt8] }
        let block: [UInt8] = [0x08, 0x90, 0x4E] + values
        let size = UInt32(block.count)
        let length = [UInt8(size & 0x7F | 0x80), UInt8(size >> 7 & 0x7F | 0x80), UInt8(size >> 14)]
        let failure = try await failure(bytes: [0x0A, 0, 0x12] + length + block, limits: limits)
        #expect(failure.code == .resourceExhausted)
        #expect(failure.information.metadata["limit"] == "blockMemoryBytes")
        #expect(failure.field == "block")
    }

    @Test func takesValuesThatAreNotPacked() async throws {
        // 1, 2, 3 as float32, the last two in packs of their own.
        let block: [UInt8] = [
            0x08, 1, 0x1D, 0, 0, 0x80, 0x3F, 0x1A, 4, 0, 0, 0, 0x40, 0x1A, 4, 0, 0, 0x40, 0x40,
        ]
        try await TestServer.run { server in
            let request = [0x0A, 0, 0x12, UInt8(block.count)] + block
            let response = try Vigie_V1_ScoreRowsResponse(
                serializedBytes: await server.call(Self.path, bytes: request)
            )
            let packed = try await server.score(.init(.init([1, 2, 3], rowCount: 1)))
            #expect(response == packed)
        }
    }

    @Test func neverBreaksOnDamagedBytes() async throws {
        let header = Vigie_V1_ScoreHeader.with {
            $0.columns = TestBundle.columns
            $0.outputs = [.score]
            $0.reasonCount = 2
            $0.asOfDate = "2026-01-01"
        }
        let whole = Vigie_V1_ScoreRowsRequest(
            .init(randomRows(4, seed: 5), rowCount: 4),
            header: header
        ).serializedBytes()
        var random = SeededGenerator(seed: 8)
        try await TestServer.run { server in
            for length in 0..<whole.count {
                let failure = try await Failure.of {
                    _ = try await server.call(Self.path, bytes: Array(whole[..<length]))
                }
                #expect(failure.code == .invalidArgument)
            }
            for _ in 0..<1_000 {
                var bytes = whole
                for _ in 0...Int.random(in: 0..<3, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                }
                do {
                    _ = try await server.call(Self.path, bytes: bytes)
                } catch let error as ClientCallError {
                    let expected: [GRPCStatus.Code] = [
                        .invalidArgument, .notFound, .resourceExhausted,
                    ]
                    #expect(expected.contains(error.status.code), "\(error.status)")
                }
            }
        }
    }
}
