// SPDX-License-Identifier: Apache-2.0

// The tables of the store, by the migrations that make them. What is released is never changed:
// a change is one more migration.

package import Databases

/// The tables of the store.
package enum StoreSchema {
    /// The migration from which on persons can be erased.
    package static let erasureNumber = 2

    /// All migrations there are.
    package static let migrations = [
        companies, knowledge, runs, rescoring, alerts, papers, deliveries, collection,
        accounts, names, universes, keeping, jobs, segments, universeFigures,
    ]

    /// Companies, portfolios, and what happens to them.
    ///
    /// A company has a slot, a number that is never given to another one: the columns of the daily
    /// universe go by it. Who it is stands in one row of `company`, which goes when a person is
    /// erased, so that nothing leads from the columns to the person any more.
    private static let companies = Migration(
        1,
        "companies, portfolios, events",
        oldestProgram: 1,
        [
            .table("counter", "name text primary key, value bigint not null"),
            .statement("insert into counter (name, value) values ('slot', 0), ('event', 0)"),
            .statement("insert into counter (name, value) values ('portfolio', 0)"),
            .table(
                "company",
                """
                slot bigint primary key, kind text not null, identity text not null,
                name text not null, added_at bigint not null, unique (kind, identity)
                """
            ),
            .table(
                "portfolio",
                """
                id bigint primary key, name text not null unique, note text not null,
                created_at bigint not null, created_by text not null
                """
            ),
            .orderedTable(
                "portfolio_share",
                """
                portfolio bigint not null references portfolio (id) on delete cascade,
                role text not null, access text not null check (access in ('read', 'write')),
                primary key (portfolio, role)
                """
            ),
            .orderedTable(
                "portfolio_company",
                """
                portfolio bigint not null references portfolio (id) on delete cascade,
                slot bigint not null references company (slot) on delete cascade,
                reference text not null, limit_units bigint, limit_currency text,
                exposure_units bigint, exposure_currency text, added_at bigint not null,
                primary key (portfolio, slot)
                """
            ),
            .statement("create index portfolio_company_slot on portfolio_company (slot)"),
            .orderedTable(
                "event",
                """
                number bigint primary key, kind text not null, portfolio bigint, slot bigint,
                event_day bigint not null, created_at bigint not null, body text not null
                """
            ),
        ]
    )
}
