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
            path: routes.indices.contains(call.routeIndex) ? routes[call.routeIndex].path : "",
            code: code,
            details: call.failure?.details,
            beginNanoseconds: end &- min(nanoseconds, end),
            nanoseconds: nanoseconds,
            received: call.messageCount,
            sent: call.sentCount,
            peerAddress: peer?.ipAddress ?? peer?.pathname ?? "",
            peerPort: peer?.port ?? 0,
            caller: call.caller?.identity ?? "",
            trace: trace(call.metadata)
        )
    }

    /// The trace that a call says it is a part of. Two parents are none, and states are one list.
    private func trace(_ metadata: [(name: String, value: String)]) -> TraceContext? {
        let parents = metadata.filter { $0.name == "traceparent" }
        guard parents.count == 1, let parent = parents.first?.value else { return nil }
        let states = metadata.filter { $0.name == "tracestate" }.map(\.value)
        return TraceContext(parent: parent, state: states.joined(separator: ","))
    }
}
