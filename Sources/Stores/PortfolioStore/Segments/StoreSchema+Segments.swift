// SPDX-License-Identifier: Apache-2.0

// Segments of portfolios, and what kinds of companies their companies are.

internal import Databases

extension StoreSchema {
    /// A segment is a document, which is read again whenever it is looked at. What kind of company
    /// a company is stands in its line in the portfolio: it is what one team says. An empty text is
    /// not known; words are parted by blanks.
    static let segments = Migration(
        14,
        "segments of portfolios",
        oldestProgram: 1,
        [
            .statement("alter table portfolio_company add column sector text not null default ''"),
            .statement(
                "alter table portfolio_company add column legal_form text not null default ''"
            ),
            .statement(
                "alter table portfolio_company add column founded_on text not null default ''"
            ),
            .statement("alter table portfolio_company add column tags text not null default ''"),
            .orderedTable(
                "portfolio_segment",
                """
                portfolio bigint not null references portfolio (id) on delete cascade,
                name text not null, document text not null, changed_at bigint not null,
                changed_by text not null, primary key (portfolio, name)
                """
            ),
        ]
    )
}
