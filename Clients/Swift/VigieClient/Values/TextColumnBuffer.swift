// SPDX-License-Identifier: Apache-2.0

// A column of texts as it is sent: each different text once, and a code for each row. A row costs
// a look-up and no memory of its own once its text is known.

/// The texts of one column of a table.
package struct TextColumnBuffer: Sendable, Equatable {
    /// The different texts, one after the other.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// For each row 0 for a missing value, or the place of its text, from 1.
    package private(set) var codes: [UInt32] = []
    /// A hash table of texts' codes; 0 where there is none. A power of two, half full.
    private var slots = [UInt32](repeating: 0, count: 16)

    /// Makes an empty column.
    package init() {}

    /// Number of different texts.
    package var textCount: Int { ends.count }

    /// One of the different texts.
    package subscript(text: Int) -> ArraySlice<UInt8> {
        bytes[(text == 0 ? 0 : ends[text - 1])..<ends[text]]
    }

    /// Appends a row with a missing value.
    package mutating func appendMissing() { codes.append(0) }

    /// Appends a row with a text.
    package mutating func append(_ text: UnsafeRawBufferPointer) {
        var slot = Self.hash(text) & (slots.count - 1)
        while slots[slot] != 0 {
            let code = slots[slot]
            if self[Int(code) - 1].elementsEqual(text) { return codes.append(code) }
            slot = (slot + 1) & (slots.count - 1)
        }
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        let code = UInt32(truncatingIfNeeded: ends.count)
        slots[slot] = code
        codes.append(code)
        if 2 * ends.count > slots.count { grow() }
    }

    /// Appends a row with a text, or nil where it is missing.
    package mutating func append(_ text: String?) {
        guard var text else { return appendMissing() }
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Forgets the last row; its text stays known.
    package mutating func removeLast() { codes.removeLast() }

    /// Forgets all rows and texts, and keeps the memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        for slot in slots.indices { slots[slot] = 0 }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: 2 * slots.count)
        for text in ends.indices {
            var slot = self[text].withUnsafeBytes(Self.hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: text + 1)
        }
    }

    /// Fowler, Noll and Vo's hash of the bytes (FNV-1a).
    private static func hash(_ text: UnsafeRawBufferPointer) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash >> 1)
    }
}

/// Names of the columns of a table: equal only with the same bytes.
package struct TableColumns: Sendable, Equatable {
    /// Names of the columns of numbers.
    package var numbers: [String]
    /// Names of the columns of texts.
    package var texts: [String]

    /// Names of columns.
    package init(numbers: [String], texts: [String]) {
        self.numbers = numbers
        self.texts = texts
    }

    /// Whether the names have the same bytes.
    package static func == (left: TableColumns, right: TableColumns) -> Bool {
        func areEqual(_ left: [String], _ right: [String]) -> Bool {
            left.elementsEqual(right) { $0.utf8.elementsEqual($1.utf8) }
        }
        return areEqual(left.numbers, right.numbers) && areEqual(left.texts, right.texts)
    }
}
