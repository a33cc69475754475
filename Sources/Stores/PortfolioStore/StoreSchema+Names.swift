// SPDX-License-Identifier: Apache-2.0

// What each portfolio calls its companies.

internal import Databases

extension StoreSchema {
    /// The name of a company in each portfolio: what one team writes is on its letters, and nothing
    /// that another team may change. The name in `company` is what the store was told first, for
    /// portfolios that give none.
    static let names = Migration(
        10,
        "names of companies in portfolios",
        oldestProgram: 1,
        [
            .statement("alter table portfolio_company add column name text not null default ''"),
            .statement(
                """
                update portfolio_company set name = (select c.name from company c
                    where c.slot = portfolio_company.slot)
                """
            ),
        ]
    )
}
