// SPDX-License-Identifier: Apache-2.0

// Numbers for texts: each different text gets the next number, and is found again by its bytes
// without a String being made.

internal import CPrefetch

/// Texts by their bytes, numbered from 0.
struct ByteTable: Sendable {
    /// Where a text lies.
    private struct Entry: Sendable {
        var start: Int
        var count: Int
        var owner: Int32
    }

    /// What a short text is told by, all of it in one place of memory: of a large table each place
    /// that is looked at costs more than all that is done with it.
    private struct Slot: Sendable {
        /// The first eight bytes, zeros behind a shorter text.
        var head: UInt64 = 0
        /// The owner and the count; counts above 8 are all 15 here.
        var mark: UInt32 = 0
        /// -1 for none.
        var number: Int32 = -1
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// A power of two of them, at most three quarters of it taken.
    private var slots = [Slot](repeating: Slot(), count: 64)

    /// How many different texts there are.
    var count: Int { entries.count }

    /// The number of a text, which is new if it was not seen before under the same `owner`.
    mutating func number(of text: UnsafeRawBufferPointer, under owner: Int32 = 0) -> Int32 {
        let head = TextHash.head(text)
        let mark = Self.mark(owner, text.count)
        let slot = slot(of: text, owner, head, mark)
        if slots[slot].number >= 0 { return slots[slot].number }
        let number = Int32(truncatingIfNeeded: entries.count)
        entries.append(Entry(start: bytes.count, count: text.count, owner: owner))
        bytes.append(contentsOf: text)
        slots[slot] = Slot(head: head, mark: mark, number: number)
        if entries.count * 4 > slots.count * 3 { grow() }
        return number
    }

    /// The number of a text; negative for one that was not seen before.
    func known(_ text: UnsafeRawBufferPointer, under owner: Int32 = 0) -> Int32 {
        let mark = Self.mark(owner, text.count)
        return slots[slot(of: text, owner, TextHash.head(text), mark)].number
    }

    /// Asks memory for the place where a text is looked for.
    func foresee(_ text: UnsafeRawBufferPointer, under owner: Int32 = 0) {
        let slot = TextHash.of(text, owner, TextHash.head(text)) & (slots.count &- 1)
        slots.withUnsafeBytes { vigie_prefetch($0.baseAddress, slot &* MemoryLayout<Slot>.stride) }
    }

    /// The slot that a text has, or would get.
    @inline(__always)
    private func slot(
        of text: UnsafeRawBufferPointer,
        _ owner: Int32,
        _ head: UInt64,
        _ mark: UInt32
    ) -> Int {
        var slot = TextHash.of(text, owner, head) & (slots.count &- 1)
        while slots[slot].number >= 0 {
            if slots[slot].head == head, slots[slot].mark == mark,
                text.count <= 8 || isText(slots[slot].number, text, owner)
            {
                return slot
            }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return slot
    }

    /// Owners are numbers of other texts, of which no file holds as many as 28 bits tell apart.
    @inline(__always)
    private static func mark(_ owner: Int32, _ count: Int) -> UInt32 {
        UInt32(bitPattern: owner) &<< 4 | (count <= 8 ? UInt32(truncatingIfNeeded: count) : 15)
    }

    /// The bytes of a text.
    func bytes(at number: Int) -> ArraySlice<UInt8> {
        let entry = entries[number]
        return bytes[entry.start..<(entry.start + entry.count)]
    }

    /// The text as one of unknown encoding.
    func text(at number: Int32) -> String {
        bytes(at: Int(number)).withUnsafeBytes { WesternText.decoded($0) }
    }

    private func isText(_ number: Int32, _ text: UnsafeRawBufferPointer, _ owner: Int32) -> Bool {
        let entry = entries[Int(number)]
        guard entry.count == text.count, entry.owner == owner else { return false }
        return bytes.withUnsafeBytes { TextHash.isSame($0.baseAddress, entry.start, text) }
    }

    private mutating func grow() {
        var larger = [Slot](repeating: Slot(), count: slots.count * 2)
        for held in slots where held.number >= 0 {
            let owner = entries[Int(held.number)].owner
            let hash = bytes(at: Int(held.number)).withUnsafeBytes {
                TextHash.of($0, owner, held.head)
            }
            var slot = hash & (larger.count - 1)
            while larger[slot].number >= 0 { slot = (slot + 1) & (larger.count - 1) }
            larger[slot] = held
        }
        slots = larger
    }
}

/// A text that others are held against, without looking further than its ends for a short one.
struct HeldText {
    private var count = -1
    private var head: UInt64 = 0
    private var tail: UInt64 = 0
    private var bytes: [UInt8] = []

