// SPDX-License-Identifier: Apache-2.0

// Numbers for texts: each different text gets the next number, and is found again by its bytes
// without a String being made.

/// Texts by their bytes, numbered from 0.
struct ByteTable: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Numbers of texts, or -1; a power of two of them, at most half of it taken.
    private var slots = [Int32](repeating: -1, count: 64)

    /// How many different texts there are.
    var count: Int { ends.count }

    /// The number of a text, which is new if it was not seen before.
    mutating func number(of text: UnsafeRawBufferPointer) -> Int32 {
        var slot = Self.hash(text) & (slots.count - 1)
        while slots[slot] >= 0 {
            if isText(Int(slots[slot]), text) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = Int32(truncatingIfNeeded: ends.count)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        slots[slot] = number
        if ends.count * 2 > slots.count { grow() }
        return number
    }

    /// The bytes of a text.
    func bytes(at number: Int) -> ArraySlice<UInt8> {
        bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
    }

    private func isText(_ number: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let start = number == 0 ? 0 : ends[number - 1]
        guard ends[number] - start == text.count else { return false }
        for place in 0..<text.count where bytes[start + place] != text[place] { return false }
        return true
    }

    private mutating func grow() {
        var larger = [Int32](repeating: -1, count: slots.count * 2)
        for number in 0..<ends.count {
            var slot =
                bytes(at: number).withUnsafeBytes { Self.hash($0) } & (larger.count - 1)
            while larger[slot] >= 0 { slot = (slot + 1) & (larger.count - 1) }
            larger[slot] = Int32(truncatingIfNeeded: number)
        }
        slots = larger
    }

    /// Eight bytes at a time, multiplied and folded. Who chooses the texts chooses their own file's
    /// speed only: a table lives as long as one paper is read.
    private static func hash(_ text: UnsafeRawBufferPointer) -> Int {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: text.count)
        var place = 0
        while place < text.count {
            var word: UInt64 = 0
            if text.count - place >= 8 {
                word = text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            } else {
                for byte in text[place...] { word = word << 8 | UInt64(byte) }
            }
            let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            hash = product.high ^ product.low
            place += 8
        }
        return Int(truncatingIfNeeded: hash & 0x7FFF_FFFF_FFFF_FFFF)
    }
}
