// SPDX-License-Identifier: Apache-2.0

// Memory that all connections of a server share, in fair parts. A connection that is
// alone may have all of it. Beyond a sixteenth (`budgetShares`) it yields: it gets no
// more while a connection within its part was refused a moment ago, a part is kept free
// for others as soon as there are any, and what it holds is shed (ServerSession+Shedding).
// A little more than all is there for connections that hold next to nothing: however full a
// budget is, a health check is answered.
//
// Cost: two atomic additions for each message that is put together or answer that is
// large; small answers draw on a credit of their connection, which is a plain number.

internal import NIOCore
internal import Synchronization
internal import VigieLimits

/// A number of bytes that the connections of a server share.
package final class MemoryBudget: Sendable {
    /// For how long a connection beyond its part gets nothing once another was refused.
    private static let contentionNanoseconds: UInt64 = 2_000_000_000

    /// The most that may be in use.
    package let limit: Int
    /// Up to where a connection need not yield.
    package let share: Int
    private let smallBytes: Int
    private let used = Atomic<Int>(0)
    /// Accounts that hold anything.
    private let holders = Atomic<Int>(0)
    /// Until when connections beyond their part get nothing, as NIO counts time.
    private let contendedUntil = Atomic<UInt64>(0)
    /// Bytes that a connection within its part was refused and nobody has made room for.
    private let wanted = Atomic<Int>(0)

    /// Makes a budget of `limit` bytes in `shares` parts.
    package init(limit: Int, shares: Int = 16) {
        self.limit = max(limit, 0)
        share = self.limit / max(shares, 1)
        smallBytes = min(TransportLimits().smallHoldingBytesMax, share / 8)
    }

    /// Bytes in use.
    package var usedBytes: Int { used.load(ordering: .relaxed) }

    /// Whether a connection within its part was refused a moment ago.
    package var isContended: Bool {
        let until = contendedUntil.load(ordering: .relaxed)
        return until > 0 && NIODeadline.now().uptimeNanoseconds < until
    }

    /// Takes bytes for an account that holds `accountBytes` with them.
    fileprivate func take(_ byteCount: Int, accountBytes: Int) -> Bool {
        let isWithinShare = accountBytes <= share
        let bound = bound(accountBytes)
        var before = used.load(ordering: .relaxed)
        while true {
            guard byteCount <= bound, before <= bound - byteCount else { break }
            let (exchanged, original) = used.compareExchange(
                expected: before,
                desired: before + byteCount,
                ordering: .relaxed
            )
            if exchanged { return true }
            before = original
        }
        if isWithinShare {
            let until = NIODeadline.now().uptimeNanoseconds + Self.contentionNanoseconds
            contendedUntil.store(until, ordering: .relaxed)
            wanted.store(byteCount, ordering: .relaxed)
        }
        return false
    }

    /// What may be in use for a connection that holds so much to get it.
    private func bound(_ accountBytes: Int) -> Int {
        if accountBytes <= smallBytes { return limit + limit / 32 }
        if accountBytes <= share { return limit }
        if isContended { return 0 }
        return holders.load(ordering: .relaxed) > 1 ? limit - 2 * share : limit
    }

    fileprivate func giveBack(_ byteCount: Int) {
        used.wrappingSubtract(byteCount, ordering: .relaxed)
    }

    fileprivate func countHolder(_ change: Int) {
        holders.wrappingAdd(change, ordering: .relaxed)
    }

    /// Bytes that somebody is to make room for.
    fileprivate var wantedBytes: Int { isContended ? wanted.load(ordering: .relaxed) : 0 }

    fileprivate func madeRoom(_ byteCount: Int) {
        wanted.wrappingSubtract(byteCount, ordering: .relaxed)
    }
}

/// What one connection holds of a budget. May be used on any thread.
package final class BudgetAccount: Sendable {
    private let budget: MemoryBudget
    private let used = Atomic<Int>(0)

    /// Opens an account that holds nothing.
    package init(_ budget: MemoryBudget) {
        self.budget = budget
    }

    deinit {
        release(usedBytes)
    }

    /// Bytes that the account holds.
    package var usedBytes: Int { used.load(ordering: .relaxed) }

    /// Takes bytes. False when they are not to be had now.
    package func reserve(_ byteCount: Int) -> Bool {
        guard byteCount > 0 else { return byteCount == 0 }
        guard byteCount <= budget.limit else { return false }
        let (before, now) = used.wrappingAdd(byteCount, ordering: .relaxed)
        if before == 0 { budget.countHolder(1) }
        if budget.take(byteCount, accountBytes: now) { return true }
        reduce(byteCount)
        return false
    }

    /// Counts bytes that are held already, or fewer than before, whatever the limit.
    package func force(_ change: Int) {
        guard change > 0 else { return release(-change) }
        if used.wrappingAdd(change, ordering: .relaxed).oldValue == 0 { budget.countHolder(1) }
        budget.giveBack(-change)
    }

    /// Gives bytes back.
    package func release(_ byteCount: Int) {
        guard byteCount > 0 else { return }
        budget.giveBack(byteCount)
        reduce(byteCount)
    }

    /// Whether the connection is within its part, or half of all is free.
    package var isPlentiful: Bool {
        usedBytes <= budget.share || budget.usedBytes <= budget.limit / 2
    }

    /// Bytes that the connection is to give up, since others ask and it is beyond its part.
    package var bytesToShed: Int {
        let excess = usedBytes - budget.share
        guard excess > 0 else { return 0 }
        return min(excess, budget.wantedBytes)
    }

    /// Notes that the connection gave up memory for others.
    package func shed(_ byteCount: Int) {
        budget.madeRoom(byteCount)
    }

    private func reduce(_ byteCount: Int) {
        let (_, now) = used.wrappingSubtract(byteCount, ordering: .relaxed)
        if now == 0 { budget.countHolder(-1) }
    }
}
