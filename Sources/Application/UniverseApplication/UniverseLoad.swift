// SPDX-License-Identifier: Apache-2.0

// A load: rows come in any order, are given their slots and kept in a file; when all are there,
// block by block becomes a frame, which nobody sees; and one short transaction lets all be seen. A
// load that does not come to its end leaves nothing.
//
// Cost of 12 M companies with 20 inputs, expected: 2 ns a company to find its slot in the order of
// the day before, 0.1 us in any other; 20 ns for its columns, twice; frames of a block 10 ms where
// few changed and 15 ms for a key frame. So 6 s of one thread, and 128 MB for the slots.

internal import CommandFiles
internal import Databases
package import PortfolioApplication
internal import PortfolioStore
internal import Quantities
internal import ScoreHistory
package import ServiceErrors
internal import UniverseBlocks
package import UniverseStore
internal import VigieLimits

/// A load. For one thread at a time.
package final class UniverseLoad {
    private let store: ServerStore
    private let header: LoadHeader
    private let number: Int
    private let universe: UniverseRecord
    private let day: CalendarDate
    private let storedColumns: Int
    private let columnNames: [UniverseColumn]
    private let columns: LoadColumns
    private let textPlaces: [Int]
    private let spool: LoadSpool
    private var texts: KnownTexts
    private var keys: UniverseKeys
    private var seen: [UInt64]
    private var counts = LoadCounts()
    private var heardMicroseconds: Int
    private var isEnded = false

    /// Begins a load; the universe is made where there is none.
    package init(
        _ store: ServerStore,
        _ header: LoadHeader,
        by identity: String?
    ) throws(ServiceError) {
        (self.store, self.header) = (store, header)
        let begun = try LoadBeginning(store, header, by: identity)
        (number, universe, day) = (begun.number, begun.universe, begun.day)
        (columnNames, storedColumns) = (begun.columns, begun.storedColumns)
        keys = begun.keys
        texts = KnownTexts(begun.texts, columnCount: begun.columns.count)
        func places(_ names: [String]) -> [Int] {
            names.compactMap { name in begun.columns.firstIndex { $0.name == name } }
        }
        textPlaces = places(header.texts)
        let sent = places(header.numbers + header.texts + header.marks)
        guard let layout = InputLayout.layout(inputCount: begun.columns.count) else {
            throw .tooManyColumns(begun.columns.count)
        }
        columns = LoadColumns(
            begun.columns,
            sent: sent.map { InputLayout.column(ofInput: $0) },
            hasExposures: header.hasExposures,
            layout: layout
        )
        spool = try LoadSpool(columnCount: sent.count, hasExposures: header.hasExposures)
        seen = [UInt64](repeating: 0, count: (keys.keys.count + 63) / 64)
        heardMicroseconds = store.clock()
    }

    /// Gives up: nothing of the load is kept, and another may begin. Where the store does not hear
    /// it, that is so after some minutes.
    package func abandon() {
        guard !isEnded else { return }
        isEnded = true
        _ = try? store.write { connection throws(DatabaseError) in
            .success(try connection.failLoad(number))
        }
    }

    // MARK: - Rows

    /// Takes companies.
    package func add(_ rows: LoadRows) throws(ServiceError) {
        try rows.check(header)
        try keepUniverse()
        try check(rows.exposures)
        let tables = try tables(of: rows)
        // Last: companies of a message that is refused have not been named.
        let slots = try slots(of: rows)
        counts.rows += rows.rowCount
        for order in Self.byBlock(slots) {
            let block = Int(slots[Int(order[0])]) / HistoryLimits.blockSlots
            try spool.add(order.count, ofBlock: block) { target in
                write(rows, order, slots, tables, into: target)
            }
        }
    }

    private func slots(of rows: LoadRows) throws(ServiceError) -> [UInt32] {
        var slots: [UInt32] = []
        slots.reserveCapacity(rows.rowCount)
        do throws(UniverseProblem) {
            for row in 0..<rows.rowCount {
                let key = rows.keys.word(row)
                let slot = try keys.slot(adding: key)
                while seen.count * 64 <= slot { seen.append(0) }
                let bit = UInt64(1) << UInt64(slot % 64)
                guard seen[slot / 64] & bit == 0 else {
                    let siren = SIREN(checking: key).map(\.description) ?? "\(key)"
                    throw UniverseProblem(.twice, "the load names \(siren) twice")
                }
                seen[slot / 64] |= bit
                slots.append(UInt32(truncatingIfNeeded: slot))
            }
        } catch { throw ServiceError(error) }
        return slots
    }

    /// For each column of texts, and then of marks, what stands for each code of the message.
    private func tables(of rows: LoadRows) throws(ServiceError) -> [[UInt32]] {
        var tables: [[UInt32]] = []
        for (index, column) in rows.texts.enumerated() {
            var table: [UInt32] = [0]
            for text in column.dictionary {
                if index < textPlaces.count {
                    table.append(
                        try texts.code(
                            of: text,
                            inColumn: textPlaces[index],
                            named: header.texts[index]
                        )
                    )
                } else {
                    table.append(InputLayout.mark(text))
                }
            }
            tables.append(table)
        }
        return tables
    }

    private func check(_ exposures: UnsafeRawBufferPointer) throws(ServiceError) {
        for row in 0..<exposures.count / 8 {
            let cents = Int64(
                littleEndian: exposures.loadUnaligned(fromByteOffset: 8 * row, as: Int64.self)
            )
            guard (0..<HistoryLimits.exposureCents).contains(cents) else {
                throw .invalid(
                    "rows.exposures_cents",
                    "BAD_EXPOSURE",
                    "The exposure of row \(row) is \(cents) cents; it can be 0 to "
                        + "\(HistoryLimits.exposureCents - 1) (exposureCents)."
                )
            }
        }
    }

    /// Rows of one block together, in the order in which they came.
    private static func byBlock(_ slots: [UInt32]) -> [[Int32]] {
        let shift = UInt32(HistoryLimits.blockSlots.trailingZeroBitCount)
        guard let first = slots.first else { return [] }
        let rows = Int32(0)..<Int32(clamping: slots.count)
        if slots.allSatisfy({ $0 >> shift == first >> shift }) { return [Array(rows)] }
        var blocks: [UInt32: [Int32]] = [:]
        for row in rows { blocks[slots[Int(row)] >> shift, default: []].append(row) }
        return blocks.sorted { $0.key < $1.key }.map(\.value)
    }

    private func write(
        _ rows: LoadRows,
        _ order: [Int32],
        _ slots: [UInt32],
        _ tables: [[UInt32]],
        into target: UnsafeMutableRawBufferPointer
    ) {
        let (rowCount, count) = (rows.rowCount, order.count)
        for (place, row) in order.enumerated() {
            target.storeBytes(
                of: UInt16(truncatingIfNeeded: slots[Int(row)]).littleEndian,
                toByteOffset: 2 * place,
                as: UInt16.self
            )
        }
        func column(_ number: Int, _ value: (Int) -> UInt32) {
            let start = count * (2 + 4 * number)
            for (place, row) in order.enumerated() {
                target.storeBytes(
                    of: value(Int(row)).littleEndian,
                    toByteOffset: start + 4 * place,
                    as: UInt32.self
                )
            }
        }
        for number in header.numbers.indices {
            let first = number * rowCount
            column(number) {
                InputLayout.bits(Float(bitPattern: rows.numbers.word(first + $0)))
            }
        }
        for (index, table) in tables.enumerated() {
            let codes = rows.texts[index].codes
            column(header.numbers.count + index) { table[Int(codes.word($0))] }
        }
        guard header.hasExposures else { return }
        let start = count * (2 + 4 * columns.sent.count)
        for (place, row) in order.enumerated() {
            for half in 0..<2 {
                target.storeBytes(
                    of: rows.exposures.word(2 * Int(row) + half).littleEndian,
                    toByteOffset: start + 8 * place + 4 * half,
                    as: UInt32.self
                )
            }
        }
    }

    /// Keeps others from the universe for as long as something comes.
    private func keepUniverse() throws(ServiceError) {
        let now = store.clock()
        guard abs(now - heardMicroseconds) > UniverseLimits.loadMicroseconds / 8 else { return }
        heardMicroseconds = now
        let isOurs = try store.write { connection throws(DatabaseError) in
            .success(try connection.keepLoad(number, nowMicroseconds: now))
        }
        guard isOurs else { throw .loadLost }
    }

    // MARK: - The end

    /// Brings in all that came.
    ///
    /// - Parameter isWanted: Asked after each block; when it says no, nothing is kept.
    package func finish(
        isWanted: () -> Bool
    ) throws(ServiceError) -> (universe: UniverseRecord, counts: LoadCounts) {
        // A whole universe without a company is an export that failed, as a rule.
        guard counts.rows > 0 || !header.isWhole else { throw .emptyLoad(universe.name) }
        try spool.flush()
        let blockCount = (keys.keys.count + HistoryLimits.blockSlots - 1) / HistoryLimits.blockSlots
        let maker = InputFrameMaker(number, day)
        for place in 0..<blockCount {
            guard isWanted() else {
                throw ServiceError(.deadlineExceeded, "NOT_WANTED", "Nobody waits any more.")
            }
            try keepUniverse()
            try bringIn(place, maker)
        }
        let record = try show()
        isEnded = true
        return (record, counts)
    }

    private func bringIn(_ place: Int, _ maker: InputFrameMaker) throws(ServiceError) {
        let block = universe.block(place)
        let parts = place < spool.parts.count ? spool.parts[place] : []
        let known = try store.read { connection throws(DatabaseError) in
            .success(try maker.known(connection, block, asOf: universe.load))
        }
        let slotCount = min(
            keys.keys.count - place * HistoryLimits.blockSlots,
            HistoryLimits.blockSlots
        )
        var loaded = LoadedBlock(
            columns,
            slotCount: slotCount,
            on: header.isWhole ? nil : known.inputs?.block,
            exposures: header.isWhole && header.hasExposures ? nil : known.exposures?.block
        )
        for part in parts { loaded.take(try spool.bytes(of: part), rowCount: Int(part.rowCount)) }
        if !header.isWhole {
            let first = place * HistoryLimits.blockSlots
            loaded.leaveOut(keys.keys[first..<first + slotCount])
        }
        let changed = loaded.count(against: known.inputs?.block, into: &counts)
        let frames = try maker.frames(loaded, known, block, changed: changed)
        guard !frames.isEmpty else { return }
        try store.write { connection throws(DatabaseError) -> Result<Void, ServiceError> in
            guard try connection.keepLoad(number, nowMicroseconds: store.clock()) else {
                return .failure(.loadLost)
            }
            try connection.keepInputs(frames, of: number)
            return .success(())
        }
    }

    /// Lets the load be seen: its columns, texts and slots, and its frames.
    private func show() throws(ServiceError) -> UniverseRecord {
        let maker = InputFrameMaker(number, day)
        return try store.write {
            connection throws(DatabaseError) -> Result<UniverseRecord, ServiceError> in
            guard let universe = try connection.heldUniverse(universe.number) else {
                return .failure(.loadLost)
            }
            try connection.addColumns(columnNames[storedColumns...], toUniverse: universe.number)
            for (place, column) in texts.texts.enumerated() {
                let new = column[texts.storedCounts[place]...]
                try connection.addTexts(new, toColumn: place, ofUniverse: universe.number)
            }
            try keepKeys(maker, connection)
            let isOurs = try connection.endLoad(
                number,
                of: universe,
                slotCount: keys.keys.count,
                counts
            )
            guard isOurs, let record = try connection.universe(universe.number) else {
                return .failure(.loadLost)
            }
            return .success(record)
        }
    }

    /// Keeps the companies of blocks that have new ones. Who was taken out since the load began
    /// stays out.
    private func keepKeys(
        _ maker: InputFrameMaker,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) {
        guard keys.keys.count > universe.slotCount else { return }
        let first = universe.slotCount / HistoryLimits.blockSlots
        let last = (keys.keys.count - 1) / HistoryLimits.blockSlots
        for place in first...last {
            guard var block = keys.block(place) else { continue }
            let number = universe.block(place)
            if let stored = try maker.chains.keys(connection, number) { block.empty(as: stored) }
            let content = try BlockChains.telling("the companies of block \(number)") {
                () throws(FrameProblem) in
                try maker.encoder.keyFrame(
                    of: block,
                    number: BlockChains.number(number),
                    run: maker.run
                )
            }
            try connection.keepKeys(content, in: block.keyRange, ofBlock: number)
        }
    }
}

extension ColumnBlock {
    /// The least and the greatest number of the first column, those that are nobody's left out.
    var keyRange: ClosedRange<Int> {
        withColumns { columns in
            var (least, greatest) = (UInt32.max, UInt32(0))
            for key in columns[0].assumingMemoryBound(to: UInt32.self) where key != 0 {
                (least, greatest) = (min(least, key), max(greatest, key))
            }
            return Int(min(least, greatest))...Int(greatest)
        }
    }

    /// Takes out whom a block of numbers has no more.
    mutating func empty(as stored: ColumnBlock) {
        withMutableColumns { columns in
            let numbers = columns[0].assumingMemoryBound(to: UInt32.self)
            stored.withColumns { stored in
                for (slot, key) in stored[0].assumingMemoryBound(to: UInt32.self).enumerated()
                where key == 0 && slot < numbers.count {
                    numbers[slot] = 0
                }
            }
        }
    }
}
