// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
import NetworkAddresses
import Telemetry
import TelemetryExport
import Testing

@Suite struct ExportEndpointTests {
    @Test(arguments: [
        ("https://collector.example:4318", "collector.example", 4318, true),
        ("HTTPS://collector.example", "collector.example", 4317, true),
        ("http://127.0.0.1:1/", "127.0.0.1", 1, false), ("https://[::1]", "::1", 4317, true),
        ("https://[::1]:9", "::1", 9, true),
    ])
    func readsAddresses(_ text: String, _ host: String, _ port: Int, hasTLS: Bool) throws {
        let endpoint = try ExportEndpoint(text)
        #expect(endpoint.host == host && endpoint.port == port)
        #expect((endpoint.tls != nil) == hasTLS)
    }

    @Test(arguments: [
        "", "collector:4317", "grpc://a:1", "https://", "https://:4317", "https://a:0",
        "https://a:65536", "https://a:", "https://a:1:2", "https://::1", "https://a/v1/traces",
        "https://user@a:1", "https://a b", "https://[::1", "https://a:+1", "https://a?x",
    ])
    func refusesAnythingElse(_ text: String) {
        #expect(throws: AddressProblem.self) { try ExportEndpoint(text) }
    }

    @Test(arguments: [
        "https://user:s3cret@a:1", "https://s3cret@a", "http://a@s3cret:1", "grpc://u:s3cret@a:1",
        "u:s3cret@a:1", "https://u:s3cret@a/path", "https://u:s3,cret@[::1", "s3cret@",
        "https://a:1?key=s3cret", "https://a/s3cret", "https://a#s3cret",
    ])
    func whatMayBeAPasswordIsNotShown(_ text: String) throws {
        let error = #expect(throws: AddressProblem.self) { try ExportEndpoint(text) }
        let words = try #require(error).description
        #expect(!words.contains("s3") && !words.contains("cret"))
        #expect(words.contains(text.contains("@") ? "otlp_headers" : "a path or a query"))
    }

    @Test func readsMetadata() throws {
        let lines = "# a key\nX-Api-Key:  s3cret: of ours \r\n\n  \nother: 1\n"
        let metadata = try ExportEndpoint.metadata(lines: lines)
        #expect(metadata.map(\.name) == ["x-api-key", "other"])
        #expect(metadata.map(\.value) == ["s3cret: of ours", "1"])
    }

    @Test(arguments: [
        ("secret", "line 1 has no colon"), ("\n: secret", "line 2 has no usable name"),
        ("a b: secret", "name"), ("grpc-timeout: secret", "name"), ("a: sécret", "value"),
        ("a:", "value"), ("a: secr\u{0}et", "value"),
    ])
    func badMetadataIsTold(_ lines: String, _ words: String) throws {
        let error = #expect(throws: ExportMetadataError.self) {
            try ExportEndpoint.metadata(lines: lines)
        }
        let text = try #require(error).description
        #expect(text.contains(words) && !text.contains("secr"))
    }

    @Test func metadataHasABound() {
        let lines = (0..<65).map { "a\($0): b" }.joined(separator: "\n")
        #expect(throws: ExportMetadataError.self) { try ExportEndpoint.metadata(lines: lines) }
    }

    @Test func spansThatDoNotFitAreCounted() {
        let queue = SpanQueue(countMax: 2)
        for flags in ["00", "01", "01", "01", "01"] {
            let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-\(flags)"
            queue.add(
                CallRecord(
                    path: "/s.S/M",
                    code: 0,
                    beginNanoseconds: 1,
                    nanoseconds: 1,
                    received: 1,
                    sent: 1,
                    peerAddress: "",
                    peerPort: 0,
                    caller: "",
                    trace: TraceContext(parent: parent)
                )
            )
        }
        #expect(queue.droppedCount == 2)
    }
}
