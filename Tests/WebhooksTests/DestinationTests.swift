// SPDX-License-Identifier: Apache-2.0

// What a server can be made to call by whoever names an address to it: nothing of its own networks.

import NetworkAddresses
import ServiceErrors
import Testing
import VigieLimits
import Webhooks

@Suite struct DestinationTests {
    private func refusal(_ text: String, allowed: [String] = []) throws -> DestinationRefusal? {
        let guarded = try DestinationGuard(allowedNetworks: allowed.compactMap { AddressRange($0) })
        return guarded.refusal(of: try #require(InternetAddress(text), "\(text)"))
    }

    @Test(arguments: [
        (DestinationRefusal.unspecified, "0.0.0.0 0.255.255.255 :: ::ffff:0.0.0.0"),
        (.loopback, "127.0.0.1 127.255.255.255 ::1 ::ffff:127.0.0.1 64:ff9b::127.0.0.1"),
        (.privateNetwork, "10.0.0.0 10.255.255.255 172.16.0.1 172.31.255.255 192.168.255.255"),
        (.privateNetwork, "100.64.0.1 100.127.255.255 fc00::1 fdff::1 fec0::1 ::ffff:10.1.2.3"),
        (.privateNetwork, "64:ff9b:1::1 64:ff9b::10.0.0.1 64:ff9b::100.64.0.1"),
        (.linkLocal, "169.254.0.1 169.254.255.255 fe80::1 febf::1 ::ffff:169.254.1.1"),
        (.metadata, "169.254.169.254 ::ffff:169.254.169.254 64:ff9b::169.254.169.254"),
        (.metadata, "fd00:ec2::254 168.63.129.16 100.100.100.200 192.0.0.192"),
        (.multicast, "224.0.0.1 239.255.255.255 ff02::1"),
        (.documentation, "192.0.2.1 198.51.100.1 203.0.113.255 198.18.0.1 198.19.255.255"),
        (.documentation, "2001:db8::1 3fff:fff::1"),
        (.tunnel, "192.88.99.1 2002:7f00:1::1 2002:808:808::1 2001:0:1::1"),
        (.reserved, "192.0.0.1 240.0.0.1 255.255.255.255 2001:1::1 100::1 4000::1 5f00::1"),
        (.reserved, "::8.8.8.8 ::ffff:0:8.8.8.8 64:ff9b:0:0:0:1:8.8.8.8"),
    ])
    func addressesThatAreNotOfTheInternetAreRefused(
        _ wanted: DestinationRefusal,
        _ list: String
    ) throws {
        for text in list.split(separator: " ") {
            #expect(try refusal(String(text)) == wanted, "\(text)")
        }
    }

    @Test func addressesOfTheInternetAreNot() throws {
        for text in [
            "1.0.0.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
            "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
            "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
            "223.255.255.255", "2001:200::1", "2606:4700::1111", "2a00:1450::1",
            "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2003::1", "3ffe::1",
        ] {
            #expect(try refusal(text) == nil, "\(text)")
        }
    }

    @Test func operatorsAllowNetworks() throws {
        #expect(try refusal("10.1.2.3", allowed: ["10.1.0.0/16"]) == nil)
        #expect(try refusal("::ffff:10.1.2.3", allowed: ["10.1.0.0/16"]) == nil)
        #expect(try refusal("64:ff9b::10.1.2.3", allowed: ["10.1.0.0/16"]) == nil)
        #expect(try refusal("10.2.2.3", allowed: ["10.1.0.0/16"]) == .privateNetwork)
        #expect(try refusal("127.0.0.1", allowed: ["127.0.0.1"]) == nil)
        #expect(try refusal("169.254.169.254", allowed: ["0.0.0.0/0", "::/0"]) == .metadata)
        let range = try #require(AddressRange("10.0.0.0/8"))
        let most = WebhookLimits.allowedNetworks
        _ = try DestinationGuard(allowedNetworks: [AddressRange](repeating: range, count: most))
        #expect(throws: ServiceError.self) {
            try DestinationGuard(allowedNetworks: [AddressRange](repeating: range, count: most + 1))
        }
    }

