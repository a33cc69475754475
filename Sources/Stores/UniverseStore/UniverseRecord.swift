// SPDX-License-Identifier: Apache-2.0

// Universes by name, with their columns and texts.

package import Databases
internal import PortfolioStore
package import UniverseBlocks
internal import VigieLimits

/// A universe.
package struct UniverseRecord: Sendable, Equatable {
    /// Its number, from 1.
    package let number: Int
    /// Its name.
    package let name: String
    /// When it was made, in microseconds since 1970 in UTC.
    package let createdAtMicroseconds: Int
    /// The load whose inputs it has; 0 before the first.
    package let load: Int
    /// Slots that were given.
    package let slotCount: Int
    /// Companies of the last load.
    package let companyCount: Int

    /// Its blocks.
    package var blockCount: Int {
        (slotCount + HistoryLimits.blockSlots - 1) / HistoryLimits.blockSlots
    }

    /// The number of the block at a place.
    package func block(_ place: Int) -> Int { number << 16 | place }

    /// The place of a block in its universe.
    package static func place(ofBlock block: Int) -> Int { block & 0xFFFF }

    /// The numbers of all of its blocks, those that come among them.
    package var blocks: Range<Int> { number << 16..<(number + 1) << 16 }
}

extension DatabaseConnection {
    /// Makes a universe without companies.
    package func addUniverse(
        named name: String,
        by identity: String,
        nowMicroseconds: Int
    ) throws(DatabaseError) -> Int {
        let number = try takeNumbers(1, of: .universe)
        _ = try execute(
            """
            insert into universe (number, name, created_at, created_by, load_number, slot_count,
                company_count)
            values ($1, $2, $3, $4, 0, 0, 0)
            """,
            [.integer(number), .text(name), .integer(nowMicroseconds), .text(identity)]
        )
        return number
    }

    /// A universe; nil when there is none of that name.
    package func universe(named name: String) throws(DatabaseError) -> UniverseRecord? {
        try universes("where name = $1", [.text(name)]).first
    }

    /// A universe by its number.
    package func universe(_ number: Int) throws(DatabaseError) -> UniverseRecord? {
        try universes("where number = $1", [.integer(number)]).first
    }

    /// A universe, held until the end of the transaction, so that nobody else changes which of its
    /// places are whose.
    package func heldUniverse(_ number: Int) throws(DatabaseError) -> UniverseRecord? {
        let lock = dialect == .postgresql ? " for update" : ""
        return try universes("where number = $1\(lock)", [.integer(number)]).first
    }

    /// Says how many slots of a universe were given.
    package func keepSlotCount(
        _ count: Int,
        of universe: UniverseRecord
    ) throws(DatabaseError) {
        _ = try execute(
            "update universe set slot_count = $2 where number = $1",
            [.integer(universe.number), .integer(count)]
        )
    }

    /// Sees to it that no universe is given a number up to this one any more.
    package func passNumbers(upTo number: Int) throws(DatabaseError) {
        _ = try execute(
            "update counter set value = $2 where name = $1 and value < $2",
            [.text(StoreCounter.universe.rawValue), .integer(number)]
        )
    }

    /// All universes, by name.
    package func universes() throws(DatabaseError) -> [UniverseRecord] {
        try universes("order by name limit $1", [.integer(UniverseLimits.universes)])
    }

    private func universes(
        _ condition: String,
        _ values: [DatabaseValue]
    ) throws(DatabaseError) -> [UniverseRecord] {
        try all(
            """
            select number, name, created_at, load_number, slot_count, company_count from universe
            \(condition)
            """,
            values
        ) { row throws(DatabaseError) in
            UniverseRecord(
                number: try row.integer(0),
                name: try row.text(1),
                createdAtMicroseconds: try row.integer(2),
                load: try row.integer(3),
                slotCount: try row.integer(4),
                companyCount: try row.integer(5)
            )
        }
    }

    /// The columns of a universe.
    package func columns(ofUniverse number: Int) throws(DatabaseError) -> [UniverseColumn] {
        try all(
            "select name, kind from universe_column where universe = $1 order by place limit $2",
            [.integer(number), .integer(UniverseLimits.inputs)]
        ) { row throws(DatabaseError) in
            guard let kind = UniverseColumn.Kind(rawValue: try row.text(1)) else {
                throw DatabaseError(.damaged, "a column of a universe is of no known kind")
            }
            return UniverseColumn(try row.text(0), kind)
        }
    }

    /// Adds columns behind those that there are.
    package func addColumns(
        _ columns: ArraySlice<UniverseColumn>,
        toUniverse number: Int
    ) throws(DatabaseError) {
        for (place, column) in zip(columns.indices, columns) {
            _ = try execute(
                """
                insert into universe_column (universe, place, name, kind)
                values ($1, $2, $3, $4)
                """,
                [
                    .integer(number), .integer(place), .text(column.name),
                    .text(column.kind.rawValue),
                ]
            )
        }
    }

    /// The texts of each column, in the order of their codes.
    package func texts(
        ofUniverse number: Int,
        columnCount: Int
    ) throws(DatabaseError) -> [[[UInt8]]] {
        var texts = [[[UInt8]]](repeating: [], count: columnCount)
        var byteCount = 0
        try query(
            """
            select place, code, content from universe_text where universe = $1 order by place, code
            """,
            [.integer(number)]
        ) { row throws(DatabaseError) in
            let (place, code) = (try row.integer(0), try row.integer(1))
            guard texts.indices.contains(place), code == texts[place].count + 1,
                code <= UniverseLimits.texts
            else { throw DatabaseError(.damaged, "the texts of a column of a universe have gaps") }
            let text = try row.bytes(2)
            byteCount += text.count
            guard byteCount <= UniverseLimits.allTextsBytes else {
                throw DatabaseError(.damaged, "a universe has more texts than allTextsBytes")
            }
            texts[place].append(text)
            return true
        }
        return texts
    }

    /// Adds texts of a column behind those that there are.
    package func addTexts(
        _ texts: ArraySlice<[UInt8]>,
        toColumn place: Int,
        ofUniverse number: Int
    ) throws(DatabaseError) {
        guard !texts.isEmpty else { return }
        _ = try load(into: "universe_text", columns: ["universe", "place", "code", "content"]) {
            writer throws(DatabaseError) in
            for (index, text) in zip(texts.indices, texts) {
                try writer.write(number)
                try writer.write(place)
                try writer.write(index + 1)
                try writer.write(bytes: text)
                try writer.endRow()
            }
        }
    }
}
