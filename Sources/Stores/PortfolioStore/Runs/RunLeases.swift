// SPDX-License-Identifier: Apache-2.0

// Blocks of runs under leases: taken, kept, done. PostgreSQL passes over blocks that somebody takes
// at the same moment; SQLite has one writer at a time.

package import Databases
internal import VigieLimits

/// Whose runs: each kind has tables of its own, in which leases are the same.
package enum RunTables: Sendable {
    /// Runs over companies of portfolios.
    case companies
    /// Runs over universes.
    case universes

    /// The table of runs.
    var run: String { self == .companies ? "run" : "universe_run" }
    /// The table of their blocks.
    var block: String { self == .companies ? "run_block" : "universe_block" }
}

extension DatabaseConnection {
    /// Takes a block that nobody works on, or nobody any more, of the oldest run that has one. The
    /// runs go over a block in their order: what one finds is compared with what the one before
    /// found. A block that was not given back (its lease has an end) is counted as lost.
    ///
    /// - Parameters:
    ///   - owner: Who will work on it.
    ///   - hash: Of runs by which model; nil for any.
    ///   - tables: Of which kind of runs.
    ///   - nowMicroseconds: The time in UTC.
    /// - Returns: nil when there is none.
    package func takeBlock(
        _ owner: String,
        by hash: String? = nil,
        in tables: RunTables = .companies,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> LeasedBlock? {
        let skips = dialect == .postgresql ? "for update of b skip locked" : ""
        let model = hash == nil ? "" : "and r.model = (select number from model where hash = $5)"
        return try first(
            """
            update \(tables.block) set owner = $1, lease_until = $2, attempt = attempt + 1,
                losses = losses + case when lease_until = 0 then 0 else 1 end
            where (run, block) = (
                select b.run, b.block
                from \(tables.block) b join \(tables.run) r on r.number = b.run
                where r.state = 'open' and b.is_done = 0
                    and (b.lease_until <= $3 or b.lease_until > $4) \(model)
                    and not exists (
                        select 1 from \(tables.block) e join \(tables.run) q on q.number = e.run
                        where q.state = 'open' and e.run < b.run and e.block = b.block
                            and e.is_done = 0)
                order by b.run, b.block limit 1 \(skips))
            returning run, block, attempt, failures, losses
            """,
            [
                .text(owner), .integer(nowMicroseconds + StoreLimits.leaseMicroseconds),
                .integer(nowMicroseconds), .integer(Self.leaseEndMax(nowMicroseconds)),
            ] + (hash.map { [.text($0)] } ?? [])
        ) { row throws(DatabaseError) in
            LeasedBlock(
                run: try row.integer(0),
                block: try row.integer(1),
                owner: owner,
                attempt: try row.integer(2),
                failures: try row.integer(3),
                losses: try row.integer(4)
            )
        }
    }

    /// The latest end that a lease can have, as clocks of servers differ a little. One that ends
    /// later is of a clock that was set back since, and would last as long as that.
    private static func leaseEndMax(_ nowMicroseconds: Int) -> Int {
        nowMicroseconds + StoreLimits.leaseMicroseconds + StoreLimits.clockSlackMicroseconds
    }

    /// Keeps a block for longer.
    ///
    /// - Returns: False when it is another's by now.
    package func keep(
        _ lease: LeasedBlock,
        in tables: RunTables = .companies,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Bool {
        try execute(
            """
            update \(tables.block) set lease_until = $5
            where run = $1 and block = $2 and owner = $3 and attempt = $4 and is_done = 0
            """,
            place(lease) + [.integer(nowMicroseconds + StoreLimits.leaseMicroseconds)]
        ) == 1
    }

    /// Gives a block back, so that another can take it at once.
    ///
    /// - Parameter hasFailed: Whether it could not be done; else somebody stopped, which says
    ///   nothing of the block.
    package func giveBack(
        _ lease: LeasedBlock,
        in tables: RunTables = .companies,
        hasFailed: Bool = false
    ) throws(DatabaseError) {
        _ = try execute(
            """
            update \(tables.block) set lease_until = 0, failures = failures + \(hasFailed ? 1 : 0)
            where run = $1 and block = $2 and owner = $3 and attempt = $4 and is_done = 0
            """,
            place(lease)
        )
    }

    /// Holds a run until the end of the transaction, so that nobody fails it meanwhile.
    ///
    /// - Returns: Whether it is still open.
    package func holdOpenRun(
        _ run: Int,
        in tables: RunTables = .companies
    ) throws(DatabaseError) -> Bool {
        let lock = dialect == .postgresql ? " for share" : ""
        return try first(
            "select 1 from \(tables.run) where number = $1 and state = 'open'\(lock)",
            [.integer(run)]
        ) { _ in true } ?? false
    }

    /// Says that a block is done, in the transaction that keeps what was found.
    ///
    /// - Returns: False when it is another's by now: then that transaction must keep nothing.
    package func complete(
        _ lease: LeasedBlock,
        in tables: RunTables = .companies,
        companyCount: Int,
        scoredCount: Int,
        changedCount: Int
    ) throws(DatabaseError) -> Bool {
        try execute(
            """
            update \(tables.block) set is_done = 1, lease_until = 0, company_count = $5,
                scored_count = $6, changed_count = $7
            where run = $1 and block = $2 and owner = $3 and attempt = $4 and is_done = 0
            """,
            place(lease) + [
                .integer(companyCount), .integer(scoredCount), .integer(changedCount),
            ]
        ) == 1
    }

    /// Ends the runs whose blocks are all done. In a transaction of its own, behind those that
    /// complete blocks: two that complete the last two at once do not see each other.
    ///
    /// - Returns: The runs that this ended: of several that try one hears so.
    package func finishRuns(
        in tables: RunTables = .companies,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> [Int] {
        try all(
            """
            update \(tables.run) set state = 'done', ended_at = $1
            where state = 'open' and not exists (
                select 1 from \(tables.block) b
                where b.run = \(tables.run).number and b.is_done = 0)
            returning number
            """,
            [.integer(nowMicroseconds)]
        ) { row throws(DatabaseError) in try row.integer(0) }
    }

    /// Ends a run of which a block cannot be done.
    ///
    /// - Parameter note: Why.
    /// - Returns: Whether this ended it.
    package func failRun(
        _ run: Int,
        in tables: RunTables = .companies,
        note: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Bool {
        try execute(
            """
            update \(tables.run) set state = 'failed', ended_at = $2, note = $3
            where number = $1 and state = 'open'
            """,
            [.integer(run), .integer(nowMicroseconds), .text(note)]
        ) == 1
    }

    private func place(_ lease: LeasedBlock) -> [DatabaseValue] {
        [
            .integer(lease.run), .integer(lease.block), .text(lease.owner),
            .integer(lease.attempt),
        ]
    }
}
