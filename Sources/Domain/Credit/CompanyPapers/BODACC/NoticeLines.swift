// SPDX-License-Identifier: Apache-2.0

// JSON with a record a line.

/// The lines of a text, each an object.
struct NoticeLines: Sequence {
    /// A line.
    struct Line {
        /// Its number, from 1.
        var number: Int
        var bytes: [UInt8]
    }

    private let text: [UInt8]

    /// Takes a text whose first two lines are objects each; nil for any other.
    init?(_ bytes: [UInt8]) {
        text = Self.text(bytes)
        let first = text.split(maxSplits: 64, whereSeparator: Self.isEnd)
            .map { $0.trimmingBlanks }.filter { !$0.isEmpty }.prefix(2)
        let areObjects = first.allSatisfy {
            $0.first == UInt8(ascii: "{") && $0.last == UInt8(ascii: "}")
        }
        // Behind the first lines comes the rest of the text, which may end as it likes.
        guard first.count == 2, areObjects else { return nil }
    }

    private static func isEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// The lines that are not empty.
    func makeIterator() -> AnyIterator<Line> {
        var number = 0
        var start = text.startIndex
        return AnyIterator {
            while start < text.endIndex {
                let end = text[start...].firstIndex(of: 0x0A) ?? text.endIndex
                let line = text[start..<end].trimmingBlanks
                start = end + 1
                number += 1
                if !line.isEmpty { return Line(number: number, bytes: Array(line)) }
            }
            return nil
        }
    }

    /// The text as UTF-8 and without a mark before it.
    static func text(_ bytes: [UInt8]) -> [UInt8] {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if String(validating: text, as: UTF8.self) != nil { return text }
        return Array(WesternText.decoded(text).utf8)
    }
}

extension ArraySlice<UInt8> {
    fileprivate var trimmingBlanks: ArraySlice<UInt8> {
        var slice = drop { $0 <= 0x20 }
        while let last = slice.last, last <= 0x20 { slice.removeLast() }
        return slice
    }
}
