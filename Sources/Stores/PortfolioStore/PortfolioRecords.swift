// SPDX-License-Identifier: Apache-2.0

// Portfolios: made, listed, shared, ended; and companies moved and copied between them.

package import Databases
package import Portfolios
internal import VigieLimits

/// A portfolio.
package struct Portfolio: Sendable, Equatable {
    /// Its number, which never changes.
    package let id: Int
    /// Its name, which is there once.
    package let name: String
    /// What it is for.
    package let note: String
    /// Who made it.
    package let createdBy: String
    /// When, in microseconds since 1970 in UTC.
    package let createdAtMicroseconds: Int
    /// How many companies it has.
    package let companyCount: Int
}

/// A portfolio without its companies: what it takes to say who may do what with it.
package struct PortfolioHead: Sendable, Equatable {
    /// Its number.
    package let id: Int
    /// Its name.
    package let name: String
    /// What it is for.
    package let note: String
    /// Who made it.
    package let createdBy: String
}

/// A portfolio that somebody sees.
package struct SeenPortfolio: Sendable, Equatable {
    /// The portfolio.
    package let portfolio: Portfolio
    /// What he may do with it.
    package let access: PortfolioAccess

    /// Makes one.
    package init(_ portfolio: Portfolio, _ access: PortfolioAccess) {
        (self.portfolio, self.access) = (portfolio, access)
    }
}

