// SPDX-License-Identifier: Apache-2.0

// What is told of a call that is over to who asked for it.

internal import Callers
internal import NIOCore
internal import Telemetry

extension ServerSession {
    /// Describes a call that is over.
    func record(of call: ServerCall, code: Int, nanoseconds: UInt64) -> CallRecord {
        let end = wallNanoseconds()
        let routes = environment.routes
        return CallRecord(
            path: routes.indices.contains(call.routeIndex)
                ? routes[call.routeIndex].path : call.healthPage == nil ? "" : "/healthz",
            code: code,
            details: call.failure?.details,
            beginNanoseconds: end &- min(nanoseconds, end),
            nanoseconds: nanoseconds,
            received: call.messageCount,
            sent: call.sentCount,
            peerAddress: peerText.address,
            peerPort: peerText.port,
            caller: call.caller?.identity ?? "",
            trace: trace(call.metadata)
        )
    }

    /// An address, without its port, and the port; an address of IPv4 that came to a socket of both
    /// as what it is. Made once: all calls of a connection have the same.
    static func text(of peer: SocketAddress?) -> (address: String, port: Int) {
        guard let address = peer?.ipAddress else { return (peer?.pathname ?? "", 0) }
        let isMapped = address.hasPrefix("::ffff:") && address.contains(".")
        return (isMapped ? String(address.dropFirst(7)) : address, peer?.port ?? 0)
    }

    /// The trace that a call says it is a part of. Two parents are none, and states are one list.
    private func trace(_ metadata: [(name: String, value: String)]) -> TraceContext? {
        guard metadata.contains(where: { $0.name == "traceparent" }) else { return nil }
        let parents = metadata.filter { $0.name == "traceparent" }
        guard parents.count == 1, let parent = parents.first?.value else { return nil }
        let states = metadata.filter { $0.name == "tracestate" }.map(\.value)
        return TraceContext(parent: parent, state: states.joined(separator: ","))
    }
}
