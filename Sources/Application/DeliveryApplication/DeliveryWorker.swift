// SPDX-License-Identifier: Apache-2.0

// Tells others of events, on threads that may wait. One looks at the store, some times a second,
// and has the others send what is due. All that matters is in the store: whoever is killed loses
// nothing, and several servers share the work.
//
// Cost: while nothing happens two short queries a look, some 100 us with SQLite. A message takes
// two transactions beside its way: taken, and kept.

internal import Databases
internal import Deliveries
internal import Digests
internal import Dispatch
package import PortfolioApplication
internal import PortfolioStore
internal import ServiceErrors
internal import Synchronization
package import Telemetry
internal import VigieLimits
package import Webhooks

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Sends what events make of a store.
package final class DeliveryWorker: Sendable {
    /// Has work done on a thread that may wait, of `threadCount`; told false when the threads end.
    package typealias Threads =
        @Sendable (_ work: @escaping @Sendable (_ isActive: Bool) -> Void) -> Void

    /// Threads that it takes.
    package static let threadCount = DeliveryLimits.senderThreads + 1

    private struct State {
        var load = SenderLoad()
        var isStopping = false
        /// Whether the thread that looks at the store has begun and not ended.
        var isLooking = false
        var looks = 0
        var nextSweep = 0
        /// When the store was looked at last; nil before that.
        var lookedAt: Int?
    }

    private let store: ServerStore
    private let attempt: DeliveryTry
    private let round: DeliveryRound
    private let threads: Threads
    private let schedule: RetrySchedule
    private let tell: @Sendable (String) -> Void
    /// Used under the lock only.
    private let counters: CounterBlock
    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let isAwake = Atomic(false)

    /// Takes what it works with; does nothing yet.
    ///
    /// - Parameters:
    ///   - tell: Hears, without a full stop, of receivers that get nothing any more, by their
    ///     numbers.
    package init(
        _ store: ServerStore,
        _ settings: DeliverySettings,
        _ sender: DeliverySender = .network,
        schedule: RetrySchedule = .standard,
        counters: CounterRegistry,
        threads: @escaping Threads,
        tell: @escaping @Sendable (String) -> Void
    ) {
        (self.store, self.threads, self.tell, self.schedule) = (store, threads, tell, schedule)
        self.counters = counters.makeBlock()
        attempt = DeliveryTry(store: store, settings: settings, sender: sender)
        let name = RandomBytes.make(16) ?? Array("\(store.clock()) \(getpid())".utf8)
        round = DeliveryRound(store: store, owner: Digest.hexadecimal(name))
    }

    /// Begins to look at the store, where there is one.
    package func start() {
        guard store.place != nil else { return }
        state.withLock { $0.isLooking = true }
        threads { [self] isActive in
            if isActive { look() }
            state.withLock { $0.isLooking = false }
        }
    }

    /// Begins nothing more, and waits for what is under way; nothing is if it never began.
    package func stop() {
        state.withLock { $0.isStopping = true }
        lookSoon()
        while state.withLock({ $0.isLooking }) { usleep(5_000) }
        let end = monotonicNanoseconds() + UInt64(DeliveryLimits.answerMilliseconds) * 1_000_000
        while !state.withLock({ $0.load.isIdle }), monotonicNanoseconds() < end { usleep(5_000) }
    }

    /// Has the store looked at now.
    package func lookSoon() {
        if !isAwake.exchange(true, ordering: .acquiringAndReleasing) { wake.signal() }
    }

    private func look() {
        while !state.withLock({ $0.isStopping }) {
            var milliseconds = DeliveryLimits.lookMilliseconds
            do throws(ServiceError) {
                if try runRound() { continue }
            } catch {
                // The store has told of itself; it is asked more seldom until it is there.
                milliseconds *= 5
            }
            _ = wake.wait(timeout: .now() + .milliseconds(milliseconds))
            isAwake.store(false, ordering: .releasing)
        }
    }

    /// - Returns: Whether there is more to do at once.
    private func runRound() throws(ServiceError) -> Bool {
        try freeClaims()
        let found = try round.look()
        let isMore = found.behind.isEmpty ? false : try round.makeMessages(for: found.behind)
        try sweep()
        // What was just made is due.
        let due = found.behind.isEmpty ? found.due : try round.look().due
        let shares = state.withLock { state in
            state.looks += 1
            state.load.forget(but: due)
            return state.load.reserve(for: due, startingAt: state.looks)
        }
        guard !shares.isEmpty else { return isMore }
        let taken: [(StoredDelivery, DeliveryTarget)]
        do throws(ServiceError) { taken = try round.take(shares) } catch {
            state.withLock { state in
                for share in shares { state.load.release(share.count, of: share.target) }
            }
            throw error
        }
        state.withLock { state in
            for share in shares {
                let count = taken.count { $0.1.id == share.target }
                state.load.release(share.count - count, of: share.target)
            }
        }
        for (delivery, target) in taken { send(delivery, to: target) }
        return isMore
    }

    private func send(_ delivery: StoredDelivery, to target: DeliveryTarget) {
        threads { [self] isActive in
            guard isActive else {
                state.withLock { $0.load.release(1, of: target.id) }
                _ = try? round.giveBack([delivery])
                return
            }
            let outcome = attempt.run(delivery, to: target)
            let kept = keep(outcome, of: delivery, to: target)
            state.withLock { state in
                state.load.finish(target.id, isGood: kept == .taken)
                if case .taken = kept { counters.count(.deliveriesTaken) }
                if case .notTaken = kept { counters.count(.deliveriesFailed) }
                if delivery.attempt > delivery.tries + 1, delivery.repeats > 0 {
                    counters.count(.deliveriesRepeated)
                }
            }
            if case .notTaken(let notice?) = kept { tellNotice(notice, target) }
            lookSoon()
        }
    }

    /// Keeps what came of a try, for as long as the message is ours: the store may be away for a
    /// while, and what was sent is not to be sent again for that.
    private func keep(
        _ outcome: TryOutcome,
        of delivery: StoredDelivery,
        to target: DeliveryTarget
    ) -> KeptOutcome {
        let jitter = Double.random(in: 0...1)
        repeat {
            do throws(ServiceError) {
                return try store.write { connection throws(DatabaseError) in
                    .success(
                        try connection.keep(
                            outcome,
                            of: delivery,
                            to: target,
                            schedule,
                            jitter: jitter,
                            nowMicroseconds: store.clock()
                        )
                    )
                }
            } catch { usleep(UInt32(DeliveryLimits.lookMilliseconds * 1_000)) }
        } while store.clock() < delivery.nextMicroseconds
        return .lost
    }

    private func tellNotice(_ notice: WebhookEndpoint.Notice, _ target: DeliveryTarget) {
        let what = target.kind == .webhook ? "The endpoint" : "The mail subscription"
        switch notice {
        case .paused: tell("\(what) \(target.id) is paused: no try of a message is left")
        case .disabled: tell("\(what) \(target.id) is disabled: its receiver wants no messages")
        case .resumed: break
        }
    }

    /// Deletes what was taken long ago, once an hour.
    private func sweep() throws(ServiceError) {
        let now = store.clock()
        guard state.withLock({ now >= $0.nextSweep }) else { return }
        let count = try store.write { connection throws(DatabaseError) in
            .success(try connection.sweepDeliveries(nowMicroseconds: now))
        }
        let wait = count < DeliveryLimits.deletedAtOnceMax ? 3_600_000_000 : 1_000_000
        state.withLock { $0.nextSweep = now + wait }
    }

    /// Has claims of a clock that was set back end: at the start, and when it was. Otherwise what
    /// one left behind who was killed would wait for as long as the clock was set back.
    private func freeClaims() throws(ServiceError) {
        let now = store.clock()
        let isSuspect = state.withLock { state in state.lookedAt.map { now < $0 } ?? true }
        if isSuspect {
            try store.write { connection throws(DatabaseError) in
                .success(try connection.freeClaims(but: round.owner, nowMicroseconds: now))
            }
        }
        state.withLock { $0.lookedAt = now }
    }
}
