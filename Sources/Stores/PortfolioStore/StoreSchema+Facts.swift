// SPDX-License-Identifier: Apache-2.0

// What is known of companies, how long it is kept, and who was erased.

internal import Databases

extension StoreSchema {
    /// Facts of companies, retention, legal holds, erasures.
    ///
    /// A fact is never changed. What replaces it gives it an end, `superseded_at`: so that it can
    /// be told later what was known on a day. The index by place finds the facts of a company, and
    /// lets the same content be current once; its last column is 0 for what is current, since two
    /// nulls are not the same to a unique index.
    ///
    /// Facts refer to `retention`, so that none is kept of a kind of which nobody said for how
    /// long, and one more kind is one more row there.
    ///
    /// How long, in days, and how long at least: ten years, which is what the Code de commerce asks
    /// for books and the papers behind them (L123-22), and what figures are compared over; what was
    /// decided is kept as long as what it was decided on, so that it can be explained. Decisions
    /// are kept at least six months, as logs of a system that scores persons are (EU AI Act,
    /// articles 19 and 26).
    ///
    /// The index of events by company lets a company's be found, and emptied when a person is
    /// erased.
    static let knowledge = Migration(
        2,
        "what is known of companies",
        oldestProgram: 1,
        [
            .statement("insert into counter (name, value) values ('fact', 0)"),
            .orderedTable(
                "retention",
                """
                kind text not null primary key, days bigint not null, days_least bigint not null,
                check (days >= days_least)
                """
            ),
            .statement(
                """
                insert into retention (kind, days, days_least) values
                    ('statement', 3653, 0), ('ledger', 3653, 0), ('payment', 3653, 0),
                    ('paper', 3653, 0), ('event', 3653, 0), ('decision', 3653, 184),
                    ('stream', 3653, 0)
                """
            ),
            .table(
                "company_fact",
                """
                number bigint primary key,
                slot bigint not null references company (slot) on delete cascade,
                kind text not null references retention (kind), day bigint not null,
                known_at bigint not null, superseded_at bigint, source text not null,
                digest bytes not null, content bytes not null, check (superseded_at > known_at)
                """
            ),
            .statement(
                """
                create unique index company_fact_place on company_fact
                    (slot, kind, day, digest, coalesce(superseded_at, 0))
                """
            ),
            .statement("create index company_fact_day on company_fact (kind, day)"),
            .statement("create index event_slot on event (slot) where slot is not null"),
            .orderedTable(
                "legal_hold",
                """
                slot bigint not null references company (slot), reason text not null,
                placed_by text not null, placed_at bigint not null, primary key (slot, reason)
                """
            ),
            .table(
                "erasure",
                """
                slot bigint primary key, day bigint not null, erased_by text not null,
                reason text not null
                """
            ),
        ]
    )
}
