// SPDX-License-Identifier: Apache-2.0

// Sums of a book: for each account, and within accounts of customers, suppliers and banks for each
// third party, since the sides of a balance sheet are taken apart before they are summed.

/// What an account, or one third party within it, comes to. Amounts are in cents.
package struct AccountTotals: Sendable, Hashable {
    /// All debits.
    package var debit: Int64 = 0
    /// All credits.
    package var credit: Int64 = 0
    /// What it opened with, debit less credit.
    package var opening: Int64 = 0

    /// Nothing yet.
    package init() {}

    /// Debit less credit.
    package var balance: Int64 { debit - credit }
}

/// One account, or one third party within it.
package struct BookAccount: Sendable, Hashable {
    /// The account's number.
    package var number: String
    /// The customer or supplier; empty for an account without.
    package var party: String
    /// What it comes to.
    package var totals: AccountTotals
}

/// The accounts of a book while it is read.
struct AccountBook: Sendable {
    private var accounts = ByteTable()
    private var parties = ByteTable()
    private var places: [UInt64: Int32] = [:]
    private var keys: [(account: Int32, party: Int32)] = []
    private var totals: [AccountTotals] = []
    /// The pair of the line before: entries come in runs of one customer.
    private var last: (key: UInt64, place: Int32) = (.max, -1)

    /// Adds a line. Returns the number of its account and third party.
    mutating func add(_ line: JournalLine, isOpening: Bool) -> Int32 {
        let account = accounts.number(of: line.account)
        let hasParty = line.account.first == 0x34 && line.account[1] <= 0x31
        let party =
            hasParty ? parties.number(of: line.thirdParty) : -1
        let place = place(account, party)
        totals[Int(place)].debit += line.debit
        totals[Int(place)].credit += line.credit
        if isOpening { totals[Int(place)].opening += line.amount }
        return place
    }

    private mutating func place(_ account: Int32, _ party: Int32) -> Int32 {
        let key =
            UInt64(UInt32(bitPattern: account)) << 32 | UInt64(UInt32(bitPattern: party))
        if last.key == key { return last.place }
        if let known = places[key] {
            last = (key, known)
            return known
        }
        let place = Int32(truncatingIfNeeded: totals.count)
        places[key] = place
        keys.append((account, party))
        totals.append(AccountTotals())
        last = (key, place)
        return place
    }

    /// All accounts, in the order of their numbers.
    var all: [BookAccount] {
        keys.indices.map { place in
            let (account, party) = keys[place]
            return BookAccount(
                number: text(accounts, account),
                party: party < 0 ? "" : text(parties, party),
                totals: totals[place]
            )
        }
        .sorted { ($0.number, $0.party) < ($1.number, $1.party) }
    }

    private func text(_ table: ByteTable, _ number: Int32) -> String {
        WesternText.decoded(table.bytes(at: Int(number)))
    }
}
