// SPDX-License-Identifier: Apache-2.0

// Messages on their way: made of events, claimed by who sends them, and what came of it. Whatever
// happens to whoever sends one, it is there until an answer is kept: a message may be sent twice,
// with the same identifier, and none is lost.

package import Databases
internal import VigieLimits

/// A message to one target.
package struct StoredDelivery: Sendable, Equatable {
    /// Its number.
    package let number: Int
    /// To whom.
    package let target: Int
    /// The events that it tells of: from this one …
    package let firstEvent: Int
    /// … to this one, both included.
    package let lastEvent: Int
    /// What tells it from others, the same on every try.
    package let identifier: String
    /// Where it stands: waiting, delivered, kept.
    package let state: String
    /// Tries that are over.
    package let tries: Int
    /// When it is sent next, in microseconds since 1970 in UTC; of one that is being sent when it
    /// is anybody's again.
    package let nextMicroseconds: Int
    /// Who sends it; empty for nobody.
    package let owner: String
    /// How often somebody took it to send it.
    package let attempt: Int
    /// How often of these nobody knows what came of it.
    package let repeats: Int
    /// The last status; nil for none.
    package let lastStatus: Int?
    /// In a word why there was none.
    package let lastAnswer: String
    /// When the last try was over, in microseconds since 1970 in UTC.
    package let answeredAtMicroseconds: Int?
    /// When it was made, in microseconds since 1970 in UTC.
    package let createdAtMicroseconds: Int

    static let columns = """
        number, target, first_event, last_event, identifier, state, tries, next_at, owner, attempt,
        repeats, last_status, last_answer, answered_at, created_at
        """

    init(_ row: DatabaseRow) throws(DatabaseError) {
        (number, target) = (try row.integer(0), try row.integer(1))
        (firstEvent, lastEvent) = (try row.integer(2), try row.integer(3))
        (identifier, state, tries) = (try row.text(4), try row.text(5), try row.integer(6))
        (nextMicroseconds, owner) = (try row.integer(7), try row.text(8))
        (attempt, repeats) = (try row.integer(9), try row.integer(10))
        (lastStatus, lastAnswer) = (try row.integerIfAny(11), try row.text(12))
        answeredAtMicroseconds = try row.integerIfAny(13)
        createdAtMicroseconds = try row.integer(14)
    }
}

/// A message that is to be made.
package struct NewDelivery: Sendable {
    /// The events that it tells of, both included.
    package let events: ClosedRange<Int>
    /// What tells it from others.
    package let identifier: String

    /// Describes one.
    package init(_ events: ClosedRange<Int>, identifier: String) {
        (self.events, self.identifier) = (events, identifier)
    }
}

extension DatabaseConnection {
    /// The active targets that have events before them which they have not seen, and are open.
    package func behindTargets(nowMicroseconds: Int) throws(DatabaseError) -> [Int] {
        try all(
            """
            select t.id from delivery_target t, counter c
            where c.name = 'event' and t.seen < c.value and t.state = 'active' and t.open_at <= $1
            order by t.seen, t.id limit $2
            """,
            [.integer(nowMicroseconds), .integer(DeliveryLimits.targetsMax)]
        ) { row throws(DatabaseError) in try row.integer(0) }
    }

    /// A target to make messages for; nil when another server does, or it is gone.
    package func takeTarget(_ id: Int) throws(DatabaseError) -> DeliveryTarget? {
        let lock = dialect == .postgresql ? " for update skip locked" : ""
        return try first(
            """
            select \(DeliveryTarget.columns) from delivery_target
            where id = $1 and state = 'active'\(lock)
            """,
            [.integer(id)]
        ) { row throws(DatabaseError) in try DeliveryTarget(row) }
    }

    /// How many messages wait for a target; counted no further than `waitingMax`.
    package func waitingCount(of target: Int) throws(DatabaseError) -> Int {
        try first(
            """
            select count(*) from (
                select 1 from delivery where target = $1 and state = 'waiting' limit $2) w
            """,
            [.integer(target), .integer(DeliveryLimits.waitingMax)]
        ) { row throws(DatabaseError) in try row.integer(0) } ?? 0
    }

