// SPDX-License-Identifier: Apache-2.0

// Who may be sent how much at once: a receiver that hangs holds up nobody else. One that answered
// well gets some threads, any other one; those whose last answer was bad, or none, get no more than
// a part of the threads together. So many receivers that nobody knows yet may hang for the time of
// one answer, once.

internal import VigieLimits

/// What is being sent to whom.
struct SenderLoad {
    /// What is known of a receiver.
    private struct Receiver {
        var underWay = 0
        /// Whether the last answer was good; nil before the first.
        var isWell: Bool?
    }

    private var receivers: [Int: Receiver] = [:]
    private var unwellCount = 0
    private var total = 0

    /// Whether nothing is being sent.
    var isIdle: Bool { total == 0 }

    /// Shares free threads out among receivers, and holds them for these.
    ///
    /// - Parameters:
    ///   - due: Receivers to which something is due.
    ///   - start: Where to begin among them: another place each time, so that none is always last.
    mutating func reserve(
        for due: [Int],
        startingAt start: Int
    ) -> [(target: Int, count: Int)] {
        guard !due.isEmpty else { return [] }
        let first = start % due.count
        var shares: [(target: Int, count: Int)] = []
        for target in due[first...] + due[..<first] {
            let known = receivers[target] ?? Receiver()
            let most = known.isWell == true ? DeliveryLimits.receiverThreads : 1
            var count = min(most - known.underWay, DeliveryLimits.senderThreads - total)
            if known.isWell == false {
                count = min(count, DeliveryLimits.unwellThreads - unwellCount)
            }
            guard count > 0 else { continue }
            change(target, by: count)
            shares.append((target, count))
        }
        return shares
    }

    private mutating func change(_ target: Int, by count: Int) {
        total += count
        receivers[target, default: Receiver()].underWay += count
        if receivers[target]?.isWell == false { unwellCount += count }
    }

    /// Gives threads back that were held for a receiver.
    mutating func release(_ count: Int, of target: Int) { change(target, by: -count) }

    /// Takes notice of an answer, or that there was none, and gives its thread back.
    mutating func finish(_ target: Int, isGood: Bool) {
        release(1, of: target)
        guard var known = receivers[target], known.isWell != isGood else { return }
        // What is still under way is counted as the receiver is now.
        if known.isWell == false { unwellCount -= known.underWay }
        if !isGood { unwellCount += known.underWay }
        known.isWell = isGood
        receivers[target] = known
    }

    /// Forgets receivers that have nothing due and nothing under way, once there are many: they may
    /// be gone for good.
    mutating func forget(but due: [Int]) {
        guard receivers.count > 2 * DeliveryLimits.targetsMax else { return }
        let due = Set(due)
        receivers = receivers.filter { due.contains($0.key) || $0.value.underWay > 0 }
    }
}
