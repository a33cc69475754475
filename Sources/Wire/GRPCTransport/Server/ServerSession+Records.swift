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
            peerAddress: peer.map(Self.text) ?? "",
            peerPort: peer?.port ?? 0,
            caller: call.caller?.identity ?? "",
            trace: trace(call.metadata)
        )
    }

    /// An address without its port; one of IPv4 that came to a socket of both as what it is.
    private static func text(_ peer: SocketAddress) -> String {
        guard let address = peer.ipAddress else { return peer.pathname ?? "" }
        return address.hasPrefix("::ffff:") && address.contains(".")
            ? String(address.dropFirst(7)) : address
    }

    /// The trace that a call says it is a part of. Two parents are none, and states are one list.
    private func trace(_ metadata: [(name: String, value: String)]) -> TraceContext? {
        let parents = metadata.filter { $0.name == "traceparent" }
        guard parents.count == 1, let parent = parents.first?.value else { return nil }
        let states = metadata.filter { $0.name == "tracestate" }.map(\.value)
        return TraceContext(parent: parent, state: states.joined(separator: ","))
    }
}
