// SPDX-License-Identifier: Apache-2.0

// The places of a server's connections, over all event loops. A lock for each connection that
// comes, is established or goes.

internal import NIOCore
internal import Synchronization
internal import VigieLimits

/// What one connection has of the server. Used on its event loop only.
final class ConnectionSlot {
    /// Where the connection comes from: behind a proxy that says so, the client.
    var peer: SocketAddress?
    fileprivate var slot: Slot

    fileprivate init(_ slot: Slot) { self.slot = slot }

    /// Whether its handshake is over.
    fileprivate(set) var isEstablished = false

    /// Whose it is; nil for one that is counted with no other.
    var network: PeerNetwork? { slot.network }
}

/// Who has how many connections of a server.
final class ConnectionSlots: Sendable {
    /// Some memory of a connection, whatever it does.
    private static let connectionBytes = 40 << 10

    private let book: Mutex<SlotBook>

    init(limits: TransportLimits) {
        book = Mutex(SlotBook(limits: limits))
    }

    /// Connections, with those that shake hands.
    var count: Int { book.withLock { $0.count } }

    /// Connections that shake hands.
    var handshakeCount: Int { book.withLock { $0.handshakeCount } }

    /// Memory that connections take, beside what their calls do.
    var estimatedBytes: Int { count * Self.connectionBytes }

    private static var nowSeconds: UInt64 {
        NIODeadline.now().uptimeNanoseconds / 1_000_000_000
    }

    /// Takes a place for a connection that begins.
    func enter(_ network: PeerNetwork?) throws(SlotRefusal) -> ConnectionSlot {
        let now = Self.nowSeconds
        return ConnectionSlot(
            try book.withLock { (book) throws(SlotRefusal) in
                try book.enter(network, nowSeconds: now)
            }
        )
    }

    /// Notes whose a connection is that came through a proxy.
    func name(_ slot: ConnectionSlot, _ network: PeerNetwork?) throws(SlotRefusal) {
        guard let network else { return }
        slot.slot = try book.withLock { (book) throws(SlotRefusal) in
            var named = slot.slot
            try book.name(&named, network)
            return named
        }
    }

    /// The handshake of a connection is over. It keeps its place as it was when it gets no other.
    ///
    /// - Parameter isKnown: Whether that is enough to know the peer.
    func establish(_ slot: ConnectionSlot, isKnown: Bool) throws(SlotRefusal) {
        let now = Self.nowSeconds
        slot.isEstablished = true
        slot.slot = try book.withLock { (book) throws(SlotRefusal) in
            var established = slot.slot
            try book.establish(&established, nowSeconds: now)
            return established
        }
        if isKnown { know(slot) }
    }

    /// Remembers the peer of a connection.
    func know(_ slot: ConnectionSlot) {
        let (network, now) = (slot.network, Self.nowSeconds)
        book.withLock { $0.know(network, nowSeconds: now) }
    }

    /// Gives a place back, once.
    func leave(_ slot: ConnectionSlot) {
        let left = slot.slot
        book.withLock { $0.leave(left) }
    }
}
