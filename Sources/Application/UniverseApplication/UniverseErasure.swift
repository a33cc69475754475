// SPDX-License-Identifier: Apache-2.0

// Companies that go from universes: the number of each is taken out of the one block of numbers in
// which it stands, so that nothing leads from it to its columns any more. The place stays nobody's.
//
// Cost: a block of numbers read and written, 1 ms, in each universe that has the company.

package import Databases
package import PortfolioStore
package import Quantities
internal import ScoreHistory
internal import UniverseBlocks
internal import UniverseStore
internal import VigieLimits

/// Makes places of universes nobody's, in transactions of the caller's. For one thread at a time.
package final class UniverseErasure {
    private let chains = BlockChains()
    private let encoder = FrameEncoder()

    /// Nothing is done yet.
    package init() {}

    /// Takes a company out of all universes.
    ///
    /// - Returns: Where it was, to be added to the list of erasures before the transaction is
    ///   committed.
    package func erase(
        _ company: SIREN,
        for reason: ErasureReason,
        on day: CalendarDate,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> [Erasure] {
        var erasures: [Erasure] = []
        for universe in try connection.universes() {
            guard let place = try forget(company, in: universe, connection) else { continue }
            // A clock that was set back does not make it look as if the universe came later.
            let made = universe.madeOn
            erasures.append(
                Erasure(slot: place, of: universe.number, day: max(day, made), reason: reason)
            )
        }
        return erasures
    }

    /// Takes out again who was taken out since a backup that was restored, before anything else
    /// uses the store. A place that the backup does not know becomes nobody's, so that it is not
    /// given to another company, and the next list could not take that one out. What a list says
    /// of a universe that came after the erasure is of another one, and passed over.
    ///
    /// - Returns: How many of them the backup had brought back.
    package func replay(
        _ list: ErasureList,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Int {
        var count = 0
        let erasures = list.erasures.filter { $0.universe != nil }
        for (number, places) in Dictionary(grouping: erasures, by: { $0.universe ?? 0 }) {
            guard let universe = try connection.heldUniverse(number) else {
                try connection.passNumbers(upTo: number)
                continue
            }
            let slots = places.filter { $0.day >= universe.madeOn }.map(\.slot)
            guard let last = slots.max() else { continue }
            try fillUp(universe, to: last + 1, connection)
            let byBlock = Dictionary(grouping: Set(slots)) { $0 / HistoryLimits.blockSlots }
            for (place, slots) in byBlock {
                count += try empty(
                    slots.map { $0 % HistoryLimits.blockSlots },
                    of: universe.block(place),
                    universe,
                    connection
                )
            }
        }
        return count
    }

    /// Takes a company out of a universe.
    ///
    /// - Returns: Its place, from 0; nil for a company that is not there.
    func forget(
        _ company: SIREN,
        in universe: UniverseRecord,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Int? {
        guard let universe = try connection.heldUniverse(universe.number),
            let place = try chains.place(of: company, in: universe, connection)
        else { return nil }
        _ = try empty([place.slot], of: place.block, universe, connection)
        return (place.block - universe.block(0)) * HistoryLimits.blockSlots + place.slot
    }

    /// - Returns: How many of the slots had a company.
    private func empty(
        _ slots: [Int],
        of block: Int,
        _ universe: UniverseRecord,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Int {
        guard var keys = try chains.keys(connection, block) else {
            throw DatabaseError(.damaged, "block \(block) of a universe has no companies")
        }
        var count = 0
        keys.withMutableColumns { columns in
            let numbers = columns[0].assumingMemoryBound(to: UInt32.self)
            for slot in slots where numbers.indices.contains(slot) && numbers[slot] != 0 {
                numbers[slot] = 0
                count += 1
            }
        }
        if count > 0 { try keep(keys, of: block, universe, connection) }
        return count
    }

    /// Gives places to nobody until there are so many.
    private func fillUp(
        _ universe: UniverseRecord,
        to count: Int,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        guard count > universe.slotCount, let layout = InputLayout.keys else { return }
        let size = HistoryLimits.blockSlots
        for place in universe.slotCount / size...(count - 1) / size {
            let block = universe.block(place)
            let keys =
                try chains.keys(connection, block) ?? ColumnBlock(layout, slotCount: 0)
            let grown = keys.grown(to: min(count - place * size, size))
            try keep(grown, of: block, universe, connection)
        }
        try connection.keepSlotCount(count, of: universe)
    }

    private func keep(
        _ keys: ColumnBlock,
        of block: Int,
        _ universe: UniverseRecord,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        let run = HistoryRun(
            number: UInt32(clamping: universe.load),
            day: .first,
            kind: .arrival,
            model: "inputs"
        )
        let content = try BlockChains.telling("block \(block)") { () throws(FrameProblem) in
            try encoder.keyFrame(of: keys, number: BlockChains.number(block), run: run)
        }
        try connection.keepKeys(content, in: keys.keyRange, ofBlock: block)
    }
}

extension UniverseRecord {
    /// The day on which it was made, in UTC.
    fileprivate var madeOn: CalendarDate {
        CalendarDate(secondsSince1970: Int64(createdAtMicroseconds / 1_000_000))
    }
}
