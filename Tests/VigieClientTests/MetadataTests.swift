// SPDX-License-Identifier: Apache-2.0

// Headers of a call: sent with each attempt, refused when they cannot be, and
// never printed.

import GRPCTransport
import Testing
import VigieClient
import VigieLimits

@Suite struct MetadataTests {
    @Test func headersGoWithEachAttempt() async throws {
        let server = try await ScriptedServer.start([GRPCStatus(.unavailable, "busy"), .ok])
        var metadata: CallMetadata = ["X-Token": "abc"]
        metadata.add("trace-bin", bytes: [0, 255, 10])
        _ = try await server.call(options: CallOptions(metadata: metadata))
        #expect(server.tokens == ["abc", "abc"])
        #expect(server.traces.allSatisfy { $0?.hasPrefix("AP8K") == true })
        #expect(server.previousAttempts == [nil, "1"])
        await server.stop()
    }

    @Test func scoringTakesHeadersToo() async throws {
        try await withServer { _, client in
            let options = ScoreOptions(reasonCount: 1, metadata: ["x-request": "7"])
            let score = try await client.score(row: ["total_assets": 1], options: options)
            #expect(score.reasons.count == 1)
            let blocks = AsyncStream<FeatureTable> { continuation in
                continuation.yield(
                    try! FeatureTable(
                        columns: ["total_assets"],
                        rowCount: 1,
                        floatValues: [1]
                    )
                )
                continuation.finish()
            }
            for try await scored in client.score(blocks: blocks, options: options) {
                #expect(scored.count == 1)
            }
        }
    }

    private static let refused: [(String, String)] = [
        ("", "x"), ("grpc-timeout", "1S"), (":path", "/"), ("te", "trailers"), ("Host", "x"),
        ("content-type", "text/plain"), ("a b", "x"), ("é", "x"), ("a\nb", "x"), ("a", "é"),
        ("a", "line\nbreak"), ("a", "\0"), ("a", " x"), ("a", "x "), ("a-bin", "text"),
        ("a", String(repeating: "x", count: 9_000)),
    ]

    @Test func asMuchAsTheLimitsSayIsSent() async throws {
        let limits = TransportLimits()
        func metadata(_ count: Int, byteCount: Int) -> CallOptions {
            var metadata = CallMetadata()
            for index in 0..<count {
                let name = "x\(index)"
                let length = index == 0 ? byteCount : 0
                metadata.add(name, String(repeating: "v", count: length))
            }
            return CallOptions(metadata: metadata)
        }
        let (count, bytes) = (limits.callMetadataCountMax, limits.callMetadataBytesMax)
        try await withServer { _, client in
            for options in [metadata(count, byteCount: 1), metadata(1, byteCount: bytes - 2)] {
                _ = try await client.health(options: options)
            }
            for options in [metadata(count + 1, byteCount: 1), metadata(1, byteCount: bytes - 1)] {
                let error = await #expect(throws: VigieError.self) {
                    try await client.health(options: options)
                }
                #expect(error?.reason == VigieError.ClientReason.invalidMetadata)
            }
        }
    }

    @Test(arguments: refused)
    func whatCannotBeSentIsRefused(name: String, value: String) async throws {
        try await withServer { _, client in
            var metadata = CallMetadata()
            metadata.add(name, value)
            let error = await #expect(throws: VigieError.self) {
                try await client.health(options: CallOptions(metadata: metadata))
            }
            #expect(error?.reason == VigieError.ClientReason.invalidMetadata)
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test func bytesNeedTheirName() async throws {
        try await withServer { _, client in
            var metadata = CallMetadata()
            metadata.add("trace", bytes: [1])
            await #expect(throws: VigieError.self) {
                try await client.listModels(options: CallOptions(metadata: metadata))
            }
            metadata = CallMetadata()
            for index in 0..<65 { metadata.add("a\(index)", "x") }
            await #expect(throws: VigieError.self) {
                try await client.describeModel(options: CallOptions(metadata: metadata))
            }
        }
    }

    @Test func secretsAreNotPrinted() {
        let options = ScoreOptions(metadata: ["authorization": "Bearer secret"])
        var text = "\(options) \(String(reflecting: options))"
        dump(options, to: &text)
        #expect(text.contains("authorization") && !text.contains("secret"))

        let tls = ScoringClientConfiguration.TLS(
            roots: .pem("root-bytes"),
            clientCertificate: .init(certificatePEM: "chain-bytes", keyPEM: "secret")
        )
        let configuration = ScoringClientConfiguration(host: "h", tls: tls)
        var printed = "\(configuration) \(String(reflecting: configuration))"
        dump(configuration, to: &printed)
        #expect(!printed.contains("secret") && !printed.contains("115, 101, 99"))
        #expect(!printed.contains("- 115"))
    }
}
