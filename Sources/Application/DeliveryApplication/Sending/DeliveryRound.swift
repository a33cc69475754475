// SPDX-License-Identifier: Apache-2.0

// What is done in the store in one go: messages are made of events that a target has not seen, and
// messages that are due are taken.

internal import Databases
internal import Digests
internal import PortfolioApplication
internal import PortfolioStore
internal import ServiceErrors
internal import VigieLimits

/// Work on the store that tells others.
struct DeliveryRound: Sendable {
    let store: ServerStore
    /// Who takes messages.
    let owner: String

    /// What there is to do: targets with events before them, targets to which something is due.
    func look() throws(ServiceError) -> (behind: [Int], due: [Int]) {
        let now = store.clock()
        return try store.read { connection throws(DatabaseError) in
            .success(
                (
                    try connection.behindTargets(nowMicroseconds: now),
                    try connection.dueTargets(nowMicroseconds: now)
                )
            )
        }
    }

    /// Makes messages for some targets.
    ///
    /// - Returns: Whether there may be more to make at once.
    func makeMessages(for targets: [Int]) throws(ServiceError) -> Bool {
        try store.write { connection throws(DatabaseError) in
            var (made, isMore) = (0, false)
            for id in targets {
                guard made < DeliveryLimits.waitingMax else { return .success(true) }
                guard let target = try connection.takeTarget(id) else { continue }
                let waiting = try connection.waitingCount(of: id)
                // Its events wait in the stream.
                guard waiting < DeliveryLimits.waitingMax else { continue }
                let step = try makeMessages(for: target, connection)
                made += step.made
                isMore = isMore || step.isMore
            }
            return .success(isMore)
        }
    }

    private func makeMessages(
        for target: DeliveryTarget,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> (made: Int, isMore: Bool) {
        let limit =
            target.kind == .mail ? DeliveryLimits.mailScanMax : DeliveryLimits.eventsAtOnceMax
        let events = try connection.events(after: target.seen, limit: limit)
        let now = store.clock()
        let wanted = events.filter { target.wants($0.event) }
        let isMore = events.count == limit
        var deliveries: [NewDelivery] = []
        switch target.kind {
        case .webhook:
            deliveries = wanted.map { number, event in
                NewDelivery(number...number, identifier: target.identifier(number, event))
            }
        case .mail:
            if let first = wanted.first, let last = wanted.last {
                deliveries = [
                    NewDelivery(
                        first.number...last.number,
                        identifier: target.identifier(last.number, last.event)
                    )
                ]
            }
        }
        try connection.add(
            deliveries,
            to: target,
            seen: events.last?.number ?? target.seen,
            openAtMicroseconds: isMore ? target.openAtMicroseconds : target.opens(after: now),
            nowMicroseconds: now
        )
        return (deliveries.count, isMore)
    }

    /// Takes messages that are due.
    ///
    /// - Parameter wanted: To which targets, and how many to each at most.
    func take(
        _ wanted: [(target: Int, count: Int)]
    ) throws(ServiceError) -> [(StoredDelivery, DeliveryTarget)] {
        try store.write { connection throws(DatabaseError) in
            let now = store.clock()
            var taken: [(StoredDelivery, DeliveryTarget)] = []
            for (id, count) in wanted {
                guard let target = try connection.target(id) else { continue }
                taken += try connection.takeDeliveries(
                    to: id,
                    owner,
                    nowMicroseconds: now,
                    limit: count
                ).map { ($0, target) }
            }
            return .success(taken)
        }
    }

    /// Gives messages back that were not sent.
    func giveBack(_ deliveries: [StoredDelivery]) throws(ServiceError) {
        try store.write { connection throws(DatabaseError) in
            let now = store.clock()
            for delivery in deliveries {
                try connection.giveBack(delivery, nowMicroseconds: now)
            }
            return .success(())
        }
    }
}

extension DeliveryTarget {
    /// What tells a message from others: the same whenever it is made of the same event for the
    /// same target, so that one that is made again, out of a backup, is known to its receiver.
    func identifier(_ number: Int, _ event: StoreEvent) -> String {
        let text = "\(id) \(createdAtMicroseconds) \(number) \(event.createdAtMicroseconds)"
        return "msg_" + Digest.hexadecimal(Array(Digest.sha256(Array(text.utf8)).prefix(16)))
    }

    /// When the next mail may be made, in microseconds since 1970 in UTC: each full hour, or each
    /// day at six.
    func opens(after now: Int) -> Int {
        let hour = 3_600_000_000
        switch pace {
        case .atOnce: return 0
        case .hourly: return (now / hour + 1) * hour
        case .daily:
            let six = now / (24 * hour) * 24 * hour + 6 * hour
            return six > now ? six : six + 24 * hour
        }
    }
}
