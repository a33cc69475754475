// SPDX-License-Identifier: Apache-2.0

// How long is kept what had no time of its own, and what became of blocks of runs.

internal import Databases

extension StoreSchema {
    /// Retention of letters, records of collection, scores, figures, frames of the history, and
    /// messages that nobody took; failures and losses of blocks.
    ///
    /// All of them ten years, as the facts that they were made of: a letter is a paper behind the
    /// books (Code de commerce, L123-22), and a score can be explained as long as there is what it
    /// was computed from.
    ///
    /// `attempt` of a block tells its workers apart and counts all of them. `failures` are those
    /// who gave it back with an error, `losses` those who never did, since they were killed or did
    /// not reach the store any more: the one says something of the block, the other rather of the
    /// servers.
    ///
    /// In PostgreSQL the check of `universe_column.kind` had the words of a type for `text`, and
    /// refused universes with texts.
    static let keeping = Migration(
        12,
        "retention by kind, failures and losses of blocks",
        oldestProgram: 1,
        [
            .statement(
                """
                insert into retention (kind, days, days_least) values
                    ('letter', 3653, 0), ('collection', 3653, 0), ('score', 3653, 0),
                    ('figures', 3653, 0), ('history', 3653, 0), ('delivery', 3653, 0)
                """
            ),
            .only(
                .postgresql,
                "alter table universe_column drop constraint universe_column_kind_check"
            ),
            .only(
                .postgresql,
                """
                alter table universe_column add constraint universe_column_kind_check
                    check (kind in ('number', 'text', 'mark'))
                """
            ),
            .statement("alter table run_block add column failures bigint not null default 0"),
            .statement("alter table run_block add column losses bigint not null default 0"),
            .statement("alter table universe_block add column failures bigint not null default 0"),
            .statement("alter table universe_block add column losses bigint not null default 0"),
        ]
    )
}
