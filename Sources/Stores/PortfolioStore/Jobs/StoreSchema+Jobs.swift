// SPDX-License-Identifier: Apache-2.0

// Streams of rows that have a name: what was answered to them.

internal import Databases

extension StoreSchema {
    /// Jobs, and the answers to their blocks, packed.
    ///
    /// A job that is forgotten, or over, has no `id` from then on, and its rows go by and by. Rows
    /// of companies are not kept, only what was said of them, in their order. `job_time` is the
    /// time by which jobs end: it moves on only while servers look, and never by much at once, so
    /// that no clock that is set ends a job early.
    static let jobs = Migration(
        13,
        "jobs: answers to streams of rows",
        oldestProgram: 1,
        [
            .statement("insert into counter (name, value) values ('job', 0)"),
            .table(
                "job",
                """
                number bigint primary key, owner text not null, id text, kind bigint not null,
                models text not null, hashes text not null, as_of_day bigint not null,
                columns bytes not null, greeting bytes not null, block_count bigint not null,
                row_count bigint not null, byte_count bigint not null, began_at bigint not null,
                kept_from bigint not null, unique (owner, id)
                """
            ),
            .table(
                "job_block",
                """
                job bigint not null references job (number) on delete cascade,
                block bigint not null, digest bytes not null, row_count bigint not null,
                unpacked_bytes bigint not null, content bytes not null, primary key (job, block)
                """
            ),
            .table(
                "job_time",
                "id bigint primary key, elapsed bigint not null, seen_at bigint not null"
            ),
            .statement("insert into job_time (id, elapsed, seen_at) values (1, 0, 0)"),
        ]
    )
}
