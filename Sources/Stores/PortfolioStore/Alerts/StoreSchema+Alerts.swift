// SPDX-License-Identifier: Apache-2.0

// Rules by which portfolios are watched, where each company stands with them, and what was told.

internal import Databases

extension StoreSchema {
    /// Rules, cells, alerts; what models and papers said of companies, for rules that look back.
    ///
    /// A company stands with a rule as a word of eight bytes says, and one that has no row never
    /// stood otherwise than all do at first. What is of a company in a portfolio refers to its line
    /// there, so that it goes with the line, whoever takes that away. An alert refers to its
    /// rule by number and name and not by a key: it stays when the rule goes. Its key is that of
    /// its portfolio, company, kind, rule and day, so that whoever finds the same tells nothing.
    ///
    /// `alert_block` says which blocks of runs that are under way were looked at, so that none is
    /// looked at twice, with what another model made of the block. `model_shift` keeps how another
    /// model moved a company, which later changes over some days have to be without. The figures of
    /// a company have a row for each day on which they became others.
    static let alerts = Migration(
        5,
        "rules and alerts",
        oldestProgram: 1,
        [
            .statement("insert into counter (name, value) values ('alert_rule', 0), ('alert', 0)"),
            .statement(
                "insert into retention (kind, days, days_least) values ('alert', 3653, 0)"
            ),
            .table(
                "alert_rule",
                """
                number bigint primary key,
                portfolio bigint not null references portfolio (id) on delete cascade,
                name text not null, version bigint not null, document text not null,
                word bigint not null, changed_at bigint not null, changed_by text not null,
                unique (portfolio, name)
                """
            ),
            .orderedTable(
                "alert_rule_version",
                """
                rule bigint not null references alert_rule (number) on delete cascade,
                version bigint not null, document text not null, changed_at bigint not null,
                changed_by text not null, primary key (rule, version)
                """
            ),
            .orderedTable(
                "alert_cell",
                """
                portfolio bigint not null, slot bigint not null, rule bigint not null,
                word bigint not null, primary key (portfolio, slot, rule),
                foreign key (portfolio, slot) references portfolio_company (portfolio, slot)
                    on delete cascade
                """
            ),
            .table(
                "alert",
                """
                number bigint primary key,
                portfolio bigint not null references portfolio (id) on delete cascade,
                slot bigint, rule bigint not null, rule_name text not null,
                rule_version bigint not null, kind text not null,
                dedupe_key text not null unique, raised_day bigint not null,
                raised_at bigint not null, told_day bigint not null, openings bigint not null,
                old_value double, new_value double, cause text not null,
                legal_events text not null, handling text, is_quiet bigint not null,
                cleared_day bigint, cleared_at bigint, ending text,
                foreign key (portfolio, slot) references portfolio_company (portfolio, slot)
                    on delete cascade
                """
            ),
            .statement("create index alert_company on alert (portfolio, slot, rule)"),
            .statement("create index alert_list on alert (portfolio, number)"),
            .statement(
                "create index alert_open on alert (portfolio, number) where cleared_day is null"
            ),
            .statement("create index alert_cleared on alert (cleared_day)"),
            .orderedTable(
                "alert_block",
                """
                run bigint not null, portfolio bigint not null, block bigint not null,
                model_change text, primary key (run, portfolio, block)
                """
            ),
            .orderedTable(
                "model_shift",
                """
                run bigint not null,
                slot bigint not null references company (slot) on delete cascade,
                old_score bigint, new_score bigint, old_class bigint, new_class bigint,
                old_probability double, new_probability double, primary key (run, slot)
                """
            ),
            .statement("create index model_shift_slot on model_shift (slot)"),
            .orderedTable(
                "company_figures",
                """
                slot bigint not null references company (slot) on delete cascade,
                day bigint not null, payment_index double, days_beyond_terms double,
                broken_promises double, overdue_share double, last_closing bigint,
                data_depth double, divergence double, legal_events text not null,
                primary key (slot, day)
                """
            ),
            .orderedTable(
                "portfolio_figures",
                """
                portfolio bigint not null references portfolio (id) on delete cascade,
                day bigint not null, company_count bigint not null, exposure double not null,
                expected_loss double not null, concentration double not null,
                top_share double not null, primary key (portfolio, day)
                """
            ),
            .orderedTable("score_rank", "score bigint not null primary key, part double not null"),
            .statement("create index score_change_run on score_change (run, slot)"),
        ]
    )
}
