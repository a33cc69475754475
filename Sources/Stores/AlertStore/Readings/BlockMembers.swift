// SPDX-License-Identifier: Apache-2.0

// The companies of a portfolio that a block has, with what the user knows of them.

internal import Databases
internal import Quantities

/// A company of a portfolio in a block.
struct BlockMember {
    let slot: Int
    /// Amounts in the main unit of their currency; no number where there is none.
    let exposure: Double
    let limit: Double
    /// The day on which the portfolio got it.
    let addedDay: Int
}

extension DatabaseConnection {
    /// The companies of a portfolio among some slots, in their order.
    func blockMembers(
        of portfolio: Int,
        among slots: Range<Int>
    ) throws(DatabaseError) -> [BlockMember] {
        var units = CurrencyUnits()
        return try all(
            """
            select slot, limit_units, limit_currency, exposure_units, exposure_currency, added_at
            from portfolio_company where portfolio = $1 and slot >= $2 and slot < $3 order by slot
            """,
            [.integer(portfolio), .integer(slots.lowerBound), .integer(slots.upperBound)]
        ) { row throws(DatabaseError) in
            let exposure = try row.integerIfAny(3)
            let limit = try row.integerIfAny(1)
            let (owed, allowed) = (try row.textIfAny(4), try row.textIfAny(2))
            // Of two currencies neither is more.
            let isComparable = limit != nil && (exposure == nil || owed == allowed)
            return BlockMember(
                slot: try row.integer(0),
                exposure: units.amount(exposure, owed),
                limit: isComparable ? units.amount(limit, allowed) : .nan,
                addedDay: Int((Double(try row.integer(5)) / 86_400e6).rounded(.down))
            )
        }
    }
}

/// Amounts in main units, of one currency after the other: nearly all are of the same.
struct CurrencyUnits {
    private var code = ""
    private var unit = 100.0

    /// An amount in the main unit; no number where there is none.
    mutating func amount(_ minorUnits: Int?, _ currency: String?) -> Double {
        guard let minorUnits, let currency else { return .nan }
        if currency != code {
            code = currency
            unit = 1
            for _ in 0..<(Currency(currency)?.exponent ?? 0) { unit *= 10 }
        }
        return Double(minorUnits) / unit
    }
}
