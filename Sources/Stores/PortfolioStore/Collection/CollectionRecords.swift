// SPDX-License-Identifier: Apache-2.0

// Scenarios of portfolios, and what is recorded of their customers: documents that the store does
// not look into.

package import Databases

/// What is recorded of a customer.
package struct KeptCollectionRecord: Sendable, Equatable {
    /// The customer.
    package let slot: Int
    /// How often it was changed.
    package let change: Int
    /// The document.
    package let content: String
}

/// Scenarios of a portfolio.
package struct KeptScenarios: Sendable, Equatable {
    /// The how manieth of the portfolio they are.
    package let number: Int
    /// Since when, in microseconds since 1970 in UTC.
    package let createdAtMicroseconds: Int
    /// Who said so.
    package let createdBy: String
    /// The document.
    package let content: String
}

extension DatabaseConnection {
    /// The scenarios that hold for a portfolio, or the given ones of it; nil for none.
    package func dunningScenarios(
        of portfolio: Int,
        number: Int? = nil
    ) throws(DatabaseError) -> KeptScenarios? {
        try first(
            """
            select number, created_at, created_by, content from dunning_scenarios
            where portfolio = $1 and number >= $2 and number <= $3 order by number desc limit 1
            """,
            [.integer(portfolio), .integer(number ?? 0), .integer(number ?? .max)]
        ) { row throws(DatabaseError) in
            KeptScenarios(
                number: try row.integer(0),
                createdAtMicroseconds: try row.integer(1),
                createdBy: try row.text(2),
                content: try row.text(3)
            )
        }
    }

    /// Says which scenarios hold from now on, in a transaction that holds the portfolio.
    ///
    /// - Returns: Their number.
    package func addDunningScenarios(
        _ content: String,
        to portfolio: Int,
        by identity: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Int {
        let number = (try dunningScenarios(of: portfolio)?.number ?? 0) + 1
        _ = try execute(
            """
            insert into dunning_scenarios (portfolio, number, created_at, created_by, content)
            values ($1, $2, $3, $4, $5)
            """,
            [
                .integer(portfolio), .integer(number), .integer(nowMicroseconds),
                .text(identity), .text(content),
            ]
        )
        return number
    }

    /// What is recorded of customers of a portfolio behind a slot, in the order of their slots.
    package func collectionRecords(
        of portfolio: Int,
        after slot: Int = 0,
        limit: Int
    ) throws(DatabaseError) -> [KeptCollectionRecord] {
        try all(
            """
            select slot, change, content from collection_record
            where portfolio = $1 and slot > $2 order by slot limit $3
            """,
            [.integer(portfolio), .integer(slot), .integer(limit)]
        ) { row throws(DatabaseError) in
            KeptCollectionRecord(
                slot: try row.integer(0),
                change: try row.integer(1),
                content: try row.text(2)
            )
        }
    }

    /// What is recorded of a customer; nil for nothing.
    package func collectionRecord(
        of slot: Int,
        in portfolio: Int
    ) throws(DatabaseError) -> KeptCollectionRecord? {
        let found = try collectionRecords(of: portfolio, after: slot - 1, limit: 1).first
        return found?.slot == slot ? found : nil
    }

    /// Keeps what is recorded of a customer.
    ///
    /// - Parameter change: How often it had been changed when it was read; 0 for never.
    /// - Returns: False, and nothing is kept, if somebody else changed it since.
    package func keepCollectionRecord(
        _ content: String,
        of slot: Int,
        in portfolio: Int,
        after change: Int,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Bool {
        let values: [DatabaseValue] = [
            .integer(portfolio), .integer(slot), .integer(change), .integer(nowMicroseconds),
            .text(content),
        ]
        guard change > 0 else {
            return try execute(
                """
                insert into collection_record (portfolio, slot, change, updated_at, content)
                values ($1, $2, $3 + 1, $4, $5) on conflict (portfolio, slot) do nothing
                """,
                values
            ) == 1
        }
        return try execute(
            """
            update collection_record set change = $3 + 1, updated_at = $4, content = $5
            where portfolio = $1 and slot = $2 and change = $3
            """,
            values
        ) == 1
    }
}
