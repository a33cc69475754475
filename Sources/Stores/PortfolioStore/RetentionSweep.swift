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
            let (condition, value) = try condition(retention, connection)
            let count = try connection.first(
                "select count(*) from \(table(retention.kind)) where \(condition)",
                [.integer(value)]
            ) { row throws(DatabaseError) in try row.integer(0) }
            if let count, count > 0 { counts[retention.kind] = count }
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
        for retention in try connection.retentions() where rest > 0 {
            let (condition, value) = try condition(retention, connection)
            let table = table(retention.kind)
            let count = try connection.execute(
                """
                delete from \(table) where number in (
                    select number from \(table) where \(condition) order by \(order(retention.kind))
                    limit $2)
                """,
                [.integer(value), .integer(rest)]
            )
            if count > 0 { counts[retention.kind] = count }
            rest -= count
        }
        return counts
    }

    private func table(_ kind: RetentionKind) -> String {
        switch kind {
        case .facts: "company_fact"
        case .stream: "event"
        case .alerts: "alert"
        }
    }

    /// The order of the index by which what is due is found.
    private func order(_ kind: RetentionKind) -> String {
        switch kind {
        case .facts: "day"
        case .stream: "number"
        case .alerts: "cleared_day"
        }
    }

    /// What is past its time and not held, and the value that it is compared with.
    private func condition(
        _ retention: Retention,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> (String, Int) {
        let first = Int(today.dayNumber) - retention.days
        switch retention.kind {
        case .facts(let kind):
            // A judgment or a strike-off of long ago still says how a company stands: without it
            // one that has ended would look as if it had not.
            let followed =
                kind == .event
                ? """
                    and not exists (
                        select 1 from portfolio_company m where m.slot = company_fact.slot)
                """ : ""
            return (
                """
                kind || '' = '\(kind.rawValue)' and day < $1 and not exists (
                    select 1 from legal_hold h where h.slot = company_fact.slot) \(followed)
                """,
                first
            )
        case .alerts:
            return (
                """
                cleared_day < $1 and not exists (
                    select 1 from legal_hold h where h.slot = alert.slot)
                """,
                first
            )
        case .stream:
            // Events came in the order of their numbers: the first that is not due ends the search,
            // and the time of each need not be in an index.
            let end = try connection.first(
                "select number from event where created_at >= $1 order by number limit 1",
                [.integer(first * FactView.microsecondsPerDay)]
            ) { row throws(DatabaseError) in try row.integer(0) }
            return (
                """
                number < $1 and not exists (
                    select 1 from legal_hold h where h.slot = event.slot)
                """,
                end ?? .max
            )
        }
    }
}
