// SPDX-License-Identifier: Apache-2.0

// Calls that take much and are few: each has a place from its beginning to its end.

internal import GRPCTransport
internal import ServiceErrors
internal import Synchronization
internal import Turns
internal import VigieLimits

/// Where such calls are worked on, and how many there are.
final class CallDesk: Sendable {
    /// The threads that do it.
    let workers: WorkerPool
    /// What a byte takes.
    let times = WorkTimes()
    private let calls: String
    private let all: Limit
    private let ofOne: Limit
    private let limits: ServiceLimits
    /// Whose calls are here: there are few.
    private let shares = Mutex<[TurnShare]>([])

    /// Most calls, and what that limit is called.
    typealias Limit = (name: String, callsMax: Int)

    /// Makes a desk.
    ///
    /// - Parameters:
    ///   - workers: The threads.
    ///   - calls: What the calls are called where one is refused, such as "simulations".
    ///   - limits: What is told of all calls.
    ///   - all: Most calls at a time.
    ///   - ofOne: The same of one connection, or of one caller where they are told apart.
    init(
        _ workers: WorkerPool,
        _ calls: String,
        _ limits: ServiceLimits,
        all: Limit,
        ofOne: Limit
    ) {
        (self.workers, self.calls, self.limits) = (workers, calls, limits)
        (self.all, self.ofOne) = (all, ofOne)
    }

    /// Takes a call in.
    ///
    /// - Throws: UNAVAILABLE when there are too many.
    func enter(_ share: TurnShare) throws(ServiceError) {
        let refusal: String? = shares.withLock { shares in
            // What whoever asks can change himself comes first.
            guard shares.count(where: { $0.owner == share.owner }) < ofOne.callsMax else {
                return "of one connection or caller at a time: \(ofOne.callsMax) "
                    + "(\(ofOne.name)); let one end, and send it again"
            }
            guard shares.count < all.callsMax else {
                return "at a time: \(all.callsMax) (\(all.name)); send it again later"
            }
            shares.append(share)
            return nil
        }
        if let refusal {
            throw .retryLater("There are as many \(calls) as may be \(refusal).", limits)
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

    /// Takes a place.
    ///
    /// - Throws: UNAVAILABLE when there is none.
    init(_ desk: CallDesk, _ share: TurnShare) throws(ServiceError) {
        try desk.enter(share)
        (self.desk, self.share) = (desk, share)
    }

    deinit { leave() }

    /// Lets it go, before whoever has it hears that the work is done.
    func leave() {
        if !isLeft.exchange(true, ordering: .relaxed) { desk.leave(share) }
    }
}
