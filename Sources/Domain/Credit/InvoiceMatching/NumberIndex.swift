// SPDX-License-Identifier: Apache-2.0

// Numbers of invoices, found in what people write to a payment. A number is found as a whole only:
// between characters that cannot belong to it.

/// Numbers and what has them.
struct NumberIndex {
    /// Runs of letters and digits that a number may have.
    // tidy: limit: of the numbers of invoices, and so of what a text costs
    private static let runsMax = 8

    private var places: [[UInt8]: [Int]] = [:]
    /// Runs of letters and digits of the number that has most.
    private var runs = 1

    /// Adds a number.
    mutating func add(_ number: String, _ place: Int) {
        let key = Self.key(number)
        guard !key.isEmpty else { return }
        places[key, default: []].append(place)
        runs = max(runs, min(Self.runsMax, Self.runs(key).count))
    }

    /// What has a number.
    func exact(_ number: String) -> [Int] { places[Self.key(number)] ?? [] }

    /// What has a number that a text names, in the order of the text, for each number once.
    func found(in text: String) -> [[Int]] {
        let bytes = Self.folded(text)
        let runs = Self.runs(bytes)
        var found: [[Int]] = []
        var seen: Set<[UInt8]> = []
        var first = 0
        while first < runs.count {
            var next = first + 1
            // The longest that there is: F-1-2 is not F-1.
            for last in (first..<min(first + self.runs, runs.count)).reversed() {
                let range = runs[first].lowerBound..<runs[last].upperBound
                let key = Array(bytes[range])
                guard let places = places[key], Self.isWhole(bytes, range, key) else { continue }
                if seen.insert(key).inserted { found.append(places) }
                next = last + 1
                break
            }
            first = next
        }
        return found
    }

    /// Whether what stands around a number cannot belong to it.
    private static func isWhole(_ bytes: [UInt8], _ range: Range<Int>, _ key: [UInt8]) -> Bool {
        // A mark that joins belongs to a number if it is a hyphen, or one that the number has.
        let joins = { (byte: UInt8) in
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                || (byte > 0x20 && !isWord(byte) && key.contains(byte))
        }
        if range.lowerBound >= 2, joins(bytes[range.lowerBound - 1]),
            isWord(bytes[range.lowerBound - 2])
        {
            return false
        }
        if range.upperBound + 1 < bytes.count, joins(bytes[range.upperBound]),
            isWord(bytes[range.upperBound + 1])
        {
            return false
        }
        return true
    }

    // MARK: Texts

    /// A number without marks around it, in capitals.
    private static func key(_ number: String) -> [UInt8] {
        let bytes = folded(number)
        guard let first = bytes.firstIndex(where: isWord),
            let last = bytes.lastIndex(where: isWord)
        else { return [] }
        return Array(bytes[first...last])
    }

    private static func folded(_ text: String) -> [UInt8] {
        text.utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || byte >= 0x80
    }

    private static func runs(_ bytes: [UInt8]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for (place, byte) in bytes.enumerated() {
            if isWord(byte) {
                start = start ?? place
            } else if let begun = start {
                runs.append(begun..<place)
                start = nil
            }
        }
        if let begun = start { runs.append(begun..<bytes.count) }
        return runs
    }
}
