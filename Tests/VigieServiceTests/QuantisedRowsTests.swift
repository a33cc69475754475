// SPDX-License-Identifier: Apache-2.0

// Quantised rows over TLS, quantised by nothing but what GetQuantiser says: the answers are those
// of the float rows, byte by byte, and what is wrong with them is told.

import Digests
import FoundationEssentials
import GRPCTransport
import ProtobufCoding
import Scoring
import TestModels
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct QuantisedRowsTests {
    private static let bundle = TreeBundle()
    private static let model = Result { try bundle.load() }

    /// Runs a test with a server of the model and its quantiser.
    private func run(
        limits: ServiceLimits = .init(),
        _ body: (TestServer, Vigie_V1_Quantiser) async throws -> Void
    ) async throws {
        let other = try TestBundle.model()
        try await TestServer.run(models: [Self.model.get(), other], limits: limits) { server in
            let response = try await server.quantiser()
            #expect(response.name == "trees" && response.version == "1.0.0")
            #expect(response.contentHash == server.models[0].contentHash)
            try await body(server, response.quantiser)
        }
    }

    private static let header = Vigie_V1_ScoreHeader.with {
        $0.outputs = [.probability, .score, .riskClass, .percentile, .rawScore]
    }

    @Test(arguments: ScoreRowsTests.limits, [1, 513, 1_500])
    func scoreAsTheirValues(limits: ServiceLimits, rowCount: Int) async throws {
        try await run(limits: limits) { server, quantiser in
            let rows = Self.bundle.rows(rowCount, seed: UInt64(rowCount))
            for reasonCount in [0, 3] as [UInt32] where rowCount < 1_000 || reasonCount == 0 {
                var header = Self.header
                header.reasonCount = reasonCount
                let floats = try await server.score(
                    .init(.init(rows, rowCount: rowCount), header: header)
                )
                let bytes = try await server.score(
                    .init(quantiser.block(rows, rowCount: rowCount), header: header)
                )
                #expect(bytes.serializedBytes() == floats.serializedBytes())
                #expect(Set(floats.block.rawScores).count > rowCount / 2)
            }
        }
    }

    @Test(arguments: [1, 600])
    func ofModelsWithCategoriesScoreAsTheirValues(rowCount: Int) async throws {
        var bundle = Self.bundle
        bundle.categoryColumnCount = 4
        try await TestServer.run(models: [bundle.load()]) { server in
            let quantiser = try await server.quantiser().quantiser
            let rows = bundle.rows(rowCount, seed: 4)
            // 400 categories are more than a byte numbers.
            #expect(quantiser.columns.count { $0.input == 0 } > 1)
            for reasonCount in [0, 3] as [UInt32] {
                var header = Self.header
                header.reasonCount = reasonCount
                let floats = try await server.score(
                    .init(.init(rows, rowCount: rowCount), header: header)
                )
                let bytes = try await server.score(
                    .init(quantiser.block(rows, rowCount: rowCount), header: header)
                )
                #expect(bytes.serializedBytes() == floats.serializedBytes())
                #expect(Set(floats.block.rawScores).count > rowCount / 2)
            }
        }
    }

    @Test func mixWithValuesInAStreamWhateverTheOrderOfItsColumns() async throws {
        try await run { server, quantiser in
            let rows = Self.bundle.rows(300)
            let width = Self.bundle.columnCount
            // The values go in reverse order, the bytes in that of the quantiser.
            let reversed = (0..<300).flatMap { rows[$0 * width..<($0 + 1) * width].reversed() }
            var header = Self.header
            header.columns = Self.bundle.columns.reversed()
            let answers = try await server.stream([
                .header(header), .block(quantiser.block(rows, rowCount: 300)),
                .block(.init(reversed, rowCount: 300)),
                .block(quantiser.block(rows, rowCount: 300)),
            ])
            #expect(answers.count == 4)
            let blocks = answers.dropFirst().map { $0.block.serializedBytes() }
            #expect(blocks.allSatisfy { $0 == blocks[0] && $0.count > 300 * 20 })
        }
    }

    @Test func describeTheirColumns() async throws {
        try await run { server, quantiser in
            #expect(quantiser.digest.count == 32)
            #expect(quantiser.inputCount == 21)
            for column in quantiser.columns {
                #expect(column.inputName == Self.bundle.columns[Int(column.input)])
                #expect((1...254).contains(column.thresholds.count))
                #expect(column.thresholds == column.thresholds.sorted())
            }
        }
    }

    @Test func thatAreStaleAreTold() async throws {
        try await run { server, quantiser in
            var block = quantiser.block(Self.bundle.rows(1), rowCount: 1)
            for digest in [[], quantiser.digest.dropLast(), [UInt8](repeating: 0, count: 32)] {
                block.quantiserDigest = digest
                let failure = try await Failure.of { _ = try await server.score(.init(block)) }
                #expect(failure.code == .failedPrecondition)
                #expect(failure.information.reason == "QUANTISER_STALE")
                #expect(
                    failure.information.metadata == [
                        "digest": Digest.hexadecimal([UInt8](quantiser.digest)),
                        "model": "trees@1.0.0",
                    ]
                )
            }
        }
    }

    @Test func areRefusedByOtherModels() async throws {
        try await run { server, quantiser in
            var request = Vigie_V1_ScoreRowsRequest(
                quantiser.block(Self.bundle.rows(1), rowCount: 1)
            )
            request.header.model = "test"
            let scoring = try await Failure.of { _ = try await server.score(request) }
            let fetching = try await Failure.of { _ = try await server.quantiser(of: "test") }
            for failure in [scoring, fetching] {
                #expect(failure.code == .failedPrecondition)
                #expect(failure.information.reason == "QUANTISER_UNAVAILABLE")
                #expect(failure.message.contains("\"test@1.0.0\" has no quantiser"))
                #expect(failure.information.metadata["why"]?.contains("\"a\"") == true)
            }
            let unknown = try await Failure.of { _ = try await server.quantiser(of: "nobody") }
            #expect(unknown.code == .notFound)
        }
    }

    @Test(
        arguments: [
            ("WRONG_VALUE_COUNT", "block", "21 bytes of quantised values, but 2 rows of 21 bytes"),
            ("WRONG_VALUE_COUNT", "block", "20 bytes of quantised values, but 1 rows of 21 bytes"),
            ("NO_ROWS", "block.row_count", "no rows"),
            ("INVALID_BIN", "block.quantised_values", "Byte 4 of quantised row 0 is 254"),
            ("AMBIGUOUS_VALUES", "block.quantised_values", "quantised_values and other values"),
            ("UNKNOWN_LAYOUT", "block.layout", "always ROW_MAJOR"),
            ("LIMIT_EXCEEDED", "block.row_count", "blockRowsMax is 262144"),
        ].enumerated().map { ($0, $1) }
    )
    func thatAreWrongAreTold(
        index: Int,
        expected: (reason: String, field: String, message: String)
    ) async throws {
        try await run { server, quantiser in
            var block = quantiser.block(Self.bundle.rows(1), rowCount: 1)
            switch index {
            case 0: block.rowCount = 2
            case 1: block.quantisedValues.removeLast()
            case 2: block.rowCount = 0
            case 3: block.quantisedValues[4] = 254
            case 4: block.floatValues = Self.bundle.rows(1)
            case 5: block.layout = .columnMajor
            default: block.rowCount = 262_145
            }
            let failure = try await Failure.of { _ = try await server.score(.init(block)) }
            #expect(failure.code == .invalidArgument)
            #expect(failure.information.reason == expected.reason)
            #expect(failure.field == expected.field)
            #expect(failure.message.contains(expected.message))
        }
    }
}

extension TestServer {
    /// The quantiser of a model.
    fileprivate func quantiser(of name: String = "") async throws -> Vigie_V1_GetQuantiserResponse {
        try await call(
            "/vigie.v1.ModelService/GetQuantiser",
            Vigie_V1_GetQuantiserRequest.with { $0.name = name }
        )
    }
}

extension Vigie_V1_Quantiser {
    /// A block of rows, quantised as the proto says.
    fileprivate func block(_ rows: [Float], rowCount: Int) -> Vigie_V1_RowBlock {
        var bytes: [UInt8] = []
        for row in 0..<rowCount {
            for column in columns {
                let value = rows[row * Int(inputCount) + Int(column.input)]
                bytes.append(
                    value.isNaN ? 255 : UInt8(column.thresholds.count { value > $0 })
                )
            }
        }
        return .with {
            $0.rowCount = UInt32(rowCount)
            $0.quantisedValues = bytes
            $0.quantiserDigest = digest
        }
    }
}
