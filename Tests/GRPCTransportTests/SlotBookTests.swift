// SPDX-License-Identifier: Apache-2.0

// Who gets a connection when many want one.

import GRPCTransport
import NIOCore
import NetworkAddresses
import Testing
import VigieLimits

@Suite struct SlotBookTests {
    private func network(_ text: String) throws -> PeerNetwork {
        try #require(PeerNetwork(SocketAddress(ipAddress: text, port: 1)))
    }

    /// Ten connections, four of one address; eight handshakes, three of one address; an eighth, at
    /// least one, is kept.
    private var limits: TransportLimits {
        var limits = TransportLimits()
        (limits.connectionsMax, limits.addressConnectionsMax) = (16, 4)
        (limits.handshakesMax, limits.addressHandshakesMax) = (8, 3)
        (limits.keptSlotsPart, limits.knownPeersMax, limits.knownPeerSeconds) = (8, 2, 100)
        return limits
    }

    private func refusal(_ body: () throws -> Void) -> SlotRefusal? {
        do {
            try body()
        } catch {
            return error as? SlotRefusal
        }
        return nil
    }

    @Test func anAddressHasAPartOfHandshakesAndOfConnections() throws {
        var book = SlotBook(limits: limits)
        let (one, other) = (try network("10.0.0.1"), try network("10.0.0.2"))
        var slots = try (0..<3).map { _ in try book.enter(one, nowSeconds: 0) }
        #expect(refusal { _ = try book.enter(one, nowSeconds: 0) } == .addressHandshakes)
        try book.establish(&slots[0], nowSeconds: 0)
        slots.append(try book.enter(one, nowSeconds: 0))
        try book.establish(&slots[1], nowSeconds: 0)
        #expect(refusal { _ = try book.enter(one, nowSeconds: 0) } == .addressConnections)
        _ = try book.enter(other, nowSeconds: 0)
        #expect(book.count == 5 && book.handshakeCount == 3)
        book.leave(slots[0])
        _ = try book.enter(one, nowSeconds: 0)
    }

    @Test func handshakesThatNeverEndTakeNoConnections() throws {
        var book = SlotBook(limits: limits)
        var number = 0
        // A stranger each: all but the kept places.
        while refusal({ _ = try book.enter(stranger(number), nowSeconds: 0) }) == nil {
            number += 1
        }
        #expect(book.handshakeCount == 7)
        #expect(refusal { _ = try book.enter(stranger(99), nowSeconds: 0) } == .handshakes)
        let known = try network("10.0.0.1")
        book.know(known, nowSeconds: 0)
        var slot = try book.enter(known, nowSeconds: 0)
        try book.establish(&slot, nowSeconds: 0)
        #expect(book.count == 8)
    }

    private func stranger(_ number: Int) -> PeerNetwork? {
        PeerNetwork(try? SocketAddress(ipAddress: "192.0.2.\(number)", port: 1))
    }

    @Test func theLastConnectionsAreForThoseWhoAreKnown() throws {
        var book = SlotBook(limits: limits)
        let known = try network("2001:db8::1")
        book.know(known, nowSeconds: 0)
        for number in 0..<14 {
            var slot = try book.enter(stranger(number), nowSeconds: 0)
            try book.establish(&slot, nowSeconds: 0)
        }
        var late = try book.enter(stranger(20), nowSeconds: 0)
        #expect(refusal { try book.establish(&late, nowSeconds: 0) } == .connections)
        book.leave(late)
        // The same network of 64 bits.
        for text in ["2001:db8::2", "2001:db8::3"] {
            var slot = try book.enter(network(text), nowSeconds: 0)
            try book.establish(&slot, nowSeconds: 0)
        }
        #expect(refusal { _ = try book.enter(known, nowSeconds: 0) } == .connections)
        #expect(book.count == 16 && book.handshakeCount == 0)
    }

    @Test func whoWasNotSeenForLongIsKnownNoMore() throws {
        let known = try network("10.0.0.1")
        func isKnown(_ book: SlotBook, _ seconds: UInt64) -> Bool {
            var book = book
            for number in 0..<7 { _ = try? book.enter(stranger(number), nowSeconds: seconds) }
            return refusal { _ = try book.enter(known, nowSeconds: seconds) } == nil
        }
        var book = SlotBook(limits: limits)
        #expect(!isKnown(book, 5))
        book.know(known, nowSeconds: 5)
        #expect(isKnown(book, 5) && isKnown(book, 104) && isKnown(book, 200))
        #expect(!isKnown(book, 300) && !isKnown(book, 100_000))
        // Few are remembered: those who were seen last.
        for number in 1...2 { book.know(stranger(number), nowSeconds: 6) }
        #expect(isKnown(book, 7))
        for number in 3...4 { book.know(stranger(number), nowSeconds: 6) }
        #expect(!isKnown(book, 7))
    }

