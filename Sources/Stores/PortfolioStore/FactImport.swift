// SPDX-License-Identifier: Apache-2.0

// Facts of many companies at once. Their keys go into a table of their own, which tells in one
// statement which of them are new; only those are written, once, and no more than a part of all is
// in memory.
//
// Cost, measured with 300,000 facts of 2 kB, bytes that cannot be packed, on two cores that four
// others used, too: a fact takes 70 us to bring into either, and 12 us to find that it is there;
// 4.2 kB of SQLite's file, where two do not quite fit into a page, and 3.1 kB of PostgreSQL's.

package import Databases
internal import Digests
internal import Quantities
internal import VigieLimits

/// What becomes of facts that are there already.
package enum FactImportMode: String, Sendable, CaseIterable {
    /// They stay beside what comes.
    case add
    /// What comes for a company, a kind and a day is the whole of it: what was known and does not
    /// come again is superseded.
    case replace
}

/// What an import of facts changed.
package struct FactSummary: Sendable, Equatable {
    /// Facts that were not known.
    package var added = 0
    /// Facts that were known just so.
    package var unchanged = 0
    /// Facts in whose place others stand now.
    package var superseded = 0

    /// Makes a summary.
    package init(added: Int = 0, unchanged: Int = 0, superseded: Int = 0) {
        self.added = added
        self.unchanged = unchanged
        self.superseded = superseded
    }
}

