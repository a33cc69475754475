// SPDX-License-Identifier: Apache-2.0

// What the number of an account says of a line, told once for each account.

/// What an account is.
struct AccountTraits: OptionSet {
    let rawValue: UInt16

    /// Of customers, with invoices; not advances, deposits and what is still to be invoiced.
    static let customers = AccountTraits(rawValue: 1)
    /// Of suppliers, with invoices.
    static let suppliers = AccountTraits(rawValue: 2)
    /// Of doubtful customers.
    static let doubtful = AccountTraits(rawValue: 4)
    /// Whose balance is taken apart by customer or supplier (40, 41).
    static let collective = AccountTraits(rawValue: 8)
    /// Money.
    static let cash = AccountTraits(rawValue: 16)
    /// Income.
    static let revenue = AccountTraits(rawValue: 32)
    /// Charges, and what is bought and not consumed.
    static let cost = AccountTraits(rawValue: 64)
    /// Debts of customers that are given up.
    static let writeOff = AccountTraits(rawValue: 128)
    /// Value added tax charged to customers.
    static let taxCharged = AccountTraits(rawValue: 256)
    /// Value added tax that may be deducted.
    static let taxDeductible = AccountTraits(rawValue: 512)
    /// The settlement of value added tax with the state.
    static let taxSettled = AccountTraits(rawValue: 1_024)
    /// The result of a year.
    static let result = AccountTraits(rawValue: 2_048)

    /// Charges.
    static let charges = AccountTraits(rawValue: 4_096)
    /// The balance sheet that a year is closed with (891).
    static let closingBalance = AccountTraits(rawValue: 8_192)
    /// Capital, which only opening and closing entries empty or fill with all the rest.
    static let capital = AccountTraits(rawValue: 16_384)

    /// The traits of an account.
    init(account: UnsafeRawBufferPointer) {
        let begins = { (prefix: StaticString) in
            account.count >= prefix.utf8CodeUnitCount
                && account.starts(
                    with: UnsafeRawBufferPointer(
                        start: prefix.utf8Start,
                        count: prefix.utf8CodeUnitCount
                    )
                )
        }
        var traits: AccountTraits = []
        if begins("41") || begins("40") {
            traits.insert(.collective)
            if begins("41"), !begins("418"), !begins("419") { traits.insert(.customers) }
            if begins("40"), !begins("408"), !begins("409") { traits.insert(.suppliers) }
            if begins("416") { traits.insert(.doubtful) }
        }
        if begins("5") { traits.insert(.cash) }
        if begins("7") { traits.insert(.revenue) }
        if begins("6") || begins("2") || begins("3") { traits.insert(.cost) }
        if begins("654") || begins("6714") { traits.insert(.writeOff) }
        if begins("4457") { traits.insert(.taxCharged) }
        if begins("4456"), !begins("44567") { traits.insert(.taxDeductible) }
        if begins("4455") || begins("44567") { traits.insert(.taxSettled) }
        if begins("12") { traits.insert(.result) }
        if begins("6") { traits.insert(.charges) }
        if begins("10") { traits.insert(.capital) }
        if begins("891") { traits.insert(.closingBalance) }
        self = traits
    }

    init(rawValue: UInt16) { self.rawValue = rawValue }
}
