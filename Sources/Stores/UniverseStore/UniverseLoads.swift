// SPDX-License-Identifier: Apache-2.0

// Loads of a universe's inputs. One at a time has a universe: it writes frames that nobody sees,
// and is seen when all are there. One that was not ended, since its server was killed, is over when
// its time is, and what it wrote goes with the next one.

package import Databases
internal import PortfolioStore
package import Quantities
internal import VigieLimits

/// Parts of a block's inputs. The numbers stand in the store.
package enum InputPart: Int, Sendable, CaseIterable {
    /// Whether companies are there, and their inputs.
    case inputs = 0
    /// What they owe.
    case exposures = 1
}

/// What a load did.
package struct LoadCounts: Sendable, Equatable {
    /// Companies that were named.
    package var rows = 0
    /// Those that were not there before.
    package var added = 0
    /// Companies that are not there any more.
    package var left = 0
    /// Those with other inputs, those that came or left among them.
    package var changed = 0
    /// Companies that are there now.
    package var companies = 0

    /// Nothing so far.
    package init() {}
}

/// A frame of inputs on its way into the store.
package struct InputFrame: Sendable {
    package let block: Int
    package let part: InputPart
    package let isKey: Bool
    package let content: [UInt8]

    /// Makes one.
    package init(block: Int, part: InputPart, isKey: Bool, content: [UInt8]) {
        (self.block, self.part) = (block, part)
        (self.isKey, self.content) = (isKey, content)
    }
}

extension DatabaseConnection {
    /// Begins a load.
    ///
    /// - Returns: Its number; nil while another load has the universe.
    package func beginLoad(
        of universe: UniverseRecord,
        asOf day: CalendarDate,
        isWhole: Bool,
        by identity: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Int? {
        let number = try takeNumbers(1, of: .universeLoad)
        let busy = try first(
            """
            select 1 from universe_load
            where universe = $1 and state = 'open' and lease_until > $2
            """,
            [.integer(universe.number), .integer(nowMicroseconds)]
        ) { _ in true }
        if busy != nil { return nil }
        _ = try execute(
            "update universe_load set state = 'failed' where universe = $1 and state = 'open'",
            [.integer(universe.number)]
        )
        _ = try execute(
            """
            delete from universe_input where block >= $1 and block < $2 and load_number > $3
            """,
            [
                .integer(universe.blocks.lowerBound), .integer(universe.blocks.upperBound),
                .integer(universe.load),
            ]
        )
        _ = try execute(
            """
            insert into universe_load (number, universe, as_of_day, is_whole, state, lease_until,
                loaded_by, began_at, row_count, added_count, left_count, changed_count)
            values ($1, $2, $3, $4, 'open', $5, $6, $7, 0, 0, 0, 0)
            """,
            [
                .integer(number), .integer(universe.number), .integer(Int(day.dayNumber)),
                .integer(isWhole ? 1 : 0),
                .integer(nowMicroseconds + UniverseLimits.loadMicroseconds), .text(identity),
                .integer(nowMicroseconds),
            ]
        )
        return number
    }

    /// Keeps a universe for a load for longer.
    ///
    /// - Returns: False when it is another's by now.
    package func keepLoad(_ number: Int, nowMicroseconds: Int) throws(DatabaseError) -> Bool {
        try execute(
            "update universe_load set lease_until = $2 where number = $1 and state = 'open'",
            [.integer(number), .integer(nowMicroseconds + UniverseLimits.loadMicroseconds)]
        ) == 1
    }

    /// Ends a load of which nothing is to be seen.
    package func failLoad(_ number: Int) throws(DatabaseError) {
        let failed = try execute(
            "update universe_load set state = 'failed' where number = $1 and state = 'open'",
            [.integer(number)]
        )
        guard failed == 1 else { return }
        _ = try execute(
            "delete from universe_input where load_number = $1",
            [.integer(number)]
        )
    }

    /// Writes frames of a load.
    package func keepInputs(_ frames: [InputFrame], of load: Int) throws(DatabaseError) {
        for frame in frames {
            _ = try execute(
                """
                insert into universe_input (block, part, load_number, is_key, content)
                values ($1, $2, $3, $4, $5)
                """,
                [
                    .integer(frame.block), .integer(frame.part.rawValue), .integer(load),
                    .integer(frame.isKey ? 1 : 0), .bytes(frame.content),
                ]
            )
        }
    }

    /// Lets a load be seen, in the transaction that adds its slots, columns and texts, and forgets
    /// inputs that no run needs any more.
    ///
    /// - Returns: False when the universe is another load's by now.
    package func endLoad(
        _ number: Int,
        of universe: UniverseRecord,
        slotCount: Int,
        _ counts: LoadCounts
    ) throws(DatabaseError) -> Bool {
        let ended = try execute(
            """
            update universe_load set state = 'done', row_count = $2, added_count = $3,
                left_count = $4, changed_count = $5
            where number = $1 and state = 'open'
            """,
            [
                .integer(number), .integer(counts.rows), .integer(counts.added),
                .integer(counts.left), .integer(counts.changed),
            ]
        )
        guard ended == 1 else { return false }
        _ = try execute(
            """
            update universe set load_number = $2, slot_count = $3, company_count = $4
            where number = $1
            """,
            [
                .integer(universe.number), .integer(number), .integer(slotCount),
                .integer(counts.companies),
            ]
        )
        try forgetInputs(universe)
        return true
    }

    /// Deletes frames that come before the key frame of the oldest load that a run may ask for.
    private func forgetInputs(_ universe: UniverseRecord) throws(DatabaseError) {
        let needed = try first(
            """
            select min(load_number) from universe_run where universe = $1 and number >= coalesce((
                select max(number) from universe_run where universe = $1 and state = 'done'), 0)
            """,
            [.integer(universe.number)]
        ) { row throws(DatabaseError) in try row.integerIfAny(0) }
        // Without a run, those of the load before: it may be asked for at any moment.
        let load = min((needed ?? nil) ?? universe.load, universe.load)
        _ = try execute(
            """
            delete from universe_input where block >= $1 and block < $2 and load_number < (
                select max(k.load_number) from universe_input k
                where k.block = universe_input.block and k.part = universe_input.part
                    and k.is_key = 1 and k.load_number <= $3)
            """,
            [
                .integer(universe.blocks.lowerBound), .integer(universe.blocks.upperBound),
                .integer(load),
            ]
        )
    }
}
