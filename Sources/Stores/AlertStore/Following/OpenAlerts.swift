// SPDX-License-Identifier: Apache-2.0

// The open alerts of the companies of a block.

internal import Alerts
internal import Databases

/// The place of a company and of a rule.
struct RowAndRule: Hashable {
    let row: Int
    let rule: Int
}

/// An alert that is open.
struct OpenAlert {
    let number: Int
    var handling: AlertHandling?
}

extension DatabaseConnection {
    /// The open alerts of companies, which are in the order of their slots, that rules raised.
    func openAlerts(
        of portfolio: Int,
        _ members: [BlockMember],
        _ rules: [StoredRule]
    ) throws(DatabaseError) -> [RowAndRule: OpenAlert] {
        guard let first = members.first, let last = members.last else { return [:] }
        let places = Dictionary(
            rules.enumerated().map { ($1.number, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var found: [RowAndRule: OpenAlert] = [:]
        var row = 0
        try query(
            """
            select number, slot, rule, handling from alert
            where portfolio = $1 and slot >= $2 and slot <= $3 and cleared_day is null
            order by slot
            """,
            [.integer(portfolio), .integer(first.slot), .integer(last.slot)]
        ) { alert throws(DatabaseError) in
            let slot = try alert.integer(1)
            while row < members.count, members[row].slot < slot { row += 1 }
            guard row < members.count else { return false }
            guard members[row].slot == slot, let rule = places[try alert.integer(2)] else {
                return true
            }
            let handling = try alert.textIfAny(3)
            found[RowAndRule(row: row, rule: rule)] = OpenAlert(
                number: try alert.integer(0),
                handling: try handling.map { (text) throws(DatabaseError) in
                    try AlertHandling.kept(text)
                }
            )
            return true
        }
        return found
    }
}