    @Test func oneBadAddressRefusesAName() throws {
        let guarded = try DestinationGuard()
        let good = try #require(InternetAddress("8.8.8.8"))
        let bad = try #require(InternetAddress("10.0.0.1"))
        #expect(try guarded.pick(from: [good], of: "a.example") == good)
        for addresses in [[good, bad], [bad, good], []] {
            #expect(throws: ServiceError.self) {
                try guarded.pick(from: addresses, of: "a.example")
            }
        }
    }

    private func url(_ text: String, _ guarded: DestinationGuard? = nil) throws -> DestinationURL {
        try DestinationURL(text, try guarded ?? DestinationGuard())
    }

    @Test func addressesOfEndpointsAreRead() throws {
        let plain = try url("HTTPS://Hooks.Example.com/vigie?a=b://c")
        #expect(plain.isSecure && plain.host == "hooks.example.com" && plain.port == 443)
        #expect(plain.target == "/vigie?a=b://c" && plain.address == nil)
        #expect(try url("https://a.example").target == "/")
        #expect(try url("https://a.example?x=1").target == "/?x=1")
        #expect(try url("https://a.example:8443/").port == 8_443)
        #expect(try url("https://8.8.8.8/").address == InternetAddress("8.8.8.8"))
        let six = try url("https://[2606:4700::1111]:443/")
        #expect(six.host == "2606:4700::1111" && six.address != nil && six.port == 443)
        let open = try DestinationGuard(allowsPlain: true, allowedPorts: [81])
        #expect(try url("http://a.example/", open).port == 80)
        #expect(try url("http://a.example:81/", open).port == 81)
        #expect(try url("https://a.example:81/", open).port == 81)
    }

    @Test(arguments: [
        "", "a.example", "https:/a.example", "https:a.example", "//a.example", "https://",
        "https:///path", "https://:443/", "http://a.example/", "ftp://a.example/", "file:///etc",
        "https://user@a.example/", "https://user:hush@a.example/", "https://a.example@10.0.0.1/",
        "https://a.example\\@10.0.0.1/", "https://a.example/#part", "https://a.example/ b",
        "https://a.example/\n", "https://\u{E9}.example/", "https://a_b.example/",
        "https://-a.example/", "https://a..example/", "https://a.example./", "https://.example/",
        "https://a.example:/", "https://a.example:0/", "https://a.example:65536/",
        "https://a.example:+443/", "https://a.example:22/", "https://a.example:80/",
        "https://a.example:443:443/", "https://[::1/", "https://[::1]x/", "https://[a.example]/",
        "https://[10.0.0.1]/", "https://[fe80::1%25lo]/", "https://::1/", "https://[]/",
        "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://0177.0.0.1/",
        "https://127.1/", "https://127.0.0.0x1/", "https://127.0.0.01/", "https://1.2.3/",
        "https://1.2.3.4.5/", "https://8.8.8.256/", "https://a.1/", "https://08.8.8.8/",
        "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:169.254.169.254]/",
        "https://169.254.169.254/latest", "https://[64:ff9b::7f00:1]/",
    ])
    func othersAreRefused(_ text: String) throws {
        do throws(ServiceError) {
            let guarded = try DestinationGuard()
            let read = try DestinationURL(text, guarded)
            Issue.record("\(text) is read as \(read)")
        } catch {
            #expect(error.detail == .field("url") && error.message.hasSuffix("."))
            #expect(!error.message.contains("hush"))
        }
    }

    @Test func longAddressesAreRefused() throws {
        let start = "https://a.example/"
        let most = WebhookLimits.urlBytes
        let rest = String(repeating: "a", count: most - start.utf8.count)
        #expect(try url(start + rest).host == "a.example")
        #expect(throws: ServiceError.self) { try url(start + rest + "a") }
        let label = String(repeating: "a", count: 63)
        #expect(try url("https://\(label).example/").host.hasPrefix("a"))
        #expect(throws: ServiceError.self) { try url("https://a\(label).example/") }
    }
}
