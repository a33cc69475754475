// SPDX-License-Identifier: Apache-2.0

// Addresses as people write them, and what is said of those that are none.

import NetworkAddresses
import Testing

private let listening = AddressForm.listening(
    takesPaths: true,
    countMax: 3,
    example: "127.0.0.1:7443"
)
private let metrics = AddressForm.listening(takesPaths: false, example: "127.0.0.1:9464")
private let servers = AddressForm.calling(
    defaultPort: 7443,
    takesPaths: true,
    countMax: 3,
    example: "scoring.example.com:7443"
)
private let collector = AddressForm.calling(
    defaultPort: 4317,
    takesPaths: false,
    example: "collector.example:4317"
)

@Suite struct AddressFormTests {
    @Test(
        arguments: [
            ("127.0.0.1:7443", .host("127.0.0.1", port: 7443)),
            ("localhost:0", .host("localhost", port: 0)), ("[::1]:80", .host("::1", port: 80)),
            ("[fe80::1%eth0]:80", .host("fe80::1%eth0", port: 80)),
            (" vigie.example.org:65535 ", .host("vigie.example.org", port: 65_535)),
            ("unix:/run/v.sock", .unix(path: "/run/v.sock")), ("unix:v@1", .unix(path: "v@1")),
            ("unix:///run/v.sock", .unix(path: "/run/v.sock")),
            ("unix:/\(String(repeating: "a", count: 106))", .unix(path: longest)),
        ] as [(String, NetworkAddress)]
    )
    func whatIsListenedOnIsRead(_ text: String, _ address: NetworkAddress) throws {
        #expect(try listening.address(text) == address)
        #expect(try listening.address(address.description) == address)
    }

    private static let longest = "/" + String(repeating: "a", count: 106)

    @Test(arguments: [
        ("", "there is no address; write 127.0.0.1:7443"),
        ("foo", "\"foo\" has no port; write foo:7443"),
        ("7443", "\"7443\" is a port without a host; write 127.0.0.1:7443"),
        (":7443", "\":7443\" has no host; write 127.0.0.1:7443"),
        (":", "\":\" has no host; write 127.0.0.1:7443"),
        ("foo:", "\"foo:\" has no port behind its colon; write foo:7443"),
        ("foo:x", "\"foo:x\" has a port that is not a number; write foo:7443"),
        ("foo:+1", "\"foo:+1\" has a port that is not a number; write foo:7443"),
        ("foo:-1", "\"foo:-1\" has a port that is not a number; write foo:7443"),
        ("foo:65536", "\"foo:65536\" has a port that is not from 0 to 65535; write foo:7443"),
        ("::1", "\"::1\" has an IPv6 address without brackets; write [::1]:7443"),
        ("::1:80", "\"::1:80\" has an IPv6 address without brackets; write [::1]:80"),
        ("fe80::a:b", "\"fe80::a:b\" has an IPv6 address without brackets; write [fe80::a:b]:7443"),
        ("1:2:3", "several colons, and is no IPv6 address in brackets; write 127.0.0.1:7443"),
        ("[::1]", "\"[::1]\" has no port; write [::1]:7443"),
        ("[::1", "\"[::1\" has a bracket that is not closed; write [::1]:7443"),
        ("[::1]x", "\"[::1]x\" goes on behind its bracket; write [::1]:7443"),
        ("[::1]:x", "\"[::1]:x\" has a port that is not a number; write [::1]:7443"),
        ("[]:80", "brackets, which are for IPv6 addresses, around something else; write [::1]:"),
        ("[foo]:80", "brackets, which are for IPv6 addresses, around something else; write [::1]:"),
        ("https://foo:80", "\"https://foo:80\" begins with a scheme; write foo:80"),
        ("https://foo", "\"https://foo\" begins with a scheme; write foo:7443"),
        ("https://foo/a", "\"https://foo/a\" begins with a scheme; write 127.0.0.1:7443"),
        ("foo:80/a", "\"foo:80/a\" has a slash; write 127.0.0.1:7443"),
        ("/run/v.sock", "\"/run/v.sock\" has a slash; write unix:/run/v.sock"),
        ("a b:80", "\"a b:80\" is no address: it has blanks or control characters; write 127"),
        ("300.0.0.1:80", "is no address: an IPv4 address is four numbers from 0 to 255; write 127"),
        ("unix:", "\"unix:\" is no address: it has no path; write unix:/run/vigie/vigied.sock"),
        ("unix://a/b", "has a path behind its slashes that is not absolute; write unix:///a/b"),
        ("unix:\(longest)a", "its path has 108 bytes, and sockets have at most 107; write unix:/"),
        ("a:1,", "one of the addresses is empty; write 127.0.0.1:7443"),
        ("a:1, a:1", "\"a:1\" stands there twice; leave it out"),
        ("a:1,b:1,c:1,d:1", "there are more than 3 addresses"),
        ("\u{1B}[2J:x", "\"\u{FFFD}[2J:x\" has a port that is not a number; write 127.0.0.1:7443"),
    ])
    func whatIsWrongIsToldWithWhatToWrite(_ text: String, _ words: String) throws {
        let problem = try #require(listening.problem(text))
        #expect(words.hasPrefix("\"") ? problem.hasPrefix(words) : problem.contains(words))
    }

