// SPDX-License-Identifier: Apache-2.0

// Sums of a book: for each account, and within accounts of customers, suppliers and banks for each
// third party, since the sides of a balance sheet are taken apart before they are summed.

internal import CPrefetch

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

    /// Adds a line.
    mutating func add(_ line: JournalLine, isOpening: Bool) {
        debit += line.debit
        credit += line.credit
        if isOpening { opening += line.amount }
    }

    /// Takes amounts back.
    mutating func remove(_ line: BookedLine, isOpening: Bool) {
        debit -= line.debit
        credit -= line.credit
        if isOpening { opening -= line.debit - line.credit }
    }

    /// Debit less credit.
    package var balance: Int64 { debit - credit }
}

/// A line of an entry, by the place of its account.
struct BookedLine {
    var place: Int32
    var debit: Int64
    var credit: Int64
    /// Whether the account is one of charges or income.
    var isOfYear: Bool
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
    private struct Account {
        var traits: AccountTraits
        /// The place of its totals; -1 for one that has them for each third party.
        var place: Int32
    }

    private var numbers = ByteTable()
    /// Third parties, each under the number of its account.
    private var parties = ByteTable()
    private var partyPlaces: [Int32] = []
    private var accounts: [Account] = []
    private var keys: [(account: Int32, party: Int32)] = []
    private var totals: [AccountTotals] = []

    /// What is known of a line before those before it are added.
    struct Foreseen {
        /// The number of its account; negative for one that was not seen before.
        fileprivate var account: Int32 = -1
        /// The place of its account and third party; negative for one that was not seen before.
        fileprivate(set) var place: Int32 = -1
    }

    /// Looks the account of a line up, and asks memory for where its third party is looked for.
    func foresee(_ line: JournalLine) -> Foreseen {
        var foreseen = Foreseen(account: numbers.known(line.account))
        guard foreseen.account >= 0 else { return foreseen }
        foreseen.place = accounts[Int(foreseen.account)].place
        if foreseen.place < 0 { parties.foresee(line.thirdParty, under: foreseen.account) }
        return foreseen
    }

    /// Looks the third party of a line up, and asks memory for its sums. Returns whether the line
    /// is one of a third party.
    func foreseeParty(of line: JournalLine, _ foreseen: inout Foreseen) -> Bool {
        guard foreseen.account >= 0, foreseen.place < 0 else { return false }
        let number = parties.known(line.thirdParty, under: foreseen.account)
        guard number >= 0 else { return false }
        foreseen.place = partyPlaces[Int(number)]
        let start = Int(foreseen.place) &* MemoryLayout<AccountTotals>.stride
        totals.withUnsafeBytes { vigie_prefetch($0.baseAddress, start) }
        return true
    }

    /// Adds a line. Returns the place of its account and third party, and what the account is.
    mutating func add(
        _ line: JournalLine,
        _ foreseen: Foreseen,
        isOpening: Bool
    ) -> (Int32, AccountTraits) {
        let number = foreseen.account >= 0 ? foreseen.account : numbers.number(of: line.account)
        if Int(number) == accounts.count { addAccount(line.account, number) }
        let account = accounts[Int(number)]
        var place = account.place >= 0 ? account.place : foreseen.place
        if place < 0 { place = self.place(of: line.thirdParty, number) }
        totals[Int(place)].add(line, isOpening: isOpening)
        return (place, account.traits)
    }

    /// Takes the lines of an entry back.
    mutating func remove(_ lines: [BookedLine], isOpening: Bool) {
        for line in lines { totals[Int(line.place)].remove(line, isOpening: isOpening) }
    }

    /// Whether lines have left nothing on the accounts that they are on.
    ///
    /// - Parameter ofYearOnly: Whether only accounts of charges and income are looked at.
    func areEmpty(_ lines: [BookedLine], ofYearOnly: Bool = false) -> Bool {
        lines.allSatisfy { (ofYearOnly && !$0.isOfYear) || totals[Int($0.place)].balance == 0 }
    }

    private mutating func addAccount(_ bytes: UnsafeRawBufferPointer, _ number: Int32) {
        let traits = AccountTraits(account: bytes)
        let place = traits.contains(.collective) ? -1 : addTotals(number, -1)
        accounts.append(Account(traits: traits, place: place))
    }

    private mutating func addTotals(_ account: Int32, _ party: Int32) -> Int32 {
        keys.append((account, party))
        totals.append(AccountTotals())
        return Int32(truncatingIfNeeded: totals.count - 1)
    }

    private mutating func place(of party: UnsafeRawBufferPointer, _ account: Int32) -> Int32 {
        let number = parties.number(of: party, under: account)
        if Int(number) == partyPlaces.count { partyPlaces.append(addTotals(account, number)) }
        return partyPlaces[Int(number)]
    }

    /// All accounts, in the order of their numbers.
    var all: [BookAccount] {
        keys.indices.map { place in
            let (account, party) = keys[place]
            return BookAccount(
                number: numbers.text(at: account),
                party: party < 0 ? "" : parties.text(at: party),
                totals: totals[place]
            )
        }
        .sorted { ($0.number, $0.party) < ($1.number, $1.party) }
    }
}
