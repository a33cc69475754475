// SPDX-License-Identifier: Apache-2.0

// Segments of portfolios as the store has them.

package import Databases
internal import Documents
package import Segments
internal import ServiceErrors
internal import VigieLimits

/// A segment of a portfolio.
package struct StoredSegment: Sendable {
    /// The segment.
    package let segment: Segment
    /// When it was written, in microseconds since 1970 in UTC.
    package let changedAtMicroseconds: Int
    /// By whom.
    package let changedBy: String

    /// Makes one.
    package init(_ segment: Segment, changedAtMicroseconds: Int, changedBy: String) {
        self.segment = segment
        (self.changedAtMicroseconds, self.changedBy) = (changedAtMicroseconds, changedBy)
    }
}

extension DatabaseConnection {
    /// The segments of a portfolio, by their names.
    package func segments(of portfolio: Int) throws(DatabaseError) -> [StoredSegment] {
        try all(
            """
            select document, changed_at, changed_by from portfolio_segment
            where portfolio = $1 order by name limit $2
            """,
            [.integer(portfolio), .integer(StoreLimits.listedMax)]
        ) { row throws(DatabaseError) in
            StoredSegment(
                try Self.segment(try row.text(0)),
                changedAtMicroseconds: try row.integer(1),
                changedBy: try row.text(2)
            )
        }
    }

    /// Keeps a segment, in the place of one of its name. Others that change segments of the
    /// portfolio are to wait meanwhile (`lockPortfolio`).
    package func keep(
        _ segment: Segment,
        of portfolio: Int,
        by identity: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) {
        _ = try execute(
            """
            insert into portfolio_segment (portfolio, name, document, changed_at, changed_by)
            values ($1, $2, $3, $4, $5)
            on conflict (portfolio, name) do update set document = excluded.document,
                changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """,
            [
                .integer(portfolio), .text(segment.name), .text(segment.json),
                .integer(nowMicroseconds), .text(identity),
            ]
        )
    }

    /// Ends a segment.
    ///
    /// - Returns: Whether it was there.
    package func removeSegment(
        _ name: String,
        of portfolio: Int
    ) throws(DatabaseError) -> Bool {
        try execute(
            "delete from portfolio_segment where portfolio = $1 and name = $2",
            [.integer(portfolio), .text(name)]
        ) == 1
    }

    /// Keeps others from changing what belongs to a portfolio until the transaction is over, so
    /// that two who add to it at once do not both stay below a limit.
    ///
    /// - Returns: Whether it is still there.
    package func lockPortfolio(_ portfolio: Int) throws(DatabaseError) -> Bool {
        let lock = dialect == .postgresql ? " for update" : ""
        return try first("select 1 from portfolio where id = $1\(lock)", [.integer(portfolio)]) {
            (_) throws(DatabaseError) in true
        } ?? false
    }

    private static func segment(_ document: String) throws(DatabaseError) -> Segment {
        let segment: Segment?
        do throws(ServiceError) {
            segment = try Segment.read(json: Array(document.utf8), ProblemList(file: ""))
        } catch { segment = nil }
        guard let segment else { throw DatabaseError(.damaged, "a segment in the store is none") }
        return segment
    }
}
