// SPDX-License-Identifier: Apache-2.0

// What happened, in an order that never changes: the stream that alerts, the page and other systems
// follow, from any place in it.

package import Databases
package import Quantities

/// Something that happened.
package struct StoreEvent: Sendable, Equatable {
    /// What it is, such as `alert.raised`.
    package var kind: String
    /// The portfolio that it is about; nil for the whole store.
    package var portfolio: Int?
    /// The company, by its slot.
    package var slot: Int?
    /// The day on which it happened, which may be long before it is known.
    package var day: CalendarDate
    /// When it came into the store, in microseconds since 1970 in UTC.
    package var createdAtMicroseconds: Int
    /// The rest, as JSON.
    package var body: String

    /// Makes an event.
    package init(
        _ kind: String,
        portfolio: Int? = nil,
        slot: Int? = nil,
        day: CalendarDate,
        createdAtMicroseconds: Int,
        body: String = "{}"
    ) {
        self.kind = kind
        self.portfolio = portfolio
        self.slot = slot
        self.day = day
        self.createdAtMicroseconds = createdAtMicroseconds
        self.body = body
    }
}

extension DatabaseConnection {
    /// Adds events to the stream. The last thing that a transaction does.
    ///
    /// - Returns: The number of the first of them; they follow one another.
    @discardableResult
    package func append(_ events: [StoreEvent]) throws(DatabaseError) -> Int {
        guard !events.isEmpty else { return 0 }
        let first = try takeNumbers(events.count, of: .event)
        _ = try load(
            into: "event",
            columns: ["number", "kind", "portfolio", "slot", "event_day", "created_at", "body"]
        ) { writer throws(DatabaseError) in
            for (index, event) in events.enumerated() {
                try writer.write(first + index)
                try writer.write(event.kind)
                try writer.write(event.portfolio)
                try writer.write(event.slot)
                try writer.write(Int(event.day.dayNumber))
                try writer.write(event.createdAtMicroseconds)
                try writer.write(event.body)
                try writer.endRow()
            }
        }
        return first
    }

    /// Events behind a number, in their order.
    ///
    /// - Parameters:
    ///   - portfolio: Only of this one; nil for all.
    ///   - number: The last one that the reader saw; 0 for all.
    ///   - last: The number beyond which none is looked at, so that a reader of one portfolio
    ///     does not go through all of others at once.
    ///   - limit: How many at most.
    package func events(
        of portfolio: Int? = nil,
        after number: Int,
        through last: Int = .max,
        limit: Int
    ) throws(DatabaseError) -> [(number: Int, event: StoreEvent)] {
        let condition = portfolio == nil ? "" : "and portfolio = $4"
        return try all(
            """
            select number, kind, portfolio, slot, event_day, created_at, body from event
            where number > $1 and number <= $2 \(condition) order by number limit $3
            """,
            [.integer(number), .integer(last), .integer(limit)]
                + (portfolio.map { [.integer($0)] } ?? [])
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(4)) else {
                throw DatabaseError(.damaged, "an event has no day")
            }
            return (
                try row.integer(0),
                StoreEvent(
                    try row.text(1),
                    portfolio: try row.integerIfAny(2),
                    slot: try row.integerIfAny(3),
                    day: day,
                    createdAtMicroseconds: try row.integer(5),
                    body: try row.text(6)
                )
            )
        }
    }
}