    /// Makes messages for a target, and says up to which event it was seen to.
    package func add(
        _ deliveries: [NewDelivery],
        to target: DeliveryTarget,
        seen: Int,
        openAtMicroseconds: Int,
        nowMicroseconds: Int
    ) throws(DatabaseError) {
        _ = try execute(
            "update delivery_target set seen = $2, open_at = $3 where id = $1",
            [.integer(target.id), .integer(seen), .integer(openAtMicroseconds)]
        )
        guard !deliveries.isEmpty else { return }
        let first = try takeNumbers(deliveries.count, of: .delivery)
        _ = try load(
            into: "delivery",
            columns: [
                "number", "target", "first_event", "last_event", "identifier", "state", "tries",
                "next_at", "owner", "attempt", "repeats", "last_answer", "created_at",
            ]
        ) { writer throws(DatabaseError) in
            for (index, delivery) in deliveries.enumerated() {
                try writer.write(first + index)
                try writer.write(target.id)
                try writer.write(delivery.events.lowerBound)
                try writer.write(delivery.events.upperBound)
                try writer.write(delivery.identifier)
                try writer.write("waiting")
                try writer.write(0)
                try writer.write(nowMicroseconds)
                try writer.write("")
                try writer.write(0)
                try writer.write(0)
                try writer.write("")
                try writer.write(nowMicroseconds)
                try writer.endRow()
            }
        }
    }

    /// The open targets to which something is due.
    package func dueTargets(nowMicroseconds: Int) throws(DatabaseError) -> [Int] {
        try all(
            """
            select t.id from delivery_target t
            where t.state = 'active' and (t.kind = 'mail' or t.open_at <= $1) and exists (
                select 1 from delivery d
                where d.target = t.id and d.state = 'waiting' and d.next_at <= $1)
            order by t.id limit $2
            """,
            [.integer(nowMicroseconds), .integer(DeliveryLimits.targetsMax)]
        ) { row throws(DatabaseError) in try row.integer(0) }
    }

    /// Takes messages to a target that nobody sends, or nobody any more.
    ///
    /// - Parameters:
    ///   - owner: Who sends them.
    ///   - limit: How many at most.
    package func takeDeliveries(
        to target: Int,
        _ owner: String,
        nowMicroseconds: Int,
        limit: Int
    ) throws(DatabaseError) -> [StoredDelivery] {
        let lock = dialect == .postgresql ? " for update skip locked" : ""
        let due = try all(
            """
            select number from delivery where target = $1 and state = 'waiting' and next_at <= $2
            order by next_at, number limit $3\(lock)
            """,
            [.integer(target), .integer(nowMicroseconds), .integer(limit)]
        ) { row throws(DatabaseError) in try row.integer(0) }
        var taken: [StoredDelivery] = []
        for number in due {
            let delivery = try first(
                """
                update delivery set owner = $2, next_at = $3, attempt = attempt + 1,
                    repeats = repeats + case when owner = '' then 0 else 1 end
                where number = $1 returning \(StoredDelivery.columns)
                """,
                [
                    .integer(number), .text(owner),
                    .integer(nowMicroseconds + DeliveryLimits.leaseMicroseconds),
                ]
            ) { row throws(DatabaseError) in try StoredDelivery(row) }
            if let delivery { taken.append(delivery) }
        }
        return taken
    }

    /// Has messages be due that others have claimed for longer than anybody can: by a clock that
    /// was set back since.
    ///
    /// - Parameter owner: Who asks, and sends what he has claimed himself.
    package func freeClaims(but owner: String, nowMicroseconds: Int) throws(DatabaseError) {
        let latest =
            nowMicroseconds + DeliveryLimits.leaseMicroseconds + StoreLimits.clockSlackMicroseconds
        _ = try execute(
            """
            update delivery set next_at = $1
            where state = 'waiting' and owner <> '' and owner <> $2 and next_at > $3
            """,
            [.integer(nowMicroseconds), .text(owner), .integer(latest)]
        )
    }

    /// Keeps what came of a try.
    ///
    /// - Returns: False when it is another's by now: then nothing is kept.
    package func complete(
        _ delivery: StoredDelivery,
        state: String,
        tries: Int,
        nextMicroseconds: Int,
        status: Int?,
        answer: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Bool {
        try execute(
            """
            update delivery set state = $4, tries = $5, next_at = $6, last_status = $7,
                last_answer = $8, answered_at = $9, owner = ''
            where number = $1 and owner = $2 and attempt = $3
            """,
            [
                .integer(delivery.number), .text(delivery.owner), .integer(delivery.attempt),
                .text(state), .integer(tries), .integer(nextMicroseconds), .integer(status),
                .text(answer), .integer(nowMicroseconds),
            ]
        ) == 1
    }

    /// Gives messages back that were not sent.
    package func giveBack(
        _ delivery: StoredDelivery,
        nowMicroseconds: Int
    ) throws(DatabaseError) {
        _ = try execute(
            """
            update delivery set owner = '', next_at = $4, attempt = attempt - 1
            where number = $1 and owner = $2 and attempt = $3
            """,
            [
                .integer(delivery.number), .text(delivery.owner), .integer(delivery.attempt),
                .integer(nowMicroseconds),
            ]
        )
    }
}
