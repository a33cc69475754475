// SPDX-License-Identifier: Apache-2.0

// What counts as a blank around names, numbers and texts that are compared: space, tab,
// line breaks within a cell, and the spaces of Unicode that spreadsheets and web pages
// put there (U+00A0, U+2000 to U+200B, U+202F, U+205F, U+3000, U+FEFF).

/// How many bytes the blank at the start of a text has; nil when there is none.
func blankCount(atStart text: some Collection<UInt8>) -> Int? {
    guard let first = text.first else { return nil }
    if isNarrowBlank(first) { return 1 }
    guard first >= 0xC2 else { return nil }
    let bytes = Array(text.prefix(3))
    return (2...3).first { bytes.count >= $0 && isWideBlank(bytes[..<$0]) }
}

/// How many bytes the blank at the end of a text has; nil when there is none.
func blankCount(atEnd text: some BidirectionalCollection<UInt8>) -> Int? {
    guard let last = text.last else { return nil }
    if isNarrowBlank(last) { return 1 }
    guard last >= 0x80 else { return nil }
    return (2...3).first { text.count >= $0 && isWideBlank(Array(text.suffix($0))[...]) }
}

private func isNarrowBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
}

private func isWideBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
    var bytes = bytes
    switch bytes.popFirst() {
    case 0xC2: return bytes.elementsEqual([0xA0])
    case 0xE2:
        guard let second = bytes.popFirst(), let third = bytes.popFirst() else { return false }
        if second == 0x80 { return third <= 0x8B || third == 0xAF }
        return second == 0x81 && third == 0x9F
    case 0xE3: return bytes.elementsEqual([0x80, 0x80])
    case 0xEF: return bytes.elementsEqual([0xBB, 0xBF])
    default: return false
    }
}

/// The text without blanks around it.
package func trimmedBlanks(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = text.count
    // Nearly all texts begin and end with a visible byte of ASCII.
    if end > 0, text[0] > 0x20, text[0] < 0x80, text[end - 1] > 0x20, text[end - 1] < 0x80 {
        return text
    }
    while let count = blankCount(atStart: text[start..<end]) { start += count }
    while start < end, let count = blankCount(atEnd: text[start..<end]) { end -= count }
    return UnsafeRawBufferPointer(rebasing: text[start..<end])
}

/// The text without blanks around it.
package func trimmedBlanks(_ text: String) -> String {
    var text = text
    let shorter = text.withUTF8 { bytes -> String? in
        let trimmed = trimmedBlanks(UnsafeRawBufferPointer(bytes))
        return trimmed.count == bytes.count ? nil : String(decoding: trimmed, as: UTF8.self)
    }
    return shorter ?? text
}
