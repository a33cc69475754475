// SPDX-License-Identifier: Apache-2.0

// What is past its time goes, in steps that others need not wait for; what a legal hold keeps
// stays.
//
// Cost, measured as in FactImport: 83 us a fact in SQLite, which overwrites it, and 50 us in
// PostgreSQL, which does when it is vacuumed.

package import Databases
package import Quantities
internal import VigieLimits

/// Deletes what is past its time.
package struct RetentionSweep {
    /// The day on which it is looked at what is.
    package let today: CalendarDate

    /// Takes the day.
    package init(today: CalendarDate) { self.today = today }

    /// What would be deleted, by its kind; kinds of which nothing would are left out.
    package func due(
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> [RetentionKind: Int] {
        var counts: [RetentionKind: Int] = [:]
        for retention in try connection.retentions() {
            let value = try value(retention, connection)
            for rows in retention.kind.sweptRows {
                let count = try connection.first(
                    "select count(*) from \(rows.table) where \(rows.condition)",
                    [.integer(value)]
                ) { row throws(DatabaseError) in try row.integer(0) }
                if let count, count > 0 { counts[retention.kind, default: 0] += count }
            }
        }
        return counts
    }

    /// Deletes some of it, in a transaction of the caller's, who goes on until nothing is deleted
    /// any more.
    ///
    /// - Parameter limit: How many rows at most.
    /// - Returns: How many were deleted of each kind; empty at the end.
    package func step(
        _ connection: any DatabaseConnection,
        limit: Int = StoreLimits.sweptRowsMax
    ) throws(DatabaseError) -> [RetentionKind: Int] {
        var (counts, rest) = ([RetentionKind: Int](), min(limit, StoreLimits.sweptRowsMax))
        for retention in try connection.retentions() {
            let value = try value(retention, connection)
            for rows in retention.kind.sweptRows where rest > 0 {
                let count = try connection.execute(
                    """
                    delete from \(rows.table) where (\(rows.key)) in (
                        select \(rows.key) from \(rows.table) where \(rows.condition)
                        order by \(rows.order) limit $2)
                    """,
                    [.integer(value), .integer(rest)]
                )
                if count > 0 { counts[retention.kind, default: 0] += count }
                rest -= count
            }
        }
        return counts
    }

    /// What rows of a kind are compared with: the first day that is kept, or for what has its time
    /// or number instead, that of the day's beginning.
    private func value(
        _ retention: Retention,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Int {
        let first = firstDay(retention)
        switch retention.kind {
        case .deliveries: return first * FactView.microsecondsPerDay
        case .stream:
            // Events came in the order of their numbers: the first that is not due ends the search,
            // and the time of each need not be in an index.
            let end = try connection.first(
                "select number from event where created_at >= $1 order by number limit 1",
                [.integer(first * FactView.microsecondsPerDay)]
            ) { row throws(DatabaseError) in try row.integer(0) }
            return end ?? .max
        default: return first
        }
    }

    /// The number of the first day of which a kind is kept.
    private func firstDay(_ retention: Retention) -> Int {
        Int(today.dayNumber) - retention.days
    }
}

/// Where a sweep of records of collection has come to.
package struct RecordSweepPlace: Sendable, Equatable {
    let portfolio: Int
    let slot: Int

    /// The beginning.
    package init() { self.init(portfolio: 0, slot: 0) }

    init(portfolio: Int, slot: Int) { (self.portfolio, self.slot) = (portfolio, slot) }
}

extension RetentionSweep {
    /// Takes out of a document what was over before a day.
    ///
    /// - Returns: How many entries it had of that, and the document without them; nil for none.
    package typealias Shorten = (_ document: String, _ first: CalendarDate) -> (Int, String)?

    /// Shortens records of collection, some at a time, in a transaction of the caller's. One that
    /// somebody changes at the same moment is left to the next sweep.
    ///
    /// - Parameters:
    ///   - place: Where the step before came to; where this one came to afterwards, nil at the end.
    ///   - changes: Whether it is done; else entries are only counted.
    /// - Returns: How many entries went.
    package func shortenRecords(
        _ connection: any DatabaseConnection,
        _ place: inout RecordSweepPlace?,
        changes: Bool,
        limit: Int = StoreLimits.sweptRowsMax,
        by shorten: Shorten
    ) throws(DatabaseError) -> Int {
        guard let last = place,
            let retention = try connection.retentions().first(where: {
                $0.kind == .collection
            }), let first = CalendarDate(dayNumber: firstDay(retention))
        else {
            place = nil
            return 0
        }
        let rows = try connection.all(
            """
            select portfolio, slot, change, content from collection_record
            where (portfolio, slot) > ($1, $2) and not exists (
                select 1 from legal_hold h where h.slot = collection_record.slot)
            order by portfolio, slot limit $3
            """,
            [
                .integer(last.portfolio), .integer(last.slot),
                .integer(min(limit, StoreLimits.sweptRowsMax)),
            ]
        ) { row throws(DatabaseError) in
            (
                portfolio: try row.integer(0), slot: try row.integer(1),
                change: try row.integer(2), content: try row.text(3)
            )
        }
        var count = 0
        for row in rows {
            place = RecordSweepPlace(portfolio: row.portfolio, slot: row.slot)
            guard let (entries, content) = shorten(row.content, first) else { continue }
            guard changes else {
                count += entries
                continue
            }
            let changed = try connection.execute(
                """
                update collection_record set change = $3 + 1, content = $4
                where portfolio = $1 and slot = $2 and change = $3
                """,
                [
                    .integer(row.portfolio), .integer(row.slot), .integer(row.change),
                    .text(content),
                ]
            )
            if changed == 1 { count += entries }
        }
        if rows.isEmpty { place = nil }
        return count
    }
}
