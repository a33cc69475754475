// SPDX-License-Identifier: Apache-2.0

// What of a request's headers is not for the transport alone; the rest is in request_head.h.

internal import Callers
internal import NIOCore
package import Turns

extension ServerCall {
    /// Takes the header `grpc-timeout`, of a request that came at `receivedAt`.
    ///
    /// - Returns: false when it is malformed.
    func receiveTimeout(
        _ value: UnsafeRawBufferPointer,
        receivedAt: NIODeadline,
        secondsMax: Int
    ) -> Bool {
        guard let nanoseconds = CallTimeout.nanoseconds(value, secondsMax: secondsMax) else {
            return false
        }
        givenDeadline = receivedAt + .nanoseconds(nanoseconds)
        return true
    }

    /// Keeps a header that services may want to know.
    func receiveMetadata(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        givenMetadata.append(
            (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
        )
    }
}

extension ServerCall {
    /// Whose turn on a thread the call takes: that of its connection, or of whoever makes it on all
    /// of his, where callers say who they are.
    package var turnShare: TurnShare {
        if let caller = givenCaller, !caller.identity.isEmpty {
            return TurnShare(caller.usage, priority: turnPriority)
        }
        return TurnShare(session ?? self, priority: turnPriority)
    }

    /// How the call weighs: as much as its caller may, or less where it says so.
    private var turnPriority: TurnPriority {
        let given = givenCaller?.priority ?? .normal
        guard let text = metadata.first(where: { $0.name == "vigie-priority" })?.value,
            let wanted = TurnPriority(name: text)
        else { return given }
        return min(wanted, given)
    }

    /// Time until the deadline, in nanoseconds; nil when there is none.
    package var nanosecondsLeft: Double? {
        deadline.map { Double(($0 - .now()).nanoseconds) }
    }
}
