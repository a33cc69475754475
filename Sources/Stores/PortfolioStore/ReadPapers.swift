// SPDX-License-Identifier: Apache-2.0

// Papers that were read, known by their content.

package import Databases
package import Portfolios

/// A paper that was read for a portfolio.
package struct ReadPaper: Sendable, Equatable {
    /// SHA-256 of its content.
    package let digest: [UInt8]
    /// How long it is, in bytes.
    package let byteCount: Int
    /// When it was read first, in microseconds since 1970 in UTC.
    package var readAtMicroseconds: Int
    /// Companies that it tells of and that the portfolio did not have.
    package var leftOutCount: Int

    /// Takes a paper.
    package init(digest: [UInt8], byteCount: Int, readAtMicroseconds: Int, leftOutCount: Int) {
        (self.digest, self.byteCount) = (digest, byteCount)
        (self.readAtMicroseconds, self.leftOutCount) = (readAtMicroseconds, leftOutCount)
    }
}

extension DatabaseConnection {
    /// A paper by its content; nil when it was not read for that portfolio.
    package func readPaper(
        _ digest: [UInt8],
        of portfolio: Int
    ) throws(DatabaseError) -> ReadPaper? {
        try first(
            """
            select byte_count, read_at, left_out from read_paper
            where portfolio = $1 and digest = $2
            """,
            [.integer(portfolio), .bytes(digest)]
        ) { row throws(DatabaseError) in
            ReadPaper(
                digest: digest,
                byteCount: try row.integer(0),
                readAtMicroseconds: try row.integer(1),
                leftOutCount: try row.integer(2)
            )
        }
    }

    /// Notes that a paper was read; of one that was before, what it left out now.
    package func note(_ paper: ReadPaper, of portfolio: Int) throws(DatabaseError) {
        _ = try execute(
            """
            insert into read_paper (portfolio, digest, byte_count, read_at, left_out)
            values ($1, $2, $3, $4, $5)
            on conflict (portfolio, digest) do update set left_out = excluded.left_out
            """,
            [
                .integer(portfolio), .bytes(paper.digest), .integer(paper.byteCount),
                .integer(paper.readAtMicroseconds), .integer(paper.leftOutCount),
            ]
        )
    }

    /// The slots of those of some companies that a portfolio has, each in the place of its company.
    package func slots(
        of companies: some Sequence<CompanyIdentity>,
        in portfolio: Int
    ) throws(DatabaseError) -> [Int?] {
        var slots: [Int?] = []
        for company in companies {
            slots.append(
                try first(
                    """
                    select c.slot from company c
                    join portfolio_company m on m.slot = c.slot and m.portfolio = $1
                    where c.kind = $2 and c.identity = $3
                    """,
                    [.integer(portfolio), .text(company.kind), .text(company.text)]
                ) { row throws(DatabaseError) in try row.integer(0) }
            )
        }
        return slots
    }
}