extension DatabaseConnection {
    /// Makes a portfolio.
    ///
    /// - Returns: Its number.
    /// - Throws: `duplicate` when the name is taken.
    package func addPortfolio(
        name: String,
        note: String,
        by identity: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Int {
        let id = try takeNumbers(1, of: .portfolio)
        _ = try execute(
            """
            insert into portfolio (id, name, note, created_at, created_by)
            values ($1, $2, $3, $4, $5)
            """,
            [
                .integer(id), .text(name), .text(note), .integer(nowMicroseconds),
                .text(identity),
            ]
        )
        return id
    }

    /// Portfolios behind a name that somebody sees, by their names, with what he may do with each.
    package func portfolios(
        seenBy viewer: PortfolioViewer = .everybody,
        after name: String = "",
        limit: Int = StoreLimits.listedMax
    ) throws(DatabaseError) -> [SeenPortfolio] {
        let roles = viewer.roles.prefix(StoreLimits.viewerRoles)
        let places = roles.indices.map { "$\($0 + 5)" }.joined(separator: ", ")
        // "write" is the greater one.
        let shared =
            roles.isEmpty
            ? "null"
            : """
            (select max(s.access) from portfolio_share s
                where s.portfolio = p.id and s.role in (\(places)))
            """
        return try all(
            """
            select * from (select \(Self.portfolioColumns), case when $3 = 1 or p.created_by = $4
                    then 'write' else \(shared) end as granted
                from portfolio p where p.name > $1) seen
            where granted is not null order by name limit $2
            """,
            [
                .text(name), .integer(limit), .integer(viewer.isOperator ? 1 : 0),
                viewer.identity.map { .text($0) } ?? .null,
            ] + roles.map { .text($0) }
        ) { row throws(DatabaseError) in
            guard let access = PortfolioAccess(rawValue: try row.text(6)) else {
                throw DatabaseError(.damaged, "a portfolio is shared for no known use")
            }
            return SeenPortfolio(try Self.portfolio(row), access)
        }
    }

    /// A portfolio by its name, without counting its companies, which takes some 50 ms of a
    /// million; nil when there is none.
    package func portfolioHead(named name: String) throws(DatabaseError) -> PortfolioHead? {
        try portfolioHead("name = $1", .text(name))
    }

    /// The same of a portfolio by its number, which stays when its name changes.
    package func portfolioHead(numbered id: Int) throws(DatabaseError) -> PortfolioHead? {
        try portfolioHead("id = $1", .integer(id))
    }

    private func portfolioHead(
        _ condition: String,
        _ value: DatabaseValue
    ) throws(DatabaseError) -> PortfolioHead? {
        try first("select id, name, note, created_by from portfolio where \(condition)", [value]) {
            row throws(DatabaseError) in
            PortfolioHead(
                id: try row.integer(0),
                name: try row.text(1),
                note: try row.text(2),
                createdBy: try row.text(3)
            )
        }
    }

    /// A portfolio by its number, without counting its companies; nil when there is none.
    package func portfolioHead(_ id: Int) throws(DatabaseError) -> PortfolioHead? {
        try first(
            "select id, name, note, created_by from portfolio where id = $1",
            [.integer(id)]
        ) { row throws(DatabaseError) in
            PortfolioHead(
                id: try row.integer(0),
                name: try row.text(1),
                note: try row.text(2),
                createdBy: try row.text(3)
            )
        }
    }

    /// A portfolio by its name; nil when there is none.
    package func portfolio(named name: String) throws(DatabaseError) -> Portfolio? {
        try first(
            "select \(Self.portfolioColumns) from portfolio p where p.name = $1",
            [.text(name)]
        ) { row throws(DatabaseError) in try Self.portfolio(row) }
    }

    /// Keeps others from ending a portfolio until the transaction is over.
    ///
    /// - Returns: Whether it is still there.
    package func holdPortfolio(_ id: Int) throws(DatabaseError) -> Bool {
        let lock = dialect == .postgresql ? " for share" : ""
        return try first("select 1 from portfolio where id = $1\(lock)", [.integer(id)]) { _ in
            true
        } ?? false
    }

    private static var portfolioColumns: String {
        """
        p.id as id, p.name as name, p.note as note, p.created_by as created_by,
        p.created_at as created_at,
        (select count(*) from portfolio_company c where c.portfolio = p.id) as company_count
        """
    }

    private static func portfolio(_ row: DatabaseRow) throws(DatabaseError) -> Portfolio {
        Portfolio(
            id: try row.integer(0),
            name: try row.text(1),
            note: try row.text(2),
            createdBy: try row.text(3),
            createdAtMicroseconds: try row.integer(4),
            companyCount: try row.integer(5)
        )
    }

    /// Gives a portfolio a name and a note.
    ///
    /// - Throws: `duplicate` when another one has the name.
    package func change(
        _ portfolio: Int,
        name: String,
        note: String
    ) throws(DatabaseError) {
        _ = try execute(
            "update portfolio set name = $2, note = $3 where id = $1",
            [.integer(portfolio), .text(name), .text(note)]
        )
    }

    /// Ends a portfolio; its companies stay in the store.
    ///
    /// - Returns: Whether it was there.
    package func removePortfolio(_ id: Int) throws(DatabaseError) -> Bool {
        try execute("delete from portfolio where id = $1", [.integer(id)]) == 1
    }

    /// Lets a role read or write a portfolio, or neither.
    package func share(
        _ portfolio: Int,
        with role: String,
        _ access: PortfolioAccess?
    ) throws(DatabaseError) {
        guard let access else {
            _ = try execute(
                "delete from portfolio_share where portfolio = $1 and role = $2",
                [.integer(portfolio), .text(role)]
            )
            return
        }
        _ = try execute(
            """
            insert into portfolio_share (portfolio, role, access) values ($1, $2, $3)
            on conflict (portfolio, role) do update set access = excluded.access
            """,
            [.integer(portfolio), .text(role), .text(access.rawValue)]
        )
    }

    /// What each role may do with a portfolio.
    package func shares(
        of portfolio: Int
    ) throws(DatabaseError) -> [String: PortfolioAccess] {
        let pairs = try all(
            "select role, access from portfolio_share where portfolio = $1 order by role limit $2",
            [.integer(portfolio), .integer(StoreLimits.listedMax)]
        ) { row throws(DatabaseError) in
            (try row.text(0), PortfolioAccess(rawValue: try row.text(1)))
        }
        return pairs.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    /// Copies companies with what the user knows of them into another portfolio; what that one
    /// has of them already stays.
    ///
    /// - Returns: How many it did not have.
    package func copyCompanies(
        _ slots: [Int],
        from source: Int,
        to target: Int,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Int {
        var count = 0
        for slot in slots {
            count += try execute(
                """
                insert into portfolio_company (portfolio, slot, name, reference, limit_units,
                    limit_currency, exposure_units, exposure_currency, added_at, sector,
                    legal_form, founded_on, tags)
                select $1, slot, name, reference, limit_units, limit_currency, exposure_units,
                    exposure_currency, $2, sector, legal_form, founded_on, tags
                from portfolio_company where portfolio = $3 and slot = $4
                on conflict (portfolio, slot) do nothing
                """,
                [.integer(target), .integer(nowMicroseconds), .integer(source), .integer(slot)]
            )
        }
        return count
    }

    /// Takes companies out of a portfolio.
    ///
    /// - Returns: How many it had.
    package func removeCompanies(
        _ slots: [Int],
        from portfolio: Int
    ) throws(DatabaseError) -> Int {
        var count = 0
        for slot in slots {
            count += try execute(
                "delete from portfolio_company where portfolio = $1 and slot = $2",
                [.integer(portfolio), .integer(slot)]
            )
        }
        return count
    }
}
