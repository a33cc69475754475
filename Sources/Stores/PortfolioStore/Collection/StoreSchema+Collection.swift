// SPDX-License-Identifier: Apache-2.0

// What was done to collect what customers owe.

internal import Databases

extension StoreSchema {
    /// Scenarios, records of customers, runs and their letters.
    ///
    /// A scenario is never changed: what a seller says next is one more, so that a letter leads to
    /// the texts that it was written with. What is recorded of a customer is one document, since it
    /// is read and written as a whole, and counts its changes, so that of two who change it at once
    /// the second is told. A letter has a key that is one letter's in its portfolio: the same run
    /// done twice sends nothing twice, whichever of several servers does it.
    static let collection = Migration(
        8,
        "collection",
        oldestProgram: 1,
        [
            .statement("insert into counter (name, value) values ('dunning_run', 0)"),
            .orderedTable(
                "dunning_scenarios",
                """
                portfolio bigint not null references portfolio (id) on delete cascade,
                number bigint not null, created_at bigint not null, created_by text not null,
                content text not null, primary key (portfolio, number)
                """
            ),
            .orderedTable(
                "collection_record",
                """
                portfolio bigint not null references portfolio (id) on delete cascade,
                slot bigint not null references company (slot) on delete cascade,
                change bigint not null, updated_at bigint not null, content text not null,
                primary key (portfolio, slot)
                """
            ),
            .statement("create index collection_record_slot on collection_record (slot)"),
            .table(
                "dunning_run",
                """
                number bigint primary key,
                portfolio bigint not null references portfolio (id) on delete cascade,
                as_of_day bigint not null, scenarios bigint not null, done_at bigint not null,
                done_by text not null
                """
            ),
            .statement("create index dunning_run_portfolio on dunning_run (portfolio, number)"),
            .orderedTable(
                "dunning_letter",
                """
                run bigint not null references dunning_run (number) on delete cascade,
                slot bigint not null references company (slot) on delete cascade,
                portfolio bigint not null, key text not null, level bigint not null,
                channel text not null, currency text not null, total bigint not null,
                subject text not null, body text not null, primary key (run, slot)
                """
            ),
            .statement("create unique index dunning_letter_key on dunning_letter (portfolio, key)"),
            .statement("create index dunning_letter_slot on dunning_letter (slot)"),
        ]
    )

    /// What companies owe to whoever follows them, as a kind of fact of its own, kept as long as
    /// other ledgers are.
    static let accounts = Migration(
        9,
        "accounts of customers",
        oldestProgram: 1,
        [
            .statement(
                "insert into retention (kind, days, days_least) values ('account', 3653, 0)"
            )
        ]
    )
}
