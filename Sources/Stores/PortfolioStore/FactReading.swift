// SPDX-License-Identifier: Apache-2.0

// Facts as they are read back: of one company, of a block of companies, of those that are new.
//
// Cost, measured as in FactImport: a company with three facts takes 14 us in a block and 44 us
// alone from SQLite, 46 us and 350 us from PostgreSQL; what is new takes 4 us a fact.

package import Databases
internal import Quantities
internal import VigieLimits

/// A company of which something new is known.
package struct FactNews: Sendable, Equatable {
    /// The company.
    package let slot: Int
    /// The number of its last new fact.
    package let number: Int
    /// When that came, in microseconds since 1970 in UTC.
    package let knownAtMicroseconds: Int
}

extension DatabaseConnection {
    /// Facts of a company behind a number, in the order in which they came.
    package func facts(
        of slot: Int,
        _ view: FactView = .now,
        after number: Int = 0,
        limit: Int = StoreLimits.listedMax
    ) throws(DatabaseError) -> [KnownFact] {
        try all(
            """
            select \(factColumns) from company_fact
            where slot = $1 and \(condition(view)) and number > $4 order by number limit $5
            """,
            [.integer(slot)] + values(view) + [.integer(number), .integer(limit)]
        ) { row throws(DatabaseError) in try Self.fact(row) }
    }

    /// Facts of a block of companies, one at a time, in the order of their slots and, for each, of
    /// kind and day: always the same, in whatever order they came.
    ///
    /// - Parameter slots: At most `factSlotsMax`; whoever wants more asks again, so that no
    ///   transaction stays open for long.
    package func forEachFact(
        inSlots slots: Range<Int>,
        _ view: FactView = .now,
        _ body: (KnownFact) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        guard slots.count <= StoreLimits.factSlotsMax else {
            throw DatabaseError(.defect, "more slots than may be at once (factSlotsMax)")
        }
        var arguments: [DatabaseValue] = [.integer(slots.lowerBound)] + values(view)
        arguments.append(.integer(slots.upperBound))
        let counted = counted(view)
        if let day = view.countedOn, !counted.isEmpty {
            arguments.append(.integer(Int(day.dayNumber)))
        }
        try query(
            """
            select \(factColumns) from company_fact
            where slot >= $1 and slot < $4 and \(condition(view)) \(counted)
            order by slot, kind, day, digest, coalesce(superseded_at, 0)
            """,
            arguments
        ) { row throws(DatabaseError) in
            try body(try Self.fact(row))
            return true
        }
    }

    /// The condition that a ledger or account is of the day that counts, which two look-ups for
    /// each company find in the index.
    private func counted(_ view: FactView) -> String {
        let kinds = view.kinds.intersection(FactKind.whole).map { "'\($0.rawValue)'" }.sorted()
        guard view.countedOn != nil, !kinds.isEmpty else { return "" }
        func day(_ kind: String, _ side: String, _ order: String) -> String {
            """
            (select day from company_fact g where g.slot = c.slot and g.kind = \(kind)
                and g.day \(side) $5 and g.day <= $3 and g.known_at <= $2
                and (g.superseded_at is null or g.superseded_at > $2)
                order by day \(order) limit 1)
            """
        }
        let days = kinds.map { kind in
            """
            select c.slot, \(kind), coalesce(\(day(kind, ">=", "asc")), \(day(kind, "<", "desc")))
            from company c where c.slot >= $1 and c.slot < $4
            """
        }
        return """
            and (kind not in (\(kinds.joined(separator: ", ")))
                or (slot, kind, day) in (\(days.joined(separator: " union all "))))
            """
    }

    /// Companies of which something became known after a fact.
    ///
    /// - Parameters:
    ///   - number: The last fact that was seen; 0 for all.
    ///   - limit: How many facts are looked at.
    /// - Returns: The companies, in the order of their slots, and the last fact that was looked at:
    ///   the number to go on behind. When that is the one that was given, there is nothing new.
    package func factNews(
        after number: Int,
        limit: Int
    ) throws(DatabaseError) -> (companies: [FactNews], last: Int) {
        let companies = try all(
            """
            select slot, max(number), max(known_at) from (
                select slot, number, known_at from company_fact where number > $1
                order by number limit $2) recent
            group by slot order by slot
            """,
            [.integer(number), .integer(limit)]
        ) { row throws(DatabaseError) in
            FactNews(
                slot: try row.integer(0),
                number: try row.integer(1),
                knownAtMicroseconds: try row.integer(2)
            )
        }
        return (companies, companies.map(\.number).max() ?? number)
    }

    /// How many facts there are of each kind, with those that were superseded.
    ///
    /// - Parameter slot: Of which company; nil for all.
    package func factCounts(of slot: Int? = nil) throws(DatabaseError) -> [FactKind: Int] {
        let pairs = try all(
            """
            select kind, count(*) from company_fact
            \(slot == nil ? "" : "where slot = $1") group by kind
            """,
            slot.map { [.integer($0)] } ?? []
        ) { row throws(DatabaseError) in (FactKind(rawValue: try row.text(0)), try row.integer(1)) }
        return pairs.reduce(into: [:]) { counts, pair in
            if let kind = pair.0 { counts[kind] = pair.1 }
        }
    }

    /// What is not superseded by then, came by then, and is of a kind that is wanted. Kinds that a
    /// later release made are none that can be.
    func condition(_ view: FactView) -> String {
        let kinds = view.kinds.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return """
            known_at <= $2 and (superseded_at is null or superseded_at > $2) and day <= $3
                and \(kinds.isEmpty ? "1 = 0" : "kind in (\(kinds))")
            """
    }

    func values(_ view: FactView) -> [DatabaseValue] {
        [.integer(view.knownAtMicroseconds), .integer(Int(view.day.dayNumber))]
    }

    var factColumns: String {
        "number, slot, kind, day, known_at, superseded_at, source, content"
    }

    static func fact(_ row: DatabaseRow) throws(DatabaseError) -> KnownFact {
        guard let kind = FactKind(rawValue: try row.text(2)),
            let day = CalendarDate(dayNumber: try row.integer(3))
        else { throw DatabaseError(.damaged, "a fact in the store has no kind or day") }
        return KnownFact(
            number: try row.integer(0),
            fact: CompanyFact(
                try row.integer(1),
                kind,
                day: day,
                source: try row.text(6),
                content: try row.bytes(7)
            ),
            knownAtMicroseconds: try row.integer(4),
            supersededAtMicroseconds: try row.integerIfAny(5)
        )
    }
}
