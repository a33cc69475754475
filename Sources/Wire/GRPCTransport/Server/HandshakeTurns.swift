// SPDX-License-Identifier: Apache-2.0

// A handshake that is under way takes some 50 KiB, most of it in OpenSSL, for as long as the client
// takes to answer. Of one network only so many are under way at a time; of the others there is
// what they sent first, until it is their turn.

internal import NIOCore
internal import VigieLimits

/// Whose turn it is to shake hands, of the connections of one event loop.
final class HandshakeTurns {
    private struct Line {
        var begun: Set<ObjectIdentifier> = []
        var waiting: [ConnectionOpening] = []
    }

    private let atOnceMax: Int
    private var lines: [PeerNetwork: Line] = [:]

    init(_ environment: ServerEnvironment) {
        let max = environment.limits.addressHandshakesAtOnceMax
        atOnceMax = Swift.max(max / Swift.max(environment.loopCount, 1), 1)
    }

    /// Whether a handshake may go on now; if not, `takeTurn` is called in its turn.
    func begin(_ connection: ConnectionOpening, of network: PeerNetwork?) -> Bool {
        guard let network else { return true }
        var line = lines[network] ?? Line()
        defer { lines[network] = line }
        if line.begun.count < atOnceMax {
            line.begun.insert(ObjectIdentifier(connection))
            return true
        }
        if !line.waiting.contains(where: { $0 === connection }) { line.waiting.append(connection) }
        return false
    }

    /// A handshake is over, or will never be.
    func end(_ connection: ConnectionOpening, of network: PeerNetwork?) {
        guard let network, var line = lines[network] else { return }
        var next: ConnectionOpening?
        if line.begun.remove(ObjectIdentifier(connection)) == nil {
            line.waiting.removeAll { $0 === connection }
        } else if !line.waiting.isEmpty {
            let first = line.waiting.removeFirst()
            line.begun.insert(ObjectIdentifier(first))
            next = first
        }
        lines[network] = line.begun.isEmpty && line.waiting.isEmpty ? nil : line
        next?.takeTurn()
    }
}
