// SPDX-License-Identifier: Apache-2.0

// Of daily ledgers the one that counts on a day, against all of them looked at by hand.

import Databases
import PortfolioStore
import Quantities
import TestDatabases
import Testing

@Suite struct DailyLedgerTests {
    /// Daily ledgers are read once for each company, and not once for each day.
    @Test(arguments: TestDatabase.all)
    func ofDailyLedgersOneCounts(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let connection = try filledStore(database, companies: 5)
        let first = try #require(CalendarDate("2025-01-01"))
        let days = try (0..<12).map { try #require(first.adding(days: 3 * $0)) }
        var facts = [try fact(2, .statement, "s"), try fact(4, .event, "2026-05-05", "e")]
        for (number, day) in days.enumerated() where number != 5 {
            facts += try [1, 2].map { try fact($0, .ledger, "\(day)", "ledger \(number)") }
            facts.append(try fact(2, .account, "\(day)", "account \(number)"))
        }
        try bring(facts, connection)
        try bring([try fact(2, .account, "\(days[8])", "later")], at: 9, connection)
        try bring([try fact(1, .ledger, "\(days[3])", "instead")], .replace, at: 9, connection)
        func read(_ view: FactView) throws -> [String] {
            var found: [KnownFact] = []
            try connection.forEachFact(inSlots: 1..<6, view) { found.append($0) }
            return contents(found)
        }
        for moment in [4, 5, 9] {
            for offset in -1...35 {
                let day = try #require(first.adding(days: offset))
                for last in [day, CalendarDate.last] {
                    var view = FactView(knownAtMicroseconds: moment, day: last)
                    let all = try read(view)
                    view.countedOn = day
                    let counted = try read(view)
                    // By hand: the first day that reaches it, or else the last there is.
                    let seen = days.enumerated().filter { number, when in
                        number != 5 && when <= last && moment >= 5
                    }
                    let best = seen.first { $0.element >= day } ?? seen.last
                    let wanted = all.filter { content in
                        guard content != "s", content != "e" else { return true }
                        guard let best else { return false }
                        return content.hasSuffix(" \(best.offset)")
                            || content == "later" && best.offset == 8
                            || content == "instead" && best.offset == 3
                    }
                    #expect(counted == wanted, "\(moment) \(day) \(last)")
                }
            }
        }
    }
}
