// SPDX-License-Identifier: Apache-2.0

// Runs of letters, and the letters.

package import Databases
package import Quantities

/// A letter as it is kept.
package struct KeptLetter: Sendable, Equatable {
    /// The run; 0 for one that is not kept yet.
    package var run = 0
    /// The customer.
    package var slot: Int
    /// What it has in common with no other letter of its portfolio.
    package var key: String
    /// Its level, from 1.
    package var level: Int
    /// How it reaches the customer.
    package var channel: String
    /// The currency of its total.
    package var currency: String
    /// What it asks for, in cents.
    package var totalCents: Int
    /// Its subject; empty where nothing is written.
    package var subject: String
    /// Its text; empty where nothing is written.
    package var body: String

    /// Makes a letter.
    package init(
        slot: Int,
        key: String,
        level: Int,
        channel: String,
        currency: String,
        totalCents: Int,
        subject: String,
        body: String
    ) {
        (self.slot, self.key, self.level, self.channel) = (slot, key, level, channel)
        (self.currency, self.totalCents) = (currency, totalCents)
        (self.subject, self.body) = (subject, body)
    }
}

/// A run of letters.
package struct DunningRun: Sendable, Equatable {
    /// Its number; a later one has a higher one.
    package let number: Int
    /// The day as of which it is.
    package let day: CalendarDate
    /// The number of the portfolio's scenarios; 0 for those of the product.
    package let scenarios: Int
    /// When it was done, in microseconds since 1970 in UTC.
    package let doneAtMicroseconds: Int
    /// Who did it.
    package let doneBy: String
    /// How many letters it has.
    package let letterCount: Int
}

extension DatabaseConnection {
    /// Keeps a run and its letters, in a transaction of the caller's that holds the portfolio.
    /// Letters that an earlier run wrote are left out.
    ///
    /// - Returns: The run's number, and the slots of those who get a letter by it; nil where no
    ///   letter is new, and then nothing is kept.
    package func keepDunningRun(
        of portfolio: Int,
        asOf day: CalendarDate,
        scenarios: Int,
        by identity: String,
        nowMicroseconds: Int,
        _ letters: [KeptLetter]
    ) throws(DatabaseError) -> (number: Int, slots: [Int])? {
        var new: [KeptLetter] = []
        for letter in letters {
            let isThere = try first(
                "select 1 from dunning_letter where portfolio = $1 and key = $2",
                [.integer(portfolio), .text(letter.key)]
            ) { (_) throws(DatabaseError) in true }
            if isThere == nil { new.append(letter) }
        }
        guard !new.isEmpty else { return nil }
        let number = try takeNumbers(1, of: .dunningRun)
        _ = try execute(
            """
            insert into dunning_run (number, portfolio, as_of_day, scenarios, done_at, done_by)
            values ($1, $2, $3, $4, $5, $6)
            """,
            [
                .integer(number), .integer(portfolio), .integer(Int(day.dayNumber)),
                .integer(scenarios), .integer(nowMicroseconds), .text(identity),
            ]
        )
        _ = try load(
            into: "dunning_letter",
            columns: [
                "run", "slot", "portfolio", "key", "level", "channel", "currency", "total",
                "subject", "body",
            ]
        ) { writer throws(DatabaseError) in
            for letter in new {
                try writer.write(number)
                try writer.write(letter.slot)
                try writer.write(portfolio)
                try writer.write(letter.key)
                try writer.write(letter.level)
                try writer.write(letter.channel)
                try writer.write(letter.currency)
                try writer.write(letter.totalCents)
                try writer.write(letter.subject)
                try writer.write(letter.body)
                try writer.endRow()
            }
        }
        return (number, new.map(\.slot))
    }

    /// The last runs of a portfolio, the newest first.
    package func dunningRuns(of portfolio: Int, limit: Int) throws(DatabaseError) -> [DunningRun] {
        try all(
            """
            select r.number, r.as_of_day, r.scenarios, r.done_at, r.done_by,
                (select count(*) from dunning_letter l where l.run = r.number)
            from dunning_run r where r.portfolio = $1 order by r.number desc limit $2
            """,
            [.integer(portfolio), .integer(limit)]
        ) { row throws(DatabaseError) in
            guard let day = CalendarDate(dayNumber: try row.integer(1)) else {
                throw DatabaseError(.damaged, "a run of letters has no day")
            }
            return DunningRun(
                number: try row.integer(0),
                day: day,
                scenarios: try row.integer(2),
                doneAtMicroseconds: try row.integer(3),
                doneBy: try row.text(4),
                letterCount: try row.integer(5)
            )
        }
    }

    /// Letters of a run behind a slot, in the order of their slots.
    package func letters(
        ofRun run: Int,
        in portfolio: Int,
        after slot: Int = 0,
        limit: Int
    ) throws(DatabaseError) -> [KeptLetter] {
        try letters(
            "run = $1 and portfolio = $2 and slot > $3 order by slot limit $4",
            [.integer(run), .integer(portfolio), .integer(slot), .integer(limit)]
        )
    }

    /// The last letters to a customer, the newest first.
    package func letters(
        to slot: Int,
        in portfolio: Int,
        limit: Int
    ) throws(DatabaseError) -> [KeptLetter] {
        try letters(
            "slot = $1 and portfolio = $2 order by run desc limit $3",
            [.integer(slot), .integer(portfolio), .integer(limit)]
        )
    }

    private func letters(
        _ condition: String,
        _ values: [DatabaseValue]
    ) throws(DatabaseError) -> [KeptLetter] {
        try all(
            """
            select run, slot, key, level, channel, currency, total, subject, body
            from dunning_letter where \(condition)
            """,
            values
        ) { row throws(DatabaseError) in
            var letter = KeptLetter(
                slot: try row.integer(1),
                key: try row.text(2),
                level: try row.integer(3),
                channel: try row.text(4),
                currency: try row.text(5),
                totalCents: try row.integer(6),
                subject: try row.text(7),
                body: try row.text(8)
            )
            letter.run = try row.integer(0)
            return letter
        }
    }
}
