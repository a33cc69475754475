// SPDX-License-Identifier: Apache-2.0

// Many companies into a portfolio at once: all lines into a table of their own, then a few
// statements over the whole of it. The same statements in both databases.
//
// Cost, estimated, of a million lines in SQLite: 1.5 s to bring them in, 2 s to find who is known,
// 3 s for new companies with their key, 1.5 s for the portfolio: 8 s.

package import Databases
package import Portfolios
internal import Quantities

/// Brings lines into a portfolio, in a transaction of the caller's.
package struct PortfolioImport {
    /// The number of the portfolio.
    package let portfolio: Int
    /// What becomes of companies that no line tells of.
    package let mode: ImportMode
    /// The time in UTC.
    package let nowMicroseconds: Int

    /// Takes what is to be done.
    package init(_ portfolio: Int, _ mode: ImportMode, nowMicroseconds: Int) {
        self.portfolio = portfolio
        self.mode = mode
        self.nowMicroseconds = nowMicroseconds
    }

    /// Brings lines in.
    ///
    /// - Parameter next: The next line; nil after the last. No company may come twice.
    /// - Returns: What changed.
    package func run(
        _ connection: any DatabaseConnection,
        next: () throws(DatabaseError) -> PortfolioLine?
    ) throws(DatabaseError) -> ImportSummary {
        try connection.execute("drop table if exists incoming")
        try bringIn(connection, next)
        var summary = ImportSummary()
        summary.newCompanies = try addCompanies(connection)
        try connection.execute(
            """
            update incoming set slot = company.slot from company
            where company.kind = incoming.kind and company.identity = incoming.identity
            """
        )
        let repeated = try count(
            connection,
            "select count(*) - count(distinct slot) from incoming",
            []
        )
        guard repeated == 0 else {
            throw DatabaseError(.duplicate, "\(repeated) lines tell of a company once more")
        }
        try rename(connection)
        let known = try count(connection, Self.membersInFile)
        summary.changed = try change(connection)
        summary.added = try add(connection)
        summary.unchanged = known - summary.changed
        if mode == .synchronise { summary.removed = try remove(connection) }
        try connection.execute("drop table incoming")
        return summary
    }

    private static let membersInFile = """
        select count(*) from portfolio_company m join incoming i on i.slot = m.slot
        where m.portfolio = $1
        """

    private func bringIn(
        _ connection: any DatabaseConnection,
        _ next: () throws(DatabaseError) -> PortfolioLine?
    ) throws(DatabaseError) {
        let text = connection.dialect == .sqlite ? "text" : "text collate \"C\""
        try connection.execute(
            """
            create temporary table incoming (kind \(text), identity \(text), name \(text),
                reference \(text), limit_units bigint, limit_currency \(text),
                exposure_units bigint, exposure_currency \(text), slot bigint)
            """
        )
        let columns = [
            "kind", "identity", "name", "reference", "limit_units", "limit_currency",
            "exposure_units", "exposure_currency",
        ]
        _ = try connection.load(into: "incoming", columns: columns) {
            writer throws(DatabaseError) in
            while let line = try next() {
                try writer.write(line.identity.kind)
                try writer.write(line.identity.text)
                try writer.write(line.name)
                try writer.write(line.reference)
                try writer.write(line.limit.map { Int($0.minorUnits) })
                try writer.write(line.limit?.currency.code)
                try writer.write(line.exposure.map { Int($0.minorUnits) })
                try writer.write(line.exposure?.currency.code)
                try writer.endRow()
            }
        }
        if connection.dialect == .postgresql { try connection.execute("analyze incoming") }
    }

    /// Gives a slot to each company that the store does not know.
    private func addCompanies(_ connection: any DatabaseConnection) throws(DatabaseError) -> Int {
        let unknown = """
            from incoming i where not exists (select 1 from company c
                where c.kind = i.kind and c.identity = i.identity)
            """
        let new = try count(connection, "select count(*) \(unknown)", [])
        guard new > 0 else { return 0 }
        let first = try connection.takeNumbers(new, of: .slot)
        return try connection.execute(
            """
            insert into company (slot, kind, identity, name, added_at)
            select $1 - 1 + row_number() over (order by i.kind, i.identity),
                i.kind, i.identity, i.name, $2 \(unknown)
            """,
            [.integer(first), .integer(nowMicroseconds)]
        )
    }

    /// A name that the file gives counts; none does not take away what was known.
    private func rename(_ connection: any DatabaseConnection) throws(DatabaseError) {
        try connection.execute(
            """
            update company set name = i.name from incoming i
            where i.slot = company.slot and i.name <> '' and i.name <> company.name
            """
        )
    }

    private func change(_ connection: any DatabaseConnection) throws(DatabaseError) -> Int {
        try connection.execute(
            """
            update portfolio_company set reference = i.reference, limit_units = i.limit_units,
                limit_currency = i.limit_currency, exposure_units = i.exposure_units,
                exposure_currency = i.exposure_currency
            from incoming i
            where portfolio_company.portfolio = $1 and portfolio_company.slot = i.slot and (
                portfolio_company.reference <> i.reference
                or portfolio_company.limit_units is distinct from i.limit_units
                or portfolio_company.limit_currency is distinct from i.limit_currency
                or portfolio_company.exposure_units is distinct from i.exposure_units
                or portfolio_company.exposure_currency is distinct from i.exposure_currency)
            """,
            [.integer(portfolio)]
        )
    }

    private func add(_ connection: any DatabaseConnection) throws(DatabaseError) -> Int {
        try connection.execute(
            """
            insert into portfolio_company (portfolio, slot, reference, limit_units,
                limit_currency, exposure_units, exposure_currency, added_at)
            select $1, i.slot, i.reference, i.limit_units, i.limit_currency, i.exposure_units,
                i.exposure_currency, $2
            from incoming i where not exists (select 1 from portfolio_company m
                where m.portfolio = $1 and m.slot = i.slot)
            order by i.slot
            """,
            [.integer(portfolio), .integer(nowMicroseconds)]
        )
    }

    private func remove(_ connection: any DatabaseConnection) throws(DatabaseError) -> Int {
        try connection.execute(
            """
            delete from portfolio_company where portfolio = $1
                and slot not in (select slot from incoming)
            """,
            [.integer(portfolio)]
        )
    }

    private func count(
        _ connection: any DatabaseConnection,
        _ statement: String
    ) throws(DatabaseError) -> Int {
        try count(connection, statement, [.integer(portfolio)])
    }

    private func count(
        _ connection: any DatabaseConnection,
        _ statement: String,
        _ values: [DatabaseValue]
    ) throws(DatabaseError) -> Int {
        try connection.first(statement, values) { row throws(DatabaseError) in
            try row.integer(0)
        } ?? 0
    }
}