    @Test func aProxyHasNoPartAndItsClientsHave() throws {
        var book = SlotBook(limits: limits)
        let client = try network("10.0.0.9")
        var slots = try (0..<8).map { _ in try book.enter(nil, nowSeconds: 0) }
        #expect(refusal { _ = try book.enter(nil, nowSeconds: 0) } == .handshakes)
        for index in 0..<3 { try book.name(&slots[index], client) }
        #expect(refusal { try book.name(&slots[3], client) } == .addressHandshakes)
        for slot in slots { book.leave(slot) }
        #expect(book.count == 0)
        _ = try book.enter(client, nowSeconds: 0)
    }

    @Test(arguments: 0..<50)
    func whatGoesIsForgotten(seed: Int) throws {
        var random = SystemRandomNumberGenerator()
        var book = SlotBook(limits: limits)
        var slots: [Slot] = []
        for step in 0..<400 {
            let network = stranger(Int.random(in: 0..<5, using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                if let slot = try? book.enter(network, nowSeconds: UInt64(step)) {
                    slots.append(slot)
                }
            case 2 where !slots.isEmpty:
                let index = slots.indices.randomElement(using: &random) ?? 0
                try? book.establish(&slots[index], nowSeconds: UInt64(step))
            case 3 where !slots.isEmpty:
                book.leave(slots.remove(at: slots.indices.randomElement(using: &random) ?? 0))
            default: break
            }
            #expect(book.count == slots.count)
            #expect(book.handshakeCount == slots.count { !$0.isEstablished })
        }
        for slot in slots { book.leave(slot) }
        #expect(book.count == 0 && book.handshakeCount == 0)
        for number in 0..<2 {
            for _ in 0..<3 { _ = try book.enter(stranger(number), nowSeconds: 0) }
        }
    }

    @Test func networksAreReadAsTheyAreWritten() throws {
        func range(_ text: String, has address: String) throws -> Bool {
            let range = try #require(AddressRange(text), "\(text)")
            return range.contains(try SocketAddress(ipAddress: address, port: 5))
        }
        #expect(try range("10.1.2.3", has: "10.1.2.3"))
        #expect(try !range("10.1.2.3", has: "10.1.2.4"))
        #expect(try range("10.1.2.3/8", has: "10.9.9.9"))
        #expect(try !range("10.0.0.0/9", has: "10.128.0.0"))
        #expect(try range("10.0.0.0/9", has: "::ffff:10.127.0.1"))
        #expect(try range("0.0.0.0/0", has: "1.2.3.4"))
        #expect(try !range("0.0.0.0/0", has: "2001:db8::1"))
        #expect(try range("::/0", has: "2001:db8::1"))
        #expect(try range("fd00::/8", has: "fdff::1"))
        #expect(try !range("fd00::/8", has: "fe00::1"))
        for bad in [
            "", "10.0.0", "10.0.0.1/", "10.0.0.1/33", "::1/129", "a", "10.0.0.1/+8", "10.0.0.1/8/8",
            "fe80::1%lo", "/8", "10.0.0.256", "1/8",
        ] {
            #expect(AddressRange(bad) == nil, "\(bad)")
        }
        #expect(AddressRange.list("127.0.0.1, ::1")?.count == 2)
        #expect(AddressRange.list("127.0.0.1,") == nil && AddressRange.list("") == nil)
        let many = [String](repeating: "::1", count: TransportLimits.proxiesMax)
        #expect(AddressRange.list(many.joined(separator: ","))?.count == many.count)
        #expect(AddressRange.list((many + ["::1"]).joined(separator: ",")) == nil)
    }

    @Test func anAddressOfIPv6IsCountedByItsNetwork() throws {
        #expect(try network("2001:db8:0:1::1") == network("2001:db8:0:1:ffff::2"))
        #expect(try network("2001:db8:0:1::1") != network("2001:db8:0:2::1"))
        #expect(try network("10.0.0.1") == network("::ffff:10.0.0.1"))
        #expect(try network("10.0.0.1") != network("10.0.0.2"))
        #expect(PeerNetwork(nil) == nil)
        #expect(PeerNetwork(try SocketAddress(unixDomainSocketPath: "/a")) == nil)
    }
}
