// SPDX-License-Identifier: Apache-2.0

// A connection comes: it gets a place, or is turned away at once, so that its client sees a reset
// and does not wait.

internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Telemetry

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension ServerLoop {
    /// Takes a connection of this loop, or throws, which closes it.
    func accept(_ channel: any Channel) throws {
        let peer = channel.remoteAddress
        let isProxy = environment.proxies.contains { $0.contains(peer) }
        let slot: ConnectionSlot
        do throws(SlotRefusal) {
            slot = try environment.slots.enter(isProxy ? nil : PeerNetwork(peer))
        } catch {
            tellRefused(error, peer)
            channel.resetOnClose()
            throw error
        }
        let handler = ConnectionOpening(
            loop: self,
            slot: slot,
            isProxied: isProxy && environment.readsProxyHeaders
        )
        do {
            try channel.pipeline.syncOperations.addHandler(handler)
        } catch {
            environment.slots.leave(slot)
            throw error
        }
        counters.count(.connectionsAccepted)
    }

    /// Takes what a proxy says of whom it comes for, out of the first bytes of a connection.
    func readProxyHeader(_ bytes: inout [UInt8], of slot: ConnectionSlot) -> ProxyHeader.Reading {
        let reading = ProxyHeader.read(bytes)
        switch reading {
        case .needsMore: break
        case .malformed(let reason):
            return .malformed("the proxy sent no PROXY protocol of version 2: \(reason)")
        case .read(let source, let byteCount):
            bytes.removeFirst(byteCount)
            guard let source else { break }
            slot.peer = source
            do throws(SlotRefusal) {
                try environment.slots.name(slot, PeerNetwork(source))
            } catch {
                count(error)
                return .malformed("\(error.rawValue) is reached")
            }
        }
        return reading
    }

    /// Gives a connection whose handshake is over its place.
    ///
    /// - Returns: Why it cannot stay.
    func establish(_ slot: ConnectionSlot) -> String? {
        do throws(SlotRefusal) {
            try environment.slots.establish(slot, isKnown: environment.gate == nil)
            return nil
        } catch {
            count(error)
            return "\(error.rawValue) is reached"
        }
    }

    /// Counts a connection that is turned away.
    func count(_ refusal: SlotRefusal) {
        switch refusal {
        case .connections: counters.count(.connectionsRefused)
        case .addressConnections, .addressHandshakes: counters.count(.connectionsRefusedAddress)
        case .handshakes: counters.count(.connectionsRefusedHandshakes)
        }
    }

    /// Counts a connection that is turned away, and tells of it.
    private func tellRefused(_ refusal: SlotRefusal, _ peer: SocketAddress?) {
        count(refusal)
        tellRefused("\(refusal.rawValue) is reached", peer)
    }

    /// Tells of a connection that is turned away, unless enough of that was told already.
    func tellRefused(_ reason: String, _ peer: SocketAddress?) {
        guard let untold = refusedConnections.take(now: .now()) else { return }
        var metadata: Logger.Metadata = [
            "reason": "\(reason)", "peer": "\(peer?.description ?? "unknown")",
        ]
        if untold > 0 { metadata["untold"] = "\(untold)" }
        environment.logger.notice("Connection refused.", metadata: metadata)
    }
}

extension Channel {
    /// Has the peer told at once when the channel is closed.
    func resetOnClose() {
        let options = self as? any SocketOptionProvider
        options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenFailure { _ in }
    }
}
