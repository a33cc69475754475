// SPDX-License-Identifier: Apache-2.0

// Words that differ from a given one by a letter, without a look at all of them: two words that do
// have a common text once a letter is left out of one or of both. A word has as many such texts as
// letters, so that a table of them is some ten times as long as the list of words.

/// Words by what is left of them without a letter.
struct SpelledWords: Sendable {
    // The hash above, the number of the word below, in the order of both.
    private var entries: [UInt64] = []

    /// Takes words with their numbers.
    init(_ words: some Sequence<(text: String, number: UInt32)>) {
        for (text, number) in words {
            for hash in Self.hashes(Array(text.utf8)) {
                entries.append(UInt64(hash) << 32 | UInt64(number))
            }
        }
        entries.sort()
    }

    /// The numbers of words that may differ from a text by a letter; some that do not are among
    /// them.
    func near(_ text: [UInt8]) -> Set<UInt32> {
        var found: Set<UInt32> = []
        for hash in Self.hashes(text) {
            var place = start(of: hash)
            while place < entries.count, UInt32(truncatingIfNeeded: entries[place] >> 32) == hash {
                found.insert(UInt32(truncatingIfNeeded: entries[place]))
                place += 1
            }
        }
        return found
    }

    private func start(of hash: UInt32) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] >> 32 < UInt64(hash) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The hashes of a text and of what is left of it without each letter; none of short texts and
    /// of numbers, which are not misspelt but other ones.
    private static func hashes(_ text: [UInt8]) -> [UInt32] {
        guard text.count >= 3, !text.allSatisfy({ (48...57).contains($0) }) else { return [] }
        var hashes = [hash(text, without: text.count)]
        for place in text.indices where place == 0 || text[place] != text[place - 1] {
            hashes.append(hash(text, without: place))
        }
        return hashes
    }

    /// FNV-1a.
    private static func hash(_ text: [UInt8], without left: Int) -> UInt32 {
        var hash: UInt32 = 0x811C_9DC5
        for (place, byte) in text.enumerated() where place != left {
            hash = (hash ^ UInt32(byte)) &* 0x0100_0193
        }
        return hash
    }
}
