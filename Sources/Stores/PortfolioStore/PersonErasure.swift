// SPDX-License-Identifier: Apache-2.0

// A natural person goes from the store: the row that leads from who it is to its number, all that
// is known of it, its lines in portfolios, and what events tell of it. The number stays behind as
// nobody's: the columns of the daily universe and the order of events go by it, and no longer lead
// to anyone.
//
// Cost, measured as in FactImport: 5 ms a person in SQLite and 80 ms in PostgreSQL.

package import Databases
package import Quantities
package import ServiceErrors

/// What became of an erasure.
package enum ErasureOutcome: Sendable, Equatable {
    /// The person is gone. What was done is to be added to the list of erasures before the
    /// transaction is committed.
    case erased(Erasure)
    /// Nothing was changed: these matters hold the person's data.
    case held([LegalHold])
    /// The store has no company of that number.
    case unknown

    /// What whoever asked is told; nil when it was done.
    package var refusal: ServiceError? {
        switch self {
        case .erased: nil
        case .held(let holds):
            ServiceError(
                .failedPrecondition,
                "LEGAL_HOLD",
                "Nothing of it may be deleted while \(holds.count) matters hold it, since "
                    + "\(holds.map(\.reason).joined(separator: "; ")): release them first."
            )
        case .unknown:
            ServiceError(.notFound, "COMPANY_UNKNOWN", "The store has no such company.")
        }
    }
}

extension DatabaseConnection {
    /// Erases a person, in a transaction of the caller's.
    ///
    /// What a transaction deleted is out of reach, but not yet off the disk: `purgeDeleted` sees to
    /// that afterwards.
    ///
    /// - Parameters:
    ///   - day: The day in UTC.
    ///   - identity: Who does it.
    package func erase(
        _ slot: Int,
        for reason: ErasureReason,
        on day: CalendarDate,
        by identity: String
    ) throws(DatabaseError) -> ErasureOutcome {
        // Keeps others from placing a hold meanwhile; SQLite has one writer.
        let lock = dialect == .postgresql ? " for update" : ""
        let found = try first(
            "select added_at from company where slot = $1\(lock)",
            [.integer(slot)]
        ) { row throws(DatabaseError) in
            CalendarDate(secondsSince1970: Int64(try row.integer(0) / 1_000_000))
        }
        guard let addedOn = found else { return .unknown }
        let holds = try holds(of: slot)
        guard holds.isEmpty else { return .held(holds) }
        // A clock that was set back does not make it look as if the number was given again.
        let erasure = Erasure(slot: slot, day: max(day, addedOn), reason: reason)
        try bringIn([erasure])
        _ = try forget(by: identity)
        return .erased(erasure)
    }

    /// Erases again who was erased since a backup that was restored, in a transaction of the
    /// caller's and before anything else uses the store. A hold does not keep it: it was released
    /// before they were erased. What the list says of universes is not looked at here.
    ///
    /// - Returns: How many of them the backup had brought back.
    /// - Throws: `damaged` when a number belongs to a company that came after its erasure: the list
    ///   is of another store, or the store was used before.
    package func replayErasures(
        _ list: ErasureList,
        by identity: String
    ) throws(DatabaseError) -> Int {
        let erasures = list.erasures.filter { $0.universe == nil }
        try bringIn(erasures)
        let other = try first(
            """
            select 1 from erasing e join company c on c.slot = e.slot
            where c.added_at >= (e.day + 1) * \(FactView.microsecondsPerDay) limit 1
            """
        ) { _ in true }
        guard other == nil else {
            throw DatabaseError(
                .damaged,
                "the list of erasures has a number that was given to another company since"
            )
        }
        let count = try forget(by: identity)
        // A number that the backup does not know was given since, and is not given again.
        let last = erasures.map(\.slot).max() ?? 0
        _ = try execute(
            "update counter set value = $2 where name = $1 and value < $2",
            [.text(StoreCounter.slot.rawValue), .integer(last)]
        )
        return count
    }

    /// Erasures behind a slot, in the order of their slots.
    package func erasures(
        after slot: Int = 0,
        limit: Int
    ) throws(DatabaseError) -> [Erasure] {
        try all(
            "select slot, day, reason from erasure where slot > $1 order by slot limit $2",
            [.integer(slot), .integer(limit)]
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(1)),
                let reason = ErasureReason(rawValue: try row.text(2))
            else { throw DatabaseError(.damaged, "an erasure in the store has no day or reason") }
            return Erasure(slot: try row.integer(0), day: day, reason: reason)
        }
    }

    /// Overwrites what was deleted, as far as the database does: SQLite all of it, in its file and
    /// its journal; PostgreSQL what its own pages hold, and not its journal, which goes in its own
    /// time.
    ///
    /// - Returns: False when readers of SQLite keep its journal from being emptied for now.
    package func purgeDeleted() throws(DatabaseError) -> Bool {
        guard dialect == .sqlite else {
            let others = [
                "company", "event", "dunning_run", "history_frame", "delivery", "universe_key",
            ]
            let tables = (tablesOfSlots + tablesOfLines + others)
                .joined(separator: ", ")
            try run(script: "vacuum \(tables)")
            return true
        }
        let busy = try first("pragma wal_checkpoint(truncate)") { row throws(DatabaseError) in
            try row.integer(0)
        }
        return busy == 0
    }

    /// Tables whose rows are of one company and go with it. A table with a slot that a later
    /// migration makes stands here, too.
    private var tablesOfSlots: [String] {
        [
            "legal_hold", "company_fact", "portfolio_company", "company_score", "score_change",
            "run_company",
            "model_shift", "company_figures", "collection_record", "dunning_letter",
        ]
    }

    /// Tables whose rows are of a company in a portfolio, and go with its line there.
    private var tablesOfLines: [String] { ["alert", "alert_cell"] }

    /// - Returns: How many companies there were of those that were brought in.
    private func forget(by identity: String) throws(DatabaseError) -> Int {
        for table in tablesOfSlots {
            try execute("delete from \(table) where slot in (select slot from erasing)")
        }
        try execute("update event set body = '{}' where slot in (select slot from erasing)")
        let count = try execute("delete from company where slot in (select slot from erasing)")
        _ = try execute(
            """
            insert into erasure (slot, day, erased_by, reason)
            select slot, day, $1, reason from erasing where true
            on conflict (slot) do nothing
            """,
            [.text(identity)]
        )
        try execute("drop table erasing")
        return count
    }

    private func bringIn(_ erasures: [Erasure]) throws(DatabaseError) {
        let (number, text) =
            dialect == .sqlite ? ("integer", "text") : ("bigint", "text collate \"C\"")
        try execute("drop table if exists erasing")
        try execute(
            """
            create temporary table erasing (slot \(number) primary key, day \(number),
                reason \(text))
            """
        )
        var seen = Set<Int>()
        _ = try load(into: "erasing", columns: ["slot", "day", "reason"]) {
            writer throws(DatabaseError) in
            for erasure in erasures where seen.insert(erasure.slot).inserted {
                try writer.write(erasure.slot)
                try writer.write(Int(erasure.day.dayNumber))
                try writer.write(erasure.reason.rawValue)
                try writer.endRow()
            }
        }
    }
}
