// SPDX-License-Identifier: Apache-2.0

// Numbers at which arithmetic of integers and conversions go wrong, put in the place of each number
// of a text.

/// Texts with edge numbers.
package enum EdgeNumbers {
    /// Numbers at the edges of integers of 16, 32 and 64 bits, of float64, and of what it holds
    /// exactly.
    package static let texts = [
        "-9223372036854775808", "9223372036854775807", "9223372036854775808", "-1", "0", "-0", "1",
        "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296",
        "65535", "65536", "1000000000000", "9007199254740993", "1e18", "1e308", "-1e308", "1e309",
        "5e-324", "0.5",
    ]

    /// The few that matter most, where each text takes long.
    package static let few = ["-9223372036854775808", "2147483648", "-1", "0", "1e308", "5e-324"]

    /// The text with one of its numbers replaced, for each of its numbers and of the edges.
    package static func variants(
        of text: String,
        edges: [String] = texts
    ) -> some Sequence<String> {
        let bytes = Array(text.utf8)
        return numbers(in: bytes).lazy.flatMap { number in
            edges.lazy.map { edge in
                String(
                    decoding: bytes[..<number.lowerBound] + Array(edge.utf8)
                        + bytes[number.upperBound...],
                    as: UTF8.self
                )
            }
        }
    }

    /// Where a text has numbers that are no part of a word.
    private static func numbers(in bytes: [UInt8]) -> [Range<Int>] {
        func isNumeric(_ byte: UInt8) -> Bool { "0123456789+-.eE".utf8.contains(byte) }
        func isWord(_ byte: UInt8) -> Bool {
            byte == 0x5F || (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte)
        }
        var numbers: [Range<Int>] = []
        var place = 0
        while place < bytes.count {
            let start = place
            place += 1
            let isStart = (0x30...0x39).contains(bytes[start]) || bytes[start] == 0x2D
            guard isStart, start == 0 || !isWord(bytes[start - 1]) else { continue }
            while place < bytes.count, isNumeric(bytes[place]) { place += 1 }
            let isAlone = place == bytes.count || !isWord(bytes[place])
            if isAlone, place > start + 1 || bytes[start] != 0x2D { numbers.append(start..<place) }
        }
        return numbers
    }
}
