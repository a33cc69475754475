// SPDX-License-Identifier: Apache-2.0

// A call that is over, for who writes a line or a span of each. Nothing of what the company or its
// rows are stands in it.

/// A call that is over.
package struct CallRecord: Sendable {
    /// The method's path, such as `/vigie.v1.ScoringService/ScoreRows`; empty for one that the
    /// server does not have.
    package var path: String
    /// gRPC's code.
    package var code: Int
    /// The serialised `google.rpc.Status` of a call that failed, if it has one.
    package var details: [UInt8]?
    /// When its headers came, in nanoseconds since 1970.
    package var beginNanoseconds: UInt64
    /// How long it took, in nanoseconds.
    package var nanoseconds: UInt64
    /// Messages of the client.
    package var received: Int
    /// Messages to it.
    package var sent: Int
    /// The address that it came from, without its port; empty when that is not known.
    package var peerAddress: String
    /// The port there; 0 for none.
    package var peerPort: Int
    /// Who made it; empty for one who did not say.
    package var caller: String
    /// The trace that it is a part of, if its caller said so.
    package var trace: TraceContext?

    /// Describes a call.
    package init(
        path: String,
        code: Int,
        details: [UInt8]? = nil,
        beginNanoseconds: UInt64,
        nanoseconds: UInt64,
        received: Int,
        sent: Int,
        peerAddress: String,
        peerPort: Int,
        caller: String,
        trace: TraceContext? = nil
    ) {
        self.path = path
        self.code = code
        self.details = details
        self.beginNanoseconds = beginNanoseconds
        self.nanoseconds = nanoseconds
        self.received = received
        self.sent = sent
        self.peerAddress = peerAddress
        self.peerPort = peerPort
        self.caller = caller
        self.trace = trace
    }
}

/// Takes calls that are over; called on the event loop of each, which it must not hold up.
package typealias CallObserver = @Sendable (_ call: CallRecord) -> Void
