// SPDX-License-Identifier: Apache-2.0

// Limits of the services, each hit once.

import FoundationEssentials
import GRPCTransport
import NIOCore
import ProtobufCoding
import Scoring
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct ServiceLimitTests {
    private let row: [UInt8] = [0x12, 0x10, 0x08, 1, 0x1A, 12] + [UInt8](repeating: 0, count: 12)

    private static func field(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        let count = bytes.count
        let length = [
            UInt8(count & 0x7F | 0x80), UInt8(count >> 7 & 0x7F | 0x80), UInt8(count >> 14),
        ]
        return [tag] + length + bytes
    }

    private func score(_ server: TestServer, _ bytes: [UInt8]) async throws {
        _ = try await server.call("/vigie.v1.ScoringService/ScoreRows", bytes: bytes)
    }

    @Test func messageFieldsMax() async throws {
        var limits = ServiceLimits()
        let most = limits.messageFieldsMax
        // Memory is not to be what stops them.
        limits.headerMemoryBytes = 64 << 20
        limits.blockMemoryBytes = 64 << 20
        func unknown(_ count: Int) -> [UInt8] { (0..<count).flatMap { _ in [0x78, 0] as [UInt8] } }
        try await TestServer.run(limits: limits) { server in
            let messages: [(Int) -> [UInt8]] = [
                { [0x0A, 0] + row + unknown($0 - 2) },
                { Self.field(0x0A, unknown($0)) + row },
                { [0x0A, 0] + Self.field(0x12, Array(row.dropFirst(2)) + unknown($0 - 2)) },
            ]
            for message in messages {
                try await score(server, message(most))
                let failure = try await Failure.of { try await score(server, message(most + 1)) }
                #expect(failure.code == .resourceExhausted)
                #expect(failure.information.metadata["limit"] == "messageFieldsMax")
            }
        }
    }

    @Test func textLimits() async throws {
        let limits = ServiceLimits()
        func request(_ texts: [[UInt8]]) -> Vigie_V1_ScoreRowsRequest {
            .with {
                $0.header = .init()
                $0.block.rowCount = 1
                $0.block.floatValues = [1, 2, 3]
                $0.block.textColumns = [
                    .with {
                        $0.dictionary = texts.map { bytes in
                            .init(bytes)
                        }
                        $0.codes = [0]
                    }
                ]
            }
        }
        let cases: [(String, [[UInt8]], [[UInt8]])] = [
            (
                "textBytesMax", [[UInt8](repeating: 65, count: limits.textBytesMax)],
                [[UInt8](repeating: 65, count: limits.textBytesMax + 1)]
            ),
            (
                "blockTextsMax", Array(repeating: [65], count: 1_000),
                Array(repeating: [65], count: limits.blockTextsMax + 1)
            ),
        ]
        var roomy = limits
        roomy.messageFieldsMax = 1 << 20
        roomy.blockMemoryBytes = 64 << 20
        try await TestServer.run(limits: roomy) { server in
            for (name, within, beyond) in cases {
                // The test model has no columns of texts: that is what is wrong with the first.
                let within = try await Failure.of { _ = try await server.score(request(within)) }
                #expect(within.information.metadata["limit"] == nil, "\(name)")
                let beyond = try await Failure.of { _ = try await server.score(request(beyond)) }
                #expect(beyond.information.metadata["limit"] == name)
            }
        }
    }

    @Test func queuedBytesMaxAndRetryDelayMilliseconds() async throws {
        var limits = ServiceLimits()
        limits.inPlaceNanosecondsMax = -1
        limits.collectedCallRowsMax = 0
        limits.queuedBytesMax = 1_000
        limits.retryDelayMilliseconds = 12_345
        try await TestServer.run(limits: limits) { server in
            let small = Vigie_V1_RowBlock(randomRows(10, seed: 1), rowCount: 10)
            #expect(try await server.score(.init(small)).block.rowCount == 10)
            let large = Vigie_V1_RowBlock(randomRows(1_000, seed: 1), rowCount: 1_000)
            let failure = try await Failure.of { _ = try await server.score(.init(large)) }
            #expect(failure.code == .unavailable)
            #expect(failure.retryDelayNanoseconds == 12_345_000_000)
        }
    }

    @Test func pageModelsDefaultAndMax() async throws {
        var limits = ServiceLimits()
        limits.pageModelsDefault = 2
        limits.pageModelsMax = 3
        let models = try (0..<5).map { try TestBundle.model(name: "test-\($0)") }
        try await TestServer.run(models: models, limits: limits) { server in
            for (size, count) in [(0, 2), (1, 1), (3, 3), (5, 3), (Int32.max, 3)] as [(Int32, Int)]
            {
                let page: Vigie_V1_ListModelsResponse = try await server.call(
                    "/vigie.v1.ModelService/ListModels",
                    Vigie_V1_ListModelsRequest.with { $0.pageSize = size }
                )
                #expect(page.models.count == count && !page.nextPageToken.isEmpty)
            }
        }
    }

    /// A limit that another lets nobody reach, or that keeps out what another lets in, is a slip.
    @Test func limitsDoNotContradictEachOther() {
        let (network, calls) = (TransportLimits(), ServiceLimits())
        #expect(network.streamWindowBytes < network.connectionWindowBytes)
        #expect(network.headerListBytesMax < network.headerFloodBytesMax)
        #expect(network.callMetadataBytesMax < network.headerListBytesMax)
        #expect(network.callMetadataCountMax < network.headerCountMax)
        #expect(network.messageBytesMax < network.assemblyBytesMax / network.budgetShares * 4)
        #expect(network.handshakeTimeoutSeconds < network.idleTimeoutSeconds)
        #expect(network.keepaliveTimeoutSeconds < network.keepaliveSeconds)
        #expect(calls.connectionQueuedBlocksMax < calls.queuedBlocksMax)
        #expect(calls.connectionQueuedCallsMax < calls.queuedCallsMax)
        #expect(calls.connectionReadPapersCallsMax < calls.readPapersCallsMax)
        #expect(calls.companiesTogetherMin <= calls.companiesTogetherMax)
        #expect(network.concurrentStreamsMax <= network.connectionUnpackedMessagesMax)
        #expect(network.connectionUnpackedMessagesMax < network.unpackedMessagesMax)
        #expect(network.addressConnectionsMax < network.connectionsMax)
        #expect(network.addressHandshakesMax <= network.addressConnectionsMax)
        #expect(network.addressHandshakesMax < network.handshakesMax)
        #expect(network.addressHandshakesAtOnceMax < network.addressHandshakesMax)
        #expect(calls.companyBytesMax <= calls.batchMessageBytesMax)
        #expect(calls.companyBytesMax <= calls.assessMessageBytesMax)
        #expect(calls.paperPartBytesMax < calls.papersBytesMax)
        #expect(calls.papersBytesMax < calls.papersUnpackedBytesMax)
        #expect(calls.collectedCallRowsMax <= calls.collectedRowsMax)
        #expect(calls.pageModelsDefault <= calls.pageModelsMax)
        #expect(calls.batchMessageBytesMax <= network.messageBytesMax)
    }
    /// What is kept for later only saves time.
    @Test func nothingIsKeptForLater() async throws {
        var limits = ServiceLimits()
        limits.cachedHeadersMax = 0
        limits.cachedHeaderBytesMax = 0
        limits.idleFramesMax = 0
        limits.retainedMemoryBytes = 0
        try await TestServer.run(limits: limits) { server in
            for rowCount in [1, 3, 5_000, 1, 20_000, 2] {
                let values = randomRows(rowCount, seed: UInt64(rowCount))
                let answer = try await server.score(.init(.init(values, rowCount: rowCount)))
                let expected = try scoreInProcess(
                    values,
                    rowCount: rowCount,
                    model: server.models[0]
                )
                #expect(isEqual(answer.block, expected))
            }
        }
    }
}
