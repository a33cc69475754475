// SPDX-License-Identifier: Apache-2.0

// Many short texts in one piece of memory: a million names as Strings and arrays of them would take
// ten times as much.

/// Texts of parts, by their numbers.
struct PackedTexts: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// How many there are.
    var count: Int { ends.count }

    /// Adds a text.
    mutating func append(_ parts: [String]) {
        for (place, part) in parts.enumerated() {
            if place > 0 { bytes.append(Self.separator) }
            bytes.append(contentsOf: part.utf8)
        }
        ends.append(bytes.count)
    }

    /// The parts of a text; none for a number that there is not.
    subscript(number: Int) -> [String] {
        bytes(number).split(separator: Self.separator, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a text, separators between its parts.
    func bytes(_ number: Int) -> ArraySlice<UInt8> {
        guard ends.indices.contains(number) else { return [] }
        return bytes[(number > 0 ? ends[number - 1] : 0)..<ends[number]]
    }

    // No word and no postcode has it.
    private static let separator: UInt8 = 0x1F
}

/// Lists of numbers, one behind the other.
struct NumberLists: Sendable {
    private var starts: [Int]
    private var numbers: [UInt32]

    /// Sorts pairs of a list and a number into lists; numbers of a list keep their order.
    init(count: Int, _ pairs: [(list: UInt32, number: UInt32)]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for pair in pairs where Int(pair.list) < count { starts[Int(pair.list) + 1] += 1 }
        for list in 0..<count { starts[list + 1] += starts[list] }
        var next = starts
        var numbers = [UInt32](repeating: 0, count: starts[count])
        for pair in pairs where Int(pair.list) < count {
            numbers[next[Int(pair.list)]] = pair.number
            next[Int(pair.list)] += 1
        }
        (self.starts, self.numbers) = (starts, numbers)
    }

    /// A list; empty for one that there is not.
    subscript(list: Int) -> ArraySlice<UInt32> {
        guard list >= 0, list + 1 < starts.count else { return [] }
        return numbers[starts[list]..<starts[list + 1]]
    }
}
