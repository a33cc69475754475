// SPDX-License-Identifier: Apache-2.0

// Many companies into a portfolio at once: all lines into a table of their own, then a few
// statements over the whole of it. The same statements in both databases.
//
// Cost of a million lines in SQLite, in seconds of the processor: 1.5 to bring them in, 4.5 to sort
// them and find who is known, 1 for new companies with their key, 3 for the portfolio: 10.

package import Databases
package import Portfolios
internal import Quantities

/// Brings lines into a portfolio, in a transaction of the caller's.
package struct PortfolioImport {
    /// The number of the portfolio.
    package let portfolio: Int
    /// What becomes of companies that no line tells of.
    package let mode: ImportMode
    /// What the lines tell; the rest of what is known of companies stays.
    package let told: [PortfolioLine.Field]
    /// The time in UTC.
    package let nowMicroseconds: Int

    /// Takes what is to be done.
    package init(
        _ portfolio: Int,
        _ mode: ImportMode,
        told: Set<PortfolioLine.Field> = Set(PortfolioLine.Field.allCases),
        nowMicroseconds: Int
    ) {
        self.portfolio = portfolio
        self.mode = mode
        self.told = PortfolioLine.Field.allCases.filter { told.contains($0) }
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
        try makeTables(connection)
        try bringIn(connection, next)
        var summary = ImportSummary()
        let firstSlot = try identify(connection)
        summary.newCompanies = try addCompanies(connection, from: firstSlot)
        try name(connection)
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

    private static let columns = [
        "kind", "identity", "name", "reference", "limit_units", "limit_currency",
        "exposure_units", "exposure_currency", "sector", "legal_form", "founded_on", "tags",
    ]
    /// What stays where a line does not tell it.
    private static let traits = ["sector", "legal_form", "founded_on", "tags"]

    private func makeTables(_ connection: any DatabaseConnection) throws(DatabaseError) {
        let text = connection.dialect == .sqlite ? "text" : "text collate \"C\""
        for (table, more) in [("arriving", ""), ("incoming", ", slot bigint, is_new bigint")] {
            try connection.execute("drop table if exists \(table)")
            try connection.execute(
                """
                create temporary table \(table) (kind \(text), identity \(text), name \(text),
                    reference \(text), limit_units bigint, limit_currency \(text),
                    exposure_units bigint, exposure_currency \(text), sector \(text),
                    legal_form \(text), founded_on \(text), tags \(text)\(more))
                """
            )
        }
    }

    private func bringIn(
        _ connection: any DatabaseConnection,
        _ next: () throws(DatabaseError) -> PortfolioLine?
    ) throws(DatabaseError) {
        _ = try connection.load(into: "arriving", columns: Self.columns) {
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
                try writer.write(line.traits.sector)
                try writer.write(line.traits.legalForm)
                try writer.write(line.traits.foundedOn)
                try writer.write(line.traits.tags?.joined(separator: " "))
                try writer.endRow()
            }
        }
        if connection.dialect == .postgresql { try connection.execute("analyze arriving") }
    }

    /// Puts the lines in the order of their companies, with the slot of each: all that follows goes
    /// through tables and their keys from the beginning to the end, and not to and fro, which is
    /// several times dearer. Whom the store does not know gets the next slot. The order of the
    /// result is that of the sum, so that all lines are sorted once: in SQLite that takes 4.5 us a
    /// line, where numbers of the sorted lines to sum by took 7.5 us.
    ///
    /// - Returns: The first new slot.
    private func identify(_ connection: any DatabaseConnection) throws(DatabaseError) -> Int {
        // Holds the counter, so that nobody else gives slots meanwhile.
        let firstSlot = try connection.takeNumbers(0, of: .slot)
        let names = Self.columns.map { "a.\($0)" }.joined(separator: ", ")
        _ = try connection.execute(
            """
            insert into incoming
            select \(names),
                coalesce(c.slot, cast($1 as bigint) - 1 + sum(case when c.slot is null then 1
                    else 0 end) over (order by a.kind, a.identity rows unbounded preceding)),
                case when c.slot is null then 1 else 0 end
            from arriving a
            left join company c on c.kind = a.kind and c.identity = a.identity
            order by a.kind, a.identity
            """,
            [.integer(firstSlot)]
        )
        try connection.execute("drop table arriving")
        if connection.dialect == .postgresql { try connection.execute("analyze incoming") }
        let repeated = try count(
            connection,
            "select count(*) - count(distinct slot) from incoming",
            []
        )
        guard repeated == 0 else { throw Self.repeatedLine }
        return firstSlot
    }

    private static let repeatedLine = DatabaseError(
        .duplicate,
        "a company comes in two lines of what is imported"
    )

    /// Keeps the companies that the store did not know.
    private func addCompanies(
        _ connection: any DatabaseConnection,
        from firstSlot: Int
    ) throws(DatabaseError) -> Int {
        let new = try connection.execute(
            """
            insert into company (slot, kind, identity, name, added_at)
            select slot, kind, identity, name, $1 from incoming where is_new = 1
            """,
            [.integer(nowMicroseconds)]
        )
        guard try connection.takeNumbers(new, of: .slot) == firstSlot else {
            throw DatabaseError(.defect, "slots were given to others meanwhile")
        }
        return new
    }

    /// The first name that anybody gives is what the store knows for those who give none.
    private func name(_ connection: any DatabaseConnection) throws(DatabaseError) {
        try connection.execute(
            """
            update company set name = i.name from incoming i
            where i.slot = company.slot and company.name = '' and i.name <> ''
            """
        )
    }

    /// A name that the file gives counts; none does not take away what was known.
    private func change(_ connection: any DatabaseConnection) throws(DatabaseError) -> Int {
        let columns = told.flatMap(\.columns)
        let name = "name = case when i.name <> '' then i.name else portfolio_company.name end"
        let traits = Self.traits.map { "\($0) = coalesce(i.\($0), portfolio_company.\($0))" }
        let changes = (columns.map { "\($0) = i.\($0)" } + traits + [name])
            .joined(separator: ", ")
        let differences =
            columns.map { "portfolio_company.\($0) is distinct from i.\($0)" }
            + Self.traits.map { "i.\($0) <> portfolio_company.\($0)" }
            + ["i.name <> '' and i.name <> portfolio_company.name"]
        return try connection.execute(
            """
            update portfolio_company set \(changes)
            from incoming i
            where portfolio_company.portfolio = $1 and portfolio_company.slot = i.slot
                and (\(differences.joined(separator: " or ")))
            """,
            [.integer(portfolio)]
        )
    }

    private func add(_ connection: any DatabaseConnection) throws(DatabaseError) -> Int {
        try connection.execute(
            """
            insert into portfolio_company (portfolio, slot, name, reference, limit_units,
                limit_currency, exposure_units, exposure_currency, added_at, sector, legal_form,
                founded_on, tags)
            select $1, i.slot, i.name, i.reference, i.limit_units, i.limit_currency,
                i.exposure_units, i.exposure_currency, $2, coalesce(i.sector, ''),
                coalesce(i.legal_form, ''), coalesce(i.founded_on, ''), coalesce(i.tags, '')
            from incoming i where not exists (select 1 from portfolio_company m
                where m.portfolio = $1 and m.slot = i.slot)
            order by i.slot
            """,
            [.integer(portfolio), .integer(nowMicroseconds)]
        )
    }

    private func remove(_ connection: any DatabaseConnection) throws(DatabaseError) -> Int {
        // Not as `not in (select …)`: PostgreSQL goes through all of it for each row once it does
        // not fit into its memory. SQLite needs the index for this form.
        try connection.execute("create index incoming_slot on incoming (slot)")
        return try connection.execute(
            """
            delete from portfolio_company where portfolio = $1 and not exists (
                select 1 from incoming i where i.slot = portfolio_company.slot)
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

extension PortfolioLine.Field {
    /// The columns that hold it.
    fileprivate var columns: [String] {
        switch self {
        case .reference: ["reference"]
        case .limit: ["limit_units", "limit_currency"]
        case .exposure: ["exposure_units", "exposure_currency"]
        }
    }
}
