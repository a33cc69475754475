// SPDX-License-Identifier: Apache-2.0

// The companies of a portfolio as they are read back.

package import Databases
package import Portfolios
internal import Quantities

/// A company of a portfolio.
package struct PortfolioMember: Sendable, Equatable {
    /// Its number in the store.
    package let slot: Int
    /// What the user knows of it.
    package let line: PortfolioLine
}

extension DatabaseConnection {
    /// The slot of a company; nil when the store does not know it.
    package func slot(of identity: CompanyIdentity) throws(DatabaseError) -> Int? {
        try first(
            "select slot from company where kind = $1 and identity = $2",
            [.text(identity.kind), .text(identity.text)]
        ) { row throws(DatabaseError) in try row.integer(0) }
    }

    /// Those of some slots that a portfolio has, in their order.
    package func members(
        among slots: [Int],
        of portfolio: Int
    ) throws(DatabaseError) -> [Int] {
        var found: [Int] = []
        for slot in slots {
            let isThere = try first(
                "select 1 from portfolio_company where portfolio = $1 and slot = $2",
                [.integer(portfolio), .integer(slot)]
            ) { (_) throws(DatabaseError) in true }
            if isThere == true { found.append(slot) }
        }
        return found
    }

    /// Companies of a portfolio behind a slot, in the order of their slots.
    package func members(
        of portfolio: Int,
        after slot: Int = 0,
        limit: Int
    ) throws(DatabaseError) -> [PortfolioMember] {
        try all(
            """
            select m.slot, c.kind, c.identity, coalesce(nullif(m.name, ''), c.name),
                m.reference, m.limit_units, m.limit_currency, m.exposure_units,
                m.exposure_currency, m.sector, m.legal_form, m.founded_on, m.tags
            from portfolio_company m join company c on c.slot = m.slot
            where m.portfolio = $1 and m.slot > $2 order by m.slot limit $3
            """,
            [.integer(portfolio), .integer(slot), .integer(limit)]
        ) { row throws(DatabaseError) in
            PortfolioMember(slot: try row.integer(0), line: try Self.line(row))
        }
    }

    private static func line(_ row: DatabaseRow) throws(DatabaseError) -> PortfolioLine {
        let identity: CompanyIdentity
        do throws(IdentityError) {
            identity = try CompanyIdentity(kind: try text(row, 1), text: try text(row, 2))
        } catch {
            throw DatabaseError(.damaged, "a company in the store has no identity")
        }
        var line = PortfolioLine(
            identity,
            name: try row.text(3),
            reference: try row.text(4),
            limit: try row.moneyIfAny(5),
            exposure: try row.moneyIfAny(7)
        )
        line.traits = try Self.traits(row, 9)
        return line
    }

    /// What kind of company it is, out of four columns; nil for what is empty.
    static func traits(_ row: DatabaseRow, _ first: Int) throws(DatabaseError) -> CompanyTraits {
        var traits = CompanyTraits()
        let (sector, legalForm) = (try row.text(first), try row.text(first + 1))
        let (foundedOn, tags) = (try row.text(first + 2), try row.text(first + 3))
        traits.sector = sector.isEmpty ? nil : sector
        traits.legalForm = legalForm.isEmpty ? nil : legalForm
        traits.foundedOn = foundedOn.isEmpty ? nil : foundedOn
        traits.tags = tags.isEmpty ? nil : tags.split(separator: " ").map { String($0) }
        return traits
    }

    /// A text, which is empty where the column is not what it should be.
    private static func text(_ row: DatabaseRow, _ column: Int) throws(IdentityError) -> String {
        do throws(DatabaseError) { return try row.text(column) } catch { return "" }
    }
}

extension DatabaseRow {
    /// An amount: its units in a column, its currency in the next; nil where there is none.
    func moneyIfAny(_ column: Int) throws(DatabaseError) -> Money? {
        guard let units = try integerIfAny(column) else { return nil }
        guard let currency = Currency(try text(column + 1)) else {
            throw DatabaseError(.damaged, "an amount in the store has no currency")
        }
        return Money(minorUnits: Int64(units), currency: currency)
    }
}
