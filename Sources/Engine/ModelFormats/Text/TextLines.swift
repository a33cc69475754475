// SPDX-License-Identifier: Apache-2.0

// The lines of a text model, and the `key=value` form most of them have.

/// Walks the lines of a text, without copying it.
struct TextLines {
    /// The whole text.
    let text: [UInt8]
    /// Number of the line last returned, counted from 1.
    private(set) var number = 0
    private var next = 0

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// The next line without its line end (LF or CRLF) and trailing blanks; nil at the end.
    mutating func nextLine() -> ArraySlice<UInt8>? {
        guard next < text.count else { return nil }
        let end = text[next...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
        var line = text[next..<end]
        while let last = line.last, last <= UInt8(ascii: " ") { line.removeLast() }
        next = end + 1
        number += 1
        return line
    }
}

/// The right-hand side of a `key=value` line.
struct TextField {
    /// Line of the file, counted from 1.
    let line: Int
    /// The bytes after the equals sign.
    let value: ArraySlice<UInt8>

    /// The value as text, invalid UTF-8 replaced.
    var string: String { String(decoding: value, as: UTF8.self) }

    /// The words of the value, which single blanks separate.
    var words: some Sequence<ArraySlice<UInt8>> {
        value.lazy.split(separator: UInt8(ascii: " "))
    }
}
