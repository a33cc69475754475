// SPDX-License-Identifier: Apache-2.0

// What is known of one company: listed without its contents, and as it is assessed by.

package import Databases
package import Quantities
internal import VigieLimits

/// What the store knows of a fact beside its content.
package struct ListedFact: Sendable, Equatable {
    /// Its number: the later it came, the higher.
    package let number: Int
    /// What it is; nil for a kind that a later release made.
    package let kind: FactKind?
    /// The day that it is about.
    package let day: CalendarDate
    /// Who or what gave it.
    package let source: String
    /// Since when the store knows it, in microseconds since 1970 in UTC.
    package let knownAtMicroseconds: Int
    /// Since when another one stands in its place; nil when none does.
    package let supersededAtMicroseconds: Int?
    /// How long its content is, in bytes.
    package let byteCount: Int
}

/// What a company is assessed by.
package struct AssessedFacts: Sendable, Equatable {
    /// The facts, in no order that means anything.
    package var facts: [KnownFact] = []
    /// Whether there are more than a company is assessed by (assessedFactsMax,
    /// assessedFactsBytesMax).
    package var areTooMany = false
}

extension DatabaseConnection {
    /// Facts of a company behind a number, in the order in which they came.
    ///
    /// - Parameter isWhole: Whether those are listed, too, in whose place others stand.
    package func factList(
        of slot: Int,
        isWhole: Bool,
        after number: Int = 0,
        limit: Int
    ) throws(DatabaseError) -> [ListedFact] {
        try all(
            """
            select number, kind, day, source, known_at, superseded_at,
                cast(length(content) as bigint)
            from company_fact
            where slot = $1 and number > $2 and (superseded_at is null or $3 = 1)
            order by number limit $4
            """,
            [.integer(slot), .integer(number), .integer(isWhole ? 1 : 0), .integer(limit)]
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(2)) else {
                throw DatabaseError(.damaged, "a fact in the store has no day")
            }
            return ListedFact(
                number: try row.integer(0),
                kind: FactKind(rawValue: try row.text(1)),
                day: day,
                source: try row.text(3),
                knownAtMicroseconds: try row.integer(4),
                supersededAtMicroseconds: try row.integerIfAny(5),
                byteCount: try row.integer(6)
            )
        }
    }

    /// What a company is assessed by as of a day: its statements and events, and of its ledgers,
    /// each of which is all of it, the one that reaches the day first, or else the last.
    ///
    /// - Parameter knownAtMicroseconds: What came later is left out, and that something was
    ///   replaced later; in microseconds since 1970 in UTC.
    package func assessedFacts(
        of slot: Int,
        asOf day: CalendarDate,
        knownAtMicroseconds: Int
    ) throws(DatabaseError) -> AssessedFacts {
        var (found, byteCount) = (AssessedFacts(), 0)
        let view = FactView([.statement, .event], knownAtMicroseconds: knownAtMicroseconds)
        try query(
            """
            select \(factColumns) from company_fact
            where slot = $1 and \(condition(view)) order by kind, day, digest limit $4
            """,
            [.integer(slot)] + values(view) + [.integer(StoreLimits.assessedFactsMax + 1)]
        ) { row throws(DatabaseError) in
            let fact = try Self.fact(row)
            byteCount += fact.fact.content.count
            found.facts.append(fact)
            found.areTooMany =
                found.facts.count > StoreLimits.assessedFactsMax
                || byteCount > StoreLimits.assessedFactsBytesMax
            return !found.areTooMany
        }
        for kind in [FactKind.ledger, .account] where !found.areTooMany {
            if let ledger = try whole(kind, of: slot, day, knownAtMicroseconds) {
                found.facts.append(ledger)
            }
        }
        return found
    }

    private func whole(
        _ kind: FactKind,
        of slot: Int,
        _ day: CalendarDate,
        _ knownAtMicroseconds: Int
    ) throws(DatabaseError) -> KnownFact? {
        let view = FactView([kind], knownAtMicroseconds: knownAtMicroseconds)
        return try first(
            """
            select \(factColumns) from company_fact where number = (
                select number from company_fact where slot = $1 and \(condition(view))
                order by case when day >= $4 then day - $4 else 10000000 + $4 - day end,
                    number desc limit 1)
            """,
            [.integer(slot)] + values(view) + [.integer(Int(day.dayNumber))]
        ) { row throws(DatabaseError) in try Self.fact(row) }
    }
}
