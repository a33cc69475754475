// SPDX-License-Identifier: Apache-2.0

// Names and references as they are kept: no blanks around them, no control characters in them.

/// What a text of a cell is.
enum TextCell {
    /// A text without anything to look at: what nearly all are.
    case plain
    /// Line ends and tabs, which people put into cells of spreadsheets.
    case broken
    /// Another control character, such as NUL, which databases do not keep.
    case control

    /// Looks through a text of UTF-8.
    init(_ text: UnsafeRawBufferPointer) {
        var (isBroken, isControl) = (false, false)
        var before: UInt8 = 0
        for byte in text {
            if byte < 0x20 {
                if byte == 0x09 || byte == 0x0A || byte == 0x0D {
                    isBroken = true
                } else {
                    isControl = true
                }
            }
            // U+0080 to U+009F.
            if byte == 0x7F || (before == 0xC2 && byte < 0xA0) { isControl = true }
            before = byte
        }
        self = isControl ? .control : isBroken ? .broken : .plain
    }

    /// The text with one blank in place of line ends and tabs that stand together.
    static func joined(_ text: UnsafeRawBufferPointer) -> String {
        let words = text.split { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
}
