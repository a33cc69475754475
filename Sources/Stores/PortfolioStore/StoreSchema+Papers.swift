// SPDX-License-Identifier: Apache-2.0

// Papers that were read for a portfolio.

internal import Databases

extension StoreSchema {
    /// Papers by their content: nothing of them stands here but what tells that one comes again.
    static let papers = Migration(
        6,
        "papers that were read",
        oldestProgram: 1,
        [
            .orderedTable(
                "read_paper",
                """
                portfolio bigint not null references portfolio (id) on delete cascade,
                digest bytes not null, byte_count bigint not null, read_at bigint not null,
                left_out bigint not null, primary key (portfolio, digest)
                """
            )
        ]
    )
}
