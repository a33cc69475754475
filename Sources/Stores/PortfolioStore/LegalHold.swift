// SPDX-License-Identifier: Apache-2.0

// Companies of which nothing may be deleted, whatever its age and whoever asks: a claim is
// disputed, an authority asked for it. Several matters may hold the same company, and each ends for
// itself.

package import Databases
internal import VigieLimits

/// Why nothing of a company may be deleted.
package struct LegalHold: Sendable, Equatable {
    /// The company.
    package let slot: Int
    /// The matter.
    package let reason: String
    /// Who said so.
    package let placedBy: String
    /// Since when, in microseconds since 1970 in UTC.
    package let placedAtMicroseconds: Int
}

extension DatabaseConnection {
    /// Keeps all of a company from being deleted.
    ///
    /// - Returns: Whether this matter did not hold it before.
    /// - Throws: `constraint` for a company that is not in the store; `value` for a reason that is
    ///   too long.
    package func hold(
        _ slot: Int,
        reason: String,
        by identity: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Bool {
        guard reason.utf8.count <= StoreLimits.holdReasonBytesMax else {
            throw DatabaseError(.value, "a reason has more bytes than may be (holdReasonBytesMax)")
        }
        return try execute(
            """
            insert into legal_hold (slot, reason, placed_by, placed_at) values ($1, $2, $3, $4)
            on conflict (slot, reason) do nothing
            """,
            [.integer(slot), .text(reason), .text(identity), .integer(nowMicroseconds)]
        ) == 1
    }

    /// Ends what a matter holds.
    ///
    /// - Returns: Whether it held the company.
    package func release(_ slot: Int, reason: String) throws(DatabaseError) -> Bool {
        try execute(
            "delete from legal_hold where slot = $1 and reason = $2",
            [.integer(slot), .text(reason)]
        ) == 1
    }

    /// What holds companies, in the order of their slots.
    ///
    /// - Parameter slot: Of which company; nil for all.
    package func holds(
        of slot: Int? = nil,
        after last: Int = 0,
        limit: Int = StoreLimits.listedMax
    ) throws(DatabaseError) -> [LegalHold] {
        try all(
            """
            select slot, reason, placed_by, placed_at from legal_hold
            where slot > $1 and slot <= $2 order by slot, reason limit $3
            """,
            [.integer(slot.map { $0 - 1 } ?? last), .integer(slot ?? .max), .integer(limit)]
        ) { row throws(DatabaseError) in
            LegalHold(
                slot: try row.integer(0),
                reason: try row.text(1),
                placedBy: try row.text(2),
                placedAtMicroseconds: try row.integer(3)
            )
        }
    }
}
