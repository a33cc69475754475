// SPDX-License-Identifier: Apache-2.0

// Sets of rules with few rules in them: only the words that hold any.

/// A set of rules: words that are not 0, by their places.
struct SparseRules: Equatable {
    private(set) var places: [Int32] = []
    private(set) var words: [UInt64] = []

    init(_ set: [UInt64]) {
        for (place, word) in set.enumerated() where word != 0 {
            places.append(Int32(truncatingIfNeeded: place))
            words.append(word)
        }
    }

    /// Makes room.
    init(capacity: Int) {
        places.reserveCapacity(capacity)
        words.reserveCapacity(capacity)
    }

    var isEmpty: Bool { words.isEmpty }

    /// What it has in common with a set.
    ///
    /// Cost: two loads and an AND for each word that holds a rule.
    func intersection(_ set: [UInt64]) -> SparseRules {
        var result = SparseRules(capacity: words.count)
        set.withUnsafeBufferPointer { set in
            for index in words.indices {
                let word = words[index] & set[Int(places[index])]
                guard word != 0 else { continue }
                result.places.append(places[index])
                result.words.append(word)
            }
        }
        return result
    }

    /// Whether it has anything in common with a set.
    func meets(_ set: [UInt64]) -> Bool {
        set.withUnsafeBufferPointer { set in
            words.withUnsafeBufferPointer { words in
                places.withUnsafeBufferPointer { places in
                    for index in words.indices where words[index] & set[Int(places[index])] != 0 {
                        return true
                    }
                    return false
                }
            }
        }
    }
}

extension [UInt64] {
    /// The rules of a set.
    var rules: [Int] {
        var result: [Int] = []
        for (place, word) in enumerated() {
            var bits = word
            while bits != 0 {
                result.append(place * 64 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
        return result
    }

    /// The set with those of another one.
    mutating func formUnion(_ other: [UInt64]) {
        for place in indices { self[place] |= other[place] }
    }

    /// What it has in common with another one.
    mutating func formIntersection(_ other: [UInt64]) {
        for place in indices { self[place] &= other[place] }
    }

    /// Whether a rule is in it.
    func has(_ rule: Int) -> Bool { self[rule / 64] >> UInt64(rule % 64) & 1 == 1 }
}
