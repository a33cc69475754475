// SPDX-License-Identifier: Apache-2.0

// Messages as people look at them, and have them sent again; and the events that they tell of.

package import Databases
package import Quantities
internal import VigieLimits

/// An event, with the names of what it is about.
package struct NamedEvent: Sendable, Equatable {
    /// Its number.
    package let number: Int
    /// What it is, such as `alert.raised`.
    package let kind: String
    /// The day on which it happened.
    package let day: CalendarDate
    /// When it came into the store, in microseconds since 1970 in UTC.
    package let createdAtMicroseconds: Int
    /// The rest, as JSON.
    package let body: String
    /// The portfolio, by its name now; nil for none, or one that is gone.
    package let portfolio: String?
    /// The company, by the kind of its identifier and the identifier; nil for none, or a person who
    /// was erased.
    package let company: (kind: String, identity: String, name: String)?

    /// Whether both are the same.
    package static func == (left: NamedEvent, right: NamedEvent) -> Bool {
        left.number == right.number && left.kind == right.kind && left.day == right.day
            && left.createdAtMicroseconds == right.createdAtMicroseconds
            && left.body == right.body && left.portfolio == right.portfolio
            && left.company?.kind == right.company?.kind
            && left.company?.identity == right.company?.identity
    }
}

extension DatabaseConnection {
    /// Events from a number on, in their order, with the names of what they are about.
    package func namedEvents(
        _ numbers: ClosedRange<Int>,
        of portfolio: Int?,
        limit: Int
    ) throws(DatabaseError) -> [NamedEvent] {
        try all(
            """
            select e.number, e.kind, e.event_day, e.created_at, e.body, p.name, c.kind, c.identity,
                coalesce(nullif(m.name, ''), c.name)
            from event e left join portfolio p on p.id = e.portfolio
                left join company c on c.slot = e.slot
                left join portfolio_company m on m.portfolio = e.portfolio and m.slot = e.slot
            where e.number >= $1 and e.number <= $2 and (e.portfolio = $3 or $3 = 0)
            order by e.number limit $4
            """,
            [
                .integer(numbers.lowerBound), .integer(numbers.upperBound),
                .integer(portfolio ?? 0), .integer(limit),
            ]
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(2)) else {
                throw DatabaseError(.damaged, "an event has no day")
            }
            var company: (kind: String, identity: String, name: String)?
            if let kind = try row.textIfAny(6) {
                company = (kind, try row.text(7), try row.text(8))
            }
            return NamedEvent(
                number: try row.integer(0),
                kind: try row.text(1),
                day: day,
                createdAtMicroseconds: try row.integer(3),
                body: try row.text(4),
                portfolio: try row.textIfAny(5),
                company: company
            )
        }
    }

    /// Messages to a target, the last one first.
    ///
    /// - Parameter number: The last one that was listed before; nil for none.
    package func deliveries(
        to target: Int,
        before number: Int?,
        limit: Int
    ) throws(DatabaseError) -> [StoredDelivery] {
        try all(
            """
            select \(StoredDelivery.columns) from delivery where target = $1 and number < $2
            order by number desc limit $3
            """,
            [.integer(target), .integer(number ?? .max), .integer(limit)]
        ) { row throws(DatabaseError) in try StoredDelivery(row) }
    }

    /// A message; nil when there is none.
    package func delivery(_ number: Int) throws(DatabaseError) -> StoredDelivery? {
        try first(
            "select \(StoredDelivery.columns) from delivery where number = $1",
            [.integer(number)]
        ) { row throws(DatabaseError) in try StoredDelivery(row) }
    }

    /// Has a message sent again from the beginning of the schedule, unless somebody is at it.
    ///
    /// - Returns: Whether it will be.
    package func replay(_ number: Int, nowMicroseconds: Int) throws(DatabaseError) -> Bool {
        try execute(
            """
            update delivery set state = 'waiting', tries = 0, next_at = $2
            where number = $1 and owner = ''
            """,
            [.integer(number), .integer(nowMicroseconds)]
        ) == 1
    }

    /// Has all messages sent again that are kept for a target.
    ///
    /// - Returns: How many.
    package func replayKept(
        for target: Int,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Int {
        try execute(
            """
            update delivery set state = 'waiting', tries = 0, next_at = $2
            where target = $1 and state = 'kept'
            """,
            [.integer(target), .integer(nowMicroseconds)]
        )
    }

    /// Deletes messages that were taken long ago.
    ///
    /// - Returns: How many, at most `deletedAtOnceMax`.
    package func sweepDeliveries(nowMicroseconds: Int) throws(DatabaseError) -> Int {
        let first = nowMicroseconds - DeliveryLimits.listedDays * 86_400_000_000
        return try execute(
            """
            delete from delivery where number in (
                select number from delivery where state = 'delivered' and answered_at < $1
                order by answered_at limit $2)
            """,
            [.integer(first), .integer(DeliveryLimits.deletedAtOnceMax)]
        )
    }
}
