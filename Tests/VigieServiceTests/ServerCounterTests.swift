// SPDX-License-Identifier: Apache-2.0

// What a server counts is what was sent to it.

import GRPCTransport
import ProtobufCoding
import Telemetry
import Testing
import VigieLimits
import VigieProtos
import VigieService

@Suite struct ServerCounterTests {
    @Test func countsWhatWasSent() async throws {
        try await TestServer.run { server in
            let header = Vigie_V1_ScoreHeader()
            for index in 1...10 {
                let block = Vigie_V1_RowBlock(randomRows(index, seed: 1), rowCount: index)
                _ = try await server.score(.init(block, header: header))
            }
            // A block that a thread scores, and two of a stream.
            let many = Vigie_V1_RowBlock(randomRows(50_000, seed: 2), rowCount: 50_000)
            _ = try await server.score(.init(many, header: header))
            _ = try await server.stream([.header(header), .block(many), .block(many)])
            let unknown = Vigie_V1_ScoreHeader.with { $0.model = "nothing" }
            let failure = try await Failure.of {
                _ = try await server.score(
                    .init(Vigie_V1_RowBlock([1, 2, 3], rowCount: 1), header: unknown)
                )
            }
            #expect(failure.code == .notFound)
            let second = try await server.connect()
            second.close()
            let list = try await Failure.of {
                let _: Vigie_V1_ListModelsResponse = try await server.call(
                    "/vigie.v1.ModelService/NoMethod",
                    Vigie_V1_ListModelsRequest()
                )
            }
            #expect(list.code == .unimplemented)
            let counters = server.counters
            // Calls end with the turn that sends their last frame, which the client may see before.
            server.client.close()
            await server.server.stop(timeout: .seconds(5))
            #expect(counters.value(of: .rowsScored) == 55 + 150_000)
            #expect(counters.value(of: .callsBegun) == 14)
            #expect(counters.value(of: .callsEndedOK) == 12)
            #expect(counters.value(of: .callsEndedNotFound) == 1)
            #expect(counters.value(of: .callsEndedUnimplemented) == 1)
            #expect(counters.value(of: .connectionsAccepted) == 2)
            #expect(counters.value(of: .connectionsRefused) == 0)
            // Three large blocks of three values, and at most a tenth of TLS and framing.
            let payload: UInt64 = 3 * 50_000 * 12
            let received = counters.value(of: .bytesReceived)
            #expect(received > payload && received < payload * 11 / 10)
            #expect(counters.value(of: .bytesSent) > 150_000 * 8)
        }
    }

    @Test func countsConnectionsThatAreRefused() async throws {
        var limits = TransportLimits()
        limits.connectionsMax = 1
        try await TestServer.run(transportLimits: limits) { server in
            await #expect(throws: (any Error).self) { _ = try await server.connect() }
            #expect(server.counters.value(of: .connectionsRefused) == 1)
            #expect(server.counters.value(of: .connectionsAccepted) == 1)
        }
    }
}
