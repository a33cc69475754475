// SPDX-License-Identifier: Apache-2.0

// Calls that take much and are few: each has a place from its beginning to its end.

internal import GRPCTransport
internal import Synchronization
internal import Turns

/// Where such calls are worked on, and how many there are.
final class CallDesk: Sendable {
    /// The threads that do it.
    let workers: WorkerPool
    /// What a byte takes.
    let times = WorkTimes()
    private let callsMax: Int
    private let connectionCallsMax: Int
    /// Whose calls are here: there are few.
    private let shares = Mutex<[TurnShare]>([])

    /// Makes a desk.
    ///
    /// - Parameters:
    ///   - workers: The threads.
    ///   - callsMax: Most calls at a time.
    ///   - connectionCallsMax: The same of one connection, or of one caller where they are told
    ///     apart.
    init(_ workers: WorkerPool, callsMax: Int, connectionCallsMax: Int) {
        self.workers = workers
        (self.callsMax, self.connectionCallsMax) = (callsMax, connectionCallsMax)
    }

    /// Takes a call in; false when there are too many.
    func enter(_ share: TurnShare) -> Bool {
        shares.withLock { shares in
            guard shares.count < callsMax,
                shares.count(where: { $0.owner == share.owner }) < connectionCallsMax
            else { return false }
            shares.append(share)
            return true
        }
    }

    /// Lets a call go that was taken in.
    func leave(_ share: TurnShare) {
        shares.withLock { shares in
            if let index = shares.firstIndex(of: share) { shares.remove(at: index) }
        }
    }
}

/// The place of a call at a desk: kept by the call and by what a thread does for it, and free when
/// it is left, or neither is there any more.
final class DeskPlace: Sendable {
    private let desk: CallDesk
    private let share: TurnShare
    private let isLeft = Atomic(false)

    /// Takes a place; nil when there is none.
    init?(_ desk: CallDesk, _ share: TurnShare) {
        guard desk.enter(share) else { return nil }
        (self.desk, self.share) = (desk, share)
    }

    deinit { leave() }

    /// Lets it go, before whoever has it hears that the work is done.
    func leave() {
        if !isLeft.exchange(true, ordering: .relaxed) { desk.leave(share) }
    }
}
