// SPDX-License-Identifier: Apache-2.0

// Who has how many of a server's connections. Handshakes have places of their own, so that those
// that never finish take none from those that have; one network has no more than a part of both;
// and the last places are for peers that have finished a handshake, or made a call that was let in,
// lately. Says what is let in; knows no sockets and no clock.

package import VigieLimits

/// Why a connection is turned away.
package enum SlotRefusal: String, Error, Sendable {
    /// All connections are taken.
    case connections = "connectionsMax"
    /// The network has as many as one may have.
    case addressConnections = "addressConnectionsMax"
    /// All places of handshakes are taken.
    case handshakes = "handshakesMax"
    /// The network has as many of them as one may have.
    case addressHandshakes = "addressHandshakesMax"
}

/// The place of one connection.
package struct Slot: Sendable {
    /// Who has it; nil for one that is not counted with others.
    package fileprivate(set) var network: PeerNetwork?
    /// Whether its handshake is over.
    package fileprivate(set) var isEstablished = false
}

/// The places of a server.
package struct SlotBook: Sendable {
    private struct Count {
        var connections = 0
        var handshakes = 0
        var isEmpty: Bool { connections == 0 && handshakes == 0 }
    }

    private let limits: TransportLimits
    private var all = Count()
    private var networks: [PeerNetwork: Count] = [:]
    // Two generations, the younger one of those seen since it began: what is in neither was not
    // seen for a while.
    private var known: Set<PeerNetwork> = []
    private var knownBefore: Set<PeerNetwork> = []
    private var generationEndSeconds: UInt64 = 0

    /// Makes a book in which nobody has anything.
    package init(limits: TransportLimits) {
        self.limits = limits
    }

    /// Connections, with those whose handshake is not over.
    package var count: Int { all.connections + all.handshakes }

    /// Handshakes that are not over.
    package var handshakeCount: Int { all.handshakes }

    /// Takes a place for a connection whose handshake begins.
    ///
    /// - Parameter network: nil for a connection of nobody in particular: a proxy, a socket that is
    ///   a file. It has no part of its own, and is known.
    package mutating func enter(
        _ network: PeerNetwork?,
        nowSeconds: UInt64
    ) throws(SlotRefusal) -> Slot {
        let part = Self.unkept(limits.handshakesMax, limits, isKnown(network, nowSeconds))
        guard all.handshakes < part else { throw .handshakes }
        guard all.connections < limits.connectionsMax else { throw .connections }
        var count = Count()
        if let network {
            count = networks[network] ?? count
            try check(count)
            count.handshakes += 1
            networks[network] = count
        }
        all.handshakes += 1
        return Slot(network: network)
    }

    private func check(_ count: Count) throws(SlotRefusal) {
        guard count.handshakes < limits.addressHandshakesMax else { throw .addressHandshakes }
        guard count.connections + count.handshakes < limits.addressConnectionsMax else {
            throw .addressConnections
        }
    }

    /// Notes whose a connection is that came through a proxy.
    package mutating func name(_ slot: inout Slot, _ network: PeerNetwork) throws(SlotRefusal) {
        guard slot.network == nil, !slot.isEstablished else { return }
        var count = networks[network] ?? Count()
        try check(count)
        count.handshakes += 1
        networks[network] = count
        slot.network = network
    }

    /// The handshake of a connection is over: it needs a place among the connections.
    package mutating func establish(_ slot: inout Slot, nowSeconds: UInt64) throws(SlotRefusal) {
        guard !slot.isEstablished else { return }
        let part = Self.unkept(limits.connectionsMax, limits, isKnown(slot.network, nowSeconds))
        guard all.connections < part else { throw .connections }
        slot.isEstablished = true
        all.handshakes -= 1
        all.connections += 1
        guard let network = slot.network else { return }
        networks[network]?.handshakes -= 1
        networks[network]?.connections += 1
    }

    /// Gives a place back.
    package mutating func leave(_ slot: Slot) {
        if slot.isEstablished { all.connections -= 1 } else { all.handshakes -= 1 }
        guard let network = slot.network, var count = networks[network] else { return }
        if slot.isEstablished { count.connections -= 1 } else { count.handshakes -= 1 }
        networks[network] = count.isEmpty ? nil : count
    }

    /// Remembers a peer for a while.
    package mutating func know(_ network: PeerNetwork?, nowSeconds: UInt64) {
        age(nowSeconds)
        guard let network, !known.contains(network) else { return }
        // When there are too many, those who were seen last are kept.
        if known.count >= limits.knownPeersMax { turn(nowSeconds) }
        known.insert(network)
    }

    private mutating func isKnown(_ network: PeerNetwork?, _ nowSeconds: UInt64) -> Bool {
        guard let network else { return true }
        age(nowSeconds)
        return known.contains(network) || knownBefore.contains(network)
    }

    private mutating func age(_ nowSeconds: UInt64) {
        guard nowSeconds >= generationEndSeconds else { return }
        // Nobody looked for longer than two generations.
        let isLong = nowSeconds >= generationEndSeconds + UInt64(limits.knownPeerSeconds)
        turn(nowSeconds)
        if isLong { knownBefore = [] }
    }

    private mutating func turn(_ nowSeconds: UInt64) {
        (knownBefore, known) = (known, [])
        generationEndSeconds = nowSeconds + UInt64(limits.knownPeerSeconds)
    }

    /// How many of all places somebody may take.
    private static func unkept(_ count: Int, _ limits: TransportLimits, _ isKnown: Bool) -> Int {
        isKnown ? count : count - count / max(limits.keptSlotsPart, 1)
    }
}