    /// Whether a text is the same.
    @inline(__always)
    func isSame(as text: UnsafeRawBufferPointer) -> Bool {
        guard text.count == count, TextHash.head(text) == head else { return false }
        return count <= 8 || isSameFurther(text)
    }

    private func isSameFurther(_ text: UnsafeRawBufferPointer) -> Bool {
        let last = text.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
        guard last == tail else { return false }
        if count <= 16 { return true }
        return bytes.withUnsafeBytes { TextHash.isSame($0.baseAddress, 0, text) }
    }

    /// Takes the place of the text before.
    @inline(__always)
    mutating func hold(_ text: UnsafeRawBufferPointer) {
        (count, head) = (text.count, TextHash.head(text))
        guard count > 8 else { return }
        tail = text.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
        if count > 16 { bytes = Array(text) }
    }
}

/// Hashes of texts. Who chooses the texts chooses their own file's speed only: a table lives as
/// long as one paper is read.
enum TextHash {
    /// The hash of a text, whose `head` is known: eight bytes at a time, the last ones overlapping.
    @inline(__always)
    static func of(_ text: UnsafeRawBufferPointer, _ owner: Int32, _ head: UInt64) -> Int {
        let owned = UInt64(UInt32(bitPattern: owner)) &* 0xFF51_AFD7_ED55_8CCD
        let seed = owned ^ UInt64(truncatingIfNeeded: text.count) &* 0xC4CE_B9FE_1A85_EC53
        return text.count <= 8 ? folded(head ^ seed) : ofLonger(text, mixed(head ^ seed))
    }

    private static func ofLonger(_ text: UnsafeRawBufferPointer, _ start: UInt64) -> Int {
        var hash = start
        var place = 8
        while place < text.count - 8 {
            hash = mixed(hash ^ text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        return folded(hash ^ text.loadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self))
    }

    /// The first eight bytes, zeros behind a shorter text.
    @inline(__always)
    static func head(_ text: UnsafeRawBufferPointer) -> UInt64 {
        let count = text.count
        guard count > 0, let start = text.baseAddress else { return 0 }
        if count >= 8 { return UInt64(littleEndian: start.loadUnaligned(as: UInt64.self)) }
        if count >= 4 {
            let low = UInt32(littleEndian: start.loadUnaligned(as: UInt32.self))
            let last = start.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            let high = UInt64(UInt32(littleEndian: last))
            return UInt64(low) | high &<< UInt64(truncatingIfNeeded: 8 &* (count &- 4))
        }
        let middle = UInt64(start.load(fromByteOffset: count / 2, as: UInt8.self))
        let last = UInt64(start.load(fromByteOffset: count &- 1, as: UInt8.self))
        return UInt64(start.load(as: UInt8.self))
            | middle &<< UInt64(truncatingIfNeeded: 8 &* (count / 2))
            | last &<< UInt64(truncatingIfNeeded: 8 &* (count &- 1))
    }

    /// A word whose bits all depend on all bits of another.
    @inline(__always)
    static func mixed(_ word: UInt64) -> UInt64 {
        let product = (word ^ 0x9E37_79B9_7F4A_7C15)
            .multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }

    /// The same, as a number that is not negative.
    @inline(__always)
    static func folded(_ word: UInt64) -> Int { Int(truncatingIfNeeded: mixed(word) >> 1) }

    /// Whether a text is the bytes from a place on.
    static func isSame(
        _ bytes: UnsafeRawPointer?,
        _ start: Int,
        _ text: UnsafeRawBufferPointer
    ) -> Bool {
        guard let first = bytes, let second = text.baseAddress else { return text.isEmpty }
        let count = text.count
        var place = 0
        while place + 8 <= count {
            let left = first.loadUnaligned(fromByteOffset: start + place, as: UInt64.self)
            if left != second.loadUnaligned(fromByteOffset: place, as: UInt64.self) {
                return false
            }
            place += 8
        }
        while place < count {
            let left = first.load(fromByteOffset: start + place, as: UInt8.self)
            if left != second.load(fromByteOffset: place, as: UInt8.self) { return false }
            place += 1
        }
        return true
    }
}
