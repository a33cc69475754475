// SPDX-License-Identifier: Apache-2.0

// Dates of ten bytes that were read before: a file has few different ones.

internal import Quantities

/// Dates of exports by their bytes.
final class LedgerDates {
    private typealias Entry = (word: UInt64, tail: UInt16, date: CalendarDate)
    private typealias Key = (word: UInt64, tail: UInt16)
    /// Pairs of entries: two dates in one place must not drive each other out all the time.
    private static let bits: UInt64 = 11
    private let entries: UnsafeMutablePointer<Entry>

    init() {
        // Zeros are no date.
        entries = .allocate(capacity: 2 << Self.bits)
        entries.initialize(repeating: (0, 0, .first), count: 2 << Self.bits)
    }

    deinit { entries.deallocate() }

    @inline(__always)
    private func pair(_ key: Key) -> UnsafeMutablePointer<Entry> {
        // Apart: month and day differ in the same few bits.
        let mixed =
            key.word &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(key.tail) &* 0xC4CE_B9FE_1A85_EC53
        return entries + 2 &* Int(mixed >> (64 - Self.bits))
    }

    @inline(__always)
    private func key(_ cell: UnsafeRawBufferPointer) -> Key {
        (
            cell.loadUnaligned(as: UInt64.self),
            cell.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
        )
    }

    /// The date of a cell that was read before; nil for another.
    @inline(__always)
    func date(_ cell: UnsafeRawBufferPointer) -> CalendarDate? {
        guard cell.count == 10 else { return nil }
        let key = key(cell)
        let pair = pair(key)
        if pair[0].word == key.word, pair[0].tail == key.tail { return pair[0].date }
        return pair[1].word == key.word && pair[1].tail == key.tail ? pair[1].date : nil
    }

    private func keep(_ cell: UnsafeRawBufferPointer, _ date: CalendarDate) {
        let key = key(cell)
        let pair = pair(key)
        pair[1] = pair[0]
        pair[0] = (key.word, key.tail, date)
    }

    /// Reads a cell. What is a date once is the same one later: a file decides once on the order of
    /// day and month, and before that there are none that need it.
    func read(_ cell: UnsafeRawBufferPointer, order: DateOrder?) -> LedgerDate {
        let read = LedgerDate.read(cell, order: order)
        if cell.count == 10, case .date(let date) = read { keep(cell, date) }
        return read
    }

}
