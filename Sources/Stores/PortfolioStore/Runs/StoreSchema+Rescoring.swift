// SPDX-License-Identifier: Apache-2.0

// What servers need to know to score again on their own.

internal import Databases

extension StoreSchema {
    /// Companies of runs over some companies only, and the last fact that runs on arrival saw.
    static let rescoring = Migration(
        4,
        "companies of runs",
        oldestProgram: 1,
        [
            .statement("insert into counter (name, value) values ('seen_fact', 0)"),
            .orderedTable(
                "run_company",
                """
                run bigint not null references run (number) on delete cascade,
                slot bigint not null references company (slot) on delete cascade,
                primary key (run, slot)
                """
            ),
            .statement("create index run_company_slot on run_company (slot)"),
        ]
    )
}
