// SPDX-License-Identifier: Apache-2.0

// Addresses of servers as people write them.

import Testing
import VigieClient

@Suite struct ServerAddressTests {
    @Test(
        arguments: [
            ("host", [.host("host", port: 7443)]), ("host:1", [.host("host", port: 1)]),
            ("10.0.0.7:65535", [.host("10.0.0.7", port: 65_535)]), ("[::1]", [.host("::1")]),
            ("[::1]:9", [.host("::1", port: 9)]), ("::1", [.host("::1")]),
            ("dns:///host:1", [.host("host", port: 1)]), ("dns:host", [.host("host")]),
            ("unix:/run/v.sock", [.unix("/run/v.sock")]), ("unix:v.sock", [.unix("v.sock")]),
            ("unix:///run/v.sock", [.unix("/run/v.sock")]),
            ("ipv4:10.0.0.7", [.host("10.0.0.7")]),
            (
                "ipv4:10.0.0.7:1,10.0.0.8:2",
                [.host("10.0.0.7", port: 1), .host("10.0.0.8", port: 2)]
            ),
            ("ipv6:[::1]:1,[::2]", [.host("::1", port: 1), .host("::2")]),
            ("ipv6:::1", [.host("::1")]),
            ("a,b:1, unix:c", [.host("a"), .host("b", port: 1), .unix("c")]),
            ("ipv4:10.0.0.7,unix:/c,a", [.host("10.0.0.7"), .unix("/c"), .host("a")]),
        ] as [(String, [ServerAddress])]
    )
    func addressesAreRead(text: String, servers: [ServerAddress]) throws {
        let configuration = try ScoringClientConfiguration(server: text)
        #expect(configuration.servers == servers)
        let again = servers.map(\.description).joined(separator: ",")
        #expect(try ScoringClientConfiguration(server: again).servers == servers)
    }

    @Test(arguments: [
        "", ":1", "host:", "host:0", "host:65536", "host:x", "[::1", "[::1]x", "[]:1", "a,",
        ",a", "a,,b", "dns://8.8.8.8/host", "dns://host", "ipv4:host:1", "ipv4:[::1]:1",
        "ipv6:10.0.0.7", "ipv4:10.0.0.7,host", "https://host", "host/x", "ipv4:", "unix://x",
        "unix:", "unix:\(String(repeating: "x", count: 108))", "host:+1", "[host]:1", "1:2:3",
    ])
    func addressesThatMakeNoSenseAreRefused(text: String) {
        let error = #expect(throws: VigieError.self) {
            try ScoringClientConfiguration(server: text)
        }
        #expect(error?.reason == VigieError.ClientReason.invalidConfiguration)
    }

    @Test func configurationsThatCannotBeAreRefused() {
        let long = String(repeating: "x", count: 200)
        for servers in [
            [], [.unix("")], [.host("u:p@a")], [.host("a", port: 0)], [.host("1.2.3.400")],
            [.unix(long)], [.unix("a\0b")], [.host("a b")],
            Array(repeating: .host("a"), count: 65),
        ] as [[ServerAddress]] {
            #expect(throws: VigieError.self) {
                try ScoringClient(ScoringClientConfiguration(servers: servers))
            }
        }
        var configuration = ScoringClientConfiguration(host: "a")
        configuration.loadBalancing = LoadBalancing(rawValue: "grpclb")
        let error = #expect(throws: VigieError.self) { try ScoringClient(configuration) }
        #expect(error?.message.contains("round_robin") == true)
    }
}
