// SPDX-License-Identifier: Apache-2.0

// A column of texts that pass through from the input to the output. All texts
// of a block stand in one array of bytes, so a row costs no allocation.

internal import Documents

/// The texts of one column of a block, in the order of the rows.
package struct TextColumn: Equatable, Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// Creates an empty column.
    package init() {}

    /// Number of texts.
    package var count: Int { ends.count }

    /// Adds a text.
    package mutating func append(_ text: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
    }

    /// Adds a text.
    package mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        ends.append(bytes.count)
    }

    /// The bytes of the text at `row`, as they were in the input.
    package subscript(row: Int) -> ArraySlice<UInt8> {
        bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]]
    }

    /// The first row whose text has a character that no text can have; nil without one.
    package var firstUnwritableRow: Int? {
        // Nearly no text has such bytes: the others are told by a look at each.
        var start = 0
        while let place = bytes[start...].firstIndex(where: Self.isSuspicious) {
            let row = ends.firstIndex { $0 > place } ?? 0
            if text(row).unwritable != nil { return row }
            start = ends[row]
        }
        return nil
    }

    /// Control characters, and what U+FFFE begins with.
    private static func isSuspicious(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D || byte == 0xEF
    }

    /// The text at `row`; bytes that are no UTF-8 are replaced.
    package func text(_ row: Int) -> String {
        String(decoding: self[row], as: UTF8.self)
    }
}