    @Test func socketsThatAreFilesAreNotForAll() throws {
        #expect(metrics.problem("unix:/a") == "\"unix:/a\" has a slash; write 127.0.0.1:9464")
        #expect(metrics.problem("a:1,b:1") != nil && metrics.problem("a:1") == nil)
    }

    @Test func whatIsCalledHasADefaultPort() throws {
        #expect(try servers.address("foo") == .host("foo", port: 7443))
        #expect(try servers.address("::1") == .host("::1", port: 7443))
        #expect(try collector.address("[::1]") == .host("::1", port: 4317))
        for (text, words) in [
            ("a:0", "\"a:0\" has a port that is not from 1 to 65535; write a:7443"),
            ("dns://8.8.8.8/a", "names a name server; write dns:///HOST:PORT"),
            ("ipv4:a:1", "stands behind ipv4: and is no IPv4 address; write dns:a:1"),
            ("ipv6:1.2.3.4", "stands behind ipv6: and is no IPv6 address"),
            ("a::1:b:c:x", "several colons"), ("a,,b", "one of the addresses is empty"),
        ] {
            #expect(servers.problem(text)?.contains(words) == true, "\(text)")
        }
        #expect(collector.problem("::1")?.contains("without brackets; write [::1]:4317") == true)
        #expect(collector.problem("dns:a:1") != nil)
    }

    @Test(arguments: [
        "https://user:s3cret@a:1", "user:s3cret@a", "s3cret@a:x", "u:s3,cret@a", "u:s3cret@",
        "ipv4:u:s3cret@1.2.3.4", "dns:///u:s3cret@a:1", "a:s3cret,b@c", "[s3cret@a]:1",
        "unix://s3cret@a", "s3cret:x,unix:/a@b", "unix:a@b,https://s3cret",
    ])
    func whatMayBeAPasswordIsNotShown(_ text: String) throws {
        for form in [listening, metrics, servers, collector] {
            let problem = try #require(form.problem(text))
            #expect(!problem.contains("s3") && !problem.contains("cret"), "\(problem)")
        }
    }

    /// Whatever is written is taken or told of, and what is taken reads the same again.
    @Test func anyTextIsTakenOrToldOf() throws {
        let alphabet = Array("[]:::/,.@%- 0129afx\u{0}é")
        for _ in 0..<5_000 {
            let text = String(
                (0..<Int.random(in: 0...12)).map { _ in alphabet.randomElement() ?? "a" }
            )
            for form in [listening, servers] {
                guard let found = try? form.list(text) else {
                    #expect(form.problem(text)?.isEmpty == false)
                    continue
                }
                let again = found.map(\.description).joined(separator: ",")
                #expect(try form.list(again) == found, "\(text)")
            }
        }
    }
}
