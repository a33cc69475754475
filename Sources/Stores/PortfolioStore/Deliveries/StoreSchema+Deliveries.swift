// SPDX-License-Identifier: Apache-2.0

// Who is told of events, and what is on its way to whom.

internal import Databases

extension StoreSchema {
    /// Endpoints and mail subscriptions, each with the number of the event up to which it was seen
    /// to, and messages to them.
    ///
    /// A message that somebody sends has his name in `owner`, and the end of his lease for
    /// `next_at`: so what is due and what was left behind by one that was killed are found by the
    /// same index. Events wait in the stream, not here, while a target takes none.
    static let deliveries = Migration(
        7,
        "telling others of events",
        oldestProgram: 1,
        [
            .statement(
                "insert into counter (name, value) values ('delivery_target', 0), ('delivery', 0)"
            ),
            .table(
                "delivery_target",
                """
                id bigint primary key, kind text not null check (kind in ('webhook', 'mail')),
                portfolio bigint references portfolio (id) on delete cascade,
                address text not null, kinds text not null, note text not null, secret bytes,
                language text not null, pace text not null check (
                    pace in ('at_once', 'hourly', 'daily')),
                state text not null check (state in ('active', 'paused', 'disabled')),
                seen bigint not null, open_at bigint not null, created_at bigint not null,
                created_by text not null
                """
            ),
            .statement("create index delivery_target_portfolio on delivery_target (portfolio)"),
            .table(
                "delivery",
                """
                number bigint primary key,
                target bigint not null references delivery_target (id) on delete cascade,
                first_event bigint not null, last_event bigint not null,
                identifier text not null,
                state text not null check (state in ('waiting', 'delivered', 'kept')),
                tries bigint not null, next_at bigint not null, owner text not null,
                attempt bigint not null, repeats bigint not null, last_status bigint,
                last_answer text not null, answered_at bigint, created_at bigint not null,
                unique (target, last_event)
                """
            ),
            .statement(
                "create index delivery_due on delivery (target, next_at) where state = 'waiting'"
            ),
            .statement(
                """
                create index delivery_done on delivery (answered_at) where state = 'delivered'
                """
            ),
        ]
    )
}
