// SPDX-License-Identifier: Apache-2.0

// Universes: companies by the million, of which only columns are kept.

internal import Databases

extension StoreSchema {
    /// The migration from which on there are universes.
    package static let universesNumber = 11

    /// Universes, their inputs by load, and their results by run.
    ///
    /// A block of a universe has the number 65,536 times the universe's, plus its place. Its
    /// companies stand in `universe_key`, one row a block, so that whoever is erased there leads
    /// nowhere; all else are frames of columns. Inputs are seen from the load on that
    /// `universe.load_number` names, so that a load is there with all of its blocks or not at all.
    static let universes = Migration(
        universesNumber,
        "universes of companies",
        oldestProgram: 1,
        [
            .statement(
                """
                insert into counter (name, value) values
                    ('universe', 0), ('universe_load', 0), ('universe_run', 0)
                """
            ),
            .table(
                "universe",
                """
                number bigint primary key, name text not null unique, created_at bigint not null,
                created_by text not null, load_number bigint not null, slot_count bigint not null,
                company_count bigint not null
                """
            ),
            .orderedTable(
                "universe_column",
                """
                universe bigint not null references universe (number) on delete cascade,
                place bigint not null, name text not null,
                kind text not null check (kind in ('number', 'text', 'mark')),
                primary key (universe, place), unique (universe, name)
                """
            ),
            .orderedTable(
                "universe_text",
                """
                universe bigint not null references universe (number) on delete cascade,
                place bigint not null, code bigint not null, content bytes not null,
                primary key (universe, place, code)
                """
            ),
            .table(
                "universe_load",
                """
                number bigint primary key,
                universe bigint not null references universe (number) on delete cascade,
                as_of_day bigint not null, is_whole bigint not null,
                state text not null check (state in ('open', 'done', 'failed')),
                lease_until bigint not null, loaded_by text not null, began_at bigint not null,
                row_count bigint not null, added_count bigint not null, left_count bigint not null,
                changed_count bigint not null
                """
            ),
            .orderedTable(
                "universe_key",
                """
                block bigint not null primary key, least bigint not null,
                greatest bigint not null, content bytes not null
                """
            ),
            .orderedTable(
                "universe_input",
                """
                block bigint not null, part bigint not null, load_number bigint not null,
                is_key bigint not null, content bytes not null,
                primary key (block, part, load_number)
                """
            ),
            .table(
                "universe_run",
                """
                number bigint primary key,
                universe bigint not null references universe (number) on delete cascade,
                load_number bigint not null, as_of_day bigint not null,
                model bigint not null references model (number),
                requested_at bigint not null, requested_by text not null,
                state text not null check (state in ('open', 'done', 'failed')),
                ended_at bigint, note text not null
                """
            ),
            .statement("create index universe_run_day on universe_run (universe, as_of_day)"),
            .orderedTable(
                "universe_block",
                """
                run bigint not null references universe_run (number) on delete cascade,
                block bigint not null, is_done bigint not null, owner text not null,
                lease_until bigint not null, attempt bigint not null,
                company_count bigint not null, scored_count bigint not null,
                changed_count bigint not null, company_moved bigint not null,
                data_moved bigint not null, model_moved bigint not null,
                primary key (run, block)
                """
            ),
            .orderedTable(
                "universe_frame",
                """
                block bigint not null, run bigint not null, is_key bigint not null,
                content bytes not null, primary key (block, run)
                """
            ),
            .orderedTable(
                "universe_between",
                """
                block bigint not null, run bigint not null, content bytes not null,
                primary key (block, run)
                """
            ),
            .table(
                "universe_scale",
                "model bigint primary key references model (number), content bytes not null"
            ),
        ]
    )

    /// Figures of universes, counted by runs: of each block against what it was before, and of all
    /// blocks when the run is done; then those of the blocks go.
    ///
    /// `base` is the run before which the block, or any block, stands on; 0 for none. A run that a
    /// server of the release before had a part in has no total, and its figures are computed.
    static let universeFigures = Migration(
        15,
        "figures of universes",
        oldestProgram: 1,
        [
            .orderedTable(
                "universe_figure",
                """
                run bigint not null references universe_run (number) on delete cascade,
                block bigint not null, base bigint not null, content bytes not null,
                primary key (run, block)
                """
            ),
            .orderedTable(
                "universe_total",
                """
                run bigint not null primary key
                    references universe_run (number) on delete cascade,
                base bigint not null, content bytes not null
                """
            ),
        ]
    )
}
