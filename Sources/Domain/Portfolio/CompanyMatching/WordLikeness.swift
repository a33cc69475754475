// SPDX-License-Identifier: Apache-2.0

// How much two words are alike. Words are short: what is not cut off as equal at their beginnings
// and ends is a letter or two.

/// What two words are to each other.
enum WordLikeness: Equatable {
    case same
    /// A letter more, fewer, another or two changed about; in long words two times.
    case spelled(mistakes: Int)
    /// One begins the other.
    case abbreviated
    /// One is the first letter of the other.
    case initial
    case different

    /// What it counts, from 0 to 1.
    var value: Double {
        switch self {
        case .same: 1
        case .spelled(let mistakes): mistakes == 1 ? 0.92 : 0.82
        case .abbreviated: 0.8
        case .initial: 0.6
        case .different: 0
        }
    }

    /// Whether they are the same but for mistakes.
    var isNear: Bool {
        switch self {
        case .same, .spelled: true
        case .abbreviated, .initial, .different: false
        }
    }

    /// Compares two words.
    static func of(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> WordLikeness {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard let first = short.first, let other = long.first else { return .different }
        if short.count == long.count, short.elementsEqual(long) { return .same }
        if short.count == 1 { return first == other && long.count > 1 ? .initial : .different }
        // Numbers are right or other ones.
        if short.allSatisfy(isDigit) || long.allSatisfy(isDigit) { return .different }
        if long.count >= 4, long.count - short.count <= 2 {
            let allowed = long.count >= 8 ? 2 : 1
            let count = distance(short, long, atMost: allowed)
            if count <= allowed { return .spelled(mistakes: count) }
        }
        if short.count >= 3, first == other, long.starts(with: short) { return .abbreviated }
        return .different
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Letters that were added, left out, taken for others or changed about with their neighbours;
    /// more than `limit` is not counted out.
    static func distance(
        _ left: ArraySlice<UInt8>,
        _ right: ArraySlice<UInt8>,
        atMost limit: Int
    ) -> Int {
        var (left, right) = (left, right)
        while let one = left.first, one == right.first {
            left = left.dropFirst()
            right = right.dropFirst()
        }
        while let one = left.last, one == right.last {
            left = left.dropLast()
            right = right.dropLast()
        }
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        if short.isEmpty { return long.count }
        if long.count - short.count > limit { return limit + 1 }
        if long.count == 1 { return 1 }
        if limit == 1 {
            // What is left begins and ends with different letters: only two changed about are one.
            return isTurned(short, long) ? 1 : 2
        }
        return table(Array(short), Array(long))
    }

    private static func isTurned(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        left.count == 2 && right.count == 2 && left.first == right.last && left.last == right.first
    }

    /// The distance by the table of all beginnings.
    private static func table(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var before = [Int](repeating: 0, count: right.count + 1)
        var above = Array(0...right.count)
        var row = above
        for (place, letter) in left.enumerated() {
            row[0] = place + 1
            for (column, other) in right.enumerated() {
                var least = min(above[column + 1], row[column]) + 1
                least = min(least, above[column] + (letter == other ? 0 : 1))
                if place > 0, column > 0, letter == right[column - 1], left[place - 1] == other {
                    least = min(least, before[column - 1] + 1)
                }
                row[column + 1] = least
            }
            (before, above, row) = (above, row, before)
        }
        return above[right.count]
    }
}
