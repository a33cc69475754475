// SPDX-License-Identifier: Apache-2.0

// Whether somebody still waits for what a thread does: the call is told of its end on its event
// loop, and the thread asks.

internal import NIOCore
internal import Synchronization

/// What the threads of a call ask before they go on.
final class CallInterest: Sendable {
    private let cancelled = Atomic(false)
    private let deadline: NIODeadline?

    /// Somebody waits until a time, or for as long as it takes.
    init(until deadline: NIODeadline?) { self.deadline = deadline }

    /// Nobody waits any more.
    func end() { cancelled.store(true, ordering: .relaxed) }

    /// Whether somebody waits. Cost: two loads, and the clock where there is a deadline: 25 ns.
    var isThere: Bool {
        !cancelled.load(ordering: .relaxed) && (deadline.map { $0 > .now() } ?? true)
    }
}
