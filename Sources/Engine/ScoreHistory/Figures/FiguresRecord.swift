// SPDX-License-Identifier: Apache-2.0

// Figures as bytes: what is not 0 of each table, each number in as many bytes as it has (seven bits
// a byte, the lowest first), and XXH64 behind all.
//
//     "VGFI", the format 1
//     cells of the migration: how many; of each the gap to the one before, the companies
//     cents by class, and cents by score: how many; of each the gap, the number of the double
//     the sum of squares: its lower half, its upper one
//     those who rose, and those who fell: how many; of each the gap of slots, the scores before and
//     after, the cause, the score between plus 1 or 0
//
// A double has its bytes turned round, so that those of whole numbers end in zeros that take none.
//
// Cost of a block of which 2 % moved, expected: 8 bytes a mover, 1,300 of them, and 7 a class or
// score that anybody has; so 12 kB, 20 us to write and as many to add. Measured: 17 kB, 0.5 ms to
// write, as the tables are looked through twice, and 0.25 ms to add.

internal import VigieLimits

extension CountedFigures {
    static let magic = Array("VGFI".utf8)
    static let version: UInt8 = 1
    private static let checksumBytes = 8

    /// The figures as bytes.
    package var record: [UInt8] {
        var writer = NumberWriter(bytes: Self.magic + [Self.version])
        writer.write(figures.migration.counts, nothing: 0) { UInt64($0) }
        writer.write(figures.exposureByClass, nothing: 0) { $0.turned }
        writer.write(figures.exposureByScore, nothing: 0) { $0.turned }
        writer.write(UInt64(truncatingIfNeeded: figures.squares))
        writer.write(UInt64(truncatingIfNeeded: figures.squares >> 64))
        for movers in [figures.movers.risen, figures.movers.fallen] {
            writer.write(UInt64(movers.count))
            var last = 0
            for mover in movers.sorted(by: { $0.slot < $1.slot }) {
                let note = notes[mover.slot]
                writer.write(UInt64(mover.slot - last))
                writer.write(UInt64(mover.before))
                writer.write(UInt64(mover.after))
                writer.write(UInt64(note?.cause ?? 0))
                writer.write(note?.between.map { UInt64($0) + 1 } ?? 0)
                last = mover.slot
            }
        }
        let sum = writer.bytes.withUnsafeBytes { Checksum.of($0) }
        withUnsafeBytes(of: sum.littleEndian) { writer.bytes += $0 }
        return writer.bytes
    }

    /// Adds figures of another part of the universe, as bytes. What is thrown leaves a part added.
    package mutating func add(record bytes: [UInt8]) throws(FrameProblem) {
        guard bytes.count <= HistoryLimits.figureBytes else {
            throw FrameProblem(
                .tooLarge,
                "the figures have \(bytes.count) bytes; figureBytes is the limit"
            )
        }
        let start = Self.magic.count + 1
        guard bytes.count >= start + Self.checksumBytes else {
            throw FrameProblem(.truncated, "the figures end in their beginning")
        }
        guard bytes.starts(with: Self.magic) else {
            throw FrameProblem(.foreign, "these are no figures of a universe")
        }
        guard bytes[start - 1] == Self.version else {
            throw FrameProblem(
                .newer,
                "the figures have format \(bytes[start - 1]); this version reads \(Self.version)"
            )
        }
        let end = bytes.count - Self.checksumBytes
        let sums = bytes.withUnsafeBytes { bytes in
            (
                Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[..<end])),
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self))
            )
        }
        guard sums.0 == sums.1 else {
            throw FrameProblem(.damaged, "the checksum of the figures is another")
        }
        var reader = NumberReader(bytes: bytes[start..<end])
        try add(&reader)
        guard reader.bytes.isEmpty else {
            throw FrameProblem(.damaged, "the figures have something behind their end")
        }
    }

    private mutating func add(_ reader: inout NumberReader) throws(FrameProblem) {
        for (cell, count) in try reader.cells(figures.migration.counts.count) {
            figures.migration.counts[cell] &+= Int(truncatingIfNeeded: count)
        }
        for (cell, bits) in try reader.cells(figures.exposureByClass.count) {
            figures.exposureByClass[cell] += Double(turned: bits)
        }
        for (cell, bits) in try reader.cells(figures.exposureByScore.count) {
            figures.exposureByScore[cell] += Double(turned: bits)
        }
        let (low, high) = (try reader.next(), try reader.next())
        figures.squares &+= UInt128(low) | UInt128(high) << 64
        let slotCount = UniverseLimits.blocks * HistoryLimits.blockSlots
        for _ in 0..<2 {
            var slot = 0
            for _ in 0..<(try reader.next(upTo: HistoryLimits.movers)) {
                slot += try reader.next(upTo: slotCount)
                let before = UInt16(try reader.next(upTo: Int(UInt16.max)))
                let after = UInt16(try reader.next(upTo: Int(UInt16.max)))
                let cause = UInt8(try reader.next(upTo: Int(UInt8.max)))
                let between = try reader.next(upTo: Int(UInt16.max) + 1)
                guard slot < slotCount else {
                    throw FrameProblem(.damaged, "a place of the figures is none")
                }
                figures.movers.add(Mover(slot: slot, before: before, after: after))
                notes[slot] = MoverNote(
                    cause: cause,
                    between: between > 0 ? UInt16(between - 1) : nil
                )
            }
        }
    }
}

extension Double {
    fileprivate var turned: UInt64 { bitPattern.byteSwapped }
    fileprivate init(turned: UInt64) { self.init(bitPattern: turned.byteSwapped) }
}

/// Writes numbers in as many bytes as they have.
private struct NumberWriter {
    var bytes: [UInt8]

    mutating func write(_ number: UInt64) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes those of a table that are not 0.
    mutating func write<Number: Equatable>(
        _ table: [Number],
        nothing: Number,
        _ word: (Number) -> UInt64
    ) {
        let cells = table.indices.filter { table[$0] != nothing }
        write(UInt64(cells.count))
        var last = 0
        for cell in cells {
            write(UInt64(cell - last))
            write(word(table[cell]))
            last = cell
        }
    }
}

/// Reads what that wrote, and holds each number against what it may be.
private struct NumberReader {
    var bytes: ArraySlice<UInt8>

    mutating func next() throws(FrameProblem) -> UInt64 {
        var (number, shift) = (UInt64(0), UInt64(0))
        while let byte = bytes.popFirst() {
            let bits = UInt64(byte & 0x7F)
            guard shift < 63 || (shift == 63 && bits < 2) else { break }
            number |= bits << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        throw FrameProblem(.damaged, "a number of the figures is none")
    }

    mutating func next(upTo most: Int) throws(FrameProblem) -> Int {
        let number = try next()
        guard number <= UInt64(most) else {
            throw FrameProblem(.damaged, "a number of the figures is too large")
        }
        return Int(number)
    }

    /// The cells of a table that are not 0.
    mutating func cells(_ count: Int) throws(FrameProblem) -> [(cell: Int, number: UInt64)] {
        var (cells, cell): ([(cell: Int, number: UInt64)], Int) = ([], 0)
        for _ in 0..<(try next(upTo: count)) {
            cell += try next(upTo: count)
            guard cell < count else {
                throw FrameProblem(.damaged, "a cell of the figures is none")
            }
            cells.append((cell, try next()))
        }
        return cells
    }
}
