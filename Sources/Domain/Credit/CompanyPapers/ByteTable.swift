// SPDX-License-Identifier: Apache-2.0

// Numbers for texts: each different text gets the next number, and is found again by its bytes
// without a String being made.

/// Texts by their bytes, numbered from 0.
struct ByteTable: Sendable {
    /// Where a text lies, and what tells most others from it, together in half a line of the cache.
    private struct Entry: Sendable {
        /// Its first eight bytes, zeros behind a shorter one.
        var head: UInt64
        var start: Int
        var count: Int
        var owner: Int32
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Numbers of texts, or -1; a power of two of them, at most half of it taken.
    private var slots = [Int32](repeating: -1, count: 64)

    /// How many different texts there are.
    var count: Int { entries.count }

    /// The number of a text, which is new if it was not seen before under the same `owner`.
    mutating func number(of text: UnsafeRawBufferPointer, under owner: Int32 = 0) -> Int32 {
        var slot = TextHash.of(text, owner) & (slots.count - 1)
        let head = TextHash.head(text)
        while slots[slot] >= 0 {
            if isText(Int(slots[slot]), text, head, owner) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = Int32(truncatingIfNeeded: entries.count)
        entries.append(Entry(head: head, start: bytes.count, count: text.count, owner: owner))
        bytes.append(contentsOf: text)
        slots[slot] = number
        if entries.count * 2 > slots.count { grow() }
        return number
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

    private func isText(
        _ number: Int,
        _ text: UnsafeRawBufferPointer,
        _ head: UInt64,
        _ owner: Int32
    ) -> Bool {
        let entry = entries[number]
        guard entry.head == head, entry.count == text.count, entry.owner == owner else {
            return false
        }
        if text.count <= 8 { return true }
        return bytes.withUnsafeBytes { TextHash.isSame($0.baseAddress, entry.start, text) }
    }

    private mutating func grow() {
        var larger = [Int32](repeating: -1, count: slots.count * 2)
        for number in entries.indices {
            var slot =
                bytes(at: number).withUnsafeBytes { TextHash.of($0, entries[number].owner) }
                & (larger.count - 1)
            while larger[slot] >= 0 { slot = (slot + 1) & (larger.count - 1) }
            larger[slot] = Int32(truncatingIfNeeded: number)
        }
        slots = larger
    }
}

/// Hashes of texts. Who chooses the texts chooses their own file's speed only: a table lives as
/// long as one paper is read.
enum TextHash {
    /// The hash of a text: eight bytes at a time, the last ones overlapping.
    static func of(_ text: UnsafeRawBufferPointer, _ owner: Int32) -> Int {
        let count = text.count
        let seed = UInt64(UInt32(bitPattern: owner)) &* 0xFF51_AFD7_ED55_8CCD
        guard let start = text.baseAddress, count > 0 else { return folded(seed) }
        if count >= 8 {
            var hash = UInt64(truncatingIfNeeded: count) ^ seed
            var place = 0
            while place < count - 8 {
                hash = mixed(hash ^ start.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                place += 8
            }
            return folded(
                hash ^ start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            )
        }
        var word = UInt64(truncatingIfNeeded: count) << 56 ^ seed
        if count >= 4 {
            word ^= UInt64(start.loadUnaligned(as: UInt32.self))
            word ^= UInt64(start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)) << 24
        } else {
            word ^= UInt64(start.load(as: UInt8.self))
            word ^= UInt64(start.load(fromByteOffset: count / 2, as: UInt8.self)) << 8
            word ^= UInt64(start.load(fromByteOffset: count - 1, as: UInt8.self)) << 16
        }
        return folded(word)
    }

    /// The first eight bytes, zeros behind a shorter text.
    static func head(_ text: UnsafeRawBufferPointer) -> UInt64 {
        guard text.count < 8 else { return text.loadUnaligned(as: UInt64.self) }
        var head: UInt64 = 0
        for place in 0..<text.count { head |= UInt64(text[place]) << UInt64(8 * place) }
        return head
    }

    /// A word whose bits all depend on all bits of another.
    static func mixed(_ word: UInt64) -> UInt64 {
        let product = (word ^ 0x9E37_79B9_7F4A_7C15)
            .multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }

    /// The same, as a number that is not negative.
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
