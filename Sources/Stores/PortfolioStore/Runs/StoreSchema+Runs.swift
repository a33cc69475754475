// SPDX-License-Identifier: Apache-2.0

// Runs over companies, and what they found.

internal import Databases

extension StoreSchema {
    /// Runs in blocks, scores of companies and how they changed, frames of the history.
    ///
    /// A block is the companies of 65,536 slots, as the frames of the history are: who works on one
    /// has it under a lease, and what he found counts only while that is his. What a company's
    /// score is now stands in one row; a row more for each time that it became another one, so that
    /// three years of a company are some dozen rows.
    static let runs = Migration(
        3,
        "runs and scores",
        oldestProgram: 1,
        [
            .statement("insert into counter (name, value) values ('run', 0), ('model', 0)"),
            .table(
                "model",
                """
                number bigint primary key, name text not null, version text not null,
                hash text not null unique
                """
            ),
            .table(
                "run",
                """
                number bigint primary key,
                kind text not null check (
                    kind in ('daily', 'arrival', 'other_model', 'requested')),
                portfolio bigint, as_of_day bigint not null,
                model bigint not null references model (number),
                requested_at bigint not null, requested_by text not null,
                state text not null check (state in ('open', 'done', 'failed')),
                ended_at bigint, note text not null
                """
            ),
            // One daily run a day and model, whoever of several servers asks for it first.
            .statement(
                """
                create unique index run_daily on run (as_of_day, model)
                where kind = 'daily' and state <> 'failed'
                """
            ),
            .statement("create index run_open on run (number) where state = 'open'"),
            .orderedTable(
                "run_block",
                """
                run bigint not null references run (number) on delete cascade,
                block bigint not null, is_done bigint not null, owner text not null,
                lease_until bigint not null, attempt bigint not null,
                company_count bigint not null, scored_count bigint not null,
                changed_count bigint not null, primary key (run, block)
                """
            ),
            .table(
                "company_score",
                """
                slot bigint primary key references company (slot) on delete cascade,
                run bigint not null, outcome bigint not null, score bigint, risk_class bigint,
                probability double
                """
            ),
            .orderedTable(
                "score_change",
                """
                slot bigint not null references company (slot) on delete cascade,
                run bigint not null, outcome bigint not null, score bigint, risk_class bigint,
                probability double,
                cause text not null check (cause in ('company', 'data_arrived', 'model_changed')),
                primary key (slot, run)
                """
            ),
            .orderedTable(
                "history_frame",
                """
                block bigint not null, run bigint not null, is_key bigint not null,
                content bytes not null, primary key (block, run)
                """
            ),
        ]
    )
}