/// Brings facts in, in a transaction of the caller's. Others that bring some in wait for its end.
package struct FactImport {
    /// What becomes of what is there.
    package let mode: FactImportMode
    /// The time in UTC, since which they are known. Never before what they take the place of was,
    /// nor before a run that did not see them was asked for, even if the clock was set back: then a
    /// microsecond after it.
    package private(set) var nowMicroseconds: Int

    /// Takes what is to be done.
    package init(_ mode: FactImportMode, nowMicroseconds: Int) {
        self.mode = mode
        self.nowMicroseconds = nowMicroseconds
    }

    /// What makes two facts the same.
    private struct Key: Hashable {
        let slot: Int
        let kind: FactKind
        let day: Int32
        let digest: [UInt8]
    }

    private struct Arrival {
        let fact: CompanyFact
        let key: Key
    }

    /// Brings facts in; those of a company one after the other are found faster.
    ///
    /// - Parameters:
    ///   - tell: Hears of which companies what is known changed.
    ///   - next: The next fact; nil after the last.
    /// - Returns: What changed.
    /// - Throws: `constraint` for a company that is not in the store; `value` for a fact that is
    ///   too long.
    package func run(
        _ connection: any DatabaseConnection,
        tell: (([FactChange]) -> Void)? = nil,
        next: () throws(DatabaseError) -> CompanyFact?
    ) throws(DatabaseError) -> FactSummary {
        try makeTables(connection)
        // Holds the counter: nobody else looks up and writes the same meanwhile.
        let first = try connection.takeNumbers(0, of: .fact)
        var ordered = self
        ordered.nowMicroseconds = try connection.momentBehindRuns(nowMicroseconds)
        return try ordered.bringIn(connection, from: first, next)
    }

    private func bringIn(
        _ connection: any DatabaseConnection,
        from first: Int,
        _ next: () throws(DatabaseError) -> CompanyFact?
    ) throws(DatabaseError) -> FactSummary {
        var (summary, place) = (FactSummary(), 0)
        while true {
            var arrivals: [Arrival] = []
            let isLast = try take(next, into: &arrivals, &summary)
            let added = try bringIn(connection, arrivals, from: place)
            summary.added += added
            summary.unchanged += arrivals.count - added
            place += arrivals.count
            if isLast { break }
        }
        if mode == .replace { summary.superseded = try supersede(connection, before: first) }
        tell?(try connection.factChanges(since: first))
        try connection.execute("drop table arriving_fact")
        try connection.execute("drop table replaced_fact")
        return summary
    }

    private func makeTables(_ connection: any DatabaseConnection) throws(DatabaseError) {
        let isSQLite = connection.dialect == .sqlite
        let (number, text) = isSQLite ? ("integer", "text") : ("bigint", "text collate \"C\"")
        let bytes = isSQLite ? "blob" : "bytea"
        for table in ["arriving_fact", "replaced_fact"] {
            try connection.execute("drop table if exists \(table)")
        }
        try connection.execute(
            """
            create temporary table arriving_fact (place \(number) primary key, slot \(number),
                kind \(text), day \(number), digest \(bytes))
            """
        )
        try connection.execute(
            """
            create temporary table replaced_fact (number \(number) primary key,
                known_at \(number))
            """
        )
    }

    /// Takes as many facts as are brought in at once.
    ///
    /// - Returns: Whether there are no more.
    private func take(
        _ next: () throws(DatabaseError) -> CompanyFact?,
        into arrivals: inout [Arrival],
        _ summary: inout FactSummary
    ) throws(DatabaseError) -> Bool {
        var (seen, byteCount) = (Set<Key>(), 0)
        while arrivals.count < StoreLimits.factsAtOnceMax,
            byteCount < StoreLimits.factsAtOnceBytes
        {
            guard let fact = try next() else { return true }
            try Self.check(fact)
            let key = Key(
                slot: fact.slot,
                kind: fact.kind,
                day: fact.day.dayNumber,
                digest: Digest.sha256(fact.content)
            )
            guard seen.insert(key).inserted else {
                summary.unchanged += 1
                continue
            }
            byteCount += fact.content.count
            arrivals.append(Arrival(fact: fact, key: key))
        }
        return false
    }

    private static func check(_ fact: CompanyFact) throws(DatabaseError) {
        guard fact.content.count <= StoreLimits.factBytesMax else {
            throw DatabaseError(.value, "a fact has more bytes than may be (factBytesMax)")
        }
        guard fact.source.utf8.count <= StoreLimits.factSourceBytesMax else {
            throw DatabaseError(.value, "a source has more bytes than may be (factSourceBytesMax)")
        }
    }

    /// Writes what is not known yet of a part of the facts.
    ///
    /// - Returns: How many those are.
    private func bringIn(
        _ connection: any DatabaseConnection,
        _ arrivals: [Arrival],
        from place: Int
    ) throws(DatabaseError) -> Int {
        guard !arrivals.isEmpty else { return 0 }
        _ = try connection.load(
            into: "arriving_fact",
            columns: ["place", "slot", "kind", "day", "digest"]
        ) { writer throws(DatabaseError) in
            for (index, arrival) in arrivals.enumerated() {
                try writer.write(place + index)
                try writer.write(arrival.key.slot)
                try writer.write(arrival.key.kind.rawValue)
                try writer.write(Int(arrival.key.day))
                try writer.write(bytes: arrival.key.digest)
                try writer.endRow()
            }
        }
        let new = try connection.all(Self.unknown, [.integer(place)]) {
            row throws(DatabaseError) in try row.integer(0) - place
        }
        let number = try connection.takeNumbers(new.count, of: .fact)
        return try connection.load(into: "company_fact", columns: Self.columns) {
            writer throws(DatabaseError) in
            for (index, arrival) in new.enumerated() where arrivals.indices.contains(arrival) {
                try write(arrivals[arrival], number + index, writer)
            }
        }
    }

    /// Asked as one value for each row, for which both databases look into the index; a join
    /// PostgreSQL may carry out by reading all facts there are.
    private static let unknown = """
        select a.place from arriving_fact a where a.place >= $1 and (
            select f.number from company_fact f where f.slot = a.slot and f.kind = a.kind
                and f.day = a.day and f.digest = a.digest and coalesce(f.superseded_at, 0) = 0
            limit 1) is null
        order by a.place
        """

    private static let columns = [
        "number", "slot", "kind", "day", "known_at", "source", "digest", "content",
    ]

    private func write(
        _ arrival: Arrival,
        _ number: Int,
        _ writer: RowWriter
    ) throws(DatabaseError) {
        try writer.write(number)
        try writer.write(arrival.key.slot)
        try writer.write(arrival.key.kind.rawValue)
        try writer.write(Int(arrival.key.day))
        try writer.write(nowMicroseconds)
        try writer.write(arrival.fact.source)
        try writer.write(bytes: arrival.key.digest)
        try writer.write(bytes: arrival.fact.content)
        try writer.endRow()
    }

    /// Gives an end to what was known and did not come again.
    ///
    /// - Returns: How many those are.
    private func supersede(
        _ connection: any DatabaseConnection,
        before first: Int
    ) throws(DatabaseError) -> Int {
        try connection.execute(
            "create index arriving_fact_place on arriving_fact (slot, kind, day, digest)"
        )
        if connection.dialect == .postgresql { try connection.execute("analyze arriving_fact") }
        let count = try connection.execute(Self.replaced, [.integer(first)])
        guard count > 0 else { return 0 }
        let last = try connection.first("select max(known_at) from replaced_fact") {
            row throws(DatabaseError) in try row.integer(0)
        }
        let moment = max(nowMicroseconds, (last ?? 0).saturatingNext)
        if moment > nowMicroseconds {
            _ = try connection.execute(
                "update company_fact set known_at = $1 where number >= $2",
                [.integer(moment), .integer(first)]
            )
        }
        return try connection.execute(
            """
            update company_fact set superseded_at = $1
            where number in (select number from replaced_fact)
            """,
            [.integer(moment)]
        )
    }

    /// SQLite is to begin with what arrives (`cross join`).
    private static let replaced = """
        insert into replaced_fact
        select f.number, f.known_at
        from (select distinct slot, kind, day from arriving_fact) a
        cross join company_fact f
        where f.slot = a.slot and f.kind = a.kind and f.day = a.day
            and coalesce(f.superseded_at, 0) = 0 and f.number < $1 and not exists (
            select 1 from arriving_fact b where b.slot = f.slot and b.kind = f.kind
                and b.day = f.day and b.digest = f.digest)
        """
}

extension Int {
    /// The next number; the greatest has none.
    fileprivate var saturatingNext: Int { self == .max ? .max : self + 1 }
}
