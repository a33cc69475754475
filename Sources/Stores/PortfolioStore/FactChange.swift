// SPDX-License-Identifier: Apache-2.0

// What an import of facts changed of each company, for the stream of events.

internal import Databases

/// What changed of what is known of a company.
package struct FactChange: Sendable, Equatable {
    /// The company.
    package let slot: Int
    /// Facts that were not known.
    package let added: Int
    /// Facts in whose place others stand now.
    package let superseded: Int
}

extension DatabaseConnection {
    /// What an import changed that is not at its end, in the order of slots.
    ///
    /// - Parameter number: The first number that it took.
    func factChanges(since number: Int) throws(DatabaseError) -> [FactChange] {
        try all(
            """
            select slot, cast(sum(added) as bigint), cast(sum(superseded) as bigint) from (
                select slot, 1 as added, 0 as superseded from company_fact where number >= $1
                union all
                select f.slot, 0, 1 from replaced_fact r
                    join company_fact f on f.number = r.number) changed
            group by slot order by slot
            """,
            [.integer(number)]
        ) { row throws(DatabaseError) in
            FactChange(
                slot: try row.integer(0),
                added: try row.integer(1),
                superseded: try row.integer(2)
            )
        }
    }
}
