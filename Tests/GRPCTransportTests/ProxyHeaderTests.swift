// SPDX-License-Identifier: Apache-2.0

// The PROXY protocol: what is read of it, and what is not taken for it.

import GRPCTransport
import NIOCore
import Testing
import VigieLimits

@Suite struct ProxyHeaderTests {
    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]
    private static let fourBytes: [UInt8] = [192, 0, 2, 7, 10, 0, 0, 1, 0x30, 0x39, 0x1B, 0xB0]

    private static func header(
        _ command: UInt8 = 0x21,
        _ family: UInt8 = 0x11,
        _ rest: [UInt8] = fourBytes,
        length: Int? = nil
    ) -> [UInt8] {
        let count = length ?? rest.count
        return signature + [command, family, UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)] + rest
    }

    private func source(_ bytes: [UInt8]) -> SocketAddress?? {
        guard case .read(let source, let count) = ProxyHeader.read(bytes) else { return nil }
        #expect(count <= bytes.count)
        return .some(source)
    }

    @Test func theClientIsRead() throws {
        let four = try SocketAddress(ipAddress: "192.0.2.7", port: 12_345)
        #expect(
            ProxyHeader.read(Self.header() + [22, 3, 1])
                == .read(source: four, byteCount: 28)
        )
        // Fields follow the addresses, and all of them may be there and empty.
        let good: [[UInt8]] = [[4, 0, 0], [4, 0, 2, 9, 9, 0xEE, 0, 0], [1, 0, 2, 0x68, 0x32]]
        for fields in good {
            #expect(source(Self.header(0x21, 0x11, Self.fourBytes + fields)) == four)
        }
        let bytes: [UInt8] = [0x20, 1, 0xD, 0xB8] + [UInt8](repeating: 0, count: 11) + [9]
        let six = try SocketAddress(ipAddress: "2001:db8::9", port: 258)
        #expect(source(Self.header(0x21, 0x21, bytes + bytes + [1, 2, 3, 4])) == six)
    }

    /// CRC-32C of the whole header, as another program counts it.
    @Test(
        arguments: [
            [3, 0, 4, 0xD2, 0x12, 0xBE, 0xD4],
            [4, 0, 1, 0, 3, 0, 4, 0x6C, 0xC5, 0xC9, 0x43, 0x20, 0, 0],
        ] as [[UInt8]]
    )
    func aChecksumMustBeRight(_ fields: [UInt8]) throws {
        let header = Self.header(0x21, 0x11, Self.fourBytes + fields)
        #expect(source(header) == (try SocketAddress(ipAddress: "192.0.2.7", port: 12_345)))
        for place in 16..<header.count {
            var other = header
            other[place] ^= 0x10
            guard case .malformed = ProxyHeader.read(other) else {
                // A type that is changed makes it another field, and no checksum.
                #expect(other[place] == 0x13, "\(place)")
                continue
            }
        }
    }

    @Test(
        arguments: [
            [0], [3, 0], [4, 0, 1], [4, 0xFF, 0xFF, 1], [4, 0, 0, 4], [3, 0, 3, 1, 2, 3],
            [3, 0, 0],
            [3, 0, 5, 1, 2, 3, 4, 5], [3, 0, 4, 1, 2, 3, 4],
            [3, 0, 4, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0],
        ] as [[UInt8]]
    )
    func fieldsThatAreBrokenAreRefused(_ fields: [UInt8]) {
        guard case .malformed = ProxyHeader.read(Self.header(0x21, 0x11, Self.fourBytes + fields))
        else {
            Issue.record("taken: \(fields)")
            return
        }
    }

    @Test func aProxyMayComeForItself() {
        #expect(source(Self.header(0x20)) == .some(nil))
        #expect(source(Self.header(0x20, 0, [])) == .some(nil))
        #expect(source(Self.header(0x20, 0xFF, [1, 2])) == .some(nil))
        #expect(source(Self.header(0x21, 0, [])) == .some(nil))
        #expect(source(Self.header(0x21, 0x31, [])) == .some(nil))
    }

    @Test func everyBeginningNeedsMore() {
        let whole = Self.header()
        for count in 0..<whole.count {
            #expect(ProxyHeader.read(Array(whole.prefix(count))) == .needsMore, "\(count)")
        }
    }

    @Test func whatIsNoHeaderIsRefusedAtOnce() {
        let bad: [[UInt8]] = [
            Array("PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n".utf8), Array("P".utf8), [22, 3, 1, 2, 0],
            Array("GET / HTTP/1.1\r\n".utf8), [0x0D, 0x0A, 0x0D, 0x0B], Self.header(0x11),
            Self.header(0x31), Self.header(0x22), Self.header(0x2F), Self.header(0x21, 0x12),
            Self.header(0x21, 0x22), Self.header(0x21, 0x01), Self.header(0x21, 0xFF),
            Self.header(0x21, 0x11, Array(Self.fourBytes.dropLast())), Self.header(0x21, 0x11, []),
            Self.header(0x21, 0x21), Self.header(length: 0xFFFF), Self.header(0x20, length: 0xFFFF),
            Self.header(length: TransportLimits.proxyHeaderBytesMax - 15),
        ]
        for bytes in bad {
            guard case .malformed(let reason) = ProxyHeader.read(bytes) else {
                Issue.record("taken: \(bytes)")
                continue
            }
            #expect(!reason.isEmpty)
        }
        // The longest that is taken.
        let longest = TransportLimits.proxyHeaderBytesMax - 16
        #expect(ProxyHeader.read(Self.header(length: longest)) == .needsMore)
    }

    @Test func randomBytesAreNoTrap() {
        var whole = Self.header(0x21, 0x11, Self.fourBytes + [4, 0, 1, 9])
        for _ in 0..<20_000 {
            let index = Int.random(in: 0..<whole.count)
            let old = whole[index]
            whole[index] = .random(in: 0...255)
            _ = ProxyHeader.read(Array(whole.prefix(.random(in: 0...whole.count))))
            _ = ProxyHeader.read(whole)
            whole[index] = old
        }
    }
}
