// SPDX-License-Identifier: Apache-2.0

// What an event loop does with its connections, whatever they speak.

internal import NIOCore

/// A connection whose handshake is over.
protocol ServedConnection: AnyObject {
    /// Looks after its timeouts, once a second.
    func tick(now: NIODeadline)
    /// Ends it when what is asked over it is answered.
    func drain()
    /// The time for that is over.
    func endCalls()
    /// Ends the calls of those who are let in no more.
    func endCallsOfOthers(_ looks: inout CallerLooks)
    /// Closes it at once.
    func abort()
}
